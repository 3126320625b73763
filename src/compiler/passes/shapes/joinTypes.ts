/**
 * Joins of types where control flow meets. A dim that differs becomes the wildcard `*`, which never stays on a tensor value: the
 * analysis replaces it by a symbol of its own there. Ranks and dtypes that differ become unknown.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimVar, symbolsOf } from '../../../ops/dimMath.ts'
import type { Type } from '../../ir/types.ts'

export const anyDim: Dim = dimVar('*')

export const isAnyDim = (dim: Dim): boolean => typeof dim === 'object' && dim.op === 'var' && dim.name === '*'

/** What holds of a value that has type `a` or type `b`; both come from one static type, `declared`. */
export function joinTypes(a: Type, b: Type, declared: Type): Type {
  if (a.kind === 'tensor' && b.kind === 'tensor') {
    const dtype = a.dtype === b.dtype ? a.dtype : null
    if (a.shape === null || b.shape === null || a.shape.length !== b.shape.length) return { kind: 'tensor', dtype, shape: null }
    const other = b.shape
    return { kind: 'tensor', dtype, shape: a.shape.map((dim, i) => (dimEqual(dim, other[i]!) ? dim : anyDim)) }
  }
  if (declared.kind === 'optional') {
    if (a.kind === 'none' && b.kind === 'none') return a
    if (a.kind === 'none') return { kind: 'optional', element: elementOf(b) }
    if (b.kind === 'none') return { kind: 'optional', element: elementOf(a) }
    const element = joinTypes(elementOf(a), elementOf(b), declared.element)
    return a.kind === 'optional' || b.kind === 'optional' ? { kind: 'optional', element } : element
  }
  if (a.kind === 'list' && b.kind === 'list')
    return { kind: 'list', element: joinTypes(a.element, b.element, declared.kind === 'list' ? declared.element : a.element) }
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.elements.length === b.elements.length) {
    const parts = declared.kind === 'tuple' ? declared.elements : a.elements
    return { kind: 'tuple', elements: a.elements.map((type, i) => joinTypes(type, b.elements[i]!, parts[i] ?? type)) }
  }
  return declared
}

const elementOf = (type: Type): Type => (type.kind === 'optional' ? type.element : type)

/** The type with every dim sent through `f` (null keeps the rank unknown). */
export function mapDims(type: Type, f: (dim: Dim, axis: number) => Dim): Type {
  switch (type.kind) {
    case 'tensor':
      return type.shape === null ? type : { ...type, shape: type.shape.map(f) }
    case 'list':
    case 'set':
    case 'optional':
    case 'future':
      return { ...type, element: mapDims(type.element, f) }
    case 'tuple':
      return { ...type, elements: type.elements.map((element) => mapDims(element, f)) }
    case 'union':
      return { ...type, members: type.members.map((member) => mapDims(member, f)) }
    case 'dict':
      return { ...type, key: mapDims(type.key, f), value: mapDims(type.value, f) }
    default:
      return type
  }
}

/** Dims that mention a symbol which is not known where the type is going become the wildcard. */
export const forgetSymbols = (type: Type, known: (symbol: string) => boolean): Type =>
  mapDims(type, (dim) => (symbolsOf(dim).every((symbol) => known(symbol.name)) ? dim : anyDim))
