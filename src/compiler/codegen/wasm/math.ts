/**
 * The transcendental functions that run as vectors, as loop IR: one definition for f32 and f32x4. `name` gives an intermediate value a variable.
 * Polynomials are our own fits (weighted least squares towards equal ripple, relative error of the function, coefficients rounded once);
 * exp is within 2 ULP, the others within 4 over all floats: test/codegen/math.test.ts. No step needs fma for its accuracy.
 * Everything else stands in doubleMath.ts.
 */

import type { LoopExpr, LoopUnary } from '../../kernels/loop.ts'
import { add, binary, bitcast, compare, constantOf, div, fma, mul, polynomial, select, sub, unary } from '../../kernels/loopCode.ts'

export type Name = (hint: string, value: LoopExpr) => LoopExpr
export type MathDefinition = (x: LoopExpr, name: Name) => LoopExpr

const intOf = (x: LoopExpr): 'i32' | 'i32x4' => (x.type === 'f32x4' ? 'i32x4' : 'i32')
const floatOf = (x: LoopExpr): 'f32' | 'f32x4' => (x.type === 'i32x4' || x.type === 'f32x4' ? 'f32x4' : 'f32')

/** ln 2 in two parts, the first with 9 bits, so that its product with an exponent is exact. */
const ln2High = 0.693359375
const ln2Low = -0.00021219444005469
/** Adding 1.5 * 2^23 leaves the nearest integer in the low bits. */
const roundingMagic = 12582912

/** pmin and pmax in the order that lets NaN of `x` through. */
const atMost = (x: LoopExpr, high: number): LoopExpr => binary('pmin', x, high)
const atLeast = (x: LoopExpr, low: number): LoopExpr => binary('pmax', x, low)

/** (e^r - 1 - r) / r^2 on |r| <= ln(2) / 2. */
const expTail = [0.49999993447710656, 0.16666520630939535, 0.04166838806253889, 0.008368716951310619, 0.0013814597821863069]

/** e^r * 2^n, in two factors so that the ends of the range (infinity, denormals) come out right. `n` as float and as int. */
function scaledExp(r: LoopExpr, n: LoopExpr, name: Name): LoopExpr {
  const p = name('p', add(fma(mul(r, r), polynomial(r, expTail), r), 1))
  const half = name('half', binary('shr', n, 1))
  const power = (k: LoopExpr): LoopExpr => bitcast(floatOf(n), binary('shl', add(k, 127), 23))
  return mul(mul(p, power(half)), power(sub(n, half)))
}

const exp: MathDefinition = (argument, name) => {
  const x = name('x', atLeast(atMost(argument, 89), -104))
  const shifted = name('shifted', fma(x, Math.LOG2E, roundingMagic))
  const k = name('k', sub(shifted, roundingMagic))
  const r = name('r', fma(k, -ln2Low, fma(k, -ln2High, x)))
  return scaledExp(r, name('n', sub(bitcast(intOf(x), shifted), 0x4b400000)), name)
}

/** For -80 <= x <= 80 only (NaN stays): neither ends of the range nor denormals. */
const moderateExp: MathDefinition = (x, name) => {
  const shifted = name('shifted', fma(x, Math.LOG2E, roundingMagic))
  const k = name('k', sub(shifted, roundingMagic))
  const r = name('r', fma(k, -ln2Low, fma(k, -ln2High, x)))
  const p = add(fma(mul(r, r), polynomial(r, expTail), r), 1)
  // The low bits of `shifted` are the exponent: what the shift moves out above is the magic's.
  return mul(p, bitcast(x.type as 'f32', binary('shl', add(bitcast(intOf(x), shifted), 127), 23)))
}

const exp2: MathDefinition = (argument, name) => {
  const x = name('x', atLeast(atMost(argument, 129), -151))
  const shifted = name('shifted', add(x, roundingMagic))
  const r = name('r', mul(sub(x, sub(shifted, roundingMagic)), Math.LN2))
  return scaledExp(r, name('n', sub(bitcast(intOf(x), shifted), 0x4b400000)), name)
}

