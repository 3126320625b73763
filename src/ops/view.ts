/** Views: results that share storage with `self`. Shape rules and stride rules, both on symbolic dims. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimAdd, dimCeilDiv, dimEqual, dimFloorDiv, dimMax, dimMin, dimMul, dimRange, dimSub, isConst } from './dimMath.ts'
import { type ApiForm, type Args, type Home, type InferContext, OperatorError, type StridedMeta, type TensorMeta } from './operator.ts'
import { contiguousStrides, formatShape, normalizeDim, normalizeDims, numel, requireEqualDims } from './shape.ts'

const both: readonly Home[] = ['torch', 'Tensor']

interface View {
  readonly schemas: readonly string[]
  readonly homes?: readonly Home[]
  readonly forms?: readonly ApiForm[]
  /** Shapes, strides and offsets of the results; a null means that the strides cannot express it (a copy is made). */
  readonly results: (self: StridedMeta, args: Args<TensorMeta>, context: InferContext) => readonly StridedMeta[] | null
  /** Where the shape does not follow from `results` (which may be null). */
  readonly shape?: (self: TensorMeta, args: Args<TensorMeta>, context: InferContext) => readonly Dim[]
}

const noGuards: InferContext = {
  fresh: () => {
    throw new Error('internal error: a view has no fresh dims')
  },
  requireEqual: () => {},
}

/** The result metadata follows from the same function that gives the strides. */
function view(spec: View): OperatorSpec<'view'> {
  return {
    schemas: spec.schemas,
    homes: spec.homes ?? both,
    ...(spec.forms ? { forms: spec.forms } : {}),
    infer(args, context) {
      const self = args.tensor('self')
      if (spec.shape) return [{ dtype: self.dtype, shape: spec.shape(self, args, context) }]
      const strided = { ...self, dtype: self.dtype, shape: self.shape, strides: contiguousStrides(self.shape), offset: 0 }
      return (spec.results(strided, args, context) as readonly StridedMeta[]).map(({ dtype, shape }) => ({ dtype, shape }))
    },
    implementation: { kind: 'view', view: (self, args) => spec.results(self, args, noGuards) },
  }
}

type Layout = Pick<StridedMeta, 'shape' | 'strides'> & { readonly offset?: Dim }
const single = (self: StridedMeta, layout: Layout): readonly StridedMeta[] => [
  { dtype: self.dtype, shape: layout.shape, strides: layout.strides, offset: layout.offset ?? self.offset },
]

const at = <T>(values: readonly T[], index: number): T => values[index] as T
const without = <T>(values: readonly T[], index: number): readonly T[] => values.filter((_, i) => i !== index)
const replaced = <T>(values: readonly T[], index: number, value: T): readonly T[] => values.map((old, i) => (i === index ? value : old))

function permuted(self: StridedMeta, dims: readonly number[]): readonly StridedMeta[] {
  return single(self, { shape: dims.map((dim) => at(self.shape, dim)), strides: dims.map((dim) => at(self.strides, dim)) })
}

function transposed(self: StridedMeta, name: string, dim0: number, dim1: number): readonly StridedMeta[] {
  const rank = self.shape.length
  const a = normalizeDim(name, dim0, rank)
  const b = normalizeDim(name, dim1, rank)
  return permuted(
    self,
    self.shape.map((_, i) => (i === a ? b : i === b ? a : i)),
  )
}

/** The sizes with -1 solved, checked against the number of elements. */
export function solveShape(name: string, shape: readonly Dim[], sizes: readonly Dim[], context: InferContext): readonly Dim[] {
  const total = numel(shape)
  const holes = sizes.filter((size) => size === -1).length
  const message = () => `${name}: shape ${formatShape(shape)} cannot become ${formatShape(sizes)}: the number of elements differs`
  if (holes > 1) throw new OperatorError('S3006', `${name}: only one size may be -1 in ${formatShape(sizes)}`)
  if (sizes.some((size) => isConst(size) && size < -1))
    throw new OperatorError('S3006', `${name}: a size is negative in ${formatShape(sizes)}`)
  if (holes === 0) {
    requireEqualDims(total, numel(sizes), message, context)
    return sizes
  }
  const known = numel(sizes.filter((size) => size !== -1))
  if (known === 0) throw new OperatorError('S3006', `${name}: -1 in ${formatShape(sizes)} is ambiguous for a tensor without elements`)
  const solved = dimFloorDiv(total, known)
  requireEqualDims(total, dimMul(solved, known), message, context)
  return sizes.map((size) => (size === -1 ? solved : size))
}

