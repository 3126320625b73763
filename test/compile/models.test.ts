/**
 * The benchmark models, compiled, against the results that PyTorch gave for the same weights and inputs (made by rule, bench/models).
 * `MODELS=resnet18,minilm128` chooses; by default those that are quick to build.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { writeWeights } from '../../bench/models/writeWeights.ts'
import { zoo } from '../../bench/models/zoo.ts'
import { decodeEntry, readSafetensors } from '../../src/runtime/safetensors.ts'
import { type Tensor, tensor } from '../../src/runtime/tensor.ts'
import { compileFile } from './compileFile.ts'

const file = (path: string): string => fileURLToPath(new URL(`../../bench/${path}`, import.meta.url))
const recorded = readSafetensors(readFileSync(file('data/expected.safetensors')))
const names = process.env.MODELS?.split(',') ?? ['mlp', 'digits', 'lstm', 'mobilenet_v2']

test.each(names)(
  '%s',
  async (name) => {
    writeWeights([name])
    const { call } = await compileFile(file(`models/${name}.ts`), { verify: 'ends' })
    const inputs = zoo[name]!().map(({ data, dtype, shape }) => tensor(data, { dtype, shape }))
    const results = [call('model', ...inputs)].flat() as readonly Tensor[]
    for (const [i, result] of results.entries()) {
      // Large results are recorded every k-th element.
      const key = `${name}/y${i}`
      const stride = Number(recorded.metadata[`${key}/stride`] ?? 1)
      const expected = Array.from(decodeEntry(recorded.tensors.get(key)!).data)
      const data = result.dataSync()
      expect(Math.ceil(data.length / stride)).toBe(expected.length)
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      const worst = expected.reduce((most, value, at) => Math.max(most, Math.abs(value - data[at * stride]!)), 0)
      expect(worst).toBeLessThan(1e-4 * largest)
    }
  },
  120_000,
)
