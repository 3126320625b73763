/** Destructuring: the names of a pattern take members of records, elements of lists, tuples and shapes, or their defaults. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { assignName, store } from './assignment.ts'
import { tryScalar } from './builtins.ts'
import { constantInt, constantNull } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitBranch, noRefinements, toCondition } from './control.ts'
import { emitExpression } from './expressions.ts'
import { property } from './members.ts'
import { placeOf } from './places.ts'
import type { Annotation, Binding } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { types } from './typeRelations.ts'
import { describe, emit, materialize, typeOf, value } from './values.ts'

/** Destructures `sugar` into declared or existing names. `declare` null: an assignment. */
export function assignPattern(
  f: FunctionContext,
  pattern: t.Node,
  sugar: Sugared,
  declare: 'const' | 'let' | null,
  node: t.Node,
  annotation: Annotation | null = null,
): void {
  switch (pattern.type) {
    case 'Identifier': {
      if (declare) {
        const binding: Binding = { name: pattern.name, declared: null, kind: declare, span: f.span(pattern), annotation }
        f.scope.declare(binding)
        f.state.values.set(binding, store(f, binding, sugar, node))
      } else assignName(f, pattern, sugar, node)
      return
    }
    case 'AssignmentPattern':
      assignPattern(f, pattern.left, withDefault(f, sugar, pattern.right, node), declare, node)
      return
    case 'ArrayPattern':
      assignArray(f, pattern, sugar, declare, node)
      return
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') fail(messages.unsupportedStatement(f.span(property), { what: 'a rest property' }))
        const key =
          property.key.type === 'Identifier' && !property.computed
            ? property.key.name
            : property.key.type === 'StringLiteral'
              ? property.key.value
              : null
        if (key === null) fail(messages.dynamicCode(f.span(property), { what: 'a computed property name', hint: 'write the name' }))
        assignPattern(f, property.value, memberOf(f, sugar, key, property), declare, property)
      }
      return
    case 'MemberExpression':
      placeOf(f, pattern).write(sugar, node)
      return
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      assignPattern(f, pattern.expression, sugar, declare, node)
      return
    default:
      fail(messages.unsupportedStatement(f.span(pattern), { what: 'an assignment to this' }))
  }
}

function memberOf(f: FunctionContext, object: Sugared, key: string, node: t.ObjectProperty): Sugared {
  const member = {
    type: 'MemberExpression',
    object: node.key,
    property: node.key,
    computed: false,
    start: node.start,
    end: node.end,
    loc: node.loc,
  } as unknown as t.MemberExpression
  return property(f, object, key, member)
}

function withDefault(f: FunctionContext, sugar: Sugared, initial: t.Expression, node: t.Node): Sugared {
  const type = typeOf(sugar)
  if (type?.kind === 'none') return emitExpression(f, initial)
  if (type?.kind !== 'optional') return sugar
  const made = materialize(f, sugar, node)
  const test = toCondition(f, emit(f, 'aten::__isnot__', [made, materialize(f, constantNull, node)], { kind: 'bool' }, node), node)
  return emitBranch(
    f,
    node,
    { test, whenTrue: noRefinements, whenFalse: noRefinements },
    () => emit(f, 'prim::unchecked_cast', [made], type.element, node),
    () => emitExpression(f, initial),
  ).result!
}

function assignArray(f: FunctionContext, pattern: t.ArrayPattern, sugar: Sugared, declare: 'const' | 'let' | null, node: t.Node): void {
  const rest = pattern.elements.at(-1)?.type === 'RestElement'
  const all = pattern.elements.length - (rest ? 1 : 0)
  const list = sugar.kind === 'value' && sugar.type.kind === 'list' ? sugar : null
  const wanted = list ? withoutDefaults(pattern.elements.slice(0, all)) : all
  const parts = unpack(f, list ?? sugar, wanted, rest, node, pattern)
  for (const [i, element] of pattern.elements.entries()) {
    if (!element) continue
    if (element.type === 'RestElement') {
      const left = wanted < all ? tryScalar(f, 'js::slice', [list!, constantInt(all)], node)! : parts.rest!
      assignPattern(f, element.argument, left, declare, node)
    } else if (i >= wanted && element.type === 'AssignmentPattern')
      assignPattern(f, element.left, elementOrDefault(f, list!, i, element.right, node), declare, node)
    else assignPattern(f, element, parts.firsts[i]!, declare, element.type === 'ArrayPattern' ? element : node)
  }
}

