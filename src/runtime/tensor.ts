/**
 * The one Tensor class: a dtype, a shape and strided dense storage. The eager library hangs the operators on its prototype; a compiled app
 * ships only what stands here. Elements are read through `dataSync()`, `data()`, `item()` and `toArray()`.
 */
import type { DType, TypedArray } from '../ops/dtype.ts'

export type NestedArray = number | boolean | readonly NestedArray[]
/** What `toArray` gives: numbers, or booleans of a bool tensor, nested as the shape says. */
export type NestedResult = number | boolean | NestedResult[]

export class Tensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  /** Shared by all views. Element `i...` lies at `offset + sum(i[k] * strides[k])`. */
  readonly storage: TypedArray
  readonly offset: number
  #strides: readonly number[] | undefined

  /** Without `strides`: dense row-major. The storage is taken over, not copied. */
  constructor(dtype: DType, shape: readonly number[], storage: TypedArray, strides?: readonly number[], offset = 0) {
    this.dtype = dtype
    this.shape = shape
    this.storage = storage
    this.#strides = strides
    this.offset = offset
  }

  /** In elements. */
  get strides(): readonly number[] {
    if (!this.#strides) {
      const strides = [...this.shape]
      let stride = 1
      for (let i = strides.length; i-- > 0; stride *= this.shape[i]! || 1) strides[i] = stride
      this.#strides = strides
    }
    return this.#strides
  }

  get ndim(): number {
    return this.shape.length
  }

  dim(): number {
    return this.shape.length
  }

  numel(): number {
    let count = 1
    for (const size of this.shape) count *= size
    return count
  }

  isContiguous(): boolean {
    const strides = this.#strides
    if (!strides) return true
    let expected = 1
    for (let i = strides.length; i-- > 0; expected *= this.shape[i]!)
      if (this.shape[i] !== 1 && strides[i] !== expected) return this.numel() === 0
    return true
  }

  /** Where the elements are. */
  get device(): 'cpu' | 'webgpu' {
    return 'cpu'
  }

  /** The elements in row-major order: the storage itself (or a part of it) where they lie so, else a copy. int64 is an Int32Array, bool one byte. */
  dataSync(): TypedArray {
    const { storage, shape, offset } = this
    const count = this.numel()
    if (this.isContiguous()) return count === storage.length ? storage : storage.subarray(offset, offset + count)
    const strides = this.strides
    const last = shape.length - 1
    const result = new (storageClass(this.dtype))(count)
    let at = 0
    const copy = (axis: number, from: number): void => {
      const size = shape[axis]!
      const stride = strides[axis]!
      for (let i = 0; i < size; i++, from += stride) {
        if (axis === last) result[at++] = storage[from]!
        else copy(axis + 1, from)
      }
    }
    copy(0, offset)
    return result
  }

  /** The same, when the values may still be on a device. */
  async data(): Promise<TypedArray> {
    return this.dataSync()
  }

  /** The value of a tensor with one element. */
  item(): number | boolean {
    const value = this.storage[this.offset]
    if (this.numel() !== 1) throw new Error(`item() needs a tensor with one element, this one has shape [${this.shape.join(', ')}]`)
    return this.dtype === 'bool' ? value !== 0 : value!
  }

  /** Nested arrays; a 0-dim tensor gives its value. */
  toArray(): NestedResult {
    const data = this.dataSync()
    let at = 0
    const build = (axis: number): NestedResult => {
      if (axis === this.shape.length) {
        const value = data[at++]!
        return this.dtype === 'bool' ? value !== 0 : value
      }
      return Array.from({ length: this.shape[axis]! }, () => build(axis + 1))
    }
    return build(0)
  }
}

export interface TensorOptions {
  readonly dtype?: DType
  readonly shape?: readonly number[]
}

export const storageClass = (dtype: DType): (new (length: number) => TypedArray) =>
  dtype === 'float32' ? Float32Array : dtype === 'uint8' || dtype === 'bool' ? Uint8Array : Int32Array

type TensorData =
  | NestedArray
  | TypedArray
  | Float64Array
  | Uint8ClampedArray
  | Int8Array
  | Int16Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array

/**
 * A tensor with a copy of `data`: a number, nested arrays, or a typed array. Without `dtype`: float32 for numbers, bool for booleans, the
 * array's own kind for Float32Array, Int32Array and Uint8Array. `shape` must have as many elements as there are.
 * @throws when lengths disagree, nested arrays are ragged, or a value does not fit an integer dtype.
 */
export function tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  let values: ArrayLike<number | boolean | bigint>
  let shape: number[] = []
  if (ArrayBuffer.isView(data)) {
    values = data
    shape = [data.length]
  } else {
    const flat: (number | boolean)[] = []
    let first: NestedArray | undefined = data
    for (; Array.isArray(first); first = first[0]) shape.push(first.length)
    const visit = (value: NestedArray, axis: number): void => {
      if (!Array.isArray(value)) {
        if (axis === shape.length) flat.push(value as number | boolean)
        else throw new Error('tensor: the nested arrays do not all have the same depth')
      } else if (value.length !== shape[axis])
        throw new Error(
          `tensor: the nested arrays do not all have the same length (expected ${shape[axis]} at depth ${axis}, got ${value.length})`,
        )
      else for (const element of value) visit(element, axis + 1)
    }
    visit(data, 0)
    values = flat
  }
  const dtype = options.dtype ?? defaultDtype(data, values[0])
  if (options.shape) {
    let count = 1
    for (const size of options.shape) count *= size
    if (count !== values.length)
      throw new Error(`tensor: shape [${options.shape.join(', ')}] has ${count} elements but the data has ${values.length}`)
    shape = [...options.shape]
  }
  const storage = new (storageClass(dtype))(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i])
    storage[i] = dtype === 'bool' ? (value ? 1 : 0) : value
    if (dtype !== 'float32' && dtype !== 'bool' && storage[i] !== value) throw new Error(`tensor: ${values[i]} does not fit dtype ${dtype}`)
  }
  return new Tensor(dtype, shape, storage)
}

function defaultDtype(data: TensorData, first: unknown): DType {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return 'uint8'
  if (data instanceof BigInt64Array) return 'int64'
  if (ArrayBuffer.isView(data) && !(data instanceof Float32Array || data instanceof Float64Array)) return 'int32'
  return typeof first === 'boolean' ? 'bool' : 'float32'
}
