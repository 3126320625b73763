/** Arithmetic and choice, of two operands and more: one formula an entry. */
import { family } from './define.ts'
import type { DType } from './dtype.ts'
import { elementwise, floating, isTensor } from './elementwise.ts'
import type { Expr, UnaryFn } from './expr.ts'
import { add, and, binary, cast, constant, div, eq, loadBroadcast, lt, maximum, minimum, mul, ne, or, select, sub, unary } from './exprs.ts'
import { binaryFn, binarySchemas, type Exprs, first, intOrBool, isInf, operands, pair } from './operands.ts'
import { type Args, OperatorError, type TensorMeta } from './operator.ts'
import { categoryOf, resultType } from './promote.ts'

/** add and sub: `self ± alpha * other`. */
const addLike = (name: 'add' | 'sub' | 'rsub', formula: (a: Expr, b: Expr) => Expr) =>
  elementwise({
    schemas: [
      `${name}.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`,
      `${name}.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`,
    ],
    homes: name === 'rsub' ? ['torch'] : ['torch', 'Tensor'],
    inplace: name !== 'rsub',
    operands,
    dtype(values, args) {
      const dtype = resultType(values)
      if (name !== 'add' && dtype === 'bool')
        throw new OperatorError('S3102', `${name}: bool tensors cannot be subtracted; use logicalXor or logicalNot`)
      checkAlpha(name, args, dtype)
      return dtype
    },
    body(xs, args, dtype) {
      const alpha = args.scalar('alpha')
      const [a, b] = pair(xs)
      // On bools add is or.
      if (dtype === 'bool') return alpha === false || alpha === 0 ? a : binary('or', a, b)
      const scaled = (x: Expr): Expr => (alpha === 1 || alpha === true ? x : mul(x, constant(alpha, dtype)))
      // rsub is other - alpha * self.
      return name === 'rsub' ? formula(scaled(a), b) : formula(a, scaled(b))
    },
  })

function checkAlpha(name: string, args: Args<TensorMeta>, dtype: DType): void {
  const alpha = args.scalar('alpha')
  if (categoryOf(dtype) < 2 && typeof alpha === 'number' && !Number.isInteger(alpha)) {
    throw new OperatorError('S3102', `${name}: alpha of a result of ${dtype} must be an int, not ${alpha}`)
  }
}

/** Division as PyTorch rounds it: null, 'trunc' or 'floor'. */
function divide(a: Expr, b: Expr, mode: string | null): Expr {
  if (mode === null) return div(a, b)
  if (mode === 'floor') return binary('floordiv', a, b)
  if (mode !== 'trunc') throw new OperatorError('S2103', `div: roundingMode must be null, 'trunc' or 'floor', not '${mode}'`)
  const quotient = div(a, b)
  return quotient.dtype === 'float32' ? unary('trunc', quotient) : quotient
}

const power = (name: string, schemas: readonly string[], names: readonly string[]) =>
  elementwise({
    schemas,
    homes: name === 'float_power' || schemas.length > 1 ? ['torch', 'Tensor'] : ['torch'],
    operands: names,
    dtype(values) {
      const dtype = resultType(values)
      const exponent = values[1]
      if (categoryOf(dtype) < 2 && typeof exponent === 'number' && exponent < 0)
        throw new OperatorError('S3102', 'pow: ints cannot be raised to a negative int power')
      return name === 'float_power' ? 'float32' : dtype
    },
    body(xs, _, dtype) {
      const [a, b] = pair(xs)
      if (dtype === 'bool') return or(a, unary('logical_not', b))
      if (b.e === 'scalar' && dtype === 'float32') {
        // The powers that PyTorch computes exactly.
        if (b.value === 2) return mul(a, a)
        if (b.value === 3) return mul(mul(a, a), a)
        if (b.value === 0.5) return unary('sqrt', a)
        if (b.value === -0.5) return unary('rsqrt', a)
        if (b.value === -1) return div(1, a)
        if (b.value === -2) return div(1, mul(a, a))
        if (b.value === 1) return a
      }
      return binary('pow', a, b)
    },
  })

/** log(exp(a) + exp(b)) in base e or 2 without overflow. */
const logAddExp = (name: string, exp: UnaryFn, log: (x: Expr) => Expr) =>
  elementwise({
    schemas: [`${name}(Tensor self, Tensor other) -> Tensor`],
    operands,
    dtype: floating,
    inplace: false,
    body(xs) {
      const [a, b] = pair(xs)
      const same = and(isInf(a), eq(a, b))
      return select(same, a, add(maximum(a, b), log(unary(exp, unary('neg', unary('abs', sub(a, b)))))))
    },
  })

