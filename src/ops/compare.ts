/** Comparisons, logic and bits. */
import { family } from './define.ts'
import { elementwise, toBool } from './elementwise.ts'
import type { BinaryFn } from './expr.ts'
import { add, and, binary, cast, constant, eq, le, lt, mul, or, sub, unary } from './exprs.ts'
import { binarySchemas, noFloat, operands, pair } from './operands.ts'

const comparison = (name: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge') =>
  elementwise({ schemas: binarySchemas(name), operands, result: toBool, body: (xs) => binary(name, ...pair(xs)) })

const logical = (name: string, fn: 'and' | 'or' | 'xor') =>
  elementwise({
    schemas: [`${name}(Tensor self, Tensor other) -> Tensor`],
    operands,
    result: toBool,
    body(xs) {
      const [a, b] = pair(xs)
      return binary(fn, cast(a, 'bool'), cast(b, 'bool'))
    },
  })

const bitwise = (name: string, fn: BinaryFn) =>
  elementwise({ schemas: binarySchemas(name), operands, dtype: (values) => noFloat(name, values), body: (xs) => binary(fn, ...pair(xs)) })

export const comparisons = family({
  'aten::eq': comparison('eq'),
  'aten::ne': comparison('ne'),
  'aten::lt': comparison('lt'),
  'aten::le': comparison('le'),
  'aten::gt': comparison('gt'),
  'aten::ge': comparison('ge'),
  'aten::isclose': elementwise({
    schemas: ['isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor'],
    operands,
    result: toBool,
    inplace: false,
    body(xs, args, dtype) {
      const [a, b] = pair(xs)
      if (dtype === 'bool') return eq(a, b)
      const [x, y] = [cast(a, 'float32'), cast(b, 'float32')]
      const allowed = add(constant(args.scalar('atol'), 'float32'), unary('abs', mul(y, constant(args.scalar('rtol'), 'float32'))))
      const near = and(le(unary('abs', sub(x, y)), allowed), lt(unary('abs', y), Number.POSITIVE_INFINITY))
      const close = or(eq(x, y), near)
      return args.bool('equal_nan') ? or(close, and(unary('isnan', x), unary('isnan', y))) : close
    },
  }),
  'aten::logical_and': logical('logical_and', 'and'),
  'aten::logical_or': logical('logical_or', 'or'),
  'aten::logical_xor': logical('logical_xor', 'xor'),
  'aten::bitwise_and': bitwise('bitwise_and', 'and'),
  'aten::bitwise_or': bitwise('bitwise_or', 'or'),
  'aten::bitwise_xor': bitwise('bitwise_xor', 'xor'),
  'aten::bitwise_left_shift': bitwise('bitwise_left_shift', 'shl'),
  'aten::bitwise_right_shift': bitwise('bitwise_right_shift', 'shr'),
})
