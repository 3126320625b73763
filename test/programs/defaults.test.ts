/** Defaults of parameters of a program: for what is left out, not for `null` where that is a value. */
import { test } from 'vitest'
import { agree } from './agree.ts'

test('left out, undefined and null', () =>
  agree(
    'defaults',
    `/** @script */
export function f(x: int | null = 5, y?: int, z: int = 3): int { return (x ?? -1) + (y ?? 10) * z }
/** @script */
export function g(name: string | null = 'none', xs: int[] | null = [1, 2], n: int = xs === null ? 0 : xs.length): [string | null, int] {
  return [name, n]
}
/** @script */
export function h(t: Tensor<'float32', [2]> | null = null, flag: boolean | null = true): [int, boolean | null] {
  return [t === null ? 0 : 1, flag]
}
function inner(x: int | null = 7): int { return x ?? -1 }
/** @script */
export function k(a: int | null): int { return inner(a) * 100 + inner() * 10 + inner(null) }`,
    [
      ({ f }) => [f(), f(1), f(null), f(undefined, 2), f(null, undefined, undefined), f(0, 0, 0)],
      ({ g }) => [g(), g(null), g('a', null), g(undefined, [4, 5, 6]), g(null, null, 9)],
      ({ h }) => [h(), h(null, null), h(undefined, false)],
      ({ k }) => [k(2), k(null)],
    ],
  ))
