/** Arrays. */
import { gives, type Program, refused, tensor, throws } from './program.ts'

export const lists: readonly Program[] = [
  {
    id: 'LI01',
    checks: 'equality by element, concatenation, repetition, emptiness',
    source: `function equal(a: int[], b: int[]): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i])
}
/** @script */
export function f(a: int[], b: int[]): [boolean, boolean, int[], int[], int] {
  let r = 0
  if (equal(a, b)) r = 1
  if (a.length > 0) r += 10
  return [equal(a, b), !equal(a, b), a.concat(b), [...a, ...a], r]
}`,
    runs: [
      gives(
        ({ f }) => [f([1, 2], [1, 2]), f([], [1])],
        [
          [true, false, [1, 2, 1, 2], [1, 2, 1, 2], 11],
          [false, true, [1], [], 0],
        ],
      ),
    ],
    refused: [refused('/** @script */\nexport function f(a: int[], b: int[]): boolean { return a === b }', 'S2304', 'a === b')],
  },
  {
    id: 'LI02',
    checks: 'slices, from both ends and beyond; subscripts out of range trap',
    source: `/** @script */
export function f(x: int[]): [int[], int[], int[], int[], int[], int[], int[], int[], int, int] {
  return [x.slice(1, 3), x.slice(2), x.slice(0, 2), x.slice(-3, -1), x.slice(-1, 1), x.slice(3, 10),
    x.filter((_, i) => i % 2 === 0), x.filter((_, i) => i % 2 === 1), x[0], x.at(-1)!]
}
/** @script */
export function g(x: int[], i: int): int { return x[i] }`,
    runs: [
      gives(({ f }) => f([0, 1, 2, 3, 4]), [[1, 2], [2, 3, 4], [0, 1], [2, 3], [], [3, 4], [0, 2, 4], [1, 3], 0, 4]),
      { only: 'compiled', ...throws(({ g }) => g([], 0), /index 0 out of range for length 0/, RangeError) },
      { only: 'compiled', ...throws(({ g }) => g([1], 99), /index 99 out of range for length 1/, RangeError) },
      { only: 'compiled', ...throws(({ g }) => g([1], -2), /index -2 out of range for length 1/, RangeError) },
    ],
  },
  {
    id: 'LI04',
    checks: 'pop, shift, splice from the end; pop of an empty array',
    source: `/** @script */
export function f(): [int, int, int, int[]] {
  const a = [1, 2, 3, 4]
  return [a.pop()!, a.shift()!, a.splice(-1, 1)[0], a]
}
/** @script */
export function g(): int | undefined {
  const a: int[] = []
  return a.pop()
}
/** @script */
export function h(): int {
  const a: int[] = []
  return a.pop()!
}`,
    runs: [gives(({ f }) => f(), [4, 1, 3, [2]]), gives(({ g }) => g(), null), { only: 'compiled', ...throws(({ h }) => h(), /null/) }],
  },
  {
    id: 'LI05',
    checks: 'insertion clamps indices out of range; removal of what is missing throws',
    source: `function remove(a: int[], v: int): void {
  const i = a.indexOf(v)
  if (i < 0) throw new RangeError(\`\${v} is not in the list\`)
  a.splice(i, 1)
}
/** @script */
export function f(): [int[], int[]] {
  const a = [1, 2, 3, 4]
  a.splice(2, 0, 5)
  a.splice(-1, 0, 6)
  a.splice(-9, 0, 7)
  a.splice(10, 0, 8)
  const b = a.slice()
  remove(a, 5)
  a.reverse()
  return [b, a]
}
/** @script */
export function g(): int[] {
  const a = [1, 2]
  remove(a, 5)
  return a
}`,
    runs: [
      gives(
        ({ f }) => f(),
        [
          [7, 1, 2, 5, 3, 6, 4, 8],
          [8, 4, 6, 3, 2, 1, 7],
        ],
      ),
      throws(({ g }) => g(), /^5 is not in the list$/, RangeError),
    ],
  },
  {
    id: 'LI07',
    checks: 'search, count, extremes, sums',
    source: `function less(a: int[], b: int[]): boolean {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] < b[i]
  return a.length < b.length
}
/** @script */
export function f(x: int[]): [int, int, int, int, int[], int, int, int] {
  const y = [...x]
  y.push(...[7, 7])
  const z = [0, 9]
  return [x.indexOf(3), y.filter((v) => v === 7).length, Math.min(...x), Math.max(...x), less(z, x) ? z : x, Math.max(3, 5), x.length,
    x.reduce((a, b) => a + b, 0)]
}`,
    runs: [gives(({ f }) => f([1, 3, 2]), [1, 2, 1, 3, [0, 9], 5, 3, 6])],
  },
  {
    id: 'LI08',
    checks: 'map: arithmetic, conversions, arrays of arrays, rows of a tensor',
    source: `/** @script */
export function f(l: int[]): [int[], float[], int[][]] {
  const a = l.map((i) => i * 3)
  const b: float[] = l.map((i) => i)
  const c = l.map((i) => [i, i])
  return [a, b, c]
}
/** @script */
export function g(x: Tensor<'float32', [2, 3]>): Tensor[] {
  const sums: Tensor[] = []
  for (const r of x) sums.push(r.sum())
  return sums
}`,
    runs: [
      gives(
        ({ f }) => f([1, 2, 3]),
        [
          [3, 6, 9],
          [1, 2, 3],
          [
            [1, 1],
            [2, 2],
            [3, 3],
          ],
        ],
      ),
      gives(
        ({ g }) =>
          g(
            tensor([
              [1, 1, 1],
              [1, 1, 1],
            ]),
          ),
        [tensor(3), tensor(3)],
      ),
    ],
  },
  {
    id: 'LI10',
    checks: 'a literal whose elements do not fit its type; an element of another type',
    source: '',
    runs: [],
    refused: [
      refused(
        `/** @script */
export function a(): int[] {
  const x: int[] = ['1', '2', '3']
  return x
}`,
        'S2015',
        "'1'",
      ),
      refused(
        `/** @script */
export function b(): int[] {
  const x = [1]
  x.push(torch.ones([1]))
  return x
}`,
        'S2015',
        'torch.ones([1])',
      ),
    ],
  },
  {
    id: 'LI11',
    checks: 'removal by index, from the end, out of range',
    source: `/** @script */
export function f(x: int[]): int[] {
  x.splice(1, 1)
  x.splice(-1, 1)
  return x
}
/** @script */
export function g(x: int[]): int[] {
  if (x.length <= 100) throw new RangeError('list index out of range')
  x.splice(100, 1)
  return x
}`,
    runs: [gives(({ f }) => f([1, 2, 3, 4]), [1, 3]), throws(({ g }) => g([1]), /out of range/, RangeError)],
  },
  {
    id: 'LI13',
    checks: 'arrays are references, also inside others',
    source: `/** @script */
export function f(k: int): int[][] {
  const a = [k]
  const b = [a, a]
  b[0].push(2)
  return b
}
/** @script */
export function g(k: int): [int[], int[]] {
  const a = [k]
  const b = a
  b.push(5)
  return [a, b]
}`,
    runs: [
      gives(
        ({ f }) => f(1),
        [
          [1, 2],
          [1, 2],
        ],
      ),
      gives(
        ({ g }) => g(1),
        [
          [1, 5],
          [1, 5],
        ],
      ),
    ],
  },
]
