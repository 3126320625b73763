/** Fields that may be null and were compared with it: compiled as uncompiled. */
import { test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'

test('fields of objects and records are narrowed until they, or what leads there, are written', () =>
  agree(
    'narrowed-fields',
    `class Linear {
  constructor(public weight: Tensor, public bias: Tensor | null = null) {}
  call(x: Tensor): Tensor {
    const y = x.matmul(this.weight.t())
    return this.bias !== null ? y.add(this.bias) : y
  }
}
/** @script */
export function layers(x: Tensor<'float32', [2, 2]>): Tensor {
  return new Linear(torch.eye(2)).call(new Linear(torch.eye(2), torch.ones([2])).call(x))
}
interface Link { value: number; next: Link | null; bonus: number | null }
/** @script */
export function walk(k: int): number[] {
  let head: Link = { value: 0, next: null, bonus: null }
  for (let i = 1; i < k; i++) head = { value: i, next: head, bonus: i % 2 ? i : null }
  const out: number[] = []
  let link = head
  while (link.next !== null) {
    if (link.bonus !== null && link.bonus > 0) out.push(link.bonus * 2)
    link = link.next
  }
  if (link.next === null) link.next = { value: 9, next: null, bonus: null }
  if (head.bonus === null) throw new Error('no bonus')
  out.push(head.bonus + 0.5)
  for (let i = 0; i < 3; i++) {
    if (head.bonus !== null) {
      out.push(head.bonus)
      if (i === 1) head.bonus = null
    }
  }
  return out
}`,
    [
      ({ layers }) =>
        layers(
          tensor([
            [1, -2],
            [4, 3],
          ]),
        ),
      ({ walk }) => walk(4),
      ({ walk }) => walk(3),
    ],
  ))
