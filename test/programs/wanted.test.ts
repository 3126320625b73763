/** What a declaration, a result or a parameter wants says what object literals in branches and fields stand for. Compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { load } from './run.ts'

test('object literals in the branches of conditions', () =>
  agree(
    'wanted-branches',
    `type Shape = { kind: 'circle'; r: int } | { kind: 'box'; w: int; h: int } | { kind: 'point' }
interface Point { x: int; y: int }
interface Line { from: Point; shape: Shape }
function shapeOf(n: int): Shape {
  if (n > 4) return { kind: 'circle', r: n }
  return n > 0 ? { kind: 'box', w: n, h: 2 } : { kind: 'point' }
}
function area(s: Shape): int {
  switch (s.kind) {
    case 'circle':
      return s.r * 3
    case 'box':
      return s.w * s.h
    case 'point':
      return 0
  }
}
function text(k: int | string): string { return typeof k === 'string' ? k : '#' + k }
/** @script */
export function f(n: int): [int, int, int, string, int] {
  const counts: Record<string, int> = n > 2 ? { a: n, b: 1 } : { c: n }
  const maybe: Point | null = n === 1 ? null : { x: n, y: n }
  const point: Point = maybe ?? { x: 7, y: 8 }
  const shapes: Shape[] = [n > 3 ? { kind: 'point' } : { kind: 'circle', r: 1 }, shapeOf(n)]
  const line: Line = { from: { ...point, x: 5 }, shape: n > 0 ? { kind: 'box', w: 1, h: 1 } : { kind: 'point' } }
  return [
    Object.keys(counts).length,
    area(n > 5 ? { kind: 'box', w: n, h: n } : { kind: 'circle', r: n }),
    shapes.map((s) => area(s)).reduce((a, b) => a + b, 0) + area(line.shape),
    text(n > 2 ? n : 'few'),
    line.from.x + line.from.y,
  ]
}`,
    [0, 1, 3, 6].map(
      (n) =>
        ({ f }) =>
          f(n),
    ),
  ))

test('arrays of unknown length spread into rest parameters', () =>
  agree(
    'wanted-rest',
    `class Sum {
  total: int
  constructor(...start: int[]) { this.total = start.reduce((a, b) => a + b, 0) }
  add(...by: int[]): int {
    for (const b of by) this.total += b
    return by.length
  }
}
function join(separator: string, ...parts: int[]): string { return parts.join(separator) }
/** @script */
export function f(xs: int[]): [string, string, int, int] {
  const local = (first: int, ...rest: int[]): int => first * rest.length
  const sum = new Sum(...xs, 1)
  return [join('-', ...xs), join('+', 0, ...xs, 9, ...xs), sum.add(...xs, sum.add(5)) + local(3, ...xs), sum.total]
}`,
    [[], [4], [1, 2, 3]].map(
      (xs) =>
        ({ f }) =>
          f(xs),
    ),
  ))

test('an array of unknown length where there is no rest parameter', async () => {
  const source = 'function g(a: int, b: int): int { return a + b }\n/** @script */\nexport function f(xs: int[]): int { return g(...xs) }'
  await expect(load('wanted-no-rest', source).then((compile) => compile(true))).rejects.toThrow(/S2009/)
})

test('elements that may not be there, left of `??` and compared with undefined', () =>
  agree(
    'wanted-elements',
    `/** @script */
export function f(xs: int[], words: string[], i: int): [int, int, int, string, boolean, int] {
  return [xs[i] ?? -1, xs.at(i) ?? -2, xs.filter((x) => x > 2).at(-1) ?? -3, words[0] ?? 'none', xs[i] === undefined, 'abc'.length]
}`,
    [({ f }) => f([], [], 0), ({ f }) => f([1, 2, 3], ['a'], 2), ({ f }) => f([1, 2, 3], ['a'], 3), ({ f }) => f([5], [], -1)],
  ))
