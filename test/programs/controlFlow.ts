/** Control flow: branches, joins, conditional expressions, conditions on tensors and on constants. */
import { gives, type Program, refused, tensor } from './program.ts'

export const controlFlow: readonly Program[] = [
  {
    id: 'CF01',
    checks: 'both branches reassign variables that are read afterwards',
    source: `/** @script */
export function f(p: int, q: int): int {
  let w = 7
  if (p > 10) p = w * 2
  else {
    q = w + 5
    w = p - q
  }
  return p * 100 + q * 10 + w
}`,
    runs: [gives(({ f }) => [f(1, -1), f(11, -1)], [209, 1397])],
  },
  {
    id: 'CF02',
    checks: 'a path that is not taken keeps the old value',
    source: `/** @script */
export function f(n: int, k: int): int {
  if (n > 3) n = k - n
  return n * k
}`,
    runs: [gives(({ f }) => [f(2, 5), f(4, 5)], [10, 5])],
  },
  {
    id: 'CF04',
    checks: 'loops and branches nested both ways',
    source: `/** @script */
export function f(lo: int, hi: int): int {
  let best = 0
  while (lo < hi) {
    lo = lo + 2
    if (mod(lo, 3) === 0) best = lo
    else best = best - 1
  }
  if (best < hi) {
    while (best < hi) best = best + 4
  }
  return best
}`,
    runs: [gives(({ f }) => [f(0, 9), f(5, 1), f(-7, 20)], [12, 4, 21])],
  },
  {
    id: 'CF05',
    checks: 'a conditional expression over tensors with a tensor condition',
    source: `/** @script */
export function f(x: Tensor<'int64', []>, y: Tensor<'int64', []>): Tensor {
  return x.gt(y).item() ? x.mul(y) : y.sub(x)
}`,
    runs: [
      gives(({ f }) => f(tensor(5, 'int64'), tensor(2, 'int64')), tensor(10, 'int64')),
      gives(({ f }) => f(tensor(1, 'int64'), tensor(9, 'int64')), tensor(8, 'int64')),
    ],
  },
  {
    id: 'CF07',
    checks: 'a constant field prunes the arm that has another type',
    source: `class M extends nn.Module {
  readonly flag: boolean
  constructor(flag: boolean) {
    super()
    this.flag = flag
  }
  forward(): Tensor {
    return this.flag ? torch.ones([3]) : (new Map<string, Tensor>() as unknown as Tensor)
  }
}
export const m = script(new M(true))`,
    runs: [gives(({ m }) => m(), tensor([1, 1, 1]))],
    refused: [
      refused(
        `class M extends nn.Module {
  readonly flag: boolean
  constructor(flag: boolean) {
    super()
    this.flag = flag
  }
  forward(): Tensor {
    return this.flag ? torch.ones([3]) : new Map<string, Tensor>()
  }
}
export const m = script(new M(false))`,
        'S2015',
        'this.flag ? torch.ones([3]) : new Map<string, Tensor>()',
      ),
    ],
  },
  {
    id: 'CF08',
    checks: 'one-element tensors as conditions; every value but zero is true',
    operators: true,
    source: `function truth(x: Tensor): int {
  if (x) return 1
  else return 0
}
/** @script */
export function scalar(x: Tensor<'float32', []>): int { return truth(x) }
/** @script */
export function integer(x: Tensor<'int64', []>): int { return truth(x) }
/** @script */
export function single(x: Tensor<'float32', [1]>): int { return truth(x) }`,
    runs: [
      gives(({ scalar }) => [0.1, 0, -0, -0.1].map((v) => scalar(tensor(v))), [1, 0, 0, 1]),
      gives(({ integer }) => [-1, 0, 1].map((v) => integer(tensor(v, 'int64'))), [1, 0, 1]),
      gives(({ single }) => [[0.1], [0]].map((v) => single(tensor(v))), [1, 0]),
    ],
  },
  {
    id: 'CF10',
    checks: 'branches with lists of different length join',
    source: `/** @script */
export function f(x: Tensor<'float32', [2]>): Tensor {
  let c: Tensor[]
  if (x.sum().lt(1).item()) c = [x, x]
  else c = [x, x, x]
  return torch.cat(c)
}`,
    runs: [gives(({ f }) => f(tensor([0, 0])), tensor([0, 0, 0, 0])), gives(({ f }) => f(tensor([1, 1])), tensor([1, 1, 1, 1, 1, 1]))],
  },
  {
    id: 'CF11',
    checks: 'branches of different type are legal while the variable is not read after the join',
    source: `/** @script */
export function ok(n: int): int {
  let c
  if (n > 0) c = 3.5
  else c = 'a'
  return n
}
/** @script */
export function widened(n: int): float {
  let c
  if (n > 0) c = 3.5
  else c = 1
  return c
}`,
    runs: [gives(({ ok }) => ok(1), 1), gives(({ widened }) => [widened(1), widened(0)], [3.5, 1])],
    refused: [
      refused(
        `/** @script */
export function bad(n: int) {
  let c
  if (n > 0) c = 3.5
  else c = 'a'
  return c
}`,
        'S2001',
        'c',
      ),
    ],
  },
]
