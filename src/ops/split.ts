/** Views that cut a tensor along a dim into several. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimAdd, dimCeilDiv, dimEqual, dimFloorDiv, dimMax, dimMin, dimMul, dimSub, isConst } from './dimMath.ts'
import { type Args, type InferContext, OperatorError, type StridedMeta, type TensorMeta } from './operator.ts'
import { formatShape, normalizeDim, requireEqualDims } from './shape.ts'
import { view } from './view.ts'
import { at, sliced, without } from './viewLayout.ts'

function splitSizes(
  name: string,
  self: StridedMeta,
  dimension: number,
  sizes: readonly Dim[],
  context: InferContext,
): readonly StridedMeta[] {
  let start: Dim = 0
  return sizes.map((size) => {
    const from = start
    start = dimAdd(start, size)
    return sliced(name, self, dimension, from, start, 1, context)
  })
}

function constantSize(name: string, self: TensorMeta, dim: number): number {
  const size = at(self.shape, dim)
  if (!isConst(size))
    throw new OperatorError('S3002', `${name}: the number of results depends on dim ${dim}, whose size must be known at build time`)
  return size
}

/** Pieces of `size`, the last one smaller. */
function pieces(name: string, self: StridedMeta, dimension: number, size: Dim, context: InferContext): readonly StridedMeta[] {
  const dim = normalizeDim(name, dimension, self.shape.length)
  const total = at(self.shape, dim)
  const count = dimEqual(total, 0) ? 1 : dimMax(1, dimCeilDiv(total, size))
  if (!isConst(count))
    throw new OperatorError('S3002', `${name}: the number of results depends on dim ${dim}, whose size must be known at build time`)
  return Array.from({ length: count }, (_, i) => sliced(name, self, dim, dimMul(i, size), dimMin(total, dimMul(i + 1, size)), 1, context))
}

/** Boundaries of `sections` pieces of nearly equal size, the first ones larger. */
function tensorSplit(
  self: StridedMeta,
  args: Args<TensorMeta>,
  context: InferContext,
  name = 'tensor_split',
  dimension = args.int('dim'),
): readonly StridedMeta[] {
  const dim = normalizeDim(name, dimension, self.shape.length)
  if (args.has('indices')) {
    const bounds = args.dims('indices')
    return [...bounds, at(self.shape, dim)].map((end, i) => sliced(name, self, dim, i === 0 ? 0 : at(bounds, i - 1), end, 1, context))
  }
  const sections = args.int('sections')
  if (sections <= 0) throw new OperatorError('S3007', `${name}: the number of sections must be positive, not ${sections}`)
  const size = at(self.shape, dim)
  const small = dimFloorDiv(size, sections)
  const large = dimSub(size, dimMul(small, sections))
  const bound = (i: number): Dim => dimAdd(dimMul(i, small), dimMin(i, large))
  return Array.from({ length: sections }, (_, i) => sliced(name, self, dim, bound(i), bound(i + 1), 1, context))
}

/** hsplit, vsplit, dsplit: sections must divide the size. */
const alongSplit = (name: string, dimOf: (rank: number) => number, minRank: number): OperatorSpec<'view'> =>
  view({
    schemas: [`${name}.int(Tensor(a) self, int sections) -> Tensor(a)[]`, `${name}.array(Tensor(a) self, SymInt[] indices) -> Tensor(a)[]`],
    results(self, args, context) {
      const rank = self.shape.length
      if (rank < minRank)
        throw new OperatorError('S3001', `${name}: needs at least ${minRank} dims, the shape is ${formatShape(self.shape)}`)
      const dim = dimOf(rank)
      const size = at(self.shape, dim)
      if (args.has('sections') && isConst(size) && size % args.int('sections') !== 0) {
        throw new OperatorError('S3007', `${name}: ${args.int('sections')} sections do not divide dim ${dim} of size ${size}`)
      }
      return tensorSplit(self, args, context, name, dim)
    },
  })

function splitAll(
  name: string,
  self: StridedMeta,
  dimension: number,
  sizes: readonly Dim[],
  context: InferContext,
): readonly StridedMeta[] {
  const dim = normalizeDim(name, dimension, self.shape.length)
  const total = sizes.reduce<Dim>((sum, size) => dimAdd(sum, size), 0)
  requireEqualDims(
    total,
    at(self.shape, dim),
    () => `${name}: sizes ${formatShape(sizes)} do not add up to dim ${dim} of shape ${formatShape(self.shape)}`,
    context,
  )
  return splitSizes(name, self, dim, sizes, context)
}

export const splits = family({
  'aten::split': view({
    schemas: [
      'split.Tensor(Tensor(a) self, SymInt split_size, int dim=0) -> Tensor(a)[]',
      'split.sizes(Tensor(a) self, SymInt[] split_size, int dim=0) -> Tensor(a)[]',
    ],
    results(self, args, context) {
      const size = args.overload === 'split.sizes' ? args.dims('split_size') : args.dim('split_size')
      return Array.isArray(size)
        ? splitAll('split', self, args.int('dim'), size, context)
        : pieces('split', self, args.int('dim'), size as Dim, context)
    },
  }),
  'aten::split_with_sizes': view({
    schemas: ['split_with_sizes(Tensor(a) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]'],
    results: (self, args, context) => splitAll('split_with_sizes', self, args.int('dim'), args.dims('split_sizes'), context),
  }),
  'aten::chunk': view({
    schemas: ['chunk(Tensor(a) self, int chunks, int dim=0) -> Tensor(a)[]'],
    results(self, args, context) {
      const chunks = args.int('chunks')
      if (chunks <= 0) throw new OperatorError('S3007', `chunk: chunks must be positive, not ${chunks}`)
      const dim = normalizeDim('chunk', args.int('dim'), self.shape.length)
      const size = dimMax(1, dimCeilDiv(at(self.shape, dim), chunks))
      if (at(self.shape, dim) === 0) return Array.from({ length: chunks }, () => sliced('chunk', self, dim, 0, 0, 1, context))
      return pieces('chunk', self, dim, size, context)
    },
  }),
  'aten::tensor_split': view({
    schemas: [
      'tensor_split.sections(Tensor(a) self, SymInt sections, int dim=0) -> Tensor(a)[]',
      'tensor_split.indices(Tensor(a) self, SymInt[] indices, int dim=0) -> Tensor(a)[]',
    ],
    results: (self, args, context) => tensorSplit(self, args, context),
  }),
  'aten::hsplit': alongSplit('hsplit', (rank) => (rank === 1 ? 0 : 1), 1),
  'aten::vsplit': alongSplit('vsplit', () => 0, 2),
  'aten::dsplit': alongSplit('dsplit', () => 2, 3),
  'aten::unbind': view({
    schemas: ['unbind.int(Tensor(a) self, int dim=0) -> Tensor(a)[]'],
    results(self, args) {
      const dim = normalizeDim('unbind', args.int('dim'), self.shape.length)
      if (self.shape.length === 0) throw new OperatorError('S3004', 'unbind: a 0-dim tensor has no dim to unbind')
      const stride = at(self.strides, dim)
      return Array.from({ length: constantSize('unbind', self, dim) }, (_, i) => ({
        dtype: self.dtype,
        shape: without(self.shape, dim),
        strides: without(self.strides, dim),
        offset: dimAdd(self.offset, dimMul(i, stride)),
      }))
    },
  }),
})
