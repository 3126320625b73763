/** Linear algebra: norms and contractions as formulas; factorisations and solvers run on the host, in double precision. */
import {
  host_cholesky,
  host_det,
  host_inverse,
  host_linalg_cholesky,
  host_linalg_det,
  host_linalg_inv,
  host_linalg_slogdet,
  host_linalg_svdvals,
  host_solve_matrices,
  host_solve_triangles,
} from '../runtime/host/linalg.ts'
import { composite } from './composite.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { isConst } from './dimMath.ts'
import { contract } from './einsum.ts'
import { hostCall } from './host.ts'
import { type Args, type Home, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { formatShape, normalizeDim, normalizeDims, numel, requireEqualDims } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values.at(index) as T
const linalg: readonly Home[] = ['linalg']

function requireMatrices(name: string, self: TensorMeta, square: boolean): void {
  if (self.dtype !== 'float32') throw new OperatorError('S3102', `${name}: needs a float tensor, not ${self.dtype}`)
  if (self.shape.length < 2) throw new OperatorError('S3001', `${name}: needs matrices, the shape is ${formatShape(self.shape)}`)
  const [rows, columns] = [at(self.shape, -2), at(self.shape, -1)]
  if (square && isConst(rows) && isConst(columns) && rows !== columns)
    throw new OperatorError('S3001', `${name}: needs square matrices, the shape is ${formatShape(self.shape)}`)
}

/** One matrix in, one matrix (or number) a matrix out. */
function perMatrix(
  name: string,
  schema: string,
  homes: readonly Home[],
  shape: (self: TensorMeta) => readonly Dim[],
  run: Parameters<typeof hostCall>[0],
  square = true,
): OperatorSpec<'host'> {
  return {
    schemas: [schema],
    homes,
    infer(args) {
      requireMatrices(name, args.tensor('self'), square)
      return [{ dtype: 'float32', shape: shape(args.tensor('self')) }]
    },
    implementation: hostCall(run),
  }
}

const sameShape = (self: TensorMeta): readonly Dim[] => self.shape
const batchShape = (self: TensorMeta): readonly Dim[] => self.shape.slice(0, -2)

/** With `info`: 0 where it worked, a positive number where it did not. */
const withInfo = (base: string, name: string, extra: string): OperatorSpec<'decompose'> =>
  composite({
    schemas: [`${name}(Tensor self, *, ${extra}bool check_errors=False) -> (Tensor result, Tensor info)`],
    homes: linalg,
    decompose(ops, args) {
      const self = args.tensor('self')
      const result = extra ? ops.call(base, [self], { upper: args.bool('upper') }) : ops.call(base, [self])
      return [result, ops.call('aten::zeros', [self.shape.slice(0, -2)], { dtype: 'int32' })]
    },
  })

/** The p-norm over `dims`: the reductions that PyTorch singles out, powers otherwise. */
function vectorNorm<T extends TensorMeta>(ops: Ops<T>, self: T, ord: number, dims: readonly number[], keepdim: boolean): T {
  const call = (name: string, x: T): T => ops.call(name, [x, dims, keepdim])
  const abs = ops.call('aten::abs', [self])
  if (dims.length === 0 && self.shape.length === 0)
    return ord === 0 ? ops.call('aten::to', [ops.call('aten::ne', [self, 0]), 'float32']) : abs
  if (ord === Number.POSITIVE_INFINITY) return call('aten::amax', abs)
  if (ord === Number.NEGATIVE_INFINITY) return call('aten::amin', abs)
  if (ord === 0) return ops.call('aten::to', [call('aten::sum', ops.call('aten::ne', [self, 0])), 'float32'])
  if (ord === 1) return call('aten::sum', abs)
  if (ord === 2) return ops.call('aten::sqrt', [call('aten::sum', ops.call('aten::mul', [self, self]))])
  return ops.call('aten::pow', [call('aten::sum', ops.call('aten::pow', [abs, ord])), 1 / ord])
}

function matrixNorm<T extends TensorMeta>(
  ops: Ops<T>,
  self: T,
  ord: number | string,
  dims: readonly [number, number],
  keepdim: boolean,
): T {
  const rank = self.shape.length
  const [row, column] = [normalizeDim('matrix_norm', dims[0], rank), normalizeDim('matrix_norm', dims[1], rank)]
  if (ord === 'fro') return vectorNorm(ops, self, 2, [row, column], keepdim)
  if (ord === 'nuc' || ord === 2 || ord === -2) {
    const values = ops.call('aten::linalg_svdvals', [ops.call('aten::movedim', [self, [row, column], [-2, -1]])])
    const result = ops.call(ord === 'nuc' ? 'aten::sum' : ord === 2 ? 'aten::amax' : 'aten::amin', [values, [-1]])
    if (!keepdim) return result
    return [row, column].sort((a, b) => a - b).reduce((x, dim) => ops.call('aten::unsqueeze', [x, dim]), result)
  }
  if (typeof ord === 'string' || ![1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].includes(ord))
    throw new OperatorError('S2103', `matrix_norm: ord ${ord} is not known`)
  const [summed, compared] = Math.abs(ord) === 1 ? [row, column] : [column, row]
  const sums = ops.call('aten::sum', [ops.call('aten::abs', [self]), [summed], true])
  const result = ops.call(ord > 0 ? 'aten::amax' : 'aten::amin', [sums, [compared], true])
  return keepdim ? result : ops.call('aten::squeeze', [result, [row, column]])
}

const ordOf = <T extends TensorMeta>(args: Args<T>, name: string): number | string =>
  args.has(name) && args.overload.includes('str') ? args.string(name) : (args.scalar(name) as number)

const asFloat = <T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T => {
  const dtype = args.dtypeOrNull('dtype')
  return dtype ? ops.call('aten::to', [args.tensor('self'), dtype]) : args.tensor('self')
}

/** linalg.norm: a vector or a matrix norm, by the number of dims that are given or there. */
function generalNorm<T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T {
  const self = asFloat(ops, args)
  const dims = args.intsOrNull('dim')
  const keepdim = args.bool('keepdim')
  if (!args.has('ord')) return vectorNorm(ops, self, 2, normalizeDims('norm', dims, self.shape.length), keepdim)
  const ord = ordOf(args, 'ord')
  const matrix = dims ? dims.length === 2 : self.shape.length === 2
  if (matrix) return matrixNorm(ops, self, ord, (dims ?? [0, 1]) as [number, number], keepdim)
  if (typeof ord === 'string') throw new OperatorError('S2103', `norm: '${ord}' is a norm of matrices`)
  return vectorNorm(ops, self, ord, normalizeDims('norm', dims, self.shape.length), keepdim)
}

export const linalgs = family({
  'aten::linalg_vector_norm': composite({
    schemas: ['linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor'],
    homes: linalg,
    decompose: (ops, args) =>
      vectorNorm(
        ops,
        asFloat(ops, args),
        args.scalar('ord') as number,
        normalizeDims('vector_norm', args.intsOrNull('dim'), args.tensor('self').shape.length),
        args.bool('keepdim'),
      ),
  }),
  'aten::linalg_matrix_norm': composite({
    schemas: [
      "linalg_matrix_norm.str_ord(Tensor self, str ord='fro', int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
      'linalg_matrix_norm(Tensor self, Scalar ord, int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
    ],
    homes: linalg,
    decompose: (ops, args) =>
      matrixNorm(ops, asFloat(ops, args), ordOf(args, 'ord'), args.ints('dim') as [number, number], args.bool('keepdim')),
  }),
  'aten::linalg_norm': composite({
    schemas: [
      'linalg_norm(Tensor self, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
      'linalg_norm.ord_str(Tensor self, str ord, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
    ],
    homes: linalg,
    decompose: generalNorm,
  }),
  'aten::norm': composite({
    schemas: [
      "norm.str(Tensor self, str p='fro', int[1]? dim=None, bool keepdim=False, ScalarType? dtype=None) -> Tensor",
      'norm(Tensor self, Scalar? p, int[1]? dim=None, bool keepdim=False, ScalarType? dtype=None) -> Tensor',
    ],
    homes: ['torch', 'Tensor'],
    decompose(ops, args) {
      const self = asFloat(ops, args)
      const dims = args.intsOrNull('dim')
      const p = args.has('p') ? ordOf(args, 'p') : 2
      if (p === 'nuc') return matrixNorm(ops, self, p, (dims ?? [0, 1]) as [number, number], args.bool('keepdim'))
      return vectorNorm(ops, self, p === 'fro' ? 2 : (p as number), normalizeDims('norm', dims, self.shape.length), args.bool('keepdim'))
    },
  }),
  'aten::linalg_svdvals': perMatrix(
    'svdvals',
    'linalg_svdvals(Tensor self) -> Tensor',
    linalg,
    (self) => [
      ...self.shape.slice(0, -2),
      isConst(at(self.shape, -1)) && isConst(at(self.shape, -2))
        ? Math.min(at(self.shape, -1) as number, at(self.shape, -2) as number)
        : at(self.shape, -1),
    ],
    host_linalg_svdvals,
    false,
  ),
  'aten::linalg_inv': perMatrix('inv', 'linalg_inv(Tensor self) -> Tensor', linalg, sameShape, host_linalg_inv),
  'aten::inverse': perMatrix('inverse', 'inverse(Tensor self) -> Tensor', ['torch', 'Tensor'], sameShape, host_inverse),
  'aten::linalg_inv_ex': withInfo('aten::linalg_inv', 'linalg_inv_ex', ''),
  'aten::linalg_det': perMatrix('det', 'linalg_det(Tensor self) -> Tensor', linalg, batchShape, host_linalg_det),
  'aten::det': perMatrix('det', 'det(Tensor self) -> Tensor', ['torch', 'Tensor'], batchShape, host_det),
  'aten::linalg_slogdet': {
    schemas: ['linalg_slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)'],
    homes: linalg,
    infer(args) {
      requireMatrices('slogdet', args.tensor('self'), true)
      const one = { dtype: 'float32', shape: batchShape(args.tensor('self')) } as const
      return [one, one]
    },
    implementation: hostCall(host_linalg_slogdet),
  },
  'aten::linalg_cholesky': perMatrix(
    'cholesky',
    'linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor',
    linalg,
    sameShape,
    host_linalg_cholesky,
  ),
  'aten::cholesky': perMatrix(
    'cholesky',
    'cholesky(Tensor self, bool upper=False) -> Tensor',
    ['torch', 'Tensor'],
    sameShape,
    host_cholesky,
  ),
  'aten::linalg_cholesky_ex': withInfo('aten::linalg_cholesky', 'linalg_cholesky_ex', 'bool upper=False, '),
  'nn::solve_matrices': {
    schemas: ['solve_matrices(Tensor self, Tensor other) -> Tensor'],
    homes: [],
    infer: (args) => [{ dtype: 'float32', shape: args.tensor('other').shape }],
    implementation: hostCall(host_solve_matrices),
  },
  'aten::linalg_solve': composite({
    schemas: ['linalg_solve(Tensor self, Tensor other, *, bool left=True) -> Tensor'],
    homes: linalg,
    decompose: (ops, args) => solveBatched(ops, args),
  }),
  'aten::linalg_solve_ex': composite({
    schemas: ['linalg_solve_ex(Tensor self, Tensor other, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor info)'],
    homes: linalg,
    decompose: (ops, args) => [
      solveBatched(ops, args),
      ops.call('aten::zeros', [args.tensor('self').shape.slice(0, -2)], { dtype: 'int32' }),
    ],
  }),
  'nn::solve_triangles': {
    schemas: ['solve_triangles(Tensor self, Tensor other, bool upper, bool unitriangular) -> Tensor'],
    homes: [],
    infer: (args) => [{ dtype: 'float32', shape: args.tensor('other').shape }],
    implementation: hostCall(host_solve_triangles),
  },
  'aten::linalg_solve_triangular': composite({
    schemas: ['linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor'],
    homes: linalg,
    decompose(ops, args) {
      const left = args.bool('left')
      const turned = (x: ReturnType<typeof args.tensor>) => (left ? x : ops.call('aten::transpose', [x, -2, -1]))
      const [a, b] = broadcastBatches(ops, turned(args.tensor('self')), turned(args.tensor('B')))
      return turned(ops.call('nn::solve_triangles', [a, b, args.bool('upper') === left, args.bool('unitriangular')]))
    },
  }),
  'aten::linalg_matrix_power': composite({
    schemas: ['linalg_matrix_power(Tensor self, int n) -> Tensor'],
    homes: linalg,
    decompose: (ops, args) => matrixPower(ops, args.tensor('self'), args.int('n')),
  }),
  'aten::matrix_power': composite({
    schemas: ['matrix_power(Tensor self, int n) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose: (ops, args) => matrixPower(ops, args.tensor('self'), args.int('n')),
  }),
  'aten::linalg_multi_dot': composite({
    schemas: ['linalg_multi_dot(Tensor[] tensors) -> Tensor'],
    homes: linalg,
    decompose: (ops, args) => args.tensors('tensors').reduce((a, b) => ops.call('aten::matmul', [a, b])),
  }),
  'aten::linalg_vecdot': composite({
    schemas: ['linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor'],
    homes: linalg,
    decompose: (ops, args) =>
      ops.call('aten::sum', [ops.call('aten::mul', [args.tensor('x'), args.tensor('y')]), [args.int('dim')]], {
        dtype: args.tensor('x').dtype,
      }),
  }),
  'aten::linalg_vander': composite({
    schemas: ['linalg_vander(Tensor x, *, SymInt? N=None) -> Tensor'],
    homes: linalg,
    decompose(ops, args) {
      const given = args.tensor('x')
      const x = given.shape.length === 0 ? ops.call('aten::reshape', [given, [1]]) : given
      const count = args.dimOrNull('N') ?? at(x.shape, -1)
      const powers = ops.call('aten::arange', [count], { dtype: 'int64' })
      return ops.call('aten::pow', [
        ops.call('aten::unsqueeze', [x.dtype === 'float32' ? x : ops.call('aten::to', [x, 'int64']), -1]),
        powers,
      ])
    },
  }),
  'aten::einsum': composite({
    schemas: ['einsum(str equation, Tensor[] tensors) -> Tensor'],
    homes: ['torch'],
    decompose: (ops, args) => contract(ops, args.string('equation'), args.tensors('tensors')),
  }),
  'aten::tensordot': composite({
    schemas: [
      'tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor',
      'tensordot.count(Tensor self, Tensor other, int dims=2) -> Tensor',
    ],
    homes: [],
    forms: [
      { home: 'torch', schema: 'tensordot(Tensor a, Tensor b, int dims=2) -> Tensor', overload: 1, rename: { a: 'self', b: 'other' } },
      {
        home: 'torch',
        schema: 'tensordot(Tensor a, Tensor b, int[][] dims) -> Tensor',
        overload: 0,
        rename: { a: 'self', b: 'other' },
        spread: { dims: ['dims_self', 'dims_other'] },
      },
    ],
    decompose(ops, args) {
      let [a, b] = [args.tensor('self'), args.tensor('other')]
      const counted = args.intOrNull('dims')
      const own = normalizeDims(
        'tensordot',
        counted === null ? args.ints('dims_self') : Array.from({ length: counted }, (_, i) => a.shape.length - counted + i),
        a.shape.length,
        false,
      )
      const others = normalizeDims(
        'tensordot',
        counted === null ? args.ints('dims_other') : Array.from({ length: counted }, (_, i) => i),
        b.shape.length,
        false,
      )
      // A contracted dim of size 1 stands for any size: the other side is summed.
      for (const [i, dim] of own.entries()) {
        const other = at(others, i)
        if (a.shape[dim] === 1 && b.shape[other] !== 1) b = ops.call('aten::sum', [b, [other], true], { dtype: b.dtype })
        else if (b.shape[other] === 1 && a.shape[dim] !== 1) a = ops.call('aten::sum', [a, [dim], true], { dtype: a.dtype })
      }
      const restA = a.shape.flatMap((_, i) => (own.includes(i) ? [] : [i]))
      const restB = b.shape.flatMap((_, i) => (others.includes(i) ? [] : [i]))
      const sizes = (x: TensorMeta, dims: readonly number[]): readonly Dim[] => dims.map((dim) => at(x.shape, dim))
      const inner = numel(sizes(a, own))
      const left = ops.call('aten::reshape', [ops.call('aten::permute', [a, [...restA, ...own]]), [numel(sizes(a, restA)), inner]])
      const right = ops.call('aten::reshape', [ops.call('aten::permute', [b, [...others, ...restB]]), [inner, numel(sizes(b, restB))]])
      return ops.call('aten::reshape', [ops.call('aten::mm', [left, right]), [...sizes(a, restA), ...sizes(b, restB)]])
    },
  }),
})

function broadcastBatches<T extends TensorMeta>(ops: Ops<T>, a: T, b: T): readonly [T, T] {
  const [left, right] = [a.shape.slice(0, -2), b.shape.slice(0, -2)]
  if (formatShape(left) === formatShape(right)) return [a, b]
  const rank = Math.max(left.length, right.length)
  const batch = Array.from({ length: rank }, (_, i) => {
    const [x, y] = [left[left.length - rank + i] ?? 1, right[right.length - rank + i] ?? 1]
    return x === 1 ? y : x
  })
  return [ops.call('aten::expand', [a, [...batch, ...a.shape.slice(-2)]]), ops.call('aten::expand', [b, [...batch, ...b.shape.slice(-2)]])]
}

/** A right-hand side with one dim less is a batch of vectors. */
function solveBatched<T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T {
  const [a, b] = [args.tensor('self'), args.tensor('other')]
  requireMatrices('solve', a, true)
  const vectors =
    b.shape.length === 1 || (b.shape.length === a.shape.length - 1 && formatShape(b.shape) === formatShape(a.shape.slice(0, -1)))
  const left = args.bool('left')
  const turned = (x: T): T => (left || vectors ? x : ops.call('aten::transpose', [x, -2, -1]))
  const right = vectors ? ops.call('aten::unsqueeze', [b, -1]) : turned(b)
  requireEqualDims(
    at(right.shape, -2),
    at(a.shape, -1),
    () => `solve: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} do not fit`,
    { fresh: () => 0, requireEqual: () => {} },
  )
  const [x, y] = broadcastBatches(ops, turned(a), right)
  const result = ops.call('nn::solve_matrices', [x, y])
  return vectors ? ops.call('aten::squeeze', [result, [-1]]) : turned(result)
}

/** Repeated squaring; negative powers invert first. */
function matrixPower<T extends TensorMeta>(ops: Ops<T>, self: T, n: number): T {
  requireMatrices('matrix_power', self, true)
  if (n === 0) return ops.call('aten::expand', [ops.call('aten::eye', [at(self.shape, -1)]), self.shape])
  let base = n < 0 ? ops.call('aten::linalg_inv', [self]) : self
  let result: T | null = null
  for (let rest = Math.abs(n); rest > 0; rest >>= 1) {
    if (rest & 1) result = result ? ops.call('aten::matmul', [result, base]) : base
    if (rest > 1) base = ops.call('aten::matmul', [base, base])
  }
  return result as T
}
