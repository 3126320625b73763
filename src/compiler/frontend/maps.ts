/**
 * Map and Set. A map that the program makes is one SSA value, by reference; one that was captured when the module ran is known entry by
 * entry (`map` sugar) and cannot be written to.
 */
import * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { walk } from './assigned.ts'
import { tryScalar } from './builtins.ts'
import { readArguments } from './calls.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitElements, lookup } from './expressions.ts'
import { refuseWrite } from './listMethods.ts'
import { noProperty } from './members.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { dictType, typeOfAnnotation } from './typeAnnotations.ts'
import { join, listOf, typeText } from './typeRelations.ts'
import {
  constantBool,
  constantInt,
  constantNull,
  constantNumber,
  constantOf,
  constantString,
  describe,
  emit,
  materialize,
  typeOf,
} from './values.ts'

type Dict = Extract<Type, { readonly kind: 'dict' }>
type SetType = Extract<Type, { readonly kind: 'set' }>
export type MapSugar = Extract<Sugared, { readonly kind: 'map' }>

/** `new Map(...)`, `new Set(...)`: typed by type arguments, by `declared`, or by what is put in. */
export function emitNewCollection(f: FunctionContext, name: 'Map' | 'Set', node: t.NewExpression, declared: Type | null): ScriptValue {
  const parameters: readonly t.Node[] = (node.typeParameters ?? node.typeArguments)?.params ?? []
  const written = parameters.map((parameter) => typeOfAnnotation(f, parameter as t.TSType))
  const known: Type | null =
    name === 'Map' && written[0] && written[1]
      ? dictType(f, written[0], written[1], node)
      : name === 'Set' && written[0]
        ? { kind: 'set', element: written[0] }
        : declared
  const wanted = known?.kind === (name === 'Map' ? 'dict' : 'set') ? (known as Dict | SetType) : null
  const [source] = emitElements(f, node.arguments as t.Expression[], node)
  const element: Type | null =
    wanted === null ? null : wanted.kind === 'dict' ? { kind: 'tuple', elements: [wanted.key, wanted.value] } : wanted.element
  const op = name === 'Map' ? 'js::newMap' : 'js::newSet'
  const at = node.arguments[0] ?? node
  if (!source || constantOf(source) === null) {
    if (!element) return fail(messages.emptyArray(f.span(node)))
    return emit(f, op, [emit(f, 'prim::ListConstruct', [], listOf(element), node)], wanted!, node)
  }
  const from = fromSource(f, source, element, at)
  const made = tryScalar(f, op, [from], node)
  if (made?.kind !== 'value')
    return fail(
      messages.notAssignable(f.span(at), {
        source: describe(from),
        target: name === 'Map' ? 'entries' : 'elements',
        where: ` of a ${name}`,
      }),
    )
  if (made.type.kind === 'dict') dictType(f, made.type.key, made.type.value, node)
  return made
}

/** The elements as an array of one type; a Map or Set is copied as it is. */
function fromSource(f: FunctionContext, source: Sugared, element: Type | null, node: t.Node): ScriptValue {
  if (source.kind !== 'array') return materialize(f, source, node)
  const pairs = source.elements.map((pair) => (pair.kind === 'array' ? pair.elements.map(typeOf) : null))
  if (element || !pairs.every((pair) => pair?.length === 2 && pair[0] && pair[1]))
    return materialize(f, source, node, element ? listOf(element) : undefined)
  // Pairs whose two halves have one type are tuples here, not arrays.
  const columns = [0, 1].map((i) => pairs.map((pair) => pair![i]!).reduce((a, b) => join(a, b) ?? a))
  return materialize(f, source, node, listOf({ kind: 'tuple', elements: columns }))
}

const mapMethods = ['get', 'set', 'has', 'delete', 'clear', 'keys', 'values', 'entries', 'size']
const setMethods = ['add', 'has', 'delete', 'clear', 'keys', 'values', 'size']

