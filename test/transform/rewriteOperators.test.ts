/** `enabled: false`: operators on tensors get their meaning, everything else keeps its own. Run for real, on a tensor that records. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rewriteOperators } from '../../src/transform/rewriteOperators.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

const folder = temporaryFolder('operators')
writeFileSync(
  join(folder, 'library.mjs'),
  `export class Tensor { constructor(text) { this.text = text }
  item() { return this.text.startsWith('lt') ? 0 : 1 } }
const show = (value) => (value instanceof Tensor ? value.text : String(value))
for (const name of ['add', 'sub', 'mul', 'div', 'fmod', 'pow', 'lt', 'le', 'gt', 'ge', 'eq', 'ne', 'neg', 'reciprocal', 'select', 'bitwiseAnd', 'bitwiseOr', 'bitwiseXor', 'bitwiseNot'])
  Tensor.prototype[name] = function (...args) { return new Tensor(name + '(' + [this, ...args].map(show).join(', ') + ')') }
`,
)
let count = 0

async function run(expression: string): Promise<unknown> {
  const code = `import { Tensor } from 'tensorscript'\nexport const f = (x, y, n, xs, s) => {\n  let r\n  r = ${expression}\n  return r\n}\nexport { Tensor }`
  const rewritten = rewriteOperators(code, '/a.js', new Map())
  const file = join(folder, `${count++}.mjs`)
  writeFileSync(file, (rewritten?.code ?? code).replaceAll(`'tensorscript'`, `'./library.mjs'`))
  const { f, Tensor } = await import(/* @vite-ignore */ pathToFileURL(file).href)
  const result = f(new Tensor('x'), new Tensor('y'), 3, [5, 6], 'text')
  return result instanceof Tensor ? (result as { text: string }).text : result
}

describe('operators of uncompiled code', () => {
  it.each([
    ['2 * x + y', 'add(mul(x, 2), y)'],
    ['(x + y) * (x - n)', 'mul(add(x, y), sub(x, 3))'],
    ['n - x', 'add(neg(x), 3)'],
    ['1 / x', 'mul(reciprocal(x), 1)'],
    ['-x ** 2'.replace('-x', '(-x)'), 'pow(neg(x), 2)'],
    ['-(x ** 2)', 'neg(pow(x, 2))'],
    ['(x) * (y)', 'mul(x, y)'],
    ['((x + y))[(0)]', 'select(add(x, y), 0, 0)'],
    ['n < x', 'gt(x, 3)'],
    ['x >= y', 'ge(x, y)'],
    ['x[0]', 'select(x, 0, 0)'],
    ['x[n - 1] + xs[1]', 'add(select(x, 0, 2), 6)'],
    ['[x, y].map((v) => v * /* twice */ 2).length', 2],
    ['x[0].add(y[1])', 'add(select(x, 0, 0), select(y, 0, 1))'],
    ['[x][0][1]', 'select(x, 0, 1)'],
    ['xs[0] + n * 2', 11],
    ['s + n', 'text3'],
    ['n ** 2 % 5', 4],
    ['s === "text"', true],
    ['2 + 3', 5],
    ['x > y ? 1 : 2', 1],
    ['x < y ? 1 : 2', 2],
    ['n > 2 && !(x < y) ? 1 : 2', 1],
    ['(x < y || !x[0]) ? 1 : 2', 2],
  ])('%s', async (expression, expected) => {
    expect(await run(expression)).toBe(expected)
  })

  it('rebinds in compound assignments and leaves places alone', async () => {
    expect(await run('x; r += (y); xs[0] = 7; xs[0]++; r *= xs[0]')).toBe('mul(add(x, y), 8)')
  })

  it('leaves modules alone that have nothing to do with the library', () => {
    expect(rewriteOperators('export const f = (x) => x * 2', '/a.js', new Map())).toBeNull()
    expect(rewriteOperators(`import type { Tensor } from 'tensorscript'\nexport const n: Tensor[] = []`, '/a.ts', new Map())).toBeNull()
  })

  it('does so in annotated code that imports nothing', () => {
    expect(rewriteOperators('/** @script */ export const f = (x) => x * 2', '/a.js', new Map())!.code).toMatch(/\$ts_mul\(x\s*, 2\)/)
  })
})
