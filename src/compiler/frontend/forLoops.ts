/**
 * `for of` and `for in`. A loop over a list walks the live array, as JavaScript does: the length is read anew each time when the body might
 * change it. A loop over `range` counts. Tuples, literals and modules are unrolled.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { mayChangeLists } from './assigned.ts'
import { rangeBounds, tryScalar } from './builtins.ts'
import { constantBool, constantInt } from './constants.ts'
import { entriesOf, recordOf, sequenceOf } from './containers.ts'
import { type FunctionContext, fail } from './context.ts'
import { type Condition, guardRest, noRefinements } from './control.ts'
import { emitRange, type Range } from './countingLoops.ts'
import { elementsOf, isDict } from './dicts.ts'
import { annotationOf, elementOf } from './exhaustive.ts'
import { emitExpression, lookup } from './expressions.ts'
import { emitLoop } from './loops.ts'
import { callOperator } from './operatorCalls.ts'
import { assignPattern } from './patterns.ts'
import { type Binding, jumpTarget, Scope } from './scope.ts'
import { emitElements } from './spread.ts'
import { bodyOf, emitScope } from './statements.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { types } from './typeRelations.ts'
import { describe, emit, materialize, typeOf, value } from './values.ts'

export function emitForOf(f: FunctionContext, node: t.ForOfStatement, label: string | null): void {
  if (node.await) fail(messages.asyncFunction(f.span(node)))
  const outer = f.scope
  f.scope = new Scope(outer)
  const name =
    node.left.type === 'VariableDeclaration' && node.left.declarations[0]?.id.type === 'Identifier'
      ? node.left.declarations[0].id.name
      : null
  const annotation = elementOf(f, annotationOf(f, node.right))
  const bind = (element: Sugared): void => {
    if (node.left.type === 'VariableDeclaration')
      assignPattern(f, node.left.declarations[0]!.id, element, node.left.kind === 'const' ? 'const' : 'let', node.right, annotation)
    else assignPattern(f, node.left, element, null, node.right)
  }
  try {
    const range = rangeCall(f, node.right)
    if (range) {
      emitRange(f, node, label, range, name, bind)
      return
    }
    const entries = entriesCall(f, node.right)
    if (entries && isDict(typeOf(entries))) {
      walkElements(f, node, label, entries, bind)
      return
    }
    const named = entries && recordOf(f, entries, node.right)
    if (named) {
      walkElements(f, node, label, entriesOf(named), bind)
      return
    }
    if (entries) {
      walkElements(f, node, label, entries, (element, index) => bind({ kind: 'array', elements: [index, element] }))
      return
    }
    walkElements(f, node, label, emitExpression(f, node.right), bind)
  } finally {
    f.scope = outer
  }
}

/** `for (const k in record)`: the keys it has when the loop starts. */
export function emitForIn(f: FunctionContext, node: t.ForInStatement, label: string | null): void {
  const { start, end, loc } = node.right
  const at = { start, end, loc }
  const callee = {
    type: 'MemberExpression',
    object: { type: 'Identifier', name: 'Object', ...at },
    property: { type: 'Identifier', name: 'keys', ...at },
    computed: false,
    ...at,
  }
  const keys = { type: 'CallExpression', callee, arguments: [node.right], ...at } as unknown as t.Expression
  emitForOf(f, { ...node, type: 'ForOfStatement', await: false, right: keys } as t.ForOfStatement, label)
}

/** The bounds of `range(...)` written in the loop's head. */
function rangeCall(f: FunctionContext, node: t.Expression): Range | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return null
  const callee = lookup(f, node.callee.name, node.callee)
  if (callee?.kind !== 'builtin' || callee.name !== 'range') return null
  return rangeBounds(f, emitElements(f, node.arguments as t.Expression[], node), node)
}

function entriesCall(f: FunctionContext, node: t.Expression): Sugared | null {
  if (
    node.type !== 'CallExpression' ||
    node.callee.type !== 'MemberExpression' ||
    node.callee.computed ||
    node.callee.property.type !== 'Identifier' ||
    node.callee.property.name !== 'entries' ||
    node.arguments.length > 0
  )
    return null
  return emitExpression(f, node.callee.object)
}

function walkElements(
  f: FunctionContext,
  node: t.ForOfStatement,
  label: string | null,
  sugar: Sugared,
  bind: (element: Sugared, index: Sugared) => void,
): void {
  const type = typeOf(sugar)
  const children = sequenceOf(f, sugar, node.right)
  if (children && sugar.kind !== 'sequence') {
    walkElements(f, node, label, children, bind)
    return
  }
  const record = recordOf(f, sugar, node.right)
  if (record) {
    walkElements(f, node, label, entriesOf(record), bind)
    return
  }
  if (sugar.kind === 'array' || sugar.kind === 'sequence' || type?.kind === 'tuple') {
    unroll(f, node, label, staticElements(f, sugar, node), bind)
    return
  }
  if (type?.kind === 'optional') fail(messages.possiblyNull(f.span(node.right), { text: f.shortText(node.right) }))
  if (type?.kind === 'tensor') {
    if (type.shape?.[0] === 0) return
    const trip = callOperator(f, 'aten::size', [sugar, constantInt(0)], node.right)
    emitElementLoop(f, node, label, trip, null, (index) =>
      bind(callOperator(f, 'aten::select', [sugar, constantInt(0), index], node.right), index),
    )
    return
  }
  if (isDict(type) && !(type.kind === 'dict' && type.form === 'record')) {
    walkDict(f, node, label, materialize(f, sugar, node.right), bind)
    return
  }
  if (type?.kind !== 'list' && type?.kind !== 'string') {
    if (['poison', 'uninitialized', 'conflict', 'void'].includes(sugar.kind)) materialize(f, sugar, node.right)
    const hint = type?.kind === 'int' ? `write \`range(${f.shortText(node.right)})\`` : undefined
    fail(messages.notIterable(f.span(node.right), { type: describe(sugar), ...(hint ? { hint } : {}) }))
  }
  const list = type.kind === 'string' ? materialize(f, tryScalar(f, 'aten::list', [sugar], node)!, node) : materialize(f, sugar, node.right)
  const element = (index: ScriptValue): void => bind(tryScalar(f, 'aten::__getitem__', [list, index], node.right)!, index)
  const length = (): Sugared => tryScalar(f, 'aten::len', [list], node.right)!
  emitElementLoop(f, node, label, mayChangeLists(node.body) ? null : length(), length, element)
}

