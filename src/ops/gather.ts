/**
 * Elements picked by index tensors. Reading (`gather`, `index`, `embedding`...) is an index expression; writing goes through one kernel,
 * `nn::scatter`, along a dim. Negative indices count from the end where PyTorch lets them.
 */

import { isTensorMeta } from './args.ts'
import { composite } from './composite.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim, Scalar } from './dim.ts'
import { isConst } from './dimMath.ts'
import type { Expr } from './expr.ts'
import { add, axisIndex, binary, cast, constant, int, load, loadBroadcast, lt, ne, select } from './exprs.ts'
import { axes, unflattenIndex } from './join.ts'
import {
  type Args,
  type ArgValue,
  type DenseTensor,
  type Home,
  type InferContext,
  OperatorError,
  type Ops,
  type TensorMeta,
} from './operator.ts'
import { categoryOf, promoteTypes } from './promote.ts'
import { referenceScatter } from './reference/scatter.ts'
import { broadcastShapes, contiguousStrides, formatShape, normalizeDim, numel, requireRank } from './shape.ts'

const both: readonly Home[] = ['torch', 'Tensor']
const at = <T>(values: readonly T[], index: number): T => values[index] as T
const replaced = <T>(values: readonly T[], index: number, value: T): T[] => values.map((old, i) => (i === index ? value : old))
const quiet: InferContext = { fresh: () => 0, requireEqual: () => {} }

function requireIndex(name: string, index: TensorMeta): void {
  // PyTorch lets an index without elements be of any dtype.
  if (index.shape.includes(0)) return
  if (index.dtype !== 'int64' && index.dtype !== 'int32')
    throw new OperatorError('S3102', `${name}: index must be an int64 tensor, not ${index.dtype}`)
}

/** Negative positions count from the end. */
const wrapped = (index: Expr, size: Dim): Expr => select(lt(index, 0), add(index, int(size)), index)

const asInt = (index: Expr): Expr => cast(index, 'int64')

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

/** Which dims of the result come from the indices: in place when the indexed dims are neighbours, in front otherwise. */
interface Indexing {
  readonly shape: readonly Dim[]
  readonly broadcast: readonly Dim[]
  /** First result axis of the broadcast index dims. */
  readonly at: number
  readonly dims: readonly number[]
}

function planIndex(name: string, self: TensorMeta, indices: readonly (TensorMeta | null)[], context: InferContext): Indexing {
  if (indices.length > self.shape.length)
    throw new OperatorError('S3004', `${name}: ${indices.length} indices are too many for a tensor of shape ${formatShape(self.shape)}`)
  const dims = indices.flatMap((index, i) => (index ? [i] : []))
  const tensors = indices.filter((index) => index !== null)
  for (const index of tensors) requireIndex(name, index)
  const broadcast = broadcastShapes(
    name,
    tensors.map((index) => index.shape),
    context,
  )
  const adjacent = dims.every((dim, i) => i === 0 || dim === at(dims, i - 1) + 1)
  const rest = self.shape.filter((_, i) => !dims.includes(i))
  const position = adjacent ? (dims[0] ?? 0) : 0
  return { shape: [...rest.slice(0, position), ...broadcast, ...rest.slice(position)], broadcast, at: position, dims }
}

/** Masks become the index tensors of their true elements; trailing dims stay as they are. */
function expandMasks<T extends TensorMeta>(
  ops: Ops<T>,
  name: string,
  self: TensorMeta,
  indices: readonly (T | null)[],
): readonly (T | null)[] {
  const result: (T | null)[] = []
  for (const index of indices) {
    if (index && (index.dtype === 'bool' || index.dtype === 'uint8')) {
      const own = self.shape.slice(result.length, result.length + index.shape.length)
      const differs = index.shape.some((size, i) => isConst(size) && isConst(own[i] as Dim) && size !== own[i])
      if (own.length !== index.shape.length || differs)
        throw new OperatorError(
          'S3001',
          `${name}: the mask of shape ${formatShape(index.shape)} does not fit ${formatShape(self.shape)} at dim ${result.length}`,
        )
      result.push(...ops.callMany('aten::nonzero_numpy', [index.dtype === 'bool' ? index : ops.call('aten::to', [index, 'bool'])]))
    } else result.push(index)
  }
  return result
}

const isMask = (index: TensorMeta | null): boolean => index !== null && (index.dtype === 'bool' || index.dtype === 'uint8')

/** What a mask would be replaced by, for shape inference. */
function maskMetas(indices: readonly (TensorMeta | null)[], context: InferContext): readonly (TensorMeta | null)[] {
  return indices.flatMap((index) => {
    if (!index || !isMask(index)) return [index]
    const count = context.fresh('selected')
    return Array.from({ length: index.shape.length }, () => ({ dtype: 'int64' as const, shape: [count] }))
  })
}

