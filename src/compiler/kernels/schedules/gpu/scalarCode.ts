/** What GPU schedules add to the constructors of loop IR (loopCode.ts): masks, loops from zero, and the unary functions of stage expressions. */
import type { UnaryFn } from '../../../../ops/expr.ts'
import type { LoopExpr, LoopStmt, LoopUnary } from '../../loop.ts'
import { binary, compare, f32, i32, select } from '../../loopCode.ts'

export {
  add,
  assign,
  binary as loopBinary,
  compare,
  convert,
  f32,
  i32,
  letStmt as constant,
  localStmt as local,
  mul,
  select,
  store,
  variable,
} from '../../loopCode.ts'

export const and = (a: LoopExpr, b: LoopExpr): LoopExpr => binary('and', a, b)
export const not = (a: LoopExpr): LoopExpr => ({ l: 'unary', type: 'mask', fn: 'not', a })

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
  return compare('gt', binary('and', bits, i32(0x7fffffff)), i32(0x7f800000))
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
