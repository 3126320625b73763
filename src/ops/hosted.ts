/** Operators that run on the host, between segments: results of a size that depends on data, number theory, counting. */
import { composite } from './composite.ts'
import { family, type OperatorSpec } from './define.ts'
import type { DType } from './dtype.ts'
import { type Args, type DenseTensor, type Home, OperatorError, type TensorMeta } from './operator.ts'
import { resultType } from './promote.ts'
import { broadcastShapes } from './shape.ts'

const both: readonly Home[] = ['torch', 'Tensor']

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1)
const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b))
const lcm = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : Math.abs((a / gcd(a, b)) * b))

/** One more than the largest value, at least `least`. */
function largest(values: Iterable<number>, least: number): number {
  let most = least
  for (const value of values) most = Math.max(most, value + 1)
  return most
}

function dataOf(dtype: DType, values: ArrayLike<number>): DenseTensor['data'] {
  if (dtype === 'float32') return Float32Array.from(values)
  return dtype === 'uint8' || dtype === 'bool' ? Uint8Array.from(values) : Int32Array.from(values)
}

/** An int function of two tensors of one shape; `divided` below brings operands there. */
const intPairs = (name: 'gcd' | 'lcm', fn: (a: number, b: number) => number): OperatorSpec<'host'> => ({
  schemas: [`${name}_dense(Tensor self, Tensor other) -> Tensor`],
  homes: [],
  infer: (args) => [{ dtype: args.tensor('self').dtype, shape: args.tensor('self').shape }],
  implementation: {
    kind: 'host',
    run(args) {
      const [a, b] = [args.tensor('self'), args.tensor('other')]
      return [
        {
          ...a,
          data: dataOf(
            a.dtype,
            Array.from(a.data, (x, i) => fn(x, b.data[i] as number)),
          ),
        },
      ]
    },
  },
})

const intFunction = (name: 'gcd' | 'lcm'): OperatorSpec<'decompose'> =>
  composite({
    schemas: [`${name}(Tensor self, Tensor other) -> Tensor`],
    homes: both,
    inplace: true,
    decompose(ops, args) {
      const [a, b] = [args.tensor('self'), args.tensor('other')]
      const dtype = resultType([a, b])
      if (dtype === 'float32' || dtype === 'bool') throw new OperatorError('S3102', `${name}: needs int tensors, not ${dtype}`)
      const shape = broadcastShapes(name, [a.shape, b.shape], { fresh: () => 0, requireEqual: () => {} })
      const wide = (x: typeof a) => ops.call('aten::expand', [ops.call('aten::to', [x, dtype]), shape])
      return ops.call(`nn::${name}_dense`, [wide(a), wide(b)])
    },
  })

/** Elements of `self` along `dim` (null: flat), the i-th one `repeats[i]` times. */
function repeatEach(self: DenseTensor, repeats: DenseTensor, dim: number | null): DenseTensor {
  const shape = dim === null ? [product(self.shape)] : self.shape
  const axis = dim === null ? 0 : dim < 0 ? dim + shape.length : dim
  const size = shape[axis] as number
  const counts = repeats.data.length === 1 ? Array<number>(size).fill(repeats.data[0] as number) : [...repeats.data]
  if (counts.length !== size)
    throw new OperatorError('S3001', `repeat_interleave: ${counts.length} repeats do not fit dim ${axis} of size ${size}`)
  const source = counts.flatMap((count, i) => Array<number>(count).fill(i))
  const inner = product(shape.slice(axis + 1))
  const outer = product(shape.slice(0, axis))
  const values: number[] = []
  for (let o = 0; o < outer; o++)
    for (const i of source) for (let j = 0; j < inner; j++) values.push(self.data[(o * size + i) * inner + j] as number)
  return { dtype: self.dtype, shape: shape.map((n, i) => (i === axis ? source.length : n)), data: dataOf(self.dtype, values) }
}

const infoAt = (args: Args<TensorMeta>, name: string) => args.tensor(name)

