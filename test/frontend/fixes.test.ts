/**
 * Edits that diagnostics offer: `test/fixtures/fixes/NAME.ts` becomes `NAME.fixed.ts`, which compiles. Applied until none is offered, as
 * `tensorscript inspect --fix` does. Written anew with `UPDATE_FIXTURES=1`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { applyFixes } from '../../src/compiler/diagnostics/applyFixes.ts'
import { compileText } from './helpers.ts'

const folder = new URL('../fixtures/fixes/', import.meta.url)
const names = readdirSync(folder)
  .filter((file) => /^[\w-]+\.ts$/.test(file))
  .map((file) => file.slice(0, -'.ts'.length))

test.each(names)('%s', (name) => {
  let code = readFileSync(new URL(`${name}.ts`, folder), 'utf8')
  const before = code
  for (let round = 0; round < 5; round++) {
    const result = compileText(code, { name: 'f' })
    if (result.ok) break
    code = applyFixes('main.ts', code, result.diagnostics).code
  }
  expect(code).not.toBe(before)
  const left = compileText(code, { name: 'f' })
  expect(left.ok ? [] : left.diagnostics.map((d) => `${d.code}: ${d.message}`)).toEqual([])
  const golden = new URL(`${name}.fixed.ts`, folder)
  if (process.env.UPDATE_FIXTURES === '1') writeFileSync(golden, code)
  else expect(code).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : 'no golden file: run with UPDATE_FIXTURES=1')
})
