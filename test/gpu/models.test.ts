/**
 * Benchmark models on WebGPU in Node against PyTorch's results, and how many dispatches each takes. `MODELS=resnet18` chooses others than those that a software
 * device runs in seconds.
 */
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { differenceFromExpected } from '../../bench/expected.ts'
import { writeWeights } from '../../bench/models/writeWeights.ts'
import { zoo } from '../../bench/models/zoo.ts'
import { ready, type Tensor, tensor } from '../../src/runtime/index.ts'
import { compileFile } from '../compile/compileFile.ts'
import { useSwiftShader } from './useSwiftShader.ts'

const names = process.env.MODELS?.split(',') ?? ['mlp', 'digits', 'lstm', 'mobilenet_v2', 'minilm128']

beforeAll(useSwiftShader)

test.each(names)(
  '%s',
  async (name) => {
    writeWeights([name])
    const { call, callable, programs } = await compileFile(fileURLToPath(new URL(`../../bench/models/${name}.ts`, import.meta.url)), {
      targets: ['webgpu'],
      verify: 'ends',
    })
    await ready(callable('model') as never, { device: 'webgpu' })
    const inputs = zoo[name]!().map(({ data, dtype, shape }) => tensor(data, { dtype, shape }))
    const [result] = [call('model', ...inputs)].flat() as Tensor[]
    expect(differenceFromExpected(name, await result!.data())).toBeLessThan(1e-4)
    const dispatches = programs.get('model')!.gpu!.manifest.match(/grid/g)!.length
    console.log(`${name}: ${dispatches} dispatches`)
    if (name === 'digits') expect(dispatches).toBeLessThanOrEqual(8)
  },
  240_000,
)
