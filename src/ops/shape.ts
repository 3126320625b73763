/** Shape arithmetic that the rules share: broadcasting, axis numbers, element counts, row-major strides. All of it on symbolic dims. */
import type { Dim } from './dim.ts'
import { dimEqual, dimMul, dimProduct, dimToString } from './dimMath.ts'
import { type InferContext, OperatorError } from './operator.ts'

export const formatShape = (shape: readonly Dim[]): string => `[${shape.map(dimToString).join(', ')}]`

export const numel = (shape: readonly Dim[]): Dim => dimProduct(shape)

export function contiguousStrides(shape: readonly Dim[]): Dim[] {
  const strides: Dim[] = []
  let stride: Dim = 1
  for (let i = shape.length - 1; i >= 0; i--) {
    strides.unshift(stride)
    const size = shape[i] as Dim
    stride = size === 0 ? stride : dimMul(stride, size)
  }
  return strides
}

/**
 * The common shape of tensors under NumPy's rules. Two symbolic dims of different names, or a symbol and a number other than 1, are
 * required to be equal (a symbolic dim never means "maybe 1").
 */
export function broadcastShapes(operator: string, shapes: readonly (readonly Dim[])[], context: InferContext): readonly Dim[] {
  let result: readonly Dim[] = []
  for (const shape of shapes) {
    const rank = Math.max(result.length, shape.length)
    const before = result
    result = Array.from({ length: rank }, (_, i) => {
      const a = before[before.length - rank + i]
      const b = shape[shape.length - rank + i]
      if (a === undefined) return b as Dim
      if (b === undefined || b === 1 || dimEqual(a, b)) return a
      if (a === 1) return b
      const message = () =>
        `${operator}: shapes ${formatShape(before)} and ${formatShape(shape)} do not broadcast (dim ${i}: ${dimToString(a)} and ${dimToString(b)})`
      if (typeof a === 'number' && typeof b === 'number') throw new OperatorError('S3001', message())
      context.requireEqual(a, b, message)
      return typeof a === 'number' ? a : b
    })
  }
  return result
}

/** The axis number in 0..rank-1; rank 0 counts as 1, as in PyTorch. */
export function normalizeDim(operator: string, dim: number, rank: number): number {
  const count = Math.max(rank, 1)
  if (dim < -count || dim >= count) {
    throw new OperatorError(
      'S3004',
      `${operator}: dim ${dim} is out of range for a tensor of ${rank} dims (expected ${-count} to ${count - 1})`,
    )
  }
  return dim < 0 ? dim + count : dim
}

/** Several axes, each once; null and [] mean all where `emptyIsAll`. */
export function normalizeDims(operator: string, dims: readonly number[] | null, rank: number, emptyIsAll = true): readonly number[] {
  if (dims === null || (emptyIsAll && dims.length === 0)) return Array.from({ length: rank }, (_, i) => i)
  const result = dims.map((dim) => normalizeDim(operator, dim, rank))
  if (new Set(result).size !== result.length) throw new OperatorError('S3004', `${operator}: a dim occurs twice in [${dims.join(', ')}]`)
  return rank === 0 ? [] : result
}

/** Throws, or guards at run time, unless the shapes are equal. */
export function requireSameShape(operator: string, a: readonly Dim[], b: readonly Dim[], context: InferContext): void {
  const message = () => `${operator}: shapes ${formatShape(a)} and ${formatShape(b)} must be equal`
  if (a.length !== b.length) throw new OperatorError('S3001', message())
  for (const [i, dim] of a.entries()) requireEqualDims(dim, b[i] as Dim, message, context)
}

/** One pair of dims: equal, thrown when known to differ, guarded at run time otherwise. */
export function requireEqualDims(a: Dim, b: Dim, message: () => string, context: InferContext): void {
  if (dimEqual(a, b)) return
  if (typeof a === 'number' && typeof b === 'number') throw new OperatorError('S3001', message())
  context.requireEqual(a, b, message)
}

/** Throws unless the tensor has one of the ranks. */
export function requireRank(operator: string, name: string, shape: readonly Dim[], ...ranks: readonly number[]): void {
  if (!ranks.includes(shape.length)) {
    throw new OperatorError('S3001', `${operator}: ${name} must have ${ranks.join(' or ')} dims, its shape is ${formatShape(shape)}`)
  }
}
