/** State between calls on a device: as on wasm, call after call. */
import { beforeAll, expect, test } from 'vitest'
import { ready } from '../../src/runtime/index.ts'
import { type Tensor, tensor } from '../../src/runtime/tensor.ts'
import { compileFile } from '../compile/compileFile.ts'
import { useSwiftShader } from './useSwiftShader.ts'

beforeAll(useSwiftShader)

const row = (...values: number[]): Tensor => tensor(values, { dtype: 'float32', shape: [values.length] })

const inputs = [
  [row(1, 2), row(3, 4)],
  [row(0.5, -1), row(-3, 1)],
  [row(2, 0), row(1, 1)],
] as const

test.each([true, false])('a cache of keys and values, optimized: %s', async (optimize) => {
  const path = new URL('state.ts', import.meta.url).pathname
  // By PyTorch.
  const expected = [
    [4.5, 6.5],
    [-1.38948, 1.43026],
    [3.68535, 1.467586],
  ]
  for (const device of ['wasm', 'webgpu'] as const) {
    const { callable } = await compileFile(path, { optimize, targets: ['wasm', 'webgpu'] })
    const f = callable('attention') as { async(...inputs: readonly Tensor[]): Promise<Tensor> }
    await ready(f, { device })
    for (const [i, [q, v]] of inputs.entries()) {
      const values = await (await f.async(q, v)).data()
      for (const [k, value] of values.entries()) expect(value, `${device}, call ${i}`).toBeCloseTo(expected[i]![k]!, 4)
    }
  }
})