/** (log(1 + f) - f + f^2 / 2) / f^3 on sqrt(1/2) <= 1 + f <= sqrt(2). */
const logTail = [
  0.3333331260406119, -0.25000009599489603, 0.20002118659128382, -0.16667995852679235, 0.1421955235201684, -0.12405588903189091,
  0.11888162295332613, -0.11675652029535749, 0.067466408021421,
]

const log: MathDefinition = (x, name) => {
  const tiny = name('tiny', compare('lt', x, 1.1754943508222875e-38))
  const normal = name('normal', select(tiny, mul(x, 8388608), x))
  const bits = name('bits', bitcast(intOf(x), normal))
  const exponent = name('exponent', binary('shr', sub(bits, 0x3f3504f3), 23))
  const f = name('f', sub(bitcast(floatOf(x), sub(bits, binary('shl', exponent, 23))), 1))
  const e = name('e', sub({ l: 'convert', type: floatOf(x), a: exponent }, select(tiny, constantOf(x.type, 23), 0)))
  const square = name('square', mul(f, f))
  const tail = fma(square, mul(f, polynomial(f, logTail)), mul(e, ln2Low))
  const result = name('result', fma(e, ln2High, add(f, fma(square, -0.5, tail))))
  // 0 -> -inf, below -> NaN, inf and NaN -> themselves.
  const atEnds = select(
    compare('lt', x, 0),
    constantOf(x.type, Number.NaN),
    select(compare('eq', x, 0), constantOf(x.type, Number.NEGATIVE_INFINITY), x),
  )
  const inside = binary('and', compare('gt', x, 0), compare('lt', x, Number.POSITIVE_INFINITY))
  return select(inside, result, atEnds)
}

const copySign = (magnitude: LoopExpr, sign: LoopExpr): LoopExpr => {
  const int = intOf(sign)
  return bitcast(floatOf(sign), binary('or', bitcast(int, magnitude), binary('and', bitcast(int, sign), -2147483648)))
}

/** (tanh(x) / x - 1) / x^2 in x^2, |x| <= 0.55. */
const tanhTail = [-0.3333331755904324, 0.13332586120773843, -0.05385230827975544, 0.021071672990850734, -0.006274231633658844]

const tanh: MathDefinition = (x, name) => {
  const a = name('a', unary('abs', x))
  const square = name('square', mul(x, x))
  const small = fma(mul(a, square), polynomial(square, tanhTail), a)
  // From 10 on the result is 1.
  const e = name('e', moderateExp(name('double', atMost(add(a, a), 20)), name))
  const large = sub(constantOf(x.type, 1), div(constantOf(x.type, 2), add(e, 1)))
  return copySign(select(compare('lt', a, 0.55), small, large), x)
}

/** From e^-|x|, so that both tails keep their relative accuracy. */
const sigmoid: MathDefinition = (x, name) => {
  const e = name('e', exp(name('negative', unary('neg', unary('abs', x))), name))
  return div(select(compare('lt', x, 0), e, 1), add(e, 1))
}

/** erf(x) / x - 1 in x^2, |x| <= 0.9. */
const erfSmall = [
  0.1283791537972892, -0.37612523276288323, 0.11282140812837446, -0.026778908951300973, 0.005011962872334186, -0.0006090360252288263,
]
/** -log(1 - erf(x)) on 0.9 <= x <= 3.95. */
const erfLarge = [
  -0.0001692057515206941, 1.1294884092321062, 0.6334008456973172, 0.10822038906602033, -0.025080619248818103, 0.004156255752522542,
  -0.0004313936906808641, 2.0828624791024986e-5,
]

const erf: MathDefinition = (x, name) => {
  const square = name('square', mul(x, x))
  const small = fma(x, polynomial(square, erfSmall), x)
  const a = name('a', atMost(unary('abs', x), 4))
  const e = moderateExp(name('exponent', unary('neg', polynomial(a, erfLarge))), name)
  const large = copySign(sub(constantOf(x.type, 1), e), x)
  return select(compare('gt', unary('abs', x), 0.9), large, small)
}

export const inlineMath: { readonly [F in LoopUnary]?: MathDefinition } = { exp, exp2, log, tanh, sigmoid, erf }
