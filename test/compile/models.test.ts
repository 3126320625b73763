/**
 * The benchmark models (bench/models) against the results that PyTorch gave for the same weights and inputs: uncompiled, and compiled in every variant, with a
 * batch that is symbolic or fixed. `MODELS=resnet18,minilm128` chooses some.
 */
import { describe, expect, test } from 'vitest'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import * as gpu from '../../src/gpu/index.ts'
import * as runtime from '../../src/runtime/index.ts'
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
import { compileFile } from './compileFile.ts'

const resultsOf = (value: unknown): readonly Float32Array[] =>
  ([value].flat() as runtime.Tensor[]).map((result) => result.dataSync() as Float32Array)

async function run(program: CompiledProgram, inputs: readonly runtime.Tensor[]): Promise<readonly Float32Array[]> {
  const [call] = await instantiatePrograms([program], runtime, gpu)
  return resultsOf(call!(...inputs))
}

describe.each(chooseModels())(
  '%s',
  (name) => {
    const compiled = compileFile(modelFile(name), { verify: 'ends' }).then(({ programs }) => programs.get('model')!)

    test('uncompiled', async () => {
      const { model } = await import(modelFile(name))
      expect(difference(name, resultsOf(model(...inputsOf(name))))).toBeLessThan(1e-4)
    })

    test.each(['simd', 'relaxed'] as const)('compiled, variant %s', async (variant) => {
      const program = await compiled
      const code = program.wasm![variant]
      const result = await run({ ...program, wasm: { simd: code, relaxed: code } }, inputsOf(name))
      expect(difference(name, result)).toBeLessThan(1e-4)
    })

    test('compiled, exact', async () => {
      const { programs } = await compileFile(modelFile(name), { verify: 'ends', exact: true })
      expect(difference(name, await run(programs.get('model')!, inputsOf(name)))).toBeLessThan(1e-4)
    })

    test('fixed sizes', async () => {
      const { programs } = await compileFile(staticModelFile(name), { verify: 'ends' })
      expect(difference(name, await run(programs.get('model')!, inputsOf(name)))).toBeLessThan(1e-4)
    })

    test.runIf(hasSymbolicBatch(name))('a symbolic batch of two', async () => {
      expect(doubledDifference(name, await run(await compiled, doubledInputsOf(name)))).toBeLessThan(1e-4)
    })
  },
  240_000,
)
