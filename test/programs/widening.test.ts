/** Numbers without a declared type that start whole and become fractions, where arrays, maps, records and objects hold them: compiled as uncompiled. */
import { test } from 'vitest'
import { agree } from './agree.ts'

test('arrays and maps of whole numbers that are given fractions later', () =>
  agree(
    'widened-containers',
    `/** @script */
export function sums(xs: float[]): float[] {
  const out = [0]
  for (const x of xs) out.push(out[out.length - 1]! + x)
  return out
}
/** @script */
export function filled(n: int): float[][] {
  const dp = Array.from({ length: n }, () => new Array<number>(n).fill(0))
  const row = Array(n).fill(1)
  const declared: float[] = Array.from({ length: n }, () => 0)
  for (let i = 0; i < n; i++) {
    dp[i]![i] = i * 0.5
    row[i] /= 2
    declared[i] = row[i]! + 0.25
  }
  return [...dp, row, declared]
}
/** @script */
export function table(words: string[]): Map<string, float> {
  const weights = new Map([['start', 0]])
  for (const word of words) weights.set(word, (weights.get(word) ?? 0) + 0.5)
  return weights
}
/** @script */
export function nested(n: int): float {
  const grid = [[0, 0], [0, 0]]
  for (const row of grid) row[1] = n / 4
  grid[0]![0] += 0.5
  const counts = new Array(n).fill(0)
  counts[0]++
  return grid.flat().reduce((a, b) => a + b, 0) + counts[counts[0]!]!
}`,
    [
      ({ sums }) => sums([0.5, 2]),
      ({ filled }) => filled(3),
      ({ table }) => table(['a', 'b', 'a']),
      ({ nested }) => nested(3),
      ({ filled }) => filled(-1),
    ],
  ))

test('fields of records and objects', () =>
  agree(
    'widened-fields',
    `class Meter {
  total = 0
  count = 0
  update(x: float): void {
    this.total += x
    this.count++
  }
  get mean(): float { return this.total / this.count }
}
class Weighted extends Meter {
  weight = 1
  update(x: float): void {
    super.update(x * this.weight)
    this.weight *= 0.5
  }
}
/** @script */
export function stats(xs: float[]): float[] {
  const all = { sum: 0, count: 0, range: { low: 0, high: 0 } }
  for (const x of xs) {
    all.sum += x
    all.count++
    if (x < all.range.low) all.range.low = x
    if (x > all.range.high) all.range = { low: all.range.low, high: x }
  }
  return [all.sum, all.range.low, all.range.high, xs[all.count - 1]!]
}
/** @script */
export function best(xs: float[]): [int, float] {
  let found = { score: 0, at: -1 }
  for (const [at, x] of xs.entries()) if (x > found.score) found = { score: x, at }
  return [found.at, found.score]
}
/** @script */
export function beams(xs: float[], width: int): float[] {
  let hypotheses = [{ tokens: [0], score: 0 }]
  for (const [i, x] of xs.entries()) {
    const next = hypotheses.flatMap(({ tokens, score }) => [{ tokens, score }, { tokens: [...tokens, i], score: score + x }])
    hypotheses = next.sort((a, b) => b.score - a.score).slice(0, width)
  }
  return hypotheses.map(({ tokens, score }) => score * tokens[tokens.length - 1]!)
}
/** @script */
export function meters(xs: float[]): float[] {
  const [a, b] = [new Meter(), new Weighted()]
  for (const x of xs) {
    a.update(x)
    b.update(x)
  }
  return [a.mean, b.mean, xs[a.count - 1]!]
}`,
    [
      ({ stats }) => stats([1.5, -2, 3.25]),
      ({ best }) => [best([1, 3.5, 2]), best([-1])],
      ({ beams }) => beams([0.5, -1, 2], 2),
      ({ meters }) => meters([1, 3.5, 2]),
    ],
  ))

test('an array of whole numbers where one of numbers is declared is the same array', () =>
  agree(
    'widened-aliases',
    `interface Entry { n: int; sum: float; seen: string[] }
function halve(xs: float[]): void { for (let i = 0; i < xs.length; i++) xs[i]! /= 2 }
/** @script */
export function f(given: int[]): float[] {
  const own = [given.length, 3]
  halve(own)
  const same: float[] = given
  same[0] = 0.5
  const copy: number[] = given.slice()
  copy.push(own[1]!)
  const spread = [...given, 7]
  spread.push(0.25)
  return [...own, ...given, ...copy, ...spread]
}
/** @script */
export function means(names: string[]): float[] {
  const entries = new Map<string, Entry>()
  for (const name of names) {
    const entry = entries.get(name) ?? { n: 0, sum: 0, seen: [] }
    entry.n++
    entry.sum += name.length / 2
    entry.seen.push(name)
    entries.set(name, entry)
  }
  return [...entries.values()].map(({ n, sum, seen }) => sum / n + seen.length)
}`,
    [({ f }) => f([1, 2]), ({ means }) => means(['a', 'bb', 'a'])],
  ))
