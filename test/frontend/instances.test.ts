/** Classes of other files: a program sees them by their name in its own file. */
import { expect, test } from 'vitest'
import { nodesOf } from '../../src/compiler/ir/walk.ts'
import { compileText } from './helpers.ts'

const shape = `export class Shape { area(): float { return 0 } }
export class Square extends Shape { side: float = 2; area(): float { return this.side ** 2 } }
export function make(n: int): Shape { return n > 1 ? new Square() : new Shape() }`
const user = (imports: string): string =>
  `import { ${imports} } from './shape'\nexport function f(n: int): float { const s = make(n); return s.area() }`

test('they are known by the name that the import gives them', () => {
  const result = compileText(user('make, Square as Sq'), { files: { 'shape.ts': shape } })
  expect(result.ok).toBe(true)
  if (!result.ok) return
  const hosts = [...result.program.functions.values()].flatMap(({ block }) =>
    [...nodesOf(block)].flatMap(({ kind, attributes: { host } }) => (host?.kind === 'name' ? [`${kind} ${host.value}`] : [])),
  )
  expect(hosts.sort()).toEqual(['prim::CreateObject Sq', 'prim::isinstance Sq'])
})

test('they must be imported, as values', () => {
  for (const imports of ['make', 'make, type Square']) {
    const result = compileText(user(imports), { files: { 'shape.ts': shape } })
    expect(result.ok ? [] : result.diagnostics.map(({ code, message, hint }) => `${code} ${message} (${hint})`)).toEqual([
      'S1109 `Square` cannot be captured: a class that objects are told apart by must be declared in the file of the program, or imported there (import Square there)',
    ])
  }
})
