/** `Map`, `Set` and `Record`: made, read, written and walked. They are JavaScript's own at run time, by reference and in insertion order. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { tryScalar } from './builtins.ts'
import { memberCall, readArguments } from './calls.ts'
import { constantInt, constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { emptyOf, expectType, newOf } from './empties.ts'
import { emitExpression, isHostGlobal } from './expressions.ts'
import { misspelt } from './fixes.ts'
import { callWith } from './functions.ts'
import { forEachElement } from './higherOrder.ts'
import { emitMember, noProperty, subscript } from './members.ts'
import { emitElements } from './spread.ts'
import { becomeStateOf } from './state.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { fits, join, listOf, types, widens } from './typeRelations.ts'
import { describe, emit, materialize, notAssignable, typeOf, value } from './values.ts'

export type DictType = Extract<Type, { readonly kind: 'dict' }>
type SetType = Extract<Type, { readonly kind: 'set' }>

export const isDict = (type: Type | null | undefined): type is DictType | SetType => type?.kind === 'dict' || type?.kind === 'set'

const keyKinds: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'string', 'enum', 'tensor', 'class', 'dtype'])

/** A map's key (and a set's element) is compared by value, or by identity where JavaScript compares so: tuples and arrays would never be found. */
export function checkKey(f: FunctionContext, key: Type, node: t.Node): void {
  if (!keyKinds.has(key.kind)) fail(messages.mapKey(f.span(node), { type: describe(value(0 as ScriptValue['id'], key)) }))
}

/** `new Map<K, V>(...)`, `new Set<T>(...)`; null for other classes. */
export function emitNewContainer(f: FunctionContext, node: t.NewExpression): Sugared | null {
  if (node.callee.type !== 'Identifier' || (node.callee.name !== 'Map' && node.callee.name !== 'Set')) return null
  if (f.scope.lookup(node.callee.name)) return null
  const parameters = (node.typeParameters?.params ?? node.typeArguments?.params ?? []) as readonly t.TSType[]
  const [first, second] = parameters.map((parameter) => typeOfAnnotation(f, parameter))
  const [source] = emitElements(f, node.arguments as readonly (t.Expression | t.SpreadElement)[], node)
  const at = node.arguments[0] ?? node
  if (first) checkKey(f, first, parameters[0]!)
  if (node.callee.name === 'Map') {
    const declared: DictType | null = first && second ? { kind: 'dict', form: 'map', key: first, value: second } : null
    return source ? mapFrom(f, source, declared, node, at) : emptyContainer(f, declared, 'map', node)
  }
  const declared: SetType | null = first ? { kind: 'set', element: first } : null
  return source ? setFrom(f, source, declared, node, at) : emptyContainer(f, declared, 'set', node)
}

/** An empty container; without a type it takes the one that its first use tells. */
function emptyContainer(f: FunctionContext, declared: Type | null, form: 'map' | 'record' | 'set', node: t.Node): ScriptValue {
  if (declared) return emitEmpty(f, declared, node)
  const { none } = types
  const unknown: Type = form === 'set' ? { kind: 'set', element: none } : { kind: 'dict', form, key: none, value: none }
  return emptyOf(f, node, (type) => emitEmpty(f, type ?? unknown, node))
}

export function emitEmpty(f: FunctionContext, type: Type, node: t.Node): ScriptValue {
  if (type.kind === 'set') return emit(f, 'js::set', [emit(f, 'prim::ListConstruct', [], listOf(type.element), node)], type, node)
  return emit(f, type.kind === 'dict' ? 'prim::DictConstruct' : 'prim::ListConstruct', [], type, node)
}

