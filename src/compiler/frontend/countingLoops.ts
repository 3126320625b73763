/**
 * `for (let i = a; i < b; i += c)`. A counting loop whose variable and bound do not change inside has a trip count, as TorchScript's
 * `range` loops; everything else is a loop with a condition.
 */
import type * as t from '@babel/types'
import { assignedNames, mayChangeLists } from './assigned.ts'
import { emitDeclaration } from './assignment.ts'
import { tryScalar } from './builtins.ts'
import { emitCondition } from './conditions.ts'
import { constantInt } from './constants.ts'
import type { FunctionContext } from './context.ts'
import { emitExpression } from './expressions.ts'
import { emitLoop } from './loops.ts'
import { Scope } from './scope.ts'
import { bodyOf, emitScope } from './statements.ts'
import type { Sugared } from './sugar.ts'
import { constantOf, typeOf } from './values.ts'

export function emitFor(f: FunctionContext, node: t.ForStatement, label: string | null): void {
  const outer = f.scope
  f.scope = new Scope(outer)
  try {
    const counting = countingLoop(f, node)
    if (counting) {
      emitCounting(f, node, label, counting)
      return
    }
    if (node.init?.type === 'VariableDeclaration') emitDeclaration(f, node.init)
    else if (node.init) emitExpression(f, node.init)
    const { test, update } = node
    emitLoop(f, {
      node,
      label,
      trip: null,
      bind: () => {},
      test: test ? () => emitCondition(f, test) : null,
      body: () => emitScope(f, bodyOf(node.body)),
      update: update ? () => void emitExpression(f, update) : null,
      iterationName: null,
    })
  } finally {
    f.scope = outer
  }
}

interface Counting {
  readonly name: t.Identifier
  readonly start: t.Expression
  readonly bound: t.Expression
  readonly inclusive: boolean
  readonly step: number
}

/** `for (let i = a; i < b; i += c)` with an `i` and a `b` that the body leaves alone. */
function countingLoop(f: FunctionContext, node: t.ForStatement): Counting | null {
  const { init, test, update } = node
  if (init?.type !== 'VariableDeclaration' || init.declarations.length !== 1 || test?.type !== 'BinaryExpression' || !update) return null
  const declarator = init.declarations[0]!
  if (declarator.id.type !== 'Identifier' || !declarator.init) return null
  const { name } = declarator.id
  const annotation = declarator.id.typeAnnotation
  if (annotation && !(annotation.type === 'TSTypeAnnotation' && annotation.typeAnnotation.type === 'TSTypeReference')) return null
  if (test.left.type !== 'Identifier' || test.left.name !== name) return null
  const step = stepOf(update, name)
  const up = test.operator === '<' || test.operator === '<='
  if (step === null || step === 0 || !(up || test.operator === '>' || test.operator === '>=') || up !== step > 0) return null
  const assigned = assignedNames(node.body)
  if (assigned.has(name) || !isStable(f, test.right, assigned, node.body)) return null
  return { name: declarator.id, start: declarator.init, bound: test.right, inclusive: test.operator.length === 2, step }
}

function stepOf(update: t.Expression, name: string): number | null {
  if (update.type === 'UpdateExpression' && update.argument.type === 'Identifier' && update.argument.name === name)
    return update.operator === '++' ? 1 : -1
  if (
    update.type === 'AssignmentExpression' &&
    update.left.type === 'Identifier' &&
    update.left.name === name &&
    update.right.type === 'NumericLiteral' &&
    Number.isInteger(update.right.value)
  ) {
    if (update.operator === '+=') return update.right.value
    if (update.operator === '-=') return -update.right.value
  }
  return null
}

/** Whether reading `bound` again after the body gives the same number. */
function isStable(f: FunctionContext, bound: t.Node, assigned: ReadonlySet<string>, body: t.Node): boolean {
  switch (bound.type) {
    case 'NumericLiteral':
      return true
    case 'Identifier':
      return !assigned.has(bound.name)
    case 'ThisExpression':
      return true
    case 'ParenthesizedExpression':
      return isStable(f, bound.expression, assigned, body)
    case 'BinaryExpression':
      return isStable(f, bound.left, assigned, body) && isStable(f, bound.right, assigned, body)
    case 'MemberExpression': {
      if (!isStable(f, bound.object, assigned, body)) return false
      if (bound.computed) return isStable(f, bound.property, assigned, body)
      return !(
        bound.property.type === 'Identifier' &&
        bound.property.name === 'length' &&
        bound.object.type !== 'MemberExpression' &&
        mayChangeLists(body)
      )
    }
    default:
      return false
  }
}

function emitCounting(f: FunctionContext, node: t.ForStatement, label: string | null, loop: Counting): void {
  const start = emitExpression(f, loop.start)
  const bound = emitExpression(f, loop.bound)
  if (typeOf(start)?.kind !== 'int' || typeOf(bound)?.kind !== 'int') {
    // A float counter: JavaScript's own loop, step by step.
    emitConditionLoop(f, node, label)
    return
  }
  const stop = loop.inclusive ? tryScalar(f, 'aten::add', [bound, constantInt(Math.sign(loop.step))], node)! : bound
  emitRange(f, node, label, { start, stop, step: constantInt(loop.step) }, loop.name.name, (index) => {
    const binding = f.scope.declare({ name: loop.name.name, declared: null, kind: 'let', span: f.span(loop.name) })
    f.state.values.set(binding, index)
  })
}

function emitConditionLoop(f: FunctionContext, node: t.ForStatement, label: string | null): void {
  emitDeclaration(f, node.init as t.VariableDeclaration)
  emitLoop(f, {
    node,
    label,
    trip: null,
    bind: () => {},
    test: () => emitCondition(f, node.test!),
    body: () => emitScope(f, bodyOf(node.body)),
    update: () => void emitExpression(f, node.update!),
    iterationName: null,
  })
}

export interface Range {
  readonly start: Sugared
  readonly stop: Sugared
  readonly step: Sugared
}

export function emitRange(
  f: FunctionContext,
  node: t.ForStatement | t.ForOfStatement,
  label: string | null,
  range: Range,
  name: string | null,
  bind: (index: Sugared) => void,
): void {
  const simple = constantOf(range.start) === 0 && constantOf(range.step) === 1
  const trip = simple ? range.stop : tryScalar(f, 'aten::__range_length', [range.start, range.stop, range.step], node)!
  const unit = constantOf(range.step) === 1
  emitLoop(f, {
    node,
    label,
    trip,
    bind: (iteration) => {
      if (simple) return bind(iteration)
      bind(
        unit
          ? tryScalar(f, 'aten::add', [range.start, iteration], node)!
          : tryScalar(f, 'aten::__derive_index', [iteration, range.start, range.step], node)!,
      )
    },
    test: null,
    body: () => emitScope(f, bodyOf(node.body)),
    update: null,
    iterationName: simple ? name : null,
  })
}
