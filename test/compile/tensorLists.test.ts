/** Lists of tensors: of a length that only the run knows, spread, destructured, as parameters and results. */
import { expect, test } from 'vitest'
import { torch } from '../../src/index.ts'
import { load, Refused } from '../programs/run.ts'
import { expectThreeWays } from './threeWays.ts'

const x = () => torch.arange(6, { dtype: 'float32' }).reshape([3, 2])

test('a list that a loop of unknown length fills is joined, indexed and measured', () =>
  expectThreeWays(
    `type X = Tensor<'float32', [3, 2]>
/** @script */
export function cat(x: X, n: int): Tensor { const xs: Tensor[] = []; for (let i = 0; i < n; i++) xs.push(x.add(i)); return torch.cat(xs).mul(2) }
/** @script */
export function stack(x: X, n: int): Tensor { const xs: Tensor[] = [x]; for (let i = 0; i < n; i++) xs.push(x.add(i)); return torch.stack(xs, -1) }
/** @script */
export function index(x: X, n: int): Tensor { const xs: Tensor[] = []; while (xs.length < n) xs.push(x.add(xs.length)); return xs[n - 1].add(xs[0]).add(xs.at(-2)) }
/** @script */
export function shapes(x: Tensor<'float32', [3]>, n: int): Tensor {
  const xs: Tensor[] = []
  for (let i = 0; i < n; i++) { if (i % 2 === 0) xs.push(x.add(i)); else xs.push(torch.cat([x, x])) }
  return torch.cat(xs)
}`,
    [
      ({ cat }) => cat(x(), 3),
      ({ stack }) => stack(x(), 2),
      ({ stack }) => stack(x(), 0),
      ({ index }) => index(x(), 4),
      ({ shapes }) => shapes(torch.tensor([1, 2, 3]), 4),
    ],
  ))

test('branches may leave lists of different lengths', () =>
  expectThreeWays(
    `/** @script */
export function f(x: Tensor<'float32', [3, 2]>, n: int): [Tensor, int] {
  let xs: Tensor[] = []
  if (n > 2) { xs.push(x); xs.push(x.mul(2)) } else xs.push(x.mul(3))
  return [torch.cat(xs, 1), xs.length]
}`,
    [({ f }) => f(x(), 1), ({ f }) => f(x(), 3)],
  ))

test('parts of a dim of unknown size', () =>
  expectThreeWays(
    `type X = Tensor<'float32', ['N', 2]>
/** @script */
export function rows(x: X): Tensor { let s = torch.zeros([2]); for (const r of x) s = s.mul(2).add(r); return s }
/** @script */
export function unbind(x: X): Tensor[] { return x.unbind(0) }
/** @script */
export function split(x: X): Tensor { return torch.cat(x.split(2).toReversed()) }
/** @script */
export function chunk(x: X): Tensor { return torch.stack(x.chunk(2).map((c) => c.sum(0))) }
/** @script */
export function tensorSplit(x: X, at: Tensor<'int64', [2]>): [int, Tensor] { const xs = x.tensorSplit(at); return [xs.length, torch.cat(xs)] }`,
    [
      ({ rows }) => rows(x()),
      ({ unbind }) => unbind(x()),
      ({ split }) => split(x()),
      ({ chunk }) => chunk(x()),
      ({ tensorSplit }) => tensorSplit(x(), torch.tensor([1, 2], { dtype: 'int64' })),
    ],
  ))

test('lists of tensors as parameters and results, with sizes of their own', () =>
  expectThreeWays(
    `/** @script */
export function sums(xs: Tensor<'float32', ['N', 2]>[]): Tensor { let s = torch.zeros([2]); for (const x of xs) s = s.add(x.sum(0)); return s }
/** @script */
export function map(xs: Tensor<'float32', [3, 2]>[]): Tensor[] { return xs.map((x) => x.mul(2)) }
/** @script */
export function cat(xs: Tensor<'float32', ['N', 2]>[]): Tensor { return torch.cat(xs) }`,
    [
      ({ sums }) => sums([x(), x().add(1), x().narrow(0, 0, 1)]),
      ({ map }) => map([x(), x().add(1)]),
      ({ map }) => map([]),
      ({ cat }) => cat([x(), x().narrow(0, 1, 2)]),
    ],
  ))

test('elements of a list parameter are checked', async () => {
  const compile = await load(
    'list-parameter',
    `/** @script */ export function f(xs: Tensor<'float32', [3, 2]>[]): Tensor { return torch.stack(xs) }`,
  )
  const { exports } = await compile(true)
  expect(() => exports.f([torch.zeros([3, 2]), torch.zeros([2, 2])])).toThrow(/xs/)
})

test('what an operator gives is destructured, with a rest and as a tuple, and spread', () =>
  expectThreeWays(
    `type X = Tensor<'float32', [3, 2]>
/** @script */
export function tuple(x: X): Tensor { const [a, b, c] = x.unbind(0) as [Tensor, Tensor, Tensor]; return a.add(b).mul(c) }
/** @script */
export function rest(x: X): Tensor { const [a, ...others] = x.split(1); return torch.cat([...others, a]) }
/** @script */
export function numbers(xs: int[]): [int, int[], float[]] { const [a, ...others] = xs; const all: float[] = [0.5, ...others, a]; all.push(...xs); return [a, [...others, ...xs], all] }`,
    [({ tuple }) => tuple(x()), ({ rest }) => rest(x()), ({ numbers }) => numbers([1, 2, 3])],
  ))

test('a list of unknown rank is refused', async () => {
  const compile = await load(
    'list-rank',
    `/** @script */ export function f(xs: Tensor<'float32', [2]>[], n: int): Tensor { if (n > 1) xs = [...xs, torch.zeros([2, 2])]; return torch.cat(xs) }`,
  )
  await expect(compile(true)).rejects.toThrow(Refused)
})
