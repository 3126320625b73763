/**
 * Scheduled segments -> one WGSL module and the description that the runtime dispatches from: equal kernels once, each segment a JavaScript
 * function of its scalars that lists slots and calls (see src/gpu/types.ts).
 */
import type { Dim } from '../../../ops/dim.ts'
import { elementBytes, storageOf } from '../../../ops/dtype.ts'
import type { KernelFunction, ScheduledSegment } from '../../kernels/loop.ts'
import type { BufferDecl, SegmentProgram } from '../../kernels/stage.ts'
import { emitKernel } from './emitKernel.ts'
import { planSlots } from './planSlots.ts'
import { preludeFor } from './prelude.ts'

export interface WgslProgram {
  readonly wgsl: string
  /** JavaScript text of a GpuManifest. */
  readonly manifest: string
  /** Entry points, for the report. */
  readonly kernels: number
  readonly dispatches: readonly number[]
}

/** Where a weight of a segment lies in the weights blob, in bytes. */
type WeightOffset = (segment: number, buffer: BufferDecl) => number
/** A Dim as a JavaScript expression over the segment's symbols. */
type PrintDim = (dim: Dim, symbols: readonly string[]) => string

export function emitWgsl(segments: readonly ScheduledSegment[], weightOffset: WeightOffset, printDim: PrintDim): WgslProgram {
  const kernels = new KernelTable()
  const weights = new WeightTable()
  const texts = segments.map((scheduled, index) =>
    segmentText(scheduled, kernels, (buffer) => weights.idOf(buffer, weightOffset(index, buffer)), printDim),
  )
  const helpers = new Set(kernels.emitted.flatMap((kernel) => [...kernel.helpers]))
  return {
    wgsl: preludeFor(helpers) + kernels.emitted.map(({ text }) => text).join('\n'),
    manifest: `{ kernels: ${JSON.stringify(kernels.described)}, weights: ${JSON.stringify(weights.described)}, segments: [${texts.join(', ')}] }`,
    kernels: kernels.emitted.length,
    dispatches: segments.map(({ calls }) => calls.length),
  }
}

class KernelTable {
  readonly emitted: ReturnType<typeof emitKernel>[] = []
  readonly described: { entry: string; scalars: string; writes: boolean[] }[] = []
  readonly #byContent = new Map<string, number>()

  indexOf(kernel: KernelFunction): number {
    const content = JSON.stringify([kernel.params, kernel.body], (_, value) =>
      Object.is(value, -0) ? '-0' : typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    )
    const known = this.#byContent.get(content)
    if (known !== undefined) return known
    const index = this.emitted.length
    this.#byContent.set(content, index)
    const entry = `${kernel.name.replace(/\W/g, '_')}_${index}`
    this.emitted.push(emitKernel(kernel, entry))
    this.described.push({
      entry,
      scalars: kernel.params.flatMap((param) => (param.p === 'scalar' ? [param.type === 'f32' ? 'f' : 'i'] : [])).join(''),
      writes: kernel.params.flatMap((param) => (param.p === 'buffer' ? [param.access !== 'read'] : [])),
    })
    return index
  }
}

class WeightTable {
  readonly described: { offset: number; length: number; element: 'f32' | 'i32' | 'u8' }[] = []
  readonly #byOffset = new Map<number, number>()

  /** -1 for the first weight, -2 for the second. */
  idOf(buffer: BufferDecl, offset: number): number {
    let index = this.#byOffset.get(offset)
    if (index === undefined) {
      index =
        this.described.push({ offset, length: (buffer.size as number) * elementBytes[buffer.dtype], element: storageOf[buffer.dtype] }) - 1
      this.#byOffset.set(offset, index)
    }
    return -1 - index
  }
}

function segmentText(
  scheduled: ScheduledSegment,
  kernels: KernelTable,
  weightId: (buffer: BufferDecl) => number,
  printDim: PrintDim,
): string {
  const { segment, buffers, calls } = scheduled
  const plan = planSlots(scheduled)
  const symbols = segment.scalars.map(({ name }) => name)
  const list = (dims: readonly Dim[]) => `[${dims.map((dim) => printDim(dim, symbols)).join(', ')}]`
  const bufferId = (id: number): number => plan.slots.get(id) ?? weightId(buffers.find((buffer) => buffer.id === id)!)
  const texts = calls.map(({ kernel, args, grid }) => {
    const bound = args.flatMap((arg) => ('buffer' in arg ? [arg] : []))
    const scalars = args.flatMap((arg) => ('scalar' in arg ? [arg.scalar] : []))
    return `{ kernel: ${kernels.indexOf(kernel)}, grid: ${list(grid!)}, buffers: ${list(bound.map(({ buffer }) => bufferId(buffer)))}, offsets: ${list(bound.map(({ offset }) => offset))}, scalars: ${list(scalars)} }`
  })
  const slotsOf = (accesses: SegmentProgram['inputs']) => list(accesses.map(({ buffer }) => plan.slots.get(buffer)!))
  const body = `{ slots: ${list(plan.sizes)}, inputs: ${slotsOf(segment.inputs)}, outputs: ${slotsOf(segment.outputs)}, calls: [${texts.join(', ')}] }`
  return `(${symbols.join(', ')}) => (${body})`
}