/** Elements up to the last one without a default: those the array must have. */
const withoutDefaults = (elements: t.ArrayPattern['elements']): number =>
  elements.findLastIndex((element) => element?.type !== 'AssignmentPattern') + 1

/** `list[i]` where the list is long enough, else what the pattern says. */
function elementOrDefault(f: FunctionContext, list: ScriptValue, i: number, initial: t.Expression, node: t.Node): Sugared {
  const test = toCondition(f, tryScalar(f, 'aten::gt', [tryScalar(f, 'aten::len', [list], node)!, constantInt(i)], node)!, node)
  return emitBranch(
    f,
    node,
    { test, whenTrue: noRefinements, whenFalse: noRefinements },
    () => tryScalar(f, 'aten::__getitem__', [list, constantInt(i)], node)!,
    () => emitExpression(f, initial),
  ).result!
}

interface Unpacked {
  readonly firsts: readonly Sugared[]
  readonly rest?: Sugared
}

const unpacked = (elements: readonly Sugared[], wanted: number): Unpacked => ({
  firsts: elements.slice(0, wanted),
  rest: { kind: 'array', elements: elements.slice(wanted) },
})

function unpack(f: FunctionContext, sugar: Sugared, wanted: number, rest: boolean, node: t.Node, pattern: t.ArrayPattern): Unpacked {
  const tooShort = (length: number): never =>
    fail(messages.tupleIndex(f.span(pattern.elements[length] ?? node), { index: length, type: describe(sugar), length }))
  if (sugar.kind === 'array' || sugar.kind === 'sequence') {
    const length = sugar.kind === 'array' ? sugar.elements.length : sugar.length
    if (length < wanted) tooShort(length)
    const elements = Array.from({ length: rest ? length : wanted }, (_, i) =>
      sugar.kind === 'array' ? sugar.elements[i]! : sugar.element(i),
    )
    return unpacked(elements, wanted)
  }
  const type = typeOf(sugar)
  if (type?.kind === 'tensor') {
    const text = f.text(node)
    return fail(
      messages.tensorDestructuring(
        f.span(node),
        { text: f.shortText(node) },
        { fix: { start: node.end ?? 0, end: node.end ?? 0, replacement: text ? '.unbind(0)' : '' } },
      ),
    )
  }
  const made = materialize(f, sugar, node)
  if (type?.kind === 'tuple') {
    if (type.elements.length < wanted) tooShort(type.elements.length)
    const range = f.range(node)
    const ids = f.emitter.node('prim::TupleUnpack', [made.id], type.elements, range)
    return unpacked(
      ids.map((id, i) => value(id, type.elements[i]!, range)),
      wanted,
    )
  }
  if (type?.kind !== 'list') return fail(messages.notIterable(f.span(node), { type: describe(sugar) }))
  const range = f.range(node)
  const definition = f.emitter.definitions.get(made.id)
  if (!rest && definition?.kind === 'aten::size' && definition.inputs.length === 1)
    return { firsts: unpackShape(f, definition.inputs[0]!, wanted, node, pattern) }
  // JavaScript ignores further elements; one that is missing would be undefined, and traps.
  const ids = f.emitter.node('prim::ListUnpack', [made.id], Array<Type>(wanted).fill(type.element), range)
  const firsts = ids.map((id) => value(id, type.element, range))
  return rest ? { firsts, rest: tryScalar(f, 'js::slice', [made, constantInt(wanted)], node)! } : { firsts }
}

/** `const [n, c] = x.shape`: each size on its own, so that it stays a symbol. */
function unpackShape(f: FunctionContext, tensor: ValueId, wanted: number, node: t.Node, pattern: t.ArrayPattern): readonly Sugared[] {
  const type = f.emitter.facts.get(tensor) ?? types.tensor
  const rank = type.kind === 'tensor' ? type.shape?.length : undefined
  if (rank !== undefined && rank < wanted)
    fail(
      messages.tupleIndex(f.span(pattern.elements[rank] ?? node), {
        index: rank,
        type: `the shape of ${describe(value(tensor, type))}`,
        length: rank,
      }),
    )
  return Array.from({ length: wanted }, (_, i) =>
    emit(f, 'aten::size', [value(tensor, type), materialize(f, constantInt(i), node)], types.int, node),
  )
}
