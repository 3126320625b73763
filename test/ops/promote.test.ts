import { describe, expect, it } from 'vitest'
import type { DType } from '../../src/ops/dtype.ts'
import { promoteTypes, resultType } from '../../src/ops/promote.ts'

const meta = (dtype: DType, ...shape: number[]) => ({ dtype, shape })

/** torch.result_type and torch.promote_types of PyTorch 2.13. */
describe('type promotion', () => {
  it.each([
    ['uint8', 'int32', 'int32'],
    ['uint8', 'int64', 'int64'],
    ['int32', 'int64', 'int64'],
    ['bool', 'uint8', 'uint8'],
    ['bool', 'float32', 'float32'],
    ['int64', 'float32', 'float32'],
    ['bool', 'bool', 'bool'],
  ] as const)('%s with %s gives %s', (a, b, result) => {
    expect(promoteTypes(a, b)).toBe(result)
    expect(promoteTypes(b, a)).toBe(result)
  })

  it('lets a scalar raise the category only', () => {
    expect(resultType([meta('int32', 3), 5])).toBe('int32')
    expect(resultType([meta('int32', 3), 2.5])).toBe('float32')
    expect(resultType([meta('uint8', 3), true])).toBe('uint8')
    expect(resultType([meta('bool', 3), 1])).toBe('int64')
    expect(resultType([meta('bool'), 2])).toBe('int64')
  })

  it('lets a 0-dim tensor raise the category only', () => {
    expect(resultType([meta('int32', 3), meta('int64')])).toBe('int32')
    expect(resultType([meta('uint8', 3), meta('float32')])).toBe('float32')
    expect(resultType([meta('bool', 3), meta('int32')])).toBe('int32')
    expect(resultType([meta('int32'), meta('int64')])).toBe('int64')
  })
})
