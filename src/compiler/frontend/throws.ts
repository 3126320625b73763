/**
 * `throw` and `assert`. Class and message are the program's own, as in the uncompiled run; what that run cannot know of a failed `assert`, the text of
 * its condition and the values of the operands, is the error's `cause`: `x.size(0) === 2, where x.size(0) = 1`.
 */
import * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Node } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { tryScalar } from './builtins.ts'
import { emitCondition } from './conditions.ts'
import { constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitBranch } from './control.ts'
import { emitExpression } from './expressions.ts'
import { errorClass } from './hostCalls.ts'
import { disposeAll } from './resources.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { types } from './typeRelations.ts'
import { describe, materialize, typeOf } from './values.ts'

/** `assert(condition, message)`: narrows like an `if` whose other arm throws. */
export function emitAssert(f: FunctionContext, node: t.CallExpression): void {
  const [test, message] = node.arguments
  if (!test || !t.isExpression(test)) fail(messages.argumentCount(f.span(node), { name: 'assert', expected: 'a condition', actual: 0 }))
  const condition = emitCondition(f, test)
  emitBranch(
    f,
    node,
    condition,
    () => null,
    () => {
      const text = message && t.isExpression(message) ? emitExpression(f, message) : constantString(`assertion failed: ${f.text(test)}`)
      raise(f, text, 'Error', node, failedTest(f, test))
      return null
    },
  )
}

/** `n > 0, where n = -1`: the condition, and each operand that is a number, a boolean or a string and costs nothing to read again. */
function failedTest(f: FunctionContext, test: t.Expression): Sugared {
  let text: Sugared = constantString(f.text(test))
  let separator = ', where '
  const seen = new Set<string>()
  for (const operand of operandsOf(test)) {
    const name = f.text(operand)
    if (seen.has(name)) continue
    seen.add(name)
    const value = emitExpression(f, operand)
    const kind = typeOf(value)?.kind
    if (kind !== 'int' && kind !== 'float' && kind !== 'bool' && kind !== 'string') continue
    const shown = kind === 'string' ? value : tryScalar(f, 'aten::str', [value], operand)!
    text = tryScalar(f, 'aten::add', [text, constantString(`${separator}${name} = `)], operand)!
    text = tryScalar(f, 'aten::add', [text, shown], operand)!
    separator = ', '
  }
  return text
}

/** Operands of comparisons and their combinations that every evaluation of the condition reads: what `&&` and `||` may skip is left out. */
function operandsOf(test: t.Expression): t.Expression[] {
  switch (test.type) {
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
      return operandsOf(test.expression)
    case 'UnaryExpression':
      return test.operator === '!' ? operandsOf(test.argument) : []
    case 'LogicalExpression':
      return operandsOf(test.left)
    case 'BinaryExpression':
      return [...(t.isExpression(test.left) ? operandsOf(test.left) : []), ...operandsOf(test.right)]
    default:
      return isRead(test) && !t.isLiteral(test) ? [test] : []
  }
}

/** A local, an element, a length or a size: what has no effect and no other value the second time. */
function isRead(node: t.Node): boolean {
  switch (node.type) {
    case 'Identifier':
      return node.name !== 'undefined'
    case 'NumericLiteral':
    case 'StringLiteral':
      return true
    case 'TSNonNullExpression':
      return isRead(node.expression)
    case 'MemberExpression':
      return isRead(node.object) && (node.computed ? isIndex(node.property) : t.isIdentifier(node.property, { name: 'length' }))
    case 'CallExpression':
      return (
        node.callee.type === 'MemberExpression' &&
        t.isIdentifier(node.callee.property) &&
        ['size', 'dim', 'numel'].includes(node.callee.property.name) &&
        isRead(node.callee.object) &&
        node.arguments.every(isRead)
      )
    default:
      return false
  }
}

