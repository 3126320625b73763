/** `torch.tensor` of arrays, of a length that the build knows or only the run: compiled as uncompiled. */
import { test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'

test('arrays of numbers and of rows whose length only the run knows', () =>
  agree(
    'tensors-of-arrays',
    `/** @script */
export function f(ids: int[], rows: float[][], flags: boolean[], pairs: [int, float][]): Tensor[] {
  const index = torch.tensor(ids, { dtype: 'int64' })
  return [
    torch.tensor(ids).mul(2),
    index.add(1).mul(torch.ones([ids.length], { dtype: 'int64' })),
    torch.tensor(rows).sum(0),
    torch.tensor(flags).logicalNot(),
    torch.tensor(pairs),
    torch.tensor([ids, ids.toReversed()], { dtype: 'int32' }),
    torch.tensor(ids.map((id) => [id, id * 0.5])),
  ]
}
/** @script */
export function nms(boxes: Tensor<'float32', ['N', 4]>, scores: Tensor<'float32', ['N']>, threshold: float): Tensor {
  const area = boxes.index(['...', 2]).sub(boxes.index(['...', 0])).mul(boxes.index(['...', 3]).sub(boxes.index(['...', 1])))
  const keep: int[] = []
  const suppressed = torch.zeros([boxes.size(0)], { dtype: 'bool' })
  for (const at of scores.argsort(0, true).toArray()) {
    if (suppressed.at(at).item()) continue
    keep.push(at)
    const corner = torch.maximum(boxes.at(at).index([slice(0, 2)]), boxes.index([slice(), slice(0, 2)]))
    const far = torch.minimum(boxes.at(at).index([slice(2)]), boxes.index([slice(), slice(2)]))
    const inter = far.sub(corner).clamp(0).prod(1)
    suppressed.logicalOr_(inter.div(area.add(area.at(at)).sub(inter)).gt(threshold))
  }
  return boxes.indexSelect(0, torch.tensor(keep, { dtype: 'int64' }))
}`,
    [
      ({ f }) =>
        f(
          [1, 2, 3],
          [
            [1.5, 2],
            [3, 4],
          ],
          [true, false],
          [
            [1, 0.5],
            [2, 2],
          ],
        ),
      ({ f }) => f([7], [[]], [false], [[1, 0.5]]),
      ({ f }) => f([1], [[1], [2, 3]], [], [[1, 2]]),
      ({ nms }) =>
        nms(
          tensor([
            [0, 0, 2, 2],
            [0.1, 0, 2, 2],
            [5, 5, 6, 6],
            [0, 0, 2, 2.1],
          ]),
          tensor([0.5, 0.9, 0.3, 0.8]),
          0.5,
        ),
    ],
  ))

test('literals of any depth, with elements that the run computes', () =>
  agree(
    'tensor-literals',
    `/** @script */
export function f(a: float, b: float): Tensor[] {
  const row = [a, b]
  row.push(3)
  return [torch.tensor(row), torch.tensor([[[a, b], [1, 2]], [[3, 4], [5, b]]]).sum(2), torch.tensor([[[[a]]]])]
}
/** @script */
export function g(n: int): Tensor {
  const options = torch.ones([n], { requiresGrad: true }).add(torch.full([n], 3, { device: 'cpu', requiresGrad: false }))
  return options.add(torch.arange(n, { dtype: 'float32', requiresGrad: true })).add(torch.tensor([1], { requiresGrad: true }))
}`,
    [({ f }) => f(0.5, 2), ({ g }) => g(3)],
  ))
