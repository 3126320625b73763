/** Accuracy of the math functions over the whole range of floats, against double precision. */
import { describe, expect, test } from 'vitest'
import type { KernelFunction, LoopBinary, LoopExpr, LoopType, LoopUnary } from '../../src/compiler/kernels/loop.ts'
import { add, binary, constantOf, forLoop, i32, letStmt, load, mul, store, unary, variable } from '../../src/compiler/kernels/loopCode.ts'
import { runKernel, variants } from './runKernel.ts'

const ulp = (value: number): number => {
  const bits = new Int32Array(Float32Array.of(Math.abs(value)).buffer)
  bits[0]!++
  return new Float32Array(bits.buffer)[0]! - Math.abs(Math.fround(value))
}

/** Distance in units of the expected value's last place; infinities and NaN must be equal. */
function distance(actual: number, expected: number): number {
  if (Number.isNaN(expected) || Number.isNaN(actual))
    return Object.is(actual, Math.fround(expected)) || (Number.isNaN(actual) && Number.isNaN(expected)) ? 0 : Number.POSITIVE_INFINITY
  const rounded = Math.fround(expected)
  if (!Number.isFinite(rounded) || !Number.isFinite(actual)) {
    // The largest finite float counts as next to infinity.
    return actual === rounded || (Math.abs(expected) > 3.4028e38 && Math.abs(actual) > 3.4028e38) ? 0 : Number.POSITIVE_INFINITY
  }
  return Math.abs(actual - expected) / ulp(rounded)
}

/** Floats of every exponent and sign, the special values and the neighbourhoods of small integers. */
function sampleFloats(): Float32Array<ArrayBuffer> {
  const step = 40_009
  const bits = new Int32Array(Math.ceil(2 ** 32 / step))
  for (let i = 0; i < bits.length; i++) bits[i] = i * step
  const near: number[] = []
  for (let k = -24; k <= 24; k++) for (const e of [0, 1e-6, -1e-6, 1e-3, -1e-3, 0.25, 0.5]) near.push(k / 2 + e, k + e)
  for (let i = 0; i < 20_000; i++) near.push((i - 10_000) / 500)
  near.push(
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
    0,
    -0,
    88.72,
    88.73,
    -87.3,
    -103.9,
    -104.1,
    1e-45,
    -1e-45,
    3.4e38,
  )
  const floats = new Float32Array(bits.length + near.length + 3)
  floats.set(new Float32Array(bits.buffer))
  floats.set(near, bits.length)
  return floats
}

const unaryKernel = (fn: LoopUnary, type: 'f32' | 'f32x4', length: number): KernelFunction => mapKernel(type, length, (x) => unary(fn, x))

function mapKernel(type: 'f32' | 'f32x4', length: number, form: (x: LoopExpr) => LoopExpr): KernelFunction {
  const i = variable('i', 'i32')
  return {
    name: 'map',
    params: [
      { p: 'buffer', name: 'x', element: 'f32', access: 'read' },
      { p: 'buffer', name: 'y', element: 'f32', access: 'write' },
    ],
    body: [
      forLoop('i', i32(0), i32(length), type === 'f32' ? 1 : 4, [
        letStmt('value', load(type, 'x', i)),
        store('y', i, form(variable('value', type))),
      ]),
    ],
  }
}

