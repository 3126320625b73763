/** Methods of arrays, of tuples and of modules in an array; those that take a function are in higherOrder.ts. */
import type * as t from '@babel/types'
import { listMethods } from '../../ops/listOps.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { callPrelude, preludeMethods } from './arrayPrelude.ts'
import { rangeBounds, tryScalar } from './builtins.ts'
import { readArguments } from './calls.ts'
import { chooseAt } from './choices.ts'
import { constantInt, constantNull } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { expectType } from './empties.ts'
import { callWith } from './functions.ts'
import { forEachElement, higherOrder, mapElements, withFunction } from './higherOrder.ts'
import { noProperty } from './members.ts'
import type { CallArguments } from './operatorCalls.ts'
import { sortWith } from './sortWith.ts'
import { spreadArgument } from './spread.ts'
import { becomeStateOf } from './state.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { fits, listOf, types } from './typeRelations.ts'
import { constantOf, describe, emit, materialize, typeOf, value } from './values.ts'
import { expectSame } from './widening.ts'

const sorts = ['sort', 'toSorted']
const writes = ['push', 'pop', 'shift', 'unshift', 'splice', 'reverse', 'fill', 'sort']
/** Methods that give a new array. */
const makers = [...writes, 'map', 'filter', 'flatMap', 'slice', 'concat', 'toSorted', 'toReversed', 'toSpliced', 'with', 'flat']

export function callListMethod(
  f: FunctionContext,
  object: Sugared,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  const all = name === 'push' ? spreadArgument(f, node) : null
  const { positional } = all ? { positional: [] } : readArguments(f, node)
  if (withFunction.includes(name) && !(name === 'reduce' && positional.length === 1)) return higherOrder(f, object, name, positional, node)
  if (name === 'next' && !startsIterator(callee.object)) return noProperty(f, object, name, callee, [])
  const fromEnd = callPrelude(f, object.kind === 'array' ? materialize(f, object, callee.object) : object, name, positional, node)
  if (fromEnd) return fromEnd
  if (sorts.includes(name) && positional[0]) {
    if (name === 'sort') refuseConstant(f, object, callee.object)
    const list = materialize(f, object, callee.object)
    const sorted = sortWith(f, list, positional[0], node)
    if (name === 'toSorted') return sorted
    forEachElement(f, sorted, node, (element, index) => {
      f.emitter.node('aten::_set_item', [list.id, materialize(f, index, node).id, materialize(f, element, node).id], [], f.range(node))
    })
    return list
  }
  const op = Object.hasOwn(listMethods, name) ? listMethods[name]! : undefined
  if (!op) return noProperty(f, object, name, callee, [...Object.keys(listMethods), ...withFunction, ...preludeMethods, 'length'])
  if (writes.includes(name)) refuseConstant(f, object, callee.object)
  const list = object.kind === 'value' ? object : materialize(f, object, callee.object)
  if (list.type.kind === 'tuple') return tupleMethod(f, list, list.type.elements, name, positional, callee, node)
  if (list.type.kind !== 'list') return noProperty(f, object, name, callee, [])
  const element = list.type.element
  switch (name) {
    case 'push':
    case 'unshift':
      if (all) f.emitter.node('aten::extend', [list.id, all.id], [], f.range(node))
      // The first of several is the first afterwards, too.
      for (const [i, argument] of name === 'push' ? positional.entries() : [...positional.entries()].reverse())
        append(f, list, argument, node.arguments[i] ?? node, op)
      return { kind: 'void' }
    case 'slice':
      if (positional.length === 0) return emit(f, 'aten::list', [list], list.type, node)
      break
    case 'entries':
    case 'keys':
    case 'values':
      if (positional.length > 0)
        return fail(messages.argumentCount(f.span(node), { name, expected: 'no arguments', actual: positional.length }))
      break
    case 'splice':
      if (positional.length > 2) {
        const added = positional.slice(2).map((argument, i) => materialize(f, argument, node.arguments[i + 2] ?? node, element))
        return tryScalar(f, op, [list, ...positional.slice(0, 2), ...added], node) ?? noProperty(f, list, name, callee, [])
      }
      if (positional.length === 1) return tryScalar(f, op, [list, positional[0]!, constantInt(2 ** 31 - 1)], node)!
      break
    case 'with':
    case 'fill': {
      const at = name === 'with' ? 1 : 0
      const operands = positional.map((p, i) => (i === at ? materialize(f, p, node.arguments[i] ?? node, element) : p))
      const made = tryScalar(f, op, [list, ...operands], node)
      if (made) return made
      break
    }
    case 'toSpliced':
      if (positional.length === 1) return tryScalar(f, op, [list, positional[0]!, constantInt(2 ** 31 - 1)], node)!
      break
    case 'sort':
    case 'toSorted':
      return (
        tryScalar(f, op, [list], node) ??
        fail(messages.argumentCount(f.span(node), { name, expected: 'a function that compares', actual: positional.length }))
      )
    case 'join':
      if (positional.length === 0) return tryScalar(f, op, [list, { kind: 'constant', value: { kind: 'string', value: ',' } }], node)!
      break
    case 'concat':
    case 'includes':
    case 'indexOf':
    case 'lastIndexOf': {
      const target = name === 'concat' ? list.type : element
      const operands = positional.map((argument, i) => materialize(f, argument, node.arguments[i] ?? node, target))
      if (name === 'concat' && operands.length > 1)
        return operands.reduce((joined, operand) => emit(f, 'aten::add', [joined, operand], list.type, node), list)
      const made = tryScalar(f, op, [list, ...operands], node)
      if (made) return made
      break
    }
  }
  return (
    tryScalar(f, op, [list, ...positional], node) ??
    fail(
      messages.notAssignable(f.span(node), {
        source: `(${positional.map(describe).join(', ')})`,
        target: 'what it takes',
        where: ` in \`${name}\``,
      }),
    )
  )
}

