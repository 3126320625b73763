/** The contract of an entry of the scalar operator table, and the combinators its rules are written with. */
import type { Type } from '../compiler/ir/types.ts'

export type ScalarType = Type

/** A constant operand: numbers, booleans, strings and null; arrays of them where a rule takes lists. */
export type ScalarConstant = number | boolean | string | null | readonly ScalarConstant[]

/** How an operator is written in JavaScript (and in `.code`). Operands are its inputs in order. */
export type JsForm =
  | { readonly form: 'binary'; readonly operator: string; readonly precedence: number }
  | { readonly form: 'unary'; readonly operator: string }
  /** `callee(...operands)`. */
  | { readonly form: 'call'; readonly callee: string }
  /** `first.name(...rest)`. */
  | { readonly form: 'method'; readonly name: string }
  | { readonly form: 'property'; readonly name: string }
  /** `first = second`-like statement forms print themselves. */
  | { readonly form: 'custom'; print(operands: readonly string[]): string; readonly precedence: number }
  /** A runtime helper, `$r.name(...operands)`; `.code` prints the plain name. */
  | { readonly form: 'helper'; readonly name: string }

export interface ScalarOp {
  readonly name: string
  /** Result type, or null when this overload does not take these types. `none`: a statement. */
  type(types: readonly ScalarType[]): ScalarType | null
  /** The value on constants; undefined: not foldable (or it would throw: then the run throws). */
  readonly evaluate?: (operands: readonly ScalarConstant[]) => ScalarConstant | undefined
  readonly js: JsForm
  /** `write` changes its first operand, `read` sees such changes, `throw` may trap but is otherwise pure. */
  readonly effect: 'pure' | 'throw' | 'read' | 'write'
}

export const int: ScalarType = { kind: 'int' }
export const float: ScalarType = { kind: 'float' }
export const bool: ScalarType = { kind: 'bool' }
export const string: ScalarType = { kind: 'string' }
export const none: ScalarType = { kind: 'none' }

export type Pattern = (type: ScalarType) => boolean

export const isInt: Pattern = (type) => type.kind === 'int'
export const isNumber: Pattern = (type) => type.kind === 'int' || type.kind === 'float'
export const isBool: Pattern = (type) => type.kind === 'bool'
export const isString: Pattern = (type) =>
  type.kind === 'string' || (type.kind === 'enum' && type.values.every((value) => typeof value === 'string'))
export const isList: Pattern = (type) => type.kind === 'list'
export const anything: Pattern = () => true

/** A fixed signature: every operand fits its pattern. */
export const signature =
  (patterns: readonly Pattern[], result: ScalarType | ((types: readonly ScalarType[]) => ScalarType | null)) =>
  (types: readonly ScalarType[]): ScalarType | null => {
    if (types.length !== patterns.length || !patterns.every((pattern, i) => pattern(types[i]!))) return null
    return typeof result === 'function' ? result(types) : result
  }

/** int when every operand is, else float. */
export const numeric = (types: readonly ScalarType[]): ScalarType => (types.every(isInt) ? int : float)

export const binary = (operator: string, precedence: number): JsForm => ({ form: 'binary', operator, precedence })
export const unary = (operator: string): JsForm => ({ form: 'unary', operator })
export const call = (callee: string): JsForm => ({ form: 'call', callee })
export const method = (name: string): JsForm => ({ form: 'method', name })
export const helper = (name: string): JsForm => ({ form: 'helper', name })
export const custom = (level: number, print: (operands: readonly string[]) => string): JsForm => ({
  form: 'custom',
  precedence: level,
  print,
})

/** JavaScript's operator precedences (higher binds tighter), as in the ECMAScript reference tables. */
export const precedence = {
  lowest: 0,
  conditional: 2,
  nullish: 3,
  or: 3,
  and: 4,
  bitOr: 5,
  bitXor: 6,
  bitAnd: 7,
  equality: 8,
  relational: 9,
  shift: 10,
  additive: 11,
  multiplicative: 12,
  power: 13,
  unary: 14,
  postfix: 17,
  primary: 18,
} as const
