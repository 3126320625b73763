/** Rows 123 to 146: subscripts, slices, element writes, views. */
import { fixture, matrix, program, type Rows, refused, runs, test, vector, x3, x23 } from '../evidence.ts'

export const subscripts: Rows = {
  123: [fixture('error.negative-index'), program('LI02')],
  124: [program('LI02')],
  125: [test('frontend/arrayMethods', 'insertion, replacement, filling, joining, extremes')],
  126: [runs('export function f(xs: int[]): int[] { xs[0] = 5; xs[1] += 2; return xs }', ({ f }) => f([1, 2]))],
  127: [program('ST02')],
  128: [program('S08'), program('T01')],
  129: [fixture('d37-dynamic-tuple-index'), fixture('error.d37-union-misused')],
  130: [fixture('error.tuple-assignment')],
  131: [fixture('error.d52-missing-key'), program('D02')],
  132: [runs(`export function f(x: ${matrix}): Tensor[] { return [x.at(0), x.at(-1), x.select(1, 1)] }`, ({ f }) => f(x23()))],
  133: [program('S01')],
  134: [program('S02'), program('S01')],
  135: [program('S05'), runs(`export function f(x: ${matrix}): Tensor { return x.maskedSelect(x.gt(2)) }`, ({ f }) => f(x23()))],
  136: [refused('S2015', `export function f(x: ${vector}): Tensor { return x.index([true]) }`)],
  137: [program('S07')],
  138: [program('S04'), program('S05')],
  139: [
    runs(
      `export function f(x: ${matrix}): Tensor { const y = x.clone(); y.index([0]).add_(1); y.index([slice(1)]).mul_(2); return y }`,
      ({ f }) => f(x23()),
    ),
  ],
  140: [runs(`export function f(x: ${matrix}): int[] { return [x.shape[1]!, x.size(0), x.dim(), x.numel()] }`, ({ f }) => f(x23()))],
  141: [runs(`export function f(x: ${matrix}): [Tensor, DType] { return [x.t(), x.dtype] }`, ({ f }) => f(x23()))],
  142: [program('L10')],
  143: [runs(`export function f(x: ${matrix}): float { const rows = x.toArray() as float[][]; return rows[1]![2]! }`, ({ f }) => f(x23()))],
  144: [runs(`export function f(x: ${vector}): int { return Math.trunc(x.max().item()) }`, ({ f }) => f(x3()))],
  145: [refused('S2013', `export function f(x: ${vector}): float { return x.numpy()[0] }`)],
  146: [
    runs(
      `export function f(x: ${matrix}): [Tensor, Tensor] { const y = x.clone(); const v = y.t(); v.select(0, 1).zero_(); y.view([6]).narrow(0, 4, 2).fill_(9); return [y, v] }`,
      ({ f }) => f(x23()),
    ),
  ],
}
