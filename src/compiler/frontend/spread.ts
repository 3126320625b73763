/** Array literals and arguments, with spreads: of a known number of elements one by one, of an array into a new array. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import { sequenceOf } from './containers.ts'
import { type FunctionContext, fail } from './context.ts'
import { elementsOf } from './dicts.ts'
import { newOf } from './empties.ts'
import { emitExpression } from './expressions.ts'
import { copyState } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { join, listOf, widens } from './typeRelations.ts'
import { emit, materialize, notAssignable, typeOf, value } from './values.ts'
import { emitWanted } from './wanted.ts'
import { expectSame } from './widening.ts'

type ElementNode = t.Expression | t.SpreadElement | t.ArgumentPlaceholder | null

/** The type of an element where one is known. What follows a spread has no known place. */
type Wanted = (index: number) => Type | null

/** An element, or an array whose elements stand there. */
type Part = { readonly node: t.Node; readonly one: Sugared } | { readonly node: t.Node; readonly all: ScriptValue; readonly element: Type }

/** An array literal: an array at build time unless an array of unknown length is spread into it. */
export function emitArray(f: FunctionContext, node: t.ArrayExpression, wanted?: Wanted): Sugared {
  const parts = readParts(f, node.elements, node, wanted)
  if (parts.every((part) => 'one' in part)) return { kind: 'array', elements: parts.map((part) => part.one) }
  return joinParts(f, parts, node)
}

/** The elements of all parts in a new array. */
function joinParts(f: FunctionContext, parts: readonly Part[], node: t.Node): ScriptValue {
  const made = parts.map((part) => ('all' in part ? part : { ...part, value: materialize(f, part.one, part.node) }))
  const element = made
    .map((part) => ('all' in part ? part.element : part.value.type))
    .reduce((a, b, i) => {
      const joined = join(a, b)
      if (!joined) expectSame(f, a, b)
      return joined ?? fail(notAssignable(f, b, a, made[i]!.node))
    })
  const natural = listOf(element)
  return newOf(f, node, (wider) => concatenate(f, made, wider && widens(natural, wider) ? wider : natural, node))
}

type MadePart = Extract<Part, { all: ScriptValue }> | { readonly value: ScriptValue }

function concatenate(f: FunctionContext, made: readonly MadePart[], target: Type, node: t.Node): ScriptValue {
  const list = (parts: readonly ScriptValue[]): ScriptValue => {
    const ids = parts.map((part) => part.id)
    return value(f.emitter.op('prim::ListConstruct', ids, target, f.range(node)), target, f.range(node))
  }
  // Runs of single elements are one array; then all are joined, from the left. The first operand has the type of the whole.
  const groups: ScriptValue[] = []
  let run: ScriptValue[] = []
  for (const part of made) {
    if ('value' in part) run.push(part.value)
    else {
      if (run.length > 0) groups.push(list(run))
      groups.push(part.all)
      run = []
    }
  }
  if (run.length > 0) groups.push(list(run))
  const [first, ...rest] = groups as [ScriptValue, ...ScriptValue[]]
  if (rest.length === 0 && typeEqual(first.type, target)) return emit(f, 'aten::list', [first], target, node)
  const start = typeEqual(first.type, target) ? first : emit(f, 'aten::add', [list([]), first], target, node)
  return rest.reduce((joined, group) => emit(f, 'aten::add', [joined, group], target, node), start)
}

/** Arguments, or elements of a pattern's right side: how many there are is known. */
export function emitElements(f: FunctionContext, nodes: readonly ElementNode[], parent: t.Node, wanted?: Wanted): readonly Sugared[] {
  return readParts(f, nodes, parent, wanted).map((part) => ('one' in part ? part.one : fail(messages.spreadLength(f.span(part.node)))))
}

/** Arguments of script code: what a rest parameter takes may be an array whose length only the run knows. */
export function emitArguments(f: FunctionContext, nodes: readonly ElementNode[], parent: t.Node, wanted?: Wanted): readonly Sugared[] {
  return readParts(f, nodes, parent, wanted).map((part) => ('one' in part ? part.one : { ...part.all, spread: part.node }))
}

/** Where an argument stands that is an array of unknown length, if it is one. */
export const spreadOf = (argument: Sugared): t.Node | null => (argument.kind === 'value' && argument.spread) || null

/** What a rest parameter gets. */
export function restArgument(f: FunctionContext, given: readonly Sugared[], node: t.Node): Sugared {
  if (!given.some(spreadOf)) return { kind: 'array', elements: given }
  const parts = given.map((one): Part => {
    const at = spreadOf(one)
    const type = typeOf(one)
    if (!at || type?.kind !== 'list') return { node, one }
    return { node: at, all: one as ScriptValue, element: type.element }
  })
  return joinParts(f, parts, node)
}

/** Arguments of a function that takes any number of them, as one array, where a spread is of a length that only the run knows. */
export function spreadArgument(f: FunctionContext, node: t.CallExpression): ScriptValue | null {
  if (!node.arguments.some(({ type }) => type === 'SpreadElement')) return null
  const nodes = f.emitter.block.nodes.length
  const state = copyState(f.state)
  const parts = readParts(f, node.arguments, node)
  const [only] = parts
  if (parts.length === 1 && only && 'all' in only) return only.all
  if (parts.some((part) => 'all' in part)) return joinParts(f, parts, node)
  // Of known lengths all: the caller reads them one by one.
  f.emitter.block.nodes.length = nodes
  f.state = state
  return null
}

function readParts(f: FunctionContext, nodes: readonly ElementNode[], parent: t.Node, wanted: Wanted = () => null): readonly Part[] {
  const spreadAt = nodes.findIndex((element) => element?.type === 'SpreadElement')
  return nodes.flatMap((element, i): readonly Part[] => {
    if (element === null || element.type === 'ArgumentPlaceholder')
      return fail(messages.unsupportedExpression(f.span(parent), { what: 'an array with holes' }))
    if (element.type !== 'SpreadElement')
      return [{ node: element, one: emitWanted(f, element, spreadAt >= 0 && i > spreadAt ? null : wanted(i)) }]
    const spread = emitExpression(f, element.argument)
    const sugar = spread.kind === 'value' ? elementsOf(f, spread, element) : spread
    const type = typeOf(sugar)
    if (sugar.kind === 'value' && type?.kind === 'list') return [{ node: element, all: sugar, element: type.element }]
    return spreadElements(f, sugar, element).map((one) => ({ node: element, one }))
  })
}

export function spreadElements(f: FunctionContext, sugar: Sugared, node: t.Node): readonly Sugared[] {
  if (sugar.kind === 'array') return sugar.elements
  if (sugar.kind === 'sequence') return Array.from({ length: sugar.length }, (_, i) => sugar.element(i))
  const sequence = sequenceOf(f, sugar, node)
  if (sequence) return spreadElements(f, sequence, node)
  const type = typeOf(sugar)
  if (sugar.kind === 'value' && type?.kind === 'tuple') {
    const range = f.range(node)
    const ids = f.emitter.node('prim::TupleUnpack', [sugar.id], type.elements, range)
    return ids.map((id, i) => ({ kind: 'value', id, type: type.elements[i]!, range }))
  }
  return fail(messages.spreadLength(f.span(node)))
}