/** A map or set: its elements as they are now where the body leaves it alone, else a walk that sees what is added and deleted. */
function walkDict(
  f: FunctionContext,
  node: t.ForOfStatement,
  label: string | null,
  dict: ScriptValue,
  bind: (element: Sugared, index: Sugared) => void,
): void {
  if (!mayChangeLists(node.body)) {
    walkElements(f, node, label, elementsOf(f, dict, node.right), bind)
    return
  }
  const walk = tryScalar(f, 'js::walk', [dict], node.right)!
  emitLoop(f, {
    node,
    label,
    trip: null,
    bind: () => bind(tryScalar(f, 'aten::__getitem__', [walk, constantInt(0)], node.right)!, constantInt(0)),
    test: () => ({
      test: tryScalar(f, 'js::advance', [walk], node) as ScriptValue,
      whenTrue: noRefinements,
      whenFalse: noRefinements,
    }),
    body: () => emitScope(f, bodyOf(node.body)),
    update: null,
    iterationName: null,
  })
}

/** A loop over positions: with a trip count, or up to the length that `length` gives at each turn. */
function emitElementLoop(
  f: FunctionContext,
  node: t.ForOfStatement,
  label: string | null,
  trip: Sugared | null,
  length: (() => Sugared) | null,
  element: (index: ScriptValue) => void,
): void {
  const position: Binding = { name: 'position', declared: null, kind: 'hidden', span: null }
  if (trip === null) f.state.values.set(position, constantInt(0))
  const current = (): ScriptValue => materialize(f, f.state.values.get(position)!, node, types.int)
  const test = (): Condition => ({
    test: emit(f, 'aten::lt', [current(), materialize(f, length!(), node)], types.bool, node),
    whenTrue: noRefinements,
    whenFalse: noRefinements,
  })
  emitLoop(f, {
    node,
    label,
    trip,
    bind: (iteration) => element(trip === null ? current() : iteration),
    test: trip === null ? test : null,
    body: () => emitScope(f, bodyOf(node.body)),
    update:
      trip === null
        ? () => void f.state.values.set(position, tryScalar(f, 'aten::add', [f.state.values.get(position)!, constantInt(1)], node)!)
        : null,
    iterationName: null,
  })
  f.state.values.delete(position)
}

function staticElements(f: FunctionContext, sugar: Sugared, node: t.ForOfStatement): readonly Sugared[] {
  if (sugar.kind === 'array') return sugar.elements
  if (sugar.kind === 'sequence') return Array.from({ length: sugar.length }, (_, i) => sugar.element(i))
  const made = materialize(f, sugar, node.right)
  const { elements } = made.type as Extract<typeof made.type, { kind: 'tuple' }>
  const range = f.range(node.right)
  return f.emitter.node('prim::TupleUnpack', [made.id], elements, range).map((id, i) => value(id, elements[i]!, range))
}

/** One copy of the body an element; `break` and `continue` become guards, as early returns do. */
function unroll(
  f: FunctionContext,
  node: t.ForOfStatement,
  label: string | null,
  elements: readonly Sugared[],
  bind: (element: Sugared, index: Sugared) => void,
): void {
  const breakTarget = jumpTarget('break')
  const loops = f.loops
  f.state.values.set(breakTarget.flag, constantBool(false))
  const step = (i: number): void => {
    const element = elements[i]
    if (element === undefined) return
    const continueTarget = jumpTarget('continue')
    f.state.values.set(continueTarget.flag, constantBool(false))
    const outer = f.scope
    f.scope = new Scope(outer)
    f.loops = [...loops, { label, breakTarget, continueTarget }]
    bind(element, constantInt(i))
    emitScope(f, bodyOf(node.body))
    f.scope = outer
    f.loops = loops
    dropTarget(f, continueTarget)
    const { exit } = f.state
    if (exit === null) step(i + 1)
    else if (exit.kind === 'jumps' && !exit.always && i + 1 < elements.length) guardRest(f, node, () => step(i + 1))
  }
  step(0)
  dropTarget(f, breakTarget)
}

/** Control that jumped to `target` goes on here. */
export function dropTarget(f: FunctionContext, target: ReturnType<typeof jumpTarget>): void {
  const { exit } = f.state
  f.state.values.delete(target.flag)
  if (exit?.kind !== 'jumps' || !exit.targets.has(target)) return
  const targets = new Set([...exit.targets].filter((other) => other !== target))
  f.state.exit = targets.size === 0 ? null : { kind: 'jumps', targets, always: false }
}
