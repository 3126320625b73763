/** From sugared values to SSA values, and what is known about either: type, constant, text. */
import type * as t from '@babel/types'
import { isDType } from '../../ops/args.ts'
import type { DType } from '../../ops/dtype.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ConstantValue, SourceRange, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { constantString } from './constants.ts'
import { type FunctionContext, fail, Poisoned } from './context.ts'
import { constructDict, emitEmpty } from './dicts.ts'
import { emptyOf, expectType, newOf } from './empties.ts'
import { append, wrapInCall } from './fixes.ts'
import { materializeObject } from './records.ts'
import type { ConstantSugar, ScriptValue, Sugared } from './sugar.ts'
import { fits, join, listOf, types, typeText, widens } from './typeRelations.ts'
import { expectSame } from './widening.ts'

export const value = (id: ValueId, type: Type, range?: SourceRange): ScriptValue => ({
  kind: 'value',
  id,
  type,
  ...(range ? { range } : {}),
})

/** The type of what would be materialized; null for things that are not values of the language. */
export function typeOf(sugar: Sugared): Type | null {
  switch (sugar.kind) {
    case 'value':
      return sugar.type
    case 'constant':
      return { kind: sugar.value.kind }
    case 'array': {
      const elements = sugar.elements.map(typeOf)
      if (!elements.every((type) => type !== null)) return null
      const joined = joinAll(elements)
      return joined !== null && joined.kind !== 'none' ? listOf(joined) : elements.length > 0 ? { kind: 'tuple', elements } : null
    }
    case 'void':
      return types.none
    default:
      return null
  }
}

function joinAll(all: readonly Type[]): Type | null {
  return all.length === 0 ? null : all.slice(1).reduce<Type | null>((a, b) => a && join(a, b), all[0]!)
}

/** The number, boolean, string or null that is known now; undefined otherwise. */
export function constantOf(sugar: Sugared): number | boolean | string | null | undefined {
  if (sugar.kind !== 'constant') return undefined
  return sugar.value.kind === 'none' ? null : sugar.value.value
}

export function describe(sugar: Sugared): string {
  switch (sugar.kind) {
    case 'value':
      return typeText(sugar.type)
    case 'constant':
      return sugar.value.kind === 'none'
        ? 'null'
        : sugar.value.kind === 'string'
          ? 'string'
          : sugar.value.kind === 'bool'
            ? 'boolean'
            : sugar.value.kind
    case 'array': {
      const type = typeOf(sugar)
      return type ? typeText(type) : sugar.elements.length === 0 ? 'an empty array' : `[${sugar.elements.map(describe).join(', ')}]`
    }
    case 'sequence':
      return `an array of ${sugar.length} modules`
    case 'object':
      return `{ ${[...sugar.fields.keys()].join(', ')} }`
    case 'function':
    case 'host':
    case 'closure':
    case 'traced':
    case 'operator':
    case 'builtin':
      return `the function ${sugar.name}`
    case 'namespace':
      return sugar.name === 'library' ? 'the namespace tensorscript' : `the namespace ${sugar.name}`
    case 'class':
      return `the class ${sugar.name}`
    case 'enum':
      return `the enum ${sugar.name}`
    case 'super':
      return 'super'
    case 'choice':
      return 'one of several modules'
    case 'slice':
      return 'a slice'
    case 'void':
      return 'void'
    case 'uninitialized':
    case 'conflict':
    case 'poison':
      return 'an unknown value'
    default:
      return sugar satisfies never
  }
}

/**
 * The SSA value behind a sugared one, as something that fits `target` when one is given (arrays become lists or tuples by it).
 * Reports at `node` what cannot be a value.
 */
export function materialize(f: FunctionContext, sugar: Sugared, node: t.Node, target?: Type): ScriptValue {
  const made = materializeAs(f, sugar, node, target)
  if (target && !fits(made.type, target)) {
    expectSame(f, made.type, target)
    fail(notAssignable(f, made.type, target, node))
  }
  return made
}

export function notAssignable(f: FunctionContext, source: Type, target: Type, node: t.Node, where = '') {
  const hints: { readonly [pair: string]: string } = {
    'float int': 'write `Math.trunc(...)`',
    'tensor float': 'write `.item()`',
    'tensor int': 'write `.item()`',
    'int tensor': 'write `torch.tensor(...)`',
    'float tensor': 'write `torch.tensor(...)`',
  }
  const hint = hints[`${source.kind} ${target.kind}`]
  if (source.kind === 'optional' && fits(source.element, target)) return messages.possiblyNull(f.span(node), { text: f.shortText(node) })
  const fix =
    hint === 'write `Math.trunc(...)`'
      ? wrapInCall(f, node, 'Math.trunc')
      : hint === 'write `.item()`' && target.kind === 'float'
        ? append(f, node, '.item()')
        : {}
  return messages.notAssignable(f.span(node), { source: typeText(source), target: typeText(target), where, ...(hint ? { hint } : {}) }, fix)
}

