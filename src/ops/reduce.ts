/** Reductions: `sum mean prod amax amin any all argmax argmin` as index expressions; what is built from them as decompositions. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimMul } from './dimMath.ts'
import type { DType } from './dtype.ts'
import type { Combiner, Expr } from './expr.ts'
import { axisIndex, cast, constant, int, load, ne, select, unary } from './exprs.ts'
import { type ApiForm, type Args, type ArgValue, type Home, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { categoryOf, resultType } from './promote.ts'
import { broadcastShapes, formatShape, normalizeDim, normalizeDims } from './shape.ts'

/** The dims an overload reduces: its `dim` as an int, a list, or None for all. */
export function reducedDims(name: string, args: Args<TensorMeta>, rank: number): readonly number[] {
  return normalizeDims(name, args.intsOrNull('dim'), rank)
}

export function reducedShape(shape: readonly Dim[], dims: readonly number[], keepdim: boolean): readonly Dim[] {
  return shape.flatMap((size, i) => (dims.includes(i) ? (keepdim ? [1] : []) : [size]))
}

/** The element of `input` at the result's axes and the reduction's axes, which follow them. */
function loadReduced(input: number, meta: TensorMeta, dims: readonly number[], keepdim: boolean): Expr {
  const outRank = keepdim ? meta.shape.length : meta.shape.length - dims.length
  let kept = 0
  return load(
    input,
    meta,
    meta.shape.map((size, i) => {
      const reduced = dims.indexOf(i)
      if (reduced >= 0)
        return size === 1
          ? int(0)
          : axisIndex(
              outRank +
                dims
                  .slice()
                  .sort((a, b) => a - b)
                  .indexOf(i),
            )
      const axis = keepdim ? i : kept++
      return size === 1 ? int(0) : axisIndex(axis)
    }),
  )
}

interface Reduction {
  readonly name: string
  readonly schemas: readonly string[]
  readonly homes?: readonly Home[]
  readonly forms?: readonly ApiForm[]
  readonly combiner: Combiner
  /** The dtype of the result and of the operands of the combination. */
  readonly dtype: (self: DType, args: Args<TensorMeta>) => DType
  /** The dtype that elements are brought to; default: the result's. */
  readonly elementDtype?: DType
  readonly element?: (x: Expr, dtype: DType) => Expr
  /** Reducing nothing has no value. */
  readonly needsElements?: boolean
}

function reduction(spec: Reduction): OperatorSpec<'compute'> {
  const { name } = spec
  const keepdimOf = (args: Args<TensorMeta>): boolean => args.has('keepdim') && args.bool('keepdim')
  return {
    schemas: spec.schemas,
    homes: spec.homes ?? ['torch', 'Tensor'],
    ...(spec.forms ? { forms: spec.forms } : {}),
    infer(args) {
      const self = args.tensor('self')
      const dims = reducedDims(name, args, self.shape.length)
      if (spec.needsElements && dims.some((dim) => self.shape[dim] === 0)) {
        throw new OperatorError('S3005', `${name}: cannot reduce over a dim of size 0 (shape ${formatShape(self.shape)})`)
      }
      return [{ dtype: spec.dtype(self.dtype, args), shape: reducedShape(self.shape, dims, keepdimOf(args)) }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const self = args.tensor('self')
        const plain = args as unknown as Args<TensorMeta>
        const dims = reducedDims(name, plain, self.shape.length)
          .slice()
          .sort((a, b) => a - b)
        const out = outputs[0] as TensorMeta
        const element = loadReduced(0, self, dims, keepdimOf(plain))
        const raw = spec.element ? spec.element(element, out.dtype) : element
        const isArg = spec.combiner === 'argmax' || spec.combiner === 'argmin'
        const body = cast(raw, spec.elementDtype ?? (isArg ? raw.dtype : out.dtype))
        return {
          inputs: [self],
          results: [
            {
              dtype: out.dtype,
              axes: out.shape,
              reduce: { combiner: spec.combiner, axes: dims.map((dim) => self.shape[dim] as Dim) },
              body,
            },
          ],
        }
      },
    },
  }
}

