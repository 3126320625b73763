/** Unary and binary operators: JavaScript's on numbers, strings and booleans, PyTorch's on tensors. */
import type * as t from '@babel/types'
import { findOperator } from '../../ops/registry.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import { tryScalar } from './builtins.ts'
import { emitCondition } from './conditions.ts'
import { constantBool } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitDelete, emitIn } from './dicts.ts'
import { emitExpression } from './expressions.ts'
import { callOperator } from './operatorCalls.ts'
import type { Sugared } from './sugar.ts'
import { types } from './typeRelations.ts'
import { emitTypeofText, typeTestValue } from './unions.ts'
import { describe, emit, materialize, typeOf } from './values.ts'

const scalarOperators: { readonly [operator: string]: string } = {
  '+': 'aten::add',
  '-': 'aten::sub',
  '*': 'aten::mul',
  '/': 'aten::div',
  '%': 'aten::fmod',
  '**': 'aten::pow',
  '&': 'aten::__and__',
  '|': 'aten::__or__',
  '^': 'aten::__xor__',
  '<<': 'aten::__lshift__',
  '>>': 'aten::__rshift__',
  '>>>': 'js::unsignedShiftRight',
  '<': 'aten::lt',
  '<=': 'aten::le',
  '>': 'aten::gt',
  '>=': 'aten::ge',
  '===': 'aten::eq',
  '!==': 'aten::ne',
  '==': 'aten::eq',
  '!=': 'aten::ne',
}

/** `x % y` of tensors is PyTorch's, with the divisor's sign. */
const tensorOperators: { readonly [operator: string]: string } = {
  ...scalarOperators,
  '%': 'aten::remainder',
  '&': 'aten::bitwise_and',
  '|': 'aten::bitwise_or',
  '^': 'aten::bitwise_xor',
  '<<': 'aten::bitwise_left_shift',
  '>>': 'aten::bitwise_right_shift',
}

/** The operator with its operands exchanged: `2 < x` is `x > 2`. */
const mirrored: { readonly [operator: string]: string } = {
  'aten::add': 'aten::add',
  'aten::mul': 'aten::mul',
  'aten::lt': 'aten::gt',
  'aten::le': 'aten::ge',
  'aten::gt': 'aten::lt',
  'aten::ge': 'aten::le',
  'aten::eq': 'aten::eq',
  'aten::ne': 'aten::ne',
  'aten::bitwise_and': 'aten::bitwise_and',
  'aten::bitwise_or': 'aten::bitwise_or',
  'aten::bitwise_xor': 'aten::bitwise_xor',
}

export function emitBinary(f: FunctionContext, node: t.BinaryExpression): Sugared {
  const { operator } = node
  if (operator === 'in') return emitIn(f, node)
  if (operator === 'instanceof' || operator === '|>')
    return typeTestValue(f, node) ?? fail(messages.unsupportedExpression(f.span(node), { what: `the operator \`${operator}\`` }))
  if (node.left.type === 'PrivateName') return fail(messages.unsupportedExpression(f.span(node), { what: 'a private name' }))
  if (
    ['===', '!==', '==', '!='].includes(operator) &&
    [node.left, node.right].some((side) => side.type === 'NullLiteral' || (side.type === 'Identifier' && side.name === 'undefined'))
  ) {
    const { test } = emitCondition(f, node)
    return typeof test === 'boolean' ? constantBool(test) : test
  }
  const typeTest = typeTestValue(f, node)
  if (typeTest) return typeTest
  return emitOperation(f, operator, emitExpression(f, node.left), emitExpression(f, node.right), node, node.left, node.right)
}

export function emitOperation(
  f: FunctionContext,
  operator: string,
  left: Sugared,
  right: Sugared,
  node: t.Node,
  leftNode: t.Node,
  rightNode: t.Node,
): Sugared {
  for (const [side, at] of [
    [left, leftNode],
    [right, rightNode],
  ] as const)
    if (['poison', 'uninitialized', 'conflict', 'void'].includes(side.kind)) materialize(f, side, at)
  const [leftType, rightType] = [typeOf(left), typeOf(right)]
  if (leftType?.kind === 'tensor' || rightType?.kind === 'tensor') return tensorOperation(f, operator, left, right, node)
  const identity = sameObject(f, operator, left, right, node)
  if (identity) return identity
  const scalar = tryScalar(f, scalarOperators[operator]!, [left, right], node)
  if (scalar) return scalar
  if (operator === '+' && (leftType?.kind === 'string' || rightType?.kind === 'string')) {
    const [a, b] = [left, right].map((side, i) =>
      typeOf(side)?.kind === 'string' ? side : tryScalar(f, 'aten::str', [side], i === 0 ? leftNode : rightNode),
    )
    if (a && b) return tryScalar(f, 'aten::add', [a, b], node)!
  }
  for (const [type, at] of [
    [leftType, leftNode],
    [rightType, rightNode],
  ] as const) {
    if (type?.kind === 'optional') return fail(messages.possiblyNull(f.span(at), { text: f.shortText(at) }))
  }
  if (['===', '!==', '==', '!='].includes(operator) && (leftType?.kind === 'list' || leftType?.kind === 'tuple'))
    return fail(messages.arrayComparison(f.span(node), { operator }))
  const union = [leftNode, rightNode].find((_, i) => [leftType, rightType][i]?.kind === 'union')
  const hint = union ? `narrow \`${f.shortText(union)}\` first, with \`typeof\` or \`instanceof\`` : undefined
  return fail(messages.operandTypes(f.span(node), { operator, left: describe(left), right: describe(right), ...(hint ? { hint } : {}) }))
}

