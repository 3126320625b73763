/** Counting, repeating and number theory: results whose size depends on data, and integer functions no kernel has. */
import type { Tensor } from '../tensor.ts'
import { type Dense, fromDense, product, storageOf, toDense } from './dense.ts'

const greatestDivisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : greatestDivisor(b, a % b))
const leastMultiple = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : Math.abs((a / greatestDivisor(a, b)) * b))

/** Of two tensors of one int dtype and shape. */
const pairwise =
  (fn: (a: number, b: number) => number) =>
  (a: Dense, b: Dense): Dense => ({
    ...a,
    data: storageOf(
      a.dtype,
      Array.from(a.data, (x, i) => fn(x, b.data[i] as number)),
    ),
  })

const gcd = pairwise(greatestDivisor)
const lcm = pairwise(leastMultiple)

/** One more than the largest value, at least `least`. */
const sizeFor = (values: ArrayLike<number>, least: number): number => {
  let size = least
  for (let i = 0; i < values.length; i++) size = Math.max(size, (values[i] as number) + 1)
  return size
}

/** A row of zeros and a one for each value; as many classes as the largest value asks for. */
function oneHot({ shape, data }: Dense): Dense {
  const classes = sizeFor(data, 0)
  const result = new Int32Array(data.length * classes)
  data.forEach((value, i) => {
    result[i * classes + value] = 1
  })
  return { dtype: 'int64', shape: [...shape, classes], data: result }
}

/** How often (or with which total weight) each value occurs. @throws RangeError on a negative value. */
function bincount(self: Dense, weights: Dense | null, least: number): Dense {
  const counts = new Float64Array(sizeFor(self.data, least))
  self.data.forEach((value, i) => {
    if (value < 0) throw new RangeError(`bincount: ${value} is negative`)
    counts[value] = (counts[value] as number) + (weights ? (weights.data[i] as number) : 1)
  })
  const dtype = weights ? 'float32' : 'int64'
  return { dtype, shape: [counts.length], data: storageOf(dtype, counts) }
}

/** Elements of `self` along `dim` (null: flat), the i-th one `repeats[i]` times; one number of repeats serves all. */
function repeatEach(self: Dense, repeats: Dense, dim: number | null): Dense {
  const shape = dim === null ? [product(self.shape)] : self.shape
  const axis = dim === null ? 0 : dim < 0 ? dim + shape.length : dim
  const size = shape[axis] as number
  const counts = repeats.data.length === 1 ? Array<number>(size).fill(repeats.data[0] as number) : [...repeats.data]
  if (counts.length !== size) throw new RangeError(`repeat_interleave: ${counts.length} repeats do not fit dim ${axis} of size ${size}`)
  const source = counts.flatMap((count, i) => Array<number>(count).fill(i))
  const inner = product(shape.slice(axis + 1))
  const outer = product(shape.slice(0, axis))
  const values: number[] = []
  for (let o = 0; o < outer; o++) {
    for (const i of source) for (let j = 0; j < inner; j++) values.push(self.data[(o * size + i) * inner + j] as number)
  }
  return { dtype: self.dtype, shape: shape.map((n, i) => (i === axis ? source.length : n)), data: storageOf(self.dtype, values) }
}

/** The positions 0, 1, 2..., each as often as `repeats` says. */
const repeatPositions = (repeats: Dense): Dense =>
  repeatEach({ dtype: 'int64', shape: repeats.shape, data: Int32Array.from(repeats.data, (_, i) => i) }, repeats, 0)

export const host_gcd_dense = (self: Tensor, other: Tensor): Tensor => fromDense(gcd(toDense(self), toDense(other)))
export const host_lcm_dense = (self: Tensor, other: Tensor): Tensor => fromDense(lcm(toDense(self), toDense(other)))
export const host_one_hot_counted = (self: Tensor): Tensor => fromDense(oneHot(toDense(self)))
export const host_bincount = (self: Tensor, weights: Tensor | null, least: number): Tensor =>
  fromDense(bincount(toDense(self), weights && toDense(weights), least))

/** `(self, repeats, dim, output size)`, or `(repeats, output size)` for positions. */
export function host_repeat_interleave_by(...args: readonly (Tensor | number | null)[]): Tensor {
  if (args.length < 4) return fromDense(repeatPositions(toDense(args[0] as Tensor)))
  const [self, repeats, dim] = args as [Tensor, Tensor, number | null]
  return fromDense(repeatEach(toDense(self), toDense(repeats), dim))
}

/** Boundaries of nearly equal sections, the first ones larger. */
const evenBounds = (size: number, sections: number): readonly number[] =>
  Array.from({ length: sections + 1 }, (_, i) => i * Math.floor(size / sections) + Math.min(i, size % sections))

/** Slices along `dim`: as many sections as a tensor without dims says, or cut at the positions of a list. */
export function host_tensor_split_at(self: Tensor, where: Tensor, dim: number): Tensor[] {
  const dense = toDense(self)
  const axis = dim < 0 ? dim + self.shape.length : dim
  const size = self.shape[axis] as number
  const cuts = [...where.dataSync()]
  const bounds =
    where.shape.length === 0
      ? evenBounds(size, cuts[0] as number)
      : [0, ...cuts, size].map((bound) => Math.max(0, Math.min(size, bound < 0 ? bound + size : bound)))
  return bounds.slice(1).map((end, i) => {
    const start = bounds[i] as number
    const chosen = Int32Array.from({ length: size }, (_, k) => (k >= start && k < end ? 1 : 0))
    // A single row would stand for all.
    if (size === 1)
      return fromDense(
        chosen[0] === 1 ? dense : { ...dense, shape: dense.shape.map((n, k) => (k === axis ? 0 : n)), data: dense.data.slice(0, 0) },
      )
    return fromDense(repeatEach(dense, { dtype: 'int64', shape: [size], data: chosen }, axis))
  })
}
