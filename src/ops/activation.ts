/** Activation functions of nn.functional. */
import { family } from './define.ts'
import { dimFloorDiv, isConst } from './dimMath.ts'
import { elementwise, floating, without } from './elementwise.ts'
import type { Expr } from './expr.ts'
import { add, binary, constant, div, gt, le, lt, maximum, minimum, mul, select, sub, unary } from './exprs.ts'
import { type Args, type Home, OperatorError, type TensorMeta } from './operator.ts'
import { normalizeDim } from './shape.ts'

const first = (xs: readonly Expr[]): Expr => xs[0] as Expr
const number = (args: Args<TensorMeta>, name: string): Expr => constant(args.scalar(name), 'float32')

interface Activation {
  /** Parameters after self, as the schema has them. */
  readonly params?: string
  readonly homes?: readonly Home[]
  readonly body: (x: Expr, args: Args<TensorMeta>) => Expr
}

/** `F.name(input, ...)`; `inplace=False` of PyTorch's signature is accepted. */
const activation = (name: string, { params = '', homes = [], body }: Activation) =>
  elementwise({
    schemas: [`${name}(Tensor self${params}) -> Tensor`],
    homes,
    forms: [{ home: 'F', schema: `${name}(Tensor input${params}, bool inplace=False) -> Tensor` }],
    dtype: without(name, ['bool', 'uint8', 'int32', 'int64'], 'needs a float tensor'),
    body: (xs, args) => body(first(xs), args),
  })

const softplus = (x: Expr): Expr => unary('log1p', unary('exp', x))
/** log(1 + exp(x)) that neither overflows nor loses small values. */
const stableSoftplus = (x: Expr): Expr => add(maximum(x, 0), unary('log1p', unary('exp', unary('neg', unary('abs', x)))))
const elu = (x: Expr, alpha: Expr, scale: Expr, inputScale: Expr): Expr =>
  mul(scale, select(gt(x, 0), x, mul(alpha, unary('expm1', mul(inputScale, x)))))
const f32 = (value: number): Expr => constant(value, 'float32')

