/**
 * Index expressions: what one element of a result is, as a function of its position.
 * A `Compute` is interpreted by the eager library, fused and vectorised for WASM and printed as WGSL: one definition, three uses.
 */
import type { Dim, Scalar } from './dim.ts'
import type { DType } from './dtype.ts'

export type UnaryFn =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'trunc'
  | 'round' // round: half to even
  | 'sqrt'
  | 'rsqrt'
  | 'exp'
  | 'exp2'
  | 'expm1'
  | 'log'
  | 'log2'
  | 'log10'
  | 'log1p'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'asinh'
  | 'acosh'
  | 'atanh'
  | 'erf'
  | 'erfc'
  | 'erfinv'
  | 'lgamma'
  | 'digamma'
  | 'sigmoid'
  | 'isnan' // -> bool
  | 'logical_not' // -> bool
  | 'bitwise_not'

/**
 * Float operands unless noted. `maximum`/`minimum` propagate NaN as PyTorch does. On ints `div` truncates, `floordiv` floors,
 * `fmod` has the sign of the dividend and `remainder` that of the divisor.
 */
export type BinaryFn =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'floordiv'
  | 'fmod'
  | 'remainder'
  | 'pow'
  | 'atan2'
  | 'maximum'
  | 'minimum'
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge' // -> bool
  | 'and'
  | 'or'
  | 'xor' // bool or int (bitwise)
  | 'shl'
  | 'shr' // int

export type Expr =
  /** A constant or run-time scalar, in `dtype`. */
  | { readonly e: 'scalar'; readonly value: Scalar; readonly dtype: DType }
  /** The loop index of an axis, as int64: axes of the result first, then reduction axes. */
  | { readonly e: 'index'; readonly axis: number; readonly dtype: 'int64' }
  /** Element of tensor operand `input` at a multi-index (one int expression for each of its dims; always in range). */
  | { readonly e: 'load'; readonly input: number; readonly indices: readonly Expr[]; readonly dtype: DType }
  | { readonly e: 'unary'; readonly fn: UnaryFn; readonly a: Expr; readonly dtype: DType }
  /** Both operands have the same dtype (insert casts). */
  | { readonly e: 'binary'; readonly fn: BinaryFn; readonly a: Expr; readonly b: Expr; readonly dtype: DType }
  /** `condition` is bool; only the chosen arm's loads need be in range. */
  | { readonly e: 'select'; readonly condition: Expr; readonly a: Expr; readonly b: Expr; readonly dtype: DType }
  /** float -> int truncates; anything -> bool is `!= 0`. */
  | { readonly e: 'cast'; readonly a: Expr; readonly dtype: DType }

/** `argmax`/`argmin` give the flat position in the reduction space (first on ties, NaN wins), as int64. */
export type Combiner = 'sum' | 'prod' | 'max' | 'min' | 'any' | 'all' | 'argmax' | 'argmin'

/** One result tensor: `out[i...] = body` or `out[i...] = combine over r... of body`. */
export interface Compute {
  readonly dtype: DType
  /** The shape of the result. */
  readonly axes: readonly Dim[]
  readonly reduce?: { readonly combiner: Combiner; readonly axes: readonly Dim[] }
  readonly body: Expr
}
