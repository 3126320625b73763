/**
 * The examples of docs/diagnostics/S*.md: the wrong one is refused with the code of its section, the right one compiles. A section whose
 * refusal no single script shows says so with `example: ... PATH`, and that test or fixture has the code or the words of the message.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseMessages } from '../../scripts/generateDiagnostics.mjs'
import { compileProgram } from '../../src/compiler/index.ts'
import { requestFor } from './helpers.ts'

const root = new URL('../../', import.meta.url)
const folder = new URL('docs/diagnostics/', root)
const imports = "import { F, nn, script, torch, type float, type int, type Tensor } from 'tensorscript'\n\n"

const sections = readdirSync(folder).flatMap((file) =>
  readFileSync(new URL(file, folder), 'utf8')
    .split(/^(?=## )/m)
    .slice(1)
    .map((text) => ({
      ...parseMessages(text)[0]!,
      wrong: /^```ts wrong\n([\s\S]*?)\n```$/m.exec(text)?.[1],
      right: /^```ts right\n([\s\S]*?)\n```$/m.exec(text)?.[1],
      elsewhere: /^example: .*`(.+)`$/m.exec(text)?.[1],
    })),
)

const codesOf = (code: string): string[] => {
  const result = compileProgram(requestFor(imports + code, { name: 'f' }))
  return result.ok ? [] : result.diagnostics.map((d) => d.code)
}

/** The longest part of the message that is not a parameter. */
const wordsOf = (message: string): string =>
  message
    .replace(/\{\{|\}\}/g, '')
    .split(/\{\w+\}/)
    .reduce((a, b) => (b.length > a.length ? b : a))
    .trim()

test('every section has two examples, or names the test that shows it', () => {
  const bare = sections.filter(({ wrong, right, elsewhere }) => (wrong && right ? elsewhere : !elsewhere || wrong || right))
  expect(bare.map(({ code }) => code)).toEqual([])
})

describe('wrong and right', () => {
  test.each(sections.filter(({ wrong }) => wrong))('$code', ({ code, wrong, right }) => {
    expect(codesOf(wrong!)).toEqual([code])
    expect(codesOf(right!)).toEqual([])
  })
})

describe('shown elsewhere', () => {
  test.each(sections.filter(({ elsewhere }) => elsewhere))('$code in $elsewhere', ({ code, message, elsewhere }) => {
    const text = readFileSync(new URL(elsewhere!, root), 'utf8')
    const words = wordsOf(message)
    expect(text.includes(code) || (words.length > 6 && text.includes(words))).toBe(true)
  })
})