function mapFrom(f: FunctionContext, source: Sugared, declared: DictType | null, node: t.NewExpression, at: t.Node): Sugared {
  if (source.kind === 'array') {
    const pairs = source.elements.map((element): readonly [Sugared, Sugared] => {
      if (element.kind === 'array' && element.elements.length === 2) return [element.elements[0]!, element.elements[1]!]
      const type = typeOf(element)
      if (element.kind !== 'value' || type?.kind !== 'tuple' || type.elements.length !== 2)
        return fail(messages.notAssignable(f.span(at), { source: describe(element), target: '[key, value]', where: ' in `new Map`' }))
      const part = (i: number): Sugared => emit(f, 'prim::TupleIndex', [element, materialize(f, constantInt(i), at)], type.elements[i]!, at)
      return [part(0), part(1)]
    })
    return constructDict(f, 'map', pairs, declared, node)
  }
  const made = materialize(f, source, at)
  const copied = made.type.kind === 'dict' && made.type.form === 'record' ? null : tryScalar(f, 'aten::dict', [made], node)
  if (copied?.kind !== 'value')
    return fail(messages.notAssignable(f.span(at), { source: describe(made), target: 'pairs', where: ' in `new Map`' }))
  if (copied.type.kind === 'dict') checkKey(f, copied.type.key, at)
  return declared ? retyped(f, copied, declared, at) : copied
}

function setFrom(f: FunctionContext, source: Sugared, declared: SetType | null, node: t.NewExpression, at: t.Node): Sugared {
  const made = elementsOf(f, materialize(f, source, at, declared && source.kind === 'array' ? listOf(declared.element) : undefined), at)
  const set = tryScalar(f, 'js::set', [made], node)
  if (set?.kind !== 'value')
    return fail(messages.notAssignable(f.span(at), { source: describe(made), target: 'an array', where: ' in `new Set`' }))
  if (set.type.kind === 'set') checkKey(f, set.type.element, at)
  return declared ? retyped(f, set, declared, at) : set
}

/** A new container under its declared type, which is wider: nothing else holds it yet. */
function retyped(f: FunctionContext, made: ScriptValue, declared: Type, at: t.Node): ScriptValue {
  if (!fits(made.type, declared)) return fail(notAssignable(f, made.type, declared, at))
  return { ...emit(f, 'prim::unchecked_cast', [made], declared, at) }
}

/** A map or record of these pairs; the type is the declared one, or what all keys and values have in common. */
export function constructDict(
  f: FunctionContext,
  form: DictType['form'],
  pairs: readonly (readonly [Sugared, Sugared])[],
  declared: DictType | null,
  node: t.Node,
  valueNode: (index: number) => t.Node = () => node,
): ScriptValue {
  if (pairs.length === 0) return emptyContainer(f, declared, form, node)
  const common = (i: 0 | 1): Type => {
    const all = pairs.map((pair) => typeOf(pair[i]) ?? materialize(f, pair[i], node).type)
    const joined = all.reduce<Type | null>((a, b) => a && join(a, b), all[0]!)
    return (
      joined ??
      fail(
        messages.notAssignable(f.span(node), {
          source: all.map((type) => describe(value(0 as ScriptValue['id'], type))).join(' and '),
          target: 'one type',
          where: ' in a map',
        }),
      )
    )
  }
  const make = (type: DictType): ScriptValue => {
    if (form === 'map') checkKey(f, type.key, node)
    const inputs = pairs.flatMap(([key, entry], i) => [
      materialize(f, key, node, type.key),
      materialize(f, entry, valueNode(i), type.value),
    ])
    return emit(f, 'prim::DictConstruct', inputs, type, node)
  }
  if (declared) return make(declared)
  const natural: DictType = { kind: 'dict', form, key: common(0), value: common(1) }
  return newOf(f, node, (wider) => make(wider?.kind === 'dict' && widens(natural, wider) ? wider : natural))
}

/** What `for of` and spread see of a container, as a list made now. */
export function elementsOf(f: FunctionContext, made: ScriptValue, node: t.Node): ScriptValue {
  if (made.type.kind === 'dict' && made.type.form === 'map') return tryScalar(f, 'aten::items', [made], node) as ScriptValue
  if (made.type.kind === 'set') return tryScalar(f, 'aten::values', [made], node) as ScriptValue
  return made.type.kind === 'string' ? (tryScalar(f, 'aten::list', [made], node) as ScriptValue) : made
}

const mapMethods = ['get', 'set', 'has', 'delete', 'clear', 'keys', 'values', 'entries', 'forEach']
const setMethods = ['add', 'has', 'delete', 'clear', 'keys', 'values', 'entries', 'forEach']

