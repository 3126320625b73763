/**
 * Operators on arrays and tuples. Arrays are JavaScript arrays, by reference. Reading outside an array traps (`item`, `setItem`
 * check), where the uncompiled code would give undefined.
 */
import { typeFits } from '../compiler/ir/typeEqual.ts'
import {
  bool,
  custom,
  helper,
  int,
  isInt,
  isList,
  method,
  none,
  precedence,
  type ScalarOp,
  type ScalarType,
  signature,
  string,
} from './scalarOp.ts'

const elementOf = (type: ScalarType): ScalarType => (type.kind === 'list' ? type.element : type)
const sameList = (types: readonly ScalarType[]): ScalarType => types[0]!
const element = (types: readonly ScalarType[]): ScalarType => elementOf(types[0]!)

/** null of an empty array. */
const maybeElement = (types: readonly ScalarType[]): ScalarType => {
  const type = element(types)
  return type.kind === 'optional' || type.kind === 'none' ? type : { kind: 'optional', element: type }
}

/** `[T[], T]`: the second operand fits the element type of the first. */
const listAndElement =
  (result: ScalarType | ((types: readonly ScalarType[]) => ScalarType)) =>
  (types: readonly ScalarType[]): ScalarType | null => {
    if (types.length !== 2 || !isList(types[0]!) || !typeFits(types[1]!, elementOf(types[0]!))) return null
    return typeof result === 'function' ? result(types) : result
  }

/** `[T[], int, int, ...T]`: what `splice` puts in. */
const splice = (types: readonly ScalarType[]): ScalarType | null => {
  const [list, start, count, ...items] = types
  if (!list || !isList(list) || start?.kind !== 'int' || count?.kind !== 'int') return null
  return items.every((item) => typeFits(item, elementOf(list))) ? list : null
}

const primitiveElement = (type: ScalarType): boolean => ['int', 'float', 'bool', 'string', 'enum', 'dtype'].includes(elementOf(type).kind)

const primitiveList = (types: readonly ScalarType[]): ScalarType | null =>
  types.length === 1 && isList(types[0]!) && primitiveElement(types[0]!) ? types[0]! : null

const constantList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

