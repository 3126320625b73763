/**
 * What stays at the host: calls of functions marked with `ignore`, and error classes of the user. A program knows them by their name in the
 * module that it is emitted into (`Node` attribute `host`), so both must stand in the file of the program.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { constantNull } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { lookup } from './expressions.ts'
import { moduleScope, type TopLevel } from './moduleScope.ts'
import type { CallArguments } from './operatorCalls.ts'
import { parametersOf, resultAnnotation } from './parameters.ts'
import type { HostSugar, Sugared } from './sugar.ts'
import { materialize, value } from './values.ts'

/** A call with declared parameters and a declared result. */
export function callHost(f: FunctionContext, callee: HostSugar, { positional }: CallArguments, node: t.CallExpression): Sugared {
  requireOwnFile(f, callee.file, callee.name, node.callee)
  if (f.resources.length > 0)
    fail(
      messages.unsupportedExpression(f.span(node), {
        what: 'a call of the host inside of a block with `using`',
        hint: 'call it before, as nothing would be disposed of if it threw',
      }),
    )
  const parameters = parametersOf(f, callee.node)
  const required = parameters.filter(({ optional, initial }) => !optional && !initial).length
  if (positional.length < required || positional.length > parameters.length)
    return fail(
      messages.argumentCount(f.span(node), { name: callee.name, expected: `${parameters.length} arguments`, actual: positional.length }),
    )
  const result = resultAnnotation(f, callee.node)
  if (!result)
    return fail(
      messages.unsupportedType(f.span(callee.node), { type: 'an undeclared result', hint: 'declare the result type of a host function' }),
    )
  const inputs = parameters.map((parameter, i) => {
    if (!parameter.declared) return fail(messages.untypedParameter(f.span(parameter.node), { name: parameter.name }))
    return materialize(f, positional[i] ?? constantNull, node.arguments[i] ?? node, positional[i] ? parameter.declared : undefined)
  })
  const range = f.range(node)
  const ids = inputs.map(({ id }) => id)
  const attributes = { host: { kind: 'name', value: callee.name } } as const
  if (result.kind === 'none') {
    f.emitter.node('prim::HostCall', ids, [], range, { attributes })
    return { kind: 'void' }
  }
  return value(f.emitter.op('prim::HostCall', ids, result, range, { attributes }), result, range)
}

/** A class of this file that extends one of JavaScript's errors, itself or through others. */
export function errorClass(f: FunctionContext, callee: t.Node, builtin: readonly string[]): string | null {
  if (callee.type !== 'Identifier') return null
  const found = lookup(f, callee.name, callee)
  if (found?.kind !== 'class') return null
  let base: t.Node | null | undefined = found.node.superClass
  for (let depth = 0; base?.type === 'Identifier' && depth < 20; depth++) {
    if (builtin.includes(base.name)) {
      requireOwnFile(f, found.file, found.name, callee)
      return found.name
    }
    const entry: TopLevel | undefined = moduleScope(f.program, found.file)?.names.get(base.name)
    base = entry?.kind === 'class' ? entry.node.superClass : null
  }
  return null
}

function requireOwnFile(f: FunctionContext, file: string, name: string, node: t.Node): void {
  if (file === f.program.request.file) return
  fail(messages.capturedHostValue(f.span(node), { name, reason: 'what stays at the host must be declared in the file of the program' }))
}
