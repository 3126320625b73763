/** Array methods that take a function, which is inlined into a loop, or into unrolled code where the elements are known one by one. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import { tryScalar } from './builtins.ts'
import { constantBool, constantInt, constantNull } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitBranch, noRefinements, toCondition } from './control.ts'
import { newOf } from './empties.ts'
import { callWith } from './functions.ts'
import { append } from './listMethods.ts'
import { emitLoop } from './loops.ts'
import type { Binding } from './scope.ts'
import type { ClosureSugar, ScriptValue, Sugared } from './sugar.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { fits, listOf, types, widens } from './typeRelations.ts'
import { describe, emit, materialize, typeOf, value } from './values.ts'

export const withFunction = ['map', 'filter', 'reduce', 'forEach', 'some', 'every', 'find', 'findIndex', 'flatMap']

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
export function higherOrder(
  f: FunctionContext,
  list: Sugared,
  name: string,
  positional: readonly Sugared[],
  node: t.CallExpression,
): Sugared {
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
      return collect(f, list, name, node, call, callback.kind === 'closure' ? narrowedElement(f, callback, list) : null)
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
export function mapElements(f: FunctionContext, list: Sugared, node: t.CallExpression, call: (...args: Sugared[]) => Sugared): Sugared {
  if (list.kind === 'array') return { kind: 'array', elements: list.elements.map((element, i) => call(element, constantInt(i))) }
  if (list.kind === 'sequence')
    return { kind: 'array', elements: Array.from({ length: list.length }, (_, i) => call(list.element(i), constantInt(i))) }
  let element = probe(f, list, node, call)
  for (;;) {
    const target = listOf(element)
    const result = newOf(f, node, (wider) => emit(f, 'prim::ListConstruct', [], wider && widens(target, wider) ? wider : target, node))
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

/** The element type of what `filter` leaves: by `(x): x is T`, or by a test against null alone. */
function narrowedElement(f: FunctionContext, { node }: ClosureSugar, list: Sugared): Type | null {
  const { returnType, body } = node
  const type = typeOf(list)
  if (type?.kind !== 'list') return null
  if (returnType?.type === 'TSTypeAnnotation' && returnType.typeAnnotation.type === 'TSTypePredicate') {
    const told = returnType.typeAnnotation.typeAnnotation
    return told ? typeOfAnnotation(f, told.typeAnnotation) : null
  }
  const [parameter] = node.params
  const tests =
    body.type === 'BinaryExpression' &&
    ['!==', '!='].includes(body.operator) &&
    body.left.type === 'Identifier' &&
    parameter?.type === 'Identifier' &&
    parameter.name === body.left.name &&
    (body.right.type === 'NullLiteral' || (body.right.type === 'Identifier' && body.right.name === 'undefined'))
  return tests && type.element.kind === 'optional' ? type.element.element : null
}

function collect(
  f: FunctionContext,
  list: Sugared,
  name: string,
  node: t.CallExpression,
  call: (...args: Sugared[]) => Sugared,
  narrowed: Type | null,
): Sugared {
  const made = materialize(f, list, node)
  if (made.type.kind !== 'list') return fail(messages.notIterable(f.span(node), { type: describe(made) }))
  const kept = narrowed && fits(narrowed, made.type.element) ? narrowed : null
  const target = kept ? listOf(kept) : name === 'filter' ? made.type : probe(f, made, node, call)
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
        const one = kept ? emit(f, 'prim::unchecked_cast', [materialize(f, element, node)], kept, node) : element
        append(f, result, one, node, 'aten::append')
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
