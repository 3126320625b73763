/**
 * Operators on maps, records and sets: JavaScript's own, by reference and in insertion order. A key that is not there reads as null,
 * where uncompiled code gets undefined.
 */
import { typeFits } from '../compiler/ir/typeEqual.ts'
import {
  anything,
  bool,
  call,
  custom,
  helper,
  int,
  type JsForm,
  method,
  none,
  type Pattern,
  precedence,
  type ScalarOp,
  type ScalarType,
  signature,
} from './scalarOp.ts'

type Dict = Extract<ScalarType, { readonly kind: 'dict' }>

const isMap: Pattern = (type) => type.kind === 'dict' && type.form === 'map'
const isRecord: Pattern = (type) => type.kind === 'dict' && type.form === 'record'
const isSet: Pattern = (type) => type.kind === 'set'

const listOf = (element: ScalarType): ScalarType => ({ kind: 'list', element })
const optional = (element: ScalarType): ScalarType =>
  element.kind === 'optional' || element.kind === 'none' ? element : { kind: 'optional', element }
const dict = (types: readonly ScalarType[]): Dict => types[0] as Dict
const elementOf = (type: ScalarType): ScalarType => (type as Extract<ScalarType, { readonly kind: 'set' }>).element
const pairOf = (type: Dict): ScalarType => ({ kind: 'tuple', elements: [type.key, type.value] })

/** `[container, key]`: the key fits the container's. */
const keyed =
  (container: Pattern, result: (type: Dict) => ScalarType) =>
  (types: readonly ScalarType[]): ScalarType | null =>
    types.length === 2 && container(types[0]!) && typeFits(types[1]!, dict(types).key) ? result(dict(types)) : null

const member =
  (result: ScalarType) =>
  (types: readonly ScalarType[]): ScalarType | null =>
    types.length === 2 && isSet(types[0]!) && typeFits(types[1]!, elementOf(types[0]!)) ? result : null

const written =
  (container: Pattern) =>
  (types: readonly ScalarType[]): ScalarType | null =>
    types.length === 3 && container(types[0]!) && typeFits(types[1]!, dict(types).key) && typeFits(types[2]!, dict(types).value)
      ? none
      : null

/** Lists of `[key, value]`. */
const fromPairs =
  (form: Dict['form']) =>
  (types: readonly ScalarType[]): ScalarType | null => {
    const [list] = types
    if (types.length !== 1 || list?.kind !== 'list' || list.element.kind !== 'tuple' || list.element.elements.length !== 2) return null
    const [key, value] = list.element.elements as readonly [ScalarType, ScalarType]
    return form === 'map' || key.kind === 'string' ? { kind: 'dict', form, key, value } : null
  }

const key = (type: Dict): ScalarType => listOf(type.key)
const value = (type: Dict): ScalarType => listOf(type.value)
const pairs = (type: Dict): ScalarType => listOf(pairOf(type))
const whole =
  (container: Pattern, result: (type: Dict) => ScalarType) =>
  (types: readonly ScalarType[]): ScalarType | null =>
    types.length === 1 && container(types[0]!) ? result(dict(types)) : null

const spread = (name: string): JsForm => custom(precedence.primary, ([map]) => `[...${map}.${name}()]`)
const read = { effect: 'read' } as const
const write = { effect: 'write' } as const

