/** The same errors say the same in the terminal, from the command line and in the overlay of a bundler. */
import { expect, test } from 'vitest'
import { CompilationError } from '../../src/cli/project.ts'
import { renderDiagnostic } from '../../src/compiler/diagnostics/renderDiagnostic.ts'
import { bundlerMessage, renderAll } from '../../src/plugin/messages.ts'
import { compileText } from '../frontend/helpers.ts'

const root = '/nowhere/app'
const file = `${root}/src/main.ts`
const code = `import { type int, type Tensor } from 'tensorscript'
export function f(x: Tensor<'float32', [2, 3]>, n: int): Tensor {
  const total = n
  total = 3
  const y = missing
  return x.reluu()
}
`
const result = compileText(code, { name: 'f' })
const found = (result.ok ? [] : result.diagnostics).map((d) => ({ ...d, file, related: d.related.map((r) => ({ ...r, file })) }))
const texts = (source: string | null): string[] =>
  found.map((d) => renderDiagnostic(d, { source: () => source, fileName: (name) => name.slice(root.length + 1) }))

test('there are several errors, one with a related place and two with hints', () => {
  expect(found.map((d) => [d.code, d.related.length, d.hint !== null])).toEqual([
    ['S2020', 1, true],
    ['S2010', 0, false],
    ['S2013', 0, true],
  ])
})

test('the terminal of a bundler prints them as the renderer does', () => {
  expect(renderAll(found, file, code, root)).toBe(texts(code).join('\n\n'))
})

test('the command line does, where the source is not at hand too', () => {
  expect(new CompilationError(found, root).message).toBe(texts(null).join('\n\n'))
})

test('the overlay has the first in its parts and the others as they are', () => {
  const message = bundlerMessage(found, file, code, root)
  const [first, ...others] = texts(code) as [string, ...string[]]
  expect(message.message).toContain(`and 2 more:\n\n${others.join('\n\n')}`)
  expect(first).toContain(`at src/main.ts:${message.loc.line}:${message.loc.column + 1}\n${message.frame}`)
  expect(first.startsWith(`error ${message.message.split('\n')[0]}\n`)).toBe(true)
  expect(message.message.split('\n')[1]).toBe(`hint: ${found[0]!.hint}`)
  expect(first).toContain(message.message.split('\n')[1]!)
  const place = /^(.*): src\/main\.ts:(\d+:\d+)$/.exec(message.message.split('\n')[2]!)!
  expect(first).toContain(`${place[1]}:\n  at src/main.ts:${place[2]}`)
})
