/** Normalisation layers: decompositions into reductions and pointwise arithmetic, which fuse into row programs. */
import { family } from './define.ts'
import type { Dim } from './dim.ts'
import { dimFloorDiv, dimMul, isConst } from './dimMath.ts'
import { type Args, type ArgValue, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { formatShape, numel, requireEqualDims } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values[index] as T

function requireFloat(name: string, input: TensorMeta): TensorMeta {
  if (input.dtype !== 'float32') throw new OperatorError('S3102', `${name}: needs a float tensor, not ${input.dtype}`)
  return { dtype: input.dtype, shape: input.shape }
}

/** A vector of one number a channel, as it broadcasts against [n, c, ...]. */
const perChannel = <T extends TensorMeta>(ops: Ops<T>, x: T, rank: number): T =>
  rank <= 2 ? x : ops.call('aten::reshape', [x, [-1, ...Array<number>(rank - 2).fill(1)]])

/** (x - mean) / sqrt(var + eps) over `dims`, biased variance. */
function standardize<T extends TensorMeta>(ops: Ops<T>, x: T, dims: readonly number[], eps: ArgValue<T>): T {
  const centred = ops.call('aten::sub', [x, ops.call('aten::mean', [x, dims, true])])
  const variance = ops.call('aten::mean', [ops.call('aten::mul', [centred, centred]), dims, true])
  return ops.call('aten::mul', [centred, ops.call('aten::rsqrt', [ops.call('aten::add', [variance, eps])])])
}

function scaleAndShift<T extends TensorMeta>(ops: Ops<T>, x: T, weight: T | null, bias: T | null): T {
  const scaled = weight ? ops.call('aten::mul', [x, weight]) : x
  return bias ? ops.call('aten::add', [scaled, bias]) : scaled
}

const trailing = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i - count)

function checkNormalizedShape(
  name: string,
  input: TensorMeta,
  shape: readonly Dim[],
  context: Parameters<typeof requireEqualDims>[3],
): void {
  const message = () => `${name}: input of shape ${formatShape(input.shape)} does not end in normalizedShape ${formatShape(shape)}`
  if (shape.length === 0 || shape.length > input.shape.length) throw new OperatorError('S3001', message())
  for (const [i, size] of shape.entries()) requireEqualDims(size, at(input.shape, input.shape.length - shape.length + i), message, context)
}

/** Statistics of the batch (training, or layers without running statistics), or the running ones. */
function batchNorm<T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T {
  const input = args.tensor('input')
  const rank = input.shape.length
  if (rank < 2) return input
  const [weight, bias] = [args.tensorOrNull('weight'), args.tensorOrNull('bias')]
  if (args.bool('training')) {
    const dims = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== 1)
    return scaleAndShift(
      ops,
      standardize(ops, input, dims, args.scalar('eps')),
      weight && perChannel(ops, weight, rank),
      bias && perChannel(ops, bias, rank),
    )
  }
  // One multiplication and one addition an element: what depends on constants only is folded at build time.
  const inverse = ops.call('aten::rsqrt', [ops.call('aten::add', [args.tensor('running_var'), args.scalar('eps')])])
  const scale = weight ? ops.call('aten::mul', [inverse, weight]) : inverse
  const moved = ops.call('aten::mul', [args.tensor('running_mean'), scale])
  const shift = bias ? ops.call('aten::sub', [bias, moved]) : ops.call('aten::neg', [moved])
  return ops.call('aten::add', [ops.call('aten::mul', [input, perChannel(ops, scale, rank)]), perChannel(ops, shift, rank)])
}

