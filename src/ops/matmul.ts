/** Matrix products. Two kernels, `mm` and `bmm`; everything else brings its operands into their shape. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim, Scalar } from './dim.ts'
import { dimMul } from './dimMath.ts'
import type { DType } from './dtype.ts'
import { type Args, type DenseTensor, type Home, type InferContext, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { resultType } from './promote.ts'
import { referenceBmm } from './reference/gemm.ts'
import { broadcastShapes, formatShape, numel, requireEqualDims, requireRank } from './shape.ts'

const both: readonly Home[] = ['torch', 'Tensor']
const at = <T>(values: readonly T[], index: number): T => values.at(index) as T

function productDtype(name: string, a: TensorMeta, b: TensorMeta): DType {
  if (a.dtype !== b.dtype) throw new OperatorError('S3102', `${name}: operands must have one dtype, got ${a.dtype} and ${b.dtype}`)
  if (a.dtype === 'bool') throw new OperatorError('S3102', `${name}: bool tensors are not supported; convert them with .to('float32')`)
  return a.dtype
}

function requireInner(name: string, a: TensorMeta, b: TensorMeta, inner: Dim, other: Dim, context: InferContext): void {
  requireEqualDims(
    inner,
    other,
    () =>
      `${name}: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} do not multiply (${formatShape([inner])} against ${formatShape([other])})`,
    context,
  )
}

/** The shape of a @ b by the rules of torch.matmul. */
function matmulShape(name: string, a: TensorMeta, b: TensorMeta, context: InferContext): readonly Dim[] {
  if (a.shape.length === 0 || b.shape.length === 0)
    throw new OperatorError('S3001', `${name}: operands need at least one dim, got ${formatShape(a.shape)} and ${formatShape(b.shape)}`)
  requireInner(name, a, b, at(a.shape, -1), at(b.shape, b.shape.length === 1 ? -1 : -2), context)
  const batch = broadcastShapes(name, [a.shape.slice(0, -2), b.shape.slice(0, -2)], context)
  return [...batch, ...(a.shape.length > 1 ? [at(a.shape, -2)] : []), ...(b.shape.length > 1 ? [at(b.shape, -1)] : [])]
}

function matmul<T extends TensorMeta>(ops: Ops<T>, a: T, b: T): T {
  const [ra, rb] = [a.shape.length, b.shape.length]
  if (ra === 1 && rb === 1) return ops.call('aten::sum', [ops.call('aten::mul', [a, b])], { dtype: a.dtype })
  if (ra === 1) return ops.call('aten::squeeze', [matmul(ops, ops.call('aten::unsqueeze', [a, 0]), b), -2])
  if (rb === 1) return ops.call('aten::squeeze', [matmul(ops, a, ops.call('aten::unsqueeze', [b, 1])), -1])
  if (ra === 2 && rb === 2) return ops.call('aten::mm', [a, b])
  const [m, k, n] = [at(a.shape, -2), at(a.shape, -1), at(b.shape, -1)]
  if (rb === 2) {
    // All leading dims of `a` are rows.
    const rows = ops.call('aten::reshape', [a, [numel(a.shape.slice(0, -1)), k]])
    return ops.call('aten::reshape', [ops.call('aten::mm', [rows, b]), [...a.shape.slice(0, -1), n]])
  }
  const batch = broadcastShapes('matmul', [a.shape.slice(0, -2), b.shape.slice(0, -2)], { fresh: () => 0, requireEqual: () => {} })
  const flat = (x: T, rows: Dim, columns: Dim): T => {
    const wide =
      x.shape.length === batch.length + 2 && x.shape.slice(0, -2).every((size, i) => size === batch[i])
        ? x
        : ops.call('aten::expand', [x, [...batch, rows, columns]])
    return wide.shape.length === 3 ? wide : ops.call('aten::reshape', [wide, [numel(batch), rows, columns]])
  }
  const product = ops.call('aten::bmm', [flat(a, m, k), flat(b, k, n)])
  return batch.length === 1 ? product : ops.call('aten::reshape', [product, [...batch, m, n]])
}

