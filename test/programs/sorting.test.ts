/** Sorting of arrays of anything, by a function or by the texts of numbers and strings: compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { type Exports, tensor } from './program.ts'
import { load } from './run.ts'

test('tensors, tuples and records by a function', () =>
  agree(
    'sort-with',
    `interface Beam { score: float; tokens: int[]; state: Tensor<'float32', ['N']> }
/** @script */
export function tensors(x: Tensor<'float32', [3]>): [Tensor, Tensor[]] {
  const xs = [x, x.mul(2), x.neg()]
  const sorted = xs.toSorted((a, b) => b.sum().item() - a.sum().item())
  xs.sort((a, b) => a.sum().item() - b.sum().item())
  return [sorted[0].add(1), xs]
}
/** @script */
export function given(xs: Tensor<'float32', [3]>[]): Tensor[] { return xs.toSorted((a, b) => b.sum().item() - a.sum().item()) }
/** @script */
export function beams(x: Tensor<'float32', ['N']>, width: int): [Tensor, float, int[]] {
  let beams: Beam[] = [{ score: 0, tokens: [], state: x }]
  for (const t of range(3)) {
    const next: Beam[] = []
    for (const beam of beams)
      for (const v of range(3))
        next.push({ score: beam.score + ((v * 7 + t) % 5), tokens: [...beam.tokens, v], state: beam.state.add(v) })
    next.sort((a, b) => b.score - a.score)
    beams = next.slice(0, width)
  }
  return [beams[0].state, beams[0].score, beams[0].tokens]
}
/** @script */
export function literals(m: Map<string, int>): [string, [string, int][]] {
  const people = [{ age: 1, name: 'a' }, { age: 3, name: 'b' }, { age: 2, name: 'c' }]
  people.sort((a, b) => b.age - a.age)
  return [people.map((p) => p.name).join(''), [...m].sort((a, b) => b[1] - a[1])]
}`,
    [
      ({ tensors }) => tensors(tensor([1, 2, 3])),
      ({ given }) => given([tensor([1, 2, 3]), tensor([4, 5, 6])]),
      ({ beams }) => beams(tensor([1, 2]), 2),
      ({ literals }) =>
        literals(
          new Map([
            ['a', 1],
            ['b', 2],
          ]),
        ),
    ],
  ))

test('without a function: by text, in place or not', () =>
  agree(
    'sort-by-text',
    `/** @script */
export function strings(xs: string[]): [string[], string[]] { const sorted = xs.toSorted(); xs.sort(); return [sorted, xs] }
/** @script */
export function numbers(xs: int[], ys: float[], m: Map<string, int>): [int[], float[], string[], int[]] {
  const sorted = xs.toSorted()
  return [sorted, ys.sort(), Array.from(m.keys()).sort(), [xs[0], 12, 3].sort()]
}`,
    [
      ({ strings }) => strings(['b', 'a', 'Z', 'é', '10', '9']),
      ({ numbers }) => {
        const ys = [10.5, 9, 1e21, -1, 0.1, 1e-7]
        return [
          numbers(
            [10, 9, 1, -1, -10],
            ys,
            new Map([
              ['b', 1],
              ['a', 2],
            ]),
          ),
          ys,
        ]
      },
    ],
  ))

test('what has no text to sort by wants a function; a constant array is not sorted in place', async () => {
  const refusal = (source: string) => expect(load('refused', source).then((compile) => compile(true))).rejects
  const head = '/** @script */\nexport function f(x: Tensor): '
  await refusal(`${head}Tensor { return [x, x.neg()].toSorted()[0] }`).toThrow(/S2017.*a function that compares/)
  await refusal(`const xs = [2, 1]\n${head}int[] { return xs.sort((a, b) => a - b) }`).toThrow(/S2020.*xs/)
})

test('many elements by a function: stable, of any order and length', () =>
  agree(
    'sort-many',
    `interface Word { key: int; position: int }
/** @script */
export function stable(n: int, keys: int): int[] {
  const words: Word[] = []
  for (let i = 0; i < n; i++) words.push({ key: (i * 7919) % keys, position: i })
  words.sort((a, b) => b.key - a.key)
  return words.map((word) => word.position)
}
/** @script */
export function numbers(xs: float[]): [float[], float[]] {
  const sorted = xs.toSorted((a, b) => a - b)
  const first = xs
  xs.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
  return [sorted, first]
}`,
    [
      ...[0, 1, 2, 3, 7, 8, 33, 100].map(
        (n) =>
          ({ stable }: Exports) =>
            stable(n, 5),
      ),
      ({ stable }) => stable(1000, 10007),
      ({ numbers }) => numbers([3, -1, 2.5, 2.5, -7, 100, 0]),
    ],
  ))
