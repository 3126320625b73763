/** The map of the wrong programs names what there is: fixtures and tests that exist, something for each program. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { wrongPrograms } from './wrongPrograms.ts'

const tests = readFileSync(new URL('../programs/wrongPrograms.test.ts', import.meta.url), 'utf8')
const accepted = tests.slice(0, tests.indexOf('is refused'))

test.each(Object.entries(wrongPrograms))('%s', (id, { fixtures = [], tests: ids = [], missing }) => {
  expect(id).toMatch(/^D(0[1-9]|[1-6]\d|7[0-5])$/)
  for (const name of fixtures) expect(existsSync(new URL(`../fixtures/${name}.ts`, import.meta.url)), name).toBe(true)
  for (const test of ids) expect(tests).toMatch(new RegExp(`'${test}[ ']`))
  expect(fixtures.length + ids.length > 0 || missing !== undefined).toBe(true)
})

test('all 75 are there, and 24 and more of them compile', () => {
  expect(Object.keys(wrongPrograms)).toHaveLength(75)
  const compiled = Object.entries(wrongPrograms).filter(
    ([id, { fixtures = [], tests: ids = [] }]) =>
      fixtures.some((name) => !name.startsWith('error.')) || ids.some((test) => accepted.includes(`'${test} `) && test === id),
  )
  expect(compiled.length).toBeGreaterThanOrEqual(24)
})