export const listOps: readonly ScalarOp[] = [
  {
    name: 'aten::len',
    type: signature([isList], int),
    evaluate: ([list]) => (constantList(list) ? list.length : undefined),
    js: { form: 'property', name: 'length' },
    effect: 'read',
  },
  {
    name: 'aten::__getitem__',
    type: signature([isList, isInt], element),
    evaluate: ([list, index]) =>
      constantList(list) && typeof index === 'number' && index >= 0 && index < list.length ? (list as readonly number[])[index] : undefined,
    js: helper('item'),
    effect: 'read',
  },
  /** A tuple indexed by a value that is not constant. */
  {
    name: 'aten::__getitem__',
    type: (types) => {
      const [tuple, index] = types
      if (types.length !== 2 || tuple?.kind !== 'tuple' || index?.kind !== 'int' || tuple.elements.length === 0) return null
      const distinct = tuple.elements.filter((type, i) => tuple.elements.findIndex((other) => typeFits(type, other)) === i)
      return distinct.length === 1 ? distinct[0]! : { kind: 'union', members: distinct }
    },
    js: helper('item'),
    effect: 'throw',
  },
  /** `xs.at(i)`: negative counts from the end; outside traps. */
  { name: 'js::at', type: signature([isList, isInt], element), js: helper('itemAt'), effect: 'read' },
  /** `xs.at(i)` and `xs[i]` where null of what is outside is asked for: left of `??`. */
  {
    name: 'js::maybeAt',
    type: signature([isList, isInt], maybeElement),
    js: custom(precedence.conditional, ([xs, i]) => `${xs}.at(${i}) ?? null`),
    effect: 'read',
  },
  {
    name: 'js::maybeItem',
    type: signature([isList, isInt], maybeElement),
    js: custom(precedence.conditional, ([xs, i]) => `${xs}[${i}] ?? null`),
    effect: 'read',
  },
  {
    name: 'aten::_set_item',
    type: (types) =>
      types.length === 3 && isList(types[0]!) && isInt(types[1]!) && typeFits(types[2]!, elementOf(types[0]!)) ? none : null,
    js: helper('setItem'),
    effect: 'write',
  },
  { name: 'aten::append', type: listAndElement(none), js: method('push'), effect: 'write' },
  {
    name: 'aten::extend',
    type: signature([isList, isList], none),
    js: { form: 'custom', precedence: precedence.postfix, print: ([a, b]) => `${a}.push(...${b})` },
    effect: 'write',
  },
  { name: 'aten::pop', type: signature([isList], maybeElement), js: helper('pop'), effect: 'write' },
  { name: 'js::shift', type: signature([isList], maybeElement), js: helper('shift'), effect: 'write' },
  { name: 'js::unshift', type: listAndElement(none), js: method('unshift'), effect: 'write' },
  {
    name: 'js::splice',
    type: ([list, start, count, ...added]) =>
      list?.kind === 'list' && start?.kind === 'int' && count?.kind === 'int' && added.every((type) => typeFits(type, list.element))
        ? list
        : null,
    js: method('splice'),
    effect: 'write',
  },
  {
    name: 'js::entries',
    type: signature([isList], ([list]) => ({ kind: 'list', element: { kind: 'tuple', elements: [int, elementOf(list!)] } })),
    js: { form: 'custom', precedence: precedence.postfix, print: ([list]) => `[...${list}.entries()]` },
    effect: 'read',
  },
  {
    name: 'js::keys',
    type: signature([isList], { kind: 'list', element: int }),
    js: { form: 'custom', precedence: precedence.postfix, print: ([list]) => `[...${list}.keys()]` },
    effect: 'read',
  },
  { name: 'js::toSpliced', type: splice, js: method('toSpliced'), effect: 'read' },
  {
    name: 'js::with',
    type: (types) =>
      types.length === 3 && isList(types[0]!) && isInt(types[1]!) && typeFits(types[2]!, elementOf(types[0]!)) ? types[0]! : null,
    js: method('with'),
    effect: 'read',
  },
  {
    name: 'js::fill',
    type: (types) =>
      types.length >= 2 &&
      types.length <= 4 &&
      isList(types[0]!) &&
      typeFits(types[1]!, elementOf(types[0]!)) &&
      types.slice(2).every(isInt)
        ? types[0]!
        : null,
    js: method('fill'),
    effect: 'write',
  },
  {
    name: 'js::flat',
    type: (types) => (types.length === 1 && isList(types[0]!) && elementOf(types[0]!).kind === 'list' ? elementOf(types[0]!) : null),
    js: method('flat'),
    effect: 'read',
  },
  {
    name: 'js::lastIndexOf',
    type: (types) =>
      types.length === 2 && isList(types[0]!) && primitiveElement(types[0]!) && typeFits(types[1]!, elementOf(types[0]!)) ? int : null,
    js: method('lastIndexOf'),
    effect: 'read',
  },
  { name: 'aten::reverse', type: signature([isList], sameList), js: method('reverse'), effect: 'write' },
  {
    name: 'aten::clear',
    type: signature([isList], none),
    js: { form: 'custom', precedence: 1, print: ([a]) => `${a}.length = 0` },
    effect: 'write',
  },
  { name: 'aten::list', type: signature([isList], sameList), js: method('slice'), effect: 'read' },
  {
    name: 'aten::add',
    type: (types) => (types.length === 2 && isList(types[0]!) && isList(types[1]!) && typeFits(types[1]!, types[0]!) ? types[0]! : null),
    js: method('concat'),
    effect: 'read',
  },
  { name: 'js::slice', type: signature([isList, isInt], sameList), js: method('slice'), effect: 'read' },
  { name: 'js::slice', type: signature([isList, isInt, isInt], sameList), js: method('slice'), effect: 'read' },
  { name: 'js::toReversed', type: signature([isList], sameList), js: method('toReversed'), effect: 'read' },
  /** Without a function that compares: by their texts, as JavaScript does. */
  { name: 'js::sort', type: primitiveList, js: method('sort'), effect: 'write' },
  { name: 'js::toSorted', type: primitiveList, js: method('toSorted'), effect: 'read' },
  {
    name: 'js::join',
    type: (types) =>
      types.length === 2 && isList(types[0]!) && primitiveElement(types[0]!) && types[1]!.kind === 'string' ? string : null,
    js: method('join'),
    effect: 'read',
  },
  {
    name: 'aten::__contains__',
    type: (types) =>
      types.length === 2 && isList(types[0]!) && primitiveElement(types[0]!) && typeFits(types[1]!, elementOf(types[0]!)) ? bool : null,
    js: method('includes'),
    effect: 'read',
  },
  {
    name: 'aten::index',
    type: (types) =>
      types.length === 2 && isList(types[0]!) && primitiveElement(types[0]!) && typeFits(types[1]!, elementOf(types[0]!)) ? int : null,
    js: method('indexOf'),
    effect: 'read',
  },
  { name: 'aten::range', type: signature([isInt, isInt, isInt], { kind: 'list', element: int }), js: helper('range'), effect: 'throw' },
  {
    name: 'js::filled',
    type: (types) => (types.length === 2 && isInt(types[0]!) ? { kind: 'list', element: types[1]! } : null),
    js: { form: 'custom', precedence: precedence.postfix, print: ([n, value]) => `new Array(${n}).fill(${value})` },
    effect: 'read',
  },
]

/** Operator behind an array method; the call rules that need more are in the frontend. */
export const listMethods: { readonly [method: string]: string } = {
  push: 'aten::append',
  pop: 'aten::pop',
  shift: 'js::shift',
  unshift: 'js::unshift',
  splice: 'js::splice',
  entries: 'js::entries',
  keys: 'js::keys',
  values: 'aten::list',
  reverse: 'aten::reverse',
  concat: 'aten::add',
  slice: 'js::slice',
  toReversed: 'js::toReversed',
  sort: 'js::sort',
  toSorted: 'js::toSorted',
  join: 'js::join',
  includes: 'aten::__contains__',
  indexOf: 'aten::index',
  lastIndexOf: 'js::lastIndexOf',
  toSpliced: 'js::toSpliced',
  with: 'js::with',
  fill: 'js::fill',
  flat: 'js::flat',
  at: 'js::at',
}
