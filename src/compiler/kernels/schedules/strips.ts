/**
 * Long pointwise chains -> row programs over strips that stay in the first cache: loops of at most one transcendental function and of bounded latency,
 * which hand values on in the strip. Processors overlap iterations as far as their window of instructions reaches; one loop over a chain
 * with the latency of several such functions leaves most of the arithmetic units idle, and V8 spills what does not fit 15 registers.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimFloorDiv, dimMul, dimRange, dimSub, isConst } from '../../../ops/dimMath.ts'
import type { UnaryFn } from '../../../ops/expr.ts'
import type { Access, LoopStage, RowStage, StageExpr } from '../stage.ts'
import { isNormalized, type LoadExpr, loadOf, loadsOf, mapExpr, operandsOf, shareEqual } from '../stageExpr.ts'
import type { SegmentBuffers } from './kernelBuilder.ts'

/** Elements a strip: a handful of them takes a part of the first cache. */
const stripLength = 512
/** Functions that run as vectors of tens of instructions. */
const heavy: ReadonlySet<UnaryFn> = new Set(['exp', 'exp2', 'log', 'tanh', 'sigmoid', 'erf'])
/** Cycles of latency from which on a loop is divided. */
const longestChain = 80
/** Operations from which on a shared value is kept rather than computed again. */
const worthKeeping = 4

/** The stage in strips, and what is left after the last whole one; null where one loop serves as well. */
export function splitIntoStrips(
  stage: LoopStage,
  buffers: SegmentBuffers,
): { readonly strips: RowStage; readonly rest: LoopStage | null } | null {
  const { axes, body, out } = stage
  const last = axes.length - 1
  const extent = axes[last]
  const loads = loadsOf(body)
  if (stage.reduce || stage.epilogue || extent === undefined || body.dtype !== 'float32' || out.strides[last] !== 1) return null
  if (dimRange(extent).min < 2 * stripLength && isConst(extent)) return null
  if (!loads.every(isNormalized) || usesIndices(body)) return null
  const shared = shareEqual(body)
  const cuts = findCuts(shared)
  if (cuts.length === 0) return null

  const count = dimFloorDiv(extent, stripLength)
  const outer = axes.slice(0, last)
  const rows = [...outer, count]
  const inStrips = (access: Access): Access => {
    const stride = access.strides[last] as Dim
    return {
      ...access,
      shape: [...rows, stripLength],
      strides: [...access.strides.slice(0, last), dimMul(stride, stripLength), stride],
    }
  }
  // One buffer for all of them, so that they share a pointer.
  const scratch = buffers.scratch('strips', 'float32', cuts.length * stripLength)
  const kept = new Map(
    cuts.map((cut, i) => {
      const strides = [...rows.map(() => 0), 1]
      return [cut, loadOf({ buffer: scratch.id, dtype: 'float32', shape: [...rows, stripLength], strides, offset: i * stripLength })]
    }),
  )
  const step = (value: StageExpr, to: Access): LoopStage => ({
    kind: 'loop',
    axes: [...rows, stripLength],
    reduce: null,
    body: readKept(value, kept, inStrips),
    epilogue: null,
    out: to,
  })
  const steps = [...cuts.map((cut) => step(cut, kept.get(cut)!.access)), step(shared, inStrips(out))]
  const done = dimMul(count, stripLength)
  const left = dimSub(extent, done)
  const shift = (access: Access): Access => ({
    ...access,
    shape: [...outer, left],
    offset: dimAdd(access.offset, dimMul(access.strides[last] as Dim, done)),
  })
  const rest: LoopStage | null =
    left === 0
      ? null
      : { ...stage, axes: [...outer, left], out: shift(out), body: mapExpr(body, (e) => (e.s === 'load' ? loadOf(shift(e.access)) : e)) }
  return { strips: { kind: 'row', rows, locals: [scratch], steps }, rest }
}

const usesIndices = (body: StageExpr): boolean => {
  let found = false
  const visit = (e: StageExpr): void => {
    if (e.s === 'index') found = true
    if (e.s !== 'load') operandsOf(e).forEach(visit)
  }
  visit(body)
  return found
}

export const isHeavy = (expr: StageExpr): boolean => expr.s === 'unary' && expr.dtype === 'float32' && heavy.has(expr.fn)

