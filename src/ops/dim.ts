/**
 * Symbolic scalars: what a shape, a stride, an offset or a scalar operand may be before the program runs.
 * Eager code only ever sees numbers; the compiler also sees symbols. Every rule of the operator registry is written
 * against this type with the helpers below, so that one rule serves both.
 * Expressions are kept canonical by the constructors: equal values of the same polynomial are structurally equal.
 */
export type Dim = number | Sym

export type Sym = SymVar | SymExpr

/** A named unknown: a declared dimension (`'N'`) or an SSA scalar that reached tensor code. */
export interface SymVar {
  readonly op: 'var'
  /** Unique in a program. */
  readonly name: string
  readonly type: 'int' | 'float' | 'bool'
  /** Declared bounds, inclusive; a dimension has `min: 0`. Absent: unbounded. One name always carries the same bounds. */
  readonly min?: number
  readonly max?: number
}

export type SymOp = 'add' | 'mul' | 'floordiv' | 'mod' | 'max' | 'min'

export interface SymExpr {
  readonly op: SymOp
  readonly args: readonly Dim[]
}

/** A scalar operand: known, or known when the program runs. */
export type Scalar = number | boolean | Sym
