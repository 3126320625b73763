/** What the build says about traces: warnings, one a site, and refusals. Programs that run are in test/programs/tracing.ts. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compileProgram } from '../../src/compiler/index.ts'
import { prepareScripts, requestFor } from '../../src/transform/compileScripts.ts'
import { findScripts } from '../../src/transform/find.ts'
import { parseModule } from '../../src/transform/loadModules.ts'
import { withImports } from '../programs/run.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

const folder = temporaryFolder('trace')

/** Codes and the text they point at, with the message of what has no other text. */
async function said(source: string): Promise<readonly string[]> {
  const file = join(folder, 'main.ts')
  const code = withImports(source)
  writeFileSync(file, code)
  const parseCache = new Map()
  const { entries, diagnostics } = findScripts(parseModule(file, code, parseCache).analysis)
  const prepared = await prepareScripts(file, code, entries, {
    host: { resolve: async () => null, readFile: async () => '' },
    parseCache,
    settings: { root: folder, alias: [], conditions: [], define: {} },
    cacheFolder: folder,
    evaluate: 'auto',
    options: { targets: ['wasm'], optimize: true, exact: true, verify: 'every-pass' },
    compile: compileProgram,
  })
  const all = [...diagnostics, ...prepared.diagnostics]
  for (const entry of all.length > 0 ? [] : entries) {
    const result = compileProgram(requestFor(file, entry, prepared, { targets: ['wasm'], optimize: true, exact: true, verify: 'ends' }))
    all.push(...(result.ok ? result.warnings : result.diagnostics))
  }
  return all.map((d) => `${d.severity} ${d.code} ${code.slice(d.start, d.end).replace(/\s+/g, ' ')}: ${d.message}`)
}

test('a tensor that becomes plain values: one warning a site', async () => {
  const found = await said(`export const f = trace((x: Tensor) => {
  let y = x
  for (let i = 0; i < 3; i++) y = y.add(x.item() as number)
  y.toArray()
  y.dataSync()
  return y
}, [torch.tensor(1)])`)
  expect(found).toEqual([
    'warning S5001 x.item(): `item` makes plain values of a tensor, and the trace keeps those that the example inputs gave',
    'warning S5001 y.toArray(): `toArray` makes plain values of a tensor, and the trace keeps those that the example inputs gave',
    'warning S5001 y.dataSync(): `dataSync` makes plain values of a tensor, and the trace keeps those that the example inputs gave',
  ])
})

test('random operators are named', async () => {
  expect(await said('export const f = trace((x: Tensor) => F.dropout(x, { p: 0.5, training: true }), [torch.ones([4])])')).toEqual([
    'warning S5003 F.dropout(x, { p: 0.5, training: true }): dropout draws random numbers: calls of the traced program do not repeat what the example gave',
  ])
})

test('a loop over a size that the inputs decide', async () => {
  const found = await said(`export const f = trace((x: Tensor) => {
  for (let i = 0; i < x.shape[0]; i++) x = x.neg()
  return x
}, [torch.ones([1, 4])], { checkInputs: [[torch.ones([2, 4])]] })`)
  expect(found).toEqual([
    'error S5002 x.neg(): the traced program is not the same in every run: the run on checkInputs[0] recorded `aten::neg(%0)` where the first recorded `return %0`',
  ])
})

test('numbers among the inputs are constants of the trace (D67)', async () => {
  expect(await said('export const f = trace((x: Tensor, n: number) => x.mul(n), [torch.ones([2]), 3])')).toEqual([
    'warning S5006 trace((x: Tensor, n: number) => x.mul(n), [torch.ones([2]), 3]): the trace holds for 3 as the input `n`: a call with another value throws',
  ])
})

test('weights and captured tensors cannot be written to', async () => {
  const found = await said(`const total = torch.zeros([2])
export const f = trace((x: Tensor) => total.add_(x), [torch.ones([2])], { checkTrace: false })`)
  expect(found.map((text) => text.slice(0, 11))).toEqual(['error S5004'])
})

test('an example of another type than the declared one', async () => {
  expect(await said("export const f = trace((x: Tensor<'float32', ['N', 3]>) => x.neg(), [torch.ones([4])])")).toEqual([
    "error S5007 x: Tensor<'float32', ['N', 3]>: the example input `x` is a Tensor<'float32', [4]>, the declared type says Tensor<'float32', ['N', 3]>",
  ])
})

test('a size is a symbol only where runs on two sizes recorded the same', async () => {
  const source = (body: string, options = '') =>
    `export const f = trace((x: Tensor<'float32', ['N', 2]>) => ${body}, [torch.ones([3, 2])]${options})`
  const other = ', { checkInputs: [[torch.ones([5, 2])]] }'
  expect(await said(source('x.neg()'))).toEqual([
    "error S5008 x: Tensor<'float32', ['N', 2]>: `N` of the input `x` is declared to be any size, but every run of the trace had 3",
  ])
  expect(await said(source('x.neg()', other))).toEqual([])
  expect(await said(source('x.div(x.shape[0])', other))).toEqual([
    'error S5002 x.div(x.shape[0]): the traced program is not the same in every run: the run on checkInputs[0] recorded `aten::div(input 0, 5)` where the first recorded `aten::div(input 0, 3)`',
  ])
})

test('values of one type in a Map', async () => {
  const found = await said(`const m = new Map<string, any>([['a', torch.ones([1])], ['b', [torch.ones([1])]]])
export const f = trace((d: Map<string, Tensor>) => d.get('a')!, [m])`)
  expect(found.map((text) => text.slice(0, 11))).toEqual(['error S5005'])
})
