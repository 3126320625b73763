/** Early returns, from branches, loops and before unreachable code. */
import { gives, type Program, refused, tensor } from './program.ts'

export const earlyReturn: readonly Program[] = [
  {
    id: 'R01',
    checks: 'returns at several depths, with code after them',
    source: `/** @script */
export function f(x: Tensor<'float32', []>): Tensor {
  let y = x.mul(2)
  if (y.gt(4).item()) {
    if (y.gt(8).item()) return y.add(100)
    y = y.add(1)
    if (y.gt(7).item()) return y
  }
  y = y.sub(3)
  return y
}`,
    runs: [gives(({ f }) => [0, 1, 2, 3, 4, 5, 6].map((v) => f(tensor(v)).item()), [-3, -1, 1, 4, 9, 110, 112])],
  },
  {
    id: 'R02',
    checks: 'early returns of tuples while a string grows on other paths',
    source: `/** @script */
export function f(n: int): [int, string] {
  let path = '<'
  if (n > 2) {
    path += 'a'
    if (n > 4) return [n, path]
    path += 'b'
  } else {
    path += 'c'
    if (n === 0) return [-1, path]
  }
  path += '>'
  return [n * 2, path]
}`,
    runs: [
      gives(
        ({ f }) => [0, 1, 2, 3, 4, 5, 6].map((k) => f(k)),
        [
          [-1, '<c'],
          [2, '<c>'],
          [4, '<c>'],
          [6, '<ab>'],
          [8, '<ab>'],
          [5, '<a'],
          [6, '<a'],
        ],
      ),
    ],
  },
  {
    id: 'R04',
    checks: 'assertions after return do not run',
    source: `/** @script */
export function f(n: int): int {
  let r: int
  if (n > 0) {
    if (n === 1) {
      return 10
      assert(n > 99)
    }
    if (n === 2) {
      return 20
      n = floordiv(n, 0)
    }
    r = n
  } else {
    r = -n
  }
  return r * 3
  assert(n > 99)
}`,
    runs: [gives(({ f }) => [-2, 0, 1, 2, 3].map((k) => f(k)), [6, 0, 10, 20, 9])],
  },
  {
    id: 'R05',
    checks: 'return inside while and for, nested and without a turn',
    source: `/** @script */
export function find(xs: int[], want: int): int {
  let i = 0
  while (i < xs.length) {
    if (xs[i] === want) return i
    else if (xs[i] < 0) break
    i = i + 1
  }
  return -i
}
/** @script */
export function pair(n: int): int {
  for (const a of range(n)) {
    for (const b of range(a)) {
      if (a * b === 6) return a * 10 + b
    }
    if (a === 7) return 70
  }
  return 0
}`,
    runs: [
      gives(({ find, pair }) => [find([4, 5, 6], 5), find([4, -1, 5], 5), find([], 1), pair(0), pair(3), pair(9)], [1, -1, -0, 0, 0, 32]),
    ],
  },
  {
    id: 'R07',
    checks: 'returning from the null branch narrows the rest',
    source: `/** @script */
export function f(x: int | null): int {
  if (x === null) return 1
  return x + 1
}`,
    runs: [gives(({ f }) => [f(null), f(2)], [1, 3])],
  },
  {
    id: 'R08',
    checks: 'the declared result type against the actual one',
    source: '',
    runs: [],
    refused: [
      refused(
        `/** @script */
export function f(): [Tensor, Tensor] {
  return [torch.ones([1]), 3]
}`,
        'S2015',
        '3',
      ),
    ],
  },
]