const scatterModes = ['replace', 'sum', 'prod', 'mean', 'amax', 'amin'] as const
export type ScatterMode = (typeof scatterModes)[number]

function requireScatter(name: string, self: TensorMeta, index: TensorMeta, src: TensorMeta): void {
  requireIndex(name, index)
  const rank = Math.max(self.shape.length, 1)
  if (Math.max(index.shape.length, 1) !== rank || Math.max(src.shape.length, 1) !== rank) {
    throw new OperatorError(
      'S3001',
      `${name}: self, index and src must have the same number of dims, got ${formatShape(self.shape)}, ${formatShape(index.shape)} and ${formatShape(src.shape)}`,
    )
  }
  if (self.dtype !== src.dtype) throw new OperatorError('S3102', `${name}: self is ${self.dtype} but src is ${src.dtype}`)
}

const scatterLike = (
  name: string,
  schemas: readonly string[],
  mode: (args: Args<TensorMeta>) => readonly [ScatterMode, boolean],
): OperatorSpec<'decompose'> => ({
  schemas,
  homes: both,
  inplace: true,
  infer(args) {
    const self = args.tensor('self')
    normalizeDim(name, args.int('dim'), self.shape.length)
    if (args.overload.includes('value')) requireIndex(name, args.tensor('index'))
    else requireScatter(name, self, args.tensor('index'), args.tensor('src'))
    return [{ dtype: self.dtype, shape: self.shape }]
  },
  implementation: {
    kind: 'decompose',
    decompose(ops, args) {
      const self = args.tensor('self')
      const index = args.tensor('index')
      const src = args.overload.includes('value')
        ? ops.call('aten::full', [index.shape, args.scalar('value')], { dtype: self.dtype })
        : args.tensor('src')
      const [reduce, includeSelf] = mode(args as unknown as Args<TensorMeta>)
      return ops.call('nn::scatter', [self, args.int('dim'), index, src, reduce, includeSelf])
    },
  },
})

function reduceMode(name: string, text: string): ScatterMode {
  const mode = ({ add: 'sum', multiply: 'prod' } as const)[text] ?? text
  if (!scatterModes.includes(mode as ScatterMode) || mode === 'replace')
    throw new OperatorError('S2103', `${name}: reduce must be sum, prod, mean, amax or amin, not '${text}'`)
  return mode as ScatterMode
}

/** An index vector along `dim`, seen as an index tensor of the source's shape. */
function spreadIndex<T extends TensorMeta>(ops: Ops<T>, index: T, source: TensorMeta, dim: number): T {
  const rank = source.shape.length
  if (rank === 0) return ops.call('aten::reshape', [index, []])
  const column = ops.call('aten::reshape', [index, source.shape.map((_, i) => (i === dim ? -1 : 1))])
  return ops.call('aten::expand', [column, source.shape])
}

/** index_add, index_reduce, index_copy: slices of source go to positions of one dim. */
const alongDim = (
  name: string,
  schema: string,
  mode: (args: Args<TensorMeta>) => readonly [ScatterMode, boolean],
): OperatorSpec<'decompose'> => ({
  schemas: [schema],
  homes: both,
  inplace: true,
  infer(args) {
    const self = args.tensor('self')
    normalizeDim(name, args.int('dim'), self.shape.length)
    requireIndex(name, args.tensor('index'))
    requireRank(name, 'index', args.tensor('index').shape, 0, 1)
    const source = args.tensor('source')
    if (source.dtype !== self.dtype) throw new OperatorError('S3102', `${name}: self is ${self.dtype} but source is ${source.dtype}`)
    return [{ dtype: self.dtype, shape: self.shape }]
  },
  implementation: {
    kind: 'decompose',
    decompose(ops, args) {
      const self = args.tensor('self')
      const source = args.tensor('source')
      const dim = normalizeDim(name, args.int('dim'), self.shape.length)
      const alpha = args.has('alpha') ? args.scalar('alpha') : 1
      const scaled = alpha === 1 || alpha === true ? source : ops.call('aten::mul', [source, alpha])
      const [reduce, includeSelf] = mode(args as unknown as Args<TensorMeta>)
      return ops.call('nn::scatter', [self, dim, spreadIndex(ops, args.tensor('index'), source, dim), scaled, reduce, includeSelf])
    },
  },
})

