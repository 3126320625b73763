/** What pointwise operators of one and of two operands share: their expressions, schemas and dtypes. */
import type { DType } from './dtype.ts'
import { elementwise, type floating } from './elementwise.ts'
import type { BinaryFn, Expr } from './expr.ts'
import { binary, eq, or } from './exprs.ts'
import { OperatorError, type TensorMeta } from './operator.ts'
import { resultType } from './promote.ts'

export const isInf = (x: Expr): Expr => or(eq(x, Number.POSITIVE_INFINITY), eq(x, Number.NEGATIVE_INFINITY))

export type Exprs = readonly Expr[]

export const first = (xs: Exprs): Expr => xs[0] as Expr

export const pair = (xs: Exprs): [Expr, Expr] => [xs[0] as Expr, xs[1] as Expr]

export const binarySchemas = (name: string): readonly string[] => [
  `${name}.Tensor(Tensor self, Tensor other) -> Tensor`,
  `${name}.Scalar(Tensor self, Scalar other) -> Tensor`,
]

export const operands = ['self', 'other'] as const

export const binaryFn = (
  name: string,
  fn: BinaryFn,
  options: { readonly dtype?: (operands: readonly (TensorMeta | number | boolean | object)[]) => DType } = {},
) =>
  elementwise({
    schemas: binarySchemas(name),
    operands,
    ...(options.dtype ? { dtype: options.dtype as typeof floating } : {}),
    body: (xs) => binary(fn, ...pair(xs)),
  })

export const noFloat = (name: string, values: Parameters<typeof resultType>[0]): DType => {
  const dtype = resultType(values)
  if (dtype === 'float32') throw new OperatorError('S3102', `${name}: needs int or bool tensors, not float32`)
  return dtype
}

export const intOrBool = (dtype: DType): boolean => dtype !== 'float32'