/** A method of a map or set that the program made. Null: there is no such method. */
export function callCollectionMethod(
  f: FunctionContext,
  object: ScriptValue,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  const { positional } = readArguments(f, node)
  const isMap = object.type.kind === 'dict'
  const wanted: readonly Type[] = object.type.kind === 'dict' ? [object.type.key, object.type.value] : [(object.type as SetType).element]
  const ops: { readonly [name: string]: string } = {
    get: 'js::get',
    has: 'aten::__contains__',
    set: 'aten::_set_item',
    add: 'js::add',
    delete: 'js::delete',
    clear: 'aten::clear',
    keys: isMap ? 'aten::keys' : 'aten::values',
    values: 'aten::values',
    entries: 'aten::items',
  }
  const names = isMap ? mapMethods : setMethods
  if (!names.includes(name) || name === 'size') return noProperty(f, object, name, callee, names)
  const count = name === 'set' ? 2 : ['get', 'has', 'delete', 'add'].includes(name) ? 1 : 0
  if (positional.length !== count)
    return fail(
      messages.argumentCount(f.span(node), {
        name,
        expected: count === 1 ? '1 argument' : `${count} arguments`,
        actual: positional.length,
      }),
    )
  const operands = positional.map((argument, i) => materialize(f, argument, node.arguments[i]!, wanted[i]!))
  return tryScalar(f, ops[name]!, [object, ...operands], node) ?? noProperty(f, object, name, callee, names)
}

/** A method of a captured map: known where the key is. */
export function callMapMethod(
  f: FunctionContext,
  map: MapSugar,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  if (['set', 'delete', 'clear'].includes(name)) return refuseWrite(f, callee.object)
  const { positional } = readArguments(f, node)
  const key = positional[0] && constantOf(positional[0])
  if (typeof key === 'string' || typeof key === 'number') {
    if (name === 'get') return map.entries.get(key)?.() ?? constantNull
    if (name === 'has') return constantBool(map.entries.has(key))
  }
  const made = materialize(f, map, callee.object)
  return callCollectionMethod(f, made, name, callee, node)
}

export function capturedMap(entries: readonly (readonly [string | number, () => Sugared])[]): MapSugar {
  const map: MapSugar = { kind: 'map', entries: new Map(entries), made: (f, node) => materializeMap(f, map, node) }
  return map
}

/** A captured map as a value: made where it is used, as nothing writes to it. */
function materializeMap(f: FunctionContext, map: MapSugar, node: t.Node): ScriptValue {
  const pairs = [...map.entries].map(([key, element]): Sugared => ({ kind: 'array', elements: [keySugar(key), element()] }))
  const list = fromSource(f, { kind: 'array', elements: pairs }, null, node)
  return tryScalar(f, 'js::newMap', [list], node) as ScriptValue
}

const keySugar = (key: string | number): Sugared => (typeof key === 'string' ? constantString(key) : constantNumber(key))

/** What `for (const [k, v] of map)` and `for (const x of set)` walk: its elements as they are before the first turn. */
export function walkedElements(f: FunctionContext, sugar: Sugared, node: t.ForOfStatement): Sugared | null {
  const object =
    node.right.type === 'CallExpression' && node.right.callee.type === 'MemberExpression' ? node.right.callee.object : node.right
  const type = typeOf(sugar)
  const held = object.type === 'Identifier' ? lookup(f, object.name, object) : null
  if (['dict', 'set'].includes(type?.kind ?? '') || ['dict', 'set'].includes((held && typeOf(held)?.kind) ?? ''))
    refuseChange(f, f.text(object), node)
  return type?.kind === 'dict'
    ? tryScalar(f, 'aten::items', [sugar], node)
    : type?.kind === 'set'
      ? tryScalar(f, 'aten::values', [sugar], node)
      : null
}

/** JavaScript's iterators see keys that come and go; the copy that is walked here does not. */
function refuseChange(f: FunctionContext, walked: string, node: t.ForOfStatement): void {
  walk(node.body, (inner) => {
    if (inner.type !== 'CallExpression' || inner.callee.type !== 'MemberExpression' || inner.callee.property.type !== 'Identifier')
      return true
    const { object, property } = inner.callee
    const [key] = inner.arguments
    const own = key?.type === 'Identifier' && loopNames(node).includes(key.name)
    if (f.text(object) === walked && (['clear', 'add'].includes(property.name) || (['set', 'delete'].includes(property.name) && !own)))
      fail(
        messages.unsupportedStatement(f.span(inner), {
          what: `\`${property.name}\` on what the loop walks`,
          hint: `walk a copy: \`[...${f.shortText(node.right)}]\``,
        }),
      )
    return true
  })
}

function loopNames(node: t.ForOfStatement): readonly string[] {
  const pattern = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left
  return pattern ? Object.keys(t.getBindingIdentifiers(pattern as t.Identifier)) : []
}

/** `map.size`. */
export const collectionSize = (f: FunctionContext, object: Sugared, node: t.Node): Sugared =>
  object.kind === 'map' ? constantInt(object.entries.size) : tryScalar(f, 'aten::len', [object], node)!
