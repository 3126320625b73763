/**
 * What the operators with index tensors share: the check of an index, and positions that count from the end.
 */

import type { Dim } from './dim.ts'
import type { Expr } from './expr.ts'
import { add, cast, int, lt, select } from './exprs.ts'
import { type InferContext, OperatorError, type TensorMeta } from './operator.ts'

export function requireIndex(name: string, index: TensorMeta): void {
  // PyTorch lets an index without elements be of any dtype.
  if (index.shape.includes(0)) return
  if (index.dtype !== 'int64' && index.dtype !== 'int32')
    throw new OperatorError('S3102', `${name}: index must be an int64 tensor, not ${index.dtype}`)
}

/** Negative positions count from the end. */
export const wrapped = (index: Expr, size: Dim): Expr => select(lt(index, 0), add(index, int(size)), index)

export const asInt = (index: Expr): Expr => cast(index, 'int64')

export const replaced = <T>(values: readonly T[], index: number, value: T): T[] => values.map((old, i) => (i === index ? value : old))

export const quiet: InferContext = { fresh: () => 0, requireEqual: () => {} }
