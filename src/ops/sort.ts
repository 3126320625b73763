/** Orderings and running results along a dim: the kernels `sort`, `topk`, `nn::scan`, `nn::scan_extreme`, and what follows from them. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { isConst } from './dimMath.ts'
import type { DType } from './dtype.ts'
import { type Args, type DenseTensor, type Home, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { categoryOf } from './promote.ts'
import { referenceScan, referenceScanExtreme, referenceSort, type ScanKind } from './reference/sort.ts'
import { referenceTopk } from './reference/topk.ts'
import { formatShape, normalizeDim } from './shape.ts'

const both: readonly Home[] = ['torch', 'Tensor']
const replaced = <T>(values: readonly T[], index: number, value: T): T[] => values.map((old, i) => (i === index ? value : old))

const sameAndIndices = (self: TensorMeta): readonly TensorMeta[] => [
  { dtype: self.dtype, shape: self.shape },
  { dtype: 'int64', shape: self.shape },
]

/** cumsum and its kin; ints and bools give int64. */
const cumulative = (name: string, kind: ScanKind): OperatorSpec<'decompose'> => ({
  schemas: [`${name}(Tensor self, int dim${kind === 'logsumexp' ? '' : ', *, ScalarType? dtype=None'}) -> Tensor`],
  homes: both,
  infer(args) {
    const self = args.tensor('self')
    normalizeDim(name, args.int('dim'), self.shape.length)
    return [{ dtype: scanDtype(kind, args), shape: self.shape }]
  },
  implementation: {
    kind: 'decompose',
    decompose(ops, args) {
      const dtype = scanDtype(kind, args as unknown as Args<TensorMeta>)
      return ops.call('nn::scan', [ops.call('aten::to', [args.tensor('self'), dtype]), args.int('dim'), kind])
    },
  },
})

function scanDtype(kind: ScanKind, args: Args<TensorMeta>): DType {
  const self = args.tensor('self')
  if (kind === 'logsumexp') return 'float32'
  return args.dtypeOrNull('dtype') ?? (categoryOf(self.dtype) < 2 ? 'int64' : self.dtype)
}

const cumulativeExtreme = (name: 'cummax' | 'cummin'): OperatorSpec<'decompose'> => ({
  schemas: [`${name}(Tensor self, int dim) -> (Tensor values, Tensor indices)`],
  homes: both,
  infer(args) {
    normalizeDim(name, args.int('dim'), args.tensor('self').shape.length)
    return sameAndIndices(args.tensor('self'))
  },
  implementation: {
    kind: 'decompose',
    decompose: (ops, args) => ops.callMany('nn::scan_extreme', [args.tensor('self'), args.int('dim'), name === 'cummax']),
  },
})

/** The element at rank `position` of each sorted row, with its index. */
function sortedElement<T extends TensorMeta>(ops: Ops<T>, self: T, dim: number, position: number, keepdim: boolean): readonly [T, T] {
  const [values, indices] = ops.callMany('aten::sort', [self, dim]) as [T, T]
  const pick = (x: T): T => (keepdim ? ops.call('aten::narrow', [x, dim, position, 1]) : ops.call('aten::select', [x, dim, position]))
  return [pick(values), pick(indices)]
}

/** Lower median; a NaN anywhere gives NaN (`median`), or is not counted (`nanmedian`). */
const median = (name: 'median' | 'nanmedian'): OperatorSpec<'decompose'> => ({
  schemas: [`${name}(Tensor self) -> Tensor`, `${name}.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`],
  homes: both,
  infer(args) {
    const self = args.tensor('self')
    if (!args.has('dim')) return [{ dtype: self.dtype, shape: [] }]
    const dim = normalizeDim(name, args.int('dim'), self.shape.length)
    if (self.shape.length > 0) rowLength(name, self, dim)
    const shape = self.shape.flatMap((size, i) => (i === dim ? (args.bool('keepdim') ? [1] : []) : [size]))
    return [
      { dtype: self.dtype, shape },
      { dtype: 'int64', shape },
    ]
  },
  implementation: {
    kind: 'decompose',
    decompose<T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T | readonly T[] {
      const given = args.tensor('self')
      if (given.shape.length === 0) return args.has('dim') ? [given, ops.call('aten::zeros', [[]], { dtype: 'int64' })] : given
      const all = !args.has('dim')
      const self = all ? ops.call('aten::reshape', [given, [-1]]) : given
      const dim = all ? 0 : normalizeDim(name, args.int('dim'), self.shape.length)
      const length = rowLength(name, self, dim)
      const keepdim = !all && args.bool('keepdim')
      if (length === 0 && all) return ops.call('aten::full', [[], Number.NaN], { dtype: self.dtype })
      if (self.dtype !== 'float32') {
        const result = sortedElement(ops, self, dim, Math.floor((length - 1) / 2), keepdim)
        return all ? result[0] : result
      }
      const [values, indices] = ops.callMany('aten::sort', [self, dim]) as [T, T]
      // NaNs are sorted to the end: with one there, the last element is the median; nanmedian takes the middle of those before them.
      const nan = ops.call('aten::isnan', [values])
      const valid = ops.call('aten::rsub', [ops.call('aten::sum', [nan, [dim], true]), length])
      const position =
        name === 'median'
          ? ops.call('aten::where', [ops.call('aten::lt', [valid, length]), valid, Math.floor((length - 1) / 2)])
          : ops.call('aten::clamp_min', [ops.call('aten::floor_divide', [ops.call('aten::sub', [valid, 1]), 2]), 0])
      const pick = (x: T): T => {
        const picked = ops.call('aten::gather', [x, dim, position])
        return keepdim ? picked : ops.call('aten::squeeze', [picked, [dim]])
      }
      return all ? pick(values) : [pick(values), pick(indices)]
    },
  },
})

