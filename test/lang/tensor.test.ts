/** Eager tensors: views and writes through them, indexing, errors. Expected values are PyTorch's. */
import { describe, expect, it } from 'vitest'
import { F, slice, Tensor, tensor, torch } from '../../src/index.ts'

const matrix = () => torch.arange(12).reshape([3, 4])

describe('views', () => {
  it('share storage with their base', () => {
    const x = matrix()
    x.t().select(0, 1).add_(100)
    expect(x.toArray()).toEqual([
      [0, 101, 2, 3],
      [4, 105, 6, 7],
      [8, 109, 10, 11],
    ])
  })

  it('copy only where strides cannot express the shape', () => {
    const x = matrix()
    expect(x.reshape([2, 6]).storage).toBe(x.storage)
    expect(x.t().reshape([2, 6]).storage).not.toBe(x.storage)
    expect(x.t().reshape([2, 6]).toArray()).toEqual([
      [0, 4, 8, 1, 5, 9],
      [2, 6, 10, 3, 7, 11],
    ])
    expect(() => x.t().view([2, 6])).toThrow('use reshape')
  })

  it('expand without copying, and write into what was expanded from', () => {
    const row = tensor([1, 2, 3])
    const wide = row.expand([2, 3])
    expect(wide.strides).toEqual([0, 1])
    row.mul_(10)
    expect(wide.toArray()).toEqual([
      [10, 20, 30],
      [10, 20, 30],
    ])
  })

  it('split, chunk and unbind give views', () => {
    const x = matrix()
    const [a, b] = x.chunk(2, 1)
    a!.zero_()
    expect(x.select(0, 0).toArray()).toEqual([0, 0, 2, 3])
    expect(b!.toArray()).toEqual([
      [2, 3],
      [6, 7],
      [10, 11],
    ])
    expect(x.split([1, 2]).map((part) => part.shape)).toEqual([
      [1, 4],
      [2, 4],
    ])
    expect([...x].map((row) => row.shape)).toEqual([[4], [4], [4]])
  })
})

describe('indexing', () => {
  it('takes ints, slices, null and the ellipsis', () => {
    const x = torch.arange(24).reshape([2, 3, 4])
    expect(x.index([0, slice(1, 3), null, -1]).toArray()).toEqual([[7], [11]])
    expect(x.index(['...', 0]).toArray()).toEqual([
      [0, 4, 8],
      [12, 16, 20],
    ])
    expect(x.index([slice(null, null, 2), '...', slice(2)]).shape).toEqual([1, 3, 2])
    expect(x.at(-1).shape).toEqual([3, 4])
  })

  it('takes masks and index tensors, in place of their dims or in front', () => {
    const x = matrix()
    expect(x.index([x.gt(8)]).toArray()).toEqual([9, 10, 11])
    expect(x.index([tensor([2, 0], { dtype: 'int64' }), slice(0, 2)]).toArray()).toEqual([
      [8, 9],
      [0, 1],
    ])
    const cube = torch.arange(24).reshape([2, 3, 4])
    expect(cube.index([[0, 1], slice(), [1, 2]]).shape).toEqual([2, 3])
    expect(cube.index([slice(), [0, 2], [1, 2]]).shape).toEqual([2, 2])
    expect(x.index([[-1]]).toArray()).toEqual([[8, 9, 10, 11]])
  })

  it('writes through indexPut_', () => {
    const x = matrix()
    x.indexPut_([slice(0, 2), 1], -1)
    x.indexPut_([x.gt(9)], 0)
    expect(x.toArray()).toEqual([
      [0, -1, 2, 3],
      [4, -1, 6, 7],
      [8, 9, 0, 0],
    ])
    const counts = torch.zeros([3])
    counts.indexPut_([tensor([0, 2, 0], { dtype: 'int64' })], torch.ones([3]), { accumulate: true })
    expect(counts.toArray()).toEqual([2, 0, 1])
    expect(x.indexPut([0], 5).at(0).toArray()).toEqual([5, 5, 5, 5])
    expect(x.at(0).toArray()).toEqual([0, -1, 2, 3])
  })

  it('refuses what is out of range', () => {
    expect(() => matrix().index([3])).toThrow('index 3 is out of range for a dim of size 3')
    expect(() => matrix().index([[5]])).toThrow('out of range')
    expect(() => matrix().index([0, 0, 0])).toThrow('too many')
    expect(() => F.embedding(tensor([4], { dtype: 'int64' }), torch.zeros([3, 2]))).toThrow('index 4 is out of range')
  })
})

describe('in-place operators', () => {
  it('keep the dtype, and refuse a result that does not fit', () => {
    const x = tensor([1, 2, 3], { dtype: 'int32' })
    expect(x.add_(1)).toBe(x)
    expect(x.toArray()).toEqual([2, 3, 4])
    expect(() => x.add_(0.5)).toThrow('the result is float32 and cannot be written into a tensor of int32')
    expect(() => tensor([1]).add_(tensor([1, 2]))).toThrow('cannot be written into a tensor of shape [1]')
  })

  it('read before they write when source and target overlap', () => {
    const x = torch.arange(5)
    x.slice(0, 1).copy_(x.slice(0, 0, 4))
    expect(x.toArray()).toEqual([0, 0, 1, 2, 3])
  })
})

describe('values', () => {
  it('rounds float32 arithmetic as PyTorch does', () => {
    expect(tensor([16777216]).add(1).item()).toBe(16777216)
    expect(tensor([0.1]).add(0.2).item()).toBe(Math.fround(Math.fround(0.1) + Math.fround(0.2)))
  })

  it('gives default dtypes by LANGUAGE rules', () => {
    expect(
      [tensor([1, 2]), tensor(true), torch.arange(3), torch.full([1], 1), torch.full([1], true), torch.ones([1])].map((x) => x.dtype),
    ).toEqual(['float32', 'bool', 'int64', 'float32', 'bool', 'float32'])
    expect(() => torch.arange(0, 1, 0.5)).toThrow("dtype: 'float32'")
    expect(() => tensor([1.5], { dtype: 'int64' })).toThrow('1.5 does not fit dtype int64')
  })

  it('is seeded', () => {
    torch.manualSeed(7)
    const first = torch.randn([4]).toArray()
    torch.manualSeed(7)
    expect(torch.randn([4]).toArray()).toEqual(first)
    const many = torch.rand([20000])
    expect(many.mean().item()).toBeCloseTo(0.5, 1)
    expect(many.min().item()).toBeGreaterThanOrEqual(0)
    expect(many.max().item()).toBeLessThan(1)
    expect(torch.randn([20000]).std().item()).toBeCloseTo(1, 1)
  })

  it('names the method to write instead of an operator', () => {
    const x: unknown = tensor([1])
    expect(() => (x as number) * 2).toThrow('x.mul(y)')
    expect(() => `${x as string}`).toThrow('toArray')
    expect(x instanceof Tensor).toBe(true)
  })

  it('names both shapes when they do not fit', () => {
    expect(() => torch.ones([2, 3]).add(torch.ones([2, 4]))).toThrow('[2, 3] and [2, 4]')
    expect(() => torch.ones([2, 3]).matmul(torch.ones([2, 3]))).toThrow('[2, 3] and [2, 3]')
    expect(() => F.conv2d(torch.ones([1, 3, 8, 8]), torch.ones([4, 2, 3, 3]))).toThrow('[1, 3, 8, 8]')
  })
})
