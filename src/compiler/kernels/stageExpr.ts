/**
 * Stage expressions as data: traversal, substitution, and the affine view of index expressions. An index is affine when it is
 * `constant + sum(coefficient[axis] * index(axis))` with loop-invariant (possibly symbolic) coefficients.
 */
import type { Dim } from '../../ops/dim.ts'
import { dimAdd, dimEqual, dimMul, isConst } from '../../ops/dimMath.ts'
import type { Access, BufferId, StageExpr } from './stage.ts'

export type LoadExpr = Extract<StageExpr, { readonly s: 'load' }>

export const intScalar = (value: Dim): StageExpr => ({ s: 'scalar', value, dtype: 'int64' })
export const indexOf = (axis: number): StageExpr => ({ s: 'index', axis, dtype: 'int64' })
export const accumulator = (dtype: StageExpr['dtype'], which = 0): StageExpr =>
  which === 0 ? { s: 'accumulator', dtype } : { s: 'accumulator', which, dtype }

/** The element of `access` at the loop axes; the access has one dim an axis. */
export const loadOf = (access: Access): LoadExpr => ({
  s: 'load',
  access,
  indices: access.shape.map((_, axis) => indexOf(axis)),
  dtype: access.dtype,
})

/** The direct operands of an expression; a load's are its indices. */
export function operandsOf(expr: StageExpr): readonly StageExpr[] {
  switch (expr.s) {
    case 'scalar':
    case 'index':
    case 'accumulator':
      return []
    case 'load':
      return expr.indices
    case 'unary':
    case 'cast':
      return [expr.a]
    case 'binary':
      return [expr.a, expr.b]
    case 'select':
      return [expr.condition, expr.a, expr.b]
    default:
      return expr satisfies never
  }
}

/**
 * Rebuilds an expression bottom up; `replace` sees each node with its operands already replaced. Expressions are graphs: a node that
 * is shared is visited once and stays shared.
 */
export function mapExpr(expr: StageExpr, replace: (expr: StageExpr) => StageExpr): StageExpr {
  const done = new Map<StageExpr, StageExpr>()
  const go = (e: StageExpr): StageExpr => {
    let result = done.get(e)
    if (!result) {
      result = replace(withOperands(e, operandsOf(e).map(go)))
      done.set(e, result)
    }
    return result
  }
  return go(expr)
}

/** The node over other operands, in the order of operandsOf; the node itself where none changed. */
function withOperands(expr: StageExpr, operands: readonly StageExpr[]): StageExpr {
  if (operandsOf(expr).every((operand, i) => operand === operands[i])) return expr
  const [a, b, c] = operands as [StageExpr, StageExpr, StageExpr]
  switch (expr.s) {
    case 'scalar':
    case 'index':
    case 'accumulator':
      return expr
    case 'load':
      return { ...expr, indices: operands }
    case 'unary':
    case 'cast':
      return { ...expr, a }
    case 'binary':
      return { ...expr, a, b }
    case 'select':
      return { ...expr, condition: a, a: b, b: c }
    default:
      return expr satisfies never
  }
}

/** The expression with `index(axis)` replaced by `indices[axis]`. */
export const substituteIndices = (expr: StageExpr, indices: readonly StageExpr[]): StageExpr =>
  mapExpr(expr, (e) => (e.s === 'index' ? (indices[e.axis] ?? e) : e))

/** Every node once, an operand after what uses it first. */
export function visitExpr(expr: StageExpr, visit: (expr: StageExpr) => void): void {
  nodesOf([expr]).forEach(visit)
}

/** Every node of several expressions once. */
export function nodesOf(exprs: readonly StageExpr[]): ReadonlySet<StageExpr> {
  const seen = new Set<StageExpr>()
  const go = (e: StageExpr): void => {
    if (seen.has(e)) return
    seen.add(e)
    operandsOf(e).forEach(go)
  }
  exprs.forEach(go)
  return seen
}

/** Makes equal subexpressions one object, so that code generators can compute them once by identity. */
export const shareEqual = (expr: StageExpr): StageExpr => shareAllEqual([expr])[0]!

/** The same over several expressions. */
export function shareAllEqual(exprs: readonly StageExpr[]): readonly StageExpr[] {
  const byText = new Map<string, StageExpr>()
  const ids = new Map<StageExpr, number>()
  const share = (e: StageExpr): StageExpr => {
    const key = keyOf(e, (operand) => ids.get(operand) as number)
    const known = byText.get(key)
    if (known) return known
    byText.set(key, e)
    ids.set(e, ids.size)
    return e
  }
  return exprs.map((expr) => mapExpr(expr, share))
}

