/** Random tensors and results whose shape depends on data: host operators, run between segments. */
import {
  host_nonzero,
  host_nonzero_numpy,
  host_rand,
  host_rand_like,
  host_randint,
  host_randn,
  host_randn_like,
  host_randperm,
} from '../runtime/host.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { hostCall } from './host.ts'
import { type Args, type Home, OperatorError, type TensorMeta } from './operator.ts'
import { spelled } from './requiresGrad.ts'

const options = '*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None'
const both: readonly Home[] = ['torch', 'Tensor']

const drawn = (
  schema: string,
  shape: (args: Args<TensorMeta>) => readonly Dim[],
  draw: Parameters<typeof hostCall>[0],
): OperatorSpec<'host'> => ({
  schemas: [schema],
  ...spelled([schema], ['torch']),
  infer(args) {
    const dtype = args.dtypeOrNull('dtype') ?? 'float32'
    if (dtype !== 'float32') throw new OperatorError('S3102', `random numbers are float32, not ${dtype}`)
    return [{ dtype, shape: shape(args) }]
  },
  implementation: hostCall(draw),
})

const randint = [
  `randint(SymInt high, SymInt[] size, ${options}) -> Tensor`,
  `randint.low(SymInt low, SymInt high, SymInt[] size, ${options}) -> Tensor`,
]
const randperm = [`randperm(SymInt n, ${options}) -> Tensor`]

export const randoms = family({
  'aten::rand': drawn(`rand(SymInt[] size, ${options}) -> Tensor`, (args) => args.dims('size'), host_rand),
  'aten::randn': drawn(`randn(SymInt[] size, ${options}) -> Tensor`, (args) => args.dims('size'), host_randn),
  'aten::rand_like': drawn(`rand_like(Tensor self, ${options}) -> Tensor`, (args) => args.tensor('self').shape, host_rand_like),
  'aten::randn_like': drawn(`randn_like(Tensor self, ${options}) -> Tensor`, (args) => args.tensor('self').shape, host_randn_like),
  'aten::randint': {
    schemas: randint,
    ...spelled(randint, ['torch']),
    infer: (args) => [{ dtype: args.dtypeOrNull('dtype') ?? 'int64', shape: args.dims('size') }],
    implementation: hostCall((...args: never[]) => host_randint(...(args as unknown as Parameters<typeof host_randint>))),
  },
  'aten::randperm': {
    schemas: randperm,
    ...spelled(randperm, ['torch']),
    infer: (args) => [{ dtype: 'int64', shape: [args.dim('n')] }],
    implementation: hostCall(host_randperm),
  },
  'aten::nonzero': {
    schemas: ['nonzero(Tensor self) -> Tensor'],
    homes: [],
    forms: both.map((home) => ({ home, schema: 'nonzero(Tensor self, *, bool as_tuple=False) -> Tensor', when: { as_tuple: false } })),
    infer: (args, context) => [{ dtype: 'int64', shape: [context.fresh('nonzero'), args.tensor('self').shape.length] }],
    implementation: hostCall(host_nonzero),
  },
  'aten::nonzero_numpy': {
    schemas: ['nonzero_numpy(Tensor self) -> Tensor[]'],
    homes: [],
    forms: both.map((home) => ({ home, schema: 'nonzero(Tensor self, *, bool as_tuple=False) -> Tensor[]', when: { as_tuple: true } })),
    infer(args, context) {
      const size = context.fresh('nonzero')
      return args.tensor('self').shape.map(() => ({ dtype: 'int64', shape: [size] }))
    },
    implementation: hostCall(host_nonzero_numpy),
  },
})
