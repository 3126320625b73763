/** Typed access to the arguments of one bound call: what operator rules see. Values are in schema order, defaults filled in. */
import type { Dim, Scalar } from './dim.ts'
import { type DType, storageOf } from './dtype.ts'
import { type Args, type ArgValue, type NestedScalars, OperatorError, type TensorMeta } from './operator.ts'
import { camelCase, type Schema } from './schema.ts'

export const isDType = (value: unknown): value is DType => typeof value === 'string' && Object.hasOwn(storageOf, value)

/** Tensors have a dtype, symbols have not. */
export const isTensorMeta = (value: unknown): value is TensorMeta =>
  typeof value === 'object' && value !== null && 'dtype' in value && 'shape' in value

const isDim = (value: unknown): value is Dim => typeof value === 'number' || isSym(value)
const isSym = (value: unknown): value is Exclude<Dim, number> => typeof value === 'object' && value !== null && 'op' in value

export class BoundArgs<T extends TensorMeta> implements Args<T> {
  readonly operator: string
  readonly schema: Schema
  readonly values: readonly ArgValue<T>[]

  constructor(operator: string, schema: Schema, values: readonly ArgValue<T>[]) {
    this.operator = operator
    this.schema = schema
    this.values = values
  }

  get overload(): string {
    return this.schema.overload === '' ? this.schema.name : `${this.schema.name}.${this.schema.overload}`
  }

  tensor(name: string): T {
    const value = this.#get(name)
    return isTensorMeta(value) ? (value as T) : this.#wrong(name, 'a tensor')
  }

  tensorOrNull(name: string): T | null {
    return this.#find(name) === null ? null : this.tensor(name)
  }

  tensors(name: string): readonly T[] {
    const value = this.#get(name)
    return Array.isArray(value) && value.every(isTensorMeta) ? (value as unknown as readonly T[]) : this.#wrong(name, 'a list of tensors')
  }

  tensorsOrNulls(name: string): readonly (T | null)[] {
    const value = this.#get(name)
    return Array.isArray(value) && value.every((v) => v === null || isTensorMeta(v))
      ? (value as readonly (T | null)[])
      : this.#wrong(name, 'a list of tensors or null')
  }

  tensorOrScalar(name: string): T | Scalar {
    const value = this.#get(name)
    return isTensorMeta(value) ? (value as T) : this.scalar(name)
  }

  scalar(name: string): Scalar {
    const value = this.#get(name)
    return typeof value === 'boolean' || isDim(value) ? value : this.#wrong(name, 'a number')
  }

  scalarOrNull(name: string): Scalar | null {
    return this.#find(name) === null ? null : this.scalar(name)
  }

  int(name: string): number {
    return this.#constant(name, this.dim(name))
  }

  intOrNull(name: string): number | null {
    return this.#find(name) === null ? null : this.int(name)
  }

  dim(name: string): Dim {
    const value = this.#get(name)
    if (typeof value === 'number' && !Number.isInteger(value)) return this.#wrong(name, 'an int')
    return isDim(value) ? value : this.#wrong(name, 'an int')
  }

  dimOrNull(name: string): Dim | null {
    return this.#find(name) === null ? null : this.dim(name)
  }

  ints(name: string): readonly number[] {
    return this.dims(name).map((value) => this.#constant(name, value))
  }

  intsOrNull(name: string): readonly number[] | null {
    return this.#find(name) === null ? null : this.ints(name)
  }

  dims(name: string): readonly Dim[] {
    const value = this.#get(name)
    if (isDim(value)) return [value]
    return Array.isArray(value) && value.every(isDim) ? value : this.#wrong(name, 'a list of ints')
  }

  dimsOrNulls(name: string): readonly (Dim | null)[] {
    const value = this.#get(name)
    return Array.isArray(value) && value.every((v) => v === null || isDim(v))
      ? (value as readonly (Dim | null)[])
      : this.#wrong(name, 'a list of ints or null')
  }

  scalars(name: string): readonly Scalar[] {
    const value = this.#get(name)
    return Array.isArray(value) && value.every((v) => typeof v === 'boolean' || isDim(v))
      ? (value as readonly Scalar[])
      : this.#wrong(name, 'a list of numbers')
  }

  nested(name: string): readonly NestedScalars[] {
    const value = this.#get(name)
    const isNested = (v: unknown): boolean => (Array.isArray(v) ? v.every(isNested) : typeof v === 'boolean' || isDim(v))
    return Array.isArray(value) && isNested(value) ? (value as readonly NestedScalars[]) : this.#wrong(name, 'nested arrays of numbers')
  }

  bool(name: string): boolean {
    const value = this.#get(name)
    return typeof value === 'boolean' ? value : this.#wrong(name, 'a boolean known at build time')
  }

  string(name: string): string {
    const value = this.#get(name)
    return typeof value === 'string' ? value : this.#wrong(name, 'a string')
  }

  stringOrNull(name: string): string | null {
    return this.#find(name) === null ? null : this.string(name)
  }

  dtypeOrNull(name: string): DType | null {
    const value = this.#find(name)
    if (value === null || isDType(value)) return value
    return this.#wrong(name, `a dtype (one of ${Object.keys(storageOf).join(', ')})`)
  }

  has(name: string): boolean {
    return this.#find(name) !== null
  }

  /** null when the overload has no such parameter or it is None. */
  #find(name: string): ArgValue<T> {
    const index = this.schema.params.findIndex((param) => param.name === name)
    return index < 0 ? null : (this.values[index] ?? null)
  }

  #get(name: string): ArgValue<T> {
    const value = this.#find(name)
    return value === null ? this.#wrong(name, 'given') : value
  }

  #constant(name: string, value: Dim): number {
    if (typeof value === 'number') return value
    throw new OperatorError('S3002', `${this.operator}: ${camelCase(name)} must be known at build time`)
  }

  #wrong(name: string, expected: string): never {
    throw new OperatorError('S2103', `${this.operator}: ${camelCase(name)} must be ${expected}`)
  }
}
