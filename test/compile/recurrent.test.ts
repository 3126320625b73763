/** Recurrent layers with symbolic steps and batch: compiled, optimized and not, on wasm and WebGPU, equal the eager run. */
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Tensor, torch } from '../../src/index.ts'
import { ready } from '../../src/runtime/index.ts'
import { useSwiftShader } from '../gpu/useSwiftShader.ts'
import { type CompiledFile, compileFile } from './compileFile.ts'

const file = fileURLToPath(new URL('../lang/project/recurrent.ts', import.meta.url))
const cases = [
  ['memory', () => [torch.randn([7, 1, 3])]],
  ['memory', () => [torch.randn([3, 5, 3])]],
  ['gated', () => [torch.randn([1, 4, 3]), torch.randn([1, 1, 9])]],
  ['gated', () => [torch.randn([6, 2, 3]), torch.randn([1, 6, 9])]],
  ['plain', () => [torch.randn([5, 3])]],
] as const

let eager: Readonly<Record<string, (...inputs: readonly Tensor[]) => readonly Tensor[]>>

beforeAll(async () => {
  useSwiftShader()
  // The build seeds the generator before it makes the instances.
  torch.manualSeed(0)
  eager = (await import('../lang/project/recurrent.ts')) as unknown as typeof eager
})

describe.each(['wasm', 'webgpu'] as const)('on %s', (device) => {
  describe.each([true, false])('optimized: %s', (optimize) => {
    let compiled: CompiledFile
    beforeAll(async () => {
      compiled = await compileFile(file, { optimize, targets: ['wasm', 'webgpu'] })
    }, 120_000)

    it.each(cases)('%s', async (name, sample) => {
      await ready(compiled.callable(name) as Parameters<typeof ready>[0], { device })
      const inputs = sample()
      const actual = compiled.call(name, ...inputs) as readonly Tensor[]
      const expected = eager[name]!(...inputs)
      expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape))
      for (const [i, tensor] of actual.entries()) {
        const values = await tensor.data()
        for (const [k, value] of expected[i]!.dataSync().entries()) expect(values[k]).toBeCloseTo(value, 4)
      }
    })
  })
})
