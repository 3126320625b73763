/** Maps, sets and records, and empty containers that take their type from the first write: compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'
import { load } from './run.ts'

test('maps are walked alive, sets too', () =>
  agree(
    'walks',
    `/** @script */
export function grow(m: Map<int, int>): [int[], int] {
  const seen: int[] = []
  for (const [k, v] of m) {
    seen.push(k)
    if (k < 5) m.set(k + 2, v)
    m.delete(k + 1)
  }
  return [seen, m.size]
}
/** @script */
export function sets(xs: int[]): [int[], boolean, int] {
  const s = new Set(xs)
  for (const x of s) if (x < 10) s.add(x * 2)
  const copy = new Set(s)
  copy.clear()
  return [[...s], s.has(4), copy.size + s.size]
}
/** @script */
export function each(m: Map<string, float>): [string, float] {
  let names = ''
  let sum = 0
  m.forEach((v, k) => {
    names += k
    sum += v
  })
  for (const k of m.keys()) names += k
  for (const v of m.values()) sum += v
  for (const [k, v] of m.entries()) {
    names += k
    sum += v
  }
  return [names, sum]
}`,
    [
      ({ grow }) =>
        grow(
          new Map([
            [1, 1],
            [2, 5],
          ]),
        ),
      ({ sets }) => sets([1, 3, 3]),
      ({ each }) =>
        each(
          new Map([
            ['b', 1.5],
            ['a', 2],
          ]),
        ),
    ],
  ))

test('records', () =>
  agree(
    'records',
    `/** @script */
export function f(r: Record<string, int>, k: string): [string[], int[], [string, int][], int, boolean, Record<string, int>] {
  r.added = 3
  r[k] = (r[k] ?? 10) + 1
  r['other'] += 5
  delete r.gone
  const made: Record<string, int> = { x: 1, y: r.added }
  for (const [name, v] of Object.entries(made)) r[name] = v
  return [Object.keys(r), Object.values(r), Object.entries(r), made.x, 'gone' in r || Object.hasOwn(r, k), { ...r, last: 1 }]
}
/** @script */
export function pairs(xs: string[]): Record<string, int> {
  const counts: Record<string, int> = {}
  for (const x of xs) {
    if (counts[x] === undefined) counts[x] = 0
    counts[x]++
  }
  for (const k in counts) counts[k] *= 2
  return counts
}`,
    [
      ({ f }) => {
        const r = { gone: 1, other: 2 }
        return [f(r, 'key'), r]
      },
      ({ pairs }) => pairs(['a', 'b', 'a']),
    ],
  ))

test('tensors in maps, records and nested arrays', () =>
  agree(
    'tensors',
    `/** @script */
export function f(x: Tensor<'float32', ['N']>): [Map<string, Tensor>, Tensor, Tensor, int] {
  const m = new Map([['x', x]])
  m.set('y', x.mul(2))
  let sum = x
  for (const v of m.values()) sum = sum.add(v)
  const groups = new Map<int, Tensor[]>()
  for (const i of range(4)) {
    if (!groups.has(i % 2)) groups.set(i % 2, [])
    groups.get(i % 2)!.push(x.add(i))
  }
  let odd = torch.zeros([1])
  for (const y of groups.get(1)!) odd = odd.add(y.sum())
  return [m, sum, odd, groups.get(1)!.length]
}
/** @script */
export function g(r: Record<string, Tensor<'float32', [2]>>): Tensor {
  let sum = torch.zeros([2])
  for (const k of Object.keys(r)) sum = sum.add(r[k])
  return sum
}`,
    [({ f }) => f(tensor([1, 2, 3])), ({ g }) => g({ a: tensor([1, 2]), b: tensor([3, 4]) })],
  ))

test('empty containers take their type from the first write', () =>
  agree(
    'empties',
    `/** @script */
export function f(n: int): [float[], Map<string, int[]>, int, string[]] {
  const xs = []
  const m = new Map()
  const s = new Set()
  for (const i of range(n)) {
    xs.push(i)
    s.add(i % 3)
    const list = []
    list.push(i)
    m.set(String(i), list)
  }
  xs.push(0.5)
  let names = []
  if (n > 2) names = ['a']
  return [xs, m, s.size, names]
}`,
    [({ f }) => f(4), ({ f }) => f(1)],
  ))

test('tensors that are read before the line that stores them', () =>
  agree(
    'read-before-stored',
    `class Last { value: Tensor | null = null }
/** @script */
export function f(x: Tensor<'float32', ['N']>, n: int): [Tensor, Tensor, Tensor] {
  const xs: Tensor[] = []
  const m = new Map<int, Tensor>()
  const last = new Last()
  let [a, b, c] = [x, x, x]
  for (const i of range(n)) {
    if (xs.length > 0) a = a.add(xs[0].sum())
    if (m.has(i - 1)) b = b.mul(m.get(i - 1)!.sum())
    const { value } = last
    if (value !== null) c = c.sub(value.mean())
    xs.push(x.mul(i))
    m.set(i, x.add(i))
    last.value = x.mul(i + 1)
  }
  return [a, b, c]
}`,
    [({ f }) => f(tensor([1, 2, 3]), 4), ({ f }) => f(tensor([1]), 0)],
  ))

test('array literals of objects that are written', () =>
  agree(
    'written-literals',
    `/** @script */
export function f(n: int): [int, int, string] {
  const counts = [{ n: 1 }, { n: 2 }]
  for (const c of counts) c.n += n
  let points = [{ x: 1 }, { x: 2 }]
  if (n > 2) points = [{ x: 5 }]
  const names = [{ name: 'a' }]
  names.push({ name: String(n) })
  return [counts[0].n + counts[1].n, points[0].x, names.map((p) => p.name).join()]
}`,
    [({ f }) => f(1), ({ f }) => f(4)],
  ))

test('keys that are compared by identity where the writer means value are refused', async () => {
  const source = '/** @script */\nexport function f(m: Map<[int, int], int>): int { return m.size }'
  await expect(load('keys', source).then((compile) => compile(true))).rejects.toThrow(/S2006.*\[int, int\]/)
  const empty = '/** @script */\nexport function f(): int {\n  const xs = []\n  return xs.length\n}'
  await expect(load('empty', empty).then((compile) => compile(true))).rejects.toThrow(/S2005/)
})

test('elements, entries and variables that are not null are changed under `!`', () =>
  agree(
    'marks',
    `/** @script */
export function f(xs: int[], n: int): [int[], int, int] {
  const counts: Record<string, int> = { a: 1 }
  let most: int | null = n > 0 ? n : null
  xs[0]! += n
  xs[1]!++
  counts.a! *= 3
  if (n > 0) most! -= 1
  return [xs, counts.a!, most ?? 0]
}`,
    [({ f }) => f([1, 2], 5), ({ f }) => f([1, 2], 0), ({ f }) => f([1, 2], -1)],
  ))
