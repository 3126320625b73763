/**
 * PyTorch's type promotion: operands fall into three classes (tensors with dims, 0-dim tensors, scalars); a lower class only matters
 * when its category (bool < integral < float) is higher than that of the classes above it.
 */
import type { Scalar } from './dim.ts'
import type { DType } from './dtype.ts'
import type { TensorMeta } from './operator.ts'

export type Category = 0 | 1 | 2

export const categoryOf = (dtype: DType): Category => (dtype === 'bool' ? 0 : dtype === 'float32' ? 2 : 1)

/** The dtype a scalar would have on its own: int64, the default float, or bool. A number that is an integer is an int. */
export function dtypeOfScalar(value: Scalar): DType {
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float32'
  if (value.op !== 'var' || value.type === 'int') return 'int64'
  return value.type === 'float' ? 'float32' : 'bool'
}

/** torch.promote_types. */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a
  if (a === 'float32' || b === 'float32') return 'float32'
  if (a === 'bool') return b
  if (b === 'bool') return a
  // uint8, int32, int64: the wider one.
  return a === 'int64' || b === 'int64' ? 'int64' : 'int32'
}

/** torch.result_type over any number of operands. */
export function resultType(operands: readonly (TensorMeta | Scalar)[]): DType {
  let withDims: DType | null = null
  let zeroDim: DType | null = null
  let scalar: DType | null = null
  const join = (a: DType | null, b: DType): DType => (a === null ? b : promoteTypes(a, b))
  for (const operand of operands) {
    if (typeof operand === 'object' && 'dtype' in operand) {
      if (operand.shape.length > 0) withDims = join(withDims, operand.dtype)
      else zeroDim = join(zeroDim, operand.dtype)
    } else scalar = join(scalar, dtypeOfScalar(operand))
  }
  return combine(withDims, combine(zeroDim, scalar)) ?? 'float32'
}

function combine(higher: DType | null, lower: DType | null): DType | null {
  if (higher === null) return lower
  if (lower === null) return higher
  return categoryOf(lower) > categoryOf(higher) ? promoteTypes(higher, lower) : higher
}

/** Float functions of ints give the default float. */
export const toFloating = (dtype: DType): DType => (dtype === 'float32' ? dtype : 'float32')

/** torch.can_cast: what an in-place operator may write. */
export const canCast = (from: DType, to: DType): boolean => categoryOf(from) <= categoryOf(to)
