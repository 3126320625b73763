/** Operators that run on the host, between segments: results of a size that depends on data, number theory, counting. */
import {
  host_bincount,
  host_gcd_dense,
  host_lcm_dense,
  host_one_hot_counted,
  host_repeat_interleave_by,
  host_tensor_split_at,
} from '../runtime/host/counting.ts'
import { composite } from './composite.ts'
import { family, type OperatorSpec } from './define.ts'
import { hostCall } from './host.ts'
import { type Home, OperatorError } from './operator.ts'
import { resultType } from './promote.ts'
import { broadcastShapes, normalizeDim } from './shape.ts'

const both: readonly Home[] = ['torch', 'Tensor']

/** An int function of two tensors of one shape; `intFunction` brings operands there. */
const intPairs = (name: 'gcd' | 'lcm'): OperatorSpec<'host'> => ({
  schemas: [`${name}_dense(Tensor self, Tensor other) -> Tensor`],
  homes: [],
  infer: (args) => [{ dtype: args.tensor('self').dtype, shape: args.tensor('self').shape }],
  implementation: hostCall(name === 'gcd' ? host_gcd_dense : host_lcm_dense),
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

export const hosted = family({
  'nn::gcd_dense': intPairs('gcd'),
  'nn::lcm_dense': intPairs('lcm'),
  'aten::gcd': intFunction('gcd'),
  'aten::lcm': intFunction('lcm'),
  'nn::one_hot_counted': {
    schemas: ['one_hot_counted(Tensor self) -> Tensor'],
    homes: [],
    infer: (args, context) => [{ dtype: 'int64', shape: [...args.tensor('self').shape, context.fresh('classes')] }],
    implementation: hostCall(host_one_hot_counted),
  },
  'aten::bincount': {
    schemas: ['bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor'],
    homes: both,
    infer: (args, context) => [{ dtype: args.has('weights') ? 'float32' : 'int64', shape: [context.fresh('bins')] }],
    implementation: hostCall(host_bincount),
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
      const self = args.tensor('self')
      const dim = args.intOrNull('dim')
      return [
        {
          dtype: self.dtype,
          shape: dim === null ? [length] : self.shape.map((size, i) => (i === (dim < 0 ? dim + self.shape.length : dim) ? length : size)),
        },
      ]
    },
    implementation: hostCall(host_repeat_interleave_by),
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
    // How many there are depends on the values of a tensor; all are like this one.
    infer(args, context) {
      const self = args.tensor('self')
      const dim = normalizeDim('tensor_split', args.int('dim'), self.shape.length)
      return [{ dtype: self.dtype, shape: self.shape.with(dim, context.fresh('part')) }]
    },
    implementation: hostCall(host_tensor_split_at),
  },
})
