/** A benchmark model in its shipped form: compiled by the command line into bench/.cache, imported as an app would import it. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Tensor } from '../src/runtime/tensor.ts'
import { writeWeights } from './models/writeWeights.ts'
import { type ModelInput, zoo } from './models/zoo.ts'

export interface CompiledModel {
  readonly inputs: readonly ModelInput[]
  readonly call: () => Tensor | readonly Tensor[]
  readonly seconds: number
  /** What the compiler reports: kernels, bytes, operations. */
  readonly report: {
    readonly flops: number | string
    readonly codeBytes: { readonly [part: string]: number }
    readonly weightBytes: number
  }
}

const root = new URL('../', import.meta.url)
const path = (name: string): string => fileURLToPath(new URL(name, root))

export async function loadCompiled(name: string): Promise<CompiledModel> {
  writeWeights([name])
  const folder = `bench/.cache/compiled/${name}`
  const start = performance.now()
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [path('dist/cli/main.js'), 'compile', path(`bench/models/${name}.ts`), '-o', path(folder)],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${name} does not compile:\n${stderr || stdout}`)
  const seconds = (performance.now() - start) / 1000
  const module = (await import(pathToFileURL(path(`${folder}/${name}.js`)).href)) as { model: (...args: unknown[]) => Tensor }
  // By the name that the emitted module uses, so that both have one runtime.
  const runtime = (await import('tensorscript/runtime')) as typeof import('../src/runtime/index.ts')
  const inputs = zoo[name]!()
  const args = inputs.map(({ data, dtype, shape }) => runtime.tensor(data, { dtype, shape }))
  await runtime.ready(module.model)
  const report = JSON.parse(readFileSync(path(`${folder}/${name}.report.json`), 'utf8')).programs[0]
  return { inputs, call: () => module.model(...args), seconds, report }
}
