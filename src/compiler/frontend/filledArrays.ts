/** `new Array<T>()`, `new Array(n).fill(x)`: an array of n times the same, `Array(n).keys()`. An array with holes has no type and is refused. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { constantInt } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { newOf } from './empties.ts'
import { emitExpression } from './expressions.ts'
import { typeNodesOf } from './generics.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { listOf, types, widens } from './typeRelations.ts'
import { emit, materialize } from './values.ts'

const isArray = (f: FunctionContext, callee: t.Node): boolean =>
  callee.type === 'Identifier' && callee.name === 'Array' && !f.scope.lookup('Array')

/** The `T` of `new Array<T>(...)`. */
function elementType(f: FunctionContext, node: t.NewExpression | t.CallExpression): Type | null {
  const [parameter] = typeNodesOf(node)
  return parameter ? typeOfAnnotation(f, parameter) : null
}

/** Null: something else. */
export function emitNewArray(f: FunctionContext, node: t.NewExpression): Sugared | null {
  if (!isArray(f, node.callee)) return null
  const element = elementType(f, node)
  if (node.arguments.length === 0 && element) return emit(f, 'prim::ListConstruct', [], listOf(element), node)
  return fail(
    messages.unsupportedExpression(f.span(node), { what: '`new Array`', hint: 'write `new Array(n).fill(x)`, or `[]` and `push`' }),
  )
}

/** `Array(n).fill(x)` and `Array(n).keys()`, with `new` or without; null: another call. */
export function emitFilled(f: FunctionContext, callee: t.MemberExpression, node: t.CallExpression): Sugared | null {
  const { object, property } = callee
  if ((object.type !== 'NewExpression' && object.type !== 'CallExpression') || !isArray(f, object.callee)) return null
  const [length, filler] = [object.arguments[0], node.arguments[0]]
  if (property.type !== 'Identifier' || object.arguments.length !== 1) return null
  const readCount = (): ScriptValue => materialize(f, emitExpression(f, length as t.Expression), length!, types.int)
  if (property.name === 'keys' && node.arguments.length === 0) {
    const [start, step] = [materialize(f, constantInt(0), node), materialize(f, constantInt(1), node)]
    return emit(f, 'aten::range', [start, readCount(), step], listOf(types.int), node)
  }
  if (property.name !== 'fill' || node.arguments.length !== 1) return null
  const count = readCount()
  const element = elementType(f, object)
  const value = materialize(f, emitExpression(f, filler as t.Expression), filler!, element ?? undefined)
  const natural = listOf(element ?? value.type)
  return newOf(f, node, (wider) => emit(f, 'js::filled', [count, value], wider && widens(natural, wider) ? wider : natural, node))
}
