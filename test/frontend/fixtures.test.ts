/** Every fixture against its golden file; see golden.ts for the format. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { renderFixture } from './golden.ts'

const folder = new URL('../fixtures/', import.meta.url)
const update = process.env.UPDATE_FIXTURES === '1'
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))

describe('fixtures', () => {
  test.each(names)('%s', (name) => {
    const { ok, text } = renderFixture(name, readFileSync(new URL(`${name}.ts`, folder), 'utf8'))
    expect(ok, text).toBe(!name.startsWith('error.'))
    expect(text).not.toContain('DIFFERENT')
    const golden = new URL(`${name}.expect.md`, folder)
    if (update) writeFileSync(golden, text)
    else expect(text).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : 'no golden file: run with UPDATE_FIXTURES=1')
  })

  test('no golden file without its fixture', () => {
    const orphans = readdirSync(folder).filter(
      (file) => file.endsWith('.expect.md') && !names.includes(file.slice(0, -'.expect.md'.length)),
    )
    expect(orphans).toEqual([])
  })
})
