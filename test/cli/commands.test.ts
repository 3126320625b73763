/** The commands on real files, through the whole compiler. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { writeSafetensors } from '../../src/compiler/artifact/safetensors.ts'
import * as runtime from '../../src/runtime/index.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { runCli } from './runCli.ts'

const project = fileURLToPath(new URL('project/', import.meta.url))
const folder = temporaryFolder('cli')
const cli = (...args: string[]) => runCli(args, project)

describe('inspect', () => {
  test("prints the graph of TorchScript's loop-and-if program with the user's lines", async () => {
    const { code, out, error } = await cli('inspect', 'loop.ts', '--fn', 'foo')
    expect(error).toBe('')
    expect(code).toBe(0)
    for (const kind of ['prim::Loop', 'prim::If']) expect(out).toContain(kind)
    expect(out).toMatch(/aten::sub\(.*# loop\.ts:10:11/)
    expect(out).toMatch(/aten::add\(.*# loop\.ts:12:11/)
    expect(out).not.toContain(dirname(project))
  })

  test('prints code, kernels, plan and any pass', async () => {
    expect((await cli('inspect', 'loop.ts', '--code')).out).toMatch(/function foo\(len: int\)/)
    expect((await cli('inspect', 'net.ts', '--fn', 'classify', '--kernels')).out).toMatch(
      /gemm.*x#0.*fc1\.weight[\s\S]*kernel gemm.*\{[\s\S]*for \(/,
    )
    expect((await cli('inspect', 'net.ts', '--fn', 'classify', '--plan')).out).toMatch(/arena/)
    const passes = (await cli('inspect', 'loop.ts', '--pass', 'list')).out.split('\n')
    expect(passes).toContain('inlineCalls')
    expect((await cli('inspect', 'loop.ts', '--pass', 'inlineCalls')).out).toContain('prim::Loop')
    expect(await cli('inspect', 'loop.ts', '--pass', 'none')).toMatchObject({ code: 2, error: expect.stringContaining("no pass 'none'") })
  })

  test('reports what does not compile with code frame and both shapes, and prints the rest', async () => {
    const { code, out, error } = await cli('inspect', 'wrong.ts')
    expect(code).toBe(1)
    expect(out).toContain('aten::relu')
    expect(error).toMatch(/^error S3\d\d\d: .*\[2, 3\].*\[4, 5\]/)
    expect(error).toContain('wrong.ts:10:10')
    expect(error).toMatch(/\^\^\^/)
  })

  test('names what there is when a name is not', async () => {
    expect(await cli('inspect', 'net.ts', '--fn', 'nett')).toMatchObject({
      code: 1,
      error: expect.stringContaining('it has net, classify'),
    })
  })
})

describe('inspect --json and --fix', () => {
  const source = `import { type int, type Tensor } from 'tensorscript'

let offset = 2

/** @script */
export function first(x: Tensor<'float32', [2, 3]>): Tensor {
  return x.reluu().mul(1)
}

/** @script */
export function second(x: Tensor<'float32', [2, 3]>, y: Tensor<'float32', [4]>): Tensor {
  return x.add(ofset).add(y)
}

