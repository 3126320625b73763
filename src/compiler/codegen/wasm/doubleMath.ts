/**
 * Scalar functions in double precision for what is rare: float32 operands are promoted, so plain formulas suffice, and the one rounding at the end
 * leaves results within an ULP (lgamma and digamma near their zeros on the negative axis excepted). Integer helpers stand here too.
 */
import type { DoubleCode, Emit } from './doubleCode.ts'

export interface HelperFunction {
  readonly params: readonly ('f32' | 'i32' | 'f64')[]
  readonly result: 'f32' | 'i32' | 'f64'
  /** Emits the body, which leaves the result; parameters are promoted to f64 already. */
  readonly body: (d: DoubleCode, ...params: readonly Emit[]) => Emit
}

const pi = Math.PI

const unary = (body: (d: DoubleCode, x: Emit) => Emit): HelperFunction => ({
  params: ['f32'],
  result: 'f32',
  body: (d, x) => body(d, x as Emit),
})
const binary = (body: (d: DoubleCode, a: Emit, b: Emit) => Emit): HelperFunction => ({
  params: ['f32', 'f32'],
  result: 'f32',
  body: (d, a, b) => body(d, a as Emit, b as Emit),
})
const double = (body: (d: DoubleCode, x: Emit) => Emit): HelperFunction => ({
  params: ['f64'],
  result: 'f64',
  body: (d, x) => body(d, x as Emit),
})
const ints = (body: (d: DoubleCode, a: Emit, b: Emit) => Emit): HelperFunction => ({
  params: ['i32', 'i32'],
  result: 'i32',
  body: (d, a, b) => body(d, a as Emit, b as Emit),
})

/** (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2, within 3e-16. */
const expTail = [
  0.49999999999998285, 0.16666666666611218, 0.04166666666818075, 0.008333333371022333, 0.0013888888504604898, 0.00019841185031067876,
  2.4801943421903934e-5, 2.7635076607415157e-6, 2.747273178136463e-7,
]
/** (2 atanh(s) - 2 s) / s^3 in s^2. */
const logTail = [
  0.6666666666666732, 0.39999999999362357, 0.285714287642, 0.22222195702934713, 0.18183733216070228, 0.1530943043176408,
  0.14843883567783367,
]
/** (sin(r) / r - 1) / r^2 and (cos(r) - 1 + r^2 / 2) / r^4 in r^2, |r| <= pi / 4. */
const sinTail = [-0.16666666666631255, 0.008333333325209958, -0.0001984126378834438, 2.7555350225658658e-6, -2.476109517814476e-8]
const cosTail = [0.04166666662247715, -0.0013888883722637817, 2.479951176784787e-5, -2.720954808882242e-7]
/** (atan(a) / a - 1) / a^2 in a^2, a <= tan(pi / 8). */
const atanTail = [
  -0.33333333296406265, 0.19999994402865573, -0.14285426489107483, 0.11104053253876668, -0.08997270062501703, 0.06993058347255639,
  -0.037955130479539446,
]
/** Lanczos approximation of the gamma function, g = 7, nine terms (Godfrey). */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
/** 2 / pi in groups of 24 bits. */
const twoOverPi = [0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163]

/** pi / 2 in two parts; the first has 33 bits, so that its product with an integer below 2^20 is exact. */
const halfPiHigh = 1.5707963267341256
const halfPiLow = 6.077100506506192e-11

const exp64 = double((d, x) => {
  const clamped = d.let(d.max(d.min(x, 700), -700))
  const n = d.let(d.nearest(d.mul(clamped, Math.LOG2E)))
  const r = d.let(d.sub(d.sub(clamped, d.mul(n, 0.6931471803691238)), d.mul(n, 1.9082149292705877e-10)))
  const p = d.add(d.add(d.mul(d.mul(r, r), d.polynomial(r, expTail)), r), 1)
  return d.mul(p, d.powerOfTwo(n))
})

const log64 = double((d, x) => {
  const { exponent, mantissa } = d.split(x)
  const s = d.let(d.div(d.sub(mantissa, 1), d.add(mantissa, 1)))
  const t = d.let(d.mul(s, s))
  const value = d.add(d.add(d.mul(2, s), d.mul(d.mul(s, t), d.polynomial(t, logTail))), d.mul(exponent, Math.LN2))
  const inside = d.and(d.gt(x, 0), d.lt(x, Number.POSITIVE_INFINITY))
  return d.if(inside, value, d.if(d.lt(x, 0), Number.NaN, d.if(d.eq(x, 0), Number.NEGATIVE_INFINITY, x)))
})

