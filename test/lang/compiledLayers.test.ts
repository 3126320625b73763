/** The layers of nn compile from their own source text, and the compiled programs equal the eager run. */
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Tensor, torch } from '../../src/index.ts'
import { type CompiledFile, compileFile } from '../compile/compileFile.ts'

const file = fileURLToPath(new URL('./project/layers.ts', import.meta.url))

describe('layers of nn', () => {
  let compiled: CompiledFile
  let eager: Readonly<Record<string, (x: Tensor) => Tensor>>

  beforeAll(async () => {
    compiled = await compileFile(file)
    // The build seeds the generator before it makes the instances.
    torch.manualSeed(0)
    eager = (await import('./project/layers.ts')) as unknown as typeof eager
  }, 120_000)

  it.each([
    ['oneStep', () => torch.randn([2, 5, 3])],
    ['vector', () => torch.randn([3, 8])],
    ['image', () => torch.randn([2, 2, 10, 10])],
    ['sequence', () => torch.randint(10, [2, 8])],
    ['literals', () => torch.randn([3])],
  ] as const)('%s', (name, sample) => {
    const input = sample()
    const [actual, expected] = [compiled.call(name, input) as Tensor, eager[name]!(input)]
    expect(actual.shape).toEqual(expected.shape)
    const values = actual.dataSync()
    expected.dataSync().forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 4)
    })
  })
})
