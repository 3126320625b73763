/** The WebGPU side of a program: the same fused segments through the GPU's schedules, and the weights they read, unpacked. */
import type { Dim } from '../ops/dim.ts'
import { writeWeights } from './artifact/weights.ts'
import { emitWgsl } from './codegen/wgsl/index.ts'
import type { ConstantId, TensorConstant } from './ir/graph.ts'
import { scheduleSegmentForGpu } from './kernels/schedules/gpu/index.ts'
import type { SegmentProgram } from './kernels/stage.ts'
import { collectWeights } from './kernels/weights.ts'
import { variable } from './print/expression.ts'
import { printDim } from './print/javascript.ts'
import type { CompiledForGpu } from './program.ts'

export function assembleForGpu(
  segments: readonly SegmentProgram[],
  constants: ReadonlyMap<ConstantId, TensorConstant>,
): Omit<CompiledForGpu, 'asynchronous'> {
  const scheduled = segments.map(scheduleSegmentForGpu)
  const tensors = collectWeights(scheduled, constants)
  const weights = writeWeights(tensors.tensors)
  const offsets = segments.map((_, i) => tensors.offsets(i, weights.offsets))
  const emitted = emitWgsl(
    scheduled,
    (segment, buffer) => offsets[segment]!.get(buffer.id) as number,
    (dim: Dim, symbols) => printDim(dim, new Map(symbols.map((name) => [name, variable(name)])), (helper) => `$r.${helper}`).text,
  )
  return {
    wgsl: emitted.wgsl,
    manifest: emitted.manifest,
    weights: weights.bytes,
    weightsHash: weights.hash,
    weightBytes: weights.dataBytes,
  }
}