/** Values that a loop of their own leaves in the strip, operands first. */
function findCuts(root: StageExpr): readonly StageExpr[] {
  const order: StageExpr[] = []
  visitOperandsFirst(root, (e) => order.push(e))
  const cuts = new Set<StageExpr>()
  for (const e of order) {
    while (tooLong(loopOf(e, cuts), e, cuts)) {
      const longest = operandsOf(e)
        .map((operand) => sourceOf(operand))
        .filter((source) => !cuts.has(source) && source.dtype === 'float32' && operandsOf(source).length > 0 && source.s !== 'load')
        .reduce<StageExpr | null>((a, b) => (a && latency(a, cuts) >= latency(b, cuts) ? a : b), null)
      if (!longest) break
      cuts.add(longest)
    }
  }
  const cost = (e: StageExpr): number => [...loopOf(e, cuts)].filter((node) => node.s !== 'load' && node.s !== 'scalar').length
  for (const candidate of [...order].reverse()) {
    if (candidate === root || cuts.has(candidate) || candidate.dtype !== 'float32' || cost(candidate) < worthKeeping) continue
    if ([...cuts, root].filter((from) => loopOf(from, cuts).has(candidate)).length > 1) cuts.add(candidate)
  }
  return order.filter((e) => cuts.has(e))
}

/** What is computed in the loop of `from`. */
function loopOf(from: StageExpr, cuts: ReadonlySet<StageExpr>): ReadonlySet<StageExpr> {
  const found = new Set<StageExpr>()
  const go = (e: StageExpr): void => {
    if (found.has(e) || (e !== from && cuts.has(e))) return
    found.add(e)
    if (e.s !== 'load') operandsOf(e).forEach(go)
  }
  go(from)
  return found
}

const tooLong = (loop: ReadonlySet<StageExpr>, e: StageExpr, cuts: ReadonlySet<StageExpr>): boolean =>
  [...loop].filter(isHeavy).length > 1 || latency(e, cuts) > longestChain

/** Cycles from loads to the value. */
function latency(e: StageExpr, cuts: ReadonlySet<StageExpr>, known = new Map<StageExpr, number>()): number {
  let cycles = known.get(e)
  if (cycles === undefined) {
    cycles = e.s === 'load' ? 0 : ownLatency(e) + Math.max(0, ...operandsOf(e).map((o) => (cuts.has(o) ? 0 : latency(o, cuts, known))))
    known.set(e, cycles)
  }
  return cycles
}

const ownLatency = (e: StageExpr): number => {
  if (isHeavy(e)) return 40
  if (e.s === 'unary') return e.fn === 'sqrt' || e.fn === 'rsqrt' ? 15 : e.fn === 'neg' || e.fn === 'abs' ? 1 : 3
  return e.s === 'binary' ? (e.fn === 'div' ? 11 : 3) : e.s === 'select' ? 1 : 0
}

/** The value that cheap functions of one operand are applied to: keeping that one serves all of them. */
function sourceOf(e: StageExpr): StageExpr {
  if ((e.s === 'unary' || e.s === 'cast') && !isHeavy(e)) return sourceOf(e.a)
  if (e.s === 'binary' && e.b.s === 'scalar') return sourceOf(e.a)
  if (e.s === 'binary' && e.a.s === 'scalar') return sourceOf(e.b)
  return e
}

function visitOperandsFirst(root: StageExpr, visit: (expr: StageExpr) => void): void {
  const seen = new Set<StageExpr>()
  const go = (e: StageExpr): void => {
    if (seen.has(e)) return
    seen.add(e)
    if (e.s !== 'load') operandsOf(e).forEach(go)
    visit(e)
  }
  go(root)
}

/** The value with what is kept loaded, and other loads in strips. */
function readKept(value: StageExpr, kept: ReadonlyMap<StageExpr, LoadExpr>, inStrips: (access: Access) => Access): StageExpr {
  const done = new Map<StageExpr, StageExpr>()
  const go = (e: StageExpr): StageExpr => {
    const known = e === value ? undefined : kept.get(e)
    if (known) return known
    let result = done.get(e)
    if (!result) {
      result =
        e.s === 'load'
          ? loadOf(inStrips(e.access))
          : e.s === 'unary' || e.s === 'cast'
            ? { ...e, a: go(e.a) }
            : e.s === 'binary'
              ? { ...e, a: go(e.a), b: go(e.b) }
              : e.s === 'select'
                ? { ...e, condition: go(e.condition), a: go(e.a), b: go(e.b) }
                : e
      done.set(e, result)
    }
    return result
  }
  return go(value)
}
