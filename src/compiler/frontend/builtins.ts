/** Functions with a rule of their own: `range`, Python's integer division, `Math.*`, `console.log`, `Array.from`... */
import type * as t from '@babel/types'
import { mathOperator } from '../../ops/numberOps.ts'
import type { ScalarConstant } from '../../ops/scalarOp.ts'
import { findScalarOp } from '../../ops/scalarOps.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import { constant, constantBool, constantInt, constantNull, constantNumber, constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { toCondition } from './control.ts'
import { misspelt } from './fixes.ts'
import { callFork, waitFor } from './futures.ts'
import { type CallArguments, callApi, callOperator } from './operatorCalls.ts'
import type { Sugared } from './sugar.ts'
import { listOf, types } from './typeRelations.ts'
import { constantOf, describe, emit, materialize, typeOf } from './values.ts'

/** Library functions that are not operators. */
export const builtinNames: ReadonlySet<string> = new Set([
  'range',
  'floordiv',
  'mod',
  'divmod',
  'roundHalfEven',
  'slice',
  'isScripting',
  'isTracing',
  'annotate',
  'tensor',
  'assert',
  'script',
  'fork',
  'wait',
  'int',
  'float',
])

export function callBuiltin(f: FunctionContext, name: string, args: CallArguments, node: t.CallExpression): Sugared {
  const { positional } = args
  switch (name) {
    case 'floordiv':
      return scalarCall(f, 'aten::floordiv', positional, node, name)
    case 'mod':
      return scalarCall(f, 'aten::remainder', positional, node, name)
    case 'divmod':
      return scalarCall(f, 'aten::divmod', positional, node, name)
    case 'roundHalfEven':
      return scalarCall(f, 'aten::round', positional, node, name)
    case 'manualSeed':
      return scalarCall(f, 'aten::manual_seed', positional, node, `torch.${name}`)
    case 'isScripting':
      return constantBool(true)
    case 'isTracing':
      return constantBool(false)
    case 'annotate':
    case 'script':
      return positional[positional.length - 1] ?? { kind: 'void' }
    case 'fork':
      return callFork(f, positional, node)
    case 'wait':
      return waitFor(f, positional, node)
    case 'slice': {
      const [start = constantNull, stop = constantNull, step = constantNull] = positional
      for (const [i, bound] of positional.entries()) {
        if (typeOf(bound)?.kind === 'int' || typeOf(bound)?.kind === 'none') continue
        const at = f.span(node.arguments[i] ?? node)
        return fail(messages.notAssignable(at, { source: describe(bound), target: 'int | null', where: ' in `slice`' }))
      }
      return { kind: 'slice', start, stop, step }
    }
    case 'tensor':
      return callTensor(f, args, node)
    case 'range':
      return rangeList(f, positional, node)
    case 'assert':
      return fail(messages.unsupportedExpression(f.span(node), { what: '`assert` as a value' }))
    default:
      return fail(messages.notCallable(f.span(node.callee), { type: `\`${name}\`` }))
  }
}

/** `tensor(3)`, `tensor([1, 2])`: float32 (bool for booleans) without a dtype. */
function callTensor(f: FunctionContext, args: CallArguments, node: t.CallExpression): Sugared {
  return callApi(f, 'torch', 'tensor', args, node) ?? fail(messages.operatorNotCompiled(f.span(node), { operator: '`tensor(...)`' }))
}

/** The bounds of `range(stop)`, `range(start, stop)`, `range(start, stop, step)`. */
export function rangeBounds(
  f: FunctionContext,
  positional: readonly Sugared[],
  node: t.Node,
): { readonly start: Sugared; readonly stop: Sugared; readonly step: Sugared } {
  if (positional.length < 1 || positional.length > 3) {
    return fail(messages.argumentCount(f.span(node), { name: 'range', expected: 'one to three arguments', actual: positional.length }))
  }
  for (const [i, argument] of positional.entries()) {
    const type = typeOf(argument)
    const at = (node.type === 'CallExpression' && node.arguments[i]) || node
    if (type?.kind !== 'int')
      return fail(messages.notAssignable(f.span(at), { source: describe(argument), target: 'int', where: ' in `range`' }))
  }
  const [first, second, step = constantInt(1)] = positional as [Sugared, Sugared?, Sugared?]
  return second ? { start: first, stop: second, step } : { start: constantInt(0), stop: first, step }
}

function rangeList(f: FunctionContext, positional: readonly Sugared[], node: t.Node): Sugared {
  const { start, stop, step } = rangeBounds(f, positional, node)
  const inputs = [start, stop, step].map((bound) => materialize(f, bound, node, types.int))
  return emit(f, 'aten::range', inputs, listOf(types.int), node)
}

