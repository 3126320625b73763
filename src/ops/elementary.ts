/** Functions of one number: rounding, exponentials, trigonometry, tests. One formula an entry. */
import { family } from './define.ts'
import type { DType } from './dtype.ts'
import { elementwise, floating, toBool, without } from './elementwise.ts'
import type { Expr, UnaryFn } from './expr.ts'
import { and, cast, constant, div, eq, gt, lt, maximum, minimum, mul, or, select, sub, unary } from './exprs.ts'
import { first, intOrBool, isInf, noFloat } from './operands.ts'
import { resultType } from './promote.ts'

/** A float function; ints become float32. */
export const float = (name: string, body: (x: Expr) => Expr) =>
  elementwise({ schemas: [`${name}(Tensor self) -> Tensor`], dtype: floating, body: (xs) => body(first(xs)) })

const floatFn = (name: string, fn: UnaryFn = name as UnaryFn) => float(name, (x) => unary(fn, x))

/** Rounding functions leave ints alone. */
const rounding = (name: 'floor' | 'ceil' | 'trunc') =>
  elementwise({
    schemas: [`${name}(Tensor self) -> Tensor`],
    dtype: without(name, ['bool'], 'bool tensors are not supported'),
    body: (xs, _, dtype) => (dtype === 'float32' ? unary(name, first(xs)) : first(xs)),
  })

const predicate = (name: string, body: (x: Expr, dtype: DType) => Expr) =>
  elementwise({
    schemas: [`${name}(Tensor self) -> Tensor`],
    result: toBool,
    inplace: false,
    body: (xs, _, dtype) => body(first(xs), dtype),
  })

const decimals = (x: Expr, places: number): Expr => {
  if (places === 0) return unary('round', x)
  const scale = 10 ** Math.abs(places)
  return places > 0 ? div(unary('round', mul(x, scale)), scale) : mul(unary('round', div(x, scale)), scale)
}