export const activations = family({
  'aten::relu': elementwise({
    schemas: ['relu(Tensor self) -> Tensor'],
    forms: [{ home: 'F', schema: 'relu(Tensor input, bool inplace=False) -> Tensor' }],
    dtype: without('relu', ['bool'], 'bool tensors are not supported'),
    body: (xs) => maximum(first(xs), 0),
  }),
  'aten::relu6': elementwise({
    schemas: ['relu6(Tensor self) -> Tensor'],
    homes: [],
    forms: [{ home: 'F', schema: 'relu6(Tensor input, bool inplace=False) -> Tensor' }],
    body: (xs) => minimum(maximum(first(xs), 0), 6),
  }),
  'aten::hardtanh': elementwise({
    schemas: ['hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor'],
    homes: [],
    forms: [{ home: 'F', schema: 'hardtanh(Tensor input, Scalar min_val=-1, Scalar max_val=1, bool inplace=False) -> Tensor' }],
    body: (xs, args, dtype) =>
      minimum(maximum(first(xs), constant(args.scalar('min_val'), dtype)), constant(args.scalar('max_val'), dtype)),
  }),
  'aten::threshold': elementwise({
    schemas: ['threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor'],
    homes: ['torch'],
    forms: [{ home: 'F', schema: 'threshold(Tensor input, Scalar threshold, Scalar value, bool inplace=False) -> Tensor' }],
    body: (xs, args, dtype) =>
      select(le(first(xs), constant(args.scalar('threshold'), dtype)), constant(args.scalar('value'), dtype), first(xs)),
  }),
  'aten::gelu': elementwise({
    schemas: ["gelu(Tensor self, *, str approximate='none') -> Tensor"],
    homes: ['F'],
    dtype: without('gelu', ['bool', 'uint8', 'int32', 'int64'], 'needs a float tensor'),
    body(xs, args) {
      const x = first(xs)
      const approximate = args.string('approximate')
      if (approximate === 'none') return mul(mul(x, 0.5), add(unary('erf', mul(x, Math.SQRT1_2)), 1))
      if (approximate !== 'tanh') throw new OperatorError('S2103', `gelu: approximate must be 'none' or 'tanh', not '${approximate}'`)
      const inner = mul(add(x, mul(mul(mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI))
      return mul(mul(x, 0.5), add(unary('tanh', inner), 1))
    },
  }),
  'aten::silu': activation('silu', { body: (x) => mul(x, unary('sigmoid', x)) }),
  'aten::mish': activation('mish', { body: (x) => mul(x, unary('tanh', stableSoftplus(x))) }),
  'aten::elu': activation('elu', {
    params: ', Scalar alpha=1',
    body: (x, args) => elu(x, number(args, 'alpha'), f32(1), f32(1)),
  }),
  'aten::selu': activation('selu', { homes: ['torch'], body: (x) => elu(x, f32(1.6732632423543772), f32(1.0507009873554805), f32(1)) }),
  'aten::celu': activation('celu', {
    params: ', Scalar alpha=1.0',
    homes: ['torch'],
    body: (x, args) => add(maximum(x, 0), minimum(mul(number(args, 'alpha'), unary('expm1', div(x, number(args, 'alpha')))), 0)),
  }),
  'aten::leaky_relu': activation('leaky_relu', {
    params: ', Scalar negative_slope=0.01',
    body: (x, args) => select(gt(x, 0), x, mul(x, number(args, 'negative_slope'))),
  }),
  'aten::softplus': elementwise({
    schemas: ['softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor'],
    homes: ['F'],
    dtype: without('softplus', ['bool', 'uint8', 'int32', 'int64'], 'needs a float tensor'),
    body(xs, args) {
      const scaled = mul(first(xs), number(args, 'beta'))
      return select(gt(scaled, number(args, 'threshold')), first(xs), div(softplus(scaled), number(args, 'beta')))
    },
  }),
  'nn::softsign': elementwise({
    schemas: ['softsign(Tensor self) -> Tensor'],
    homes: ['F'],
    inplace: false,
    dtype: floating,
    body: (xs) => div(first(xs), add(unary('abs', first(xs)), 1)),
  }),
  'nn::tanhshrink': elementwise({
    schemas: ['tanhshrink(Tensor self) -> Tensor'],
    homes: ['F'],
    inplace: false,
    dtype: floating,
    body: (xs) => sub(first(xs), unary('tanh', first(xs))),
  }),
  'aten::logsigmoid': elementwise({
    schemas: ['logsigmoid(Tensor self) -> Tensor'],
    homes: ['F'],
    inplace: false,
    dtype: floating,
    body: (xs) => sub(minimum(first(xs), 0), unary('log1p', unary('exp', unary('neg', unary('abs', first(xs)))))),
  }),
  'aten::hardsigmoid': activation('hardsigmoid', { body: (x) => div(minimum(maximum(add(x, 3), 0), 6), 6) }),
  'aten::hardswish': activation('hardswish', { body: (x) => div(mul(x, minimum(maximum(add(x, 3), 0), 6)), 6) }),
  'aten::hardshrink': elementwise({
    schemas: ['hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor'],
    homes: ['torch', 'F'],
    inplace: false,
    body(xs, args, dtype) {
      const lambda = constant(args.scalar('lambd'), dtype)
      const inside = binary('and', le(unary('neg', lambda), first(xs)), le(first(xs), lambda))
      return select(inside, constant(0, dtype), first(xs))
    },
  }),
  'aten::softshrink': elementwise({
    schemas: ['softshrink(Tensor self, Scalar lambd=0.5) -> Tensor'],
    homes: ['F'],
    inplace: false,
    body(xs, args, dtype) {
      const lambda = constant(args.scalar('lambd'), dtype)
      const x = first(xs)
      // NaN takes the last arm of neither comparison: x * 0 keeps it.
      return select(gt(x, lambda), sub(x, lambda), select(lt(x, unary('neg', lambda)), add(x, lambda), mul(x, 0)))
    },
  }),
  'aten::prelu': {
    schemas: ['prelu(Tensor self, Tensor weight) -> Tensor'],
    homes: ['torch', 'F'],
    infer(args) {
      const self = args.tensor('self')
      const [count] = args.tensor('weight').shape
      const channels = self.shape[Math.min(1, self.shape.length - 1)] ?? 1
      if (count !== undefined && isConst(count) && isConst(channels) && count !== 1 && (self.shape.length < 2 ? 1 : channels) !== count) {
        throw new OperatorError('S3001', `prelu: weight has ${count} elements but the input has ${channels} channels`)
      }
      return [{ dtype: self.dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const weight = args.tensor('weight')
        const rank = self.shape.length
        const slope =
          weight.shape.length === 0 || rank < 2
            ? ops.call('aten::reshape', [weight, []])
            : ops.call('aten::reshape', [weight, [-1, ...Array<number>(rank - 2).fill(1)]])
        return ops.call('aten::where', [ops.call('aten::gt', [self, 0]), self, ops.call('aten::mul', [self, slope])])
      },
    },
  },
  'aten::glu': {
    schemas: ['glu(Tensor self, int dim=-1) -> Tensor'],
    homes: ['F'],
    infer(args) {
      const self = args.tensor('self')
      const dim = normalizeDim('glu', args.int('dim'), self.shape.length)
      const size = self.shape[dim] as (typeof self.shape)[number]
      if (isConst(size) && size % 2 !== 0) throw new OperatorError('S3001', `glu: dim ${dim} must have an even size, not ${size}`)
      return [{ dtype: self.dtype, shape: self.shape.map((n, i) => (i === dim ? dimFloorDiv(n, 2) : n)) }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const [a, b] = ops.callMany('aten::chunk', [args.tensor('self'), 2, args.int('dim')])
        return ops.call('aten::mul', [a as NonNullable<typeof a>, ops.call('aten::sigmoid', [b as NonNullable<typeof b>])])
      },
    },
  },
  'aten::dropout': {
    schemas: ['dropout(Tensor self, float p, bool train) -> Tensor'],
    homes: [],
    forms: [
      {
        home: 'F',
        schema: 'dropout(Tensor input, float p=0.5, bool training=True, bool inplace=False) -> Tensor',
        rename: { training: 'train' },
      },
    ],
    infer: (args) => [args.tensor('self')],
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const p = args.scalar('p')
        if (!args.bool('train') || p === 0) return self
        if (typeof p !== 'number' || p < 0 || p > 1)
          throw new OperatorError('S2103', `dropout: p must lie between 0 and 1, not ${String(p)}`)
        if (p === 1) return ops.call('aten::mul', [self, 0])
        const kept = ops.call('aten::ge', [ops.call('aten::rand', [self.shape]), p])
        return ops.call('aten::div', [ops.call('aten::mul', [self, kept]), 1 - p])
      },
    },
  },
})
