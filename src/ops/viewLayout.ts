/** Shapes and strides of views: what reshaping, expanding, slicing and diagonals make of a layout. */
import type { Dim } from './dim.ts'
import { dimAdd, dimCeilDiv, dimEqual, dimFloorDiv, dimMax, dimMin, dimMul, dimRange, dimSub, isConst } from './dimMath.ts'
import { type InferContext, OperatorError, type StridedMeta, type TensorMeta } from './operator.ts'
import { contiguousStrides, formatShape, normalizeDim, normalizeDims, numel, requireEqualDims } from './shape.ts'

export type Layout = Pick<StridedMeta, 'shape' | 'strides'> & { readonly offset?: Dim }

export const noGuards: InferContext = {
  fresh: () => {
    throw new Error('internal error: a view has no fresh dims')
  },
  requireEqual: () => {},
}

export const single = (self: StridedMeta, layout: Layout): readonly StridedMeta[] => [
  { dtype: self.dtype, shape: layout.shape, strides: layout.strides, offset: layout.offset ?? self.offset },
]

export const at = <T>(values: readonly T[], index: number): T => values[index] as T

export const without = <T>(values: readonly T[], index: number): readonly T[] => values.filter((_, i) => i !== index)

export const replaced = <T>(values: readonly T[], index: number, value: T): readonly T[] =>
  values.map((old, i) => (i === index ? value : old))

export function permuted(self: StridedMeta, dims: readonly number[]): readonly StridedMeta[] {
  return single(self, { shape: dims.map((dim) => at(self.shape, dim)), strides: dims.map((dim) => at(self.strides, dim)) })
}

export function transposed(self: StridedMeta, name: string, dim0: number, dim1: number): readonly StridedMeta[] {
  const rank = self.shape.length
  const a = normalizeDim(name, dim0, rank)
  const b = normalizeDim(name, dim1, rank)
  return permuted(
    self,
    self.shape.map((_, i) => (i === a ? b : i === b ? a : i)),
  )
}

/** The sizes with -1 solved, checked against the number of elements. */
export function solveShape(name: string, shape: readonly Dim[], sizes: readonly Dim[], context: InferContext): readonly Dim[] {
  const total = numel(shape)
  const holes = sizes.filter((size) => size === -1).length
  const message = () => `${name}: shape ${formatShape(shape)} cannot become ${formatShape(sizes)}: the number of elements differs`
  if (holes > 1) throw new OperatorError('S3006', `${name}: only one size may be -1 in ${formatShape(sizes)}`)
  if (sizes.some((size) => isConst(size) && size < -1))
    throw new OperatorError('S3006', `${name}: a size is negative in ${formatShape(sizes)}`)
  if (holes === 0) {
    requireEqualDims(total, numel(sizes), message, context)
    return sizes
  }
  const known = numel(sizes.filter((size) => size !== -1))
  if (known === 0) throw new OperatorError('S3006', `${name}: -1 in ${formatShape(sizes)} is ambiguous for a tensor without elements`)
  const solved = dimFloorDiv(total, known)
  requireEqualDims(total, dimMul(solved, known), message, context)
  return sizes.map((size) => (size === -1 ? solved : size))
}

/**
 * Strides of `sizes` over the same elements, or null when a copy is needed: at::detail::computeStride. Runs of dims of the old
 * shape that lie densely in each other are split anew; dims of size 1 lie anywhere.
 */
export function reshapedStrides(shape: readonly Dim[], strides: readonly Dim[], sizes: readonly Dim[]): readonly Dim[] | null {
  if (sizes.length === shape.length && sizes.every((size, i) => dimEqual(size, at(shape, i)))) return strides
  if (isConst(numel(shape)) && numel(shape) === 0) return contiguousStrides(sizes)
  // Sizes with symbols may be equal where it cannot be shown: of what is dense any shape is a view.
  if (contiguousStrides(shape).every((stride, i) => at(shape, i) === 1 || dimEqual(stride, at(strides, i)))) return contiguousStrides(sizes)
  const result: Dim[] = Array<Dim>(sizes.length).fill(1)
  let target = sizes.length - 1
  let chunkBase: Dim = strides.at(-1) ?? 1
  let chunk: Dim = 1
  let viewed: Dim = 1
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    chunk = dimMul(chunk, at(shape, dim))
    const ends = dim === 0 || (at(shape, dim - 1) !== 1 && !dimEqual(at(strides, dim - 1), dimMul(chunk, chunkBase)))
    if (!ends) continue
    while (target >= 0 && (fitsInto(viewed, chunk) || at(sizes, target) === 1)) {
      result[target] = dimMul(viewed, chunkBase)
      viewed = dimMul(viewed, at(sizes, target))
      target--
    }
    if (!dimEqual(viewed, chunk)) return null
    if (dim > 0) {
      chunkBase = at(strides, dim - 1)
      chunk = 1
      viewed = 1
    }
  }
  while (target >= 0 && at(sizes, target) === 1) result[target--] = viewed
  return target === -1 ? result : null
}

/** viewed < chunk, where both divide the same count: the symbolic case is decided by being different. */
function fitsInto(viewed: Dim, chunk: Dim): boolean {
  return isConst(viewed) && isConst(chunk) ? viewed < chunk : !dimEqual(viewed, chunk)
}

export function reshaped(self: StridedMeta, sizes: readonly Dim[]): readonly StridedMeta[] | null {
  const strides = reshapedStrides(self.shape, self.strides, sizes)
  return strides && single(self, { shape: sizes, strides })
}

