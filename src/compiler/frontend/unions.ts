/**
 * Unions: what `typeof x === 'number'`, `Array.isArray(x)` and `x instanceof Map` say about a value of several possible types. A test that
 * every member answers alike is decided here; the others are made when the program runs, and narrow both ways.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { tryScalar } from './builtins.ts'
import { bindingOf } from './conditions.ts'
import { constantBool, constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { type Condition, noRefinements, type Refinements } from './control.ts'
import { emitExpression } from './expressions.ts'
import { classOf, noTypeArguments, typeParametersOf } from './generics.ts'
import { emitInstanceTest, instancePasses } from './instances.ts'
import { classChain } from './methods.ts'
import { scriptClass } from './objects.ts'
import type { Sugared } from './sugar.ts'
import { membersOf, types, unionOf } from './typeRelations.ts'
import { materialize, typeOf } from './values.ts'

/** What `typeof` gives; null where only the run knows. */
function typeofText(type: Type): string | null {
  switch (type.kind) {
    case 'int':
    case 'float':
      return 'number'
    case 'bool':
      return 'boolean'
    case 'string':
    case 'dtype':
    case 'device':
      return 'string'
    case 'enum':
      return type.values.every((value) => typeof value === 'string')
        ? 'string'
        : type.values.every((value) => typeof value === 'number')
          ? 'number'
          : null
    case 'optional':
    case 'union':
      return null
    case 'function':
      return 'function'
    default:
      return 'object'
  }
}

/** What an unknown value is once its `typeof` is known. */
const byTypeof: { readonly [text: string]: Type } = { number: types.float, string: types.string, boolean: types.bool }

interface TypeTest {
  readonly operand: t.Expression
  /** The operator that asks when the program runs, as a boolean. */
  readonly ask: (made: Sugared) => Sugared | null
  /** Whether values of a type pass; null: some do. */
  readonly passes: (type: Type) => boolean | null
  /** What an unknown value, or one of a type of which some pass, is when it passes. */
  readonly known: Type | null
  readonly negated: boolean
}

/** `typeof x === 'number'`, `x instanceof Map`, `Array.isArray(x)`; null for every other expression. */
export function emitTypeTest(f: FunctionContext, node: t.Expression): Condition | null {
  const test = typeofTest(f, node) ?? instanceTest(f, node) ?? arrayTest(f, node)
  return test && decide(f, test, node)
}

function decide(f: FunctionContext, test: TypeTest, node: t.Expression): Condition {
  const sugar = emitExpression(f, test.operand)
  const type = typeOf(sugar)
  const constant = (passes: boolean): Condition => ({ test: passes !== test.negated, whenTrue: noRefinements, whenFalse: noRefinements })
  if (type === null) {
    if (['poison', 'uninitialized', 'conflict'].includes(sugar.kind)) materialize(f, sugar, test.operand)
    const isFunction = ['closure', 'function', 'operator', 'builtin', 'class'].includes(sugar.kind)
    return constant(test.passes(isFunction ? { kind: 'function', name: '' } : { kind: 'class', name: '' }) === true)
  }
  const members = membersOf(type)
  const open = members.some((member) => member.kind === 'union')
  const verdicts = members.map((member) => (member.kind === 'union' ? null : test.passes(member)))
  if (!verdicts.includes(null) && new Set(verdicts).size === 1) return constant(verdicts[0]!)
  const asked = test.ask(materialize(f, sugar, test.operand))
  if (!asked)
    return fail(messages.unsupportedExpression(f.span(node), { what: 'this test of a value whose type is only known at run time' }))
  const made = materialize(f, asked, node)
  const binding = bindingOf(f, test.operand)
  const passing = members.flatMap((member, i) => (verdicts[i] === false ? [] : [verdicts[i] === null && test.known ? test.known : member]))
  const failing = members.filter((_, i) => verdicts[i] !== true)
  const narrowed = (kept: readonly Type[]): Refinements =>
    binding && kept.length > 0 ? new Map([[binding, unionOf(kept)]]) : noRefinements
  const yes = open ? (binding && test.known ? new Map([[binding, test.known]]) : noRefinements) : narrowed(passing)
  const no = open ? noRefinements : narrowed(failing)
  return {
    test: test.negated ? materialize(f, tryScalar(f, 'aten::__not__', [made], node)!, node) : made,
    whenTrue: test.negated ? no : yes,
    whenFalse: test.negated ? yes : no,
  }
}

