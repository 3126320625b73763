/** Unions of records told apart by a literal field: compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { load } from './run.ts'

const shapes = `interface Circle { kind: 'circle'; radius: float }
interface Square { kind: 'square'; side: float; label?: string }
interface Point { kind: 'point' }
type Shape = Circle | Square | Point
`

test('comparisons, switch and early returns narrow', () =>
  agree(
    'shapes',
    `${shapes}function area(s: Shape): float {
  switch (s.kind) {
    case 'circle':
      return 3 * s.radius ** 2
    case 'square':
      return s.side ** 2
    default:
      return 0
  }
}
function name(s: Shape): string {
  if (s.kind === 'square') return s.label ?? 'no label'
  if (s.kind !== 'circle') return s.kind
  return 'radius ' + String(s.radius)
}
/** @script */
export function f(x: float): [float, string] {
  const all: Shape[] = [{ kind: 'circle', radius: x }, { kind: 'square', side: 2, label: 'b' }, { kind: 'point' }, { kind: 'square', side: x }]
  let sum = 0.5
  let names = ''
  for (const s of all) {
    sum += area(s)
    names += name(s) + ';'
  }
  return [sum, names]
}
/** @script */
export function g(s: Shape): float { return area(s) }`,
    [({ f }) => f(2), ({ g }) => [g({ kind: 'circle', radius: 2 }), g({ kind: 'point' })]],
  ))

test('a field that only some members have, and a literal of no member', async () => {
  const refusal = (body: string) =>
    expect(load('shapes-refused', `${shapes}/** @script */\n${body}`).then((compile) => compile(true))).rejects
  await refusal('export function f(s: Shape): float { return s.radius }').toThrow(/S2013.*radius/)
  await refusal("export function f(): string { const c: Circle = { kind: 'square', radius: 1 }; return c.kind }").toThrow(/S2015.*circle/)
})
