/**
 * The tensors of the weights file: every constant in every packing that a kernel reads, once, in order of first use. Constants that no
 * kernel reads as they are do not ship.
 */
import type { Dim } from '../../ops/dim.ts'
import type { NamedTensor } from '../artifact/safetensors.ts'
import type { ConstantId, TensorConstant } from '../ir/graph.ts'
import type { ScheduledSegment } from './loop.ts'
import { packConstant } from './packing.ts'
import type { BufferDecl, BufferId } from './stage.ts'

export interface CollectedWeights {
  readonly tensors: readonly NamedTensor[]
  /** Offsets of a segment's weight buffers, from those of the tensors by name. */
  offsets(segment: number, byName: ReadonlyMap<string, number>): ReadonlyMap<BufferId, Dim>
}

export function collectWeights(
  scheduled: readonly ScheduledSegment[],
  constants: ReadonlyMap<ConstantId, TensorConstant>,
): CollectedWeights {
  const names = new Map<string, string>()
  const tensors: NamedTensor[] = []
  const taken = new Set<string>()
  const add = (buffer: BufferDecl): string => {
    const key = keyOf(buffer)
    const known = names.get(key)
    if (known !== undefined) return known
    const constant = constants.get(buffer.constant!)
    if (!constant) throw new Error(`internal error: weight ${buffer.name} has no constant`)
    const data = buffer.packing ? packConstant(buffer.packing, constant) : constant.data
    const base = buffer.packing ? `${constant.name}@${buffer.packing.name}` : constant.name
    const name = unique(base, taken)
    names.set(key, name)
    tensors.push({ name, dtype: constant.dtype, shape: buffer.packing ? [data.length] : constant.shape, data })
    return name
  }
  const perSegment = scheduled.map(({ segment, buffers, calls, prepare = [] }) => {
    const declared = new Map(
      [...segment.buffers, ...buffers].filter(({ role, derived }) => role === 'weight' && !derived).map((buffer) => [buffer.id, buffer]),
    )
    const used = new Map<BufferId, string>()
    for (const arg of [...calls, ...prepare].flatMap((call) => [call, ...(call.native ?? [])]).flatMap((call) => call.args)) {
      const buffer = 'buffer' in arg ? declared.get(arg.buffer) : undefined
      if (buffer && !used.has(buffer.id)) used.set(buffer.id, add(buffer))
    }
    return used
  })
  return {
    tensors,
    offsets: (segment, byName) => new Map([...perSegment[segment]!].map(([buffer, name]) => [buffer, byName.get(name)!])),
  }
}

const keyOf = (buffer: BufferDecl): string => JSON.stringify([buffer.constant, buffer.packing ?? null])

function unique(base: string, taken: Set<string>): string {
  let name = base
  for (let i = 1; taken.has(name); i++) name = `${base}.${i}`
  taken.add(name)
  return name
}
