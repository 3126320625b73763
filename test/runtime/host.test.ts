/** Host operators. Those with PyTorch's results recorded run with the conformance data, uncompiled and compiled; here is what they leave open. */
import { beforeEach, describe, expect, test } from 'vitest'
import { torch } from '../../src/index.ts'
import * as runtime from '../../src/runtime/index.ts'
import { manualSeed, Tensor, tensor } from '../../src/runtime/index.ts'

beforeEach(() => manualSeed(7))

describe('random tensors', () => {
  test('are the same as uncompiled ones after the same seed', () => {
    const compiled = [runtime.host_rand([2, 3]), runtime.host_randn([3]), runtime.host_randint(9, [20]), runtime.host_randperm(12)]
    torch.manualSeed(7)
    const eager = [torch.rand([2, 3]), torch.randn([3]), torch.randint(9, [20]), torch.randperm(12)]
    const facts = (x: Tensor) => [x.dtype, [...x.shape], [...x.dataSync()]]
    expect(compiled.map(facts)).toEqual(eager.map((x) => facts(x as unknown as Tensor)))
  })

  test('have the distributions they are named after', () => {
    const uniform = runtime.host_rand([10_000]).dataSync()
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...uniform)).toBeLessThan(1)
    const normal = [...runtime.host_randn([10_000]).dataSync()]
    const mean = normal.reduce((a, b) => a + b) / normal.length
    const variance = normal.reduce((a, b) => a + (b - mean) ** 2, 0) / normal.length
    expect(mean).toBeCloseTo(0, 1)
    expect(variance).toBeCloseTo(1, 1)
    expect([...runtime.host_randperm(50).dataSync()].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  test('of ints cover their range, in the dtype asked for', () => {
    const dice = runtime.host_randint(1, 7, [1000])
    expect(dice.dtype).toBe('int64')
    expect([...new Set(dice.dataSync())].sort()).toEqual([1, 2, 3, 4, 5, 6])
    expect(runtime.host_randint(1, 3, [4], 'float32').dataSync()).toBeInstanceOf(Float32Array)
    expect(runtime.host_randint(-2_000_000_000, 2_000_000_001, [8]).dataSync()).toBeInstanceOf(Int32Array)
    expect(() => runtime.host_randint(3, 3, [1])).toThrow('high 3 must be larger than low 3')
  })
})

test('nonzero gives positions in row-major order, of any rank', () => {
  const mask = tensor([
    [0, 3, 0],
    [1, 0, -2],
  ])
  const positions = [
    [0, 1],
    [1, 0],
    [1, 2],
  ]
  expect(runtime.host_nonzero(mask).toArray()).toEqual(positions)
  expect(runtime.host_nonzero_numpy(mask).map((column) => column.toArray())).toEqual([
    positions.map(([i]) => i),
    positions.map(([, j]) => j),
  ])
  expect(runtime.host_nonzero(tensor(3)).shape).toEqual([1, 0])
  expect(runtime.host_nonzero(tensor(0)).shape).toEqual([0, 0])
  expect(runtime.host_nonzero(new Tensor('float32', [0, 2], new Float32Array(0))).shape).toEqual([0, 2])
})

describe('split at positions', () => {
  const x = tensor([0, 1, 2, 3, 4])
  const parts = (where: Tensor) => runtime.host_tensor_split_at(x, where, 0).map((part) => part.toArray())

  test('of a list, negative ones from the end, beyond the end nothing', () => {
    expect(parts(tensor([1, -1, 9], { dtype: 'int64' }))).toEqual([[0], [1, 2, 3], [4], []])
  })

  test('of a number of sections, the first ones larger', () => {
    expect(parts(tensor(3, { dtype: 'int64' }))).toEqual([[0, 1], [2, 3], [4]])
  })

  test('of a dim of size one', () => {
    const one = new Tensor('float32', [2, 1], Float32Array.of(1, 2))
    const found = runtime.host_tensor_split_at(one, tensor([0, 1], { dtype: 'int64' }), 1)
    expect(found.map(({ shape }) => shape)).toEqual([
      [2, 0],
      [2, 1],
      [2, 0],
    ])
  })
})

describe('failures are told', () => {
  test.each<[string, () => unknown, string]>([
    [
      'a singular matrix',
      () =>
        runtime.host_linalg_inv(
          tensor([
            [1, 2],
            [2, 4],
          ]),
        ),
      'inv: the matrix is singular',
    ],
    [
      'a singular system',
      () =>
        runtime.host_solve_matrices(
          tensor([
            [0, 0],
            [0, 0],
          ]),
          tensor([[1], [1]]),
        ),
      'solve: the matrix is singular',
    ],
    [
      'a matrix that is not positive definite',
      () =>
        runtime.host_cholesky(
          tensor([
            [0, 1],
            [1, 0],
          ]),
          false,
        ),
      'not positive definite',
    ],
    ['a negative count', () => runtime.host_bincount(tensor([-1], { dtype: 'int64' }), null, 0), 'bincount: -1 is negative'],
    [
      'repeats of another length',
      () => runtime.host_repeat_interleave_by(tensor([1, 2, 3]), tensor([1, 2], { dtype: 'int64' }), 0, null),
      '2 repeats do not fit dim 0 of size 3',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message)
  })
})
