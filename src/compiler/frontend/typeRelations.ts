/**
 * Relations between types of the script language, as the frontend needs them: what fits where, the join of two branches, and the text
 * users read (TypeScript's spelling). int is a subtype of float, T of `T | null`. The dtype and shape of a tensor are facts that only
 * sharpen inference here: joins forget what differs, and declared ones are enforced by shape propagation and at the program's entry.
 */
import { dimEqual, dimToString } from '../../ops/dimMath.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import type { TensorType, Type } from '../ir/types.ts'

export const types = {
  int: { kind: 'int' },
  float: { kind: 'float' },
  bool: { kind: 'bool' },
  string: { kind: 'string' },
  none: { kind: 'none' },
  dtype: { kind: 'dtype' },
  device: { kind: 'device' },
  tensor: { kind: 'tensor', dtype: null, shape: null },
} as const satisfies { readonly [name: string]: Type }

export const listOf = (element: Type): Type => ({ kind: 'list', element })

export function optionalOf(element: Type): Type {
  return element.kind === 'optional' || element.kind === 'none' ? element : { kind: 'optional', element }
}

/** `Tensor | null`, `int[]`, `[Tensor, int]`, as a user would write the type. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'tensor':
      if (type.dtype === null && type.shape === null) return 'Tensor'
      if (type.shape === null) return `Tensor<'${type.dtype}'>`
      return `Tensor<'${type.dtype ?? 'float32'}', [${type.shape.map((dim) => (typeof dim === 'number' ? dim : `'${dimToString(dim)}'`)).join(', ')}]>`
    case 'int':
    case 'float':
    case 'string':
      return type.kind
    case 'bool':
      return 'boolean'
    case 'none':
      return 'null'
    case 'dtype':
      return 'DType'
    case 'device':
      return 'Device'
    case 'list':
      return type.element.kind === 'optional' || type.element.kind === 'union'
        ? `(${typeText(type.element)})[]`
        : `${typeText(type.element)}[]`
    case 'tuple':
      return `[${type.elements.map(typeText).join(', ')}]`
    case 'dict':
      return `${type.form === 'map' ? 'Map' : 'Record'}<${typeText(type.key)}, ${typeText(type.value)}>`
    case 'set':
      return `Set<${typeText(type.element)}>`
    case 'optional':
      return `${typeText(type.element)} | null`
    case 'union':
      return type.open ? 'unknown' : type.members.map(typeText).join(' | ')
    case 'enum':
    case 'class':
    case 'function':
      return type.name
    case 'future':
      return `Future<${typeText(type.element)}>`
    default:
      return type satisfies never
  }
}

/** Whether a value of type `source` may stand where `target` is wanted. */
export function fits(source: Type, target: Type): boolean {
  if (target.kind === 'optional') {
    if (source.kind === 'none') return true
    return fits(source.kind === 'optional' ? source.element : source, target.element)
  }
  if (target.kind === 'union' && target.open) return true
  if (source.kind === 'union' && source.open) return false
  if (source.kind === 'union') return source.members.every((member) => fits(member, target))
  if (target.kind === 'union') return target.members.some((member) => fits(source, member))
  switch (source.kind) {
    case 'int':
      return target.kind === 'int' || target.kind === 'float'
    case 'string':
      return target.kind === 'string' || target.kind === 'dtype' || target.kind === 'device'
    case 'enum':
      return (
        (target.kind === 'enum' && target.name === source.name) ||
        (typeof source.values[0] === 'string' ? target.kind === 'string' : target.kind === 'int' || target.kind === 'float')
      )
    case 'float':
    case 'bool':
    case 'none':
    case 'dtype':
    case 'device':
    case 'tensor':
      return source.kind === target.kind
    case 'list':
      return target.kind === 'list' && (fits(source.element, target.element) || source.element.kind === 'none')
    case 'set':
    case 'future':
      return target.kind === source.kind && fits(source.element, target.element)
    case 'tuple':
      if (target.kind === 'list') return source.elements.every((element) => fits(element, target.element))
      return (
        target.kind === 'tuple' &&
        source.elements.length === target.elements.length &&
        source.elements.every((element, i) => fits(element, target.elements[i]!))
      )
    case 'dict':
      return target.kind === 'dict' && target.form === source.form && fits(source.key, target.key) && fits(source.value, target.value)
    case 'class':
      return target.kind === 'class' && (target.name === source.name || source.bases?.includes(target.name) === true)
    case 'function':
      return target.kind === 'function' && target.name === source.name
    case 'optional':
      return false
    default:
      return source satisfies never
  }
}

/** Structural equality without the facts of tensors. */
export const sameKind = (a: Type, b: Type): boolean => fits(a, b) && fits(b, a)

