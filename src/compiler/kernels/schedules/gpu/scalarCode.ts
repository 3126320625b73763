/** Constructors of scalar loop IR that fold what is constant: multiplication by 1, addition of 0, conversion to the same type. */
import type { UnaryFn } from '../../../../ops/expr.ts'
import type { LoopBinary, LoopExpr, LoopStmt, LoopType, LoopUnary } from '../../loop.ts'

export const i32 = (value: number): LoopExpr => ({ l: 'const', type: 'i32', value })
export const f32 = (value: number): LoopExpr => ({ l: 'const', type: 'f32', value })
export const variable = (name: string, type: LoopType): LoopExpr => ({ l: 'var', type, name })

const isInt = (expr: LoopExpr, value: number): boolean => expr.l === 'const' && expr.type === 'i32' && expr.value === value

export const loopBinary = (fn: LoopBinary, a: LoopExpr, b: LoopExpr): LoopExpr => ({ l: 'binary', type: a.type, fn, a, b })

export function add(a: LoopExpr, b: LoopExpr): LoopExpr {
  if (isInt(a, 0)) return b
  if (isInt(b, 0)) return a
  return loopBinary('add', a, b)
}

export function mul(a: LoopExpr, b: LoopExpr): LoopExpr {
  if (isInt(a, 0) || isInt(b, 0)) return i32(0)
  if (isInt(a, 1)) return b
  if (isInt(b, 1)) return a
  return loopBinary('mul', a, b)
}

export const compare = (fn: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', a: LoopExpr, b: LoopExpr): LoopExpr => ({
  l: 'compare',
  type: 'mask',
  fn,
  a,
  b,
})
export const and = (a: LoopExpr, b: LoopExpr): LoopExpr => loopBinary('and', a, b)
export const not = (a: LoopExpr): LoopExpr => ({ l: 'unary', type: 'mask', fn: 'not', a })
export const select = (condition: LoopExpr, a: LoopExpr, b: LoopExpr): LoopExpr => ({ l: 'select', type: a.type, condition, a, b })
export const convert = (type: LoopType, a: LoopExpr): LoopExpr => (a.type === type ? a : { l: 'convert', type, a })
export const store = (buffer: string, index: LoopExpr, value: LoopExpr): LoopStmt => ({ t: 'store', buffer, index, value })
export const assign = (name: string, value: LoopExpr): LoopStmt => ({ t: 'assign', name, value })
export const local = (name: string, value: LoopExpr): LoopStmt => ({ t: 'local', name, type: value.type, value })
export const constant = (name: string, value: LoopExpr): LoopStmt => ({ t: 'let', name, type: value.type, value })

export const forLoop = (name: string, end: LoopExpr, body: readonly LoopStmt[], start: LoopExpr = i32(0), step = 1): LoopStmt => ({
  t: 'for',
  name,
  start,
  end,
  step,
  body,
})

/** Bits of a float that are NaN: no comparison of floats, which fast-math compilers may fold. */
export function isNaNBits(a: LoopExpr): LoopExpr {
  const bits: LoopExpr = { l: 'bitcast', type: 'i32', a }
  return compare('gt', loopBinary('and', bits, i32(0x7fffffff)), i32(0x7f800000))
}

const renamed: { readonly [F in UnaryFn]?: LoopUnary } = { round: 'nearest', bitwise_not: 'bitnot' }

export function unary(fn: UnaryFn, a: LoopExpr): LoopExpr {
  switch (fn) {
    case 'isnan':
      return isNaNBits(a)
    case 'logical_not':
      return a.type === 'mask' ? not(a) : compare('eq', a, a.type === 'f32' ? f32(0) : i32(0))
    case 'bitwise_not':
      return a.type === 'mask' ? not(a) : { l: 'unary', type: a.type, fn: 'bitnot', a }
    case 'sign': {
      const zero = a.type === 'f32' ? f32(0) : i32(0)
      const one = a.type === 'f32' ? f32(1) : i32(1)
      const minus = a.type === 'f32' ? f32(-1) : i32(-1)
      return select(compare('gt', a, zero), one, select(compare('lt', a, zero), minus, a))
    }
    default:
      return { l: 'unary', type: a.type, fn: renamed[fn] ?? (fn as LoopUnary), a }
  }
}