function materializeAs(f: FunctionContext, sugar: Sugared, node: t.Node, target?: Type): ScriptValue {
  const range = f.range(node)
  switch (sugar.kind) {
    case 'value':
      if (target) expectType(f, sugar, false, () => (target.kind === 'optional' ? target.element : target))
      if (target && sugar.type.kind === 'class') return upcast(f, sugar, target, node)
      if (target && widensContents(sugar.type, target))
        return emit(f, 'prim::unchecked_cast', [sugar], target.kind === 'optional' ? target.element : target, node)
      return sugar.type.kind === 'list' && target?.kind === 'tuple'
        ? tupleFromList(f, sugar, sugar.type.element, target.elements, node)
        : sugar
    case 'constant':
      return materializeConstant(f, sugar, range, target)
    case 'array':
      return materializeArray(f, sugar.elements, node, target)
    case 'void':
      return fail(messages.noValue(f.span(node), { text: f.shortText(node) }))
    case 'uninitialized':
      return fail(messages.usedBeforeAssigned(f.span(node), { name: sugar.name }, { related: sugar.way ? [sugar.way] : [] }))
    case 'conflict':
      return fail(conflictMessage(f, sugar, node))
    case 'poison':
      throw new Poisoned()
    case 'object': {
      const wanted = target?.kind === 'optional' ? target.element : target
      if (wanted?.kind === 'dict' && wanted.form === 'record') {
        const pairs = [...sugar.fields].map(([key, field]): readonly [Sugared, Sugared] => [constantString(key), field])
        return constructDict(f, 'record', pairs, wanted, node)
      }
      const record = materializeObject(f, sugar.fields, node, target)
      if (record) return record
      return fail(messages.unsupportedExpression(f.span(node), { what: `${describe(sugar)} as a value that is stored or returned` }))
    }
    case 'sequence':
    case 'choice':
    case 'function':
    case 'host':
    case 'closure':
    case 'traced':
    case 'operator':
    case 'builtin':
    case 'namespace':
    case 'class':
    case 'enum':
    case 'super':
    case 'slice':
      return fail(messages.unsupportedExpression(f.span(node), { what: `${describe(sugar)} as a value that is stored or returned` }))
    default:
      return sugar satisfies never
  }
}

/** An object where one of a base class is wanted. */
function upcast(f: FunctionContext, object: ScriptValue, target: Type, node: t.Node): ScriptValue {
  const wanted = target.kind === 'optional' ? target.element : target
  const isBase = wanted.kind === 'class' && object.type.kind === 'class' && object.type.bases?.includes(wanted.name)
  return isBase ? emit(f, 'prim::unchecked_cast', [object], wanted, node) : object
}

/** An array of ints as one of floats: the same array. */
const widensContents = (type: Type, target: Type): boolean =>
  ['list', 'set', 'dict'].includes(type.kind) && widens(type, target.kind === 'optional' ? target.element : target)

function conflictMessage(f: FunctionContext, sugar: Extract<Sugared, { kind: 'conflict' }>, node: t.Node) {
  const related = [sugar.left, sugar.right].flatMap((side) =>
    side.kind === 'value' && side.range
      ? [{ message: `${describe(side)} here`, file: side.range.file, start: side.range.start, end: side.range.end }]
      : [],
  )
  const [left, right] = [describe(sugar.left), describe(sugar.right)]
  return sugar.inLoop
    ? messages.loopChangesType(f.span(node), { name: sugar.name, before: left, after: right }, { related })
    : messages.branchTypes(f.span(node), { name: sugar.name, left, right }, { related })
}

function materializeConstant(f: FunctionContext, sugar: ConstantSugar, range: SourceRange, target?: Type): ScriptValue {
  const wanted = target?.kind === 'optional' && sugar.value.kind !== 'none' ? target.element : target
  let constantValue: ConstantValue = sugar.value
  if (wanted?.kind === 'float' && constantValue.kind === 'int') constantValue = { kind: 'float', value: constantValue.value }
  if (wanted?.kind === 'dtype' && constantValue.kind === 'string' && isDType(constantValue.value))
    constantValue = { kind: 'dtype', value: constantValue.value as DType }
  const type: Type = { kind: constantValue.kind as 'int' }
  return value(f.emitter.constant(constantValue, type, range), type, range)
}