const atan64 = double((d, x) => {
  const a = d.let(d.abs(x))
  const inverted = d.letInt(d.gt(a, 1))
  const b = d.let(d.if(inverted, d.div(1, a), a))
  const shifted = d.letInt(d.gt(b, Math.SQRT2 - 1))
  const c = d.let(d.if(shifted, d.div(d.sub(b, 1), d.add(b, 1)), b))
  const t = d.let(d.mul(c, c))
  const value = d.let(d.add(d.add(c, d.mul(d.mul(c, t), d.polynomial(t, atanTail))), d.if(shifted, pi / 4, 0)))
  return d.copySign(d.if(inverted, d.sub(pi / 2, value), value), x)
})

/**
 * x = quadrant * pi / 2 + rest: by two parts of pi / 2 up to 2^20, else by the bits of 2 / pi that matter
 * (Payne and Hanek, "Radian reduction for trigonometric functions", 1983): products of 24-bit groups are exact in double.
 */
function reduceAngle(d: DoubleCode, x: Emit): { quadrant: Emit; rest: Emit } {
  const quadrant = d.variable(0)
  const rest = d.variable(0)
  d.when(
    d.lt(d.abs(x), 1048576),
    () => {
      quadrant.set(d.nearest(d.mul(x, 2 / pi)))
      rest.set(d.sub(d.sub(x, d.mul(quadrant.get, halfPiHigh)), d.mul(quadrant.get, halfPiLow)))
    },
    () => {
      const { exponent, mantissa } = d.split(x, true)
      const m = d.let(d.mul(mantissa, 8388608))
      const e = d.let(d.sub(exponent, 23))
      const first = d.let(d.max(0, d.floor(d.div(d.sub(e, 2), 24))))
      const part = (k: number): Emit => {
        const group = d.let(d.add(first, k))
        const word = twoOverPi.reduceRight((other: Emit, value, at) => d.if(d.eq(group, at), value, other), (() => d.number(0)) as Emit)
        const product = d.let(d.mul(d.mul(m, word), d.powerOfTwo(d.sub(e, d.mul(24, d.add(group, 1))))))
        return d.let(d.sub(product, d.mul(4, d.floor(d.mul(product, 0.25)))))
      }
      const parts = [0, 1, 2, 3].map(part) as [Emit, Emit, Emit, Emit]
      const n = d.let(d.nearest(d.add(parts[0], d.add(parts[1], parts[2]))))
      quadrant.set(d.mul(n, d.copySign(1, x)))
      const fraction = d.add(d.add(d.add(d.sub(parts[0], n), parts[1]), parts[2]), parts[3])
      rest.set(d.mul(d.mul(fraction, pi / 2), d.copySign(1, x)))
    },
  )
  return { quadrant: quadrant.get, rest: rest.get }
}

/** sin(x + shift * pi / 2). Infinities give NaN: the rest is NaN then. */
function sine(d: DoubleCode, x: Emit, shift: number): Emit {
  const { quadrant, rest } = reduceAngle(d, x)
  const r = d.let(d.if(d.lt(d.abs(x), Number.POSITIVE_INFINITY), rest, Number.NaN))
  const t = d.let(d.mul(r, r))
  const q = d.let(d.add(quadrant, shift))
  const turn = d.let(d.sub(q, d.mul(4, d.floor(d.mul(q, 0.25)))))
  const odd = d.or(d.eq(turn, 1), d.eq(turn, 3))
  const sin = d.add(r, d.mul(d.mul(r, t), d.polynomial(t, sinTail)))
  const cos = d.add(d.sub(1, d.mul(0.5, t)), d.mul(d.mul(t, t), d.polynomial(t, cosTail)))
  const value = d.let(d.if(odd, cos, sin))
  return d.if(d.ge(turn, 2), d.neg(value), value)
}

/** e^(-x^2) times the continued fraction from 3 up, else 1 - erf by its series; x >= 0. */
const erfc64 = double((d, x) => {
  const result = d.variable(0)
  const square = d.let(d.mul(x, x))
  const decay = d.let(d.call('exp_f64', d.neg(square)))
  d.when(
    d.lt(x, 3),
    () => {
      const term = d.variable(x)
      const sum = d.variable(x)
      const n = d.variable(1)
      d.while(d.gt(term.get, d.mul(sum.get, 1e-17)), () => {
        n.set(d.add(n.get, 2))
        term.set(d.div(d.mul(d.mul(term.get, 2), square), n.get))
        sum.set(d.add(sum.get, term.get))
      })
      result.set(d.sub(1, d.mul(d.mul(sum.get, decay), 2 / Math.sqrt(pi))))
    },
    () => {
      const fraction = d.variable(x)
      const k = d.variable(40)
      d.while(d.gt(k.get, 0), () => {
        fraction.set(d.add(x, d.div(d.mul(k.get, 0.5), fraction.get)))
        k.set(d.sub(k.get, 1))
      })
      result.set(d.div(decay, d.mul(fraction.get, Math.sqrt(pi))))
    },
  )
  return d.if(d.eq(x, x), result.get, x)
})

