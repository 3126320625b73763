/** Unions of records told apart by a literal field: compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'
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

test('a switch that has a case for every value of its type needs no default', () =>
  agree(
    'exhaustive',
    `${shapes}enum Op { Add, Sub = 4, Mul }
enum Color { Red = 'red', Blue = 'blue' }
type Mode = 'relu' | 'tanh' | 'none'
function assertNever(x: never): never { throw new Error('unexpected ' + String(x)) }
function run(op: Op, a: int, b: int): int {
  switch (op) {
    case Op.Add:
      return a + b
    case Op.Sub:
      return a - b
    case Op.Mul:
      return a * b
  }
}
function side(s: Shape): float {
  switch (s.kind) {
    case 'circle':
      return s.radius
    case 'square':
      return s.side
    case 'point':
      return 0
  }
}
function act(x: Tensor, mode: Mode): Tensor {
  switch (mode) {
    case 'relu':
      return x.relu()
    case 'tanh':
      return x.tanh()
    case 'none':
      return x
  }
}
/** @script */
export function f(ops: Op[], c: Color, b: boolean): [int[], int, int, float[]] {
  const sides: Shape[] = [{ kind: 'circle', radius: 1 }, { kind: 'square', side: 2 }, { kind: 'point' }]
  let code: int
  switch (c) {
    case Color.Red:
      code = 1
      break
    case Color.Blue:
      code = 2
      break
  }
  const all: int[] = []
  for (const op of ops) {
    let y: int
    switch (op) {
      case Op.Add:
      case Op.Sub:
        y = run(op, 5, 3)
        break
      case Op.Mul:
        y = code
    }
    all.push(y)
  }
  switch (b) {
    case true:
      return [all, code, 1, sides.map((s) => side(s))]
    case false:
      return [all, code, 0, []]
  }
}
/** @script */
export function g(x: Tensor<'float32', [2]>, mode: Mode): Tensor { return act(x, mode) }
/** @script */
export function h(c: Color): int {
  switch (c) {
    case Color.Red:
      return 1
    case Color.Blue:
      return 2
    default: {
      const rest: never = c
      return rest
    }
  }
}
/** @script */
export function k(m: Mode): int {
  switch (m) {
    case 'relu':
    case 'tanh':
      return 1
    case 'none':
      return 2
    default:
      return assertNever(m)
  }
}`,
    [
      ({ f }) => [f([0, 4, 5], 'blue', true), f([], 'red', false)],
      ({ g }) => [g(tensor([1, -2]), 'relu'), g(tensor([1, -2]), 'none')],
      ({ h }) => h('blue'),
      ({ k }) => [k('tanh'), k('none')],
      ({ k }) => k('other'),
    ],
  ))

test('a switch that lacks a case ends', async () => {
  const source =
    'enum Op { Add, Sub, Mul }\n/** @script */\nexport function f(op: Op): int { switch (op) { case Op.Add: return 1; case Op.Sub: return 2 } }'
  await expect(load('not-exhaustive', source).then((compile) => compile(true))).rejects.toThrow(/S2016/)
})

test('a field that only some members have, and a literal of no member', async () => {
  const refusal = (body: string) =>
    expect(load('shapes-refused', `${shapes}/** @script */\n${body}`).then((compile) => compile(true))).rejects
  await refusal('export function f(s: Shape): float { return s.radius }').toThrow(/S2013.*radius/)
  await refusal("export function f(): string { const c: Circle = { kind: 'square', radius: 1 }; return c.kind }").toThrow(/S2015.*circle/)
})

test('a loop whose first test is known to hold may end', () =>
  agree(
    'loop-first-test',
    `/** @script */
export function f(b: boolean, s: string): string {
  const k: int | string = s
  let i = 0
  while (i < 2 && typeof k === 'string') {
    i++
    if (b) return s
  }
  for (let j = 0; j < 3; j++) if (s === 'q' + j) return 'j'
  return 'end'
}`,
    [({ f }) => [f(true, 'a'), f(false, 'b'), f(false, 'q2')]],
  ))

test('what is null whatever branch was taken, beside one that throws', () =>
  agree(
    'null-beside-throw',
    `interface P { readonly a: int; readonly b: string }
enum Color { Red = 'red', Blue = 'blue', Green = 'green' }
/** @script */
export function f(n: int, xs: int[]): [P | null] {
  let v: P | null = null
  if (xs.every((e) => e > n)) {
    v = (xs.includes(n) ? v : v)
  } else {
    if (true) throw new Error('at')
  }
  return [v]
}
/** @script */
export function g(n: int): [P | null] {
  let v: P | null = null
  let color: Color = Color.Blue
  if (n > 3) color = Color.Green
  switch (color) {
    case Color.Red:
      break
    case Color.Blue:
      if (n < 0) throw new Error('at')
      break
    case Color.Green:
      v = (false ? { a: n, b: '' } : null)
      break
  }
  return [v]
}
/** @script */
export function h(xs: int[]): [P | null, int] {
  let v: P | null = null
  let k = 0
  for (const x of xs) {
    if (x > 5) throw new Error('large')
    if (x > 2) { v = null; continue }
    k += x
  }
  return [v, k]
}`,
    [({ f }) => f(0, [1, 2]), ({ g }) => [g(1), g(5)], ({ h }) => [h([1, 3, 2]), h([])]],
  ))