const clampBody = (xs: Exprs, args: Args<TensorMeta>): Expr => {
  const x = first(xs)
  const [low, high] = args.has('min') ? [xs[1], xs[2]] : [undefined, xs[1]]
  const raised = low ? maximum(x, low) : x
  return high ? minimum(raised, high) : raised
}

const nanSafe = (x: Expr, y: Expr): Expr => select(unary('isnan', y), y, x)

export const pointwise = family({
  'aten::add': addLike('add', (a, b) => add(a, b)),
  'aten::sub': addLike('sub', (a, b) => sub(a, b)),
  'aten::rsub': addLike('rsub', (a, b) => sub(b, a)),
  'aten::mul': elementwise({
    schemas: binarySchemas('mul'),
    operands,
    body: (xs, _, dtype) => binary(dtype === 'bool' ? 'and' : 'mul', ...pair(xs)),
  }),
  'aten::div': elementwise({
    schemas: [
      ...binarySchemas('div'),
      'div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor',
      'div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor',
    ],
    operands,
    dtype: (values, args) => (args.has('rounding_mode') ? resultType(values) : floating(values)),
    body: (xs, args) => divide(...pair(xs), args.stringOrNull('rounding_mode')),
  }),
  'aten::floor_divide': binaryFn('floor_divide', 'floordiv'),
  'aten::remainder': elementwise({
    schemas: [...binarySchemas('remainder'), 'remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor'],
    operands,
    body: (xs) => binary('remainder', ...pair(xs)),
  }),
  'aten::fmod': binaryFn('fmod', 'fmod'),
  'aten::pow': power(
    'pow',
    [
      'pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor',
      'pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor',
      'pow.Scalar(Scalar self, Tensor exponent) -> Tensor',
    ],
    ['self', 'exponent'],
  ),
  'aten::float_power': power(
    'float_power',
    [
      'float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor',
      'float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor',
    ],
    ['self', 'exponent'],
  ),
  'aten::atan2': elementwise({
    schemas: ['atan2(Tensor self, Tensor other) -> Tensor'],
    operands,
    dtype: floating,
    body: (xs) => binary('atan2', ...pair(xs)),
  }),
  'aten::maximum': elementwise({
    schemas: ['maximum(Tensor self, Tensor other) -> Tensor'],
    operands,
    inplace: false,
    body: (xs) => maximum(...pair(xs)),
  }),
  'aten::minimum': elementwise({
    schemas: ['minimum(Tensor self, Tensor other) -> Tensor'],
    operands,
    inplace: false,
    body: (xs) => minimum(...pair(xs)),
  }),
  'aten::fmax': elementwise({
    schemas: ['fmax(Tensor self, Tensor other) -> Tensor'],
    operands,
    inplace: false,
    body(xs, _, dtype) {
      const [a, b] = pair(xs)
      return dtype === 'float32' ? select(unary('isnan', b), a, select(unary('isnan', a), b, maximum(a, b))) : maximum(a, b)
    },
  }),
  'aten::fmin': elementwise({
    schemas: ['fmin(Tensor self, Tensor other) -> Tensor'],
    operands,
    inplace: false,
    body(xs, _, dtype) {
      const [a, b] = pair(xs)
      return dtype === 'float32' ? select(unary('isnan', b), a, select(unary('isnan', a), b, minimum(a, b))) : minimum(a, b)
    },
  }),
  'aten::hypot': elementwise({
    schemas: ['hypot(Tensor self, Tensor other) -> Tensor'],
    operands,
    dtype: floating,
    body(xs) {
      // The larger one is taken out, so that the squares do not overflow.
      const [a, b] = pair(xs).map((x) => unary('abs', x)) as [Expr, Expr]
      const large = maximum(a, b)
      const ratio = div(minimum(a, b), large)
      const length = mul(large, unary('sqrt', add(mul(ratio, ratio), 1)))
      return select(or(eq(large, 0), eq(large, Number.POSITIVE_INFINITY)), large, length)
    },
  }),
  'aten::copysign': elementwise({
    schemas: ['copysign.Tensor(Tensor self, Tensor other) -> Tensor', 'copysign.Scalar(Tensor self, Scalar other) -> Tensor'],
    operands,
    dtype: floating,
    body(xs) {
      const [a, b] = pair(xs)
      const size = unary('abs', a)
      return select(or(lt(b, 0), and(eq(b, 0), lt(div(1, b), 0))), unary('neg', size), size)
    },
  }),
  'aten::logaddexp': logAddExp('logaddexp', 'exp', (x) => unary('log1p', x)),
  'aten::logaddexp2': logAddExp('logaddexp2', 'exp2', (x) => mul(unary('log1p', x), Math.LOG2E)),
  'aten::xlogy': elementwise({
    schemas: [
      'xlogy.Tensor(Tensor self, Tensor other) -> Tensor',
      'xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor',
      'xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor',
    ],
    operands,
    dtype: floating,
    body(xs) {
      const [a, b] = pair(xs)
      return nanSafe(select(eq(a, 0), constant(0, 'float32'), mul(a, unary('log', b))), b)
    },
  }),
  'aten::special_xlog1py': elementwise({
    schemas: [
      'special_xlog1py(Tensor self, Tensor other) -> Tensor',
      'special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor',
      'special_xlog1py.other_scalar(Tensor self, Scalar other) -> Tensor',
    ],
    homes: ['special'],
    operands,
    dtype: floating,
    inplace: false,
    body(xs) {
      const [a, b] = pair(xs)
      return nanSafe(select(eq(a, 0), constant(0, 'float32'), mul(a, unary('log1p', b))), b)
    },
  }),
  'aten::ldexp': elementwise({
    schemas: ['ldexp.Tensor(Tensor self, Tensor other) -> Tensor'],
    operands,
    dtype: floating,
    body: (xs) => mul(first(xs), binary('pow', 2, pair(xs)[1])),
  }),
  'aten::heaviside': elementwise({
    schemas: ['heaviside(Tensor self, Tensor values) -> Tensor'],
    operands: ['self', 'values'],
    dtype(values) {
      const [a, b] = values
      if (isTensor(a as TensorMeta) && isTensor(b as TensorMeta) && (a as TensorMeta).dtype !== (b as TensorMeta).dtype) {
        throw new OperatorError('S3102', `heaviside: self is ${(a as TensorMeta).dtype} but values is ${(b as TensorMeta).dtype}`)
      }
      return resultType(values)
    },
    body(xs, _, dtype) {
      const [x, values] = pair(xs)
      if (dtype === 'bool') return select(x, constant(true, 'bool'), values)
      const step = select(eq(x, 0), values, select(lt(x, 0), constant(0, dtype), constant(1, dtype)))
      return dtype === 'float32' ? select(unary('isnan', x), constant(0, dtype), step) : step
    },
  }),

  'aten::frexp': {
    schemas: ['frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)'],
    homes: ['torch', 'Tensor'],
    infer(args) {
      const self = args.tensor('self')
      if (self.dtype !== 'float32') throw new OperatorError('S3102', `frexp: needs a float tensor, not ${self.dtype}`)
      return [
        { dtype: 'float32', shape: self.shape },
        { dtype: 'int32', shape: self.shape },
      ]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const self = args.tensor('self')
        const x = loadBroadcast(0, self, self.shape.length)
        // The logarithm may round to the next power of two; the mantissa then leaves [0.5, 1) and tells.
        const guess = add(unary('floor', unary('log2', unary('abs', x))), 1)
        const scaled = mul(x, unary('exp2', unary('neg', guess)))
        const size = unary('abs', scaled)
        const [tooSmall, tooLarge] = [lt(size, 0.5), binary('ge', size, 1)]
        const regular = and(ne(x, 0), lt(unary('abs', x), Number.POSITIVE_INFINITY))
        const mantissa = select(regular, select(tooSmall, mul(scaled, 2), select(tooLarge, mul(scaled, 0.5), scaled)), x)
        const exponent = select(regular, select(tooSmall, sub(guess, 1), select(tooLarge, add(guess, 1), guess)), 0)
        const axes = (outputs[0] as TensorMeta).shape
        return {
          inputs: [self],
          results: [
            { dtype: 'float32' as const, axes, body: mantissa },
            { dtype: 'int32' as const, axes, body: cast(exponent, 'int32') },
          ],
        }
      },
    },
  },

  'aten::where': elementwise({
    schemas: [
      'where.self(Tensor condition, Tensor self, Tensor other) -> Tensor',
      'where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor',
      'where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor',
      'where.Scalar(Tensor condition, Scalar self, Scalar other) -> Tensor',
    ],
    homes: ['torch'],
    forms: [
      { home: 'Tensor', schema: 'where(Tensor self, Tensor condition, Tensor other) -> Tensor', overload: 0 },
      { home: 'Tensor', schema: 'where(Tensor self, Tensor condition, Scalar other) -> Tensor', overload: 1 },
    ],
    operands: ['condition', 'self', 'other'],
    conditions: ['condition'],
    inplace: false,
    dtype(values) {
      const condition = values[0] as TensorMeta
      if (condition.dtype !== 'bool' && condition.dtype !== 'uint8')
        throw new OperatorError('S3102', `where: condition must be a bool tensor, not ${condition.dtype}`)
      return resultType(values.slice(1))
    },
    body: (xs) => select(xs[0] as Expr, xs[1] as Expr, xs[2] as Expr),
  }),
  'aten::masked_fill': elementwise({
    schemas: [
      'masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor',
      'masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor',
    ],
    operands: ['self', 'mask', 'value'],
    conditions: ['mask'],
    dtype(values) {
      const [self, mask] = values as readonly TensorMeta[]
      if (mask?.dtype !== 'bool') throw new OperatorError('S3102', `maskedFill: mask must be a bool tensor, not ${mask?.dtype}`)
      return (self as TensorMeta).dtype
    },
    body: (xs) => select(xs[1] as Expr, xs[2] as Expr, xs[0] as Expr),
  }),
  'aten::clamp': elementwise({
    schemas: [
      'clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor',
      'clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor',
    ],
    operands: ['self', 'min', 'max'],
    dtype(values) {
      if (values.length === 1) throw new OperatorError('S2101', 'clamp: at least one of min and max must be given')
      return resultType(values)
    },
    body: clampBody,
  }),
  'aten::clamp_min': elementwise({
    schemas: ['clamp_min(Tensor self, Scalar min) -> Tensor', 'clamp_min.Tensor(Tensor self, Tensor min) -> Tensor'],
    operands: ['self', 'min'],
    body: (xs) => maximum(...pair(xs)),
  }),
  'aten::clamp_max': elementwise({
    schemas: ['clamp_max(Tensor self, Scalar max) -> Tensor', 'clamp_max.Tensor(Tensor self, Tensor max) -> Tensor'],
    operands: ['self', 'max'],
    body: (xs) => minimum(...pair(xs)),
  }),
  'aten::lerp': elementwise({
    schemas: [
      'lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor',
      'lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor',
    ],
    operands: ['self', 'end', 'weight'],
    dtype: floating,
    body(xs) {
      const [start, end, weight] = xs as [Expr, Expr, Expr]
      const step = sub(end, start)
      return select(lt(unary('abs', weight), 0.5), add(start, mul(weight, step)), sub(end, mul(step, sub(1, weight))))
    },
  }),
  'aten::addcmul': elementwise({
    schemas: ['addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor'],
    operands: ['self', 'tensor1', 'tensor2'],
    body(xs, args, dtype) {
      const [self, a, b] = xs as [Expr, Expr, Expr]
      const value = args.scalar('value')
      const product = mul(a, b)
      return add(self, value === 1 ? product : mul(constant(value, dtype), product))
    },
  }),
  'aten::addcdiv': elementwise({
    schemas: ['addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor'],
    operands: ['self', 'tensor1', 'tensor2'],
    dtype: floating,
    body(xs, args, dtype) {
      const [self, a, b] = xs as [Expr, Expr, Expr]
      return add(self, mul(constant(args.scalar('value'), dtype), div(a, b)))
    },
  }),
  'aten::nan_to_num': elementwise({
    schemas: ['nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor'],
    body(xs, args, dtype) {
      const x = first(xs)
      if (intOrBool(dtype)) return x
      const largest = 3.4028234663852886e38
      const finite = select(eq(x, Number.POSITIVE_INFINITY), constant(args.scalarOrNull('posinf') ?? largest, dtype), x)
      const both = select(eq(x, Number.NEGATIVE_INFINITY), constant(args.scalarOrNull('neginf') ?? -largest, dtype), finite)
      return select(unary('isnan', x), constant(args.scalarOrNull('nan') ?? 0, dtype), both)
    },
  }),
})
