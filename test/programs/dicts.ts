/** Maps and records. */
import { gives, type Program, throws } from './program.ts'

export const dicts: readonly Program[] = [
  {
    id: 'D01',
    checks: 'keys, values, entries, size, get, set, delete, copies',
    source: `/** @script */
export function f(d: Map<string, int>): [string[], int[], [string, int][], int, int, int | undefined, int, Map<string, int>] {
  const c = new Map(d)
  if (!c.has('n')) c.set('n', 5)
  for (const [k, v] of new Map([['z', 9]])) c.set(k, v)
  const p = c.get('a')!
  c.delete('a')
  const g1 = c.get('nope')
  const g2 = c.get('nope') ?? 3
  return [[...d.keys()], [...d.values()], [...d.entries()], d.size, p, g1, g2, c]
}`,
    runs: [
      gives(
        ({ f }) =>
          f(
            new Map([
              ['a', 1],
              ['b', 2],
            ]),
          ),
        [
          ['a', 'b'],
          [1, 2],
          [
            ['a', 1],
            ['b', 2],
          ],
          2,
          1,
          null,
          3,
          new Map([
            ['b', 2],
            ['n', 5],
            ['z', 9],
          ]),
        ],
      ),
    ],
  },
  {
    id: 'D02',
    checks: 'writes, loops over keys, membership, deletion, missing keys',
    source: `/** @script */
export function f(d: Map<string, int>): [int, boolean, boolean, Map<string, int>] {
  d.set('c', 10)
  d.set('c', d.get('c')! + 1)
  let n = 0
  for (const k of d.keys()) n += d.get(k)!
  d.delete('a')
  return [n, d.has('a'), !d.has('b'), d]
}
/** @script */
export function g(d: Map<string, int>): int { return d.get('zz')! }
/** @script */
export function h(d: Map<string, int>): Map<string, int> {
  if (!d.delete('zz')) throw new RangeError('zz was not found')
  return d
}`,
    runs: [
      gives(
        ({ f }) =>
          f(
            new Map([
              ['a', 1],
              ['b', 2],
            ]),
          ),
        [
          14,
          false,
          false,
          new Map([
            ['b', 2],
            ['c', 11],
          ]),
        ],
      ),
      { only: 'compiled', ...throws(({ g }) => g(new Map([['a', 1]])), /null/) },
      throws(({ h }) => h(new Map([['a', 1]])), /^zz was not found$/, RangeError),
    ],
  },
  {
    id: 'D04',
    checks: 'maps from pairs, from records, from map; the last of equal keys counts',
    source: `/** @script */
export function f(): [Map<string, int>, Map<string, int>, Map<int, int>, Map<string, int>] {
  const a = new Map([['x', 1], ['y', 2]])
  const b = new Map(Object.entries({ p: 1, q: 2 }))
  const c = new Map([1, 2].map((k) => [k, k * 2] as const))
  const d = new Map([['k', 1], ['k', 2]])
  return [a, b, c, d]
}`,
    runs: [
      gives(
        ({ f }) => f(),
        [
          new Map([
            ['x', 1],
            ['y', 2],
          ]),
          new Map([
            ['p', 1],
            ['q', 2],
          ]),
          new Map([
            [1, 2],
            [2, 4],
          ]),
          new Map([['k', 2]]),
        ],
      ),
    ],
  },
  {
    id: 'D05',
    checks: 'insertion order is kept, also after a second write',
    source: `/** @script */
export function f(): [int[], string] {
  const d = new Map<int, string>()
  for (let i = 0; i < 20; i++) d.set(20 - i, 'v')
  d.set(20, 'w')
  return [[...d.keys()].slice(0, 3), d.get(20)!]
}`,
    runs: [gives(({ f }) => f(), [[20, 19, 18], 'w'])],
  },
]
