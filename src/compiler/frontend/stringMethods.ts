/** Methods of strings: JavaScript's, through the scalar operator table. */
import type * as t from '@babel/types'
import { stringMethods } from '../../ops/stringOps.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import { tryScalar } from './builtins.ts'
import { readArguments } from './calls.ts'
import { constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { noProperty } from './members.ts'
import type { Sugared } from './sugar.ts'
import { describe } from './values.ts'

export function callStringMethod(
  f: FunctionContext,
  text: Sugared,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  const { positional } = readArguments(f, node)
  if (name === 'toString') return text
  const op = Object.hasOwn(stringMethods, name) ? stringMethods[name] : undefined
  if (!op) return noProperty(f, text, name, callee, Object.keys(stringMethods))
  const operands = [text, ...positional]
  if ((name === 'padStart' || name === 'padEnd') && operands.length === 2) operands.push(constantString(' '))
  return (
    tryScalar(f, op, operands, node) ??
    fail(
      messages.notAssignable(f.span(node), {
        source: `(${positional.map(describe).join(', ')})`,
        target: 'what it takes',
        where: ` in \`${name}\``,
      }),
    )
  )
}
