/** Every row of the language has something beside it that exists and holds, and `docs/language.md` says so. Written anew with `UPDATE=1`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { diagnosticKinds } from '../../src/compiler/diagnostics/messages.generated.ts'
import { differenceOf } from '../programs/compare.ts'
import { failing, later } from '../programs/failing.ts'
import type { Exports } from '../programs/program.ts'
import { load, Refused, uncompiled } from '../programs/run.ts'
import { sections } from '../programs/sections.ts'
import type { Evidence } from './evidence.ts'
import { features } from './features.ts'
import { evidence, languagePage } from './page.ts'

const root = new URL('../../', import.meta.url)
const programs = new Set(Object.values(sections).flatMap((list) => list.map(({ id }) => id)))

test('docs/language.md is fresh', () => {
  const page = new URL('docs/language.md', root)
  if (process.env.UPDATE === '1') writeFileSync(page, languagePage())
  expect(existsSync(page) ? readFileSync(page, 'utf8') : '').toBe(languagePage())
})

test('294 rows, each once, each with evidence', () => {
  expect(features.map(({ row }) => row)).toEqual(Array.from({ length: 294 }, (_, i) => i + 1))
  expect(features.filter(({ row }) => !evidence[row]?.length).map(({ row }) => row)).toEqual([])
  expect(Object.keys(evidence)).toHaveLength(294)
})

test('what the rows name exists', () => {
  const missing = features.flatMap(({ row }) =>
    evidence[row]!.filter((item) => !exists(item)).map((item) => `${row}: ${JSON.stringify(item)}`),
  )
  expect(missing.join('\n')).toBe('')
})

const own = features.flatMap(({ row, python }) =>
  (evidence[row] ?? [])
    .filter((item) => item.kind === 'runs' || item.kind === 'refused')
    .map((item, i) => [row, python, item.kind === 'refused' ? `refused: ${item.code}` : 'runs alike', `row${row}-${i}`, item] as const),
)

test.each(own)('%i %s: %s', async (_row, _python, _name, id, item) => {
  if (item.kind === 'refused') expect(await codesOf(id, item.source)).toEqual([item.code])
  else await expectAlike(id, item.source, item.call, item.throws)
})

function exists(item: Evidence): boolean {
  switch (item.kind) {
    case 'program':
      return programs.has(item.id) && !(item.id in failing) && !(item.id in later)
    case 'fixture':
      return existsSync(new URL(`test/fixtures/${item.name}.ts`, root))
    case 'test': {
      const file = new URL(item.file, root)
      return existsSync(file) && readFileSync(file, 'utf8').includes(`'${item.title}'`)
    }
    case 'refused':
      return item.code in diagnosticKinds
    case 'runs':
      return true
    default:
      return item satisfies never
  }
}

async function codesOf(id: string, source: string): Promise<string[]> {
  try {
    await (await load(id, source))(true)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return [...new Set(error.diagnostics.map(({ code }) => code))]
  }
  return []
}

async function expectAlike(id: string, source: string, call: (exports: Exports) => unknown, throws: boolean): Promise<void> {
  const outcome = (exports: Exports): { readonly value?: unknown; readonly error?: string } => {
    try {
      return { value: call(exports) }
    } catch (error) {
      return { error: (error as Error).message }
    }
  }
  const expected = outcome(uncompiled(source))
  expect(expected.error !== undefined, expected.error).toBe(throws)
  const compile = await load(id, source)
  for (const optimize of [false, true]) {
    const actual = outcome((await compile(optimize)).exports)
    expect(actual.error, `optimize: ${optimize}`).toBe(expected.error)
    expect(differenceOf(actual.value ?? null, expected.value ?? null), `optimize: ${optimize}`).toBeNull()
  }
}
