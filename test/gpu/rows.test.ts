/** Rows in threads of their own give what wasm gives, row after row: more rows than a workgroup has threads, and equal places in scatters. */
import { beforeAll, describe, expect, test } from 'vitest'
import { ready } from '../../src/runtime/index.ts'
import { type Tensor, tensor } from '../../src/runtime/tensor.ts'
import { compileFile } from '../compile/compileFile.ts'
import { useSwiftShader } from './useSwiftShader.ts'

beforeAll(useSwiftShader)

const block = (a: number, b: number, c: number, step: number): Tensor =>
  tensor(
    Float32Array.from({ length: a * b * c }, (_, i) => ((i * step) % 97) - 48),
    { dtype: 'float32', shape: [a, b, c] },
  )
const [x, y] = [block(9, 11, 13, 31), block(7, 11, 13, 53)]
/** Many fall on one place. */
const at = tensor(
  Int32Array.from({ length: 6 * 11 * 13 }, (_, i) => (i * i) % 5),
  { dtype: 'int64', shape: [6, 11, 13] },
)

describe('as on wasm', () => {
  const file = compileFile(new URL('rows.ts', import.meta.url).pathname, { targets: ['wasm', 'webgpu'] })

  test.each(['sorted', 'largest', 'sums', 'extremes', 'added', 'means'])('%s', async (name) => {
    const { call, callable } = await file
    const inputs = name === 'added' || name === 'means' ? [x, at, y] : [x]
    await ready(callable(name), { device: 'wasm' })
    const expected = [call(name, ...inputs)].flat() as Tensor[]
    await ready(callable(name), { device: 'webgpu' })
    const given = [call(name, ...inputs)].flat() as Tensor[]
    expect(given.length).toBe(expected.length)
    for (const [i, result] of given.entries()) {
      expect(result.device).toBe('webgpu')
      expect(await result.data()).toEqual(expected[i]!.dataSync())
    }
  })

  test('what a scatter has no place for is left out', async () => {
    const { call, callable } = await file
    await ready(callable('added'), { device: 'webgpu' })
    const outside = tensor(new Int32Array(at.numel()).fill(100), { dtype: 'int64', shape: at.shape })
    expect(await (call('added', x, outside, y) as Tensor).data()).toEqual(x.dataSync())
  })
})