function keyOf(expr: StageExpr, idOf: (operand: StageExpr) => number): string {
  const own =
    expr.s === 'load'
      ? [expr.access.buffer, expr.access.shape, expr.access.strides, expr.access.offset]
      : expr.s === 'scalar'
        ? [Object.is(expr.value, -0) ? '-0' : typeof expr.value === 'number' ? String(expr.value) : expr.value]
        : expr.s === 'index'
          ? [expr.axis]
          : expr.s === 'unary' || expr.s === 'binary'
            ? [expr.fn]
            : expr.s === 'accumulator'
              ? [expr.which ?? 0]
              : []
  return JSON.stringify([expr.s, expr.dtype, own, operandsOf(expr).map(idOf)])
}

/** Every load, those inside of index expressions included. */
export function loadsOf(expr: StageExpr): readonly LoadExpr[] {
  const loads: LoadExpr[] = []
  visitExpr(expr, (e) => {
    if (e.s === 'load') loads.push(e)
  })
  return loads
}

export const readsBuffer = (expr: StageExpr, buffer: BufferId): boolean => loadsOf(expr).some((load) => load.access.buffer === buffer)

/** Affine form: `constant + sum(terms[axis] * index(axis))`. */
export interface Affine {
  readonly constant: Dim
  readonly terms: ReadonlyMap<number, Dim>
}

/** null: the expression is not affine in the loop axes. */
export function affineOf(expr: StageExpr): Affine | null {
  switch (expr.s) {
    case 'scalar':
      return typeof expr.value === 'boolean' || expr.dtype === 'float32' || expr.dtype === 'bool'
        ? null
        : { constant: expr.value, terms: new Map() }
    case 'index':
      return { constant: 0, terms: new Map([[expr.axis, 1]]) }
    case 'unary': {
      if (expr.fn !== 'neg') return null
      const a = affineOf(expr.a)
      return a && scale(a, -1)
    }
    case 'binary': {
      if (expr.dtype !== 'int64') return null
      const a = affineOf(expr.a)
      const b = affineOf(expr.b)
      if (!a || !b) return null
      if (expr.fn === 'add') return addAffine(a, b)
      if (expr.fn === 'sub') return addAffine(a, scale(b, -1))
      if (expr.fn === 'mul' && a.terms.size === 0) return scale(b, a.constant)
      if (expr.fn === 'mul' && b.terms.size === 0) return scale(a, b.constant)
      return null
    }
    default:
      return null
  }
}

export function addAffine(a: Affine, b: Affine): Affine {
  const terms = new Map(a.terms)
  for (const [axis, coefficient] of b.terms) {
    const sum = dimAdd(terms.get(axis) ?? 0, coefficient)
    if (sum === 0) terms.delete(axis)
    else terms.set(axis, sum)
  }
  return { constant: dimAdd(a.constant, b.constant), terms }
}

export function scale(a: Affine, factor: Dim): Affine {
  if (factor === 0) return { constant: 0, terms: new Map() }
  return { constant: dimMul(a.constant, factor), terms: new Map([...a.terms].map(([axis, c]) => [axis, dimMul(c, factor)])) }
}

export function affineExpr({ constant, terms }: Affine): StageExpr {
  let sum: StageExpr | null = null
  for (const [axis, coefficient] of [...terms].sort(([a], [b]) => a - b)) {
    const term: StageExpr =
      coefficient === 1 ? indexOf(axis) : { s: 'binary', fn: 'mul', a: indexOf(axis), b: intScalar(coefficient), dtype: 'int64' }
    sum = sum ? { s: 'binary', fn: 'add', a: sum, b: term, dtype: 'int64' } : term
  }
  if (!sum) return intScalar(constant)
  return constant === 0 ? sum : { s: 'binary', fn: 'add', a: sum, b: intScalar(constant), dtype: 'int64' }
}

/**
 * Loads with affine indices become loads whose access has one dim an axis of the loop (`axes`: all axes of the stage, reduction axes
 * included) and whose indices are the axes themselves: the form in which stages are compared, fused and scheduled.
 */