/**
 * Strides of `sizes` over the same elements, or null when a copy is needed: at::detail::computeStride. Runs of dims of the old
 * shape that lie densely in each other are split anew; dims of size 1 lie anywhere.
 */
export function reshapedStrides(shape: readonly Dim[], strides: readonly Dim[], sizes: readonly Dim[]): readonly Dim[] | null {
  if (sizes.length === shape.length && sizes.every((size, i) => dimEqual(size, at(shape, i)))) return strides
  if (isConst(numel(shape)) && numel(shape) === 0) return contiguousStrides(sizes)
  const result: Dim[] = Array<Dim>(sizes.length).fill(1)
  let target = sizes.length - 1
  let chunkBase: Dim = strides.at(-1) ?? 1
  let chunk: Dim = 1
  let viewed: Dim = 1
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    chunk = dimMul(chunk, at(shape, dim))
    const ends = dim === 0 || (at(shape, dim - 1) !== 1 && !dimEqual(at(strides, dim - 1), dimMul(chunk, chunkBase)))
    if (!ends) continue
    while (target >= 0 && (fitsInto(viewed, chunk) || at(sizes, target) === 1)) {
      result[target] = dimMul(viewed, chunkBase)
      viewed = dimMul(viewed, at(sizes, target))
      target--
    }
    if (!dimEqual(viewed, chunk)) return null
    if (dim > 0) {
      chunkBase = at(strides, dim - 1)
      chunk = 1
      viewed = 1
    }
  }
  while (target >= 0 && at(sizes, target) === 1) result[target--] = viewed
  return target === -1 ? result : null
}

/** viewed < chunk, where both divide the same count: the symbolic case is decided by being different. */
function fitsInto(viewed: Dim, chunk: Dim): boolean {
  return isConst(viewed) && isConst(chunk) ? viewed < chunk : !dimEqual(viewed, chunk)
}

function reshaped(self: StridedMeta, sizes: readonly Dim[]): readonly StridedMeta[] | null {
  const strides = reshapedStrides(self.shape, self.strides, sizes)
  return strides && single(self, { shape: sizes, strides })
}

/** A view whose shape is computed first and which is a reshape. */
const reshaping = (spec: Omit<View, 'results' | 'shape'> & { readonly shape: NonNullable<View['shape']> }): OperatorSpec<'view'> =>
  view({ ...spec, results: (self, args) => reshaped(self, spec.shape(self, args, noGuards)) })

function expanded(name: string, self: StridedMeta, sizes: readonly Dim[], context: InferContext): readonly StridedMeta[] {
  const shift = sizes.length - self.shape.length
  if (shift < 0)
    throw new OperatorError('S3001', `${name}: ${sizes.length} sizes are too few for a tensor of shape ${formatShape(self.shape)}`)
  const shape: Dim[] = []
  const strides: Dim[] = []
  for (const [i, wanted] of sizes.entries()) {
    const size = i < shift ? 1 : at(self.shape, i - shift)
    const stride = i < shift ? 0 : at(self.strides, i - shift)
    if (wanted === -1) {
      if (i < shift) throw new OperatorError('S3006', `${name}: -1 is not allowed for the new leading dim ${i}`)
      shape.push(size)
      strides.push(stride)
    } else if (size === 1) {
      shape.push(wanted)
      strides.push(wanted === 1 ? stride : 0)
    } else {
      requireEqualDims(
        size,
        wanted,
        () => `${name}: a tensor of shape ${formatShape(self.shape)} cannot be expanded to ${formatShape(sizes)}`,
        context,
      )
      shape.push(size)
      strides.push(stride)
    }
  }
  return single(self, { shape, strides })
}

/** A slice bound in 0..size; negative numbers count from the end. A symbolic bound must not be negative (guarded). */
export function sliceBound(name: string, bound: Dim, size: Dim, context: InferContext): Dim {
  if (isConst(bound)) {
    if (bound >= 0) return isConst(size) ? Math.min(bound, size) : dimMin(bound, size)
    return dimMax(0, dimAdd(size, bound))
  }
  if (dimRange(bound).min < 0) {
    context.requireEqual(dimMax(bound, 0), bound, () => `${name}: a slice bound that is computed must not be negative`)
  }
  return dimMin(bound, size)
}