function rowLength(name: string, self: TensorMeta, dim: number): number {
  const size = self.shape[dim] as Dim
  if (!isConst(size))
    throw new OperatorError('S3002', `${name}: the size of dim ${dim} must be known at build time (shape ${formatShape(self.shape)})`)
  return size
}

export const sorts = family({
  'aten::sort': {
    schemas: [
      'sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)',
      'sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)',
    ],
    homes: both,
    infer(args) {
      normalizeDim('sort', args.int('dim'), args.tensor('self').shape.length)
      return sameAndIndices(args.tensor('self'))
    },
    implementation: {
      kind: 'kernel',
      reference(args, [values, indices]) {
        const self = args.tensor('self')
        referenceSort(
          self,
          normalizeDim('sort', args.int('dim'), self.shape.length),
          args.bool('descending'),
          self.shape[normalizeDim('sort', args.int('dim'), self.shape.length)] ?? 1,
          values as DenseTensor,
          indices as DenseTensor,
        )
      },
    },
  },
  'aten::topk': {
    schemas: ['topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)'],
    homes: both,
    infer(args) {
      const self = args.tensor('self')
      const dim = normalizeDim('topk', args.int('dim'), self.shape.length)
      const k = args.dim('k')
      const size = self.shape[dim] ?? 1
      if (isConst(k) && isConst(size) && (k < 0 || k > size))
        throw new OperatorError('S3007', `topk: k ${k} is out of range for dim ${dim} of size ${size}`)
      const shape = replaced(self.shape, dim, k)
      return [
        { dtype: self.dtype, shape },
        { dtype: 'int64', shape },
      ]
    },
    implementation: {
      kind: 'kernel',
      reference(args, [values, indices]) {
        const self = args.tensor('self')
        const dim = normalizeDim('topk', args.int('dim'), self.shape.length)
        referenceTopk(self, dim, args.int('k'), args.bool('largest'), args.bool('sorted'), values as DenseTensor, indices as DenseTensor)
      },
    },
  },
  'nn::scan': {
    schemas: ['scan(Tensor self, int dim, str kind) -> Tensor'],
    homes: [],
    infer: (args) => [{ dtype: args.tensor('self').dtype, shape: args.tensor('self').shape }],
    implementation: {
      kind: 'kernel',
      reference(args, [out]) {
        const self = args.tensor('self')
        referenceScan(self, normalizeDim('scan', args.int('dim'), self.shape.length), args.string('kind') as ScanKind, out as DenseTensor)
      },
    },
  },
  'nn::scan_extreme': {
    schemas: ['scan_extreme(Tensor self, int dim, bool largest) -> (Tensor, Tensor)'],
    homes: [],
    infer: (args) => sameAndIndices(args.tensor('self')),
    implementation: {
      kind: 'kernel',
      reference(args, [values, indices]) {
        const self = args.tensor('self')
        referenceScanExtreme(
          self,
          normalizeDim('scan', args.int('dim'), self.shape.length),
          args.bool('largest'),
          values as DenseTensor,
          indices as DenseTensor,
        )
      },
    },
  },
  'aten::cumsum': cumulative('cumsum', 'sum'),
  'aten::cumprod': cumulative('cumprod', 'prod'),
  'aten::logcumsumexp': cumulative('logcumsumexp', 'logsumexp'),
  'aten::cummax': cumulativeExtreme('cummax'),
  'aten::cummin': cumulativeExtreme('cummin'),
  'aten::argsort': {
    schemas: [
      'argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor',
      'argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor',
    ],
    homes: both,
    infer(args) {
      normalizeDim('argsort', args.int('dim'), args.tensor('self').shape.length)
      return [{ dtype: 'int64', shape: args.tensor('self').shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const [, indices] = ops.callMany('aten::sort', [args.tensor('self'), args.int('dim'), args.bool('descending')])
        return indices as NonNullable<typeof indices>
      },
    },
  },
  'aten::msort': {
    schemas: ['msort(Tensor self) -> Tensor'],
    homes: both,
    infer: (args) => [{ dtype: args.tensor('self').dtype, shape: args.tensor('self').shape }],
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const [values] = ops.callMany('aten::sort', [args.tensor('self'), 0])
        return values as NonNullable<typeof values>
      },
    },
  },
  'aten::kthvalue': {
    schemas: ['kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)'],
    homes: both,
    infer(args) {
      const self = args.tensor('self')
      const dim = normalizeDim('kthvalue', args.int('dim'), self.shape.length)
      const shape = self.shape.flatMap((size, i) => (i === dim ? (args.bool('keepdim') ? [1] : []) : [size]))
      return [
        { dtype: self.dtype, shape },
        { dtype: 'int64', shape },
      ]
    },
    implementation: {
      kind: 'decompose',
      decompose: (ops, args) =>
        sortedElement(
          ops,
          args.tensor('self'),
          normalizeDim('kthvalue', args.int('dim'), args.tensor('self').shape.length),
          args.int('k') - 1,
          args.bool('keepdim'),
        ),
    },
  },
  'aten::median': median('median'),
  'aten::nanmedian': median('nanmedian'),
})