/** The least type that both fit, or null when there is none short of a union. */
export function join(a: Type, b: Type): Type | null {
  if (a.kind === 'tensor' && b.kind === 'tensor') return joinTensors(a, b)
  if (a.kind === 'none' && b.kind === 'none') return a
  if (a.kind === 'none') return optionalOf(b)
  if (b.kind === 'none') return optionalOf(a)
  if (a.kind === 'optional' || b.kind === 'optional') {
    const inner = join(a.kind === 'optional' ? a.element : a, b.kind === 'optional' ? b.element : b)
    return inner && optionalOf(inner)
  }
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.elements.length === b.elements.length) {
    const elements = a.elements.map((element, i) => join(element, b.elements[i]!))
    return elements.every((element) => element !== null) ? { kind: 'tuple', elements } : null
  }
  if (a.kind === 'list' && b.kind === 'list' && sameKind(a.element, b.element))
    return { kind: 'list', element: join(a.element, b.element) ?? a.element }
  if (fits(a, b)) return b
  if (fits(b, a)) return a
  return a.kind === 'class' && b.kind === 'class' ? commonBase(a, b) : null
}

/** Whether two types differ, and only in that ints of the first are floats of the second. */
export function widens(from: Type, to: Type): boolean {
  if (from.kind === 'int') return to.kind === 'float'
  if (from.kind !== to.kind || typeEqual(from, to)) return false
  const same = (a: Type, b: Type): boolean => typeEqual(a, b) || widens(a, b)
  if (from.kind === 'dict' && to.kind === 'dict') return same(from.key, to.key) && same(from.value, to.value)
  if (from.kind === 'tuple' && to.kind === 'tuple')
    return from.elements.length === to.elements.length && from.elements.every((element, i) => same(element, to.elements[i]!))
  return 'element' in from && 'element' in to && same(from.element, to.element)
}

/** Whether a container has ints in it, or in what it holds. */
export function holdsInts(type: Type): boolean {
  const isInt = (inner: Type): boolean => inner.kind === 'int' || holdsInts(inner)
  if (type.kind === 'dict') return isInt(type.value)
  if (type.kind === 'tuple') return type.elements.some(isInt)
  return (type.kind === 'list' || type.kind === 'set' || type.kind === 'optional') && isInt(type.element)
}

/** The nearest class that both extend. */
function commonBase(a: Extract<Type, { kind: 'class' }>, b: Extract<Type, { kind: 'class' }>): Type | null {
  const bases = a.bases ?? []
  const at = bases.findIndex((name) => b.bases?.includes(name))
  const above = bases.slice(at + 1)
  return at < 0 ? null : { kind: 'class', name: bases[at]!, ...(above.length > 0 ? { bases: above } : {}) }
}

export function joinTensors(a: TensorType, b: TensorType): TensorType {
  const sameShape =
    a.shape !== null && b.shape !== null && a.shape.length === b.shape.length && a.shape.every((dim, i) => dimEqual(dim, b.shape![i]!))
  return { kind: 'tensor', dtype: a.dtype === b.dtype ? a.dtype : null, shape: sameShape ? a.shape : null }
}

/** The type without facts about tensors: what a value of a graph is declared as before shapes are propagated. */
export function erase(type: Type): Type {
  switch (type.kind) {
    case 'tensor':
      return types.tensor
    case 'future':
      return erase(type.element)
    case 'list':
    case 'set':
    case 'optional':
      return { ...type, element: erase(type.element) }
    case 'tuple':
      return { kind: 'tuple', elements: type.elements.map(erase) }
    case 'dict':
      return { ...type, key: erase(type.key), value: erase(type.value) }
    case 'union':
      return { ...type, members: type.members.map(erase) }
    default:
      return type
  }
}

/** What a declared type leaves open about tensors, taken from the value that arrives there. */
export function sharpen(declared: Type, actual: Type): Type {
  if (declared.kind === 'tensor' && actual.kind === 'tensor')
    return { kind: 'tensor', dtype: declared.dtype ?? actual.dtype, shape: declared.shape ?? actual.shape }
  if (declared.kind === 'tuple' && actual.kind === 'tuple' && declared.elements.length === actual.elements.length) {
    return { kind: 'tuple', elements: declared.elements.map((element, i) => sharpen(element, actual.elements[i]!)) }
  }
  // An object of a subclass: its own methods are the ones that run.
  if (declared.kind === 'class' && actual.kind === 'class' && actual.bases?.includes(declared.name)) return actual
  if (declared.kind === 'optional' && actual.kind === 'optional')
    return { kind: 'optional', element: sharpen(declared.element, actual.element) }
  return declared
}

export const isNumber = (type: Type): boolean => type.kind === 'int' || type.kind === 'float'

/** What a value of this type may be, null among it; itself where it is no union. */
export function membersOf(type: Type): readonly Type[] {
  if (type.kind === 'optional') return [...membersOf(type.element), types.none]
  return type.kind === 'union' && !type.open ? type.members.flatMap(membersOf) : [type]
}

/** Flattened, without doubles; numbers are one type; null makes it optional. */
export function unionOf(members: readonly Type[]): Type {
  const distinct: Type[] = []
  for (const member of members.flatMap(membersOf)) {
    if (member.kind === 'union') return member
    if (!distinct.some((other) => sameKind(other, member))) distinct.push(member)
  }
  const values = distinct.filter(({ kind }) => kind !== 'none')
  if (values.length === 0) return types.none
  const merged = values.some(({ kind }) => kind === 'float') ? values.filter(({ kind }) => kind !== 'int') : values
  const element: Type = merged.length === 1 ? merged[0]! : { kind: 'union', members: merged }
  return values.length < distinct.length ? optionalOf(element) : element
}
