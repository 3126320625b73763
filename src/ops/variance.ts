/** Variance and standard deviation, with or without the mean. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimSub, isConst } from './dimMath.ts'
import type { Args, Ops, TensorMeta } from './operator.ts'
import { reducedCount, reducedDims, reducedShape, requireFloat } from './reduce.ts'

/** Population or sample variance over `dim`; `correction` (default 1) is subtracted from the count. */
function variance<T extends TensorMeta>(
  ops: Ops<T>,
  args: Args<T>,
  name: string,
  keepdim: boolean,
): { readonly variance: T; readonly mean: T } {
  const self = args.tensor('self')
  const plain = args as unknown as Args<TensorMeta>
  const dims = reducedDims(name, plain, self.shape.length)
  const correction = args.has('unbiased') ? (args.bool('unbiased') ? 1 : 0) : (args.scalarOrNull('correction') ?? 1)
  const count = reducedCount(self.shape, dims)
  const mean = ops.call('aten::mean', [self, dims, true])
  const centred = ops.call('aten::sub', [self, mean])
  const squares = ops.call('aten::sum', [ops.call('aten::mul', [centred, centred]), dims, keepdim])
  const divisor = typeof correction === 'number' && isConst(count) ? Math.max(0, count - correction) : dimSub(count, correction as Dim)
  return { variance: ops.call('aten::div', [squares, divisor]), mean: keepdim ? mean : ops.call('aten::mean', [self, dims]) }
}

const varianceSchemas = (name: string, returns: string): readonly string[] => [
  `${name}(Tensor self, bool unbiased=True) -> ${returns}`,
  `${name}.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> ${returns}`,
  `${name}.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> ${returns}`,
]

const varianceLike = (name: 'var' | 'std' | 'var_mean' | 'std_mean'): OperatorSpec<'decompose'> => {
  const isStd = name.startsWith('std')
  const withMean = name.endsWith('_mean')
  return {
    schemas: varianceSchemas(name, withMean ? '(Tensor, Tensor)' : 'Tensor'),
    homes: withMean ? ['torch'] : ['torch', 'Tensor'],
    infer(args) {
      const self = args.tensor('self')
      requireFloat(name, self.dtype)
      const result = {
        dtype: self.dtype,
        shape: reducedShape(self.shape, reducedDims(name, args, self.shape.length), args.has('keepdim') && args.bool('keepdim')),
      }
      return withMean ? [result, result] : [result]
    },
    implementation: {
      kind: 'decompose',
      decompose<T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T | readonly T[] {
        const { variance: value, mean } = variance(ops, args, name, args.has('keepdim') && args.bool('keepdim'))
        const spread = isStd ? ops.call('aten::sqrt', [value]) : value
        return withMean ? [spread, mean] : spread
      },
    },
  }
}

export const variances = family({
  'aten::var': varianceLike('var'),
  'aten::std': varianceLike('std'),
  'aten::var_mean': varianceLike('var_mean'),
  'aten::std_mean': varianceLike('std_mean'),
})
