/**
 * The transcendental functions that run as vectors, as loop IR: one definition for f32 and f32x4. `name` gives an intermediate value a variable.
 * Polynomials are our own fits (weighted least squares towards equal ripple, relative error of the function, coefficients rounded once);
 * exp is within 2 ULP, the others within 4 over all floats: test/codegen/math.test.ts. No step needs fma for its accuracy.
 * Everything else stands in doubleMath.ts.
 */

import type { LoopExpr, LoopUnary } from '../../kernels/loop.ts'
import { add, binary, bitcast, compare, constantOf, div, fma, mul, polynomial, select, sub } from '../../kernels/loopCode.ts'

export type Name = (hint: string, value: LoopExpr) => LoopExpr
export type MathDefinition = (x: LoopExpr, name: Name) => LoopExpr

const intOf = (x: LoopExpr): 'i32' | 'i32x4' => (x.type === 'f32x4' || x.type === 'i32x4' ? 'i32x4' : 'i32')
const floatOf = (x: LoopExpr): 'f32' | 'f32x4' => (x.type === 'i32x4' || x.type === 'f32x4' ? 'f32x4' : 'f32')

/** ln 2 in two parts, the first with 9 bits, so that its product with an exponent is exact. */
const ln2High = 0.693359375
const ln2Low = -0.00021219444005469
/** Adding 1.5 * 2^23 leaves the nearest integer in the low bits. */
const roundingMagic = 12582912

/** pmin and pmax in the order that lets NaN of `x` through. */
const atMost = (x: LoopExpr, high: number): LoopExpr => binary('pmin', x, high)
const atLeast = (x: LoopExpr, low: number): LoopExpr => binary('pmax', x, low)

/** e^r on |r| <= ln(2) / 2. */
const expFit = [1, 1, 0.4999999403953552, 0.1666652113199234, 0.04166838899254799, 0.008368715643882751, 0.0013814602280035615]

/** 2^n, n being the integer in the low bits of `shifted` less the bias: what the shift moves out is of roundingMagic. */
const power = (shifted: LoopExpr): LoopExpr => bitcast(floatOf(shifted), binary('shl', bitcast(intOf(shifted), shifted), 23))
/** Adding it leaves the nearest integer, plus the bias of an exponent, in the low bits. */
const biasedMagic = roundingMagic + 127

/** p * 2^n in two factors, so that the ends of the range (infinity, denormals) come out right. The low bits of `shifted` are n + 254. */
function scaled(p: LoopExpr, shifted: LoopExpr, name: Name): LoopExpr {
  const n = name('n', bitcast(intOf(p), shifted))
  const half = name('half', binary('shr', n, 1))
  return mul(mul(p, power(half)), power(sub(n, half)))
}

/** e^r with r = x - n ln 2, and n: `magic` is roundingMagic plus what is to be added to n. */
function splitExp(x: LoopExpr, magic: number, name: Name): { readonly p: LoopExpr; readonly shifted: LoopExpr } {
  const shifted = name('shifted', fma(x, Math.LOG2E, magic))
  const k = name('k', sub(shifted, magic))
  const r = name('r', fma(k, -ln2Low, fma(k, -ln2High, x)))
  return { p: name('p', polynomial(r, expFit)), shifted }
}

const exp: MathDefinition = (argument, name) => {
  const { p, shifted } = splitExp(name('x', atLeast(atMost(argument, 89), -104)), roundingMagic + 254, name)
  return scaled(p, shifted, name)
}

/** Where x <= 0 is known a power that is always too large by 2^24 reaches the denormals. */
const expOfNegative: MathDefinition = (argument, name) => {
  const { p, shifted } = splitExp(name('x', atLeast(argument, -104)), biasedMagic + 24, name)
  return mul(mul(p, power(shifted)), 2 ** -24)
}

