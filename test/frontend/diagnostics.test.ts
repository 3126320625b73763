/** The message files, what is generated from them, and the rendering of diagnostics. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { generate } from '../../scripts/generateDiagnostics.mjs'
import { nearestName } from '../../src/compiler/diagnostics/didYouMean.ts'
import * as messages from '../../src/compiler/diagnostics/messages.generated.ts'
import { diagnosticKinds } from '../../src/compiler/diagnostics/messages.generated.ts'
import { codeFrame, renderDiagnostic } from '../../src/compiler/diagnostics/renderDiagnostic.ts'
import type { Diagnostic } from '../../src/compiler/program.ts'
import { compileText } from './helpers.ts'

const root = new URL('../../', import.meta.url)

function sources(folder: string): string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}${file}`)
}

describe('messages', () => {
  test('the generated functions are fresh', () => {
    expect(readFileSync(new URL('src/compiler/diagnostics/messages.generated.ts', root), 'utf8')).toBe(generate())
  })

  test('every code that the source names is documented', () => {
    const codes = new Set(
      sources('src/').flatMap((file) =>
        [...readFileSync(new URL(file, root), 'utf8').matchAll(/'(S[1-8]\d{3})'/g)].map((match) => match[1]!),
      ),
    )
    expect([...codes].filter((code) => !(code in diagnosticKinds))).toEqual([])
  })
})

describe('rendering', () => {
  const code = 'let a = 1\nfunction f() {\n  return wrong + a\n}\n'
  const start = code.indexOf('wrong')

  test('a frame shows the line before, the line and the span', () => {
    expect(codeFrame(code, start, start + 5)).toBe('  2 | function f() {\n> 3 |   return wrong + a\n    |          ^^^^^')
  })

  test('a span over several lines shows three of them', () => {
    expect(codeFrame(code, code.indexOf('function'), code.length - 1).split('\n')).toHaveLength(6)
  })

  test('an empty span at the end of the file still has a caret', () => {
    expect(codeFrame('x', 1, 1)).toContain('^')
  })

  test('D43, D44: every message can be made and shown of nothing', () => {
    const anything = new Proxy({}, { get: () => 'x' })
    const made = Object.values(messages).filter((value) => typeof value === 'function') as ((span: object, p: object) => Diagnostic)[]
    expect(made.length).toBeGreaterThan(80)
    for (const make of made) {
      const parameters = make.length > 2 || /\bp\./.test(String(make)) ? anything : {}
      const diagnostic = make({ file: 'gone.ts', start: 7, end: 3 }, parameters)
      for (const source of [null, '', 'x'])
        expect(renderDiagnostic(diagnostic, { source: () => source })).toContain(`${diagnostic.severity} ${diagnostic.code}: `)
    }
  })

  test('a diagnostic without its source names the file', () => {
    const text = renderDiagnostic(
      {
        code: 'S2010',
        severity: 'error',
        kind: 'user error',
        message: 'there is no `x` here',
        file: '/a.ts',
        start: 3,
        end: 4,
        hint: null,
        fix: null,
        related: [],
      },
      { source: () => null, fileName: (file) => file.slice(1) },
    )
    expect(text).toBe('error S2010: there is no `x` here\n  at a.ts\nsee S2010 in docs/diagnostics/S2.md')
  })
})

describe('did you mean', () => {
  test.each([
    ['wieght', 'weight'],
    ['flaten', 'flatten'],
    ['maxpool2d', 'maxPool2d'],
    ['zzz', null],
  ])('%s', (name, nearest) => {
    expect(nearestName(name, ['weight', 'flatten', 'maxPool2d', 'relu'])).toBe(nearest)
  })
})

describe('several errors', () => {
  test('all errors of a function are reported, what follows from one is not', () => {
    const result = compileText(`import { type int, type Tensor } from 'tensorscript'
export function f(x: Tensor<'float32', [2, 3]>, n: int): Tensor {
  const a = x.reluu()
  const b = a.add(1)
  const c = x.add(missing)
  if (n > 0) { const d: string = n }
  return b.matmul(c).add(x.matmul(x))
}`)
    expect(result.ok ? [] : result.diagnostics.map((d) => d.code)).toEqual(['S2013', 'S2010', 'S2015'])
  })

  test('errors of a called function are reported once, at their place', () => {
    const code = `import { type Tensor } from 'tensorscript'
function g(x: Tensor): Tensor { return x.reluu() }
export function f(x: Tensor<'float32', [2, 3]>): Tensor { return g(x).add(g(x)) }`
    const result = compileText(code)
    expect(result.ok ? [] : result.diagnostics.map((d) => [d.code, d.start])).toEqual([['S2013', code.indexOf('reluu')]])
  })
})
