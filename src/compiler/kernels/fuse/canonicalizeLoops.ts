/**
 * Brings loop stages into the form in which they are compared and scheduled: axes of extent 1 are gone, the axes of the result run in the order of
 * its memory (slowest first), and neighbours that every access walks as one are one axis. Meaning is unchanged.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimMul, dimRange, dimSub, isConst } from '../../../ops/dimMath.ts'
import type { Access, LoopStage, StageExpr } from '../stage.ts'
import {
  indexOf,
  intScalar,
  isNormalized,
  type LoadExpr,
  loadsOf,
  mapExpr,
  normalizeLoads,
  substituteIndices,
  visitExpr,
} from '../stageExpr.ts'
import { type Fusion, loopAxes } from './stages.ts'

export function canonicalizeLoops({ buffers, stages }: Fusion): Fusion {
  return { buffers, stages: stages.map((stage) => (stage.kind === 'loop' ? canonicalizeLoop(stage) : stage)) }
}

export const canonicalizeLoop = (stage: LoopStage): LoopStage => collapse(withoutEmptyReduction(reorder(stage)))

/** A reduction over one element is that element (or position 0). */
function withoutEmptyReduction(stage: LoopStage): LoopStage {
  if (!stage.reduce || stage.reduce.axes.length > 0) return stage
  const { combiner } = stage.reduce
  const value: StageExpr = combiner === 'argmax' || combiner === 'argmin' ? intScalar(0) : stage.body
  const body = stage.epilogue ? mapExpr(stage.epilogue, (e) => (e.s === 'accumulator' ? value : e)) : value
  return { ...stage, reduce: null, body, epilogue: null }
}

/** Drops axes of extent 1 and sorts the others: the result's by its strides, reduced ones by those of the first load that has them. */
function reorder(stage: LoopStage): LoopStage {
  const count = stage.axes.length
  const long = (sizes: readonly Dim[], from: number): number[] => sizes.flatMap((size, i) => (size === 1 ? [] : [from + i]))
  const outer = long(stage.axes, 0).sort((a, b) => descending(stage.out.strides[a]!, stage.out.strides[b]!) || a - b)
  const inner = stage.reduce ? long(stage.reduce.axes, count) : []
  const positional = stage.reduce?.combiner === 'argmax' || stage.reduce?.combiner === 'argmin'
  const main = loadsOf(stage.body).find((load) => isNormalized(load) && inner.every((axis) => load.access.strides[axis] !== 0))
  if (main && !positional) inner.sort((a, b) => descending(main.access.strides[a]!, main.access.strides[b]!) || a - b)
  const kept = [...outer, ...inner]
  const axes = loopAxes(stage)
  if (kept.length === axes.length && kept.every((axis, i) => axis === i)) return stage
  return rewriteAxes(stage, kept, outer.length)
}

function rewriteAxes(stage: LoopStage, kept: readonly number[], outerCount: number): LoopStage {
  const axes = loopAxes(stage)
  const replacement = axes.map((_, axis): StageExpr => {
    const position = kept.indexOf(axis)
    return position < 0 ? intScalar(0) : indexOf(position)
  })
  const newAxes = kept.map((axis) => axes[axis]!)
  const outer = kept.slice(0, outerCount)
  const rewrite = (expr: StageExpr, over: readonly Dim[]): StageExpr => normalizeLoads(substituteIndices(expr, replacement), over)
  return {
    ...stage,
    axes: newAxes.slice(0, outerCount),
    reduce: stage.reduce && { ...stage.reduce, axes: newAxes.slice(outerCount) },
    body: rewrite(stage.body, newAxes),
    epilogue: stage.epilogue && rewrite(stage.epilogue, newAxes.slice(0, outerCount)),
    out: pick(stage.out, outer),
  }
}

const pick = (access: Access, axes: readonly number[]): Access => ({
  ...access,
  shape: axes.map((axis) => access.shape[axis]!),
  strides: axes.map((axis) => access.strides[axis]!),
})

/** Merges neighbouring axes while every access has stride[i] = size[i + 1] * stride[i + 1] and no index is used by itself. */
function collapse(stage: LoopStage): LoopStage {
  const axes = loopAxes(stage)
  for (let i = axes.length - 2; i >= 0; i--) {
    if (i + 1 === stage.axes.length) continue
    const merged = mergeAxes(stage, i)
    if (merged) return collapse(merged)
  }
  return stage
}

function mergeAxes(stage: LoopStage, i: number): LoopStage | null {
  const axes = loopAxes(stage)
  const size = axes[i + 1]!
  const isOuter = i + 1 < stage.axes.length
  const walksAsOne = (access: Access): boolean => dimEqual(access.strides[i]!, dimMul(size, access.strides[i + 1]!))
  if (isOuter && !walksAsOne(stage.out)) return null
  const exprs = [stage.body, ...(isOuter && stage.epilogue ? [stage.epilogue] : [])]
  for (const expr of exprs) {
    const loads = loadsOf(expr)
    if (!loads.every((load) => isNormalized(load) && walksAsOne(load.access))) return null
    if (usesIndex(expr, i) || usesIndex(expr, i + 1)) return null
  }
  const product = dimMul(axes[i]!, size)
  const without = <T>(values: readonly T[]): T[] => values.filter((_, axis) => axis !== i + 1)
  const merge = (access: Access): Access => ({
    ...access,
    shape: without(access.shape.map((extent, axis) => (axis === i ? product : extent))),
    strides: without(access.strides.map((stride, axis) => (axis === i ? access.strides[i + 1]! : stride))),
  })
  const rewrite = (expr: StageExpr): StageExpr =>
    mapExpr(expr, (e) => {
      if (e.s === 'load') return { ...e, access: merge(e.access), indices: without(e.indices).map((_, axis) => indexOf(axis)) }
      return e.s === 'index' && e.axis > i ? indexOf(e.axis - 1) : e
    })
  const outerCount = isOuter ? stage.axes.length - 1 : stage.axes.length
  const newAxes = without(axes.map((extent, axis) => (axis === i ? product : extent)))
  return {
    ...stage,
    axes: newAxes.slice(0, outerCount),
    reduce: stage.reduce && { ...stage.reduce, axes: newAxes.slice(outerCount) },
    body: rewrite(stage.body),
    epilogue: stage.epilogue && (isOuter ? rewrite(stage.epilogue) : stage.epilogue),
    out: isOuter ? merge(stage.out) : stage.out,
  }
}

/** Whether an index is used outside of normalized loads, whose indices are only their form. */
function usesIndex(expr: StageExpr, axis: number): boolean {
  let found = false
  const hidden = new Set<StageExpr>()
  visitExpr(expr, (e) => {
    if (e.s === 'load' && isNormalized(e as LoadExpr)) for (const index of e.indices) hidden.add(index)
    if (e.s === 'index' && e.axis === axis && !hidden.has(e)) found = true
  })
  return found
}

function descending(a: Dim, b: Dim): number {
  if (isConst(a) && isConst(b)) return b - a
  const { min, max } = dimRange(dimSub(a, b))
  return min > 0 ? -1 : max < 0 ? 1 : 0
}
