/** Views: results that share storage with `self`. Shape rules and stride rules, both on symbolic dims. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimAdd, dimEqual, dimFloorDiv, dimMax, dimMin, dimMul, dimRange, dimSub, isConst } from './dimMath.ts'
import { type ApiForm, type Args, type Home, type InferContext, OperatorError, type StridedMeta, type TensorMeta } from './operator.ts'
import { contiguousStrides, formatShape, normalizeDim, normalizeDims, numel } from './shape.ts'
import {
  at,
  diagonal,
  elementIndex,
  expanded,
  flattened,
  moved,
  noGuards,
  permuted,
  replaced,
  reshaped,
  single,
  sliced,
  solveShape,
  transposed,
  without,
} from './viewLayout.ts'

export const both: readonly Home[] = ['torch', 'Tensor']

interface View {
  readonly schemas: readonly string[]
  readonly homes?: readonly Home[]
  readonly forms?: readonly ApiForm[]
  /** Shapes, strides and offsets of the results; a null means that the strides cannot express it (a copy is made). */
  readonly results: (self: StridedMeta, args: Args<TensorMeta>, context: InferContext) => readonly StridedMeta[] | null
  /** Where the shape does not follow from `results` (which may be null). */
  readonly shape?: (self: TensorMeta, args: Args<TensorMeta>, context: InferContext) => readonly Dim[]
}

/** The result metadata follows from the same function that gives the strides. */
export function view(spec: View): OperatorSpec<'view'> {
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

/** A view whose shape is computed first and which is a reshape. */
const reshaping = (spec: Omit<View, 'results' | 'shape'> & { readonly shape: NonNullable<View['shape']> }): OperatorSpec<'view'> =>
  view({ ...spec, results: (self, args) => reshaped(self, spec.shape(self, args, noGuards)) })

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
      if (isConst(end) && isConst(size) && isConst(start)) {
        if (end > size || start < 0)
          throw new OperatorError('S4001', `narrow: start ${given} and length ${args.dim('length')} do not fit dim ${dim} of size ${size}`)
      } else {
        if (dimRange(start).min < 0)
          context.requireEqual(dimMax(start, 0), start, () => 'narrow: a start that is computed must not be negative')
        context.requireEqual(dimMin(end, size), end, () => `narrow: start and length do not fit dim ${dim}`)
      }
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
})
