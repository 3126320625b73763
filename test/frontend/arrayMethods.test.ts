/** Array and string methods, the same in all three ways. */
import { test } from 'vitest'
import { torch } from '../../src/index.ts'
import { expectThreeWays } from '../compile/threeWays.ts'

test('sorting: by a function, stable, in place or not', () =>
  expectThreeWays(
    `/** @script */
export function numbers(xs: int[]): [int[], int[], int[]] {
  const ys = xs.slice()
  ys.sort((a, b) => b - a)
  return [xs.toSorted((a, b) => a - b), xs.toSorted((p, q) => (q % 3) - (p % 3)), ys]
}
/** @script */
export function pairs(xs: [int, string][]): [int, string][] { return xs.toSorted((a, b) => b[0] - a[0]) }`,
    [
      ({ numbers }) => [numbers([4, 5, 6, 11, 1, 2, 9]), numbers([]), numbers([10, 9])],
      ({ pairs }) =>
        pairs([
          [1, 'a'],
          [2, 'b'],
          [1, 'c'],
          [2, 'd'],
        ]),
    ],
  ))

test('searching and reducing from the end', () =>
  expectThreeWays(
    `/** @script */
export function f(xs: int[]): [int | null, int, int, int, string] {
  return [xs.findLast((x) => x > 4) ?? null, xs.findLastIndex((x, i) => x > 4 && i < 3), xs.reduceRight((a, x) => a * 2 + x, 0), xs.lastIndexOf(5), xs.map((x) => \`\${x}\`).reduceRight((a, x) => a + x, '')]
}`,
    [({ f }) => [f([4, 5, 6, 5, 1, 2]), f([1]), f([])]],
  ))

test('insertion, replacement, filling, joining, extremes', () =>
  expectThreeWays(
    `/** @script */
export function f(xs: int[]): [int[], int[], int[], int[], int[], int] {
  const a = xs.with(1, 9)
  const b = xs.slice()
  b.fill(7, 1)
  const c = xs.toSpliced(1, 1, 5, 6)
  const d = xs.slice()
  d.unshift(1, 2)
  d.splice(1, 0, 8, 9)
  return [a, b, c, d, [xs, [1]].flat().concat(xs, [3]), Math.max(...xs) - Math.min(...xs)]
}`,
    [({ f }) => f([4, 5, 6, 5, 1, 2])],
  ))

test('keys, values and entries, walked and spread', () =>
  expectThreeWays(
    `/** @script */
export function f(xs: int[]): int {
  let n = 0
  for (const i of xs.keys()) n += i
  for (const x of xs.values()) n = n * 3 + x
  for (const [i, x] of xs.entries()) n += i * x
  for (const [i, x] of [...xs.entries()].toReversed()) n = n * 2 + i * x
  return n
}`,
    [({ f }) => f([1, 2, 3])],
  ))

test('taking from both ends, of arrays that may be empty', () =>
  expectThreeWays(
    `/** @script */
export function drain(xs: int[]): int { let s = 0; while (xs.length > 0) s = s * 3 + xs.pop()!; return s }
/** @script */
export function first(xs: int[]): int { return xs.shift() ?? -1 }
/** @script */
export function tensors(x: Tensor<'float32', [3]>, n: int): Tensor {
  const xs: Tensor[] = []
  for (let i = 0; i < n; i++) xs.push(x.mul(i))
  const a = xs.pop()!
  const b = xs.shift()
  return b === undefined ? a : a.add(b)
}`,
    [
      ({ drain }) => drain([1, 2, 3]),
      ({ first }) => [first([5, 6]), first([])],
      ({ tensors }) => [tensors(torch.tensor([1, 2, 3]), 3), tensors(torch.tensor([1, 2, 3]), 1)],
    ],
  ))

test('methods of strings with positions and patterns', () =>
  expectThreeWays(
    `/** @script */
export function f(s: string, n: int): [boolean, boolean, boolean, string, string, string] {
  return [s.startsWith('b', n), s.endsWith('b', n + 1), s.includes('a', n), s.at(-1)!, s.replace('b', '[$&]'), 'abc'.replace('b', '[$&]')]
}`,
    [({ f }) => f('abc', 1)],
  ))