function typeofTest(f: FunctionContext, node: t.Expression): TypeTest | null {
  if (node.type !== 'BinaryExpression' || !['===', '!==', '==', '!='].includes(node.operator)) return null
  const [test, name] =
    node.left.type === 'UnaryExpression' && node.left.operator === 'typeof'
      ? [node.left, node.right]
      : node.right.type === 'UnaryExpression' && node.right.operator === 'typeof'
        ? [node.right, node.left]
        : []
  if (!test || name?.type !== 'StringLiteral') return null
  return {
    operand: test.argument,
    ask: (made) => {
      const text = tryScalar(f, 'js::typeof', [made], node)
      return text && tryScalar(f, 'aten::eq', [text, constantString(name.value)], node)
    },
    passes: (type) => {
      const text = typeofText(type)
      return text === null ? null : text === name.value
    },
    known: byTypeof[name.value] ?? null,
    negated: node.operator.startsWith('!'),
  }
}

const instanceOps: { readonly [name: string]: readonly [op: string, kinds: readonly Type['kind'][]] } = {
  Map: ['js::isMap', ['dict']],
  Set: ['js::isSet', ['set']],
  Array: ['js::isArray', ['list', 'tuple']],
}

function instanceTest(f: FunctionContext, node: t.Expression): TypeTest | null {
  if (node.type !== 'BinaryExpression' || node.operator !== 'instanceof' || node.left.type === 'PrivateName') return null
  const { right } = node
  const entry = right.type === 'Identifier' && Object.hasOwn(instanceOps, right.name) ? instanceOps[right.name] : undefined
  if (entry && right.type === 'Identifier' && !f.scope.lookup(right.name)) return kindTest(f, node.left, entry, node)
  const named = right.type === 'Identifier' || right.type === 'MemberExpression' ? emitExpression(f, right) : null
  return named?.kind === 'class' ? classTest(f, node.left, named, node) : null
}

function classTest(f: FunctionContext, operand: t.Expression, named: Extract<Sugared, { kind: 'class' }>, node: t.Node): TypeTest {
  const isGeneric = typeParametersOf(named.node).length > 0
  const made = isGeneric ? null : scriptClass(f, named, noTypeArguments)
  const moduleOf = (type: Type) => (type.kind === 'class' ? f.program.moduleClasses.get(type.name)?.instance : undefined)
  return {
    operand,
    ask: (value) => (made && value.kind === 'value' ? emitInstanceTest(f, value, made, node) : null),
    passes: (type) => {
      const module = moduleOf(type)
      if (module) return classChain(f, module).includes(named.name)
      return made ? instancePasses(type, made) : classOf(f, { type }, { file: named.file, className: named.name }) !== null
    },
    known: made?.type ?? null,
    negated: false,
  }
}

function arrayTest(f: FunctionContext, node: t.Expression): TypeTest | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.computed) return null
  const { object, property } = node.callee
  const [operand] = node.arguments
  if (object.type !== 'Identifier' || object.name !== 'Array' || property.type !== 'Identifier' || property.name !== 'isArray') return null
  return operand && operand.type !== 'SpreadElement' && operand.type !== 'ArgumentPlaceholder'
    ? kindTest(f, operand, instanceOps.Array!, node)
    : null
}

const kindTest = (
  f: FunctionContext,
  operand: t.Expression,
  [op, kinds]: readonly [string, readonly Type['kind'][]],
  node: t.Node,
): TypeTest => ({
  operand,
  ask: (made) => tryScalar(f, op, [made], node),
  passes: (type) => kinds.includes(type.kind) && !(type.kind === 'dict' && type.form === 'record'),
  known: null,
  negated: false,
})

/** A type test as a value. */
export function typeTestValue(f: FunctionContext, node: t.Expression): Sugared | null {
  const condition = emitTypeTest(f, node)
  return condition && (typeof condition.test === 'boolean' ? constantBool(condition.test) : condition.test)
}

/** `typeof x` as a text. */
export function emitTypeofText(f: FunctionContext, node: t.UnaryExpression): Sugared {
  const sugar = emitExpression(f, node.argument)
  const type = typeOf(sugar)
  const isFunction = ['closure', 'function', 'operator', 'builtin', 'class'].includes(sugar.kind)
  const text = type === null ? (isFunction ? 'function' : 'object') : typeofText(type)
  return text === null ? tryScalar(f, 'js::typeof', [sugar], node)! : constantString(text)
}