export const norms = family({
  'aten::batch_norm': {
    schemas: [
      'batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor',
    ],
    homes: ['torch'],
    forms: [
      {
        home: 'F',
        schema:
          'batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight=None, Tensor? bias=None, bool training=False, float momentum=0.1, float eps=1e-05, bool cudnn_enabled=True) -> Tensor',
      },
    ],
    infer(args, context) {
      const input = args.tensor('input')
      if (input.shape.length < 2 && input.shape[0] !== 0)
        throw new OperatorError('S3001', `batch_norm: input needs at least 2 dims, its shape is ${formatShape(input.shape)}`)
      for (const name of ['weight', 'bias', 'running_mean', 'running_var']) {
        const vector = args.tensorOrNull(name)
        if (!vector || input.shape.length < 2) continue
        const message = () =>
          `batch_norm: ${name} of shape ${formatShape(vector.shape)} does not fit the ${formatShape([at(input.shape, 1)])} channels of ${formatShape(input.shape)}`
        if (vector.shape.length !== 1) throw new OperatorError('S3001', message())
        requireEqualDims(at(vector.shape, 0), at(input.shape, 1), message, context)
      }
      if (!args.bool('training') && !(args.has('running_mean') && args.has('running_var'))) {
        throw new OperatorError('S2101', 'batch_norm: runningMean and runningVar are needed when not training')
      }
      return [requireFloat('batch_norm', input)]
    },
    implementation: { kind: 'decompose', decompose: batchNorm },
  },
  'aten::instance_norm': {
    schemas: [
      'instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor',
    ],
    homes: [],
    forms: [
      {
        home: 'F',
        schema:
          'instance_norm(Tensor input, Tensor? running_mean=None, Tensor? running_var=None, Tensor? weight=None, Tensor? bias=None, bool use_input_stats=True, float momentum=0.1, float eps=1e-05, bool cudnn_enabled=True) -> Tensor',
      },
    ],
    infer(args) {
      const input = args.tensor('input')
      if (input.shape.length < 2)
        throw new OperatorError('S3001', `instance_norm: input needs at least 2 dims, its shape is ${formatShape(input.shape)}`)
      return [requireFloat('instance_norm', input)]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const input = args.tensor('input')
        const rank = input.shape.length
        const [weight, bias] = [args.tensorOrNull('weight'), args.tensorOrNull('bias')]
        if (!args.bool('use_input_stats')) {
          return ops.call('aten::batch_norm', [
            input,
            weight,
            bias,
            args.tensor('running_mean'),
            args.tensor('running_var'),
            false,
            args.scalar('momentum'),
            args.scalar('eps'),
            false,
          ])
        }
        const result = standardize(ops, input, trailing(rank - 2), args.scalar('eps'))
        return scaleAndShift(ops, result, weight && perChannel(ops, weight, rank), bias && perChannel(ops, bias, rank))
      },
    },
  },
  'aten::layer_norm': {
    schemas: [
      'layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True) -> Tensor',
    ],
    homes: ['torch', 'F'],
    infer(args, context) {
      const input = args.tensor('input')
      checkNormalizedShape('layer_norm', input, args.dims('normalized_shape'), context)
      return [requireFloat('layer_norm', input)]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const result = standardize(ops, args.tensor('input'), trailing(args.dims('normalized_shape').length), args.scalar('eps'))
        return scaleAndShift(ops, result, args.tensorOrNull('weight'), args.tensorOrNull('bias'))
      },
    },
  },
  'aten::rms_norm': {
    schemas: ['rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor'],
    homes: ['torch', 'F'],
    infer(args, context) {
      const input = args.tensor('input')
      checkNormalizedShape('rms_norm', input, args.dims('normalized_shape'), context)
      return [requireFloat('rms_norm', input)]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const input = args.tensor('input')
        // The default is the machine epsilon of float32.
        const eps = args.scalarOrNull('eps') ?? 2 ** -23
        const square = ops.call('aten::mean', [ops.call('aten::mul', [input, input]), trailing(args.dims('normalized_shape').length), true])
        const result = ops.call('aten::mul', [input, ops.call('aten::rsqrt', [ops.call('aten::add', [square, eps])])])
        return scaleAndShift(ops, result, args.tensorOrNull('weight'), null)
      },
    },
  },
  'aten::group_norm': {
    schemas: [
      'group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True) -> Tensor',
    ],
    homes: ['torch', 'F'],
    infer(args, context) {
      const input = args.tensor('input')
      if (input.shape.length < 2)
        throw new OperatorError('S3001', `group_norm: input needs at least 2 dims, its shape is ${formatShape(input.shape)}`)
      const channels = at(input.shape, 1)
      const groups = args.int('num_groups')
      if (isConst(channels) && channels % groups !== 0)
        throw new OperatorError('S3001', `group_norm: ${channels} channels are not a multiple of ${groups} groups`)
      if (!isConst(channels))
        context.requireEqual(
          dimMul(dimFloorDiv(channels, groups), groups),
          channels,
          () => `group_norm: the channels are not a multiple of ${groups} groups`,
        )
      return [requireFloat('group_norm', input)]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const input = args.tensor('input')
        const groups = args.int('num_groups')
        const rank = input.shape.length
        const perGroup = dimFloorDiv(at(input.shape, 1), groups)
        const grouped = ops.call('aten::reshape', [input, [at(input.shape, 0), groups, numel([perGroup, ...input.shape.slice(2)])]])
        const result = ops.call('aten::reshape', [standardize(ops, grouped, [-1], args.scalar('eps')), input.shape])
        const [weight, bias] = [args.tensorOrNull('weight'), args.tensorOrNull('bias')]
        return scaleAndShift(ops, result, weight && perChannel(ops, weight, rank), bias && perChannel(ops, bias, rank))
      },
    },
  },
  'nn::normalize': {
    schemas: ['normalize(Tensor input, float p=2.0, int dim=1, float eps=1e-12) -> Tensor'],
    homes: ['F'],
    infer: (args) => [requireFloat('normalize', args.tensor('input'))],
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const input = args.tensor('input')
        const length = ops.call('aten::linalg_vector_norm', [input, args.scalar('p'), [args.int('dim')], true])
        return ops.call('aten::div', [input, ops.call('aten::clamp_min', [length, args.scalar('eps')])])
      },
    },
  },
})
