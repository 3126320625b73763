/** Subscripts of tensors, writes through them, slices as values. */
import { torch } from '../../src/index.ts'
import { gives, type Program, refused, tensor } from './program.ts'

export const indexing: readonly Program[] = [
  {
    id: 'S01',
    checks: 'ints, slices, an ellipsis and new dims',
    source: `/** @script */
export function f(x: Tensor<'int64', [3, 2]>) {
  return [x.index([0]), x.index([0, 1]), x.index([slice(), 1]), x.index([slice(1, 2), slice(0, 2)]), x.at(-1), x.index(['...', 0]),
    x.index([null]).shape, x.index([slice(), null]).shape, x.index([slice(null, null, 2)]), x.index([slice(0, 1), '...', slice(1, 2)])] as const
}`,
    runs: [
      gives(
        ({ f }) => f(torch.arange(6).reshape([3, 2])),
        [
          tensor([0, 1], 'int64'),
          tensor(1, 'int64'),
          tensor([1, 3, 5], 'int64'),
          tensor([[2, 3]], 'int64'),
          tensor([4, 5], 'int64'),
          tensor([0, 2, 4], 'int64'),
          [1, 3, 2],
          [3, 1, 2],
          tensor(
            [
              [0, 1],
              [4, 5],
            ],
            'int64',
          ),
          tensor([[1]], 'int64'),
        ],
      ),
    ],
  },
  {
    id: 'S02',
    checks: 'an ellipsis at the start, in the middle and at the end',
    source: `/** @script */
export function f(x: Tensor<'float32', [3, 4, 5, 6]>) {
  return [x.index(['...', 1]).shape, x.index([0, '...', 1]).shape, x.index(['...', slice(0, 2), 1]).shape,
    x.index([slice(0, 1), slice(1, 2), '...']).shape, x.index(['...', slice(0, 2)]).shape, x.index([2, '...']).shape] as const
}`,
    runs: [
      gives(
        ({ f }) => f(torch.zeros([3, 4, 5, 6])),
        [
          [3, 4, 5],
          [4, 5],
          [3, 4, 2],
          [1, 1, 5, 6],
          [3, 4, 5, 2],
          [4, 5, 6],
        ],
      ),
    ],
  },
  {
    id: 'S04',
    checks: 'assignment to subscripts of tensors and arrays',
    source: `/** @script */
export function f(a: Tensor<'float32', [2, 3]>, b: Tensor<'float32', [3]>) {
  a = a.clone()
  a.indexPut_([0], b)
  a.at(1).add_(b)
  const ls = [a, b]
  ls[1] = b.mul(2)
  const n = [1, 2, 3]
  n[0] += 5
  let p: int, q: int
  ;[p, n[1], q] = [1, 7, 3]
  return [a, ls, n, p + q] as const
}`,
    runs: [
      gives(
        ({ f }) => f(torch.zeros([2, 3]), torch.ones([3])),
        [torch.ones([2, 3]), [torch.ones([2, 3]), tensor([2, 2, 2])], [6, 7, 3], 4],
      ),
    ],
  },
  {
    id: 'S05',
    checks: 'writes through masks and indices',
    source: `/** @script */
export function f(x: Tensor<'float32', [3]>, y: Tensor<'float32', [3]>): Tensor {
  const a = x.clone()
  const m = x.eq(1)
  a.indexPut_([m], y.index([m]))
  a.indexPut_([m], a.index([m]).add(y.index([m])))
  a.indexPut_([torch.tensor([0], { dtype: 'int64' })], 9)
  return a
}`,
    runs: [gives(({ f }) => f(tensor([0, 1, 1]), tensor([5, 6, 7])), tensor([9, 12, 14]))],
  },
  {
    id: 'S07',
    checks: 'slices as values',
    source: `/** @script */
export function f(x: Tensor<'int64', [6]>) {
  const a = slice(1, 5, 2)
  return [x.index([a]), x.index([slice(null, 3)]), x.index([slice(null, null, null)]), x.index([slice(null, 1000)])] as const
}`,
    runs: [gives(({ f }) => f(torch.arange(6)), [tensor([1, 3], 'int64'), tensor([0, 1, 2], 'int64'), torch.arange(6), torch.arange(6)])],
    refused: [
      refused(
        "/** @script */\nexport function k(x: Tensor<'int64', [6]>): Tensor { return x.index([slice(1, { stop: 2 })]) }",
        'S2015',
        '{ stop: 2 }',
      ),
    ],
  },
  {
    id: 'S08',
    checks: 'slices of tuples have computed types',
    source: `/** @script */
export function f(t: readonly [int, string, float, int]) {
  return [t.slice(-4, 4).slice(1, -1), [t[0], t[2]], t.toReversed(), t.slice(2)] as const
}`,
    runs: [
      gives(
        ({ f }) => f([1, 'a', 2, 4]),
        [
          ['a', 2],
          [1, 2],
          [4, 2, 'a', 1],
          [2, 4],
        ],
      ),
    ],
  },
]
