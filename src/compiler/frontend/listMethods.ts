/** Methods of arrays: those that are operators, and those that take a function, which become loops or unrolled code with the function inlined. */
import type * as t from '@babel/types'
import { listMethods } from '../../ops/listOps.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import { callPrelude, preludeMethods } from './arrayPrelude.ts'
import { rangeBounds, tryScalar } from './builtins.ts'
import { readArguments } from './calls.ts'
import { chooseByIndex } from './choices.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitBranch, noRefinements, toCondition } from './control.ts'
import { expectType } from './empties.ts'
import { callWith } from './functions.ts'
import { emitLoop } from './loops.ts'
import { noProperty } from './members.ts'
import type { CallArguments } from './operatorCalls.ts'
import type { Binding } from './scope.ts'
import { sortWith } from './sortWith.ts'
import { spreadArgument } from './spread.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { fits, listOf, types } from './typeRelations.ts'
import { constantBool, constantInt, constantNull, constantOf, describe, emit, materialize, typeOf, value } from './values.ts'

const withFunction = ['map', 'filter', 'reduce', 'forEach', 'some', 'every', 'find', 'findIndex', 'flatMap']
const sorts = ['sort', 'toSorted']

export function callListMethod(
  f: FunctionContext,
  object: Sugared,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  const all = name === 'push' ? spreadArgument(f, node) : null
  const { positional } = all ? { positional: [] } : readArguments(f, node)
  if (withFunction.includes(name)) return higherOrder(f, object, name, positional, node)
  const fromEnd = callPrelude(f, object.kind === 'array' ? materialize(f, object, callee.object) : object, name, positional, node)
  if (fromEnd) return fromEnd
  if (sorts.includes(name)) {
    if (name === 'sort' && object.kind !== 'value') refuseWrite(f, callee.object)
    const list = materialize(f, object, callee.object)
    const sorted = sortWith(f, list, positional[0], node)
    if (name === 'toSorted') return sorted
    f.emitter.node('aten::clear', [list.id], [], f.range(node))
    f.emitter.node('aten::extend', [list.id, sorted.id], [], f.range(node))
    return list
  }
  const op = Object.hasOwn(listMethods, name) ? listMethods[name]! : undefined
  if (!op) return noProperty(f, object, name, callee, [...Object.keys(listMethods), ...withFunction, ...sorts, ...preludeMethods, 'length'])
  if (object.kind !== 'value' && ['push', 'pop', 'shift', 'unshift', 'splice', 'reverse', 'fill'].includes(name))
    refuseWrite(f, callee.object)
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

/** A captured array is a constant of the program: there is nothing that a write could change for the next call. */
export function refuseWrite(f: FunctionContext, node: t.Node): never {
  return fail(
    messages.readonlyAssignment(f.span(node), {
      name: f.shortText(node),
      why: 'a constant of the compiled program',
      hint: 'copy it first: `const xs = [...]`, `xs.slice()`',
    }),
  )
}

function append(f: FunctionContext, list: ScriptValue, argument: Sugared, node: t.Node, op: string): void {
  expectType(f, list, true, () => listOf(materialize(f, argument, node).type))
  const element = (list.type as Extract<ScriptValue['type'], { kind: 'list' }>).element
  const made = materialize(f, argument, node, argument.kind === 'array' || typeOf(argument)?.kind === 'none' ? element : undefined)
  if (!fits(made.type, element)) {
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
  f.emitter.node(op as 'aten::append', [list.id, made.id], [], f.range(node))
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

/** The elements one by one: unrolled for array literals and modules, a loop for lists. */
export function forEachElement(f: FunctionContext, list: Sugared, node: t.Node, body: (element: Sugared, index: Sugared) => void): void {
  if (list.kind === 'array' || list.kind === 'sequence') {
    const length = list.kind === 'array' ? list.elements.length : list.length
    for (let i = 0; i < length; i++) body(list.kind === 'array' ? list.elements[i]! : list.element(i), constantInt(i))
    return
  }
  const made = materialize(f, list, node)
  if (made.type.kind === 'tuple') {
    const { elements } = made.type
    const range = f.range(node)
    const ids = f.emitter.node('prim::TupleUnpack', [made.id], elements, range)
    for (const [i, id] of ids.entries()) body(value(id, elements[i]!, range), constantInt(i))
    return
  }
  if (made.type.kind !== 'list') fail(messages.notIterable(f.span(node), { type: describe(made) }))
  let index: ScriptValue
  emitLoop(f, {
    node,
    label: null,
    trip: tryScalar(f, 'aten::len', [made], node),
    bind: (iteration) => {
      index = iteration
    },
    test: null,
    body: () => body(tryScalar(f, 'aten::__getitem__', [made, index], node)!, index),
    update: null,
    iterationName: null,
  })
}

export function hidden(f: FunctionContext, name: string, initial: Sugared): Binding {
  const binding: Binding = { name, declared: null, kind: 'hidden', span: null }
  f.state.values.set(binding, initial)
  return binding
}

/** `xs.map(f)` and its relatives; the function is inlined into the loop. */
function higherOrder(f: FunctionContext, list: Sugared, name: string, positional: readonly Sugared[], node: t.CallExpression): Sugared {
  const [callback, initial] = positional
  if (!callback || !['closure', 'function', 'operator', 'builtin', 'value'].includes(callback.kind))
    return fail(messages.argumentCount(f.span(node), { name, expected: 'a function', actual: positional.length }))
  const call = (...args: Sugared[]): Sugared => callWith(f, callback, args, node)
  switch (name) {
    case 'forEach':
      forEachElement(f, list, node, (element, index) => void call(element, index))
      return { kind: 'void' }
    case 'map':
      return mapElements(f, list, node, call)
    case 'filter':
    case 'flatMap':
      return collect(f, list, name, node, call)
    case 'reduce': {
      if (!initial) return fail(messages.argumentCount(f.span(node), { name, expected: 'a function and an initial value', actual: 1 }))
      const accumulator = hidden(f, 'accumulator', initial)
      forEachElement(
        f,
        list,
        node,
        (element, index) => void f.state.values.set(accumulator, call(f.state.values.get(accumulator)!, element, index)),
      )
      return take(f, accumulator)
    }
    case 'some':
    case 'every':
    case 'find':
    case 'findIndex':
      return search(f, list, name, node, call)
    default:
      return fail(messages.unsupportedExpression(f.span(node), { what: `\`${name}\`` }))
  }
}

export function take(f: FunctionContext, binding: Binding): Sugared {
  const result = f.state.values.get(binding)!
  f.state.values.delete(binding)
  return result
}

/** The element type is what the function returns: found by reading it once for nothing. */
function mapElements(f: FunctionContext, list: Sugared, node: t.CallExpression, call: (...args: Sugared[]) => Sugared): Sugared {
  if (list.kind === 'array') return { kind: 'array', elements: list.elements.map((element, i) => call(element, constantInt(i))) }
  if (list.kind === 'sequence')
    return { kind: 'array', elements: Array.from({ length: list.length }, (_, i) => call(list.element(i), constantInt(i))) }
  let element = probe(f, list, node, call)
  for (;;) {
    const target = listOf(element)
    const result = emit(f, 'prim::ListConstruct', [], target, node)
    let wider = element
    forEachElement(f, list, node, (item, index) => {
      const made = materialize(f, call(item, index), node)
      if (!fits(made.type, element)) wider = made.type
      else f.emitter.node('aten::append', [result.id, made.id], [], f.range(node))
    })
    if (typeEqual(wider, element)) return result
    element = wider
  }
}

/** The type of `call` on an element, read into a block that is thrown away. */
function probe(f: FunctionContext, list: Sugared, node: t.CallExpression, call: (...args: Sugared[]) => Sugared) {
  const { state, emitter } = f
  const nodes = emitter.block.nodes.length
  const values = new Map(state.values)
  const type = typeOf(list)
  const element = type?.kind === 'list' ? type.element : type?.kind === 'tuple' ? type.elements[0] : undefined
  if (!element) return fail(messages.notIterable(f.span(node), { type: describe(list) }))
  const result = materialize(
    f,
    call(value(emitter.value(element, null), element), value(emitter.value(types.int, null), types.int)),
    node,
  ).type
  emitter.block.nodes.length = nodes
  state.values.clear()
  for (const [binding, sugar] of values) state.values.set(binding, sugar)
  return result
}

function collect(f: FunctionContext, list: Sugared, name: string, node: t.CallExpression, call: (...args: Sugared[]) => Sugared): Sugared {
  const made = materialize(f, list, node)
  if (made.type.kind !== 'list') return fail(messages.notIterable(f.span(node), { type: describe(made) }))
  const target = name === 'filter' ? made.type : probe(f, made, node, call)
  if (target.kind !== 'list')
    return fail(messages.notAssignable(f.span(node), { source: describe(made), target: 'an array', where: ' in `flatMap`' }))
  const result = emit(f, 'prim::ListConstruct', [], target, node)
  forEachElement(f, made, node, (element, index) => {
    if (name === 'flatMap') {
      const part = materialize(f, call(element, index), node, target)
      f.emitter.node('aten::extend', [result.id, part.id], [], f.range(node))
      return
    }
    const test = toCondition(f, call(element, index), node)
    emitBranch(
      f,
      node,
      { test, whenTrue: noRefinements, whenFalse: noRefinements },
      () => {
        append(f, result, element, node, 'aten::append')
        return null
      },
      () => null,
    )
  })
  return result
}

/** `some`, `every`, `find`, `findIndex`: a loop that stops at the first match. */
function search(f: FunctionContext, list: Sugared, name: string, node: t.CallExpression, call: (...args: Sugared[]) => Sugared): Sugared {
  const made = materialize(f, list, node)
  if (made.type.kind !== 'list') return fail(messages.notIterable(f.span(node), { type: describe(made) }))
  const stopAt = name !== 'every'
  const initial: { readonly [name: string]: Sugared } = {
    some: constantBool(false),
    every: constantBool(true),
    find: constantNull,
    findIndex: constantInt(-1),
  }
  const result = hidden(f, 'found', initial[name]!)
  const going = hidden(f, 'going', constantBool(true))
  let iteration: ScriptValue
  const test = (): { test: boolean | ScriptValue; whenTrue: typeof noRefinements; whenFalse: typeof noRefinements } => ({
    test: toCondition(f, f.state.values.get(going)!, node),
    whenTrue: noRefinements,
    whenFalse: noRefinements,
  })
  emitLoop(f, {
    node,
    label: null,
    trip: tryScalar(f, 'aten::len', [made], node),
    bind: (index) => {
      iteration = index
    },
    test,
    body: () => {
      const element = tryScalar(f, 'aten::__getitem__', [made, iteration], node)!
      const matches = toCondition(f, call(element, iteration), node)
      const stop = stopAt ? matches : typeof matches === 'boolean' ? !matches : emit(f, 'aten::__not__', [matches], types.bool, node)
      emitBranch(
        f,
        node,
        { test: stop, whenTrue: noRefinements, whenFalse: noRefinements },
        () => {
          f.state.values.set(
            result,
            { some: constantBool(true), every: constantBool(false), find: element, findIndex: iteration }[name as 'some']!,
          )
          f.state.values.set(going, constantBool(false))
          return null
        },
        () => null,
      )
    },
    update: null,
    iterationName: null,
  })
  take(f, going)
  return take(f, result)
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
    return chooseByIndex(
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
