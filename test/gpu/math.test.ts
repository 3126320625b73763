/** Math functions of WGSL against double precision, and the values that float arithmetic has for what is not a number or has no end. */
import { beforeAll, describe, expect, test } from 'vitest'
import { emitKernel } from '../../src/compiler/codegen/wgsl/emitKernel.ts'
import { preludeFor } from '../../src/compiler/codegen/wgsl/prelude.ts'
import type { KernelFunction, LoopExpr, LoopUnary } from '../../src/compiler/kernels/loop.ts'
import { binary, i32, load, store, unary, variable } from '../../src/compiler/kernels/loopCode.ts'
import { GpuProgram, getDevice, readBuffer } from '../../src/gpu/index.ts'
import { digamma, erf, erfc, erfinv, lgamma } from '../../src/ops/reference/special.ts'
import { useSwiftShader } from './useSwiftShader.ts'

beforeAll(useSwiftShader)

/** y[i] = value(x[i], z[i]). */
async function evaluate(value: (x: LoopExpr, z: LoopExpr) => LoopExpr, x: Float32Array, z: Float32Array = x): Promise<Float32Array> {
  const g = variable('g', 'i32')
  const kernel: KernelFunction = {
    name: 'f',
    params: [
      { p: 'buffer', name: 'x', element: 'f32', access: 'read' },
      { p: 'buffer', name: 'z', element: 'f32', access: 'read' },
      { p: 'buffer', name: 'y', element: 'f32', access: 'write' },
    ],
    body: [
      {
        t: 'for',
        name: 'g',
        start: i32(0),
        end: i32(x.length),
        step: 1,
        bind: 'workgroup.x',
        body: [store('y', g, value(load('f32', 'x', g), load('f32', 'z', g)))],
      },
    ],
  }
  const { text, helpers } = emitKernel(kernel, 'k')
  const device = await getDevice()
  const bytes = x.byteLength
  const program = await GpuProgram.create(
    device,
    preludeFor(helpers) + text,
    {
      kernels: [{ entry: 'k', scalars: '', writes: [false, false, true] }],
      weights: [],
      segments: [
        () => ({
          slots: [bytes, bytes, bytes],
          inputs: [0, 1],
          outputs: [2],
          calls: [{ kernel: 0, grid: [x.length, 1, 1], buffers: [0, 1, 2], offsets: [0, 0, 0], scalars: [] }],
        }),
      ],
    },
    new Uint8Array(0),
  )
  const [y] = program.run(0, [x, z], [])
  return (await readBuffer(device, y!, 'f32', x.length)) as Float32Array
}

const functions: { readonly [F in LoopUnary]?: (x: number) => number } = {
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
}

/** Reductions by pi in float32 are for small arguments. */
const periodic: ReadonlySet<string> = new Set(['sin', 'cos', 'tan', 'lgamma', 'digamma'])

/** As PyTorch compares float32: 1.3e-6 of the value and 1e-5. */
const differs = (value: number, wanted: number): boolean =>
  Number.isFinite(Math.fround(wanted))
    ? !(Math.abs(value - wanted) <= 1e-5 + 1.3e-6 * Math.abs(wanted))
    : !Object.is(value, Math.fround(wanted))

describe('unary functions', () => {
  test.each(Object.entries(functions))('%s', async (fn, reference) => {
    const dense = Array.from({ length: 1600 }, (_, i) => (i - 800) / 64 + (i % 3) * 1e-3)
    const apart = [1e-30, 1e-10, 1e-5, 0.999, 30, 50, 85, ...(periodic.has(fn) ? [] : [1e3, 1e6, 1e12, 1e20, 1e30])]
    const x = Float32Array.from([...dense, ...apart, ...apart.map((value) => -value)])
    const y = await evaluate((a) => unary(fn as LoopUnary, a), x)
    const wrong = [...x].flatMap((argument, i) => {
      const wanted = reference(argument)
      return differs(y[i]!, wanted) ? [`${argument}: ${y[i]}, expected ${wanted}`] : []
    })
    expect(wrong.slice(0, 3)).toEqual([])
  })

  test.each(['exp', 'log', 'tanh', 'erf', 'sigmoid', 'log1p', 'lgamma'] as const)('%s of what has no end, and of NaN', async (fn) => {
    const x = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0)
    const y = await evaluate((a) => unary(fn, a), x)
    expect([...y]).toEqual([...x].map((argument) => functions[fn]!(argument)))
  })
})

test('whole powers are exact, others within float32', async () => {
  const bases = [10, 10, 3, -2, -2, 2, 2, 0, -1.5, 5, 10]
  const exponents = [2, 0, 10, 3, 10, -3, 0.5, 0, 2, -1, -2]
  const y = await evaluate((a, b) => binary('pow', a, b), Float32Array.from(bases), Float32Array.from(exponents))
  for (const [i, value] of y.entries()) {
    const wanted = bases[i]! ** exponents[i]!
    if (exponents[i]! % 1 === 0) expect(value).toBe(Math.fround(wanted))
    else expect(value).toBeCloseTo(wanted, 6)
  }
})

test('atan2 in all directions', async () => {
  const values = [0, -0, 1, -2, 0.001, -1e30, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const pairs = values.flatMap((y) => values.map((x) => [y, x] as const))
  const angles = await evaluate(
    (y, x) => binary('atan2', y, x),
    Float32Array.from(pairs, ([y]) => y),
    Float32Array.from(pairs, ([, x]) => x),
  )
  for (const [i, [y, x]] of pairs.entries()) expect(angles[i], `${y}, ${x}`).toBeCloseTo(Math.atan2(y, x), 5)
})