const dtypeOr =
  (otherwise: (self: DType) => DType) =>
  (self: DType, args: Args<TensorMeta>): DType =>
    args.dtypeOrNull('dtype') ?? otherwise(self)
/** Sums and products of ints and bools are int64. */
const accumulated = (self: DType): DType => (categoryOf(self) < 2 ? 'int64' : self)

const dimsSchemas = (name: string, extra = ''): readonly string[] => [
  `${name}(Tensor self, *${extra}) -> Tensor`,
  `${name}.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *${extra}) -> Tensor`,
]

const sameDtype = (self: DType): DType => self
export const bool = (self: DType): DType => (self === 'uint8' ? 'uint8' : 'bool')

const anyAll = (name: 'any' | 'all') =>
  reduction({
    name,
    schemas: [
      `${name}(Tensor self) -> Tensor`,
      `${name}.dim(Tensor self, int dim, bool keepdim=False) -> Tensor`,
      `${name}.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor`,
    ],
    combiner: name,
    dtype: bool,
    elementDtype: 'bool',
    element: (x) => ne(x, 0),
  })

const arg = (name: 'argmax' | 'argmin') =>
  reduction({
    name,
    schemas: [`${name}(Tensor self, int? dim=None, bool keepdim=False) -> Tensor`],
    combiner: name,
    dtype: () => 'int64',
    needsElements: true,
  })

/** Number of elements that are reduced into one. */
export const reducedCount = (shape: readonly Dim[], dims: readonly number[]): Dim =>
  dims.reduce<Dim>((count, dim) => dimMul(count, shape[dim] as Dim), 1)

export function requireFloat(name: string, dtype: DType): DType {
  if (dtype !== 'float32') throw new OperatorError('S3102', `${name}: needs a float tensor, not ${dtype}; convert it with .to('float32')`)
  return dtype
}

const floatSum = (
  name: string,
  schemas: readonly string[],
  decompose: <T extends TensorMeta>(ops: Ops<T>, args: Args<T>, dims: readonly number[], keepdim: boolean) => T,
  homes: readonly Home[] = ['torch', 'Tensor'],
): OperatorSpec<'decompose'> => ({
  schemas,
  homes,
  infer(args) {
    const self = args.tensor('self')
    const dtype = args.dtypeOrNull('dtype') ?? self.dtype
    requireFloat(name, dtype)
    return [
      { dtype, shape: reducedShape(self.shape, reducedDims(name, args, self.shape.length), args.has('keepdim') && args.bool('keepdim')) },
    ]
  },
  implementation: {
    kind: 'decompose',
    decompose: (ops, args) =>
      decompose(
        ops,
        args,
        reducedDims(name, args as unknown as Args<TensorMeta>, args.tensor('self').shape.length),
        args.has('keepdim') && args.bool('keepdim'),
      ),
  },
})

/** max and min: of two tensors, of all elements, or values and indices along a dim. */
const extreme = (name: 'max' | 'min'): OperatorSpec<'decompose'> => ({
  schemas: [
    `${name}(Tensor self) -> Tensor`,
    `${name}.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`,
    `${name}.other(Tensor self, Tensor other) -> Tensor`,
  ],
  homes: ['torch', 'Tensor'],
  infer(args, context) {
    const self = args.tensor('self')
    if (args.has('other')) {
      const other = args.tensor('other')
      return pairwise(name, self, other, context)
    }
    const dims = args.has('dim') ? [normalizeDim(name, args.int('dim'), self.shape.length)] : null
    const reduced = normalizeDims(name, dims, self.shape.length)
    if (reduced.some((dim) => self.shape[dim] === 0))
      throw new OperatorError('S3005', `${name}: cannot reduce over a dim of size 0 (shape ${formatShape(self.shape)})`)
    const shape = reducedShape(self.shape, reduced, dims !== null && args.bool('keepdim'))
    return dims
      ? [
          { dtype: self.dtype, shape },
          { dtype: 'int64', shape },
        ]
      : [{ dtype: self.dtype, shape }]
  },
  implementation: {
    kind: 'decompose',
    decompose<T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T | readonly T[] {
      const self = args.tensor('self')
      if (args.has('other')) return ops.call(name === 'max' ? 'aten::maximum' : 'aten::minimum', [self, args.tensor('other')])
      const values = name === 'max' ? 'aten::amax' : 'aten::amin'
      if (!args.has('dim')) return ops.call(values, [self])
      const dim = args.int('dim')
      const keepdim = args.bool('keepdim')
      return [ops.call(values, [self, [dim], keepdim]), ops.call(name === 'max' ? 'aten::argmax' : 'aten::argmin', [self, dim, keepdim])]
    },
  },
})

