/** Special functions in double precision, for the eager library and for constants folded at build time. */

/** Series for small, continued fraction (Lentz) for large arguments; relative error below 1e-14. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x
  const a = Math.abs(x)
  if (a > 3) return Math.sign(x) * (1 - erfcLarge(a))
  // 2 / sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n+1) / (2n+1)!!
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

export function erfc(x: number): number {
  if (x < 1) return 1 - erf(x)
  return x > 3 ? erfcLarge(x) : 1 - erf(x)
}

function erfcLarge(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0
  let fraction = x
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction
  return Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI))
}

/** Giles' approximation (2010), refined by two Newton steps. */
export function erfinv(y: number): number {
  if (Number.isNaN(y) || Math.abs(y) > 1) return Number.NaN
  if (Math.abs(y) === 1) return y * Number.POSITIVE_INFINITY
  const w = -Math.log((1 - y) * (1 + y))
  let x: number
  if (w < 5) {
    const v = w - 2.5
    x = [
      2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3, -4.17768164e-3, 0.246640727, 1.50140941,
    ].reduce((sum, c) => sum * v + c, 0)
  } else {
    const v = Math.sqrt(w) - 3
    x = [
      -2.00214257e-4, 1.00950558e-4, 1.34934322e-3, -3.67342844e-3, 5.73950773e-3, -7.6224613e-3, 9.43887047e-3, 1.00167406, 2.83297682,
    ].reduce((sum, c) => sum * v + c, 0)
  }
  x *= y
  for (let i = 0; i < 2; i++) x -= (erf(x) - y) / ((2 / Math.sqrt(Math.PI)) * Math.exp(-x * x))
  return x
}

/** Lanczos' approximation, g = 7, n = 9. */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x
  if (!Number.isFinite(x) || (x <= 0 && Number.isInteger(x))) return Number.POSITIVE_INFINITY
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x)
  const g = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012,
    9.984369578019572e-6, 1.5056327351493116e-7,
  ]
  const z = x - 1
  const t = z + 7.5
  const sum = g.reduce((total, c, i) => total + c / (z + i + 1), 0.9999999999998099)
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Recurrence up to 10, then the asymptotic series. */
export function digamma(x: number): number {
  if (x === 0) return 1 / x === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (x < 0) return Number.isInteger(x) ? Number.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * x)
  let result = 0
  let y = x
  for (; y < 10; y++) result -= 1 / y
  const z = 1 / (y * y)
  return result + Math.log(y) - 0.5 / y - z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132 - (z * 691) / 32760)))))
}

export function roundHalfEven(x: number): number {
  const rounded = Math.round(x)
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

/** Python's `//` on floats, as PyTorch computes it. */
export function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b
  const mod = a % b
  let quotient = (a - mod) / b
  if (mod !== 0 && b < 0 !== mod < 0) quotient -= 1
  if (quotient === 0) return (a / b) * 0
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

/** Python's `%`: the sign of the divisor. */
export function remainder(a: number, b: number): number {
  const mod = a % b
  return mod !== 0 && b < 0 !== mod < 0 ? mod + b : mod
}
