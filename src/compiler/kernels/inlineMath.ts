/**
 * Which definition of kernels/math.ts computes an expression in place, seen together with what its argument is and what is done with its result:
 * factors go into the coefficients, a product with a sigmoid is one division, an exponential whose end of the range does not show is not scaled twice.
 */
import type { LoopExpr } from './loop.ts'
import { add, div, mul } from './loopCode.ts'
import { definitionOf, expOfNegative, expOfNegativePlus, type MathDefinition, oddFunctionOf, onePlusExpOfNegated } from './math.ts'

export interface InlineMath {
  /** What `define` gets, in a variable. */
  readonly argument: LoopExpr
  readonly define: MathDefinition
}

type Unary = LoopExpr & { readonly l: 'unary' }

/** undefined where the operation is one instruction or a call. */
export function inlineMathOf(expr: LoopExpr): InlineMath | undefined {
  if (expr.l === 'unary') return unaryOf(expr)
  if (expr.l !== 'binary') return undefined
  if (expr.fn === 'mul') return productOf(expr.a, expr.b) ?? productOf(expr.b, expr.a)
  return expr.fn === 'add' ? (sumOf(expr.a, expr.b) ?? sumOf(expr.b, expr.a)) : undefined
}

function unaryOf(expr: Unary, outer = 1): InlineMath | undefined {
  if (oddFunctionOf(expr.fn)) {
    const { factor, rest } = withFactor(expr.a)
    return { argument: rest, define: oddFunctionOf(expr.fn)!(factor, outer) }
  }
  const define = expr.fn === 'exp' && isNegative(expr.a) ? expOfNegative : definitionOf(expr.fn)
  return define && outer === 1 ? { argument: expr.a, define } : undefined
}

/** a sigmoid(b) is a / (1 + e^-b); (a c)(f(b) + 1) is a (c f(b) + c), as in gelu. */
function productOf(a: LoopExpr, b: LoopExpr): InlineMath | undefined {
  if (b.l === 'unary' && b.fn === 'sigmoid') return { argument: b.a, define: (x, name) => div(a, onePlusExpOfNegated(x, name)) }
  const { factor, rest } = withFactor(a)
  if (rest === a || Math.abs(Math.log2(factor)) % 1 !== 0 || b.l !== 'binary' || b.fn !== 'add' || numberOf(b.b) !== 1) return undefined
  const inner = b.a.l === 'unary' && oddFunctionOf(b.a.fn) ? unaryOf(b.a, factor) : undefined
  return inner && { argument: inner.argument, define: (x, name) => mul(add(inner.define(x, name), factor), rest) }
}

function sumOf(a: LoopExpr, b: LoopExpr): InlineMath | undefined {
  const c = numberOf(b)
  const fits = c !== null && c > 1e-20 && a.l === 'unary' && a.fn === 'exp' && isNegative(a.a)
  return fits ? { argument: a.a, define: expOfNegativePlus(c) } : undefined
}

const numberOf = (expr: LoopExpr): number | null =>
  expr.l === 'const' ? expr.value : expr.l === 'splat' && expr.a.l === 'const' ? expr.a.value : null

/** `expr` as a number times the rest; one that takes the coefficients near no end of the range. */
function withFactor(expr: LoopExpr): { readonly factor: number; readonly rest: LoopExpr } {
  if (expr.l === 'binary' && expr.fn === 'mul') {
    const factor = numberOf(expr.b)
    if (factor !== null && Math.abs(factor) >= 1 / 16 && Math.abs(factor) <= 2) return { factor, rest: expr.a }
  }
  return { factor: 1, rest: expr }
}

/** Not above 0, unless it is NaN. */
const isNegative = (expr: LoopExpr): boolean => expr.l === 'unary' && expr.fn === 'neg' && isNatural(expr.a)

/** Not below 0, unless it is NaN. */
function isNatural(expr: LoopExpr): boolean {
  if (expr.l === 'unary') return ['abs', 'exp', 'exp2', 'sigmoid', 'sqrt'].includes(expr.fn)
  if (expr.l !== 'binary') return (numberOf(expr) ?? -1) >= 0
  if (expr.fn === 'pmax' || expr.fn === 'max') return isNatural(expr.a) || isNatural(expr.b)
  if (expr.fn === 'mul' && expr.a === expr.b && expr.a.l === 'var') return true
  return ['add', 'mul', 'div', 'pmin', 'min'].includes(expr.fn) && isNatural(expr.a) && isNatural(expr.b)
}
