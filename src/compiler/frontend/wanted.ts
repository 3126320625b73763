/**
 * Expressions where a type is wanted: a declaration, a result, a parameter. It tells the type arguments of what is made, and what object
 * literals stand for in the branches of `c ? a : b` and `a ?? b`, in arrays and in fields: of themselves they would be records of their own.
 */
import type * as t from '@babel/types'
import type { Type } from '../ir/types.ts'
import { emitCondition } from './conditions.ts'
import { FunctionContext } from './context.ts'
import { emitBranch } from './control.ts'
import { emitExpression, emitNew, emitNullish, emitObject } from './expressions.ts'
import { parametersOf } from './parameters.ts'
import { fieldsOf } from './records.ts'
import { Scope } from './scope.ts'
import { emitArray } from './spread.ts'
import type { FunctionSugar, Sugared } from './sugar.ts'
import { materialize } from './values.ts'

export function emitWanted(f: FunctionContext, node: t.Expression, target: Type | null): Sugared {
  if (target === null) return emitExpression(f, node)
  switch (node.type) {
    case 'ParenthesizedExpression':
      return emitWanted(f, node.expression, target)
    case 'NewExpression':
      return emitNew(f, node, target)
    case 'ConditionalExpression': {
      const { consequent, alternate } = node
      const condition = emitCondition(f, node.test)
      return emitBranch(
        f,
        node,
        condition,
        () => emitAs(f, consequent, target),
        () => emitAs(f, alternate, target),
      ).result!
    }
    case 'LogicalExpression':
      return node.operator === '??' ? emitNullish(f, node, (right) => emitAs(f, right, target)) : emitExpression(f, node)
    case 'ArrayExpression': {
      const one = plain(target)
      return emitArray(f, node, one.kind === 'list' ? () => one.element : one.kind === 'tuple' ? (i) => one.elements[i] ?? null : undefined)
    }
    case 'ObjectExpression': {
      const one = plain(target)
      const fields = fieldsOf(f.program, one)
      return emitObject(f, node, (name) => (one.kind === 'dict' ? one.value : (fields?.get(name) ?? null)))
    }
    default:
      return emitExpression(f, node)
  }
}

/** In a branch: what two branches give may have nothing in common but the type that is wanted. */
function emitAs(f: FunctionContext, node: t.Expression, target: Type): Sugared {
  const sugar = emitWanted(f, node, target)
  const one = plain(target)
  const meets = one.kind === 'union' || one.kind === 'dict' || fieldsOf(f.program, one) !== null
  if (!meets || sugar.kind === 'poison' || f.state.exit) return sugar
  return { ...materialize(f, sugar, node, target), type: target }
}

const plain = (type: Type): Type => (type.kind === 'optional' ? type.element : type)

/** What a function wants as its arguments, in order; null where it does not say. */
export function wantedArguments(f: FunctionContext, callee: FunctionSugar): (index: number) => Type | null {
  const parameters = parametersOf(new FunctionContext(f.program, callee.file, new Scope(null), f.frame), callee.node)
  return (index) => {
    const { declared, rest } = parameters[index] ?? parameters.at(-1) ?? { declared: null, rest: false }
    if (index >= parameters.length && !rest) return null
    return rest && declared?.kind === 'list' ? declared.element : declared
  }
}