/** log(gamma(x)) for x >= 1/2. */
const lgamma64 = double((d, x) => {
  const z = d.let(d.sub(x, 1))
  const sum = lanczos
    .slice(1)
    .reduce((total: Emit, c, i) => d.add(total, d.div(c, d.add(z, i + 1))), (() => d.number(lanczos[0] as number)) as Emit)
  const t = d.let(d.add(z, 7.5))
  const value = d.add(d.sub(d.mul(d.add(z, 0.5), d.call('log_f64', t)), t), d.add(d.call('log_f64', sum), 0.5 * Math.log(2 * pi)))
  return d.if(d.lt(x, Number.POSITIVE_INFINITY), value, x)
})

/** Odd functions near zero: x + c x^3. */
const nearZero = (d: DoubleCode, x: Emit, cubic: number, otherwise: Emit): Emit =>
  d.if(d.lt(d.abs(x), 1e-3), d.add(x, d.mul(d.mul(x, cubic), d.mul(x, x))), otherwise)

/** The remainder of |a| / |b|, exactly: subtracts b times falling powers of two. */
function remainder(d: DoubleCode, a: Emit, b: Emit): Emit {
  const rest = d.variable(d.abs(a))
  const divisor = d.let(d.abs(b))
  const finite = d.and(d.and(d.lt(rest.get, Number.POSITIVE_INFINITY), d.gt(divisor, 0)), d.eq(b, b))
  const result = d.variable(Number.NaN)
  d.when(finite, () => {
    const step = d.variable(divisor)
    d.while(d.le(step.get, d.mul(rest.get, 0.5)), () => step.set(d.mul(step.get, 2)))
    d.while(d.ge(step.get, divisor), () => {
      d.when(d.ge(rest.get, step.get), () => rest.set(d.sub(rest.get, step.get)))
      // An infinite divisor stays itself: leave after one round.
      step.set(d.if(d.lt(step.get, Number.POSITIVE_INFINITY), d.mul(step.get, 0.5), 0))
    })
    result.set(d.copySign(rest.get, a))
  })
  return result.get
}

/** The remainder with the sign of the divisor. */
function floorRemainder(d: DoubleCode, a: Emit, b: Emit): Emit {
  const r = d.let(remainder(d, a, b))
  const other = d.and(d.ne(r, 0), d.ne(d.lt(r, 0), d.lt(b, 0), true))
  return d.if(other, d.add(r, b), r)
}

const isInteger = (d: DoubleCode, y: Emit): Emit => d.eq(d.floor(y), y)

