/**
 * Interprets a `Compute` on tensors. The loop space (axes, then reduction axes, row-major) is cut into chunks; every node of the
 * expression fills one typed array a chunk, so the cost of interpretation is paid once a chunk and float32 arithmetic rounds by being stored.
 */
import { type DType, isFloating, type TypedArray } from '../ops/dtype.ts'
import type { Combiner, Compute, Expr } from '../ops/expr.ts'
import { OperatorError } from '../ops/operator.ts'
import { storageClass, Tensor } from '../runtime/tensor.ts'
import { floatBinary, intBinary, unaryFunctions } from './functions.ts'

const chunkSize = 2048

/** Position of the chunk that is being computed. */
interface Cursor {
  start: number
  count: number
}

/** A compiled node: its values of the current chunk, or the one value it has everywhere. */
interface Lane {
  readonly values: TypedArray
  readonly constant: number | null
}

export function evaluateCompute(compute: Compute, inputs: readonly Tensor[]): Tensor {
  const axes = compute.axes as readonly number[]
  const reduceAxes = (compute.reduce?.axes ?? []) as readonly number[]
  const outCount = product(axes)
  const rowLength = product(reduceAxes)
  const out = new (storageClass(compute.dtype))(outCount)
  const total = outCount * rowLength
  const cursor: Cursor = { start: 0, count: 0 }
  const builder = new LaneBuilder([...axes, ...reduceAxes], inputs, cursor, Math.min(chunkSize, Math.max(total, 1)))
  const body = builder.lane(compute.body, false)
  const reduce = compute.reduce && new Reducer(compute.reduce.combiner, out, rowLength, compute.body.dtype)
  for (; cursor.start < total; cursor.start += chunkSize) {
    cursor.count = Math.min(chunkSize, total - cursor.start)
    for (const step of builder.steps) step()
    if (reduce) reduce.add(body.values, cursor.start, cursor.count)
    else out.set(cursor.count === body.values.length ? body.values : body.values.subarray(0, cursor.count), cursor.start)
  }
  reduce?.finish()
  return new Tensor(compute.dtype, axes, out)
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1)

class LaneBuilder {
  /** Fills every lane for the cursor's chunk, in order of dependence. */
  readonly steps: (() => void)[] = []
  readonly #sizes: readonly number[]
  readonly #strides: readonly number[]
  readonly #inputs: readonly Tensor[]
  readonly #cursor: Cursor
  readonly #length: number
  readonly #plain = new Map<Expr, Lane>()
  readonly #guarded = new Map<Expr, Lane>()
  readonly #axes = new Map<number, Lane>()

  constructor(sizes: readonly number[], inputs: readonly Tensor[], cursor: Cursor, length: number) {
    this.#sizes = sizes
    this.#strides = sizes.map((_, i) => product(sizes.slice(i + 1)))
    this.#inputs = inputs
    this.#cursor = cursor
    this.#length = length
  }

  /** `guarded`: inside an arm of a select, where a load may be out of range (its value is then not used). */
  lane(expr: Expr, guarded: boolean): Lane {
    const known = guarded ? this.#guarded : this.#plain
    let lane = known.get(expr)
    if (!lane) {
      lane = this.#build(expr, guarded)
      known.set(expr, lane)
    }
    return lane
  }

