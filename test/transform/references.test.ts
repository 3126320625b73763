/** Free names of declarations: scopes, patterns, types. */
import { describe, expect, it } from 'vitest'
import { analyzeModule } from '../../src/transform/analyze.ts'
import { parseSource } from '../../src/transform/parse.ts'

function free(code: string, file = '/a.ts'): { values: string[]; types: string[] } {
  const { items } = analyzeModule(file, parseSource(file, code))
  const references = items[0]!.references
  const names = (isType: boolean) =>
    [...new Set(references.filter((reference) => reference.isType === isType).map(({ name }) => name))].sort()
  return { values: names(false), types: names(true) }
}

describe('free names', () => {
  it.each([
    ['function f(a, b = c) { return a + b + d }', ['c', 'd']],
    ['function f() { return f() }', []],
    ['function f() { g(); var g }', []],
    ['function f() { { let h; h } return h }', ['h']],
    ['function f() { for (const i of xs) i; return i }', ['i', 'xs']],
    ['const f = ({ a, b: { c = d }, ...rest }) => [a, c, rest, b]', ['b', 'd']],
    ['const f = ([x, y = z] = w) => x + y', ['w', 'z']],
    ['function f() { try {} catch (e) { e } return e }', ['e']],
    ['const f = () => ({ key: value, shorthand, [computed]: 1, method() { return this } })', ['computed', 'shorthand', 'value']],
    ['const f = () => a.b.c + a[d] + a?.e', ['a', 'd']],
    ['class C extends B { x = y; static z = w; m() { return C } }', ['B', 'w', 'y']],
    ['function f() { label: for (;;) { break label } }', []],
    ['const f = () => { switch (a) { case b: let c; return c } }', ['a', 'b']],
    ['const f = function g() { return g() }', []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text
    ['const f = (x) => `${x} ${y}`', ['y']],
    ['const f = () => { function inner() { return outerName } return inner() }', ['outerName']],
    ['const f = () => import.meta.url', []],
  ])('%s', (code, expected) => {
    expect(free(code).values).toEqual(expected)
  })

  it('tells types from values', () => {
    const { values, types } = free(
      `function f<T extends Base>(x: Tensor<'float32', [N]>, y?: typeof z): x is Other { return g<Arg>(x as Cast) satisfies Sat }`,
    )
    expect(values).toEqual(['g'])
    expect(types).toEqual(['Arg', 'Base', 'Cast', 'N', 'Other', 'Sat', 'Tensor', 'z'])
  })

  it('sees values inside type wrappers, and types of variables', () => {
    expect(free('const f = (x: A) => { const y: B = (x as C)!; return <D>(y) + z! }')).toEqual({
      values: ['z'],
      types: ['A', 'B', 'C', 'D'],
    })
  })
})