export const elementary = family({
  'aten::abs': elementwise({
    schemas: ['abs(Tensor self) -> Tensor'],
    body: (xs, _, dtype) => (dtype === 'bool' || dtype === 'uint8' ? first(xs) : unary('abs', first(xs))),
  }),
  'aten::neg': elementwise({
    schemas: ['neg(Tensor self) -> Tensor'],
    dtype: without('neg', ['bool'], 'bool tensors have no negative; use logicalNot'),
    body: (xs) => unary('neg', first(xs)),
  }),
  'aten::positive': elementwise({
    schemas: ['positive(Tensor self) -> Tensor'],
    dtype: without('positive', ['bool'], 'bool tensors are not supported'),
    inplace: false,
    body: first,
  }),
  'aten::sign': elementwise({
    schemas: ['sign(Tensor self) -> Tensor'],
    body: (xs, _, dtype) => (dtype === 'bool' ? first(xs) : unary('sign', first(xs))),
  }),
  'aten::sgn': elementwise({
    schemas: ['sgn(Tensor self) -> Tensor'],
    body: (xs, _, dtype) => (dtype === 'bool' ? first(xs) : unary('sign', first(xs))),
  }),
  'aten::floor': rounding('floor'),
  'aten::ceil': rounding('ceil'),
  'aten::trunc': rounding('trunc'),
  'aten::round': elementwise({
    schemas: ['round(Tensor self) -> Tensor', 'round.decimals(Tensor self, *, int decimals) -> Tensor'],
    dtype: without('round', ['bool'], 'bool tensors are not supported'),
    body: (xs, args, dtype) => (dtype === 'float32' ? decimals(first(xs), args.intOrNull('decimals') ?? 0) : first(xs)),
  }),
  'aten::frac': elementwise({
    schemas: ['frac(Tensor self) -> Tensor'],
    dtype: without('frac', ['bool', 'uint8', 'int32', 'int64'], 'needs a float tensor'),
    body: (xs) => sub(first(xs), unary('trunc', first(xs))),
  }),
  'aten::square': elementwise({
    schemas: ['square(Tensor self) -> Tensor'],
    dtype: (values) => (resultType(values) === 'bool' ? 'int64' : resultType(values)),
    body: (xs) => mul(first(xs), first(xs)),
  }),
  'aten::sqrt': floatFn('sqrt'),
  'aten::rsqrt': floatFn('rsqrt'),
  'aten::reciprocal': float('reciprocal', (x) => div(1, x)),
  'aten::exp': floatFn('exp'),
  'aten::exp2': floatFn('exp2'),
  'aten::expm1': floatFn('expm1'),
  'aten::log': floatFn('log'),
  'aten::log2': floatFn('log2'),
  'aten::log10': floatFn('log10'),
  'aten::log1p': floatFn('log1p'),
  'aten::sin': floatFn('sin'),
  'aten::cos': floatFn('cos'),
  'aten::tan': floatFn('tan'),
  'aten::asin': floatFn('asin'),
  'aten::acos': floatFn('acos'),
  'aten::atan': floatFn('atan'),
  'aten::sinh': floatFn('sinh'),
  'aten::cosh': floatFn('cosh'),
  'aten::tanh': elementwise({
    schemas: ['tanh(Tensor self) -> Tensor'],
    homes: ['torch', 'Tensor', 'F'],
    dtype: floating,
    body: (xs) => unary('tanh', first(xs)),
  }),
  'aten::asinh': floatFn('asinh'),
  'aten::acosh': floatFn('acosh'),
  'aten::atanh': floatFn('atanh'),
  'aten::erf': floatFn('erf'),
  'aten::erfc': floatFn('erfc'),
  'aten::erfinv': floatFn('erfinv'),
  'aten::lgamma': floatFn('lgamma'),
  'aten::digamma': floatFn('digamma'),
  'aten::sigmoid': elementwise({
    schemas: ['sigmoid(Tensor self) -> Tensor'],
    homes: ['torch', 'Tensor', 'F'],
    dtype: floating,
    body: (xs) => unary('sigmoid', first(xs)),
  }),
  'aten::logit': elementwise({
    schemas: ['logit(Tensor self, float? eps=None) -> Tensor'],
    dtype: floating,
    body(xs, args) {
      const eps = args.scalarOrNull('eps')
      const p = eps === null ? first(xs) : minimum(maximum(first(xs), constant(eps, 'float32')), sub(1, constant(eps, 'float32')))
      return unary('log', div(p, sub(1, p)))
    },
  }),
  'aten::sinc': float('sinc', (x) => {
    const scaled = mul(x, Math.PI)
    return select(eq(x, 0), constant(1, 'float32'), div(unary('sin', scaled), scaled))
  }),
  'aten::deg2rad': float('deg2rad', (x) => mul(x, Math.PI / 180)),
  'aten::rad2deg': float('rad2deg', (x) => mul(x, 180 / Math.PI)),
  'aten::special_entr': elementwise({
    schemas: ['special_entr(Tensor self) -> Tensor'],
    homes: ['special'],
    dtype: floating,
    inplace: false,
    body(xs) {
      const x = first(xs)
      const positive = mul(unary('neg', x), unary('log', x))
      return select(unary('isnan', x), x, select(gt(x, 0), positive, select(eq(x, 0), constant(0, 'float32'), Number.NEGATIVE_INFINITY)))
    },
  }),
  'aten::special_ndtr': elementwise({
    schemas: ['special_ndtr(Tensor self) -> Tensor'],
    homes: ['special'],
    dtype: floating,
    inplace: false,
    body: (xs) => mul(unary('erfc', mul(first(xs), -Math.SQRT1_2)), 0.5),
  }),
  'aten::isnan': predicate('isnan', (x, dtype) => (intOrBool(dtype) ? constant(false, 'bool') : unary('isnan', x))),
  'aten::isinf': predicate('isinf', (x, dtype) => (intOrBool(dtype) ? constant(false, 'bool') : isInf(x))),
  'aten::isfinite': predicate('isfinite', (x, dtype) =>
    intOrBool(dtype) ? constant(true, 'bool') : lt(unary('abs', x), Number.POSITIVE_INFINITY),
  ),
  'aten::isposinf': predicate('isposinf', (x, dtype) => (intOrBool(dtype) ? constant(false, 'bool') : eq(x, Number.POSITIVE_INFINITY))),
  'aten::isneginf': predicate('isneginf', (x, dtype) => (intOrBool(dtype) ? constant(false, 'bool') : eq(x, Number.NEGATIVE_INFINITY))),
  // -0 has its sign bit set: only its reciprocal tells.
  'aten::signbit': predicate('signbit', (x, dtype) =>
    dtype === 'bool' ? constant(false, 'bool') : intOrBool(dtype) ? lt(x, 0) : or(lt(x, 0), and(eq(x, 0), lt(div(1, x), 0))),
  ),
  'aten::logical_not': elementwise({
    schemas: ['logical_not(Tensor self) -> Tensor'],
    result: toBool,
    body: (xs) => unary('logical_not', cast(first(xs), 'bool')),
  }),
  'aten::bitwise_not': elementwise({
    schemas: ['bitwise_not(Tensor self) -> Tensor'],
    dtype: (values) => noFloat('bitwise_not', values),
    body: (xs, _, dtype) => unary(dtype === 'bool' ? 'logical_not' : 'bitwise_not', first(xs)),
  }),
})
