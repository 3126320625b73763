/** Programs that need values before they end: through `async` on a device as at once on wasm; a plain call there says how. */
import { beforeAll, describe, expect, test } from 'vitest'
import { ready } from '../../src/runtime/index.ts'
import { type Tensor, tensor } from '../../src/runtime/tensor.ts'
import { compileFile } from '../compile/compileFile.ts'
import { useSwiftShader } from './useSwiftShader.ts'

beforeAll(useSwiftShader)

const row = (...values: number[]): Tensor => tensor(values, { dtype: 'float32', shape: [values.length] })

/** Worked out by hand. */
const cases: { readonly [name: string]: { readonly inputs: readonly Tensor[]; readonly result: readonly number[] } } = {
  root: { inputs: [row(4, 9, 0.25)], result: [2, 3, 0.5] },
  positive: { inputs: [row(1, -2, 0, 3, -1)], result: [2, 6] },
  choose: { inputs: [row(1, 2), row(1, 3)], result: [-2, -4] },
  pieces: { inputs: [row(3, -1)], result: [12, 0] },
}

describe.each([true, false])('optimized: %s', (optimize) => {
  const file = compileFile(new URL('waiting.ts', import.meta.url).pathname, { optimize, targets: ['wasm', 'webgpu'] })

  test.each(Object.keys(cases))('%s', async (name) => {
    const { call, callable } = await file
    const { inputs, result } = cases[name]!
    const f = callable(name) as { async(...inputs: readonly Tensor[]): Promise<Tensor> }
    await ready(f, { device: 'webgpu' })
    expect(() => call(name, ...inputs)).toThrow(/await f\.async/)
    const given = await f.async(...inputs)
    const values = [...(await given.data())]
    expect(values).toHaveLength(result.length)
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(result[i]!, 3)
    await ready(f, { device: 'wasm' })
    expect((call(name, ...inputs) as Tensor).dataSync()).toEqual(given.dataSync())
    expect((await f.async(...inputs)).device).toBe('cpu')
  })

  test('a program that does not wait is not printed twice', async () => {
    const { programs } = await file
    expect(programs.get('root')!.gpu!.asynchronous).toMatch(/^async .*await/s)
    const digits = await compileFile(new URL('../../examples/node-app/src/digits.ts', import.meta.url).pathname, { targets: ['webgpu'] })
    expect(digits.programs.get('score')!.gpu!.asynchronous).toBeNull()
  })
})