/** `map.keys()` of `map.keys().next()`: iterators are arrays here, so that only the first step of a new one is known. */
const startsIterator = (node: t.Node): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.property.type === 'Identifier' &&
  ['keys', 'values', 'entries'].includes(node.callee.property.name)

/** An array that was just made may be written, whatever stands in it. */
function refuseConstant(f: FunctionContext, object: Sugared, node: t.Node): void {
  const made =
    node.type === 'ArrayExpression' ||
    (node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      node.callee.property.type === 'Identifier' &&
      makers.includes(node.callee.property.name))
  if (object.kind !== 'value' && !made) refuseWrite(f, node)
}

/** A captured array is a constant of the program; one in a field of a module becomes part of its state. */
export function refuseWrite(f: FunctionContext, node: t.Node): never {
  becomeStateOf(f, node)
  return fail(
    messages.readonlyAssignment(f.span(node), {
      name: f.shortText(node),
      why: 'a constant of the compiled program',
      hint: 'copy it first: `const xs = [...]`, `xs.slice()`',
    }),
  )
}

export function append(f: FunctionContext, list: ScriptValue, argument: Sugared, node: t.Node, op: string): void {
  expectType(f, list, true, () => listOf(typeOf(argument) ?? materialize(f, argument, node).type))
  const element = (list.type as Extract<ScriptValue['type'], { kind: 'list' }>).element
  const takesType = ['array', 'object'].includes(argument.kind) || typeOf(argument)?.kind === 'none'
  const made = materialize(f, argument, node, takesType && element.kind !== 'none' ? element : undefined)
  if (!fits(made.type, element)) {
    expectSame(f, made.type, element)
    const related = list.range
      ? [{ message: `${describe(list)} established here`, file: list.range.file, start: list.range.start, end: list.range.end }]
      : []
    fail(
      messages.notAssignable(
        f.span(node),
        { source: describe(made), target: describe({ ...made, type: element }), where: ', the element type of the array' },
        { related },
      ),
    )
  }
  f.emitter.node(op as 'aten::append', [list.id, materialize(f, made, node, element).id], [], f.range(node))
}