const functions = {
  exp_f64: exp64,
  log_f64: log64,
  atan_f64: atan64,
  erfc_f64: erfc64,
  lgamma_f64: lgamma64,
  sin_f64: double((d, x) => sine(d, x, 0)),
  cos_f64: double((d, x) => sine(d, x, 1)),
  expm1_f32: unary((d, x) => d.if(d.lt(d.abs(x), 1e-7), d.add(x, d.mul(d.mul(x, x), 0.5)), d.sub(d.call('exp_f64', x), 1))),
  log1p_f32: unary((d, x) => d.if(d.lt(d.abs(x), 1e-7), d.sub(x, d.mul(d.mul(x, x), 0.5)), d.call('log_f64', d.add(x, 1)))),
  log2_f32: unary((d, x) => d.mul(d.call('log_f64', x), Math.LOG2E)),
  log10_f32: unary((d, x) => d.mul(d.call('log_f64', x), Math.LOG10E)),
  sin_f32: unary((d, x) => d.if(d.eq(x, 0), x, d.call('sin_f64', x))),
  cos_f32: unary((d, x) => d.call('cos_f64', x)),
  tan_f32: unary((d, x) => d.if(d.eq(x, 0), x, d.div(d.call('sin_f64', x), d.call('cos_f64', x)))),
  asin_f32: unary((d, x) => d.call('atan_f64', d.div(x, d.sqrt(d.mul(d.sub(1, x), d.add(1, x)))))),
  acos_f32: unary((d, x) => d.mul(2, d.call('atan_f64', d.sqrt(d.div(d.sub(1, x), d.add(1, x)))))),
  atan_f32: unary((d, x) => d.call('atan_f64', x)),
  sinh_f32: unary((d, x) => {
    const e = d.let(d.call('exp_f64', x))
    return nearZero(d, x, 1 / 6, d.mul(0.5, d.sub(e, d.div(1, e))))
  }),
  cosh_f32: unary((d, x) => {
    const e = d.let(d.call('exp_f64', x))
    return d.mul(0.5, d.add(e, d.div(1, e)))
  }),
  asinh_f32: unary((d, x) => {
    const a = d.let(d.abs(x))
    const value = d.call('log_f64', d.add(a, d.sqrt(d.add(d.mul(a, a), 1))))
    return nearZero(d, x, -1 / 6, d.copySign(value, x))
  }),
  acosh_f32: unary((d, x) => d.if(d.lt(x, 1), Number.NaN, d.call('log_f64', d.add(x, d.sqrt(d.sub(d.mul(x, x), 1)))))),
  atanh_f32: unary((d, x) => nearZero(d, x, 1 / 3, d.mul(0.5, d.call('log_f64', d.div(d.add(1, x), d.sub(1, x)))))),
  erfc_f32: unary((d, x) => {
    const value = d.let(d.call('erfc_f64', d.abs(x)))
    return d.if(d.lt(x, 0), d.sub(2, value), value)
  }),
  /** A first guess (Giles, "Approximating the erfinv function", 2010, its leading terms), then Newton's method on erfc. */
  erfinv_f32: unary((d, x) => {
    const a = d.let(d.abs(x))
    const complement = d.let(d.sub(1, a))
    const l = d.let(d.call('log_f64', d.mul(complement, d.add(1, a))))
    const half = d.let(d.add(2 / (pi * 0.147), d.mul(0.5, l)))
    const y = d.variable(d.sqrt(d.sub(d.sqrt(d.sub(d.mul(half, half), d.div(l, 0.147))), half)))
    for (let round = 0; round < 3; round++) {
      const error = d.sub(d.call('erfc_f64', y.get), complement)
      y.set(d.add(y.get, d.div(error, d.mul(2 / Math.sqrt(pi), d.call('exp_f64', d.neg(d.mul(y.get, y.get)))))))
    }
    // Near zero the complement has lost the digits of x: the leading terms of the series.
    const series = d.mul(a, d.add(Math.sqrt(pi) / 2, d.mul(d.mul(a, a), (pi * Math.sqrt(pi)) / 24)))
    const value = d.if(d.lt(a, 1e-4), series, y.get)
    return d.copySign(d.if(d.lt(a, 1), value, d.if(d.eq(a, 1), Number.POSITIVE_INFINITY, Number.NaN)), x)
  }),
  lgamma_f32: unary((d, x) => {
    const pole = d.and(d.le(x, 0), isInteger(d, x))
    const turned = d.sub(x, d.mul(2, d.nearest(d.mul(x, 0.5))))
    const reflected = d.sub(d.call('log_f64', d.div(pi, d.abs(d.call('sin_f64', d.mul(pi, turned))))), d.call('lgamma_f64', d.sub(1, x)))
    return d.if(pole, Number.POSITIVE_INFINITY, d.if(d.lt(x, 0.5), reflected, d.call('lgamma_f64', x)))
  }),
  digamma_f32: unary((d, x) => {
    const y = d.variable(d.if(d.lt(x, 0), d.sub(1, x), x))
    const sum = d.variable(0)
    d.when(d.lt(d.abs(x), Number.POSITIVE_INFINITY), () =>
      d.while(d.lt(y.get, 10), () => {
        sum.set(d.sub(sum.get, d.div(1, y.get)))
        y.set(d.add(y.get, 1))
      }),
    )
    // The asymptotic series with the Bernoulli numbers up to B12.
    const t = d.let(d.div(1, d.mul(y.get, y.get)))
    const tail = d.mul(t, d.polynomial(t, [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760]))
    const value = d.let(d.add(sum.get, d.sub(d.sub(d.call('log_f64', y.get), d.div(0.5, y.get)), tail)))
    const turned = d.let(d.mul(pi, d.sub(x, d.nearest(x))))
    const reflected = d.sub(value, d.div(d.mul(pi, d.call('cos_f64', turned)), d.call('sin_f64', turned)))
    const atPole = d.if(d.eq(x, 0), d.neg(d.copySign(Number.POSITIVE_INFINITY, x)), Number.NaN)
    return d.if(d.and(d.le(x, 0), isInteger(d, x)), atPole, d.if(d.lt(x, 0), reflected, value))
  }),
  pow_f32: binary((d, x, y) => {
    const a = d.let(d.abs(x))
    const whole = isInteger(d, y)
    const odd = d.and(whole, d.ne(d.floor(d.mul(y, 0.5)), d.mul(y, 0.5)))
    const magnitude = d.let(d.if(d.eq(a, 1), d.if(d.eq(y, y), 1, y), d.call('exp_f64', d.mul(y, d.call('log_f64', a)))))
    const signed = d.if(
      odd,
      d.copySign(magnitude, x),
      d.if(d.or(d.ge(x, 0), d.or(whole, d.ge(a, Number.POSITIVE_INFINITY))), magnitude, d.if(d.eq(x, x), Number.NaN, x)),
    )
    return d.if(d.or(d.eq(y, 0), d.eq(x, 1)), 1, d.if(d.eq(x, x), signed, x))
  }),
  atan2_f32: binary((d, y, x) => {
    const bothInfinite = d.and(d.ge(d.abs(x), Number.POSITIVE_INFINITY), d.ge(d.abs(y), Number.POSITIVE_INFINITY))
    const ratio = d.if(bothInfinite, 1, d.if(d.eq(y, 0), 0, d.div(d.abs(y), d.abs(x))))
    const angle = d.let(d.call('atan_f64', ratio))
    const turned = d.if(d.lt(d.copySign(1, x), 0), d.sub(pi, angle), angle)
    return d.if(d.and(d.eq(x, x), d.eq(y, y)), d.copySign(turned, y), Number.NaN)
  }),
  fmod_f32: binary(remainder),
  floormod_f32: binary(floorRemainder),
  /** As PyTorch's div_floor_floating. */
  floordiv_f32: binary((d, a, b) => {
    const r = d.let(remainder(d, a, b))
    const quotient = d.let(d.div(d.sub(a, r), b))
    const lowered = d.let(d.if(d.and(d.ne(r, 0), d.ne(d.lt(b, 0), d.lt(r, 0), true)), d.sub(quotient, 1), quotient))
    const floored = d.let(d.floor(lowered))
    const rounded = d.if(d.gt(d.sub(lowered, floored), 0.5), d.add(floored, 1), floored)
    return d.if(d.eq(b, 0), d.div(a, b), d.if(d.eq(lowered, 0), d.copySign(0, d.div(a, b)), rounded))
  }),
  floordiv_i32: ints((d, a, b) => {
    const quotient = d.letInt(d.int('div', a, b))
    const inexact = d.int('ne', d.int('mul', quotient, b), a)
    const negative = d.int('lt', d.int('xor', a, b), 0)
    return d.int('sub', quotient, d.int('and', inexact, negative))
  }),
  floormod_i32: ints((d, a, b) => {
    const r = d.letInt(d.int('rem', a, b))
    const other = d.int('and', d.int('ne', r, 0), d.int('lt', d.int('xor', r, b), 0))
    return d.int('add', r, d.int('mul', b, other))
  }),
  div_i32: ints((d, a, b) => d.int('div', a, b)),
  rem_i32: ints((d, a, b) => d.int('rem', a, b)),
  shl_i32: ints((d, a, b) => d.int('shl', a, b)),
  shr_i32: ints((d, a, b) => d.int('shr', a, b)),
  /** By squaring, modulo 2^32; a negative exponent truncates 1 / a^-b. */
  pow_i32: ints((d, a, b) => {
    const result = d.intVariable(1)
    const base = d.intVariable(a)
    const left = d.intVariable(b)
    d.while(d.int('gt', left.get, 0), () => {
      d.when(d.int('and', left.get, 1), () => result.set(d.int('mul', result.get, base.get)))
      base.set(d.int('mul', base.get, base.get))
      left.set(d.int('shr', left.get, 1))
    })
    const unit = d.int('add', d.int('eq', a, 1), d.int('mul', d.int('eq', a, -1), d.int('sub', 1, d.int('mul', 2, d.int('and', b, 1)))))
    return d.ifInt(d.int('lt', b, 0), unit, result.get)
  }),
} satisfies { readonly [name: string]: HelperFunction }

export const doubleMath: { readonly [name: string]: HelperFunction } = functions