/** erf by its Taylor series, erfc by continued fraction: independent of the fits. */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x)
  if (x < 2.5) {
    let sum = 0
    let term = x
    for (let n = 0; n < 200; n++) {
      sum += term / (2 * n + 1)
      term *= -(x * x) / (n + 1)
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = x
  for (let k = 200; k > 0; k--) fraction = x + k / 2 / fraction
  return Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI))
}
const erf = (x: number): number => {
  if (Math.abs(x) > 6) return Number.isNaN(x) ? x : Math.sign(x)
  let sum = 0
  let term = x
  if (Math.abs(x) > 2.5) return Math.sign(x) * (1 - erfc(Math.abs(x)))
  for (let n = 0; n < 200; n++) {
    sum += term / (2 * n + 1)
    term *= -(x * x) / (n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}
const sigmoid = (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))

const references: readonly (readonly [LoopUnary, number, (x: number) => number])[] = [
  ['exp', 2, Math.exp],
  ['exp2', 2, (x) => 2 ** x],
  ['log', 4, Math.log],
  ['tanh', 6, Math.tanh],
  // As in PyTorch, what is below the smallest normal number may come out as 0.
  ['sigmoid', 4, (x) => (x < -87 ? 0 : sigmoid(x))],
  ['erf', 6, erf],
  ['expm1', 1, Math.expm1],
  ['log1p', 1, Math.log1p],
  ['log2', 1, Math.log2],
  ['log10', 1, Math.log10],
  ['sin', 1, Math.sin],
  ['cos', 1, Math.cos],
  ['tan', 1, Math.tan],
  ['asin', 1, Math.asin],
  ['acos', 1, Math.acos],
  ['atan', 1, Math.atan],
  ['sinh', 1, Math.sinh],
  ['cosh', 1, Math.cosh],
  ['asinh', 1, Math.asinh],
  ['acosh', 1, Math.acosh],
  ['atanh', 1, Math.atanh],
  ['rsqrt', 2, (x) => 1 / Math.sqrt(x)],
  ['erfc', 1, erfc],
]

describe.each(variants)('%s', (variant) => {
  test.each(references)('%s is within %d ULP everywhere, in vectors and scalars', (fn, bound, reference) => {
    const x = sampleFloats()
    for (const type of ['f32x4', 'f32'] as const) {
      const y = new Float32Array(x.length)
      runKernel(unaryKernel(fn, type, x.length & -4), { x, y }, variant)
      let worst = { error: -1, x: 0, actual: 0, expected: 0 }
      for (let i = 0; i < (x.length & -4); i++) {
        const expected = reference(x[i]!)
        const error = fn === 'sigmoid' && expected === 0 && y[i]! < 2 ** -124 ? 0 : distance(y[i]!, expected)
        if (!(error <= worst.error)) worst = { error, x: x[i]!, actual: y[i]!, expected }
      }
      expect(worst.error, JSON.stringify({ ...worst, x: String(worst.x), type })).toBeLessThanOrEqual(bound)
    }
  })
})

test.each(variants)('%s: tanh and erf are odd and never past 1', (variant) => {
  const x = Float32Array.from({ length: 400_000 }, (_, i) => 2.5 + i * 2e-5)
  for (const fn of ['tanh', 'erf'] as const) {
    const [y, mirrored] = [new Float32Array(x.length), new Float32Array(x.length)]
    runKernel(unaryKernel(fn, 'f32x4', x.length), { x, y }, variant)
    runKernel(unaryKernel(fn, 'f32x4', x.length), { x: x.map((value) => -value), y: mirrored }, variant)
    expect(y.reduce((a, b) => Math.max(a, b))).toBe(1)
    expect(mirrored.every((value, i) => value === -y[i]!)).toBe(true)
    expect(y.at(-1)).toBe(1)
  }
})

const negated = (x: LoopExpr): LoopExpr => unary('neg', unary('abs', x))
/** Half a unit of the smallest normal number, for results that lose their last bits there. */
const tiny = 1.2e-38

// In vectors these are computed together with what is around the function (kernels/inlineMath.ts).
const forms: readonly (readonly [string, number, (x: LoopExpr) => LoopExpr, (x: number) => number])[] = [
  ['exp(-|x|)', 2, (x) => unary('exp', negated(x)), (x) => Math.exp(-Math.abs(x))],
  ['exp(-|x|) + 1', 2, (x) => add(unary('exp', negated(x)), 1), (x) => Math.exp(-Math.abs(x)) + 1],
  ['exp(-|x|) + 0.001', 3, (x) => add(unary('exp', negated(x)), 0.001), (x) => Math.exp(-Math.abs(x)) + Math.fround(0.001)],
  ['exp(-max(x, 0)) + 1', 2, (x) => add(unary('exp', unary('neg', binary('pmax', x, 0))), 1), (x) => Math.exp(-Math.max(x, 0)) + 1],
  ['erf(x / 2)', 6, (x) => unary('erf', mul(x, 0.5)), (x) => erf(x / 2)],
  ['erf(-x sqrt(2))', 6, (x) => unary('erf', mul(x, -Math.SQRT2)), (x) => erf(x * Math.fround(-Math.SQRT2))],
  ['tanh(2 x)', 6, (x) => unary('tanh', mul(x, 2)), (x) => Math.tanh(2 * x)],
  ['tanh(x / 16)', 6, (x) => unary('tanh', mul(x, 1 / 16)), (x) => Math.tanh(x / 16)],
  ['tanh(x / 1000)', 6, (x) => unary('tanh', mul(x, 1 / 1000)), (x) => Math.tanh(x * Math.fround(1 / 1000))],
  ['3 sigmoid(x)', 4, (x) => mul(constantOf(x.type, 3), unary('sigmoid', x)), (x) => (x < -87 ? 0 : 3 * sigmoid(x))],
  [
    'sigmoid(x) sigmoid(-x)',
    8,
    (x) => mul(unary('sigmoid', x), unary('sigmoid', unary('neg', x))),
    (x) => (Math.abs(x) >= 86 ? 0 : sigmoid(x) * sigmoid(-x)),
  ],
]

describe.each(variants)('%s', (variant) => {
  test.each(forms)('%s is within %d ULP', (_, bound, form, reference) => {
    const x = sampleFloats()
    const y = new Float32Array(x.length)
    runKernel(mapKernel('f32x4', x.length & -4, form), { x, y }, variant)
    for (let i = 0; i < (x.length & -4); i++) {
      const expected = reference(x[i]!)
      if (Math.abs(expected) < tiny && Math.abs(y[i]!) < 1e-37) continue
      if (!(distance(y[i]!, expected) <= bound)) expect.fail(`at ${x[i]} it is ${y[i]}, not ${expected}`)
    }
  })

  test('gelu and silu follow their formulas, at infinity too', () => {
    const x = sampleFloats()
    const y = new Float32Array(x.length)
    const run = (form: (x: LoopExpr) => LoopExpr): Float32Array => {
      runKernel(mapKernel('f32x4', x.length & -4, form), { x, y }, variant)
      return y
    }
    const near = (actual: number, value: number, expected: number): boolean =>
      Number.isNaN(expected) ? Number.isNaN(actual) : actual === expected || Math.abs(actual - expected) <= 4e-7 * Math.abs(value)
    const gelu = run((value) => mul(mul(value, 0.5), add(unary('erf', mul(value, Math.SQRT1_2)), 1)))
    for (let i = 0; i < (x.length & -4); i++) {
      const expected = Math.fround(x[i]! * 0.5 * (1 + erf(x[i]! * Math.SQRT1_2)))
      if (!near(gelu[i]!, x[i]!, expected)) expect.fail(`gelu(${x[i]}) is ${gelu[i]}, not ${expected}`)
    }
    const silu = run((value) => mul(value, unary('sigmoid', value)))
    for (let i = 0; i < (x.length & -4); i++) {
      const expected = Math.fround(x[i]! * (x[i]! < -87 ? 0 : sigmoid(x[i]!)))
      if (!near(silu[i]!, x[i]!, expected)) expect.fail(`silu(${x[i]}) is ${silu[i]}, not ${expected}`)
    }
  })
})

const two = (fn: LoopBinary, type: LoopType, a: readonly number[], b: readonly number[]): number[] => {
  const make = type === 'f32' ? Float32Array : Int32Array
  const y = new make(a.length)
  const i = variable('i', 'i32')
  const element = type === 'f32' ? 'f32' : 'i32'
  const value: LoopExpr = binary(fn, load(element, 'a', i), load(element, 'b', i))
  const kernel: KernelFunction = {
    name: fn,
    params: [
      { p: 'buffer', name: 'a', element, access: 'read' },
      { p: 'buffer', name: 'b', element, access: 'read' },
      { p: 'buffer', name: 'y', element, access: 'write' },
    ],
    body: [forLoop('i', i32(0), i32(a.length), 1, [store('y', i, value)])],
  }
  runKernel(kernel, { a: make.from(a), b: make.from(b), y }, 'simd')
  return [...y]
}

const grid = [
  -1e30,
  -7.5,
  -3,
  -2,
  -1,
  -0.5,
  -0,
  0,
  1e-20,
  0.5,
  1,
  2,
  2.5,
  3,
  7,
  1e10,
  3e38,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
]
const pairs = grid.flatMap((a) => grid.map((b) => [Math.fround(a), Math.fround(b)] as const))

test('pow agrees with C99 powf', () => {
  const actual = two(
    'pow',
    'f32',
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
  )
  pairs.forEach(([a, b], i) => {
    // JavaScript differs from C in 1 ** NaN and (+-1) ** +-Infinity.
    const expected = a === 1 || b === 0 ? 1 : a === -1 && !Number.isFinite(b) && !Number.isNaN(b) ? 1 : a ** b
    expect(distance(actual[i]!, expected), `${a} ** ${b} = ${actual[i]}, not ${expected}`).toBeLessThanOrEqual(1)
  })
})

test('atan2 agrees with Math.atan2', () => {
  const actual = two(
    'atan2',
    'f32',
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
  )
  pairs.forEach(([a, b], i) => {
    expect(distance(actual[i]!, Math.atan2(a, b)), `atan2(${a}, ${b}) = ${actual[i]}`).toBeLessThanOrEqual(1)
  })
})

test('fmod is exact', () => {
  const actual = two(
    'fmod',
    'f32',
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
  )
  pairs.forEach(([a, b], i) => {
    expect(actual[i], `${a} % ${b}`).toEqual(a % b)
  })
})

test('integer division floors and powers wrap', () => {
  const a = [7, -7, 7, -7, 6, -6, 0, 3, 2]
  const b = [2, 2, -2, -2, 3, 3, 5, 20, 31]
  expect(two('floordiv', 'i32', a, b)).toEqual(a.map((x, i) => Math.floor(x / b[i]!) + 0))
  expect(two('floormod', 'i32', a, b)).toEqual(a.map((x, i) => x - b[i]! * Math.floor(x / b[i]!)))
  expect(two('pow', 'i32', [3, 2, -2, 5, 2, -1], [4, 30, 3, 0, -1, -3])).toEqual([81, 2 ** 30, -8, 1, 0, -1])
})