/** @script */
export function third(x: Tensor<'float32', [2, 3]>): Tensor {
  return x.mul(offset)
}
`
  const file = (name: string): string => {
    const path = join(folder, name)
    writeFileSync(path, source)
    return path
  }

  test('the diagnostics of all functions as JSON, with ranges, edits and the section about each', async () => {
    const { code, out } = await runCli(['inspect', file('json.ts'), '--json'], folder)
    expect(code).toBe(1)
    const { version, diagnostics } = JSON.parse(out)
    expect(version).toBe(1)
    expect(diagnostics.map((d: { code: string }) => d.code)).toEqual(['S2013', 'S2010', 'S1102'])
    expect(diagnostics[0]).toEqual({
      code: 'S2013',
      severity: 'error',
      kind: 'user error',
      message: 'Tensor has no property `reluu`',
      file: 'json.ts',
      range: { start: { offset: 158, line: 7, column: 12 }, end: { offset: 163, line: 7, column: 17 } },
      related: [],
      hint: 'did you mean `relu`?',
      edits: [{ range: { start: { offset: 158, line: 7, column: 12 }, end: { offset: 163, line: 7, column: 17 } }, newText: 'relu' }],
      documentation: 'docs/diagnostics/S2.md#s2013-nosuchproperty',
    })
    expect(diagnostics[2].related).toHaveLength(1)
    expect(await cli('inspect', 'net.ts', '--json')).toEqual({
      code: 0,
      error: '',
      out: JSON.stringify({ version: 1, diagnostics: [] }, null, 2),
    })
  })

  test('edits are written and said, and what they cannot mend is left', async () => {
    const path = file('fix.ts')
    const { code, out, error } = await runCli(['inspect', path, '--fix'], folder)
    expect(out.split('\n')).toEqual([
      'fix.ts:3:1: S1102: `let` is now `const`',
      'fix.ts:7:12: S2013: `reluu` is now `relu`',
      'fix.ts:12:16: S2010: `ofset` is now `offset`',
    ])
    expect(readFileSync(path, 'utf8')).toBe(
      source.replace('let offset', 'const offset').replace('reluu', 'relu').replace('ofset)', 'offset)'),
    )
    expect(code).toBe(1)
    expect(error).toMatch(/^error S3001: [\s\S]*fix\.ts:12/)
    expect((await runCli(['inspect', path, '--fix', '--fn', 'first'], folder)).code).toBe(0)
  })

  test('a syntax error is a diagnostic too', async () => {
    const path = join(folder, 'syntax.ts')
    writeFileSync(path, 'export function f( {')
    const { code, out } = await runCli(['inspect', path, '--json'], folder)
    expect(code).toBe(1)
    expect(JSON.parse(out).diagnostics).toHaveLength(1)
  })

  test('no view beside them', async () => {
    expect((await cli('inspect', 'net.ts', '--json', '--code')).code).toBe(2)
  })
})

test('compile writes a module that runs, its files and the report; twice the same bytes', async () => {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')]
  const { code, out, error } = await cli('compile', 'net.ts', '-o', first)
  expect(error).toBe('')
  expect(code).toBe(0)
  expect(out).toMatch(/^program .*weights\nclassify .*\nnet /)
  await cli('compile', 'net.ts', '-o', second)
  const names = readdirSync(first).sort()
  expect(readdirSync(second).sort()).toEqual(names)
  for (const name of names) expect(readFileSync(join(second, name))).toEqual(readFileSync(join(first, name)))

  ;(globalThis as { standIn?: object }).standIn = runtime
  writeFileSync(join(first, 'runtime.mjs'), 'export const { defineProgram, run, checkTensor, guard } = globalThis.standIn\n')
  const text = readFileSync(join(first, 'net.js'), 'utf8')
    .replace('tensorscript/runtime', './runtime.mjs')
    .replace(/\/\/# sourceMappingURL.*/, '')
  writeFileSync(join(first, 'net.mjs'), text)
  const module = await import(/* @vite-ignore */ pathToFileURL(join(first, 'net.mjs')).href)
  const x = runtime.tensor(Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)))
  const probabilities = [...module.net(new runtime.Tensor('float32', [1, 16], x.storage)).dataSync()] as number[]
  expect(probabilities).toHaveLength(3)
  expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 6)
  expect(module.classify(x).toArray()).toEqual([probabilities.indexOf(Math.max(...probabilities))])
})

test('bench measures compiled and uncompiled calls', async () => {
  const { code, out, error } = await cli('bench', 'net.ts', '--fn', 'net', '--dims', 'N=4', '--seconds', '0.05', '--json')
  expect(error).toBe('')
  expect(code).toBe(0)
  const result = JSON.parse(out)
  expect(result.function).toBe('net')
  // 16 x 64 and 64 x 3 products of four rows, and some for the rest.
  expect(result.flops).toBeGreaterThan(4 * 2 * (16 * 64 + 64 * 3))
  expect(result.flops).toBeLessThan(1.3 * 4 * 2 * (16 * 64 + 64 * 3))
  for (const timing of [result.milliseconds.wasm, result.milliseconds.eager]) {
    expect(timing.best).toBeGreaterThan(0)
    expect(timing.median).toBeGreaterThanOrEqual(timing.best)
  }
  expect(await cli('bench', 'net.ts')).toMatchObject({ code: 2, error: expect.stringContaining('--fn is missing') })
})

describe.each(['eager', 'wasm'])('verify --device %s', (device) => {
  const write = (name: string, source: string, tensors: Parameters<typeof writeSafetensors>[0]) => {
    writeFileSync(join(folder, `${name}.ts`), source)
    writeFileSync(join(folder, `${name}.safetensors`), writeSafetensors(tensors, { rtol: '1e-4', atol: '1e-5' }).bytes)
  }

  test('passes what is right, and fails, with exit code 1, what is not', async () => {
    write(
      'cases',
      `import { F, type Tensor, torch } from 'tensorscript'
      /** @script */
      export function right(x: Tensor): Tensor { return F.relu(x) }
      /** @script */
      export function wrongValue(x: Tensor): Tensor { return x.add(1) }
      /** @script */
      export function wrongType(x: Tensor): Tensor { return x.gt(0) }
      /** @script */
      export function unknown(x: Tensor): Tensor { return torch.noSuchOperator(x) }
      `,
      ['right', 'wrongValue', 'wrongType', 'unknown'].flatMap((name) => [
        { name: `${name}/in/x`, dtype: 'float32' as const, shape: [2], data: Float32Array.of(-1, 2) },
        { name: `${name}/out/0`, dtype: 'float32' as const, shape: [2], data: Float32Array.of(0, 2) },
      ]),
    )
    const { code, out } = await cli('verify', folder, '--device', device)
    const lines = out.split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toBe('FAIL cases wrongValue: 1 of 2 values differ, most at [1]: 3, expected 2')
    expect(lines[1]).toBe('FAIL cases wrongType: dtype is BOOL, expected F32')
    expect(lines[2]).toMatch(/^FAIL cases unknown: .*noSuchOperator/)
    expect(lines.slice(3)).toEqual(['0 of 1 files', '1 passed, 3 failed'])
    expect(code).toBe(1)
    const json = JSON.parse((await cli('verify', folder, '--device', device, '--json')).out)
    expect(json).toMatchObject({ device, passed: 1, failed: 3, results: [{ file: 'cases', name: 'right', failure: null }, {}, {}, {}] })
  })
})
