/**
 * Conditions and what they say about types: `x !== null`, `x === null`, `!c`, `a && b`, `a || b`, and the truth of an optional object.
 * The right side of `&&` is read with the left one's knowledge. A condition stored in a `const` narrows too, as in TypeScript.
 */
import type * as t from '@babel/types'
import type { Type } from '../ir/types.ts'
import { constantBool, constantNull } from './constants.ts'
import type { FunctionContext } from './context.ts'
import { type Condition, emitBranch, noRefinements, type Refinements, toCondition } from './control.ts'
import { maybeEntry } from './dicts.ts'
import { discriminate } from './discriminants.ts'
import { emitExpression } from './expressions.ts'
import { fieldBinding } from './narrowedFields.ts'
import type { Binding } from './scope.ts'
import { types } from './typeRelations.ts'
import { emitTypeTest } from './unions.ts'
import { constantOf, emit, materialize, typeOf } from './values.ts'

export function emitCondition(f: FunctionContext, node: t.Expression): Condition {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return emitCondition(f, node.expression)
    case 'UnaryExpression':
      if (node.operator === '!') return negate(f, emitCondition(f, node.argument), node)
      break
    case 'LogicalExpression':
      if (node.operator === '&&') return both(f, node)
      if (node.operator === '||') return either(f, node)
      break
    case 'CallExpression':
    case 'BinaryExpression': {
      const tested = emitTypeTest(f, node)
      if (tested) return tested
      if (node.type === 'CallExpression') break
      if (['===', '!==', '==', '!='].includes(node.operator)) {
        const comparison = nullComparison(f, node)
        if (comparison) return comparison
        const told = discriminate(f, node.left, node.right) ?? discriminate(f, node.right, node.left)
        if (told) {
          const equal = node.operator.startsWith('=')
          const test = toCondition(f, emitExpression(f, node), node)
          return { test, whenTrue: equal ? told.equal : told.different, whenFalse: equal ? told.different : told.equal }
        }
      }
      break
    }
    case 'Identifier': {
      const alias = f.scope.lookup(node.name)
      const source = alias && f.conditionsOf.get(alias)
      if (source) return { test: toCondition(f, emitExpression(f, node), node), ...source }
      break
    }
  }
  const sugar = emitExpression(f, node)
  const test = toCondition(f, sugar, node)
  const binding = bindingOf(f, node)
  const type = typeOf(sugar)
  const whenTrue = binding && type?.kind === 'optional' ? new Map([[binding, type.element]]) : noRefinements
  return { test, whenTrue, whenFalse: noRefinements }
}

function negate(f: FunctionContext, condition: Condition, node: t.Node): Condition {
  const test = typeof condition.test === 'boolean' ? !condition.test : emit(f, 'aten::__not__', [condition.test], types.bool, node)
  return { test, whenTrue: condition.whenFalse, whenFalse: condition.whenTrue }
}

const merge = (a: Refinements, b: Refinements): Refinements => (a.size === 0 ? b : b.size === 0 ? a : new Map([...a, ...b]))

function both(f: FunctionContext, node: t.LogicalExpression): Condition {
  const left = emitCondition(f, node.left)
  if (left.test === false) return left
  let right: Condition = { test: true, whenTrue: noRefinements, whenFalse: noRefinements }
  const { result } = emitBranch(
    f,
    node,
    left,
    () => {
      right = emitCondition(f, node.right)
      return typeof right.test === 'boolean' ? constantBool(right.test) : right.test
    },
    () => constantBool(false),
  )
  const known = result && constantOf(result)
  return {
    test: typeof known === 'boolean' ? known : materialize(f, result!, node),
    whenTrue: merge(left.whenTrue, right.whenTrue),
    whenFalse: noRefinements,
  }
}

function either(f: FunctionContext, node: t.LogicalExpression): Condition {
  const left = emitCondition(f, node.left)
  if (left.test === true) return left
  let right: Condition = { test: false, whenTrue: noRefinements, whenFalse: noRefinements }
  const { result } = emitBranch(
    f,
    node,
    left,
    () => constantBool(true),
    () => {
      right = emitCondition(f, node.right)
      return typeof right.test === 'boolean' ? constantBool(right.test) : right.test
    },
  )
  const known = result && constantOf(result)
  return {
    test: typeof known === 'boolean' ? known : materialize(f, result!, node),
    whenTrue: noRefinements,
    whenFalse: merge(left.whenFalse, right.whenFalse),
  }
}

const isNull = (node: t.Node): boolean => node.type === 'NullLiteral' || (node.type === 'Identifier' && node.name === 'undefined')

function nullComparison(f: FunctionContext, node: t.BinaryExpression): Condition | null {
  const operand = isNull(node.right) ? node.left : isNull(node.left) ? node.right : null
  if (!operand || operand.type === 'PrivateName') return null
  const equal = node.operator === '===' || node.operator === '=='
  const sugar = maybeEntry(f, operand) ?? emitExpression(f, operand as t.Expression)
  const type = typeOf(sugar)
  const always =
    type === null ? !['poison', 'uninitialized', 'conflict'].includes(sugar.kind) : type.kind !== 'optional' && type.kind !== 'none'
  if (always || type?.kind === 'none') return { test: always ? !equal : equal, whenTrue: noRefinements, whenFalse: noRefinements }
  const made = materialize(f, sugar, operand)
  const none = materialize(f, constantNull, node)
  const test = emit(f, equal ? 'aten::__is__' : 'aten::__isnot__', [made, none], types.bool, node)
  const binding = bindingOf(f, operand) ?? fieldBinding(f, operand)
  if (!binding || made.type.kind !== 'optional') return { test, whenTrue: noRefinements, whenFalse: noRefinements }
  const present: Refinements = new Map<Binding, Type>([[binding, made.type.element]])
  return { test, whenTrue: equal ? noRefinements : present, whenFalse: equal ? present : noRefinements }
}

export function bindingOf(f: FunctionContext, node: t.Node): Binding | null {
  if (node.type === 'ParenthesizedExpression' || node.type === 'TSNonNullExpression') return bindingOf(f, node.expression)
  return node.type === 'Identifier' ? f.scope.lookup(node.name) : null
}