function pairwise(name: string, self: TensorMeta, other: TensorMeta, context: Parameters<OperatorSpec['infer']>[1]): readonly TensorMeta[] {
  return [{ dtype: resultType([self, other]), shape: broadcastShapes(name, [self.shape, other.shape], context) }]
}

const shifted = <T extends TensorMeta>(ops: Ops<T>, x: T, dims: readonly number[]): { readonly x: T; readonly top: T } => {
  const top = ops.call('aten::amax', [x, dims, true])
  return { x: ops.call('aten::sub', [x, top]), top }
}

export const reduce = family({
  'aten::sum': reduction({
    name: 'sum',
    schemas: dimsSchemas('sum', ', ScalarType? dtype=None'),
    combiner: 'sum',
    dtype: dtypeOr(accumulated),
  }),
  'aten::prod': reduction({
    name: 'prod',
    schemas: [
      'prod(Tensor self, *, ScalarType? dtype=None) -> Tensor',
      'prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
    ],
    combiner: 'prod',
    dtype: dtypeOr(accumulated),
  }),
  'aten::nansum': reduction({
    name: 'nansum',
    schemas: ['nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor'],
    combiner: 'sum',
    dtype: dtypeOr(accumulated),
    element: (x) => (x.dtype === 'float32' ? select(unary('isnan', x), constant(0, 'float32'), x) : x),
  }),
  'aten::count_nonzero': reduction({
    name: 'count_nonzero',
    schemas: ['count_nonzero(Tensor self, int? dim=None) -> Tensor', 'count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor'],
    combiner: 'sum',
    dtype: () => 'int64',
    element: (x) => ne(x, 0),
  }),
  'aten::amax': reduction({
    name: 'amax',
    schemas: ['amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor'],
    combiner: 'max',
    dtype: sameDtype,
    needsElements: true,
  }),
  'aten::amin': reduction({
    name: 'amin',
    schemas: ['amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor'],
    combiner: 'min',
    dtype: sameDtype,
    needsElements: true,
  }),
  'aten::any': anyAll('any'),
  'aten::all': anyAll('all'),
  'aten::argmax': arg('argmax'),
  'aten::argmin': arg('argmin'),
  'aten::max': extreme('max'),
  'aten::min': extreme('min'),
  'aten::aminmax': {
    schemas: ['aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)'],
    homes: ['torch', 'Tensor'],
    infer(args) {
      const self = args.tensor('self')
      const dims = reducedDims('aminmax', args, self.shape.length)
      const one = { dtype: self.dtype, shape: reducedShape(self.shape, dims, args.bool('keepdim')) }
      return [one, one]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const dims = args.has('dim') ? [args.int('dim')] : []
        const keepdim = args.bool('keepdim')
        return [ops.call('aten::amin', [args.tensor('self'), dims, keepdim]), ops.call('aten::amax', [args.tensor('self'), dims, keepdim])]
      },
    },
  },
  'aten::mean': floatSum('mean', dimsSchemas('mean', ', ScalarType? dtype=None'), (ops, args, dims, keepdim) => {
    const self = args.tensor('self')
    const sum = ops.call('aten::sum', [self, dims, keepdim], { dtype: args.dtypeOrNull('dtype') ?? self.dtype })
    return ops.call('aten::div', [sum, reducedCount(self.shape, dims)])
  }),
  'aten::nanmean': floatSum(
    'nanmean',
    ['nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor'],
    (ops, args, dims, keepdim) => {
      const self = args.tensor('self')
      const count = ops.call('aten::sum', [ops.call('aten::logical_not', [ops.call('aten::isnan', [self])]), dims, keepdim])
      return ops.call('aten::div', [ops.call('aten::nansum', [self, dims, keepdim]), count])
    },
  ),
  'aten::logsumexp': {
    schemas: ['logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor'],
    homes: ['torch', 'Tensor', 'special'],
    infer(args) {
      const self = args.tensor('self')
      return [
        { dtype: 'float32', shape: reducedShape(self.shape, reducedDims('logsumexp', args, self.shape.length), args.bool('keepdim')) },
      ]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const given = args.tensor('self')
        const self = given.dtype === 'float32' ? given : ops.call('aten::to', [given, 'float32'])
        const dims = reducedDims('logsumexp', args as unknown as Args<TensorMeta>, self.shape.length)
        if (dims.some((dim) => self.shape[dim] === 0))
          return ops.call('aten::log', [ops.call('aten::sum', [ops.call('aten::exp', [self]), dims, args.bool('keepdim')])])
        const highest = ops.call('aten::amax', [self, dims, true])
        // Infinite maxima are not subtracted: inf - inf would be NaN.
        const top = ops.call('aten::where', [
          ops.call('aten::eq', [ops.call('aten::abs', [highest]), Number.POSITIVE_INFINITY]),
          0,
          highest,
        ])
        const sum = ops.call('aten::sum', [ops.call('aten::exp', [ops.call('aten::sub', [self, top])]), dims, true])
        const result = ops.call('aten::add', [ops.call('aten::log', [sum]), top])
        return args.bool('keepdim') ? result : ops.call('aten::squeeze', [result, dims])
      },
    },
  },
  'aten::softmax': rowFunction('softmax', (ops, x, dim) => {
    const exp = ops.call('aten::exp', [shifted(ops, x, [dim]).x])
    return ops.call('aten::div', [exp, ops.call('aten::sum', [exp, [dim], true])])
  }),
  'aten::log_softmax': rowFunction('log_softmax', (ops, x, dim) => {
    const { x: centred } = shifted(ops, x, [dim])
    const sum = ops.call('aten::sum', [ops.call('aten::exp', [centred]), [dim], true])
    return ops.call('aten::sub', [centred, ops.call('aten::log', [sum])])
  }),
  'nn::softmin': rowFunction('softmin', (ops, x, dim) =>
    ops.call('aten::softmax', [ops.call('aten::neg', [x]), dim] as ArgValue<typeof x>[]),
  ),
})

/** softmax and its kin: F takes dtype as an option of its own and refuses to guess dim. */
function rowFunction(name: string, formula: <T extends TensorMeta>(ops: Ops<T>, x: T, dim: number) => T): OperatorSpec<'decompose'> {
  return {
    schemas: [`${name}.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor`],
    homes: name === 'softmin' ? [] : ['torch', 'Tensor', 'special'],
    forms: [{ home: 'F', schema: `${name}(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor` }],
    infer(args) {
      const self = args.tensor('self')
      const dtype = args.dtypeOrNull('dtype') ?? self.dtype
      requireFloat(name, dtype)
      normalizeDim(name, args.int('dim'), self.shape.length)
      return [{ dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const x = self.dtype === 'float32' ? self : ops.call('aten::to', [self, 'float32'])
        const dim = normalizeDim(name, args.int('dim'), self.shape.length)
        if (self.shape.length > 0 && self.shape[dim] === 0) return x
        return formula(ops, x, dim)
      },
    },
  }
}
