/** Optional values and unions, and what narrows them. */
import { compiledOnly, gives, type Program, refused } from './program.ts'

export const optional: readonly Program[] = [
  {
    id: 'O01',
    checks: 'and, or and not narrow both operands',
    source: `/** @script */
export function both(p: int | null, q: int | null): int {
  if (p !== null && q !== null) return p * q
  return -1
}
/** @script */
export function neg(p: int | null, q: int | null): int {
  if (!(p !== null && q !== null)) return -2
  return p - q
}
/** @script */
export function either(p: int | null, q: int | null): int {
  if (p === null || q === null) return -3
  return p + q
}
/** @script */
export function useInCondition(p: int | null): int {
  return p !== null && p > 3 ? p * 2 : 0
}`,
    runs: [
      gives(
        ({ both, neg, either, useInCondition }) => [
          both(2, 3),
          both(null, 3),
          neg(5, 2),
          neg(5, null),
          either(1, 1),
          either(null, null),
          useInCondition(4),
          useInCondition(1),
          useInCondition(null),
        ],
        [6, -1, 3, -2, 2, -3, 8, 0, 0],
      ),
    ],
  },
  {
    id: 'O02',
    checks: 'checks that do not suffice; a check kept in a constant does',
    source: `/** @script */
export function namedVar(x: int | null): int {
  const ok = x !== null
  if (ok) return x + 1
  return 0
}`,
    runs: [gives(({ namedVar }) => [namedVar(2), namedVar(null)], [3, 0])],
    refused: [
      refused(
        `/** @script */
export function orError(x: int | null, y: int | null): int {
  if (x === null || y === null) return x + y
  return 0
}`,
        'S2014',
        'x',
      ),
      refused(
        `/** @script */
export function andError(x: int | null, y: int | null): int {
  if (x === null && y === null) return 0
  else return x + y
}`,
        'S2014',
        'x',
      ),
    ],
  },
  {
    id: 'O04',
    checks: 'assigning in the null branch narrows afterwards',
    source: `/** @script */
export function f(x: int | null): int {
  if (x === null) x = 1
  return x + 1
}`,
    runs: [gives(({ f }) => [f(1), f(null)], [2, 2])],
  },
  {
    id: 'O05',
    checks: 'two optionals, nested checks, an optional result',
    source: `/** @script */
export function first(p: string | null, q: string | null): string | null {
  let r: string | null = null
  if (p !== null) {
    r = p + '!'
    if (q !== null) r = r + q
  } else if (q !== null) r = q
  return r
}`,
    runs: [gives(({ first }) => [first('a', 'b'), first('a', null), first(null, 'b'), first(null, null)], ['a!b', 'a!', 'b', null])],
  },
  {
    id: 'O07',
    checks: 'typeof narrows optional and unknown, through and, or and not',
    source: `/** @script */
export function a(x: int | null): int {
  if (typeof x === 'number') return x + 3
  else return 4
}
/** @script */
export function b(x: int | null, y: int | null): int {
  if (!(typeof x === 'number') || !(typeof y === 'number')) return 0
  else return x + y
}
/** @script */
export function c(x: unknown, y: unknown): float {
  if (typeof x === 'number' && typeof y === 'number') return x + y
  return 0
}`,
    runs: [gives(({ a, b, c }) => [a(4), a(null), b(3, 4), b(null, 4), b(4, null), c(3, 4), c(3, 'hi')], [7, 4, 7, 0, 0, 7, 0])],
  },
  {
    id: 'O08',
    checks: 'container types told apart while the program runs',
    source: `/** @script */
export function f(a: int[] | null): int {
  let b = 0
  if (typeof a === 'number' || typeof a === 'string' || Array.isArray(a)) b += 1
  if (typeof a === 'number' || typeof a === 'string') b += 1
  if (Array.isArray(a)) b += 1
  return b
}
/** @script */
export function g(x: Map<string, Tensor[]> | int[] | string | null): string {
  if (x instanceof Map) return 'map'
  else if (typeof x === 'string') return x
  else if (Array.isArray(x)) return String(x.length)
  return 'null'
}`,
    runs: [
      gives(({ f }) => [f([3, 4]), f(null)], [2, 0]),
      gives(({ g }) => [g(new Map([['a', []]])), g([1, 2]), g('a'), g(null)], ['map', '2', 'a', 'null']),
    ],
  },
  {
    id: 'O10',
    checks: 'a join of two types is an error unless the variable is declared as their union',
    source: `/** @script */
export function good(c: boolean): int | string {
  let x: int | string = 1
  if (!c) x = 'a'
  return x
}`,
    runs: [gives(({ good }) => [good(true), good(false)], [1, 'a'])],
    refused: [
      refused(
        `/** @script */
export function bad(c: boolean) {
  let x
  if (c) x = 1
  else x = 'a'
  return x
}`,
        'S2001',
        'x',
      ),
    ],
  },
  {
    id: 'O11',
    checks: 'unions are flattened, without doubles and order',
    source: `/** @script */
export function f(x: int | null, y: int | string | int, z: int): int | null {
  const w: string | int = y
  return typeof w === 'string' ? null : x
}`,
    runs: [
      gives(({ f }) => [f(3, 'a', 1), f(3, 2, 1)], [null, 3]),
      compiledOnly((_, { graph }) => /Union\(.*?\)/.exec(graph('f'))?.[0], 'Union(int, str)'),
    ],
  },
  {
    id: 'O13',
    checks: 'T converts to T | null at calls',
    source: `function g(x: int | null): int { return x === null ? 0 : x }
/** @script */
export function f(): [int, int] { return [g(3), g(null)] }`,
    runs: [gives(({ f }) => f(), [3, 0])],
  },
]
