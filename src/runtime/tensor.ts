/**
 * The one Tensor class: elements of a dtype, seen through shape, strides and offset (in elements). It ships with compiled programs, so it
 * holds data and gives it out; the eager library installs the operators on its prototype.
 * int64 has 32-bit storage: its data is an Int32Array. bool and uint8 are Uint8Array.
 */
import type { DType, TypedArray } from '../ops/dtype.ts'

/** Nested arrays of numbers or booleans, as deep as the tensor has dims. */
export type NestedArray = number | boolean | readonly NestedArray[]

export class Tensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  readonly offset: number
  readonly storage: TypedArray

  /** Dense row-major when `strides` are not given. */
  constructor(dtype: DType, shape: readonly number[], storage: TypedArray, strides: readonly number[] = denseStrides(shape), offset = 0) {
    this.dtype = dtype
    this.shape = shape
    this.strides = strides
    this.offset = offset
    this.storage = storage
  }

  /** The elements, dense row-major: the storage itself where it lies that way, else a copy. */
  dataSync(): TypedArray {
    const { shape, strides, offset, storage } = this
    const count = numberOfElements(shape)
    let dense = 1
    let isDense = true
    for (let i = shape.length - 1; i >= 0; i--) {
      const dim = shape[i] as number
      if (dim !== 1 && strides[i] !== dense) isDense = false
      dense *= dim
    }
    if (isDense || count === 0) return count === storage.length ? storage : storage.subarray(offset, offset + count)
    const result = new (storage.constructor as new (length: number) => TypedArray)(count)
    const index = shape.map(() => 0)
    let position = offset
    for (let i = 0; i < count; i++) {
      result[i] = storage[position] as number
      for (let k = shape.length - 1; k >= 0; k--) {
        position += strides[k] as number
        if (++(index[k] as number) < (shape[k] as number)) break
        position -= (strides[k] as number) * (shape[k] as number)
        index[k] = 0
      }
    }
    return result
  }

  /** The elements once they are computed; on this device they are. */
  async data(): Promise<TypedArray> {
    return this.dataSync()
  }

  /** The only element, as a number or, of a bool tensor, a boolean. @throws RangeError when there is not exactly one. */
  item(): number | boolean {
    if (numberOfElements(this.shape) !== 1) throw new RangeError(`item: a tensor of shape [${this.shape.join(', ')}] has not one element`)
    return element(this, this.offset)
  }

  /** Nested arrays; a number or boolean for a tensor without dims. */
  toArray(): NestedArray {
    const nest = (axis: number, position: number): NestedArray =>
      axis === this.shape.length
        ? element(this, position)
        : Array.from({ length: this.shape[axis] as number }, (_, i) => nest(axis + 1, position + i * (this.strides[axis] as number)))
    return nest(0, this.offset)
  }
}

const element = ({ dtype, storage }: Tensor, position: number): number | boolean =>
  dtype === 'bool' ? storage[position] !== 0 : (storage[position] as number)

const numberOfElements = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1)

/** Row-major strides in elements. */
export function denseStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride
    stride *= shape[i] as number
  }
  return strides
}

/**
 * Makes a tensor of a number, a boolean, nested arrays or a typed array (which is taken over where its type is the dtype's storage).
 * dtype: that of the typed array, else bool for booleans, float32 for numbers. @throws when the shape does not fit, or an int64 value 32 bits.
 */
export function tensor(
  data: NestedArray | TypedArray,
  options: { readonly dtype?: DType; readonly shape?: readonly number[] } = {},
): Tensor {
  const typed = ArrayBuffer.isView(data)
  const found: number[] = []
  if (!typed) for (let level: NestedArray | undefined = data; Array.isArray(level); level = level[0]) found.push(level.length)
  const flat = typed ? data : (([data] as unknown[]).flat(Number.POSITIVE_INFINITY) as (number | boolean)[])
  const dtype =
    options.dtype ??
    (data instanceof Int32Array ? 'int32' : data instanceof Uint8Array ? 'uint8' : typeof flat[0] === 'boolean' ? 'bool' : 'float32')
  const shape = options.shape ?? (typed ? [data.length] : found)
  if (flat.length !== numberOfElements(shape))
    throw new RangeError(`tensor: ${flat.length} elements do not fill shape [${shape.join(', ')}]`)
  return new Tensor(dtype, shape, toStorage(flat, dtype))
}

function toStorage(flat: ArrayLike<number | boolean>, dtype: DType): TypedArray {
  if (dtype === 'float32') return flat instanceof Float32Array ? flat : Float32Array.from(flat as ArrayLike<number>)
  if (dtype === 'bool') return Uint8Array.from(flat as ArrayLike<number>, (value) => (value ? 1 : 0))
  if (dtype === 'uint8') return flat instanceof Uint8Array ? flat : Uint8Array.from(flat as ArrayLike<number>)
  if (flat instanceof Int32Array) return flat
  return Int32Array.from(flat as ArrayLike<number>, (value) => {
    if (value > 2147483647 || value < -2147483648) throw new RangeError(`tensor: ${value} does not fit the 32-bit storage of ${dtype}`)
    return value
  })
}
