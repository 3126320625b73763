/**
 * Lists whose length only the run knows: `cat` and `stack` of tensors, the lists that `unbind`, `split` and `chunk` give, and numbers that
 * become a tensor.
 */
import type { DType } from '../../ops/dtype.ts'
import { guard } from '../checks.ts'
import { type Tensor, tensor as tensorOf } from '../tensor.ts'
import { type Dense, fromDense, product, storageOf, toDense } from './dense.ts'

const axisOf = (dim: number, rank: number): number => (dim < 0 ? dim + rank : dim)

const formatShape = (shape: readonly number[]): string => `[${shape.join(', ')}]`

/** Blocks of the tensors one after the other, for each position before `axis`. */
function joined(name: string, tensors: readonly Dense[], axis: number): Dense {
  // PyTorch lets tensors of shape [0] take part in any concatenation.
  const real = tensors.filter(({ shape }) => shape.length !== 1 || shape[0] !== 0)
  const first = real[0] ?? tensors[0]
  if (!first) throw new RangeError(`${name}: needs at least one tensor`)
  const others = (shape: readonly number[]): string => shape.map((size, i) => (i === axis ? '' : size)).join()
  for (const { shape } of real)
    guard(
      shape.length === first.shape.length && others(shape) === others(first.shape),
      `${name}: shapes ${formatShape(first.shape)} and ${formatShape(shape)} differ in more than dim ${axis}`,
    )
  const shape = first.shape.map((size, i) => (i === axis ? real.reduce((total, t) => total + (t.shape[axis] as number), 0) : size))
  const outer = product(shape.slice(0, axis))
  const data = storageOf(first.dtype, { length: product(shape) })
  const blocks = real.map((t) => ({ data: t.data, length: t.data.length / Math.max(1, outer) }))
  let at = 0
  for (let i = 0; i < outer; i++)
    for (const { data: source, length } of blocks) {
      data.set(source.subarray(i * length, (i + 1) * length), at)
      at += length
    }
  return { dtype: first.dtype, shape, data }
}

/** The positions `start` to `end` along an axis. */
function part({ dtype, shape, data }: Dense, axis: number, start: number, end: number): Dense {
  const size = shape[axis] as number
  const inner = product(shape.slice(axis + 1))
  const outer = product(shape.slice(0, axis))
  const length = (end - start) * inner
  const result = storageOf(dtype, { length: outer * length })
  for (let i = 0; i < outer; i++) {
    const from = (i * size + start) * inner
    result.set(data.subarray(from, from + length), i * length)
  }
  return { dtype, shape: shape.map((old, i) => (i === axis ? end - start : old)), data: result }
}

export const list_cat = (tensors: readonly Tensor[], dim: number): Tensor =>
  fromDense(joined('cat', tensors.map(toDense), axisOf(dim, tensors.find(({ shape }) => shape.length > 1)?.shape.length ?? 1)))

export function list_stack(tensors: readonly Tensor[], dim: number): Tensor {
  const axis = axisOf(dim, (tensors[0]?.shape.length ?? 0) + 1)
  const shape = tensors[0]?.shape ?? []
  for (const tensor of tensors)
    guard(tensor.shape.join() === shape.join(), `stack: shapes ${formatShape(shape)} and ${formatShape(tensor.shape)} must be equal`)
  const wide = (t: Dense): Dense => ({ ...t, shape: [...t.shape.slice(0, axis), 1, ...t.shape.slice(axis)] })
  return fromDense(
    joined(
      'stack',
      tensors.map((t) => wide(toDense(t))),
      axis,
    ),
  )
}

type Numbers = readonly (number | boolean)[]

export const list_tensor = (data: Numbers | readonly Numbers[], dtype: DType | null): Tensor => tensorOf(data, dtype ? { dtype } : {})

export function list_tensor_rows(data: readonly Numbers[], dtype: DType | null): Tensor {
  guard(data.length > 0, 'tensor: an empty array has no rows')
  return list_tensor(data, dtype)
}

export function list_unbind(tensor: Tensor, dim: number): Tensor[] {
  const axis = axisOf(dim, tensor.shape.length)
  const dense = toDense(tensor)
  return Array.from({ length: tensor.shape[axis] as number }, (_, i) => {
    const { dtype, shape, data } = part(dense, axis, i, i + 1)
    return fromDense({ dtype, shape: shape.filter((_, k) => k !== axis), data })
  })
}

export function list_split(tensor: Tensor, size: number, dim: number): Tensor[] {
  const axis = axisOf(dim, tensor.shape.length)
  const dense = toDense(tensor)
  const total = tensor.shape[axis] as number
  guard(size > 0 || (size === 0 && total === 0), `split: the size of a part must be positive, not ${size}`)
  const count = total === 0 ? 1 : Math.ceil(total / size)
  return Array.from({ length: count }, (_, i) => fromDense(part(dense, axis, i * size, Math.min(total, (i + 1) * size))))
}

export function list_chunk(tensor: Tensor, chunks: number, dim: number): Tensor[] {
  guard(chunks > 0, `chunk: chunks must be positive, not ${chunks}`)
  const total = tensor.shape[axisOf(dim, tensor.shape.length)] as number
  if (total > 0) return list_split(tensor, Math.ceil(total / chunks), dim)
  return Array.from({ length: chunks }, () => fromDense(toDense(tensor)))
}
