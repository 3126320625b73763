/**
 * Where derived weights lie: over the weights that nothing but `prepare` reads, since nobody needs these again. `prepare` runs from the last call to the
 * first, so that the results of a call may cover what the calls behind it read, and lie behind what it and those before it read.
 */
import { elementBytes } from '../../../ops/dtype.ts'
import type { KernelCall, MemoryPlan, ScheduledSegment } from '../../kernels/loop.ts'
import { layOutDerived } from './emitSegment.ts'

/** Bytes from the first weight to the first derived one, and bytes of all derived ones; null where there are none. */
export function placeDerived(
  scheduled: readonly ScheduledSegment[],
  plans: readonly MemoryPlan[],
): { readonly at: number; readonly bytes: number } | null {
  const { offsets, bytes } = layOutDerived(scheduled)
  if (bytes === 0) return null
  let at = 0
  scheduled.forEach((segment, i) => {
    for (const call of segment.calls.flatMap((call) => [call, ...(call.native ?? [])]))
      at = Math.max(at, endOfReads(segment, plans[i]!, call))
  })
  let needed = 0
  scheduled.forEach((segment, i) => {
    for (const call of segment.prepare ?? []) {
      needed = Math.max(needed, endOfReads(segment, plans[i]!, call))
      const written = call.args.flatMap((arg) => ('buffer' in arg ? (offsets[i]!.get(arg.buffer) ?? []) : []))
      at = Math.max(at, needed - Math.min(...written))
    }
  })
  return { at: Math.ceil(at / 64) * 64, bytes }
}

/** End of the last weight of the file that a call reads. */
function endOfReads({ segment, buffers }: ScheduledSegment, plan: MemoryPlan, { args }: KernelCall): number {
  const read = new Set(args.map((arg) => ('buffer' in arg ? arg.buffer : undefined)))
  return [...segment.buffers, ...buffers]
    .filter(({ id, role, derived }) => role === 'weight' && !derived && read.has(id))
    .reduce((end, { id, size, dtype }) => Math.max(end, (plan.offsets.get(id) as number) + (size as number) * elementBytes[dtype]), 0)
}
