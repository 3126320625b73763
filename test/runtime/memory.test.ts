/**
 * Memory is what the build says it is: weights, what is derived from them and the arena, up to the 64 KiB page that WebAssembly grows by. Measured in a process
 * of its own for each model, where nothing else was loaded; and calls leave heap and memory as they were. `MODELS=resnet18,minilm128` chooses the models.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { beforeAll, expect, test } from 'vitest'
import { writeWeights } from '../../bench/models/writeWeights.ts'
import { zoo } from '../../bench/models/zoo.ts'
import { emitModule } from '../../src/compiler/artifact/emitProgram.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import { compileFile } from '../compile/compileFile.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

const page = 65536
const folder = temporaryFolder('memory')
const bench = (path: string): string => fileURLToPath(new URL(`../../bench/${path}`, import.meta.url))

beforeAll(async () => {
  const build = await rolldown({ input: fileURLToPath(new URL('../../src/runtime/index.ts', import.meta.url)), platform: 'neutral' })
  await build.write({ format: 'esm', file: join(folder, 'runtime.mjs') })
  await build.close()
})

async function compile(name: string): Promise<CompiledProgram> {
  writeWeights([name])
  const { programs } = await compileFile(bench(`models/${name}.ts`), { verify: 'ends' })
  return programs.get('model')!
}

/** Runs `script` in a fresh process, where `model` is the program and `args` its inputs; gives what it prints. */
function inFreshProcess(name: string, program: CompiledProgram, script: string): unknown {
  const at = (file: string): string => join(folder, `${name}.${file}`)
  const { code, files } = emitModule([program], {
    inlineLimit: 0,
    runtime: './runtime.mjs',
    address: (file) => `new URL(${JSON.stringify(`./${name}.${file.name}`)}, import.meta.url).href`,
  })
  for (const file of files) writeFileSync(at(file.name), file.bytes)
  writeFileSync(at('mjs'), code)
  const inputs = zoo[name]!().map(({ dtype, shape, data }, i) => {
    writeFileSync(at(`${i}.bin`), new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    return { dtype, shape, file: at(`${i}.bin`) }
  })
  writeFileSync(
    at('main.mjs'),
    `import { readFileSync } from 'node:fs'
import { memoryUse, tensor } from './runtime.mjs'
import { model } from './${name}.mjs'
const args = ${JSON.stringify(inputs)}.map(({ dtype, shape, file }) => {
  const { buffer } = new Uint8Array(readFileSync(file))
  return tensor(dtype === 'float32' ? new Float32Array(buffer) : new Int32Array(buffer), { dtype, shape })
})
${script}`,
  )
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', at('main.mjs')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const roundUp = (value: number): number => Math.ceil(value / 64) * 64

test.each(process.env.MODELS?.split(',') ?? ['mlp', 'digits', 'lstm', 'matmul512', 'pointwise1m'])(
  '%s takes weights, derived weights over those that only they need, and arena, and less than a page more',
  async (name) => {
    const program = await compile(name)
    const { weightBytes, derived } = program.manifest
    // The batch is symbolic in most models: the arena is a formula that the program evaluates.
    const arena = evaluate(program.report.arenaBytes, { N: zoo[name]!()[0]!.shape[0]! })
    const planned = roundUp(Math.max(weightBytes, derived ? derived.at! + derived.bytes : 0)) + arena
    const { total } = inFreshProcess(name, program, 'model(...args)\nmodel(...args)\nconsole.log(JSON.stringify(memoryUse()))') as {
      readonly total: number
    }
    expect(total).toBeGreaterThanOrEqual(planned)
    expect(total).toBeLessThan(planned + page)
  },
  120_000,
)

/** A symbolic size as reports print it. */
function evaluate(size: number | string, symbols: { readonly [name: string]: number }): number {
  if (typeof size === 'number') return size
  const floordiv = (a: number, b: number): number => Math.floor(a / b)
  return new Function(...Object.keys(symbols), 'floordiv', 'max', `return ${size}`)(...Object.values(symbols), floordiv, Math.max)
}

test('100,000 calls leave heap and memory as they were', async () => {
  const { heap, total } = inFreshProcess(
    'mlp',
    await compile('mlp'),
    `const use = () => { gc(); gc(); return [process.memoryUsage().heapUsed, memoryUse().total] }
for (let i = 0; i < 20_000; i++) model(...args)
const [heapBefore, totalBefore] = use()
for (let i = 0; i < 100_000; i++) model(...args)
const [heapAfter, totalAfter] = use()
console.log(JSON.stringify({ heap: heapAfter - heapBefore, total: totalAfter - totalBefore }))`,
  ) as { readonly heap: number; readonly total: number }
  expect(total).toBe(0)
  // A byte a call would be 100 kB.
  expect(heap).toBeLessThan(65536)
}, 120_000)
