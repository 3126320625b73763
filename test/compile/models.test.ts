/**
 * The benchmark models (bench/models) against the results that PyTorch gave for the same weights and inputs: uncompiled, and compiled in every variant, with a
 * batch that is symbolic or fixed. `MODELS=resnet18,minilm128` chooses some.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { differenceFromExpected } from '../../bench/expected.ts'
import { writeWeights } from '../../bench/models/writeWeights.ts'
import { type ModelInput, zoo } from '../../bench/models/zoo.ts'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import * as gpu from '../../src/gpu/index.ts'
import * as runtime from '../../src/runtime/index.ts'
import { compileFile } from './compileFile.ts'

const path = (name: string): string => fileURLToPath(new URL(`../../bench/${name}`, import.meta.url))
const names = process.env.MODELS?.split(',') ?? Object.keys(zoo)
writeWeights(names)

const inputsOf = (name: string): readonly runtime.Tensor[] =>
  zoo[name]!().map(({ data, dtype, shape }) => runtime.tensor(data, { dtype, shape }))
const resultsOf = (value: unknown): readonly Float32Array[] =>
  ([value].flat() as runtime.Tensor[]).map((result) => result.dataSync() as Float32Array)
/** Of the output that is furthest from PyTorch's. */
const difference = (name: string, results: readonly Float32Array[]): number =>
  Math.max(...results.map((result, i) => differenceFromExpected(name, result, i)))

async function run(program: CompiledProgram, inputs: readonly runtime.Tensor[]): Promise<readonly Float32Array[]> {
  const [call] = await instantiatePrograms([program], runtime, gpu)
  return resultsOf(call!(...inputs))
}

/** The model with a batch of one in its types instead of `N`. */
function staticModel(name: string): string {
  mkdirSync(path('.cache/static'), { recursive: true })
  const file = path(`.cache/static/${name}.ts`)
  const batch = zoo[name]!()[0]!.shape[0]
  writeFileSync(
    file,
    readFileSync(path(`models/${name}.ts`), 'utf8')
      .replaceAll("'N'", String(batch))
      .replaceAll('../.cache/', '../'),
  )
  return file
}

/** Every input twice along its first dim. */
const doubled = ({ data, dtype, shape }: ModelInput): runtime.Tensor =>
  runtime.tensor([...data, ...data], { dtype, shape: [2 * shape[0]!, ...shape.slice(1)] })

describe.each(names)(
  '%s',
  (name) => {
    const compiled = compileFile(path(`models/${name}.ts`), { verify: 'ends' }).then(({ programs }) => programs.get('model')!)

    test('uncompiled', async () => {
      const { model } = await import(path(`models/${name}.ts`))
      expect(difference(name, resultsOf(model(...inputsOf(name))))).toBeLessThan(1e-4)
    })

    test.each(['simd', 'relaxed'] as const)('compiled, variant %s', async (variant) => {
      const program = await compiled
      const code = program.wasm![variant]
      const result = await run({ ...program, wasm: { simd: code, relaxed: code } }, inputsOf(name))
      expect(difference(name, result)).toBeLessThan(1e-4)
    })

    test('compiled, exact', async () => {
      const { programs } = await compileFile(path(`models/${name}.ts`), { verify: 'ends', exact: true })
      expect(difference(name, await run(programs.get('model')!, inputsOf(name)))).toBeLessThan(1e-4)
    })

    test.runIf(readFileSync(path(`models/${name}.ts`), 'utf8').includes("'N'"))('a fixed batch, and a symbolic one of two', async () => {
      const { programs } = await compileFile(staticModel(name), { verify: 'ends' })
      expect(difference(name, await run(programs.get('model')!, inputsOf(name)))).toBeLessThan(1e-4)
      const result = await run(await compiled, zoo[name]!().map(doubled))
      for (const half of [0, 1]) {
        const images = result.map((output) => output.subarray((half * output.length) / 2, ((half + 1) * output.length) / 2))
        expect(difference(name, images)).toBeLessThan(1e-4)
      }
    })
  },
  240_000,
)