/** A local, a literal, or a sum or difference of them. */
const isIndex = (node: t.Node): boolean =>
  node.type === 'BinaryExpression' ? ['+', '-'].includes(node.operator) && isIndex(node.left) && isIndex(node.right) : isRead(node)

/** Throws at the current point. */
export function raise(f: FunctionContext, message: Sugared, className: string, node: t.Node, cause?: Sugared): void {
  const made = [message, ...(cause ? [cause] : [])].map((text) => materialize(f, text, node, types.string))
  throwNew(f, className, made, node)
}

/** `new className(...)` is thrown: message and cause of one of JavaScript's classes, whatever the constructor takes of one of the host's. */
function throwNew(f: FunctionContext, className: string, made: readonly ScriptValue[], node: t.Node): void {
  disposeAll(f)
  const name = { kind: 'name', value: className } as const
  const attributes: Node['attributes'] = errorClasses.includes(className) ? { name } : { host: name }
  f.emitter.node('prim::RaiseException', ids(made), [], f.range(node), { attributes })
  f.state.exit = { kind: 'throws' }
}

const ids = (made: readonly ScriptValue[]) => made.map(({ id }) => id)

const errorClasses = ['Error', 'RangeError', 'TypeError', 'SyntaxError', 'EvalError', 'ReferenceError', 'URIError']

/** `throw new RangeError(message)`: the host gets that class and message. */
export function emitThrow(f: FunctionContext, node: t.ThrowStatement): void {
  const { argument } = node
  if (
    (argument.type !== 'NewExpression' && argument.type !== 'CallExpression') ||
    argument.callee.type !== 'Identifier' ||
    !(errorClasses.includes(argument.callee.name) || errorClass(f, argument.callee, errorClasses))
  ) {
    fail(
      messages.unsupportedStatement(f.span(node), {
        what: 'throwing anything but a new Error',
        hint: `write \`throw new Error(message)\` or another of ${errorClasses.join(', ')}`,
      }),
    )
  }
  const { name } = argument.callee
  if (!errorClasses.includes(name)) {
    throwNew(
      f,
      name,
      argument.arguments.map((given) => plainArgument(f, given)),
      node,
    )
    return
  }
  const [message, options] = argument.arguments
  const text = message && t.isExpression(message) ? emitExpression(f, message) : constantString('')
  const made = materialize(
    f,
    typeOf(text)?.kind === 'string' ? text : (tryScalar(f, 'aten::str', [text], node) ?? text),
    node,
    types.string,
  )
  throwNew(f, name, options ? [made, plainArgument(f, causeIn(f, options))] : [made], node)
}

/** `e` of `{ cause: e }`. */
function causeIn(f: FunctionContext, options: t.CallExpression['arguments'][number]): t.Expression {
  const [cause, ...more] = options.type === 'ObjectExpression' ? options.properties : []
  if (cause?.type === 'ObjectProperty' && more.length === 0 && t.isIdentifier(cause.key, { name: 'cause' }) && t.isExpression(cause.value))
    return cause.value
  return fail(messages.unsupportedExpression(f.span(options), { what: 'what an Error is given besides its message and `{ cause }`' }))
}

/** What the constructor of an error takes from the program: a number, a boolean, a string, null, or an array of such. */
function plainArgument(f: FunctionContext, given: t.CallExpression['arguments'][number]): ScriptValue {
  if (!t.isExpression(given))
    return fail(messages.unsupportedExpression(f.span(given), { what: 'spread into the constructor of an error' }))
  const made = materialize(f, emitExpression(f, given), given)
  if (isPlain(made.type)) return made
  return fail(
    messages.unsupportedExpression(f.span(given), {
      what: `an error that is given ${describe(made)}`,
      hint: 'give it numbers, booleans, strings or arrays of them',
    }),
  )
}

const isPlain = (type: Type): boolean =>
  type.kind === 'list' || type.kind === 'optional' ? isPlain(type.element) : ['int', 'float', 'bool', 'string', 'none'].includes(type.kind)
