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

/** `weightOffset`: where a weight's unpacked tensor lies in the weights blob, in bytes; `printDim`: a Dim as a JavaScript expression. */
export function emitWgsl(
  segments: readonly ScheduledSegment[],
  weightOffset: (buffer: BufferDecl) => number,
  printDim: (dim: Dim) => string,
): WgslProgram {
  const kernels = new KernelTable()
  const weights = new WeightTable(weightOffset)
  const texts = segments.map((scheduled) => segmentText(scheduled, kernels, weights, printDim))
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
  readonly #offset: (buffer: BufferDecl) => number
  readonly #byOffset = new Map<number, number>()

  constructor(offset: (buffer: BufferDecl) => number) {
    this.#offset = offset
  }

  /** -1 for the first weight, -2 for the second. */
  idOf(buffer: BufferDecl): number {
    const offset = this.#offset(buffer)
    let index = this.#byOffset.get(offset)
    if (index === undefined) {
      index =
        this.described.push({ offset, length: (buffer.size as number) * elementBytes[buffer.dtype], element: storageOf[buffer.dtype] }) - 1
      this.#byOffset.set(offset, index)
    }
    return -1 - index
  }
}

function segmentText(scheduled: ScheduledSegment, kernels: KernelTable, weights: WeightTable, printDim: (dim: Dim) => string): string {
  const { segment, buffers, calls } = scheduled
  const plan = planSlots(scheduled)
  const list = (dims: readonly Dim[]) => `[${dims.map(printDim).join(', ')}]`
  const bufferId = (id: number): number => plan.slots.get(id) ?? weights.idOf(buffers.find((buffer) => buffer.id === id)!)
  const texts = calls.map(({ kernel, args, grid }) => {
    const bound = args.flatMap((arg) => ('buffer' in arg ? [arg] : []))
    const scalars = args.flatMap((arg) => ('scalar' in arg ? [arg.scalar] : []))
    return `{ kernel: ${kernels.indexOf(kernel)}, grid: ${list(grid!)}, buffers: ${list(bound.map(({ buffer }) => bufferId(buffer)))}, offsets: ${list(bound.map(({ offset }) => offset))}, scalars: ${list(scalars)} }`
  })
  const slotsOf = (accesses: SegmentProgram['inputs']) => list(accesses.map(({ buffer }) => plan.slots.get(buffer)!))
  return `(${segment.scalars.map(({ name }) => name).join(', ')}) => ({ slots: ${list(plan.sizes)}, inputs: ${slotsOf(segment.inputs)}, outputs: ${slotsOf(segment.outputs)}, calls: [${texts.join(', ')}] })`
}
