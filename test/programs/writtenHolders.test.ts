/** Tensors that maps, records, objects and variables that may be null hold, and that are written in place: compiled as uncompiled. */
import { test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'

const x2 = () => tensor([1, 2])

test('what a map or record gives is the tensor that it holds', () =>
  agree(
    'written-in-maps',
    `/** @script */
export function counts(x: Tensor<'float32', [2]>): Tensor {
  const sums = new Map<string, Tensor>()
  for (const key of ['a', 'b', 'a']) {
    const sum = sums.get(key)
    if (sum !== undefined) sum.add_(x)
    else sums.set(key, x.clone())
  }
  const first = sums.get('a')!
  first.mul_(10)
  return sums.get('a')!.sub(sums.get('b')!)
}
/** @script */
export function record(x: Tensor<'float32', [2]>): Tensor[] {
  const held: Record<string, Tensor> = { a: torch.zeros([2]), b: torch.ones([2]) }
  held.a!.add_(x)
  held['b']!.mul_(held.a!)
  const all = [held.a!, held.b!]
  held.a!.add_(100)
  return all
}
class Average {
  shadow: Tensor
  constructor(x: Tensor, readonly decay: float) { this.shadow = x.clone() }
  update(x: Tensor): void { this.shadow.mul_(this.decay).add_(x.mul(1 - this.decay)) }
}
/** @script */
export function average(x: Tensor<'float32', [2]>): Tensor {
  const mean = new Average(x, 0.5)
  for (let i = 1; i < 4; i++) mean.update(x.mul(i))
  return mean.shadow
}`,
    [({ counts }) => counts(x2()), ({ record }) => record(x2()), ({ average }) => average(x2())],
  ))

test('variables that may be null, and tuples that branches and loops exchange', () =>
  agree(
    'written-through-variables',
    `/** @script */
export function maybe(x: Tensor<'float32', [2]>, c: boolean): Tensor {
  const z = x.clone()
  let y: Tensor | null = null
  if (c) y = z
  if (y !== null) y.add_(1)
  return z
}
/** @script */
export function later(x: Tensor<'float32', [2]>): Tensor {
  const z = x.clone()
  let y: Tensor | null = null
  for (let i = 0; i < 3; i++) {
    if (y !== null) y.mul_(2)
    y = z
  }
  return z
}
/** @script */
export function sum(x: Tensor<'float32', [2]>, n: int): Tensor {
  let inPlace: Tensor | null = null
  let anew: Tensor | null = null
  for (let i = 0; i < 3; i++) {
    if (inPlace === null) inPlace = x.mul(i)
    else inPlace.add_(x)
    anew = anew === null ? x.mul(n) : anew.add(x)
  }
  for (let i = 0; i < n; i++) {
    if (i === 1) inPlace = null
    if (inPlace === null) inPlace = x.mul(i)
    else inPlace.add_(x)
  }
  return inPlace!.sub(anew!)
}
/** @script */
export function tuples(x: Tensor<'float32', [2]>, c: boolean): Tensor[] {
  const [z, w] = [x.clone(), x.neg()]
  let pair: [Tensor, Tensor] = [z, w]
  if (c) pair = [w, z]
  pair[0].add_(10)
  let state: [Tensor, Tensor] = [x.clone(), x.mul(3)]
  for (let i = 0; i < 3; i++) {
    const [h, cell] = state
    h.add_(cell)
    state = [cell, h]
  }
  return [z, w, state[0], state[1]]
}`,
    [
      ({ maybe }) => [maybe(x2(), true), maybe(x2(), false)],
      ({ later }) => later(x2()),
      ({ sum }) => [sum(x2(), 1), sum(x2(), 4)],
      ({ tuples }) => [tuples(x2(), true), tuples(x2(), false)],
    ],
  ))
