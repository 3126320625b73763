/** Operators on Map and Set: JavaScript's own, by reference, in insertion order. A key that is missing reads as null. */
import { typeFits } from '../compiler/ir/typeEqual.ts'
import { bool, method, none, precedence, type ScalarOp, type ScalarType } from './scalarOp.ts'

type Dict = Extract<ScalarType, { kind: 'dict' }>
type SetType = Extract<ScalarType, { kind: 'set' }>

const isPair = (type: ScalarType): type is Extract<ScalarType, { kind: 'tuple' }> => type.kind === 'tuple' && type.elements.length === 2
const list = (element: ScalarType): ScalarType => ({ kind: 'list', element })
const optional = (element: ScalarType): ScalarType => (element.kind === 'optional' ? element : { kind: 'optional', element })

/** A rule for operators whose first operand is a map. */
const onDict =
  (arity: number, result: (dict: Dict, rest: readonly ScalarType[]) => ScalarType | null) =>
  ([first, ...rest]: readonly ScalarType[]): ScalarType | null =>
    first?.kind === 'dict' && rest.length === arity ? result(first, rest) : null

const onSet =
  (arity: number, result: (set: SetType, rest: readonly ScalarType[]) => ScalarType | null) =>
  ([first, ...rest]: readonly ScalarType[]): ScalarType | null =>
    first?.kind === 'set' && rest.length === arity ? result(first, rest) : null

const custom = (text: (operands: readonly string[]) => string, at: number = precedence.postfix): ScalarOp['js'] => ({
  form: 'custom',
  precedence: at,
  print: text,
})

export const mapOps: readonly ScalarOp[] = [
  {
    name: 'js::newMap',
    type: ([entries, ...rest]) =>
      rest.length === 0 && entries?.kind === 'list' && isPair(entries.element)
        ? { kind: 'dict', key: entries.element.elements[0]!, value: entries.element.elements[1]! }
        : null,
    js: custom(([entries]) => (entries === '[]' ? 'new Map()' : `new Map(${entries})`)),
    effect: 'read',
  },
  { name: 'js::newMap', type: onDict(0, (dict) => dict), js: custom(([map]) => `new Map(${map})`), effect: 'read' },
  { name: 'aten::len', type: onDict(0, () => ({ kind: 'int' })), js: { form: 'property', name: 'size' }, effect: 'read' },
  {
    name: 'js::get',
    type: onDict(1, (dict, [key]) => (typeFits(key!, dict.key) ? optional(dict.value) : null)),
    js: custom(([map, key]) => `${map}.get(${key}) ?? null`, precedence.nullish),
    effect: 'read',
  },
  {
    name: 'aten::__contains__',
    type: onDict(1, (dict, [key]) => (typeFits(key!, dict.key) ? bool : null)),
    js: method('has'),
    effect: 'read',
  },
  {
    name: 'aten::_set_item',
    type: onDict(2, (dict, [key, value]) => (typeFits(key!, dict.key) && typeFits(value!, dict.value) ? none : null)),
    js: method('set'),
    effect: 'write',
  },
  { name: 'js::delete', type: onDict(1, (dict, [key]) => (typeFits(key!, dict.key) ? bool : null)), js: method('delete'), effect: 'write' },
  { name: 'aten::clear', type: onDict(0, () => none), js: method('clear'), effect: 'write' },
  { name: 'aten::keys', type: onDict(0, (dict) => list(dict.key)), js: custom(([map]) => `[...${map}.keys()]`), effect: 'read' },
  { name: 'aten::values', type: onDict(0, (dict) => list(dict.value)), js: custom(([map]) => `[...${map}.values()]`), effect: 'read' },
  {
    name: 'aten::items',
    type: onDict(0, (dict) => list({ kind: 'tuple', elements: [dict.key, dict.value] })),
    js: custom(([map]) => `[...${map}]`),
    effect: 'read',
  },
  {
    name: 'js::newSet',
    type: ([elements, ...rest]) => (rest.length === 0 && elements?.kind === 'list' ? { kind: 'set', element: elements.element } : null),
    js: custom(([elements]) => (elements === '[]' ? 'new Set()' : `new Set(${elements})`)),
    effect: 'read',
  },
  { name: 'js::newSet', type: onSet(0, (set) => set), js: custom(([set]) => `new Set(${set})`), effect: 'read' },
  { name: 'aten::len', type: onSet(0, () => ({ kind: 'int' })), js: { form: 'property', name: 'size' }, effect: 'read' },
  {
    name: 'aten::__contains__',
    type: onSet(1, (set, [element]) => (typeFits(element!, set.element) ? bool : null)),
    js: method('has'),
    effect: 'read',
  },
  {
    name: 'js::add',
    type: onSet(1, (set, [element]) => (typeFits(element!, set.element) ? none : null)),
    js: method('add'),
    effect: 'write',
  },
  {
    name: 'js::delete',
    type: onSet(1, (set, [element]) => (typeFits(element!, set.element) ? bool : null)),
    js: method('delete'),
    effect: 'write',
  },
  { name: 'aten::clear', type: onSet(0, () => none), js: method('clear'), effect: 'write' },
  { name: 'aten::values', type: onSet(0, (set) => list(set.element)), js: custom(([set]) => `[...${set}]`), effect: 'read' },
]
