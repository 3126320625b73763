/**
 * Constructors of loop IR for schedules and math definitions. Scalars and vectors share them: an operation has the type of its first operand,
 * a plain number becomes a constant (or splat) of that type. Trivial integer arithmetic folds.
 */
import type { LoopBinary, LoopExpr, LoopStmt, LoopType, LoopUnary, Scalar } from './loop.ts'

export type VectorType = 'f32x4' | 'i32x4' | 'maskx4'

export const isVector = (type: LoopType): type is VectorType => type === 'f32x4' || type === 'i32x4' || type === 'maskx4'
export const scalarOf = (type: LoopType): Scalar => (type === 'f32' || type === 'f32x4' ? 'f32' : 'i32')
const vectors: { readonly [T in LoopType]: VectorType } = {
  f32: 'f32x4',
  i32: 'i32x4',
  mask: 'maskx4',
  f32x4: 'f32x4',
  i32x4: 'i32x4',
  maskx4: 'maskx4',
}
export const vectorOf = (type: LoopType): VectorType => vectors[type]

export const i32 = (value: number): LoopExpr => ({ l: 'const', type: 'i32', value })
export const f32 = (value: number): LoopExpr => ({ l: 'const', type: 'f32', value })
export const variable = (name: string, type: LoopType): LoopExpr => ({ l: 'var', type, name })

/** A constant of any numeric type. */
export function constantOf(type: LoopType, value: number): LoopExpr {
  const scalar: LoopExpr = { l: 'const', type: scalarOf(type), value }
  return isVector(type) ? splat(scalar) : scalar
}

export function splat(a: LoopExpr): LoopExpr {
  return isVector(a.type) ? a : { l: 'splat', type: vectorOf(a.type), a }
}

const isInt = (expr: LoopExpr): expr is LoopExpr & { readonly l: 'const' } => expr.l === 'const' && expr.type === 'i32'

export function binary(fn: LoopBinary, a: LoopExpr, b: LoopExpr | number): LoopExpr {
  const right = typeof b === 'number' ? constantOf(a.type, b) : b
  if (a.type === 'i32' && (isInt(a) || isInt(right))) {
    const folded = foldInt(fn, a, right)
    if (folded) return folded
  }
  return { l: 'binary', type: a.type, fn, a, b: right }
}

function foldInt(fn: LoopBinary, a: LoopExpr, b: LoopExpr): LoopExpr | null {
  if (isInt(a) && isInt(b)) {
    const [x, y] = [a.value, b.value]
    if (fn === 'add') return i32((x + y) | 0)
    if (fn === 'sub') return i32((x - y) | 0)
    if (fn === 'mul') return i32(Math.imul(x, y))
    if (fn === 'and') return i32(x & y)
    if (fn === 'min') return i32(Math.min(x, y))
    if (fn === 'max') return i32(Math.max(x, y))
    if (fn === 'floordiv' && y !== 0) return i32(Math.floor(x / y))
    if (fn === 'floormod' && y !== 0) return i32(x - y * Math.floor(x / y))
    return null
  }
  const [zero, one] = [isInt(b) && b.value === 0, isInt(b) && b.value === 1]
  if (fn === 'add') return zero ? a : isInt(a) && a.value === 0 ? b : null
  if (fn === 'sub') return zero ? a : null
  if (fn === 'mul') {
    if (zero || one) return zero ? b : a
    return isInt(a) && (a.value === 0 || a.value === 1) ? (a.value === 0 ? a : b) : null
  }
  return one && (fn === 'floordiv' || fn === 'div') ? a : null
}

export const add = (a: LoopExpr, b: LoopExpr | number): LoopExpr => binary('add', a, b)
export const sub = (a: LoopExpr, b: LoopExpr | number): LoopExpr => binary('sub', a, b)
export const mul = (a: LoopExpr, b: LoopExpr | number): LoopExpr => binary('mul', a, b)
export const div = (a: LoopExpr, b: LoopExpr | number): LoopExpr => binary('div', a, b)
export const min = (a: LoopExpr, b: LoopExpr | number): LoopExpr => binary('min', a, b)

/** a * b + c, fused where the variant has it. */
export function fma(a: LoopExpr, b: LoopExpr | number, c: LoopExpr | number): LoopExpr {
  const type = a.type as 'f32' | 'f32x4'
  return { l: 'fma', type, a, b: typeof b === 'number' ? constantOf(type, b) : b, c: typeof c === 'number' ? constantOf(type, c) : c }
}

export const unary = (fn: LoopUnary, a: LoopExpr): LoopExpr => ({ l: 'unary', type: a.type, fn, a })

export function compare(fn: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', a: LoopExpr, b: LoopExpr | number): LoopExpr {
  return { l: 'compare', type: isVector(a.type) ? 'maskx4' : 'mask', fn, a, b: typeof b === 'number' ? constantOf(a.type, b) : b }
}

export function select(condition: LoopExpr, a: LoopExpr, b: LoopExpr | number): LoopExpr {
  return { l: 'select', type: a.type, condition, a, b: typeof b === 'number' ? constantOf(a.type, b) : b }
}

export const convert = (type: LoopType, a: LoopExpr): LoopExpr => (a.type === type ? a : { l: 'convert', type, a })
export const bitcast = (type: 'f32' | 'i32' | 'f32x4' | 'i32x4', a: LoopExpr): LoopExpr => ({ l: 'bitcast', type, a })
export const lane = (a: LoopExpr, at: number): LoopExpr => ({ l: 'lane', type: scalarOf(a.type), a, lane: at as 0 })
export const load = (type: Scalar | 'f32x4' | 'i32x4', buffer: string, index: LoopExpr): LoopExpr => ({ l: 'load', type, buffer, index })

export const letStmt = (name: string, value: LoopExpr): LoopStmt => ({ t: 'let', name, type: value.type, value })
export const localStmt = (name: string, value: LoopExpr): LoopStmt => ({ t: 'local', name, type: value.type, value })
export const assign = (name: string, value: LoopExpr): LoopStmt => ({ t: 'assign', name, value })
export const store = (buffer: string, index: LoopExpr, value: LoopExpr): LoopStmt => ({ t: 'store', buffer, index, value })
export const forLoop = (name: string, start: LoopExpr, end: LoopExpr, step: number, body: readonly LoopStmt[]): LoopStmt => ({
  t: 'for',
  name,
  start,
  end,
  step,
  body,
})

/** c0 + c1 x + c2 x^2 + ... by Horner's rule: each step overwrites the last one, so that there is nothing to copy or to keep. */
export const polynomial = (x: LoopExpr, coefficients: readonly number[]): LoopExpr =>
  coefficients.slice(0, -2).reduceRight((sum, c) => fma(sum, x, c), linear(x, coefficients.slice(-2)))

/** The same by even and odd powers, `square` being x^2: half the latency for a multiplication and copies more, which pays where a loop has nothing else to do. */
export function evenOddPolynomial(x: LoopExpr, square: LoopExpr, coefficients: readonly number[]): LoopExpr {
  const pairs: LoopExpr[] = []
  for (let i = 0; i < coefficients.length; i += 2) pairs.push(linear(x, coefficients.slice(i, i + 2)))
  return pairs.reduceRight((sum, pair) => fma(sum, square, pair))
}

const linear = (x: LoopExpr, [c, slope]: readonly number[]): LoopExpr =>
  slope === undefined ? constantOf(x.type, c!) : slope === 1 ? add(x, c!) : fma(x, slope, c!)
