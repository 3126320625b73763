/**
 * `fork(f, ...args)` and `wait(future)`. A fork runs where it stands, so a future is the value it holds under a type of its own: graphs know
 * only the value (`erase`). A future cannot cross the border of the program, where the host would expect an object.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { constantNull } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { callWith } from './functions.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { types, typeText } from './typeRelations.ts'
import { describe, materialize, typeOf } from './values.ts'

export function callFork(f: FunctionContext, positional: readonly Sugared[], node: t.CallExpression): Sugared {
  const [callee, ...rest] = positional
  if (!callee) return fail(messages.argumentCount(f.span(node), { name: 'fork', expected: 'a function and its arguments', actual: 0 }))
  const call: t.CallExpression = { ...node, callee: node.arguments[0] as t.Expression, arguments: node.arguments.slice(1) }
  const result = callWith(f, callee, rest, call)
  const made = materialize(f, result.kind === 'void' ? constantNull : result, node)
  return { ...made, type: { kind: 'future', element: made.type } }
}

export function waitFor(f: FunctionContext, positional: readonly Sugared[], node: t.CallExpression): Sugared {
  const [future] = positional
  const type = future && typeOf(future)
  if (!future || type?.kind !== 'future')
    return fail(
      messages.notAssignable(f.span(node.arguments[0] ?? node), {
        source: future ? describe(future) : 'nothing',
        target: 'a Future',
        where: ' in `wait`',
      }),
    )
  return resolved(materialize(f, future, node), type)
}

/** The value of a future. */
export const resolved = (made: ScriptValue, type: Extract<Type, { readonly kind: 'future' }>): Sugared =>
  type.element.kind === types.none.kind ? { kind: 'void' } : { ...made, type: type.element }

export const mentionsFuture = (type: Type): boolean =>
  type.kind === 'future' ||
  ('element' in type && mentionsFuture(type.element)) ||
  (type.kind === 'tuple' && type.elements.some(mentionsFuture)) ||
  (type.kind === 'union' && type.members.some(mentionsFuture)) ||
  (type.kind === 'dict' && mentionsFuture(type.value))

/** Parameters and results of the program hold no futures. */
export function refuseFuture(f: FunctionContext, type: Type, node: t.Node): void {
  if (mentionsFuture(type))
    fail(messages.unsupportedType(f.span(node), { type: typeText(type), hint: '`wait` for it inside of the program' }))
}
