/**
 * Elements picked along a dim by one index tensor: `gather`, `index_select`, `take`, `embedding`. Each is an index expression of the source's load.
 */

import { composite } from './composite.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { isConst } from './dimMath.ts'
import type { Expr } from './expr.ts'
import { axisIndex, int, load } from './exprs.ts'
import { asInt, quiet, replaced, requireIndex, wrapped } from './indexArgs.ts'
import { axes, unflattenIndex } from './join.ts'
import { type Args, type Home, OperatorError, type TensorMeta } from './operator.ts'
import { broadcastShapes, formatShape, normalizeDim, numel, requireRank } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values[index] as T

const both: readonly Home[] = ['torch', 'Tensor']

interface Picking {
  readonly schemas: readonly string[]
  readonly homes?: readonly Home[]
  readonly index?: string
  readonly self?: string
  readonly shape: (self: TensorMeta, index: TensorMeta, args: Args<TensorMeta>) => readonly Dim[]
  /** Source position, where `pick` loads the index tensor at given indices. */
  readonly source: (
    self: TensorMeta,
    index: TensorMeta,
    args: Args<TensorMeta>,
    pick: (indices: readonly Expr[]) => Expr,
    rank: number,
  ) => readonly Expr[]
}

/** One source tensor, one index tensor. */
const picking = (spec: Picking): OperatorSpec<'compute'> => {
  const name = /^\w+/.exec(spec.schemas[0] as string)?.[0] ?? ''
  const operands = <T extends TensorMeta>(args: Args<T>): readonly [T, T] => [
    args.tensor(spec.self ?? 'self'),
    args.tensor(spec.index ?? 'index'),
  ]
  return {
    schemas: spec.schemas,
    homes: spec.homes ?? both,
    infer(args) {
      const [self, index] = operands(args)
      requireIndex(name, index)
      return [{ dtype: self.dtype, shape: spec.shape(self, index, args) }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const [self, index] = operands(args)
        const out = outputs[0] as TensorMeta
        const source = spec.source(
          self,
          index,
          args as unknown as Args<TensorMeta>,
          (indices) => asInt(load(1, index, indices)),
          out.shape.length,
        )
        return { inputs: [self, index], results: [{ dtype: out.dtype, axes: out.shape, body: load(0, self, source) }] }
      },
    },
  }
}

export const gathers = family({
  'aten::gather': picking({
    schemas: ['gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor'],
    shape(self, index, args) {
      const dim = normalizeDim('gather', args.int('dim'), self.shape.length)
      if (Math.max(1, self.shape.length) !== Math.max(1, index.shape.length)) {
        throw new OperatorError(
          'S3001',
          `gather: index of shape ${formatShape(index.shape)} needs as many dims as self of shape ${formatShape(self.shape)}`,
        )
      }
      for (const [i, size] of index.shape.entries()) {
        const own = self.shape[i] ?? 1
        if (i !== dim && isConst(size) && isConst(own) && size > own)
          throw new OperatorError(
            'S3001',
            `gather: index of shape ${formatShape(index.shape)} is larger than self of shape ${formatShape(self.shape)} in dim ${i}`,
          )
      }
      return index.shape
    },
    source(self, index, args, pick, rank) {
      if (self.shape.length === 0) return []
      const dim = normalizeDim('gather', args.int('dim'), self.shape.length)
      return replaced(rank === 0 ? [int(0)] : axes(rank), dim, pick(axes(index.shape.length)))
    },
  }),
  'aten::index_select': picking({
    schemas: ['index_select(Tensor self, int dim, Tensor index) -> Tensor'],
    shape(self, index, args) {
      requireRank('index_select', 'index', index.shape, 0, 1)
      const dim = normalizeDim('index_select', args.int('dim'), self.shape.length)
      return replaced(self.shape, dim, index.shape[0] ?? 1)
    },
    source(self, index, args, pick, rank) {
      if (self.shape.length === 0) return []
      const dim = normalizeDim('index_select', args.int('dim'), self.shape.length)
      return replaced(axes(rank), dim, pick(index.shape.length === 0 ? [] : [axisIndex(dim)]))
    },
  }),
  'aten::take': picking({
    schemas: ['take(Tensor self, Tensor index) -> Tensor'],
    shape: (_, index) => index.shape,
    source: (self, index, _, pick) => unflattenIndex(wrapped(pick(axes(index.shape.length)), numel(self.shape)), self.shape),
  }),
  'aten::embedding': picking({
    schemas: [
      'embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor',
    ],
    homes: ['torch'],
    self: 'weight',
    index: 'indices',
    shape(weight, indices) {
      requireRank('embedding', 'weight', weight.shape, 2)
      return [...indices.shape, at(weight.shape, 1)]
    },
    source: (_, indices, __, pick, rank) => [pick(axes(indices.shape.length)), axisIndex(rank - 1)],
  }),
  // With maxNorm PyTorch also writes the shortened rows into the weight; here the weight stays as it is.
  'nn::embedding': composite({
    schemas: [
      'embedding(Tensor input, Tensor weight, int? padding_idx=None, float? max_norm=None, float norm_type=2.0, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor',
    ],
    homes: ['F'],
    decompose(ops, args) {
      const rows = ops.call('aten::embedding', [args.tensor('weight'), args.tensor('input')])
      const limit = args.scalarOrNull('max_norm')
      if (limit === null) return rows
      const length = ops.call('aten::linalg_vector_norm', [rows, args.scalar('norm_type'), [-1], true])
      const factor = ops.call('aten::div', [ops.call('aten::full_like', [length, limit]), ops.call('aten::add', [length, 1e-7])])
      return ops.call('aten::where', [ops.call('aten::gt', [length, limit]), ops.call('aten::mul', [rows, factor]), rows])
    },
  }),
  'aten::take_along_dim': {
    schemas: ['take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor'],
    homes: both,
    infer(args, context) {
      const [self, indices] = [args.tensor('self'), args.tensor('indices')]
      requireIndex('take_along_dim', indices)
      const dim = args.intOrNull('dim')
      if (dim === null) return [{ dtype: self.dtype, shape: [numel(indices.shape)] }]
      const axis = normalizeDim('take_along_dim', dim, self.shape.length)
      const wide = broadcastShapes('take_along_dim', [replaced(self.shape, axis, 1), replaced(indices.shape, axis, 1)], context)
      return [{ dtype: self.dtype, shape: replaced(wide, axis, at(indices.shape, axis)) }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const [self, indices] = [args.tensor('self'), args.tensor('indices')]
        const dim = args.intOrNull('dim')
        if (dim === null)
          return ops.call('aten::gather', [ops.call('aten::reshape', [self, [-1]]), 0, ops.call('aten::reshape', [indices, [-1]])])
        const axis = normalizeDim('take_along_dim', dim, self.shape.length)
        const wide = broadcastShapes('take_along_dim', [replaced(self.shape, axis, 1), replaced(indices.shape, axis, 1)], quiet)
        const widened = (x: typeof self) => ops.call('aten::expand', [x, replaced(wide, axis, at(x.shape, axis))])
        const inside = ops.call('aten::where', [
          ops.call('aten::lt', [indices, 0]),
          ops.call('aten::add', [indices, at(self.shape, axis)]),
          indices,
        ])
        return ops.call('aten::gather', [widened(self), axis, widened(inside)])
      },
    },
  },
})