function sliced(
  name: string,
  self: StridedMeta,
  dimension: number,
  start: Dim | null,
  end: Dim | null,
  step: number,
  context: InferContext,
): StridedMeta {
  if (self.shape.length === 0) throw new OperatorError('S3004', `${name}: a 0-dim tensor cannot be sliced`)
  const dim = normalizeDim(name, dimension, self.shape.length)
  if (step <= 0) throw new OperatorError('S3007', `${name}: step must be positive, not ${step}`)
  const size = at(self.shape, dim)
  const from = sliceBound(name, start ?? 0, size, context)
  // 2^63-1 is how PyTorch writes "to the end".
  const to = end === null || (isConst(end) && end >= Number.MAX_SAFE_INTEGER) ? size : sliceBound(name, end, size, context)
  const length = dimMax(0, dimCeilDiv(dimSub(to, from), step))
  return {
    dtype: self.dtype,
    shape: replaced(self.shape, dim, length),
    strides: replaced(self.strides, dim, dimMul(at(self.strides, dim), step)),
    offset: dimAdd(self.offset, dimMul(from, at(self.strides, dim))),
  }
}

/** An index in 0..size-1. A symbolic one must not be negative (guarded). */
export function elementIndex(name: string, index: Dim, size: Dim, context: InferContext): Dim {
  if (!isConst(index)) {
    if (dimRange(index).min < 0)
      context.requireEqual(dimMax(index, 0), index, () => `${name}: an index that is computed must not be negative`)
    context.requireEqual(dimMin(index, dimSub(size, 1)), index, () => `${name}: the index is out of range`)
    return index
  }
  if (isConst(size) && (index >= size || index < -size))
    throw new OperatorError('S4001', `${name}: index ${index} is out of range for a dim of size ${size}`)
  return index < 0 ? dimAdd(size, index) : index
}

function diagonal(self: StridedMeta, offset: number, dim1: number, dim2: number): readonly StridedMeta[] {
  const rank = self.shape.length
  const a = normalizeDim('diagonal', dim1, rank)
  const b = normalizeDim('diagonal', dim2, rank)
  if (a === b) throw new OperatorError('S3004', `diagonal: dim1 and dim2 are both ${a}`)
  const [sa, sb] = [at(self.strides, a), at(self.strides, b)]
  const length = dimMax(
    0,
    offset >= 0
      ? dimMin(at(self.shape, a), dimSub(at(self.shape, b), offset))
      : dimMin(dimAdd(at(self.shape, a), offset), at(self.shape, b)),
  )
  const start = length === 0 ? 0 : offset >= 0 ? dimMul(offset, sb) : dimMul(-offset, sa)
  const keep = <T>(values: readonly T[]): T[] => values.filter((_, i) => i !== a && i !== b)
  return single(self, {
    shape: [...keep(self.shape), length],
    strides: [...keep(self.strides), dimAdd(sa, sb)],
    offset: dimAdd(self.offset, start),
  })
}

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

function moved(self: StridedMeta, name: string, source: readonly number[], destination: readonly number[]): readonly StridedMeta[] {
  const rank = self.shape.length
  if (source.length !== destination.length) throw new OperatorError('S3004', `${name}: source and destination have different lengths`)
  const from = normalizeDims(name, source, rank, false)
  const to = normalizeDims(name, destination, rank, false)
  const order = Array<number>(rank).fill(-1)
  for (const [i, dim] of to.entries()) order[dim] = at(from, i)
  const rest = Array.from({ length: rank }, (_, i) => i).filter((i) => !from.includes(i))
  return permuted(
    self,
    order.map((dim) => (dim < 0 ? (rest.shift() as number) : dim)),
  )
}

function flattened(name: string, self: TensorMeta, startDim: number, endDim: number): readonly Dim[] {
  const rank = self.shape.length
  if (rank === 0) return [1]
  const start = normalizeDim(name, startDim, rank)
  const end = normalizeDim(name, endDim, rank)
  if (start > end) throw new OperatorError('S3004', `${name}: startDim ${start} comes after endDim ${end}`)
  return [...self.shape.slice(0, start), numel(self.shape.slice(start, end + 1)), ...self.shape.slice(end + 1)]
}

const matrixTransposed = (name: string, rankOf: (rank: number) => boolean): OperatorSpec<'view'> =>
  view({
    schemas: [`${name}(Tensor(a) self) -> Tensor(a)`],
    // `mT` is a property, not a method.
    homes: name === 't' ? both : [],
    results(self) {
      if (!rankOf(self.shape.length)) throw new OperatorError('S3001', `${name}: not defined for shape ${formatShape(self.shape)}`)
      return self.shape.length < 2 ? single(self, self) : transposed(self, name, -2, -1)
    },
  })

