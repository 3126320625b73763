/** Segments that run some rows at a time: which do, that their plan is that of a chunk, and that results do not depend on where chunks end. */
import { describe, expect, test } from 'vitest'
import { chunkRows } from '../../src/compiler/kernels/chunkRows.ts'
import { planMemory } from '../../src/compiler/kernels/planMemory.ts'
import { scheduleSegment } from '../../src/compiler/kernels/schedules/index.ts'
import { torch } from '../../src/index.ts'
import { expectThreeWays } from '../compile/threeWays.ts'
import { segmentOfBody } from './segments.ts'

const scheduledOf = (parameters: string, body: string) =>
  scheduleSegment(segmentOfBody(parameters, body).fused, { exact: false, native: false })

const x = "x: Tensor<'float32', ['N', 4096]>"

describe('in chunks', () => {
  test.each([
    ['two operands', `${x}, y: Tensor<'float32', ['N', 4096]>`, 'return x.mul(2).add(y).tanh()', 5],
    ['what has no rows', `${x}, b: Tensor<'float32', [4096]>`, 'return x.add(b).relu()', 8],
    ['several results', x, 'return [x.exp(), x.gt(0)] as [Tensor, Tensor]', 7],
    ['rows of one element', "x: Tensor<'float32', ['N']>", 'return x.sigmoid()', 32768],
    ['three dims', "x: Tensor<'float32', ['N', 8, 64]>, b: Tensor<'float32', [8, 1]>", 'return x.mul(b)', 64],
  ])('%s', (_, parameters, body, most) => {
    const scheduled = scheduledOf(parameters, body)
    const rows = chunkRows(scheduled)
    expect(rows).toMatchObject({ symbol: 'N', most })
    const { arenaBytes } = planMemory(scheduled, true, new Map([[rows!.symbol, rows!.most]]))
    expect(arenaBytes).toBeGreaterThan(0)
    expect(arenaBytes).toBeLessThanOrEqual((256 << 10) + 4096 * 4)
  })
})

describe('as a whole', () => {
  test.each([
    ['a sum over rows', x, 'return x.sub(x.mean([0]))'],
    ['a sum within rows', x, 'return x.sum([1])'],
    ['a matrix product', "x: Tensor<'float32', ['N', 64]>, w: Tensor<'float32', [64, 64]>", 'return x.matmul(w)'],
    ['rows in reverse', x, 'return x.flip([0])'],
    ['neighbouring rows', x, 'return x.slice(0, 1, null).sub(x.slice(0, 0, -1))'],
    ['the number of a row', "x: Tensor<'float32', ['N']>", 'return x.add(torch.arange(x.shape[0]))'],
    ['the number of rows', x, 'return x.div(x.shape[0])'],
    ['another order', "x: Tensor<'float32', ['N', 8]>", 'return x.t().mul(2)'],
    ['rows that are not the first dim', "x: Tensor<'float32', [8, 'N']>, b: Tensor<'float32', [8, 1]>", 'return x.mul(b)'],
    ['two symbols', "x: Tensor<'float32', ['N', 'M']>", 'return x.exp()'],
    ['few rows', "x: Tensor<'float32', ['N<=16', 4096]>", 'return x.exp()'],
    ['a fixed size', "x: Tensor<'float32', [1024, 1024]>", 'return x.exp()'],
    ['rows beyond the cache', "x: Tensor<'float32', ['N', 1000000]>", 'return x.exp()'],
  ])('%s', (_, parameters, body) => {
    expect(chunkRows(scheduledOf(parameters, body))).toBeNull()
  })
})

/** Chunks have 3 rows. The bias is copied in once, and nothing may take its place. */
test('the end of a chunk does not show', () =>
  expectThreeWays(
    `/** @script */
export function f(x: Tensor<'float32', ['N', 4096]>, b: Tensor<'float32', [4096]>, y: Tensor<'int64', ['N', 4096]>): [Tensor, Tensor] {
  const z = x.mul(2).add(b).tanh()
  return [z.mul(y), z.gt(0)]
}`,
    [0, 1, 2, 3, 4, 6, 7, 20].map((n) => ({ f }) => {
      const values = torch.arange(n * 4096).reshape([n, 4096])
      return f(values.mul(0.7).sin(), torch.arange(4096).div(4096), values.remainder(5))
    }),
  ))