/** `a === b` of objects, maps and sets asks whether they are one. */
function sameObject(f: FunctionContext, operator: string, left: Sugared, right: Sugared, node: t.Node): Sugared | null {
  const isObject = (sugar: Sugared): boolean => {
    const type = typeOf(sugar)
    return ['class', 'dict', 'set'].includes(type?.kind === 'optional' ? type.element.kind : (type?.kind ?? ''))
  }
  if (!['===', '!==', '==', '!='].includes(operator) || !isObject(left) || !isObject(right)) return null
  return tryScalar(f, operator.startsWith('!') ? 'aten::__isnot__' : 'aten::__is__', [left, right], node)
}

function tensorOperation(f: FunctionContext, operator: string, left: Sugared, right: Sugared, node: t.Node): Sugared {
  const op = tensorOperators[operator]
  if (!op) return fail(messages.operandTypes(f.span(node), { operator, left: describe(left), right: describe(right) }))
  if (typeOf(left)?.kind === 'tensor') return callOperator(f, op, [left, right], node)
  const swapped = mirrored[op]
  if (swapped) return callOperator(f, swapped, [right, left], node)
  if (op === 'aten::sub')
    return findOperator('aten::rsub')
      ? callOperator(f, 'aten::rsub', [right, left], node)
      : callOperator(f, 'aten::add', [callOperator(f, 'aten::neg', [right], node), left], node)
  // PyTorch's own definition of a number divided by a tensor.
  if (op === 'aten::div') return callOperator(f, 'aten::mul', [callOperator(f, 'aten::reciprocal', [right], node), left], node)
  return callOperator(f, op, [left, right], node)
}

export function emitUnary(f: FunctionContext, node: t.UnaryExpression): Sugared {
  const { operator, argument } = node
  switch (operator) {
    case '!': {
      const { test } = emitCondition(f, node)
      return typeof test === 'boolean' ? constantBool(test) : test
    }
    case '-':
    case '+':
    case '~': {
      const operand = emitExpression(f, argument)
      if (typeOf(operand)?.kind === 'tensor') {
        if (operator === '+') return operand
        return callOperator(f, operator === '-' ? 'aten::neg' : 'aten::bitwise_not', [operand], node)
      }
      // An int has no sign at 0: `-0` says a float.
      if (operator === '-' && argument.type === 'NumericLiteral' && argument.value === 0)
        return { kind: 'constant', value: { kind: 'float', value: -0 } }
      const op = { '-': 'aten::neg', '+': 'js::plus', '~': 'aten::bitwise_not' }[operator]
      const made =
        tryScalar(f, op, [operand], node) ??
        (operator === '+' ? (tryScalar(f, 'js::Number', [operand], node) ?? tryScalar(f, 'aten::Float', [operand], node)) : null)
      if (made) return made
      if (typeOf(operand)?.kind === 'optional') return fail(messages.possiblyNull(f.span(argument), { text: f.shortText(argument) }))
      return fail(messages.operandType(f.span(node), { operator, type: describe(operand) }))
    }
    case 'typeof': {
      return emitTypeofText(f, node)
    }
    case 'void':
      emitExpression(f, argument)
      return { kind: 'constant', value: { kind: 'none' } }
    case 'delete':
      return emitDelete(f, node)
    case 'throw':
      return fail(messages.unsupportedExpression(f.span(node), { what: 'a throw expression' }))
    default:
      return operator satisfies never
  }
}

/** `String(x)` of anything printable. */
export function stringOf(f: FunctionContext, sugar: Sugared, node: t.Node): Sugared {
  return typeOf(sugar)?.kind === 'string'
    ? sugar
    : (tryScalar(f, 'aten::str', [sugar], node) ?? emit(f, 'aten::str', [materialize(f, sugar, node)], types.string, node))
}
