/** Tensors written through views of every kind. Programs without weights: their arena begins at address 0, where an address before a buffer is none. */
import { test } from 'vitest'
import { torch } from '../../src/index.ts'
import { agree } from './agree.ts'

const grid = () => torch.arange(24).to('float32').reshape([4, 6])

test('narrows, slices with steps, diagonals, permutations, and views of views', () =>
  agree(
    'written-views',
    `/** @script */
export function narrowed(x: Tensor<'float32', [2, 2, 3]>, n: int): Tensor {
  let t = x.transpose(1, 2)
  for (let i = 0; i < n; i++) t = F.gelu(t)
  t.narrow(2, 1, 1).add_(n).clamp_(-8, 8)
  return t
}
/** @script */
export function stepped(x: Tensor<'float32', [4, 6]>): Tensor {
  const t = x.clone()
  t.slice(1, 1, 6, 2).mul_(-1)
  t.slice(0, -2).slice(1, 2, 5).fill_(100)
  t.narrow(1, -1, 1).zero_()
  return t
}
/** @script */
export function crossed(x: Tensor<'float32', [4, 6]>): Tensor {
  const t = x.clone()
  t.diagonal(1).copy_(torch.tensor([-1, -2, -3, -4]))
  t.permute([1, 0]).narrow(0, 0, 2).add_(0.5)
  t.t().diagonal(-1).mul_(2)
  return t
}
/** @script */
export function together(x: Tensor<'float32', [2]>, n: int): Tensor[] {
  let a = x.clone()
  let b = x.mul(2)
  for (let i = 0; i < n; i++) {
    a = a.add(1)
    b = a
  }
  a.mul_(10)
  let c = a
  let d = x.neg()
  if (n > 1) {
    c = x.mul(3)
    d = c
  }
  d.add_(0.5)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 2; j++) {
      c = x.add(j)
      d = c.unsqueeze(0)
    }
    d.mul_(i + 2)
  }
  return [a, b, c, d]
}
/** @script */
export function placed(x: Tensor<'float32', ['N', 6]>, at: int, size: int): Tensor {
  const t = x.clone()
  t.narrow(0, at, size).mul_(10)
  t.slice(0, at).slice(1, size).add_(1)
  return t
}`,
    [
      ({ narrowed }) => [narrowed(torch.ones([2, 2, 3]), 0), narrowed(torch.ones([2, 2, 3]), 2)],
      ({ stepped }) => stepped(grid()),
      ({ crossed }) => crossed(grid()),
      ({ together }) => [0, 1, 2, 3].map((n) => together(torch.tensor([1, 2]), n)),
      ({ placed }) => [placed(grid(), 0, 1), placed(grid(), 1, 3), placed(grid(), 4, 0), placed(grid(), 3, 1)],
    ],
  ))
