/** Scalar meaning of the functions of index expressions: what one lane of every back end computes. Ints are 32-bit and wrap. */
import type { BinaryFn, UnaryFn } from '../ops/expr.ts'
import { OperatorError } from '../ops/operator.ts'
import { digamma, erf, erfc, erfinv, floorDivide, lgamma, remainder, roundHalfEven } from '../ops/reference/special.ts'

export const unaryFunctions: { readonly [F in UnaryFn]: (x: number) => number } = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round: roundHalfEven,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  erf,
  erfc,
  erfinv,
  lgamma,
  digamma,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  isnan: (x) => (Number.isNaN(x) ? 1 : 0),
  logical_not: (x) => (x === 0 ? 1 : 0),
  bitwise_not: (x) => ~x,
}

type Binary = (a: number, b: number) => number

const shared = {
  maximum: Math.max,
  minimum: Math.min,
  eq: (a: number, b: number) => (a === b ? 1 : 0),
  ne: (a: number, b: number) => (a !== b ? 1 : 0),
  lt: (a: number, b: number) => (a < b ? 1 : 0),
  le: (a: number, b: number) => (a <= b ? 1 : 0),
  gt: (a: number, b: number) => (a > b ? 1 : 0),
  ge: (a: number, b: number) => (a >= b ? 1 : 0),
  and: (a: number, b: number) => a & b,
  or: (a: number, b: number) => a | b,
  xor: (a: number, b: number) => a ^ b,
  shl: (a: number, b: number) => (b < 0 || b > 31 ? 0 : a << b),
  shr: (a: number, b: number) => (b < 0 || b > 31 ? (a < 0 ? -1 : 0) : a >> b),
} as const satisfies { readonly [F in BinaryFn]?: Binary }

export const floatBinary: { readonly [F in BinaryFn]: Binary } = {
  ...shared,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  floordiv: floorDivide,
  fmod: (a, b) => a % b,
  remainder,
  // JavaScript alone has 1 ** NaN and 1 ** Infinity as NaN.
  pow: (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY) ? 1 : a ** b),
  atan2: Math.atan2,
}

const divisor = (b: number): number => {
  if (b === 0) throw new OperatorError('S4103', 'an integer is divided by zero')
  return b
}

/** Powers of ints by squaring, wrapping. */
function intPower(a: number, b: number): number {
  if (b < 0) return a === 1 ? 1 : a === -1 ? (b % 2 === 0 ? 1 : -1) : 0
  let result = 1
  let base = a
  for (let n = b; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = Math.imul(result, base)
    base = Math.imul(base, base)
  }
  return result
}

export const intBinary: { readonly [F in BinaryFn]: Binary } = {
  ...shared,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: Math.imul,
  div: (a, b) => Math.trunc(a / divisor(b)),
  floordiv: (a, b) => Math.floor(a / divisor(b)),
  fmod: (a, b) => a % divisor(b),
  remainder: (a, b) => remainder(a, divisor(b)),
  pow: intPower,
  atan2: Math.atan2,
}
