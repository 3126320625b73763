/** Loops: while, for, for of, over numbers, arrays, tuples and tensors. */
import { torch } from '../../src/index.ts'
import { gives, type Program, refused, tensor, throws } from './program.ts'

export const loops: readonly Program[] = [
  {
    id: 'L01',
    checks: 'while with a tensor condition',
    source: `/** @script */
export function f(x: Tensor<'int64', [2]>, lim: Tensor<'int64', []>): [Tensor, int] {
  let n = 0
  while (x.sum().lt(lim).item()) {
    x = x.mul(2)
    n = n + 1
  }
  return [x, n]
}`,
    runs: [gives(({ f }) => f(tensor([1, 2], 'int64'), tensor(50, 'int64')), [tensor([32, 64], 'int64'), 5])],
  },
  {
    id: 'L02',
    checks: 'nested whiles, several loop-carried values',
    source: `/** @script */
export function f(n: int): [int, int, int] {
  let steps = 0, peak = n, odd = 0
  while (n !== 1) {
    if (mod(n, 2) === 0) n = floordiv(n, 2)
    else {
      n = 3 * n + 1
      odd += 1
    }
    let j = 0
    while (j < 3) {
      steps += j
      j += 2
    }
    if (n > peak) peak = n
  }
  return [steps, peak, odd]
}`,
    runs: [
      gives(
        ({ f }) => [f(6), f(27), f(1)],
        [
          [16, 16, 2],
          [222, 9232, 41],
          [0, 1, 0],
        ],
      ),
    ],
  },
  {
    id: 'L04',
    checks: 'a value written in one iteration is read at the top of the next',
    source: `/** @script */
export function f(n: int): [int, int] {
  let prev = 0, cur = 1
  while (n > 0) {
    const keep = prev
    prev = cur
    cur = cur + keep
    n -= 1
  }
  return [prev, cur]
}`,
    runs: [
      gives(
        ({ f }) => [f(0), f(1), f(10)],
        [
          [0, 1],
          [1, 1],
          [55, 89],
        ],
      ),
    ],
  },
  {
    id: 'L05',
    checks: 'the inner trip count depends on the outer index',
    source: `/** @script */
export function f(n: int): int {
  let hits = 0
  for (let i = 0; i < n; i++) {
    for (const j of range(i)) {
      if (mod(i * j, 3) === 0) hits += 1
    }
  }
  return hits
}`,
    runs: [gives(({ f }) => [f(0), f(1), f(12)], [0, 0, 38])],
  },
  {
    id: 'L07',
    checks: 'step 0 is an error, not an infinite loop',
    source: `/** @script */
export function f(step: int): int {
  let x = 0
  for (const i of range(2, -11, step)) x += i
  return x
}`,
    runs: [gives(({ f }) => f(-4), 2 - 2 - 6 - 10), throws(({ f }) => f(0), /zero/, RangeError)],
  },
  {
    id: 'L08',
    checks: 'entries of an array, with an offset and nested',
    source: `/** @script */
export function f(xs: string[]): string {
  let out = ''
  for (const [i, v] of xs.entries()) out += String(i) + v
  for (const [i, v] of xs.entries()) out += String(i + 5) + v
  for (const [i, [j, v]] of [...xs.entries()].entries()) out += String(i * 10 + j + 1) + v
  return out
}`,
    runs: [gives(({ f }) => f(['a', 'b']), '0a1b5a6b1a12b')],
  },
  {
    id: 'L10',
    checks: 'iterating a tensor walks dim 0; a scalar cannot be iterated',
    source: `/** @script */
export function f(x: Tensor<'float32', [5, 4, 3]>): int {
  let n = 0
  for (const r of x) n += 1
  return n
}
/** @script */
export function none(x: Tensor<'float32', [0]>): int {
  let n = 0
  for (const r of x) n += 1
  return n
}
/** @script */
export function g(x: Tensor<'float32', ['A', 'B', 3]>): int {
  let n = 0
  for (const r of x) {
    for (const t of r) n += 1
  }
  return n
}`,
    runs: [gives(({ f, none, g }) => [f(torch.zeros([5, 4, 3])), none(torch.zeros([0])), g(torch.zeros([5, 4, 3]))], [5, 0, 20])],
    refused: [
      refused(
        `/** @script */
export function f(x: Tensor<'int64', []>): int {
  let n = 0
  for (const r of x) n += 1
  return n
}`,
        'S3004',
        'x',
      ),
    ],
  },
  {
    id: 'L11',
    checks: 'iterating a number is an error',
    source: '',
    runs: [],
    refused: [
      refused(
        `/** @script */
export function f(x: float): int {
  let n = 0
  for (const s of x) n += 1
  return n
}`,
        'S2018',
        'x',
      ),
    ],
  },
  {
    id: 'L13',
    checks: 'destructuring in for of; a tuple of different types is unrolled',
    source: `/** @script */
export function f(xs: [int, [string, float]][]): string {
  let s = ''
  for (const [a, [b, c]] of xs) s += String(a) + b
  return s
}
/** @script */
export function g(): string {
  let s = ''
  for (const x of [1, 'a', [2]] as const) s += String(x)
  return s
}`,
    runs: [
      gives(
        ({ f }) =>
          f([
            [1, ['x', 2]],
            [2, ['y', 3]],
          ]),
        '1x2y',
      ),
      // `String([2])` is '2' in JavaScript, as Python's str([2]) is '[2]'.
      gives(({ g }) => g(), '1a2'),
    ],
  },
  {
    id: 'L14',
    checks: 'the variable of a map callback does not leak',
    source: `/** @script */
export function f(): [int, int[]] {
  const i = 1
  const x = range(7).map((i) => (i !== 5 ? i : 3))
  return [i, x]
}`,
    runs: [gives(({ f }) => f(), [1, [0, 1, 2, 3, 4, 3, 6]])],
  },
  {
    id: 'L16',
    checks: 'negative trip counts turn zero times',
    source: `/** @script */
export function f(n: int): int {
  let c = 0
  for (const _ of range(n)) c += 1
  return c
}`,
    runs: [gives(({ f }) => [-20, -1, 0, 1, 9, 17].map((v) => f(v)), [0, 0, 0, 1, 9, 17])],
  },
  {
    id: 'L17',
    checks: 'wrong arguments of what loops walk',
    source: '',
    runs: [],
    refused: [
      refused(
        `/** @script */
export function a(x: int): int {
  for (const _ of range()) x += 1
  return x
}`,
        'S2017',
        'range()',
      ),
      refused(
        `/** @script */
export function b(): void {
  for (const i of range(0.5)) console.log(i)
}`,
        'S2015',
        '0.5',
      ),
      refused(
        `/** @script */
export function c(x: int[]): int {
  let n = 0
  for (const [i] of x.entries(1)) n += i
  return n
}`,
        'S2017',
        'x.entries(1)',
      ),
      refused(
        `/** @script */
export function d(x: int[]): int {
  let n = 0
  for (const [i] of zip()) n += i
  return n
}`,
        'S2010',
        'zip',
      ),
      refused(
        `/** @script */
export function e(x: int[]): int {
  let s = 0
  for (const [i, [j, k]] of x.map((v) => [v, v, v] as const)) s += i
  return s
}`,
        'S2018',
        '[j, k]',
      ),
    ],
  },
]
