/** Tuples, object types and destructuring. */
import { gives, type Program, refused, throws } from './program.ts'

export const tuples: readonly Program[] = [
  {
    id: 'T01',
    checks: 'subscripts that are constant, negative, nested, out of range, or not known',
    source: `/** @script */
export function f(a: readonly [int, readonly [string, float], int]) {
  return [a[0], a.at(-1), a[1][0], a.slice(0, 2), [a[0], a[2]]] as const
}
/** @script */
export function g(a: readonly [int, int], i: int): int { return a[i] }
/** @script */
export function mixed(a: readonly [int, string], i: int): int | string { return a[i] }`,
    runs: [
      gives(({ f }) => f([1, ['a', 2], 3]), [1, 3, 'a', [1, ['a', 2]], [1, 3]]),
      gives(({ g }) => g([4, 5], 1), 5),
      gives(({ mixed }) => [mixed([4, 'x'], 0), mixed([4, 'x'], 1)], [4, 'x']),
    ],
    refused: [
      refused('/** @script */\nexport function e1(): int { return ([1, 2] as const)[1.5] }', 'S2015', '1.5'),
      refused('/** @script */\nexport function e2(): int { return ([1, 2] as const)[3] }', 'S2019', '3'),
    ],
  },
  {
    id: 'T02',
    checks: 'destructuring: nested, with a rest, of one element, chained assignment',
    source: `/** @script */
export function f() {
  const [a, [b, [c, d]]] = [1, [2, [3, 4]]] as const
  const [x, ...y] = [5, 6, 7] as const
  const [z] = [8] as const
  let m: int, n: int
  m = n = 9
  return [a, b, c, d, x, y, z, m, n] as const
}`,
    runs: [gives(({ f }) => f(), [1, 2, 3, 4, 5, [6, 7], 8, 9, 9])],
  },
  {
    id: 'T04',
    checks: 'a field of an object type that does not fit',
    source: `interface P { readonly x: int; readonly name: string }
function make(x: int): P { return { x, name: 'p' } }
/** @script */
export function f(x: int): int {
  const { x: y, name } = make(x)
  return y + name.length
}
/** @script */
export function g(x: int): P { return make(x + 1) }`,
    runs: [gives(({ f }) => f(3), 4), gives(({ g }) => g(3), { x: 4, name: 'p' })],
    refused: [
      refused(
        `interface P { readonly x: int }
/** @script */
export function f(): P { return { x: 'a' } }`,
        'S2015',
        "'a'",
      ),
    ],
  },
  {
    id: 'T05',
    checks: 'destructuring that takes more than there is',
    source: `/** @script */
export function a(x: readonly [int, int, int]): int {
  const [p, q] = x
  return p * 10 + q
}
/** @script */
export function c(x: int[]): int {
  const [p, q] = x
  return p * 10 + q
}`,
    runs: [
      gives(({ a }) => a([1, 2, 3]), 12),
      gives(({ c }) => c([1, 2, 3]), 12),
      { only: 'compiled', ...throws(({ c }) => c([1]), /index 1 out of range for length 1/, RangeError) },
    ],
    refused: [
      refused(
        `/** @script */
export function a(x: readonly [int, int]): int {
  const [p, q, r] = x
  return p
}`,
        'S2019',
        'r',
      ),
      refused(
        `/** @script */
export function b(x: int): int {
  const [p, q] = x
  return p
}`,
        'S2018',
        'x',
      ),
    ],
  },
]
