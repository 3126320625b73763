/** Constructors of index expressions: dtypes are checked or derived here, so that rules read like formulas. */
import type { Dim, Scalar } from './dim.ts'
import type { DType } from './dtype.ts'
import type { BinaryFn, Expr, UnaryFn } from './expr.ts'
import type { TensorMeta } from './operator.ts'

const comparisons: ReadonlySet<BinaryFn> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge'])

/** A number in a bool place is true or false, in an int place it loses its fraction, as PyTorch converts scalars. */
export const constant = (value: Scalar, dtype: DType): Expr => {
  if (typeof value !== 'object' && dtype === 'bool') return { e: 'scalar', value: Boolean(value), dtype }
  if (typeof value === 'number' && dtype !== 'float32' && !Number.isInteger(value)) return { e: 'scalar', value: Math.trunc(value), dtype }
  return { e: 'scalar', value, dtype }
}
export const int = (value: Dim): Expr => ({ e: 'scalar', value, dtype: 'int64' })
export const axisIndex = (axis: number): Expr => ({ e: 'index', axis, dtype: 'int64' })
export const cast = (a: Expr, dtype: DType): Expr => {
  if (a.dtype === dtype) return a
  if (a.e === 'scalar' && typeof a.value === 'number' && dtype === 'float32') return constant(a.value, dtype)
  return { e: 'cast', a, dtype }
}

export function unary(fn: UnaryFn, a: Expr): Expr {
  return { e: 'unary', fn, a, dtype: fn === 'isnan' || fn === 'logical_not' ? 'bool' : a.dtype }
}

/** A number on one side takes the other side's dtype. */
export function binary(fn: BinaryFn, a: Expr | number, b: Expr | number): Expr {
  const dtype = typeof a !== 'number' ? a.dtype : typeof b !== 'number' ? b.dtype : 'float32'
  const left = typeof a === 'number' ? constant(a, dtype) : a
  const right = typeof b === 'number' ? constant(b, dtype) : b
  if (left.dtype !== right.dtype) throw new Error(`internal error: ${fn} of ${left.dtype} and ${right.dtype}`)
  return { e: 'binary', fn, a: left, b: right, dtype: comparisons.has(fn) ? 'bool' : dtype }
}

export const select = (condition: Expr, a: Expr, b: Expr | number): Expr => ({
  e: 'select',
  condition: cast(condition, 'bool'),
  a,
  b: typeof b === 'number' ? constant(b, a.dtype) : b,
  dtype: a.dtype,
})

type Operand = Expr | number
export const add = (a: Operand, b: Operand): Expr => binary('add', a, b)
export const sub = (a: Operand, b: Operand): Expr => binary('sub', a, b)
export const mul = (a: Operand, b: Operand): Expr => binary('mul', a, b)
export const div = (a: Operand, b: Operand): Expr => binary('div', a, b)
export const lt = (a: Operand, b: Operand): Expr => binary('lt', a, b)
export const le = (a: Operand, b: Operand): Expr => binary('le', a, b)
export const gt = (a: Operand, b: Operand): Expr => binary('gt', a, b)
export const ge = (a: Operand, b: Operand): Expr => binary('ge', a, b)
export const eq = (a: Operand, b: Operand): Expr => binary('eq', a, b)
export const ne = (a: Operand, b: Operand): Expr => binary('ne', a, b)
export const and = (a: Expr, b: Expr): Expr => binary('and', a, b)
export const or = (a: Expr, b: Expr): Expr => binary('or', a, b)
export const minimum = (a: Operand, b: Operand): Expr => binary('minimum', a, b)
export const maximum = (a: Operand, b: Operand): Expr => binary('maximum', a, b)

export const load = (input: number, meta: TensorMeta, indices: readonly Expr[]): Expr => ({ e: 'load', input, indices, dtype: meta.dtype })

/** The element of operand `input` at the loop axes under broadcasting to `rank` axes. */
export function loadBroadcast(input: number, meta: TensorMeta, rank: number): Expr {
  const shift = rank - meta.shape.length
  return load(
    input,
    meta,
    meta.shape.map((size, i) => (size === 1 ? int(0) : axisIndex(shift + i))),
  )
}