/** A scalar as it counts in a dtype: ints lose their fraction, for bools it is true or false. */
function scaleOf(value: Scalar, dtype: DType): Scalar {
  if (typeof value === 'object' || dtype === 'float32') return value
  return dtype === 'bool' ? Number(Boolean(value)) : Math.trunc(Number(value))
}

/** beta * self + alpha * product, without the products that do nothing; beta 0 ignores self, NaN included. */
function accumulate<T extends TensorMeta>(ops: Ops<T>, args: Args<T>, product: T): T {
  const [beta, alpha] = [scaleOf(args.scalar('beta'), product.dtype), scaleOf(args.scalar('alpha'), product.dtype)]
  const times = (x: T, scale: Scalar): T =>
    scale === 1 || scale === true
      ? x
      : scale === 0 && product.dtype === 'bool'
        ? ops.call('aten::zeros_like', [x])
        : ops.call('aten::mul', [x, scale])
  const scaled = times(product, alpha)
  if (beta === 0 || beta === false) return scaled
  return ops.call('aten::add', [scaled, times(args.tensor('self'), beta)])
}

const scales = '*, Scalar beta=1, Scalar alpha=1'

/** addmm and its kin: a product of two named operands added to self. */
function added(
  name: string,
  operands: readonly [string, string],
  shape: (a: TensorMeta, b: TensorMeta, context: InferContext) => readonly Dim[],
  product: <T extends TensorMeta>(ops: Ops<T>, a: T, b: T) => T,
): OperatorSpec<'decompose'> {
  return {
    schemas: [`${name}(Tensor self, Tensor ${operands[0]}, Tensor ${operands[1]}, ${scales}) -> Tensor`],
    homes: both,
    inplace: true,
    infer(args, context) {
      const [a, b] = [args.tensor(operands[0]), args.tensor(operands[1])]
      const result = shape(a, b, context)
      const self = args.tensor('self')
      const wide = broadcastShapes(name, [self.shape, result], context)
      if (wide.length !== result.length)
        throw new OperatorError('S3001', `${name}: self of shape ${formatShape(self.shape)} does not broadcast to ${formatShape(result)}`)
      return [{ dtype: resultType([self, a, b]), shape: result }]
    },
    implementation: {
      kind: 'decompose',
      decompose: (ops, args) => accumulate(ops, args, product(ops, args.tensor(operands[0]), args.tensor(operands[1]))),
    },
  }
}

function mmShape(name: string) {
  return (a: TensorMeta, b: TensorMeta, context: InferContext): readonly Dim[] => {
    requireRank(name, 'the first matrix', a.shape, 2)
    requireRank(name, 'the second matrix', b.shape, 2)
    productDtype(name, a, b)
    requireInner(name, a, b, at(a.shape, 1), at(b.shape, 0), context)
    return [at(a.shape, 0), at(b.shape, 1)]
  }
}

