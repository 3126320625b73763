/** The map of the wrong programs names what there is: fixtures and tests that exist, something for each program. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { wrongPrograms } from './wrongPrograms.ts'

const tests = readFileSync(new URL('../programs/wrongPrograms.test.ts', import.meta.url), 'utf8')

test.each(Object.entries(wrongPrograms))('%s', (id, { fixtures = [], tests: ids = [], missing }) => {
  expect(id).toMatch(/^D(0[1-9]|[1-6]\d|7[0-5])$/)
  for (const name of fixtures) expect(existsSync(new URL(`../fixtures/${name}.ts`, import.meta.url)), name).toBe(true)
  for (const test of ids) expect(tests).toMatch(new RegExp(`'${test}[ ']`))
  expect(fixtures.length + ids.length > 0 || missing !== undefined).toBe(true)
})
