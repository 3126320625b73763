/** The digits network, compiled as the example has it: against the results that PyTorch recorded, optimizer on and off. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeEntry, readSafetensors } from '../../src/runtime/safetensors.ts'
import { type Tensor, tensor } from '../../src/runtime/tensor.ts'
import { compileFile } from './compileFile.ts'

const recorded = readSafetensors(new Uint8Array(readFileSync(new URL('../data/digits.expected.safetensors', import.meta.url))))
const [images, logits, labels] = ['images', 'logits', 'labels'].map((name) => decodeEntry(recorded.tensors.get(name)!))
const model = new URL('../../examples/node-app/src/digits.ts', import.meta.url).pathname

describe.each([
  ['optimized', true],
  ['unoptimized', false],
] as const)('digits, %s', (_, optimize) => {
  const file = compileFile(model, { optimize })
  const some = optimize ? 256 : 16

  test('scores are those of PyTorch', async () => {
    const { call } = await file
    const result = call('score', tensor(images!.data.slice(0, some * 784), { dtype: 'uint8', shape: [some, 1, 28, 28] })) as Tensor
    expect(result.shape).toEqual([some, 10])
    const errors = result.dataSync().map((value, i) => Math.abs(value - (logits!.data[i] as number)))
    expect(Math.max(...errors)).toBeLessThan(1e-4)
  })

  test('the class of single images', async () => {
    const { call } = await file
    let right = 0
    for (let i = 0; i < some; i++) {
      const pixels = tensor(images!.data.slice(i * 784, (i + 1) * 784), { dtype: 'uint8', shape: [28, 28] })
      const best = (call('classify', pixels) as Tensor).dataSync()[0]
      const expected = logits!.data.slice(i * 10, i * 10 + 10)
      expect(best).toBe(expected.indexOf(Math.max(...expected)))
      if (best === labels!.data[i]) right++
    }
    expect(right / some).toBeGreaterThan(0.98)
  })
})

test('one kernel a layer', async () => {
  const { programs } = await compileFile(model)
  const { report } = programs.get('classify')!
  expect(report.segments).toBe(1)
  // The second convolution is three kernels: Winograd's transforms around a product.
  expect(report.kernels).toBeLessThanOrEqual(14)
  expect(report.flops).toBeGreaterThan(1_500_000)
})

test('the same bytes every time', async () => {
  const [first, second] = await Promise.all([compileFile(model), compileFile(model)])
  for (const [name, program] of first.programs) {
    const other = second.programs.get(name)!
    expect(other.manifest).toEqual(program.manifest)
    expect(other.javascript).toBe(program.javascript)
    expect(other.wasm).toEqual(program.wasm)
    expect(other.weights).toEqual(program.weights)
  }
})
