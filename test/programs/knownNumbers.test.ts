/** Numbers that turn out to be known (carried unchanged through loops, differences that cancel) as operands of tensors. */
import { test } from 'vitest'
import { torch } from '../../src/index.ts'
import { agree } from './agree.ts'

test('carried through loops and branches, and computed of what is not known', () =>
  agree(
    'known-numbers',
    `/** @script */
export function carried(x: Tensor<'float32', [2, 'M']>, n: int): Tensor {
  let k = 0
  let width = x.shape[1]!
  let w = 1
  while (w > 0) {
    w = w - 1
    k = k
    width = width
  }
  return x.mul(k).add(width).narrow(1, 0, width)
}
/** @script */
export function cancelled(x: Tensor<'float32', ['N', 4]>, n: int): Tensor {
  let m = n
  for (let i = 0; i < n; i++) m = n - n
  const none = n - n
  return x.narrow(0, none, x.shape[0]!).mul(m).sub(((n - 3) * 0) % 7 + 2).add(none * 2)
}
/** @script */
export function dead(x: Tensor<'float32', [5, 'N']>): Tensor {
  let k = 1 * 3 + 2
  if (x.shape[0]! > k) {
    x = x.add(1)
  } else {
    for (let i = 0; i < 4; i++) k = i
  }
  return x.mul(k)
}
/** @script */
export function chosen(x: Tensor<'float32', ['N', 4]>, n: int): Tensor {
  let k = 3
  let s = 1.5
  let flag = true
  if (n > 2) { k = 3; s = 1.5 } else { k = 3; flag = true }
  return flag ? x.mul(k).sum([1], flag).add(s) : x
}`,
    [
      ({ carried }) => carried(torch.ones([2, 3]), 1),
      ({ cancelled }) => [cancelled(torch.ones([2, 4]), 0), cancelled(torch.ones([3, 4]), 5)],
      ({ dead }) => dead(torch.ones([5, 2])),
      ({ chosen }) => [chosen(torch.ones([2, 4]), 0), chosen(torch.ones([2, 4]), 3)],
    ],
  ))
