/**
 * Elements that a mask names, and masks made of indices: `masked_select`, `masked_scatter`, `index_fill`, `one_hot`.
 */

import { composite } from './composite.ts'
import { family } from './define.ts'
import { axisIndex, binary, load } from './exprs.ts'
import { asInt, quiet, requireIndex, wrapped } from './indexArgs.ts'
import { type Args, type Home, OperatorError, type TensorMeta } from './operator.ts'
import { broadcastShapes, normalizeDim } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values[index] as T

const both: readonly Home[] = ['torch', 'Tensor']

export const maskings = family({
  'nn::index_mask': {
    schemas: ['index_mask(Tensor index, SymInt size) -> Tensor'],
    homes: [],
    infer: (args) => [{ dtype: 'bool', shape: [args.dim('size')] }],
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const index = args.tensor('index')
        const out = outputs[0] as TensorMeta
        const count = index.shape[0] ?? 1
        const position = wrapped(asInt(load(0, index, index.shape.length === 0 ? [] : [axisIndex(1)])), at(out.shape, 0))
        return {
          inputs: [index],
          results: [
            { dtype: 'bool', axes: out.shape, reduce: { combiner: 'any', axes: [count] }, body: binary('eq', position, axisIndex(0)) },
          ],
        }
      },
    },
  },
  'aten::index_fill': {
    schemas: [
      'index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor',
      'index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor',
    ],
    homes: both,
    inplace: true,
    infer(args) {
      const self = args.tensor('self')
      requireIndex('index_fill', args.tensor('index'))
      normalizeDim('index_fill', args.int('dim'), self.shape.length)
      return [{ dtype: self.dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const dim = normalizeDim('index_fill', args.int('dim'), self.shape.length)
        const mask = ops.call('nn::index_mask', [args.tensor('index'), self.shape[dim] ?? 1])
        const placed = ops.call('aten::reshape', [
          mask,
          self.shape.length === 0 ? [] : self.shape.slice(dim).map((size, i) => (i === 0 ? size : 1)),
        ])
        return ops.call('aten::masked_fill', [self, placed, args.tensorOrScalar('value')])
      },
    },
  },
  'aten::masked_scatter': {
    schemas: ['masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor'],
    homes: both,
    inplace: true,
    infer(args, context) {
      const [self, mask, source] = [args.tensor('self'), args.tensor('mask'), args.tensor('source')]
      if (mask.dtype !== 'bool') throw new OperatorError('S3102', `masked_scatter: mask must be a bool tensor, not ${mask.dtype}`)
      if (source.dtype !== self.dtype)
        throw new OperatorError('S3102', `masked_scatter: self is ${self.dtype} but source is ${source.dtype}`)
      return [{ dtype: self.dtype, shape: broadcastShapes('masked_scatter', [self.shape, mask.shape], context) }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const shape = broadcastShapes('masked_scatter', [args.tensor('self').shape, args.tensor('mask').shape], quiet)
        const mask = ops.call('aten::reshape', [ops.call('aten::expand', [args.tensor('mask'), shape]), [-1]])
        const rank = ops.call('aten::sub', [ops.call('aten::cumsum', [mask, 0]), 1])
        const position = ops.call('aten::where', [mask, rank, 0])
        const taken = ops.call('aten::take', [args.tensor('source'), position])
        const flat = ops.call('aten::reshape', [ops.call('aten::expand', [args.tensor('self'), shape]), [-1]])
        return ops.call('aten::reshape', [ops.call('aten::where', [mask, taken, flat]), shape])
      },
    },
  },
  'aten::one_hot': {
    schemas: ['one_hot(Tensor self, int num_classes=-1) -> Tensor'],
    homes: ['F'],
    infer(args, context) {
      const self = args.tensor('self')
      requireIndex('one_hot', self)
      const classes = args.int('num_classes')
      return [{ dtype: 'int64', shape: [...self.shape, classes < 0 ? context.fresh('classes') : classes] }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const classes = args.int('num_classes')
        if (classes < 0) return ops.call('nn::one_hot_counted', [self])
        const hot = ops.call('aten::eq', [ops.call('aten::unsqueeze', [self, -1]), ops.call('aten::arange', [classes])])
        return ops.call('aten::to', [hot, 'int64'])
      },
    },
  },
  'aten::masked_select': composite({
    schemas: ['masked_select(Tensor self, Tensor mask) -> Tensor'],
    homes: both,
    decompose(ops, args) {
      const [self, mask] = [args.tensor('self'), args.tensor('mask')]
      const shape = broadcastShapes('masked_select', [self.shape, mask.shape], quiet)
      const wide = (x: typeof self) => ops.call('aten::reshape', [ops.call('aten::expand', [x, shape]), [-1]])
      return ops.call('aten::index', [wide(self), [wide(mask)]])
    },
  }),
})