/** Flat positions in `self` of broadcast index tensors. */
function linearIndex<T extends TensorMeta>(ops: Ops<T>, self: TensorMeta, indices: readonly (T | null)[], plan: Indexing): T {
  const strides = contiguousStrides(self.shape)
  const rank = plan.shape.length
  const parts: T[] = []
  let rest = 0
  for (const [dim, stride] of strides.entries()) {
    const index = indices[dim] ?? null
    if (index) {
      const inside = ops.call('aten::where', [ops.call('aten::lt', [index, 0]), ops.call('aten::add', [index, at(self.shape, dim)]), index])
      const trailing = rank - plan.at - plan.broadcast.length
      const placed = ops.call('aten::reshape', [
        ops.call('aten::expand', [inside, plan.broadcast]),
        [...plan.broadcast, ...Array<number>(trailing).fill(1)],
      ])
      parts.push(ops.call('aten::mul', [placed, stride]))
    } else {
      const axis = rest < plan.at ? rest : rest + plan.broadcast.length
      rest++
      const own = ops.call('aten::arange', [at(self.shape, dim)], { dtype: 'int64' })
      parts.push(ops.call('aten::mul', [ops.call('aten::reshape', [own, [-1, ...Array<number>(rank - 1 - axis).fill(1)]]), stride]))
    }
  }
  const first = parts[0]
  if (!first) return ops.call('aten::zeros', [[1]], { dtype: 'int64' })
  return ops.call('aten::expand', [parts.slice(1).reduce((sum, part) => ops.call('aten::add', [sum, part]), first), plan.shape])
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
  'aten::index': {
    schemas: ['index.Tensor(Tensor self, Tensor?[] indices) -> Tensor'],
    homes: [],
    infer(args, context) {
      const self = args.tensor('self')
      return [{ dtype: self.dtype, shape: planIndex('index', self, maskMetas(args.tensorsOrNulls('indices'), context), context).shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        return ops.call('nn::index', [self, expandMasks(ops, 'index', self, args.tensorsOrNulls('indices'))] as ArgValue<typeof self>[])
      },
    },
  },
  'nn::index': {
    schemas: ['index(Tensor self, Tensor?[] indices) -> Tensor'],
    homes: [],
    infer(args, context) {
      const self = args.tensor('self')
      return [{ dtype: self.dtype, shape: planIndex('index', self, args.tensorsOrNulls('indices'), context).shape }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const self = args.tensor('self')
        const out = outputs[0] as TensorMeta
        const indices = args.tensorsOrNulls('indices')
        const plan = planIndex('index', self, indices, quiet)
        const inputs: T[] = [self]
        let rest = 0
        const source = self.shape.map((size, dim) => {
          const index = indices[dim] ?? null
          if (!index) {
            const axis = rest < plan.at ? rest : rest + plan.broadcast.length
            rest++
            return axisIndex(axis)
          }
          inputs.push(index)
          const shift = plan.at + plan.broadcast.length - index.shape.length
          const position = load(
            inputs.length - 1,
            index,
            index.shape.map((n, i) => (n === 1 ? int(0) : axisIndex(shift + i))),
          )
          return wrapped(asInt(position), size)
        })
        return { inputs, results: [{ dtype: out.dtype, axes: out.shape, body: load(0, self, source) }] }
      },
    },
  },
  'aten::index_put': {
    schemas: ['index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor'],
    homes: both,
    inplace: true,
    infer(args, context) {
      const self = args.tensor('self')
      const plan = planIndex('index_put', self, maskMetas(args.tensorsOrNulls('indices'), context), context)
      const values = args.tensor('values')
      if (values.dtype !== self.dtype) throw new OperatorError('S3102', `index_put: self is ${self.dtype} but values is ${values.dtype}`)
      broadcastShapes('index_put', [plan.shape, values.shape], context)
      return [{ dtype: self.dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const indices = expandMasks(ops, 'index_put', self, args.tensorsOrNulls('indices'))
        const plan = planIndex('index_put', self, indices, quiet)
        const position = ops.call('aten::reshape', [linearIndex(ops, self, indices, plan), [-1]])
        const values = ops.call('aten::reshape', [ops.call('aten::expand', [args.tensor('values'), plan.shape]), [-1]])
        const flat = ops.call('aten::reshape', [self, [-1]])
        return ops.call('aten::reshape', [
          ops.call('nn::scatter', [flat, 0, position, values, args.bool('accumulate') ? 'sum' : 'replace', true]),
          self.shape,
        ])
      },
    },
  },
  'nn::scatter': {
    schemas: ['scatter(Tensor self, int dim, Tensor index, Tensor src, str reduce, bool include_self) -> Tensor'],
    homes: [],
    infer(args) {
      const self = args.tensor('self')
      requireScatter('scatter', self, args.tensor('index'), args.tensor('src'))
      return [{ dtype: self.dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'kernel',
      reference(args, [out]) {
        const self = args.tensor('self')
        const dim = normalizeDim('scatter', args.int('dim'), self.shape.length)
        referenceScatter(
          self,
          dim,
          args.tensor('index'),
          args.tensor('src'),
          args.string('reduce') as ScatterMode,
          args.bool('include_self'),
          out as DenseTensor,
        )
      },
    },
  },
  'aten::scatter': scatterLike(
    'scatter',
    [
      'scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor',
      'scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor',
      'scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor',
      'scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor',
    ],
    (args) => (args.has('reduce') ? [reduceMode('scatter', args.string('reduce')), true] : ['replace', true]),
  ),
  'aten::scatter_add': scatterLike('scatter_add', ['scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor'], () => [
    'sum',
    true,
  ]),
  'aten::scatter_reduce': scatterLike(
    'scatter_reduce',
    ['scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor'],
    (args) => [reduceMode('scatter_reduce', args.string('reduce')), args.bool('include_self')],
  ),
  'aten::index_add': alongDim(
    'index_add',
    'index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor',
    () => ['sum', true],
  ),
  'aten::index_copy': alongDim('index_copy', 'index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor', () => [
    'replace',
    true,
  ]),
  'aten::index_reduce': alongDim(
    'index_reduce',
    'index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor',
    (args) => [reduceMode('index_reduce', args.string('reduce')), args.bool('include_self')],
  ),
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
  'aten::put': {
    schemas: ['put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor'],
    homes: both,
    inplace: true,
    infer(args) {
      requireIndex('put', args.tensor('index'))
      return [{ dtype: args.tensor('self').dtype, shape: args.tensor('self').shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const flat = ops.call('aten::reshape', [self, [-1]])
        const result = ops.call('aten::index_put', [
          flat,
          [ops.call('aten::reshape', [args.tensor('index'), [-1]])],
          ops.call('aten::reshape', [args.tensor('source'), [-1]]),
          args.bool('accumulate'),
        ])
        return ops.call('aten::reshape', [result, self.shape])
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
  'aten::searchsorted': composite({
    schemas: [
      'searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor',
      'searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor',
    ],
    homes: ['torch'],
    decompose(ops, args) {
      const given = args.tensor('sorted_sequence')
      const sorter = args.tensorOrNull('sorter')
      const sequence = sorter ? ops.call('aten::gather', [given, -1, sorter]) : given
      const right = args.stringOrNull('side') === 'right' || args.bool('right')
      return countBelow(ops, sequence, args.tensorOrScalar('self'), right, args.bool('out_int32'))
    },
  }),
  'aten::bucketize': composite({
    schemas: [
      'bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor',
      'bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor',
    ],
    homes: ['torch'],
    decompose: (ops, args) =>
      countBelow(ops, args.tensor('boundaries'), args.tensorOrScalar('self'), args.bool('right'), args.bool('out_int32')),
  }),
  'aten::isin': {
    schemas: [
      'isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor',
      'isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor',
    ],
    homes: ['torch'],
    infer: (args) => [{ dtype: 'bool', shape: args.tensor('elements').shape }],
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const elements = args.tensor('elements')
        const out = outputs[0] as TensorMeta
        const rank = out.shape.length
        const wanted = args.bool('invert') ? 'all' : 'any'
        const compare = args.bool('invert') ? ne : (a: Expr, b: Expr) => binary('eq', a, b)
        if (args.has('test_element')) {
          const value = constant(
            args.scalar('test_element'),
            categoryOf(elements.dtype) < 2 && !Number.isInteger(args.scalar('test_element')) ? 'float32' : elements.dtype,
          )
          return {
            inputs: [elements],
            results: [{ dtype: 'bool', axes: out.shape, body: compare(cast(loadBroadcast(0, elements, rank), value.dtype), value) }],
          }
        }
        const tests = args.tensor('test_elements')
        const dtype = promoteTypes(elements.dtype, tests.dtype)
        const test = cast(
          load(
            1,
            tests,
            tests.shape.map((_, i) => axisIndex(rank + i)),
          ),
          dtype,
        )
        const body = compare(cast(load(0, elements, axes(rank)), dtype), test)
        return {
          inputs: [elements, tests],
          results: [{ dtype: 'bool', axes: out.shape, reduce: { combiner: wanted, axes: tests.shape }, body }],
        }
      },
    },
  },
})

/** How many elements of each sorted row lie below (`right`: at or below) a value: the position where it belongs. NaN comes last. */
function countBelow<T extends TensorMeta>(ops: Ops<T>, sequence: T, value: T | Scalar, right: boolean, int32: boolean): T {
  const values = isTensorMeta(value) ? value : ops.call('aten::full', [[], value], { dtype: sequence.dtype })
  const row = sequence.shape.length === 1 ? sequence : ops.call('aten::unsqueeze', [sequence, -2])
  const element = ops.call('aten::unsqueeze', [values, -1])
  const below = right
    ? ops.call('aten::logical_not', [ops.call('aten::gt', [row, element])])
    : ops.call('aten::logical_not', [ops.call('aten::ge', [row, element])])
  const counted = ops.call('aten::sum', [below, [-1]])
  return int32 ? ops.call('aten::to', [counted, 'int32']) : counted
}
