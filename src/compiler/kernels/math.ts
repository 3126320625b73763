/**
 * The transcendental functions that run as vectors, as loop IR: one definition for f32 and f32x4. `name` gives an intermediate value a variable.
 * Polynomials and ratios are our own fits (equal ripple in the relative error of the function, coefficients rounded once); exp is within
 * 2 ULP, log and sigmoid within 4, tanh and erf within 6 and never past 1, over all floats: test/codegen/math.test.ts. No step needs fma for
 * its accuracy.
 * WebAssembly has everything else in double precision (codegen/wasm/doubleMath.ts), WGSL as text (codegen/wgsl/prelude.ts).
 */

import type { LoopExpr, LoopUnary } from './loop.ts'
import { add, binary, bitcast, compare, constantOf, div, fma, mul, polynomial, select, sub } from './loopCode.ts'

export type Name = (hint: string, value: LoopExpr) => LoopExpr
export type MathDefinition = (x: LoopExpr, name: Name) => LoopExpr

const intOf = (x: LoopExpr): 'i32' | 'i32x4' => (x.type === 'f32x4' || x.type === 'i32x4' ? 'i32x4' : 'i32')
const floatOf = (x: LoopExpr): 'f32' | 'f32x4' => (x.type === 'i32x4' || x.type === 'f32x4' ? 'f32x4' : 'f32')

/** ln 2 in two parts, the first with 9 bits, so that its product with an exponent is exact. */
const ln2High = 0.693359375
const ln2Low = -0.00021219444005469
/** Adding 1.5 * 2^23 leaves the nearest integer in the low bits. */
const roundingMagic = 12582912

/** `polynomial` of a variable whose square is not at hand. */
const evenOdd = (x: LoopExpr, coefficients: readonly number[], name: Name): LoopExpr =>
  polynomial(x, name('square', mul(x, x)), coefficients)

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
  return { p: name('p', evenOdd(r, expFit, name)), shifted }
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
  return scaled(name('p', evenOdd(r, expFit, name)), shifted, name)
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
  const tail = fma(square, mul(f, polynomial(f, square, logTail)), mul(e, ln2Low))
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

/** P and Q, lowest coefficient first. */
type Ratio = readonly [over: readonly number[], under: readonly number[]]

/** x P(x^2) / Q(x^2): an odd function that is 1 from `limit` on, where the ratio comes out as no less than 1 in both variants. */
function oddRatio(argument: LoopExpr, limit: number, [over, under]: Ratio, name: Name): LoopExpr {
  const x = name('x', atLeast(atMost(argument, limit), -limit))
  const t = name('t', mul(x, x))
  const square = name('square', mul(t, t))
  const ratio = div(mul(x, polynomial(t, square, over)), polynomial(t, square, under))
  return atLeast(atMost(name('ratio', ratio), 1), -1)
}

const tanhRatio: Ratio = [
  [1, 0.1365412324666977, 0.003836144460365176, 2.7368876544642262e-5, 2.910428342772775e-8, -1.11649604492281e-11],
  [1, 0.4698745906352997, 0.027127686887979507, 0.0003882241726387292, 1.2434381915221276e-6],
]
const tanh: MathDefinition = (x, name) => oddRatio(x, 9.0373, tanhRatio, name)

const erfRatio: Ratio = [
  [1.1283791065216064, 0.1928870528936386, 0.054972436279058456, 0.004119036253541708, 0.00037485850043594837, 5.432174475572538e-6],
  [
    0.9999999403953552, 0.5042750239372253, 0.11680988222360611, 0.015968739986419678, 0.0013512425357475877, 6.257654604269192e-5,
    1.8694733228130644e-7,
  ],
]
const erf: MathDefinition = (x, name) => oddRatio(x, 3.9777, erfRatio, name)

/** 1 / (1 + e^-x), 0 where e^-x is infinite: what is smaller than the smallest normal number is rounded to 0. */
const sigmoid: MathDefinition = (argument, name) => {
  const x = name('x', atLeast(atMost(argument, 87), -89))
  const shifted = name('shifted', fma(x, -Math.LOG2E, biasedMagic))
  const k = name('k', sub(shifted, biasedMagic))
  const r = name('r', fma(k, ln2Low, fma(k, ln2High, x)))
  const alternating = expFit.map((c, i) => (i % 2 === 0 ? c : -c))
  return div(constantOf(x.type, 1), fma(evenOdd(r, alternating, name), power(shifted), 1))
}

const inlineMath: { readonly [F in LoopUnary]?: MathDefinition } = { exp, exp2, log, tanh, sigmoid, erf }

/** How `fn` of this argument is computed in place; undefined where it is a function of the math table. */
export function definitionOf(fn: LoopUnary, argument?: LoopExpr): MathDefinition | undefined {
  const negative = argument?.l === 'unary' && argument.fn === 'neg' && argument.a.l === 'unary' && argument.a.fn === 'abs'
  return fn === 'exp' && negative ? expOfNegative : inlineMath[fn]
}