  #build(expr: Expr, guarded: boolean): Lane {
    switch (expr.e) {
      case 'scalar':
        return this.#constant(Number(expr.value), expr.dtype)
      case 'index':
        return this.#axis(expr.axis)
      case 'load':
        return this.#load(expr, guarded)
      case 'cast':
        return this.#cast(this.lane(expr.a, guarded), expr.a.dtype, expr.dtype)
      case 'unary':
        return this.#unary(expr, guarded)
      case 'binary':
        return this.#binary(expr, guarded)
      case 'select':
        return this.#select(expr, guarded)
      default:
        return expr satisfies never
    }
  }

  #empty(dtype: DType): TypedArray {
    return new (storageClass(dtype))(this.#length)
  }

  #constant(value: number, dtype: DType): Lane {
    const values = this.#empty(dtype).fill(value)
    return { values, constant: values[0] ?? value }
  }

  #axis(axis: number): Lane {
    const known = this.#axes.get(axis)
    if (known) return known
    const size = this.#sizes[axis] as number
    const stride = this.#strides[axis] as number
    const values = new Int32Array(this.#length)
    const cursor = this.#cursor
    this.steps.push(() => {
      const { start, count } = cursor
      let index = Math.floor(start / stride) % size
      let run = stride - (start % stride)
      for (let i = 0; i < count; ) {
        const end = Math.min(count, i + run)
        if (run === 1) values[i] = index
        else values.fill(index, i, end)
        i = end
        run = stride
        if (++index === size) index = 0
      }
    })
    const lane = { values, constant: null }
    this.#axes.set(axis, lane)
    return lane
  }

  #load(expr: Expr & { readonly e: 'load' }, guarded: boolean): Lane {
    const tensor = this.#inputs[expr.input] as Tensor
    const { storage, strides, shape } = tensor
    let base = tensor.offset
    /** Coefficient of each loop axis in the element offset. */
    const coefficients = this.#sizes.map(() => 0)
    const general: { readonly lane: Lane; readonly stride: number; readonly size: number }[] = []
    for (const [i, index] of expr.indices.entries()) {
      const stride = strides[i] as number
      if (index.e === 'index') coefficients[index.axis] = (coefficients[index.axis] as number) + stride
      else if (index.e === 'scalar') base += this.#fixed(Number(index.value), shape[i] as number, guarded) * stride
      else general.push({ lane: this.lane(index, guarded), stride, size: shape[i] as number })
    }
    if (general.length === 0 && coefficients.every((c, axis) => c === 0 || this.#sizes[axis] === 1)) {
      return storage.length === 0 ? this.#constant(0, expr.dtype) : this.#constant(storage[base] as number, expr.dtype)
    }
    const values = this.#empty(expr.dtype)
    if (general.length === 0 && coefficients.every((c, axis) => c === this.#strides[axis] || this.#sizes[axis] === 1)) {
      const cursor = this.#cursor
      this.steps.push(() => {
        values.set(storage.subarray(base + cursor.start, base + cursor.start + cursor.count))
      })
    } else this.#gather(values, storage, base, coefficients, general, guarded)
    return { values, constant: null }
  }

  #fixed(index: number, size: number, guarded: boolean): number {
    if (index >= 0 && index < size) return index
    if (guarded || size === 0) return 0
    throw outOfRange(index, size)
  }

  #gather(
    values: TypedArray,
    storage: TypedArray,
    base: number,
    coefficients: readonly number[],
    general: readonly { readonly lane: Lane; readonly stride: number; readonly size: number }[],
    guarded: boolean,
  ): void {
    const axes = coefficients.flatMap((stride, axis) => (stride !== 0 ? [{ lane: this.#axis(axis), stride }] : []))
    const offsets = new Int32Array(this.#length)
    const outside = general.length > 0 && guarded ? new Uint8Array(this.#length) : null
    const cursor = this.#cursor
    this.steps.push(() => {
      const { count } = cursor
      offsets.fill(base, 0, count)
      for (const { lane, stride } of axes) {
        const index = lane.values
        for (let i = 0; i < count; i++) offsets[i] = (offsets[i] as number) + (index[i] as number) * stride
      }
      outside?.fill(0, 0, count)
      for (const { lane, stride, size } of general) {
        const index = lane.values
        for (let i = 0; i < count; i++) {
          const at = index[i] as number
          if (at >= 0 && at < size) offsets[i] = (offsets[i] as number) + at * stride
          else if (outside) outside[i] = 1
          else throw outOfRange(at, size)
        }
      }
      for (let i = 0; i < count; i++) values[i] = storage[offsets[i] as number] as number
      if (outside) for (let i = 0; i < count; i++) if (outside[i] === 1) values[i] = 0
    })
  }

  #cast(a: Lane, from: DType, to: DType): Lane {
    if (a.constant !== null)
      return this.#constant(
        to === 'bool'
          ? Number(a.constant !== 0)
          : Math.trunc(a.constant) === a.constant || isFloating(to)
            ? a.constant
            : Math.trunc(a.constant),
        to,
      )
    const values = this.#empty(to)
    const source = a.values
    const cursor = this.#cursor
    if (to === 'bool' && from !== 'bool') {
      this.steps.push(() => {
        for (let i = 0; i < cursor.count; i++) values[i] = source[i] === 0 ? 0 : 1
      })
    } else {
      // Storing into an int array truncates.
      this.steps.push(() => {
        for (let i = 0; i < cursor.count; i++) values[i] = source[i] as number
      })
    }
    return { values, constant: null }
  }

  #unary(expr: Expr & { readonly e: 'unary' }, guarded: boolean): Lane {
    const a = this.lane(expr.a, guarded)
    const fn = unaryFunctions[expr.fn]
    if (a.constant !== null) return this.#constant(fn(a.constant), expr.dtype)
    const values = this.#empty(expr.dtype)
    const source = a.values
    const cursor = this.#cursor
    this.steps.push(() => {
      for (let i = 0; i < cursor.count; i++) values[i] = fn(source[i] as number)
    })
    return { values, constant: null }
  }

  #binary(expr: Expr & { readonly e: 'binary' }, guarded: boolean): Lane {
    const a = this.lane(expr.a, guarded)
    const b = this.lane(expr.b, guarded)
    const float = isFloating(expr.a.dtype)
    const fn = (float ? floatBinary : intBinary)[expr.fn]
    if (a.constant !== null && b.constant !== null) return this.#constant(fn(a.constant, b.constant), expr.dtype)
    const values = this.#empty(expr.dtype)
    const [x, y] = [a.values, b.values]
    const cursor = this.#cursor
    // The four commonest ones keep their loops free of calls.
    if (expr.fn === 'add') {
      this.steps.push(() => {
        for (let i = 0; i < cursor.count; i++) values[i] = (x[i] as number) + (y[i] as number)
      })
    } else if (expr.fn === 'sub') {
      this.steps.push(() => {
        for (let i = 0; i < cursor.count; i++) values[i] = (x[i] as number) - (y[i] as number)
      })
    } else if (expr.fn === 'mul' && float) {
      this.steps.push(() => {
        for (let i = 0; i < cursor.count; i++) values[i] = (x[i] as number) * (y[i] as number)
      })
    } else if (expr.fn === 'div' && float) {
      this.steps.push(() => {
        for (let i = 0; i < cursor.count; i++) values[i] = (x[i] as number) / (y[i] as number)
      })
    } else {
      this.steps.push(() => {
        for (let i = 0; i < cursor.count; i++) values[i] = fn(x[i] as number, y[i] as number)
      })
    }
    return { values, constant: null }
  }

  #select(expr: Expr & { readonly e: 'select' }, guarded: boolean): Lane {
    const condition = this.lane(expr.condition, guarded)
    if (condition.constant !== null) return this.lane(condition.constant !== 0 ? expr.a : expr.b, guarded)
    const a = this.lane(expr.a, true).values
    const b = this.lane(expr.b, true).values
    const values = this.#empty(expr.dtype)
    const test = condition.values
    const cursor = this.#cursor
    this.steps.push(() => {
      for (let i = 0; i < cursor.count; i++) values[i] = (test[i] === 0 ? b[i] : a[i]) as number
    })
    return { values, constant: null }
  }
}

