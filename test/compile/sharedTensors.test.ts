/** Writes to tensors that have other names: arguments declared `Mut`, elements of arrays, one of several tensors. */
import { describe, expect, test } from 'vitest'
import { type Tensor, torch } from '../../src/index.ts'
import { load } from '../programs/run.ts'
import { expectThreeWays } from './threeWays.ts'

const ones = () => torch.ones([3, 2])
const count = () => torch.arange(6, { dtype: 'float32' }).reshape([3, 2])

/** The result and what the arguments are afterwards. */
const withArguments = (call: (...args: Tensor[]) => unknown, ...args: Tensor[]) => [call(...args), ...args]

describe('arguments declared Mut', () => {
  test('the caller sees writes, of the tensor, of its views, in loops and branches', () =>
    expectThreeWays(
      `type X = Tensor<'float32', [3, 2]>
/** @script */
export function add(x: Mut<X>, y: X): void { x.add_(y) }
/** @script */
export function rows(x: Mut<X>): Tensor { const before = x.sum(); for (let i = 0; i < 2; i++) x.at(i).mul_(2).add_(x.sum()); return before.add(x.sum()) }
/** @script */
export function columns(x: Mut<X>): Tensor { const v = x.select(1, 0); v.zero_(); return v.add(x.select(1, 1)) }
/** @script */
export function maybe(x: Mut<X>): float { const y = x.mul(3); if (x.sum().gt(4)) x.fill_(7); else x.indexPut_([x.gt(0)], -1); return x.max().item() + y.max().item() }
/** @script */
export function result(x: Mut<X>): Tensor { x.zero_(); return x }`,
      [
        ({ add }) => withArguments(add, ones(), count()),
        ({ rows }) => withArguments(rows, count()),
        ({ columns }) => withArguments(columns, count()),
        ({ maybe }) => [withArguments(maybe, count()), withArguments(maybe, ones().mul(0.5))],
        ({ result }) => withArguments(result, count()),
      ],
    ))

  test('two arguments may be the same tensor, and an argument may be a view', () =>
    expectThreeWays(
      `/** @script */
export function f(x: Mut<Tensor<'float32', [3]>>, y: Tensor<'float32', [3]>): Tensor { const a = y.mul(2); x.add_(1); return a.add(y) }`,
      [
        ({ f }) => {
          const x = torch.tensor([1, 2, 3])
          return withArguments(f, x, x)
        },
        ({ f }) => {
          const x = count()
          return [f(x.select(1, 1), x.select(1, 1)), x]
        },
      ],
    ))

  test('an argument that is not declared so is refused', async () => {
    const compile = await load('not-mut', `/** @script */ export function f(x: Tensor<'float32', [3]>): void { x.add_(1) }`)
    await expect(compile(true)).rejects.toThrow(/S3301.*Mut<Tensor>/)
  })
})

test('tensors that arrays hold', () =>
  expectThreeWays(
    `type X = Tensor<'float32', [3, 2]>
/** @script */
export function before(x: X, n: int): Tensor[] { const xs: Tensor[] = []; for (let i = 0; i < n; i++) { const y = x.clone(); y.add_(i); xs.push(y) } return xs }
/** @script */
export function through(x: X, n: int): Tensor[] { const xs: Tensor[] = []; for (let i = 0; i < n; i++) { const y = x.clone(); xs.push(y); y.add_(i) } return xs }
/** @script */
export function elements(x: X, n: int): Tensor { const xs: Tensor[] = []; for (let i = 0; i < n; i++) xs.push(x.clone()); for (const y of xs) y.add_(1); xs[0].mul_(5); return torch.cat(xs) }
/** @script */
export function equal(n: int): Tensor[] { const a = torch.zeros([2]); const b = torch.zeros([2]); const xs = [a, b]; xs[n].add_(1); return [a, b, xs[0].add(xs[1])] }
/** @script */
export function replaced(x: X): [Tensor, Tensor[]] { const a = x.clone(); const xs = [a, x]; xs[1] = x.mul(2); a.add_(1); return [xs[0].add(xs[1]), xs] }
/** @script */
export function tuples(x: X): [Tensor, Tensor] { const a = x.clone(); const xs: [Tensor, int][] = []; xs.push([a, 1]); xs[0][0].add_(2); return [a, xs[0][0]] }`,
    [
      ({ before }) => before(ones(), 3),
      ({ through }) => through(ones(), 3),
      ({ elements }) => elements(count(), 2),
      ({ equal }) => equal(1),
      ({ replaced }) => replaced(count()),
      ({ tuples }) => tuples(count()),
    ],
  ))

test('a tensor that may be one of several', () =>
  expectThreeWays(
    `type X = Tensor<'float32', [3, 2]>
/** @script */
export function branch(x: X, n: int): [Tensor, Tensor, Tensor] { const a = x.mul(2); const b = x.mul(3); const c = n > 0 ? a : b; c.add_(10); return [a, b, c] }
/** @script */
export function loop(x: X, n: int): [Tensor, Tensor] { const a = x.clone(); let b = a; for (let i = 0; i < n; i++) { b.add_(1); if (i === 1) b = x.clone() } return [a, b] }`,
    [({ branch }) => [branch(count(), 1), branch(count(), 0)], ({ loop }) => [loop(count(), 0), loop(count(), 2), loop(count(), 4)]],
  ))

test('masks', () =>
  expectThreeWays(
    `/** @script */
export function f(x: Tensor<'float32', [3]>, y: Tensor<'float32', [3]>): Tensor {
  const a = x.clone()
  const m = x.eq(1)
  a.indexPut_([m], y.index([m]))
  a.indexPut_([m], a.index([m]).add(y.index([m])))
  return a
}`,
    [({ f }) => f(torch.tensor([0, 1, 1]), torch.tensor([5, 6, 7]))],
  ))

test('a view in an array that changes is refused when it could be written', async () => {
  const compile = await load(
    'held-view',
    `/** @script */ export function f(x: Tensor<'float32', [3]>, n: int): Tensor { const a = x.clone(); const xs: Tensor[] = []; for (let i = 0; i < n; i++) xs.push(a.narrow(0, i, 1)); xs[0].add_(1); return a }`,
  )
  await expect(compile(true)).rejects.toThrow(/S3303/)
})