export function callDictMethod(
  f: FunctionContext,
  object: ScriptValue,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  const { type } = object
  if (type.kind === 'dict' && type.form === 'record')
    return fail(messages.noSuchProperty(f.span(callee.property), { type: describe(object), name }))
  const names = type.kind === 'set' ? setMethods : mapMethods
  if (!names.includes(name)) return noProperty(f, object, name, callee, [...names, 'size'])
  const { positional } = readArguments(f, node)
  if (name === 'forEach') return forEachEntry(f, object, positional, node)
  const wanted: { readonly [name: string]: number } = { get: 1, has: 1, delete: 1, add: 1, set: 2 }
  if (positional.length !== (wanted[name] ?? 0))
    return fail(
      messages.argumentCount(f.span(node), {
        name,
        expected: `${wanted[name] ?? 0} argument${wanted[name] === 1 ? '' : 's'}`,
        actual: positional.length,
      }),
    )
  if (['set', 'add', 'delete', 'clear'].includes(name)) refuseCaptured(f, object, callee.object)
  const made = type.kind === 'set' ? expectSet(f, object, positional[0], node) : expectEntry(f, object, positional, node)
  const key = (wanted[name] ?? 0) > 0 ? readKey(f, made, positional[0]!, node.arguments[0]!) : null
  switch (name) {
    case 'set':
      writeEntry(f, made, key!, positional[1]!, node.arguments[1]!, node)
      return made
    case 'add':
      tryScalar(f, 'js::add', [made, key!], node)
      return made
    case 'get':
      return tryScalar(f, 'js::get', [made, key!], node)!
    case 'has':
      return tryScalar(f, 'aten::__contains__', [made, key!], node)!
    case 'delete':
      return tryScalar(f, 'js::delete', [made, key!], node)!
    case 'clear':
      return tryScalar(f, 'aten::clear', [made], node)!
    case 'keys':
      return tryScalar(f, type.kind === 'set' ? 'aten::values' : 'aten::keys', [made], node)!
    case 'values':
      return tryScalar(f, 'aten::values', [made], node)!
    default:
      return type.kind === 'set'
        ? fail(messages.noSuchProperty(f.span(callee.property), { type: describe(object), name, hint: 'use `values()`' }))
        : tryScalar(f, 'aten::items', [made], node)!
  }
}

type Container = ScriptValue & { readonly type: DictType | SetType }

const expectSet = (f: FunctionContext, set: ScriptValue, element: Sugared | undefined, node: t.Node): Container =>
  (element ? expectType(f, set, true, () => ({ kind: 'set', element: materialize(f, element, node).type })) : set) as Container

function expectEntry(
  f: FunctionContext,
  map: ScriptValue,
  [key, entry]: readonly Sugared[],
  node: t.Node,
): ScriptValue & { readonly type: DictType } {
  const made =
    key && entry
      ? expectType(f, map, true, () => ({
          kind: 'dict',
          form: 'map',
          key: typeOf(key) ?? materialize(f, key, node).type,
          value: typeOf(entry) ?? materialize(f, entry, node).type,
        }))
      : map
  return made as ScriptValue & { readonly type: DictType }
}

function refuseCaptured(f: FunctionContext, container: ScriptValue, node: t.Node): void {
  if (!f.captured.has(container.id)) return
  becomeStateOf(f, node)
  const hint = 'copy it first: `new Map(...)`'
  fail(messages.readonlyAssignment(f.span(node), { name: f.shortText(node), why: 'a constant of the compiled program', hint }))
}

/** What a map is asked for, in the type of its keys; a set, of its elements. */
function readKey(f: FunctionContext, made: Extract<Sugared, { kind: 'value' }>, given: Sugared, at: t.Node): ScriptValue {
  const wanted = made.type.kind === 'set' ? made.type.element : made.type.kind === 'dict' ? made.type.key : types.none
  const type = typeOf(given)
  if (type && ['string', 'int', 'float', 'bool'].includes(wanted.kind) && !fits(type, wanted))
    fail(notAssignable(f, type, wanted, at, `, the ${made.type.kind === 'set' ? 'element' : 'key'} type of ${describe(made)}`))
  return materialize(f, given, at, wanted)
}

