/** Programs compiled for WebGPU and run in Node: the digits network against PyTorch's recorded results, and what a device asks of callers. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { GpuTensor, getDevice } from '../../src/gpu/index.ts'
import { ready } from '../../src/runtime/index.ts'
import { decodeEntry, readSafetensors } from '../../src/runtime/safetensors.ts'
import { type Tensor, tensor } from '../../src/runtime/tensor.ts'
import { compileFile } from '../compile/compileFile.ts'
import { useSwiftShader } from './useSwiftShader.ts'

const recorded = readSafetensors(new Uint8Array(readFileSync(new URL('../data/digits.expected.safetensors', import.meta.url))))
const [images, logits] = ['images', 'logits'].map((name) => decodeEntry(recorded.tensors.get(name)!))
const model = new URL('../../examples/node-app/src/digits.ts', import.meta.url).pathname
const batch = (count: number): Tensor => tensor(images!.data.slice(0, count * 784), { dtype: 'uint8', shape: [count, 1, 28, 28] })

beforeAll(useSwiftShader)

describe.each([true, false])('digits on WebGPU, optimized: %s', (optimize) => {
  const file = compileFile(model, { optimize, targets: ['wasm', 'webgpu'] })

  test.each([1, 5])('scores of a batch of %i are those of PyTorch', async (count) => {
    const { call, callable } = await file
    await ready(callable('score'), { device: 'webgpu' })
    const result = call('score', batch(count)) as Tensor
    expect(result).toBeInstanceOf(GpuTensor)
    const values = await result.data()
    const errors = Array.from(values, (value, i) => Math.abs(value - (logits!.data[i] as number)))
    expect(errors).toHaveLength(count * 10)
    expect(Math.max(...errors)).toBeLessThan(1e-4)
  })

  test('a value that is asked for at once is refused, and comes when awaited', async () => {
    const { call, callable } = await file
    await ready(callable('classify'), { device: 'webgpu' })
    const result = call('classify', tensor(images!.data.slice(0, 784), { dtype: 'uint8', shape: [28, 28] })) as Tensor
    expect(() => result.item()).toThrow(/await y\.data\(\)/)
    expect(() => result.dataSync()).toThrow(/WebGPU device/)
    const first = Array.from(logits!.data.slice(0, 10))
    expect((await result.data())[0]).toBe(first.indexOf(Math.max(...first)))
    expect(result.item()).toBe(first.indexOf(Math.max(...first)))
  })

  test('the same program runs on wasm again when asked', async () => {
    const { call, callable } = await file
    await ready(callable('score'), { device: 'wasm' })
    const result = call('score', batch(1)) as Tensor
    expect(Math.max(...result.dataSync().map((value, i) => Math.abs(value - (logits!.data[i] as number))))).toBeLessThan(1e-4)
  })
})

test('buffers of results that are no longer held serve those to come', async () => {
  const { call, callable } = await compileFile(model, { targets: ['wasm', 'webgpu'] })
  await ready(callable('score'), { device: 'webgpu' })
  const device = await getDevice()
  const score = async (): Promise<readonly number[]> => {
    const result = call('score', batch(2)) as GpuTensor
    const values = [...(await result.data())]
    result[Symbol.dispose]()
    expect([...result.dataSync()]).toEqual(values)
    expect(() => result.buffer).toThrow(/disposed/)
    return values
  }
  const first = await score()
  const made = vi.spyOn(device, 'createBuffer')
  for (let i = 0; i < 3; i++) expect(await score()).toEqual(first)
  expect(made).not.toHaveBeenCalled()
  made.mockRestore()
})

test('a program without WebGPU says how to get it', async () => {
  const { callable } = await compileFile(model)
  await expect(ready(callable('score'), { device: 'webgpu' })).rejects.toThrow(/add 'webgpu' to the plugin's targets/)
})

test('at most eight dispatches for the network', async () => {
  const { programs } = await compileFile(model, { targets: ['webgpu'] })
  const { wgsl } = programs.get('score')!.gpu!
  expect(wgsl.match(/@compute/g)!.length).toBeLessThanOrEqual(8)
})
