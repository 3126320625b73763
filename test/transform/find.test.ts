/** Which declarations count as script code, and what is said about annotations that cannot work where they are. */
import { describe, expect, it } from 'vitest'
import { analyzeModule } from '../../src/transform/analyze.ts'
import { findScripts } from '../../src/transform/find.ts'
import { parseSource } from '../../src/transform/parse.ts'

const find = (code: string, file = '/a.ts') => findScripts(analyzeModule(file, parseSource(file, code)))
const entries = (code: string, file?: string) =>
  find(code, file).entries.map(({ name, kind, spelling }) => `${name}: ${kind} by ${spelling}`)
const problems = (code: string) =>
  find(code).diagnostics.map(({ code: number, message, start, end }) => ({ number, message, at: code.slice(start, end) }))

describe('the four spellings', () => {
  it('finds a JSDoc tag on functions, arrow functions and classes', () => {
    expect(
      entries(`
        /** @script */
        export function f(x) { return x }
        /**
         * Doubles.
         * @script
         * @param x anything
         */
        const g = (x) => x
        /** @script */ export default class C {}
      `),
    ).toEqual(['f: function by tag', 'g: function by tag', 'C: class by tag'])
  })

  it('finds a directive as the first statement of a body', () => {
    expect(entries(`export const f = (x: number) => { 'use script'; return x }\nfunction g() { "use script" }`)).toEqual([
      'f: function by directive',
      'g: function by directive',
    ])
  })

  it('finds script(...) under any imported name, and only that', () => {
    expect(entries(`import { script as compile, nn } from 'tensorscript'\nexport const f = compile((x) => x)`)).toEqual(['f: call by call'])
    expect(entries(`import * as ts from 'tensorscript'\nexport default ts.script(f)\nfunction f() {}`)).toEqual(['*default*: call by call'])
    expect(entries(`import { script } from 'elsewhere'\nexport const f = script((x) => x)`)).toEqual([])
    expect(entries(`const script = (f) => f\nexport const f = script((x) => x)`)).toEqual([])
  })

  it('finds the class decorator and the instances made from the class', () => {
    const code = `import { nn, script } from 'tensorscript'\n@script export class Net extends nn.Module {}\nexport const net = new Net()`
    expect(entries(code)).toEqual(['Net: class by decorator', 'net: instance by decorator'])
    expect(entries(code.replace("'tensorscript'", "'other'"))).toEqual([])
  })

  it('takes a tag only from the block directly before, and only as a tag', () => {
    expect(entries(`/** @script */\n/** Another comment. */\nfunction f() {}`)).toEqual([])
    expect(entries('/** Like `@script`, but not. */\nfunction f() {}')).toEqual([])
    expect(entries('/** @scripted */\nfunction f() {}')).toEqual([])
    expect(entries('// @script\nfunction f() {}')).toEqual([])
  })

  it('reads TypeScript, JSX and JavaScript by extension', () => {
    expect(entries(`/** @script */ function f<T>(x: T): T { return <T>x }`, '/a.ts')).toHaveLength(1)
    expect(entries(`const a = <b>text</b>\n/** @script */ function f(x) { return x }`, '/a.jsx')).toHaveLength(1)
  })
})

describe('annotations that cannot work where they are', () => {
  it('refuses functions below the top level', () => {
    const [inner] = problems(`function outer() {\n  /** @script */\n  function inner() {}\n}`)
    expect(inner).toMatchObject({ number: 'S1205', at: '/** @script */' })
    expect(problems(`const o = { f() { 'use script' } }`)).toMatchObject([{ number: 'S1205', at: `'use script'` }])
  })

  it('refuses script(...) whose result has no name', () => {
    const head = `import { script } from 'tensorscript'\n`
    expect(problems(`${head}function make(f) { return script(f) }`)).toMatchObject([{ number: 'S1205', at: 'script(f)' }])
    expect(problems(`${head}register(script((x) => x))`)).toMatchObject([{ number: 'S1205' }])
    expect(problems(`${head}export let f = script((x) => x)`)).toMatchObject([
      { number: 'S1205', message: expect.stringContaining('assigned again') },
    ])
    expect(problems(`${head}export const f = script()`)).toMatchObject([
      { number: 'S1205', message: expect.stringContaining('no argument') },
    ])
  })

  it('does not mistake a local of the same name for the import', () => {
    expect(problems(`import { script } from 'tensorscript'\nfunction f(script) { return script(1) }`)).toEqual([])
  })

  it('refuses a class where an instance is needed', () => {
    expect(problems(`import { script } from 'tensorscript'\nclass Net {}\nexport const net = script(Net)`)).toMatchObject([
      { number: 'S1202', at: 'Net' },
    ])
  })

  it('refuses a tag on something that is no function', () => {
    expect(problems('/** @script */\nexport const x = 5')).toMatchObject([{ number: 'S1205', at: '/** @script */' }])
  })

  it('reports every misplaced annotation of a file', () => {
    expect(problems(`/** @script */ const a = 1\nconst o = { f() { 'use script' } }`)).toHaveLength(2)
  })
})