/** An operator of the scalar table; folded at once when everything is constant. Null: it does not take these operands. */
export function tryScalar(f: FunctionContext, op: string, operands: readonly Sugared[], node: t.Node): Sugared | null {
  const operandTypes = operands.map(typeOf)
  if (!operandTypes.every((type) => type !== null)) return null
  const found = findScalarOp(op, operandTypes)
  if (!found) return null
  const known = operands.map(constantOf)
  if (found.op.evaluate && known.every((k) => k !== undefined)) {
    const folded = found.op.evaluate(known as ScalarConstant[])
    if (folded === null) return constantNull
    // An int that is -0 stays a computation: it has no literal, and it is an int.
    if (typeof folded === 'number' && !(Object.is(folded, -0) && found.result.kind === 'int'))
      return found.result.kind === 'float'
        ? constant({ kind: Number.isSafeInteger(folded) && !Object.is(folded, -0) ? 'int' : 'float', value: folded })
        : constantNumber(folded)
    if (typeof folded === 'boolean') return constantBool(folded)
    if (typeof folded === 'string') return constantString(folded)
  }
  const inputs = operands.map((operand) => materialize(f, operand, node))
  if (found.result.kind === 'none') {
    f.emitter.node(
      op as `${string}::${string}`,
      inputs.map((input) => input.id),
      [],
      f.range(node),
    )
    return { kind: 'void' }
  }
  return emit(f, op as `${string}::${string}`, inputs, found.result, node)
}

export function scalarCall(f: FunctionContext, op: string, operands: readonly Sugared[], node: t.CallExpression, name: string): Sugared {
  for (const [i, operand] of operands.entries()) if (typeOf(operand) === null) materialize(f, operand, node.arguments[i] ?? node)
  const made = tryScalar(f, op, operands, node)
  if (made) return made
  const wrong = operands.findIndex((operand) => !['int', 'float'].includes(typeOf(operand)?.kind ?? ''))
  const at = node.arguments[wrong] ?? node
  return fail(
    messages.notAssignable(f.span(at), { source: operands.map(describe).join(', '), target: 'what it takes', where: ` in \`${name}\`` }),
  )
}

export function callMath(f: FunctionContext, name: string, args: CallArguments, node: t.CallExpression): Sugared {
  if (name === 'random') return fail(messages.hostCall(f.span(node), { name: 'Math.random()' }, { hint: 'use `torch.rand`' }))
  const op = mathOperator(name)
  if (op === null) {
    const at = node.callee.type === 'MemberExpression' ? node.callee.property : node.callee
    const { hint, extra } = misspelt(name, Object.getOwnPropertyNames(Math), at)
    return fail(messages.noSuchProperty(f.span(at), { type: 'Math', name, ...hint }, extra))
  }
  const tensor = args.positional.findIndex((argument) => typeOf(argument)?.kind === 'tensor')
  if (tensor >= 0) {
    return fail(
      messages.notAssignable(f.span(node.arguments[tensor]!), {
        source: 'Tensor',
        target: 'float',
        where: ` in \`Math.${name}\``,
        hint: `write \`torch.${name}(...)\``,
      }),
    )
  }
  return scalarCall(f, op, args.positional, node, `Math.${name}`)
}

export const mathConstants: { readonly [name: string]: number } = {
  PI: Math.PI,
  E: Math.E,
  LN2: Math.LN2,
  LN10: Math.LN10,
  LOG2E: Math.LOG2E,
  LOG10E: Math.LOG10E,
  SQRT2: Math.SQRT2,
  SQRT1_2: Math.SQRT1_2,
}

/** `console.log(a, b)`: prim::Print, in order with everything else that has effects. */
export function callConsole(f: FunctionContext, name: string, args: CallArguments, node: t.CallExpression): Sugared {
  const op = { log: 'prim::Print', info: 'prim::Print', warn: 'aten::warn' }[name]
  if (!op) return fail(messages.hostCall(f.span(node), { name: `console.${name}` }))
  const inputs = args.positional.map((argument, i) => materialize(f, argument, node.arguments[i] ?? node))
  f.emitter.node(
    op as 'prim::Print',
    inputs.map((input) => input.id),
    [],
    f.range(node),
  )
  return { kind: 'void' }
}

/** `Number(x)`, `String(x)`, `Boolean(x)`. */
export function callConversion(
  f: FunctionContext,
  name: 'Number' | 'String' | 'Boolean',
  args: CallArguments,
  node: t.CallExpression,
): Sugared {
  const [operand] = args.positional
  if (!operand) return fail(messages.argumentCount(f.span(node), { name, expected: 'one argument', actual: 0 }))
  if (name === 'String') return tryScalar(f, 'aten::str', [operand], node) ?? materialize(f, operand, node)
  if (name === 'Boolean') {
    const condition = toCondition(f, operand, node.arguments[0]!)
    return typeof condition === 'boolean' ? constantBool(condition) : condition
  }
  const type = typeOf(operand)
  if (type && (type.kind === 'int' || type.kind === 'float')) return operand
  if (type?.kind === 'tensor') return callOperator(f, 'aten::item', [operand], node)
  return (
    tryScalar(f, 'js::Number', [operand], node) ??
    tryScalar(f, 'aten::Float', [operand], node) ??
    fail(messages.notAssignable(f.span(node), { source: describe(operand), target: 'number', where: '' }))
  )
}
