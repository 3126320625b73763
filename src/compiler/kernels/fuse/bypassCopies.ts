/**
 * Products read their operands through any strides, so an operand that was copied only to change its layout (heads of attention brought to the
 * front, a transpose made dense) is read where it came from. Where the copy has several axes for the batch of the product, the batch is
 * split into them, which also lets a copy of the result become part of the product (fuseEpilogues).
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimMul, dimProduct } from '../../../ops/dimMath.ts'
import { solveIndices } from '../access.ts'
import type { Access, GemmStage, LoopStage, Stage } from '../stage.ts'
import { affineExpr, indexOf, isNormalized, normalizeLoads, reindex, substituteIndices } from '../stageExpr.ts'
import { type Fusion, isPointwise, usageOf } from './stages.ts'

export function bypassCopies(fusion: Fusion): Fusion {
  const { writers } = usageOf(fusion.stages)
  const copyOf = (access: Access): LoopStage | null => {
    const [at, ...others] = writers.get(access.buffer) ?? []
    const stage = at === undefined || others.length > 0 ? null : fusion.stages[at]!
    if (!stage || !isPointwise(stage) || fusion.buffers[access.buffer]!.role !== 'temporary') return null
    return stage.body.s === 'load' && isNormalized(stage.body) ? stage : null
  }
  return { ...fusion, stages: fusion.stages.map((stage): Stage => (stage.kind === 'gemm' ? bypass(stage, copyOf) : stage)) }
}

function bypass(given: GemmStage, copyOf: (access: Access) => LoopStage | null): GemmStage {
  let stage = given
  for (const side of ['a', 'b'] as const) {
    const copy = copyOf(stage[side])
    if (!copy) continue
    const direct = sourceOf(copy, stage[side])
    if (direct) {
      if (side === 'b' || keepsRows(stage.a, direct)) stage = { ...stage, [side]: direct }
      continue
    }
    const split = splitBatch(stage, copy)
    const through = split && sourceOf(copy, split[side])
    if (split && through && (side === 'b' || keepsRows(split.a, through))) stage = { ...split, [side]: through }
  }
  return stage
}

/** The access to what was copied that addresses the same elements. */
function sourceOf(copy: LoopStage, access: Access): Access | null {
  const placed = solveIndices(copy.out, access)
  return placed && copy.body.s === 'load' ? reindex(copy.body.access, placed, access.shape) : null
}

/** Rows of the left operand are read along k: dense ones stay dense. */
const keepsRows = (before: Access, after: Access): boolean => before.strides.at(-1) !== 1 || after.strides.at(-1) === 1

/** The product with its one batch dim as the leading axes of the copy whose extents multiply to it. */
function splitBatch(stage: GemmStage, copy: LoopStage): GemmStage | null {
  if (stage.batch.length !== 1) return null
  for (let count = 2; count < copy.axes.length; count++) {
    const dims = copy.axes.slice(0, count)
    if (dimEqual(dimProduct(dims), stage.batch[0]!)) return withBatch(stage, dims)
  }
  return null
}

function withBatch(stage: GemmStage, dims: readonly Dim[]): GemmStage {
  const inner = dims.map((_, i) => dimProduct(dims.slice(i + 1)))
  const split = (access: Access): Access => ({
    ...access,
    shape: [...dims, ...access.shape.slice(1)],
    strides: [...inner.map((size) => dimMul(access.strides[0]!, size)), ...access.strides.slice(1)],
  })
  const flat = affineExpr({ constant: 0, terms: new Map(inner.map((size, axis) => [axis, size])) })
  const added = dims.length - 1
  const axes = [...dims, stage.m, stage.n]
  return {
    ...stage,
    batch: dims,
    a: split(stage.a),
    b: split(stage.b),
    out: split(stage.out),
    epilogue: stage.epilogue && normalizeLoads(substituteIndices(stage.epilogue, [flat, indexOf(1 + added), indexOf(2 + added)]), axes),
  }
}