export const dictOps: readonly ScalarOp[] = [
  { name: 'aten::len', type: signature([isMap], int), js: { form: 'property', name: 'size' }, ...read },
  { name: 'aten::len', type: signature([isSet], int), js: { form: 'property', name: 'size' }, ...read },
  { name: 'aten::len', type: signature([isRecord], int), js: custom(precedence.postfix, ([a]) => `Object.keys(${a}).length`), ...read },
  {
    name: 'js::get',
    type: keyed(isMap, (type) => optional(type.value)),
    js: custom(precedence.conditional, ([map, at]) => `${map}.get(${at}) ?? null`),
    ...read,
  },
  {
    name: 'js::get',
    type: keyed(isRecord, (type) => optional(type.value)),
    js: custom(precedence.conditional, ([record, at]) => `${record}[${at}] ?? null`),
    ...read,
  },
  { name: 'aten::_set_item', type: written(isMap), js: method('set'), ...write },
  { name: 'aten::_set_item', type: written(isRecord), js: custom(1, ([record, at, value]) => `${record}[${at}] = ${value}`), ...write },
  { name: 'aten::__contains__', type: keyed(isMap, () => bool), js: method('has'), ...read },
  {
    name: 'aten::__contains__',
    type: keyed(isRecord, () => bool),
    js: custom(precedence.relational, ([record, at]) => `${at} in ${record}`),
    ...read,
  },
  { name: 'aten::__contains__', type: member(bool), js: method('has'), ...read },
  { name: 'js::hasOwn', type: keyed(isRecord, () => bool), js: call('Object.hasOwn'), ...read },
  { name: 'js::delete', type: keyed(isMap, () => bool), js: method('delete'), ...write },
  {
    name: 'js::delete',
    type: keyed(isRecord, () => bool),
    js: custom(precedence.unary, ([record, at]) => `delete ${record}[${at}]`),
    ...write,
  },
  { name: 'js::delete', type: member(bool), js: method('delete'), ...write },
  { name: 'js::add', type: member(none), js: method('add'), ...write },
  { name: 'aten::clear', type: signature([isMap], none), js: method('clear'), ...write },
  { name: 'aten::clear', type: signature([isSet], none), js: method('clear'), ...write },
  { name: 'aten::keys', type: whole(isMap, key), js: spread('keys'), ...read },
  { name: 'aten::keys', type: whole(isRecord, key), js: call('Object.keys'), ...read },
  { name: 'aten::values', type: whole(isMap, value), js: spread('values'), ...read },
  { name: 'aten::values', type: whole(isRecord, value), js: call('Object.values'), ...read },
  { name: 'aten::items', type: whole(isMap, pairs), js: custom(precedence.primary, ([map]) => `[...${map}]`), ...read },
  { name: 'aten::items', type: whole(isRecord, pairs), js: call('Object.entries'), ...read },
  {
    name: 'aten::values',
    type: signature([isSet], ([set]) => listOf(elementOf(set!))),
    js: custom(precedence.primary, ([set]) => `[...${set}]`),
    ...read,
  },
  { name: 'aten::dict', type: whole(isMap, (type) => type), js: custom(precedence.postfix, ([map]) => `new Map(${map})`), ...read },
  { name: 'aten::dict', type: whole(isRecord, (type) => type), js: custom(precedence.primary, ([a]) => `{ ...${a} }`), ...read },
  { name: 'aten::dict', type: fromPairs('map'), js: custom(precedence.postfix, ([list]) => `new Map(${list})`), ...read },
  { name: 'js::fromEntries', type: fromPairs('record'), js: call('Object.fromEntries'), ...read },
  {
    name: 'js::set',
    type: signature([isSet], ([set]) => set!),
    js: custom(precedence.postfix, ([set]) => `new Set(${set})`),
    ...read,
  },
  {
    name: 'js::set',
    type: signature([(type) => type.kind === 'list'], ([list]) => ({ kind: 'set', element: elementOf(list!) })),
    js: custom(precedence.postfix, ([list]) => `new Set(${list})`),
    ...read,
  },
  /** A walk that sees what is added and deleted on the way; `walk[0]` is where it stands. */
  { name: 'js::walk', type: whole(isMap, pairs), js: helper('walk'), ...read },
  { name: 'js::walk', type: signature([isSet], ([set]) => listOf(elementOf(set!))), js: helper('walk'), ...read },
  { name: 'js::advance', type: signature([anything], bool), js: helper('advance'), ...write },
]