/** `map.set(key, value)`, `record[key] = value`. */
export function writeEntry(f: FunctionContext, dict: ScriptValue, key: ScriptValue, entry: Sugared, at: t.Node, node: t.Node): ScriptValue {
  refuseCaptured(f, dict, node)
  const made = materialize(f, entry, at, (dict.type as DictType).value)
  f.emitter.node('aten::_set_item', [dict.id, key.id, made.id], [], f.range(node))
  return made
}

function forEachEntry(f: FunctionContext, object: ScriptValue, [callback]: readonly Sugared[], node: t.CallExpression): Sugared {
  if (!callback) return fail(messages.argumentCount(f.span(node), { name: 'forEach', expected: 'a function', actual: 0 }))
  forEachElement(f, elementsOf(f, object, node), node, (element) => {
    if (object.type.kind === 'set') return void callWith(f, callback, [element, element], node)
    const [key, entry] = [0, 1].map((i) =>
      emit(
        f,
        'prim::TupleIndex',
        [element as ScriptValue, materialize(f, constantInt(i), node)],
        (typeOf(element) as Extract<Type, { readonly kind: 'tuple' }>).elements[i]!,
        node,
      ),
    )
    callWith(f, callback, [entry!, key!], node)
  })
  return { kind: 'void' }
}

/** `record[key]` as `V | null`: for `??` and comparisons. */
export function readMaybe(f: FunctionContext, record: ScriptValue, key: Sugared, node: t.Node): Sugared {
  const { type } = record
  const made = type.kind === 'dict' ? tryScalar(f, 'js::get', [record, materialize(f, key, node, type.key)], node) : null
  return made ?? fail(messages.noSuchProperty(f.span(node), { type: describe(record), name: f.shortText(node) }))
}

/** `record[key]`: a key that is not there traps. */
export function readEntry(f: FunctionContext, record: ScriptValue, key: Sugared, node: t.Node): Sugared {
  const read = readMaybe(f, record, key, node)
  const type = (record.type as DictType).value
  return type.kind === 'optional' || type.kind === 'none'
    ? read
    : emit(f, 'aten::_unwrap_optional', [materialize(f, read, node)], type, node)
}

/** `record[key]`, `xs[i]` and `xs.at(i)` left of `??` or compared with `undefined`: null where there is none; null for other expressions. */
export function maybeEntry(f: FunctionContext, node: t.Node): Sugared | null {
  if (node.type === 'ParenthesizedExpression') return maybeEntry(f, node.expression)
  if (f.known.has(node)) return null
  if (node.type === 'CallExpression') return maybeAt(f, node)
  if (node.type !== 'MemberExpression' || node.object.type === 'Super' || node.property.type === 'PrivateName') return null
  const held = emitExpression(f, node.object)
  const { property: name } = node
  if (!node.computed)
    return isRecord(held) && name.type === 'Identifier'
      ? readMaybe(f, held as ScriptValue, constantString(name.name), node)
      : emitMember(f, node, held)
  const key = emitExpression(f, name as t.Expression)
  if (isRecord(held)) return readMaybe(f, held as ScriptValue, key, node)
  const item = held.kind === 'value' && held.type.kind === 'list' ? tryScalar(f, 'js::maybeItem', [held, key], node) : null
  return item ?? subscript(f, held, key, name, node)
}

const isRecord = (held: Sugared): boolean => held.kind === 'value' && held.type.kind === 'dict' && held.type.form === 'record'

function maybeAt(f: FunctionContext, node: t.CallExpression): Sugared | null {
  const { callee } = node
  const [index] = node.arguments
  if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type === 'Super') return null
  if (callee.property.type !== 'Identifier' || callee.property.name !== 'at' || index?.type === 'SpreadElement') return null
  if (callee.object.type === 'Identifier' && isHostGlobal(f, callee.object.name)) return null
  const object = emitExpression(f, callee.object)
  const list = typeOf(object)?.kind === 'list' ? materialize(f, object, callee.object) : null
  return (
    (list && index && tryScalar(f, 'js::maybeAt', [list, emitExpression(f, index as t.Expression)], node)) ??
    memberCall(f, object, 'at', callee, node)
  )
}