export function expanded(name: string, self: StridedMeta, sizes: readonly Dim[], context: InferContext): readonly StridedMeta[] {
  const shift = sizes.length - self.shape.length
  if (shift < 0)
    throw new OperatorError('S3001', `${name}: ${sizes.length} sizes are too few for a tensor of shape ${formatShape(self.shape)}`)
  const shape: Dim[] = []
  const strides: Dim[] = []
  for (const [i, wanted] of sizes.entries()) {
    const size = i < shift ? 1 : at(self.shape, i - shift)
    const stride = i < shift ? 0 : at(self.strides, i - shift)
    if (wanted === -1) {
      if (i < shift) throw new OperatorError('S3006', `${name}: -1 is not allowed for the new leading dim ${i}`)
      shape.push(size)
      strides.push(stride)
    } else if (size === 1) {
      shape.push(wanted)
      strides.push(wanted === 1 ? stride : 0)
    } else {
      requireEqualDims(
        size,
        wanted,
        () => `${name}: a tensor of shape ${formatShape(self.shape)} cannot be expanded to ${formatShape(sizes)}`,
        context,
      )
      shape.push(size)
      strides.push(stride)
    }
  }
  return single(self, { shape, strides })
}

/** A slice bound in 0..size; negative numbers count from the end. A symbolic bound must not be negative (guarded). */
export function sliceBound(name: string, bound: Dim, size: Dim, context: InferContext): Dim {
  if (isConst(bound)) {
    if (bound >= 0) return isConst(size) ? Math.min(bound, size) : dimMin(bound, size)
    return dimMax(0, dimAdd(size, bound))
  }
  if (dimRange(bound).min < 0) {
    context.requireEqual(dimMax(bound, 0), bound, () => `${name}: a slice bound that is computed must not be negative`)
  }
  return dimMin(bound, size)
}

export function sliced(
  name: string,
  self: StridedMeta,
  dimension: number,
  start: Dim | null,
  end: Dim | null,
  step: number,
  context: InferContext,
): StridedMeta {
  if (self.shape.length === 0) throw new OperatorError('S3004', `${name}: a 0-dim tensor cannot be sliced`)
  const dim = normalizeDim(name, dimension, self.shape.length)
  if (step <= 0) throw new OperatorError('S3007', `${name}: step must be positive, not ${step}`)
  const size = at(self.shape, dim)
  const from = sliceBound(name, start ?? 0, size, context)
  // 2^63-1 is how PyTorch writes "to the end".
  const to = end === null || (isConst(end) && end >= Number.MAX_SAFE_INTEGER) ? size : sliceBound(name, end, size, context)
  const length = dimMax(0, dimCeilDiv(dimSub(to, from), step))
  return {
    dtype: self.dtype,
    shape: replaced(self.shape, dim, length),
    strides: replaced(self.strides, dim, dimMul(at(self.strides, dim), step)),
    offset: dimAdd(self.offset, dimMul(from, at(self.strides, dim))),
  }
}

/** An index in 0..size-1. A symbolic one must not be negative (guarded). */
export function elementIndex(name: string, index: Dim, size: Dim, context: InferContext): Dim {
  if (!isConst(index)) {
    if (dimRange(index).min < 0)
      context.requireEqual(dimMax(index, 0), index, () => `${name}: an index that is computed must not be negative`)
    context.requireEqual(dimMin(index, dimSub(size, 1)), index, () => `${name}: the index is out of range`)
    return index
  }
  if (isConst(size) && (index >= size || index < -size))
    throw new OperatorError('S4001', `${name}: index ${index} is out of range for a dim of size ${size}`)
  return index < 0 ? dimAdd(size, index) : index
}

export function diagonal(self: StridedMeta, offset: number, dim1: number, dim2: number): readonly StridedMeta[] {
  const rank = self.shape.length
  const a = normalizeDim('diagonal', dim1, rank)
  const b = normalizeDim('diagonal', dim2, rank)
  if (a === b) throw new OperatorError('S3004', `diagonal: dim1 and dim2 are both ${a}`)
  const [sa, sb] = [at(self.strides, a), at(self.strides, b)]
  const length = dimMax(
    0,
    offset >= 0
      ? dimMin(at(self.shape, a), dimSub(at(self.shape, b), offset))
      : dimMin(dimAdd(at(self.shape, a), offset), at(self.shape, b)),
  )
  const start = length === 0 ? 0 : offset >= 0 ? dimMul(offset, sb) : dimMul(-offset, sa)
  const keep = <T>(values: readonly T[]): T[] => values.filter((_, i) => i !== a && i !== b)
  return single(self, {
    shape: [...keep(self.shape), length],
    strides: [...keep(self.strides), dimAdd(sa, sb)],
    offset: dimAdd(self.offset, start),
  })
}

export function moved(self: StridedMeta, name: string, source: readonly number[], destination: readonly number[]): readonly StridedMeta[] {
  const rank = self.shape.length
  if (source.length !== destination.length) throw new OperatorError('S3004', `${name}: source and destination have different lengths`)
  const from = normalizeDims(name, source, rank, false)
  const to = normalizeDims(name, destination, rank, false)
  const order = Array<number>(rank).fill(-1)
  for (const [i, dim] of to.entries()) order[dim] = at(from, i)
  const rest = Array.from({ length: rank }, (_, i) => i).filter((i) => !from.includes(i))
  return permuted(
    self,
    order.map((dim) => (dim < 0 ? (rest.shift() as number) : dim)),
  )
}

export function flattened(name: string, self: TensorMeta, startDim: number, endDim: number): readonly Dim[] {
  const rank = self.shape.length
  if (rank === 0) return [1]
  const start = normalizeDim(name, startDim, rank)
  const end = normalizeDim(name, endDim, rank)
  if (start > end) throw new OperatorError('S3004', `${name}: startDim ${start} comes after endDim ${end}`)
  return [...self.shape.slice(0, start), numel(self.shape.slice(start, end + 1)), ...self.shape.slice(end + 1)]
}