function tupleMethod(
  f: FunctionContext,
  tuple: ScriptValue,
  elements: readonly Type[],
  name: string,
  positional: readonly Sugared[],
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  if (name === 'at' && positional[0]?.kind === 'constant' && positional[0].value.kind === 'int') {
    const index = positional[0].value.value < 0 ? positional[0].value.value + elements.length : positional[0].value.value
    const element = elements[index]
    if (!element) return fail(messages.tupleIndex(f.span(node), { index, type: describe(tuple), length: elements.length }))
    return emit(f, 'prim::TupleIndex', [tuple, materialize(f, constantInt(index), node)], element, node)
  }
  if ((name === 'slice' && positional.every((bound) => typeof constantOf(bound) === 'number')) || name === 'toReversed') {
    const range = f.range(node)
    const ids = f.emitter.node('prim::TupleUnpack', [tuple.id], elements, range)
    const parts = ids.map((id, i) => value(id, elements[i]!, range))
    return {
      kind: 'array',
      elements: name === 'slice' ? parts.slice(...positional.map((bound) => constantOf(bound) as number)) : parts.reverse(),
    }
  }
  return noProperty(f, tuple, name, callee, ['at', 'slice', 'toReversed', 'length'])
}

export function callSequenceMethod(
  f: FunctionContext,
  object: Extract<Sugared, { kind: 'sequence' }>,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  const { positional } = readArguments(f, node)
  if (['map', 'forEach', 'reduce'].includes(name)) return higherOrder(f, object, name, positional, node)
  const index = positional[0]
  if (name === 'at' && index?.kind === 'constant' && index.value.kind === 'int') {
    const at = index.value.value < 0 ? index.value.value + object.length : index.value.value
    if (at >= 0 && at < object.length) return object.element(at)
    return fail(messages.tupleIndex(f.span(node), { index: at, type: describe(object), length: object.length }))
  }
  if (name === 'at' && index && typeOf(index)?.kind === 'int')
    return chooseAt(
      f,
      Array.from({ length: object.length }, (_, i) => object.element(i)),
      index,
      node,
    )
  if (name === 'slice' && positional.every((p) => p.kind === 'constant' && p.value.kind === 'int')) {
    const [start, end] = positional.map((p) => (p as Extract<Sugared, { kind: 'constant' }>).value) as { readonly value: number }[]
    const indices = Array.from({ length: object.length }, (_, i) => i).slice(start?.value, end?.value)
    return { kind: 'sequence', length: indices.length, element: (i) => object.element(indices[i]!), text: object.text }
  }
  return noProperty(f, object, name, callee, ['map', 'forEach', 'at', 'slice', 'length'])
}

/** `Array.from({ length: n }, (_, i) => ...)`, `Array.from(xs)`, `Array.from(range(n))`. */
export function callArrayFrom(f: FunctionContext, args: CallArguments, node: t.CallExpression): Sugared {
  const [source, callback] = args.positional
  if (!source) return fail(messages.argumentCount(f.span(node), { name: 'Array.from', expected: 'an array', actual: 0 }))
  let list: Sugared = source
  const length = source.kind === 'object' ? source.fields.get('length') : undefined
  if (length) {
    const { start, stop, step } = rangeBounds(f, [length], node)
    list = emit(
      f,
      'aten::range',
      [start, stop, step].map((bound) => materialize(f, bound, node, types.int)),
      listOf(types.int),
      node,
    )
    if (callback) return mapElements(f, list, node, (_, index) => callWith(f, callback, [constantNull, index], node))
    return fail(messages.argumentCount(f.span(node), { name: 'Array.from', expected: 'a length and a function', actual: 1 }))
  }
  if (callback) return mapElements(f, list, node, (element, index) => callWith(f, callback, [element, index], node))
  if (typeOf(list)?.kind === 'string') return tryScalar(f, 'aten::list', [list], node)!
  const made = materialize(f, list, node)
  return made.type.kind === 'list' ? emit(f, 'aten::list', [made], made.type, node) : made
}
