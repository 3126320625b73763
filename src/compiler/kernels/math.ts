/**
 * The transcendental functions that run as vectors, as loop IR: one definition for f32 and f32x4. `name` gives an intermediate value a variable.
 * Polynomials and ratios are our own fits (equal ripple in the relative error of the function, coefficients rounded once); exp is within
 * 2 ULP, log and sigmoid within 4, tanh and erf within 6 and never past 1, over all floats: test/codegen/math.test.ts. No step needs fma for
 * its accuracy.
 * WebAssembly has everything else in double precision (codegen/wasm/doubleMath.ts), WGSL as text (codegen/wgsl/prelude.ts).
 */

import type { LoopExpr, LoopUnary } from './loop.ts'
import { add, binary, bitcast, compare, constantOf, div, evenOddPolynomial, fma, mul, polynomial, select, sub } from './loopCode.ts'

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
/** The same within 1 ULP, for what 1 is added to. */
const roughExpFit = [1, 0.9999997063133552, 0.49999147841126335, 0.16667638127254408, 0.0418981596187872, 0.00829027211157133]

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
function splitExp(x: LoopExpr, magic: number, name: Name, fit = expFit): { readonly p: LoopExpr; readonly shifted: LoopExpr } {
  const shifted = name('shifted', fma(x, Math.LOG2E, magic))
  const k = name('k', sub(shifted, magic))
  const r = name('r', fma(k, -ln2Low, fma(k, -ln2High, x)))
  return { p: name('p', polynomial(r, fit)), shifted }
}

const exp: MathDefinition = (argument, name) => {
  const { p, shifted } = splitExp(name('x', atLeast(atMost(argument, 89), -104)), roundingMagic + 254, name)
  return scaled(p, shifted, name)
}

/** Where x <= 0 is known a power that is always too large by 2^24 reaches the denormals. */
export const expOfNegative: MathDefinition = (argument, name) => {
  const { p, shifted } = splitExp(name('x', atLeast(argument, -104)), biasedMagic + 24, name)
  return mul(mul(p, power(shifted)), 2 ** -24)
}

/** e^x + c where x <= 0 and c > 1e-20: there is no result that the denormals would show in. */
export const expOfNegativePlus =
  (c: number): MathDefinition =>
  (argument, name) => {
    const { p, shifted } = splitExp(name('x', atLeast(argument, -87)), biasedMagic, name, c >= 1 ? roughExpFit : expFit)
    return fma(p, power(shifted), c)
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
  const tail = fma(square, mul(f, evenOddPolynomial(f, square, logTail)), mul(e, ln2Low))
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

/** x P(x^2) / Q(x^2), lowest coefficients first: an odd function that is 1 from `limit` on, where the ratio is more than 1 by several ULP. */
interface OddRatio {
  readonly limit: number
  readonly over: readonly number[]
  readonly under: readonly number[]
}

const tanhRatio: OddRatio = {
  limit: 9.66,
  over: [1287119.4218995075, 172221.36896018795, 4498.239749814297, 26.509872957181585, 0.017166128253480923],
  under: [1287119.4486233129, 601260.9545653451, 33302.96481485889, 422.7368587777685, 1],
}
const erfRatio: OddRatio = {
  limit: 4.12,
  over: [29622.651805985795, 4998.639950788788, 1384.7822942227815, 98.8571395770603, 7.478877821609405, 0.053819700244347186],
  under: [26252.39212143192, 13180.711132037242, 2995.643401006359, 392.97910400606594, 30.519522515206763, 1],
}

/** The function with `inner` for 1 of its argument and `outer` for 1 of its result: of a ratio with the highest coefficient 1. */
const oddFunction =
  ({ limit, over, under }: OddRatio, inner = 1, outer = 1): MathDefinition =>
  (argument, name) => {
    const last = under.length - 1
    const reach = limit / Math.abs(inner)
    const x = name('x', atLeast(atMost(argument, reach), -reach))
    const t = name('t', mul(x, x))
    const top = over.map((c, i) => c * outer * inner ** (2 * (i - last) + 1))
    const bottom = under.map((c, i) => c * inner ** (2 * (i - last)))
    const ratio = div(mul(x, polynomial(t, top)), polynomial(t, bottom))
    const most = Math.abs(outer)
    return atLeast(atMost(name('ratio', ratio), most), -most)
  }
const oddRatios: { readonly [F in LoopUnary]?: OddRatio } = { tanh: tanhRatio, erf: erfRatio }

/** `fn` of `inner` times its argument, times `outer`, where that is a ratio. */
export function oddFunctionOf(fn: LoopUnary): ((inner: number, outer: number) => MathDefinition) | undefined {
  const ratio = oddRatios[fn]
  return ratio && ((inner, outer) => oddFunction(ratio, inner, outer))
}

/** 1 + e^-x, infinite where e^-x is. */
export const onePlusExpOfNegated: MathDefinition = (argument, name) => {
  const x = name('x', atLeast(atMost(argument, 87), -89))
  const shifted = name('shifted', fma(x, -Math.LOG2E, biasedMagic))
  const k = name('k', sub(shifted, biasedMagic))
  const r = name('r', fma(k, ln2Low, fma(k, ln2High, x)))
  const alternating = roughExpFit.map((c, i) => (i % 2 === 0 ? c : -c))
  return fma(polynomial(r, alternating), power(shifted), 1)
}

/** What is smaller than the smallest normal number is rounded to 0. */
const sigmoid: MathDefinition = (x, name) => div(constantOf(x.type, 1), onePlusExpOfNegated(x, name))

const inlineMath: { readonly [F in LoopUnary]?: MathDefinition } = {
  exp,
  exp2,
  log,
  sigmoid,
  tanh: oddFunction(tanhRatio),
  erf: oddFunction(erfRatio),
}

/** How `fn` is computed in place; undefined where it is a function of the math table. */
export const definitionOf = (fn: LoopUnary): MathDefinition | undefined => inlineMath[fn]