function materializeArray(f: FunctionContext, elements: readonly Sugared[], node: t.Node, target?: Type): ScriptValue {
  const range = f.range(node)
  const wanted = target?.kind === 'optional' ? target.element : target
  if (wanted?.kind === 'tuple' && wanted.elements.length === elements.length) {
    const parts = elements.map((element, i) => materialize(f, element, elementNode(node, i, elements.length), wanted.elements[i]!))
    const type: Type = { kind: 'tuple', elements: parts.map((part, i) => declaredOr(part.type, wanted.elements[i]!)) }
    return value(
      f.emitter.op(
        'prim::TupleConstruct',
        parts.map((part) => part.id),
        type,
        range,
      ),
      type,
      range,
    )
  }
  if (wanted?.kind === 'list') {
    const parts = elements.map((element, i) => materialize(f, element, elementNode(node, i, elements.length), wanted.element))
    return value(
      f.emitter.op(
        'prim::ListConstruct',
        parts.map((part) => part.id),
        wanted,
        range,
      ),
      wanted,
      range,
    )
  }
  if (elements.length === 0) return emptyOf(f, node, (type) => emitEmpty(f, type ?? listOf(types.none), node))
  const natural = typeOf({ kind: 'array', elements })
  return newOf(f, node, (type) =>
    type && (!natural || widens(natural, type)) ? materializeArray(f, elements, node, type) : arrayOfItself(f, elements, node),
  )
}

/** An array under the type that its elements tell. */
function arrayOfItself(f: FunctionContext, elements: readonly Sugared[], node: t.Node): ScriptValue {
  const range = f.range(node)
  const parts = elements.map((element) => materialize(f, element, node))
  const joined = joinAll(parts.map((part) => part.type))
  if (joined === null) for (const part of parts) expectSame(f, parts[0]!.type, part.type)
  const isList = joined !== null && joined.kind !== 'none'
  const held = isList && joined.kind === 'class' ? parts.map((part) => upcast(f, part, joined, node)) : parts
  const type: Type = isList ? listOf(joined) : { kind: 'tuple', elements: parts.map((part) => part.type) }
  return value(
    f.emitter.op(
      isList ? 'prim::ListConstruct' : 'prim::TupleConstruct',
      held.map((part) => part.id),
      type,
      range,
    ),
    type,
    range,
  )
}

/** Where an element of an array literal is written: diagnostics point at it. */
function elementNode(node: t.Node, index: number, length: number): t.Node {
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression' || node.type === 'ParenthesizedExpression')
    return elementNode(node.expression, index, length)
  if (node.type !== 'ArrayExpression' || node.elements.length !== length) return node
  const element = node.elements[index]
  return element && element.type !== 'SpreadElement' ? element : node
}

/** `return x.split(2)` where `[Tensor, Tensor]` is declared: a list of that length, checked when it runs. */
function tupleFromList(f: FunctionContext, list: ScriptValue, element: Type, wanted: readonly Type[], node: t.Node): ScriptValue {
  if (!wanted.every((type) => fits(element, type))) return list
  const range = f.range(node)
  const parts = f.emitter.node('prim::ListUnpack', [list.id], Array<Type>(wanted.length).fill(element), range)
  const type: Type = { kind: 'tuple', elements: wanted.map((w) => declaredOr(element, w)) }
  return value(f.emitter.op('prim::TupleConstruct', parts, type, range), type, range)
}

/** The declared type where it is wider than the value's, the value's own where it only says more about a tensor. */
const declaredOr = (actual: Type, declared: Type): Type => (declared.kind === 'tensor' ? actual : declared)

/** A value under its declared type: a wider declaration wins, but narrowing of `T | null` on assignment is kept. */
export function asDeclared(made: ScriptValue, declared: Type): ScriptValue {
  if (declared.kind === 'optional' && made.type.kind !== 'optional')
    return made.type.kind === 'none' ? made : asDeclared(made, declared.element)
  if (declared.kind === 'tensor' || declared.kind === 'union') return made
  return { ...made, type: declared.kind === 'tuple' ? made.type : declared }
}

/** Emits a node with one result. */
export function emit(
  f: FunctionContext,
  kind: `${string}::${string}`,
  inputs: readonly ScriptValue[],
  result: Type,
  node: t.Node,
): ScriptValue {
  const range = f.range(node)
  return value(
    f.emitter.op(
      kind,
      inputs.map((input) => input.id),
      result,
      range,
    ),
    result,
    range,
  )
}
