/** Benchmark models in their shipped form: compiled by the command line into bench/.cache, imported as an app would import them. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Tensor } from '../src/runtime/tensor.ts'
import { writeWeights } from './models/writeWeights.ts'
import { zoo } from './models/zoo.ts'
import { enableRelaxedSimd } from './relaxed.ts'

/** What a model was compiled for: `native` lets V8 pair SIMD instructions (Node 24 and newer). */
export type Build = 'relaxed' | 'native'

/** What the compiler reports. */
export interface CompileReport {
  /** A formula in N where the batch is symbolic. */
  readonly flops: number | string
  readonly codeBytes: { readonly [part: string]: number }
  readonly weightBytes: number
}

export const path = (name: string): string => new URL(`../${name}`, import.meta.url).pathname
export const folderOf = (name: string, build: Build): string => path(`bench/.cache/compiled/${name}${build === 'native' ? '.native' : ''}`)

export function compileModel(name: string, build: Build = 'relaxed'): { readonly seconds: number; readonly report: CompileReport } {
  writeWeights([name])
  const start = performance.now()
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [
      path('dist/cli/main.js'),
      'compile',
      path(`bench/models/${name}.ts`),
      '-o',
      folderOf(name, build),
      ...(build === 'native' ? ['--native'] : []),
    ],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${name} does not compile:\n${stderr || stdout}`)
  const seconds = (performance.now() - start) / 1000
  const { programs } = JSON.parse(readFileSync(`${folderOf(name, build)}/${name}.report.json`, 'utf8'))
  return { seconds, report: programs[0] }
}

/** Floating-point operations of a call on the benchmark inputs. */
export function operationsOf(name: string, { flops }: CompileReport): number {
  if (typeof flops === 'number') return flops
  const [first] = zoo[name]!()
  return new Function('N', 'T', 'floordiv', `return ${flops}`)(first!.shape[0], 128, (a: number, b: number) => Math.floor(a / b))
}

/** A compiled model, ready to be called on its benchmark inputs. */
export async function loadCompiled(
  name: string,
  build: Build = 'relaxed',
): Promise<{ readonly call: () => Tensor | readonly Tensor[]; readonly memoryBytes: number }> {
  enableRelaxedSimd()
  const module = (await import(`${folderOf(name, build)}/${name}.js`)) as { model: (...args: unknown[]) => Tensor }
  // By the name that the emitted module uses, so that both have one runtime.
  const runtime = (await import('tensorscript/runtime')) as typeof import('../src/runtime/index.ts')
  const args = zoo[name]!().map(({ data, dtype, shape }) => runtime.tensor(data, { dtype, shape }))
  await runtime.ready(module.model)
  module.model(...args)
  return { call: () => module.model(...args), memoryBytes: runtime.memoryUse().total }
}