export const hosted = family({
  'nn::gcd_dense': intPairs('gcd', gcd),
  'nn::lcm_dense': intPairs('lcm', lcm),
  'aten::gcd': intFunction('gcd'),
  'aten::lcm': intFunction('lcm'),
  'nn::one_hot_counted': {
    schemas: ['one_hot_counted(Tensor self) -> Tensor'],
    homes: [],
    infer: (args, context) => [{ dtype: 'int64', shape: [...args.tensor('self').shape, context.fresh('classes')] }],
    implementation: {
      kind: 'host',
      run(args) {
        const self = args.tensor('self')
        const classes = largest(self.data, 0)
        const data = new Int32Array(self.data.length * classes)
        for (const [i, value] of self.data.entries()) data[i * classes + value] = 1
        return [{ dtype: 'int64', shape: [...self.shape, classes], data }]
      },
    },
  },
  'aten::bincount': {
    schemas: ['bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor'],
    homes: both,
    infer: (args, context) => [{ dtype: args.has('weights') ? 'float32' : 'int64', shape: [context.fresh('bins')] }],
    implementation: {
      kind: 'host',
      run(args) {
        const self = args.tensor('self')
        const weights = args.tensorOrNull('weights')
        const bins = largest(self.data, args.int('minlength'))
        const counts = new Float64Array(bins)
        for (const [i, value] of self.data.entries()) {
          if (value < 0) throw new OperatorError('S4001', `bincount: ${value} is negative`)
          counts[value] = (counts[value] as number) + (weights ? (weights.data[i] as number) : 1)
        }
        const dtype = weights ? 'float32' : 'int64'
        return [{ dtype, shape: [bins], data: dataOf(dtype, counts) }]
      },
    },
  },
  'nn::repeat_interleave_by': {
    schemas: [
      'repeat_interleave_by.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor',
      'repeat_interleave_by(Tensor repeats, *, SymInt? output_size=None) -> Tensor',
    ],
    homes: [],
    forms: both.flatMap((home) => [
      { home, schema: 'repeat_interleave(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor' },
      { home, schema: 'repeat_interleave(Tensor repeats, *, SymInt? output_size=None) -> Tensor', overload: 1 },
    ]),
    infer(args, context) {
      const length = args.dimOrNull('output_size') ?? context.fresh('repeated')
      if (!args.has('self')) return [{ dtype: 'int64', shape: [length] }]
      const self = infoAt(args, 'self')
      const dim = args.intOrNull('dim')
      return [
        {
          dtype: self.dtype,
          shape: dim === null ? [length] : self.shape.map((size, i) => (i === (dim < 0 ? dim + self.shape.length : dim) ? length : size)),
        },
      ]
    },
    implementation: {
      kind: 'host',
      run(args) {
        const repeats = args.tensor('repeats')
        if (args.has('self')) return [repeatEach(args.tensor('self'), repeats, args.intOrNull('dim'))]
        const positions: DenseTensor = { dtype: 'int64', shape: repeats.shape, data: Int32Array.from(repeats.data, (_, i) => i) }
        return [repeatEach(positions, repeats, 0)]
      },
    },
  },
  'aten::argwhere': composite({
    schemas: ['argwhere(Tensor self) -> Tensor'],
    homes: both,
    decompose: (ops, args) => ops.call('aten::nonzero', [args.tensor('self')]),
  }),
  'nn::tensor_split_at': {
    schemas: ['tensor_split_at(Tensor self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor[]'],
    homes: [],
    forms: both.map((home) => ({ home, schema: 'tensor_split(Tensor self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor[]' })),
    infer() {
      throw new OperatorError(
        'S3002',
        'tensor_split: the number of results depends on the values of a tensor; give the sections or indices as ints',
      )
    },
    implementation: {
      kind: 'host',
      run(args) {
        const self = args.tensor('self')
        const where = args.tensor('tensor_indices_or_sections')
        const dim = args.int('dim') < 0 ? args.int('dim') + self.shape.length : args.int('dim')
        const size = self.shape[dim] as number
        const bounds =
          where.shape.length === 0
            ? evenBounds(size, where.data[0] as number)
            : [0, ...where.data, size].map((bound) => Math.max(0, Math.min(size, bound < 0 ? bound + size : bound)))
        return bounds.slice(1).map((end, i) => pickRange(self, dim, bounds[i] as number, Math.max(end, bounds[i] as number)))
      },
    },
  },
})

/** Boundaries of nearly equal sections, the first ones larger. */
const evenBounds = (size: number, sections: number): readonly number[] =>
  Array.from({ length: sections + 1 }, (_, i) => i * Math.floor(size / sections) + Math.min(i, size % sections))

function pickRange(self: DenseTensor, dim: number, start: number, end: number): DenseTensor {
  const repeats: DenseTensor = {
    dtype: 'int64',
    shape: [self.shape[dim] as number],
    data: Int32Array.from({ length: self.shape[dim] as number }, (_, i) => (i >= start && i < end ? 1 : 0)),
  }
  return repeatEach(self, repeats, dim)
}
