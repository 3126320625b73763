/** What compiled JavaScript needs besides tensors: checked reads of arrays, Python's integer division, ranges. Each is used on its own and tree-shakes. */
import { Tensor } from './tensor.ts'

function outside(index: number, length: number): never {
  throw new RangeError(`list index ${index} out of range for length ${length}`)
}

/** `list[index]`; where uncompiled code would give undefined, this throws. */
export function item<T>(list: ArrayLike<T>, index: number): T {
  return index >= 0 && index < list.length ? list[index]! : outside(index, list.length)
}

/** `list.at(index)`: negative counts from the end. */
export const itemAt = <T>(list: ArrayLike<T>, index: number): T =>
  index < 0 && index >= -list.length ? list[index + list.length]! : item(list, index)

export function setItem<T>(list: T[], index: number, value: T): void {
  if (index >= 0 && index < list.length) list[index] = value
  else outside(index, list.length)
}

export const pop = <T>(list: T[]): T | null => list.pop() ?? null
export const shift = <T>(list: T[]): T | null => list.shift() ?? null

/** The first `count` elements, all of which must be there. */
export const unpack = <T>(list: readonly T[], count: number): readonly T[] =>
  list.length >= count ? list : outside(list.length, list.length)

export function unwrap<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new TypeError('a value that was unwrapped with ! is null')
  return value
}

/** A walk over a map or set that sees changes made on the way, as `for of` does. `[0]` is where it stands after `advance` gave true. */
export interface Walk<T> extends ArrayLike<T> {
  readonly length: 1
  0: T
  readonly rest: Iterator<T>
}

export const walk = <T>(source: Iterable<T>): Walk<T> => ({ 0: undefined as T, length: 1, rest: source[Symbol.iterator]() })

export function advance<T>(walk: Walk<T>): boolean {
  const next = walk.rest.next()
  walk[0] = next.value
  return next.done !== true
}

const divisor = (value: number, name: string): number => {
  if (value === 0) throw new RangeError(`${name} by zero`)
  return value
}

export const floordiv = (a: number, b: number): number => Math.floor(a / divisor(b, 'floordiv'))
export const mod = (a: number, b: number): number => {
  const rest = a % divisor(b, 'mod')
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}
export const divmod = (a: number, b: number): readonly [number, number] => [floordiv(a, b), mod(a, b)]

export function roundHalfEven(value: number): number {
  const rounded = Math.round(value)
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

/** How often `range(start, stop, step)` turns. */
export const rangeLength = (start: number, stop: number, step: number): number =>
  Math.max(0, Math.ceil((stop - start) / divisor(step, 'range: step')))

/** `range(stop)`, `range(start, stop)`, `range(start, stop, step)`: the ints from `start`, which is 0 if left out, up to but without `stop`. */
export function range(first: number, second?: number, step = 1): number[] {
  const [start, stop] = second === undefined ? [0, first] : [first, second]
  return Array.from({ length: rangeLength(start, stop, step) }, (_, i) => start + i * step)
}

/** A one-element tensor as a condition. */
export const truth = (value: Tensor): boolean => Boolean(value.item())

const isKind: { readonly [kind: string]: (value: unknown) => boolean } = {
  int: Number.isSafeInteger,
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
}

/** @throws TypeError naming the parameter, what it must be and what it is. */
export function checkScalar(value: unknown, name: string, kind: 'int' | 'float' | 'bool' | 'string'): void {
  if (isKind[kind]!(value)) return
  const hint =
    value instanceof Tensor
      ? 'a Tensor; write x.item()'
      : typeof value === 'number'
        ? String(value)
        : value === null
          ? 'null'
          : typeof value
  throw new TypeError(`parameter '${name}' must be ${kind === 'int' ? 'an int' : `a ${kind}`}, got ${hint}`)
}

/** A function that stays a call of the host, with checked types. */
export const ignore = <T>(target: T, _context?: DecoratorContext): T => target
