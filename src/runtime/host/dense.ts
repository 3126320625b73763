/** Tensors as host operators see them: dense row-major elements. The same functions serve the registry, which knows no Tensor class. */
import type { DType, TypedArray } from '../../ops/dtype.ts'
import { Tensor } from '../tensor.ts'

export interface Dense {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: TypedArray
}

export const toDense = (tensor: Tensor): Dense => ({ dtype: tensor.dtype, shape: tensor.shape, data: tensor.dataSync() })
export const fromDense = ({ dtype, shape, data }: Dense): Tensor => new Tensor(dtype, shape, data)

/** The storage of a dtype, filled. */
export function storageOf(dtype: DType, values: ArrayLike<number>): TypedArray {
  if (dtype === 'float32') return Float32Array.from(values)
  return dtype === 'uint8' || dtype === 'bool' ? Uint8Array.from(values) : Int32Array.from(values)
}

export const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1)
