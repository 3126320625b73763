/**
 * The benchmark models (bench/models) in tests: inputs, the model with its symbolic dims made numbers, and how far results are from PyTorch's.
 * `MODELS=resnet18,minilm128` chooses some.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { differenceFromExpected } from '../../bench/expected.ts'
import { writeWeights } from '../../bench/models/writeWeights.ts'
import { zoo } from '../../bench/models/zoo.ts'
import * as runtime from '../../src/runtime/index.ts'

const path = (name: string): string => fileURLToPath(new URL(`../../bench/${name}`, import.meta.url))

/** The chosen models, with their weights written. */
export function chooseModels(otherwise: readonly string[] = Object.keys(zoo)): readonly string[] {
  const names = process.env.MODELS?.split(',') ?? otherwise
  writeWeights(names)
  return names
}

export const modelFile = (name: string): string => path(`models/${name}.ts`)

/** Whether the model's batch is the symbol `N`. */
export const hasSymbolicBatch = (name: string): boolean => readFileSync(modelFile(name), 'utf8').includes("'N'")

/** The model with numbers in its types instead of the batch `N` and the cache length `T` (gptstep). */
export function staticModelFile(name: string): string {
  mkdirSync(path('.cache/static'), { recursive: true })
  const file = path(`.cache/static/${name}.ts`)
  const [first, second] = zoo[name]!()
  const text = readFileSync(modelFile(name), 'utf8').replaceAll("'N'", String(first!.shape[0])).replaceAll('../.cache/', '../')
  writeFileSync(file, second ? text.replaceAll("'T'", String(second.shape[3])) : text)
  return file
}

export const inputsOf = (name: string): readonly runtime.Tensor[] =>
  zoo[name]!().map(({ data, dtype, shape }) => runtime.tensor(data, { dtype, shape }))

/** Every input twice along its first dim. */
export const doubledInputsOf = (name: string): readonly runtime.Tensor[] =>
  zoo[name]!().map(({ data, dtype, shape }) => runtime.tensor([...data, ...data], { dtype, shape: [2 * shape[0]!, ...shape.slice(1)] }))

/** Of the output that is furthest from PyTorch's. */
export const difference = (name: string, results: readonly Float32Array[]): number =>
  Math.max(...results.map((result, i) => differenceFromExpected(name, result, i)))

/** The same of results for `doubledInputsOf`: the half that is furthest. */
export const doubledDifference = (name: string, results: readonly Float32Array[]): number =>
  Math.max(
    ...[0, 1].map((half) =>
      difference(
        name,
        results.map((output) => output.subarray((half * output.length) / 2, ((half + 1) * output.length) / 2)),
      ),
    ),
  )