function bmmShape(name: string) {
  return (a: TensorMeta, b: TensorMeta, context: InferContext): readonly Dim[] => {
    requireRank(name, 'the first batch of matrices', a.shape, 3)
    requireRank(name, 'the second batch of matrices', b.shape, 3)
    productDtype(name, a, b)
    requireEqualDims(
      at(a.shape, 0),
      at(b.shape, 0),
      () => `${name}: batches differ: ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
      context,
    )
    requireInner(name, a, b, at(a.shape, 2), at(b.shape, 1), context)
    return [at(a.shape, 0), at(a.shape, 1), at(b.shape, 2)]
  }
}

function mvShape(name: string) {
  return (a: TensorMeta, b: TensorMeta, context: InferContext): readonly Dim[] => {
    requireRank(name, 'the matrix', a.shape, 2)
    requireRank(name, 'the vector', b.shape, 1)
    requireInner(name, a, b, at(a.shape, 1), at(b.shape, 0), context)
    return [at(a.shape, 0)]
  }
}

function outerShape(name: string) {
  return (a: TensorMeta, b: TensorMeta): readonly Dim[] => {
    requireRank(name, 'the first vector', a.shape, 1)
    requireRank(name, 'the second vector', b.shape, 1)
    return [at(a.shape, 0), at(b.shape, 0)]
  }
}

const outer = <T extends TensorMeta>(ops: Ops<T>, a: T, b: T): T => ops.call('aten::mul', [ops.call('aten::unsqueeze', [a, 1]), b])

/** A product of two operands named self and `second`. */
function product(
  name: string,
  second: string,
  homes: readonly Home[],
  shape: (a: TensorMeta, b: TensorMeta, context: InferContext) => readonly Dim[],
  decompose: <T extends TensorMeta>(ops: Ops<T>, a: T, b: T) => T,
  dtype: (a: TensorMeta, b: TensorMeta) => DType = (a, b) => productDtype(name, a, b),
): OperatorSpec<'decompose'> {
  return {
    schemas: [`${name}(Tensor self, Tensor ${second}) -> Tensor`],
    homes,
    infer(args, context) {
      const [a, b] = [args.tensor('self'), args.tensor(second)]
      return [{ dtype: dtype(a, b), shape: shape(a, b, context) }]
    },
    implementation: { kind: 'decompose', decompose: (ops, args) => decompose(ops, args.tensor('self'), args.tensor(second)) },
  }
}

function dotShape(name: string) {
  return (a: TensorMeta, b: TensorMeta, context: InferContext): readonly Dim[] => {
    requireRank(name, 'the first vector', a.shape, 1)
    requireRank(name, 'the second vector', b.shape, 1)
    requireInner(name, a, b, at(a.shape, 0), at(b.shape, 0), context)
    return []
  }
}

export const matmuls = family({
  'aten::mm': {
    schemas: ['mm(Tensor self, Tensor mat2) -> Tensor'],
    homes: both,
    infer(args, context) {
      const [a, b] = [args.tensor('self'), args.tensor('mat2')]
      return [{ dtype: productDtype('mm', a, b), shape: mmShape('mm')(a, b, context) }]
    },
    implementation: {
      kind: 'kernel',
      reference(args, [out]) {
        const one = (x: DenseTensor): DenseTensor => ({ ...x, dtype: x.dtype, data: x.data, shape: [1, ...x.shape] })
        referenceBmm(one(args.tensor('self')), one(args.tensor('mat2')), out as DenseTensor)
      },
    },
  },
  'aten::bmm': {
    schemas: ['bmm(Tensor self, Tensor mat2) -> Tensor'],
    homes: both,
    infer(args, context) {
      const [a, b] = [args.tensor('self'), args.tensor('mat2')]
      return [{ dtype: productDtype('bmm', a, b), shape: bmmShape('bmm')(a, b, context) }]
    },
    implementation: {
      kind: 'kernel',
      reference: (args, [out]) => referenceBmm(args.tensor('self'), args.tensor('mat2'), out as DenseTensor),
    },
  },
  'aten::matmul': product(
    'matmul',
    'other',
    ['torch', 'Tensor', 'linalg'],
    (a, b, context) => matmulShape('matmul', a, b, context),
    matmul,
  ),
  'aten::mv': product('mv', 'vec', both, mvShape('mv'), matmul),
  'aten::dot': product('dot', 'tensor', both, dotShape('dot'), matmul),
  'aten::vdot': product('vdot', 'other', both, dotShape('vdot'), matmul),
  'aten::inner': product(
    'inner',
    'other',
    both,
    (a, b, context) => {
      if (a.shape.length === 0 || b.shape.length === 0) return a.shape.length === 0 ? b.shape : a.shape
      requireInner('inner', a, b, at(a.shape, -1), at(b.shape, -1), context)
      return [...a.shape.slice(0, -1), ...b.shape.slice(0, -1)]
    },
    (ops, a, b) => {
      if (a.shape.length === 0 || b.shape.length === 0) return ops.call('aten::mul', [a, b])
      const k = at(a.shape, -1)
      const flat = (x: typeof a) => ops.call('aten::reshape', [x, [numel(x.shape.slice(0, -1)), k]])
      const result = ops.call('aten::mm', [flat(a), ops.call('aten::t', [flat(b)])])
      return ops.call('aten::reshape', [result, [...a.shape.slice(0, -1), ...b.shape.slice(0, -1)]])
    },
  ),
  'aten::outer': product('outer', 'vec2', both, outerShape('outer'), outer, (a, b) => resultType([a, b])),
  'aten::addmm': added('addmm', ['mat1', 'mat2'], mmShape('addmm'), (ops, a, b) => ops.call('aten::mm', [a, b])),
  'aten::baddbmm': added('baddbmm', ['batch1', 'batch2'], bmmShape('baddbmm'), (ops, a, b) => ops.call('aten::bmm', [a, b])),
  'aten::addbmm': added(
    'addbmm',
    ['batch1', 'batch2'],
    (a, b, context) => bmmShape('addbmm')(a, b, context).slice(1),
    // The sum over the batch is a longer inner dim: one product, one sum a result.
    (ops, a, b) => {
      const [batch, n, k] = a.shape as [Dim, Dim, Dim]
      const rows = ops.call('aten::reshape', [ops.call('aten::permute', [a, [1, 0, 2]]), [n, dimMul(batch, k)]])
      return ops.call('aten::mm', [rows, ops.call('aten::reshape', [b, [dimMul(batch, k), at(b.shape, 2)]])])
    },
  ),
  'aten::addmv': added('addmv', ['mat', 'vec'], mvShape('addmv'), matmul),
  'aten::addr': added('addr', ['vec1', 'vec2'], outerShape('addr'), outer),
  'aten::linear': {
    schemas: ['linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor'],
    homes: ['F'],
    infer(args, context) {
      const [input, weight] = [args.tensor('input'), args.tensor('weight')]
      const bias = args.tensorOrNull('bias')
      requireRank('linear', 'weight', weight.shape, 1, 2)
      if (input.shape.length === 0) throw new OperatorError('S3001', 'linear: input needs at least one dim')
      const dtype = productDtype('linear', input, weight)
      requireEqualDims(
        at(input.shape, -1),
        at(weight.shape, -1),
        () =>
          `linear: input of shape ${formatShape(input.shape)} does not fit weight of shape ${formatShape(weight.shape)} (the last dims must be equal)`,
        context,
      )
      const shape = weight.shape.length === 1 ? input.shape.slice(0, -1) : [...input.shape.slice(0, -1), at(weight.shape, 0)]
      if (bias) broadcastShapes('linear', [shape, bias.shape], context)
      return [{ dtype, shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const [input, weight, bias] = [args.tensor('input'), args.tensor('weight'), args.tensorOrNull('bias')]
        if (weight.shape.length === 1) {
          const product = matmul(ops, input, weight)
          return bias ? ops.call('aten::add', [product, bias]) : product
        }
        // The bias is added to the two-dimensional product, so that it can become the epilogue of the kernel.
        const rows =
          input.shape.length === 2 ? input : ops.call('aten::reshape', [input, [numel(input.shape.slice(0, -1)), at(input.shape, -1)]])
        const product = ops.call('aten::mm', [rows, ops.call('aten::t', [weight])])
        const sum = bias ? ops.call('aten::add', [product, bias]) : product
        return input.shape.length === 2 ? sum : ops.call('aten::reshape', [sum, [...input.shape.slice(0, -1), at(weight.shape, 0)]])
      },
    },
  },
})
