/**
 * The benchmark models on WebGPU in Node against PyTorch's results, with fixed sizes and with a symbolic batch of two; prints error, time of the first call
 * and dispatches of each. `MODELS=resnet18` chooses others than those that a software device runs in seconds.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import { ready, type Tensor } from '../../src/runtime/index.ts'
import { compileFile } from '../compile/compileFile.ts'
import {
  chooseModels,
  difference,
  doubledDifference,
  doubledInputsOf,
  hasSymbolicBatch,
  inputsOf,
  modelFile,
  staticModelFile,
} from '../support/benchModels.ts'
import { useSwiftShader } from './useSwiftShader.ts'

const names = chooseModels(['mlp', 'digits', 'matmul512', 'pointwise1m', 'lstm', 'unet128', 'mobilenet_v2', 'minilm128'])

beforeAll(useSwiftShader)

interface Run {
  readonly results: readonly Float32Array[]
  readonly milliseconds: number
  readonly dispatches: number
}

async function run(file: string, inputs: readonly Tensor[]): Promise<Run> {
  const { call, callable, programs } = await compileFile(file, { targets: ['webgpu'], verify: 'ends' })
  await ready(callable('model') as never, { device: 'webgpu' })
  const start = performance.now()
  const results: Float32Array[] = []
  for (const result of [call('model', ...inputs)].flat() as Tensor[]) results.push((await result.data()) as Float32Array)
  return { results, milliseconds: performance.now() - start, dispatches: dispatchesOf(programs.get('model')!) }
}

const dispatchesOf = (program: CompiledProgram): number => program.gpu!.manifest.match(/grid/g)!.length

const report = (name: string, form: string, error: number, { milliseconds, dispatches }: Run): void =>
  console.log(`${name}, ${form}: error ${error.toExponential(1)}, ${milliseconds.toFixed(0)} ms, ${dispatches} dispatches`)

describe.each(names)(
  '%s',
  (name) => {
    test('fixed sizes', async () => {
      const result = await run(staticModelFile(name), inputsOf(name))
      const error = difference(name, result.results)
      report(name, 'fixed', error, result)
      expect(error).toBeLessThan(1e-4)
      if (name === 'digits') expect(result.dispatches).toBeLessThanOrEqual(8)
    })

    test('symbolic sizes', async () => {
      const twice = hasSymbolicBatch(name)
      const result = await run(modelFile(name), twice ? doubledInputsOf(name) : inputsOf(name))
      const error = twice ? doubledDifference(name, result.results) : difference(name, result.results)
      report(name, 'symbolic', error, result)
      expect(error).toBeLessThan(1e-4)
    })
  },
  240_000,
)
