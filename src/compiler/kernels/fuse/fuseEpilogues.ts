/**
 * A pointwise stage that alone reads another stage, each element once, is computed there, over that stage's axes: as the epilogue of a
 * contraction, window or reduction, or in one body with a pointwise stage. The result is finished in registers and written where the
 * consumer would have written it: bias, activation, residual sums and layout copies vanish so.
 */

import { dimEqual, dimProduct } from '../../../ops/dimMath.ts'
import { solveIndices } from '../access.ts'
import type { Access, BufferId, LoopStage, Stage, StageExpr } from '../stage.ts'
import {
  type Affine,
  accessEqual,
  accumulator,
  affineExpr,
  isNormalized,
  type LoadExpr,
  loadsOf,
  mapExpr,
  normalizeLoads,
  reindex,
  sizeOf,
  substituteIndices,
} from '../stageExpr.ts'
import { type Fusion, isPointwise, usageOf } from './stages.ts'

const largestEpilogue = 160

type Producer = Exclude<Stage, { readonly kind: 'row' | 'recurrent' | 'template' }>

export function fuseEpilogues(fusion: Fusion): Fusion {
  let { stages } = fusion
  const known = new Map<Stage, ReadonlySet<BufferId>>()
  /** Producer -> the consumer that it could not take. */
  const refused = new Map<Stage, Stage>()
  for (let changed = true; changed; ) {
    changed = false
    const { writers, readers } = usageOf(stages, known)
    for (const [position, stage] of stages.entries()) {
      if (stage.kind === 'row' || stage.kind === 'recurrent' || stage.kind === 'template') continue
      const { buffer } = stage.out
      if (fusion.buffers[buffer]!.role !== 'temporary' || writers.get(buffer)!.length > 1) continue
      const [at, ...others] = readers.get(buffer) ?? []
      if (at === undefined || others.length > 0 || at <= position) continue
      const consumer = stages[at]!
      if (refused.get(stage) === consumer) continue
      const fused = isPointwise(consumer) ? fuse(stage, consumer) : null
      if (!fused) {
        refused.set(stage, consumer)
        continue
      }
      // At the consumer's place: what else it reads is there then, and nothing in between reads the producer.
      stages = stages.flatMap((other, i) => (i === position ? [] : i === at ? [fused] : [other]))
      changed = true
      break
    }
  }
  return { ...fusion, stages }
}

function fuse(producer: Producer, consumer: LoopStage): Producer | null {
  const { buffer } = producer.out
  const loads = loadsOf(consumer.body).filter((load) => load.access.buffer === buffer)
  const [first] = loads
  if (!first || !loads.every((load) => isNormalized(load) && accessEqual(load.access, first.access))) return null
  const placed = placeOver(consumer, first, producer.out)
  if (!placed) return null
  const axes = producer.out.shape
  const before = isPointwise(producer) ? producer.body : (producer.epilogue ?? accumulator(accumulatorDtype(producer)))
  const epilogue = normalizeLoads(
    mapExpr(substituteIndices(consumer.body, placed.map(affineExpr)), (e) => (e.s === 'load' && e.access.buffer === buffer ? before : e)),
    axes,
  )
  if (sizeOf(epilogue) > largestEpilogue) return null
  // In place of the consumer's indices, loads of other buffers must still be loads at the loop axes: schedules vectorize only those.
  if (!loadsOf(epilogue).every((load) => isNormalized(load) || !isNormalizedIn(consumer, load))) return null
  const out = reindex(consumer.out, placed, axes)
  if (!keepsVectors(producer, out)) return null
  if (loadsOf(epilogue).some((load) => load.access.buffer === out.buffer)) return null
  if (isPointwise(producer)) return { ...producer, out, body: epilogue }
  const bare = epilogue.s === 'accumulator' && epilogue.dtype === out.dtype
  return { ...producer, out, epilogue: bare ? null : epilogue } as Producer
}

const isNormalizedIn = (consumer: LoopStage, { access }: LoadExpr): boolean =>
  loadsOf(consumer.body).some((load) => load.access.buffer === access.buffer && isNormalized(load))

/** The dtype in which a stage hands its value to the epilogue. */
export function accumulatorDtype(stage: Producer): StageExpr['dtype'] {
  if (stage.kind !== 'loop') return 'float32'
  const combiner = stage.reduce?.combiner
  return combiner === 'argmax' || combiner === 'argmin' ? 'int64' : stage.body.dtype
}

/** The consumer's axes as functions of the producer's, when it reads each element of the producer exactly once. */
function placeOver(consumer: LoopStage, load: LoadExpr, out: Access): readonly Affine[] | null {
  if (!dimEqual(dimProduct(consumer.axes), dimProduct(out.shape))) return null
  if (load.access.strides.some((stride, axis) => stride === 0 && consumer.axes[axis] !== 1)) return null
  return solveIndices(load.access, out)
}

/** Contractions write vectors along their last axis (channels, columns): an epilogue must not scatter those. */
function keepsVectors(producer: Producer, out: Access): boolean {
  const axis = producer.kind === 'gemm' ? out.shape.length - 1 : producer.kind === 'conv' || producer.kind === 'pool' ? 1 : -1
  if (axis < 0 || out.shape[axis] === 1 || producer.out.strides[axis] !== 1) return true
  return out.strides[axis] === 1
}