export const views = family({
  'aten::view': view({
    schemas: ['view(Tensor(a) self, SymInt[] size) -> Tensor(a)'],
    homes: ['Tensor'],
    shape: (self, args, context) => solveShape('view', self.shape, args.dims('size'), context),
    results(self, args, context) {
      const result = reshaped(self, solveShape('view', self.shape, args.dims('size'), context))
      if (!result)
        throw new OperatorError(
          'S3008',
          `view: shape ${formatShape(self.shape)} with strides ${formatShape(self.strides)} has no view of shape ${formatShape(args.dims('size'))}; use reshape`,
        )
      return result
    },
  }),
  'aten::reshape': reshaping({
    schemas: ['reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)'],
    shape: (self, args, context) => solveShape('reshape', self.shape, args.dims('shape'), context),
  }),
  'aten::view_as': reshaping({
    schemas: ['view_as(Tensor(a) self, Tensor other) -> Tensor(a)'],
    homes: ['Tensor'],
    shape: (self, args, context) => solveShape('view_as', self.shape, args.tensor('other').shape, context),
  }),
  'aten::reshape_as': reshaping({
    schemas: ['reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)'],
    homes: ['Tensor'],
    shape: (self, args, context) => solveShape('reshape_as', self.shape, args.tensor('other').shape, context),
  }),
  'aten::flatten': reshaping({
    schemas: ['flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)'],
    shape: (self, args) => flattened('flatten', self, args.int('start_dim'), args.int('end_dim')),
  }),
  'aten::ravel': reshaping({ schemas: ['ravel(Tensor(a) self) -> Tensor(a)'], shape: (self) => [numel(self.shape)] }),
  'aten::unflatten': reshaping({
    schemas: ['unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a)'],
    shape(self, args, context) {
      const dim = normalizeDim('unflatten', args.int('dim'), self.shape.length)
      const sizes = solveShape('unflatten', [at(self.shape, dim)], args.dims('sizes'), context)
      return [...self.shape.slice(0, dim), ...sizes, ...self.shape.slice(dim + 1)]
    },
  }),
  'aten::contiguous': view({
    schemas: ['contiguous(Tensor(a) self, *, MemoryFormat memory_format=0) -> Tensor(a)'],
    homes: ['Tensor'],
    shape: (self) => self.shape,
    results(self) {
      const dense = contiguousStrides(self.shape)
      return self.shape.every((size, i) => size === 1 || dimEqual(at(self.strides, i), at(dense, i))) ? single(self, self) : null
    },
  }),
  'aten::alias': view({ schemas: ['alias(Tensor(a) self) -> Tensor(a)'], homes: [], results: (self) => single(self, self) }),
  'aten::detach': view({ schemas: ['detach(Tensor(a) self) -> Tensor(a)'], results: (self) => single(self, self) }),
  'aten::permute': view({
    schemas: ['permute(Tensor(a) self, int[] dims) -> Tensor(a)'],
    results(self, args) {
      const dims = normalizeDims('permute', args.ints('dims'), self.shape.length, false)
      if (args.ints('dims').length !== self.shape.length)
        throw new OperatorError('S3004', `permute: ${args.ints('dims').length} dims given for a tensor of shape ${formatShape(self.shape)}`)
      return permuted(self, dims)
    },
  }),
  'aten::transpose': view({
    schemas: ['transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)'],
    results: (self, args) => transposed(self, 'transpose', args.int('dim0'), args.int('dim1')),
  }),
  'aten::t': matrixTransposed('t', (rank) => rank <= 2),
  'aten::mT': matrixTransposed('mT', (rank) => rank >= 2),
  'aten::movedim': view({
    schemas: [
      'movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)',
      'movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)',
    ],
    results: (self, args) =>
      args.overload === 'movedim.int'
        ? moved(self, 'movedim', [args.int('source')], [args.int('destination')])
        : moved(self, 'movedim', args.ints('source'), args.ints('destination')),
  }),
  'aten::squeeze': view({
    schemas: [
      'squeeze(Tensor(a) self) -> Tensor(a)',
      'squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)',
      'squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)',
    ],
    results(self, args) {
      const rank = self.shape.length
      const given = args.intsOrNull('dim')
      const dims = given === null ? self.shape.map((_, i) => i) : normalizeDims('squeeze', given, rank, false)
      // A symbolic size is not 1: a declared dim never means "maybe absent".
      const keep = <T>(values: readonly T[]): T[] => values.filter((_, i) => !(dims.includes(i) && self.shape[i] === 1))
      return single(self, { shape: keep(self.shape), strides: keep(self.strides) })
    },
  }),
  'aten::unsqueeze': view({
    schemas: ['unsqueeze(Tensor(a) self, int dim) -> Tensor(a)'],
    results(self, args) {
      const rank = self.shape.length
      const dim = normalizeDim('unsqueeze', args.int('dim'), rank + 1)
      const stride = dim < rank ? dimMul(at(self.shape, dim), at(self.strides, dim)) : 1
      return single(self, {
        shape: [...self.shape.slice(0, dim), 1, ...self.shape.slice(dim)],
        strides: [...self.strides.slice(0, dim), stride, ...self.strides.slice(dim)],
      })
    },
  }),
  'aten::expand': view({
    schemas: ['expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)'],
    homes: ['Tensor'],
    results: (self, args, context) => expanded('expand', self, args.dims('size'), context),
  }),
  'aten::expand_as': view({
    schemas: ['expand_as(Tensor(a) self, Tensor other) -> Tensor(a)'],
    homes: ['Tensor'],
    results: (self, args, context) => expanded('expand_as', self, args.tensor('other').shape, context),
  }),
  'aten::broadcast_to': view({
    schemas: ['broadcast_to(Tensor(a) self, SymInt[] size) -> Tensor(a)'],
    results: (self, args, context) => expanded('broadcast_to', self, args.dims('size'), context),
  }),
  'aten::select': view({
    schemas: ['select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)'],
    results(self, args, context) {
      if (self.shape.length === 0) throw new OperatorError('S3004', 'select: a 0-dim tensor has no dim to select from')
      const dim = normalizeDim('select', args.int('dim'), self.shape.length)
      const index = elementIndex('select', args.dim('index'), at(self.shape, dim), context)
      return single(self, {
        shape: without(self.shape, dim),
        strides: without(self.strides, dim),
        offset: dimAdd(self.offset, dimMul(index, at(self.strides, dim))),
      })
    },
  }),
  'aten::slice': view({
    schemas: ['slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)'],
    homes: ['Tensor'],
    results: (self, args, context) => [
      sliced('slice', self, args.int('dim'), args.dimOrNull('start'), args.dimOrNull('end'), args.int('step'), context),
    ],
  }),
  'aten::narrow': view({
    schemas: ['narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a)'],
    results(self, args, context) {
      const dim = normalizeDim('narrow', args.int('dim'), self.shape.length)
      const size = at(self.shape, dim)
      const given = args.dim('start')
      const start = isConst(given) && given < 0 ? dimAdd(size, given) : given
      const end = dimAdd(start, args.dim('length'))
      const message = () => `narrow: start ${given} and length ${args.dim('length')} do not fit dim ${dim} of size ${size}`
      if (isConst(end) && isConst(size) && isConst(start)) {
        if (end > size || start < 0) throw new OperatorError('S4001', message())
      } else context.requireEqual(dimMin(end, size), end, message)
      return single(self, {
        shape: replaced(self.shape, dim, args.dim('length')),
        strides: self.strides,
        offset: dimAdd(self.offset, dimMul(start, at(self.strides, dim))),
      })
    },
  }),
  'aten::diagonal': view({
    schemas: ['diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)'],
    results: (self, args) => diagonal(self, args.int('offset'), args.int('dim1'), args.int('dim2')),
  }),
  'aten::linalg_diagonal': view({
    schemas: ['linalg_diagonal(Tensor(a) A, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor(a)'].map((text) =>
      text.replace(' A,', ' self,'),
    ),
    homes: ['linalg'],
    results: (self, args) => diagonal(self, args.int('offset'), args.int('dim1'), args.int('dim2')),
  }),
  'aten::unfold': view({
    schemas: ['unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)'],
    homes: ['Tensor'],
    results(self, args) {
      const rank = self.shape.length
      const dim = normalizeDim('unfold', args.int('dimension'), rank)
      const size = args.int('size')
      const step = args.int('step')
      if (rank === 0) return single(self, { shape: [size], strides: [1] })
      const total = at(self.shape, dim)
      if (isConst(total) && size > total)
        throw new OperatorError('S3007', `unfold: size ${size} is larger than dim ${dim} of size ${total}`)
      const count = dimAdd(dimFloorDiv(dimSub(total, size), step), 1)
      return single(self, {
        shape: [...replaced(self.shape, dim, count), size],
        strides: [...replaced(self.strides, dim, dimMul(at(self.strides, dim), step)), at(self.strides, dim)],
      })
    },
  }),
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