const exp2: MathDefinition = (argument, name) => {
  const x = name('x', atLeast(atMost(argument, 129), -151))
  const shifted = name('shifted', add(x, roundingMagic + 254))
  const r = name('r', mul(sub(x, sub(shifted, roundingMagic + 254)), Math.LN2))
  return scaled(name('p', polynomial(r, expFit)), shifted, name)
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

/** The sign bit of x alone, and |x|: one operation each. */
function splitSign(x: LoopExpr, name: Name): { readonly sign: LoopExpr; readonly magnitude: LoopExpr } {
  const sign = name('sign', binary('and', bitcast(intOf(x), x), -2147483648))
  return { sign, magnitude: bitcast(floatOf(x), binary('xor', bitcast(intOf(x), x), sign)) }
}

const withSign = (magnitude: LoopExpr, sign: LoopExpr): LoopExpr =>
  bitcast(floatOf(magnitude), binary('or', bitcast(intOf(magnitude), magnitude), sign))

/** (2^r - 1) / r on |r| <= 1/2. */
const exp2Minus1 = [
  0.6931471824645996, 0.24022649228572845, 0.05550357326865196, 0.009618237614631653, 0.0013390735257416964, 0.00015403512225020677,
]

/** E / (E + 2) with E = e^2|x| - 1 = 2^n (2^r - 1) + 2^n - 1, which is accurate near 0 and next to 1. */
const tanh: MathDefinition = (x, name) => {
  const { sign, magnitude } = splitSign(x, name)
  // From 9.02 on the result is 1.
  const a = name('a', atMost(magnitude, 9.5))
  const shifted = name('shifted', fma(a, 2 * Math.LOG2E, biasedMagic))
  const r = name('r', fma(a, 2 * Math.LOG2E, sub(constantOf(x.type, biasedMagic), shifted)))
  const n = name('n', power(shifted))
  const e = name('e', fma(n, mul(r, polynomial(r, exp2Minus1)), sub(n, 1)))
  return withSign(div(e, add(e, 2)), sign)
}

/** 1 / (1 + e^-x), 0 where e^-x is infinite: what is smaller than the smallest normal number is rounded to 0. */
const sigmoid: MathDefinition = (argument, name) => {
  const x = name('x', atLeast(atMost(argument, 87), -89))
  const shifted = name('shifted', fma(x, -Math.LOG2E, biasedMagic))
  const k = name('k', sub(shifted, biasedMagic))
  const r = name('r', fma(k, ln2Low, fma(k, ln2High, x)))
  const alternating = expFit.map((c, i) => (i % 2 === 0 ? c : -c))
  return div(constantOf(x.type, 1), fma(polynomial(r, alternating), power(shifted), 1))
}

/** log2(1 - erf(x)) / x on 0 <= x <= 3.93, weighted by what it does to erf. */
const erfExponent = [
  -1.6279070377349854, -0.9184434413909912, -0.14832985401153564, 0.027875401079654694, -0.0002968633489217609, -0.001805834355764091,
  0.0005496490630321205, -5.872664405615069e-5,
]

/** 1 - 2^h for a polynomial h of |x|: as 1 - 2^n - 2^n (2^r - 1) it is accurate near 0 too. */
const erf: MathDefinition = (x, name) => {
  const { sign, magnitude } = splitSign(x, name)
  // From 3.92 on the result is 1.
  const a = name('a', atMost(magnitude, 3.92))
  const h = name('h', mul(a, polynomial(a, erfExponent)))
  const shifted = name('shifted', add(h, biasedMagic))
  const r = name('r', sub(h, sub(shifted, biasedMagic)))
  const n = name('n', power(shifted))
  const negative = exp2Minus1.map((c) => -c)
  return withSign(fma(n, mul(r, polynomial(r, negative)), sub(constantOf(x.type, 1), n)), sign)
}

const inlineMath: { readonly [F in LoopUnary]?: MathDefinition } = { exp, exp2, log, tanh, sigmoid, erf }

/** How `fn` of this argument is computed in place; undefined where it is a function of the math table. */
export function definitionOf(fn: LoopUnary, argument?: LoopExpr): MathDefinition | undefined {
  const negative = argument?.l === 'unary' && argument.fn === 'neg' && argument.a.l === 'unary' && argument.a.fn === 'abs'
  return fn === 'exp' && negative ? expOfNegative : inlineMath[fn]
}