const outOfRange = (index: number, size: number): OperatorError =>
  new OperatorError('S4001', `index ${index} is out of range for a dim of size ${size}`)

/** Combines rows of `length` elements, which arrive chunk by chunk; float sums and products are kept in double precision. */
class Reducer {
  readonly #combiner: Combiner
  readonly #out: TypedArray
  readonly #length: number
  readonly #ints: boolean
  #value: number
  #position = 0
  #best = 0

  constructor(combiner: Combiner, out: TypedArray, length: number, dtype: DType) {
    this.#combiner = combiner
    this.#out = out
    this.#length = length
    this.#ints = !isFloating(dtype)
    this.#value = identityOf(combiner)
  }

  add(values: TypedArray, start: number, count: number): void {
    const length = this.#length
    let row = Math.floor(start / length)
    this.#position = start % length
    for (let i = 0; i < count; ) {
      const end = Math.min(count, i + length - this.#position)
      this.#combine(values, i, end)
      this.#position += end - i
      i = end
      if (this.#position === length) {
        this.#store(row++)
        this.#position = 0
      }
    }
  }

  /** Rows without elements have the identity. */
  finish(): void {
    if (this.#length === 0) for (let row = 0; row < this.#out.length; row++) this.#store(row)
  }

  #store(row: number): void {
    this.#out[row] = this.#combiner === 'argmax' || this.#combiner === 'argmin' ? this.#best : this.#value
    this.#value = identityOf(this.#combiner)
    this.#best = 0
  }

  #combine(values: TypedArray, from: number, to: number): void {
    let value = this.#value
    switch (this.#combiner) {
      case 'sum':
        if (this.#ints) for (let i = from; i < to; i++) value = (value + (values[i] as number)) | 0
        else for (let i = from; i < to; i++) value += values[i] as number
        break
      case 'prod':
        if (this.#ints) for (let i = from; i < to; i++) value = Math.imul(value, values[i] as number)
        else for (let i = from; i < to; i++) value *= values[i] as number
        break
      case 'max':
        for (let i = from; i < to; i++) value = Math.max(value, values[i] as number)
        break
      case 'min':
        for (let i = from; i < to; i++) value = Math.min(value, values[i] as number)
        break
      case 'any':
        for (let i = from; i < to; i++) if (values[i] !== 0) value = 1
        break
      case 'all':
        for (let i = from; i < to; i++) if (values[i] === 0) value = 0
        break
      case 'argmax':
      case 'argmin': {
        const sign = this.#combiner === 'argmax' ? 1 : -1
        for (let i = from; i < to; i++) {
          const x = values[i] as number
          if (Number.isNaN(value)) break
          if (x * sign > value * sign || Number.isNaN(x)) {
            value = x
            this.#best = this.#position + (i - from)
          }
        }
        break
      }
      default:
        this.#combiner satisfies never
    }
    this.#value = value
  }
}

function identityOf(combiner: Combiner): number {
  switch (combiner) {
    case 'sum':
    case 'any':
      return 0
    case 'prod':
    case 'all':
      return 1
    case 'max':
    case 'argmax':
      return Number.NEGATIVE_INFINITY
    case 'min':
    case 'argmin':
      return Number.POSITIVE_INFINITY
    default:
      return combiner satisfies never
  }
}
