/** Structural equality of types. Tensor types are equal when dtype, rank and every dim are known equal or unknown alike. */
import { dimEqual } from '../../ops/dimMath.ts'
import type { Type } from './types.ts'

export function typeEqual(a: Type, b: Type): boolean {
  if (a === b) return true
  switch (a.kind) {
    case 'tensor':
      return (
        b.kind === 'tensor' &&
        a.dtype === b.dtype &&
        (a.shape === null || b.shape === null
          ? a.shape === b.shape
          : a.shape.length === b.shape.length &&
            a.shape.every((dim, i) => dimEqual(dim, (b.shape as typeof a.shape & object)[i] as typeof dim)))
      )
    case 'int':
    case 'float':
    case 'bool':
    case 'string':
    case 'none':
    case 'dtype':
    case 'device':
      return a.kind === b.kind
    case 'list':
    case 'set':
    case 'optional':
    case 'future':
      return b.kind === a.kind && typeEqual(a.element, b.element)
    case 'tuple':
      return b.kind === 'tuple' && allEqual(a.elements, b.elements)
    case 'union':
      return b.kind === 'union' && a.open === b.open && allEqual(a.members, b.members)
    case 'dict':
      return b.kind === 'dict' && a.form === b.form && typeEqual(a.key, b.key) && typeEqual(a.value, b.value)
    case 'enum':
    case 'class':
    case 'function':
      return b.kind === a.kind && a.name === b.name
    default:
      return a satisfies never
  }
}

const allEqual = (a: readonly Type[], b: readonly Type[]): boolean =>
  a.length === b.length && a.every((type, i) => typeEqual(type, b[i] as Type))

/**
 * Whether a value of type `a` may stand where `b` is declared: equal, or `b` says less (an unknown dtype or shape), an int where a
 * float is wanted, a member of an optional or union. Containers are invariant but for what their tensors' shapes say.
 */
export function typeFits(a: Type, b: Type): boolean {
  if (typeEqual(a, b)) return true
  if (b.kind === 'optional') return a.kind === 'none' || typeFits(a.kind === 'optional' ? a.element : a, b.element)
  if (b.kind === 'union' && b.open) return true
  if (a.kind === 'union' && a.open) return false
  if (b.kind === 'union')
    return (a.kind === 'union' ? a.members : [a]).every((member) => b.members.some((wanted) => typeFits(member, wanted)))
  switch (a.kind) {
    case 'tensor':
      if (b.kind !== 'tensor') return false
      if (b.dtype !== null && a.dtype !== b.dtype) return false
      if (b.shape === null) return true
      return (
        a.shape !== null &&
        a.shape.length === b.shape.length &&
        a.shape.every((dim, i) => dimEqual(dim, (b.shape as typeof a.shape & object)[i] as typeof dim))
      )
    case 'int':
      return b.kind === 'float'
    case 'list':
    case 'set':
    case 'future':
      return b.kind === a.kind && typeFits(a.element, b.element)
    case 'tuple':
      return (
        b.kind === 'tuple' &&
        a.elements.length === b.elements.length &&
        a.elements.every((type, i) => typeFits(type, b.elements[i] as Type))
      )
    case 'dict':
      return b.kind === 'dict' && a.form === b.form && typeFits(a.key, b.key) && typeFits(a.value, b.value)
    default:
      return false
  }
}

/** A type without dtypes and shapes of tensors: what overload lookup and declarations go by. */
export function eraseShapes(type: Type): Type {
  switch (type.kind) {
    case 'tensor':
      return { kind: 'tensor', dtype: null, shape: null }
    case 'list':
    case 'set':
    case 'optional':
    case 'future':
      return { ...type, element: eraseShapes(type.element) }
    case 'tuple':
      return { ...type, elements: type.elements.map(eraseShapes) }
    case 'union':
      return { ...type, members: type.members.map(eraseShapes) }
    case 'dict':
      return { ...type, key: eraseShapes(type.key), value: eraseShapes(type.value) }
    default:
      return type
  }
}
