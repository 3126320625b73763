/**
 * Element types of tensors and how each is stored.
 * int64 has 32-bit storage (its `data` is an Int32Array, values outside throw at the boundary); bool and uint8 take one byte.
 */
export type DType = 'float32' | 'int64' | 'int32' | 'uint8' | 'bool'

export type TypedArray = Float32Array | Int32Array | Uint8Array

/** How one element lies in memory: the storage class shared by eager arrays, wasm memory and GPU buffers. */
export type StorageType = 'f32' | 'i32' | 'u8'

export const storageOf: { readonly [D in DType]: StorageType } = {
  float32: 'f32',
  int64: 'i32',
  int32: 'i32',
  uint8: 'u8',
  bool: 'u8',
}

/** Bytes of one element. */
export const elementBytes: { readonly [D in DType]: number } = {
  float32: 4,
  int64: 4,
  int32: 4,
  uint8: 1,
  bool: 1,
}

export const isFloating = (dtype: DType): boolean => dtype === 'float32'