export function normalizeLoads(expr: StageExpr, axes: readonly Dim[]): StageExpr {
  const indices = axes.map((_, axis) => indexOf(axis))
  return mapExpr(expr, (e) => {
    if (e.s !== 'load') return e
    const affine = accessInAxes(e, axes)
    return affine ? { ...e, access: affine, indices } : e
  })
}

function accessInAxes({ access, indices }: LoadExpr, axes: readonly Dim[]): Access | null {
  let sum: Affine = { constant: access.offset, terms: new Map() }
  for (const [k, index] of indices.entries()) {
    const affine = affineOf(index)
    if (!affine) return null
    sum = addAffine(sum, scale(affine, access.strides[k] as Dim))
  }
  return { ...access, shape: axes, strides: axes.map((size, axis) => (size === 1 ? 0 : (sum.terms.get(axis) ?? 0))), offset: sum.constant }
}

/** An access whose axes are given as affine forms (`placed`) over other axes, as an access over those. */
export function reindex(access: Access, placed: readonly Affine[], axes: readonly Dim[]): Access {
  let sum: Affine = { constant: access.offset, terms: new Map() }
  for (const [k, affine] of placed.entries()) sum = addAffine(sum, scale(affine, access.strides[k]!))
  return { ...access, shape: axes, strides: axes.map((size, axis) => (size === 1 ? 0 : (sum.terms.get(axis) ?? 0))), offset: sum.constant }
}

/** Whether a load's indices are the loop axes in order: see normalizeLoads. */
export const isNormalized = (load: LoadExpr): boolean => load.indices.every((index, axis) => index.s === 'index' && index.axis === axis)

/** Structural equality. */
export function exprEqual(a: StageExpr, b: StageExpr): boolean {
  if (a === b) return true
  if (a.s !== b.s || a.dtype !== b.dtype) return false
  if (a.s === 'scalar' && b.s === 'scalar')
    return typeof a.value === 'boolean' || typeof b.value === 'boolean'
      ? a.value === b.value
      : Object.is(a.value, b.value) || dimEqual(a.value, b.value)
  if (a.s === 'index' && b.s === 'index') return a.axis === b.axis
  if (a.s === 'accumulator' && b.s === 'accumulator') return (a.which ?? 0) === (b.which ?? 0)
  if (a.s === 'load' && b.s === 'load' && !accessEqual(a.access, b.access)) return false
  if ((a.s === 'unary' || a.s === 'binary') && (b as { fn?: string }).fn !== a.fn) return false
  const left = operandsOf(a)
  const right = operandsOf(b)
  return left.length === right.length && left.every((operand, i) => exprEqual(operand, right[i] as StageExpr))
}

const dimsEqual = (a: readonly Dim[], b: readonly Dim[]): boolean =>
  a.length === b.length && a.every((dim, i) => dimEqual(dim, b[i] as Dim))

export const accessEqual = (a: Access, b: Access): boolean =>
  a.buffer === b.buffer &&
  a.dtype === b.dtype &&
  dimEqual(a.offset, b.offset) &&
  dimsEqual(a.shape, b.shape) &&
  dimsEqual(a.strides, b.strides)

const expensive = new Set([
  'exp',
  'exp2',
  'expm1',
  'log',
  'log2',
  'log10',
  'log1p',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
])
const veryExpensive = new Set([
  'asinh',
  'acosh',
  'atanh',
  'erf',
  'erfc',
  'erfinv',
  'lgamma',
  'digamma',
  'sigmoid',
  'pow',
  'atan2',
  'fmod',
  'remainder',
])

/** Rough work of one element in additions; loads count 1, functions by what their approximation takes. */
export function costOf(expr: StageExpr): number {
  let cost = 0
  visitExpr(expr, (e) => {
    if (e.s === 'load') cost += 1
    else if (e.s === 'unary' || e.s === 'binary')
      cost += veryExpensive.has(e.fn)
        ? 24
        : expensive.has(e.fn)
          ? 14
          : e.fn === 'div' || e.fn === 'sqrt' || e.fn === 'rsqrt' || e.fn === 'floordiv'
            ? 4
            : 1
    else if (e.s === 'select' || e.s === 'cast') cost += 1
  })
  return cost
}

export const sizeOf = (expr: StageExpr): number => {
  let size = 0
  visitExpr(expr, () => size++)
  return size
}

/** The product of constant extents, Infinity when one is symbolic. */
export const staticSize = (dims: readonly Dim[]): number =>
  dims.reduce((product: number, dim) => product * (isConst(dim) ? dim : Number.POSITIVE_INFINITY), 1)