/** `delete record[key]`. */
export function emitDelete(f: FunctionContext, node: t.UnaryExpression): Sugared {
  const { argument } = node
  if (argument.type === 'MemberExpression') {
    const record = emitExpression(f, argument.object)
    const key = argument.computed
      ? emitExpression(f, argument.property as t.Expression)
      : constantString((argument.property as t.Identifier).name)
    if (record.kind === 'value' && record.type.kind === 'dict' && record.type.form === 'record') {
      refuseCaptured(f, record, argument.object)
      return tryScalar(f, 'js::delete', [record, materialize(f, key, argument.property, types.string)], node)!
    }
  }
  return fail(messages.unsupportedExpression(f.span(node), { what: '`delete`', hint: 'use `splice`' }))
}

/** `key in record`. */
export function emitIn(f: FunctionContext, node: t.BinaryExpression): Sugared {
  const record = emitExpression(f, node.right)
  const key = node.left.type === 'PrivateName' ? null : emitExpression(f, node.left)
  const known = key?.kind === 'constant' && key.value.kind === 'string' ? key.value.value : null
  if (record.kind === 'object' && known !== null) return { kind: 'constant', value: { kind: 'bool', value: record.fields.has(known) } }
  const made = key && typeOf(record)?.kind === 'dict' ? tryScalar(f, 'aten::__contains__', [record, key], node) : null
  return (
    made ??
    fail(messages.operandTypes(f.span(node), { operator: 'in', left: key ? describe(key) : 'a private name', right: describe(record) }))
  )
}

const objectFunctions = ['keys', 'values', 'entries', 'fromEntries', 'hasOwn', 'assign', 'freeze']

/** `Object.keys(record)` and its relatives, of records and of object literals. */
export function callObject(f: FunctionContext, name: string, [object, key]: readonly Sugared[], node: t.CallExpression): Sugared {
  if (!objectFunctions.includes(name) || name === 'assign') {
    const at = node.callee.type === 'MemberExpression' ? node.callee.property : node.callee
    const { hint, extra } = misspelt(name, objectFunctions, at)
    return fail(messages.noSuchProperty(f.span(at), { type: 'Object', name, ...hint }, extra))
  }
  if (!object) return fail(messages.argumentCount(f.span(node), { name: `Object.${name}`, expected: 'one argument', actual: 0 }))
  if (name === 'freeze') return object
  if (object.kind === 'object') return ofLiteral(f, object.fields, name, key, node)
  if (name === 'fromEntries') {
    const pairs = object.kind === 'array' ? object.elements.map((pair) => (pair.kind === 'array' ? pair.elements : [])) : []
    if (pairs.length > 0 && pairs.every((pair) => pair.length === 2))
      return constructDict(f, 'record', pairs as [Sugared, Sugared][], null, node)
  }
  const made = materialize(f, object, node.arguments[0]!)
  const list = name === 'fromEntries' ? elementsOf(f, made, node) : made
  const op = { keys: 'aten::keys', values: 'aten::values', entries: 'aten::items', fromEntries: 'js::fromEntries', hasOwn: 'js::hasOwn' }[
    name
  ]!
  const isRecord = made.type.kind === 'dict' && made.type.form === 'record'
  const result = isRecord || name === 'fromEntries' ? tryScalar(f, op, key ? [list, key] : [list], node) : null
  return (
    result ??
    fail(
      messages.notAssignable(f.span(node.arguments[0]!), {
        source: describe(object),
        target: 'Record<string, T>',
        where: ` in \`Object.${name}\``,
      }),
    )
  )
}

function ofLiteral(
  f: FunctionContext,
  fields: ReadonlyMap<string, Sugared>,
  name: string,
  key: Sugared | undefined,
  node: t.CallExpression,
): Sugared {
  const elements = (make: (field: string, sugar: Sugared) => Sugared): Sugared => ({
    kind: 'array',
    elements: [...fields].map(([field, sugar]) => make(field, sugar)),
  })
  if (name === 'keys') return elements(constantString)
  if (name === 'values') return elements((_, sugar) => sugar)
  if (name === 'entries') return elements((field, sugar) => ({ kind: 'array', elements: [constantString(field), sugar] }))
  if (name === 'hasOwn' && key?.kind === 'constant' && key.value.kind === 'string')
    return { kind: 'constant', value: { kind: 'bool', value: fields.has(key.value.value) } }
  return fail(messages.constantNeeded(f.span(node), { what: 'the name of the field' }))
}
