/** Expressions of the script language, one case a node type. Every value carries the range of the expression it came from. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { emitAssignment, emitUpdate } from './assignment.ts'
import { tryScalar } from './builtins.ts'
import { emitCall } from './calls.ts'
import { emitCondition } from './conditions.ts'
import { constant, constantBool, constantNull, constantNumber, constantString } from './constants.ts'
import { type FunctionContext, fail, Poisoned } from './context.ts'
import { emitBranch, noRefinements, toCondition } from './control.ts'
import { emitNewContainer, maybeEntry, writeEntry } from './dicts.ts'
import { emitNewArray } from './filledArrays.ts'
import { misspelt } from './fixes.ts'
import { emitMember } from './members.ts'
import { moduleScope, resolveName } from './moduleScope.ts'
import { classToMake, constructObject } from './objects.ts'
import { emitBinary, emitUnary } from './operators.ts'
import { fieldsOfRecord } from './records.ts'
import { emitArguments, emitArray } from './spread.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { fits, types } from './typeRelations.ts'
import { constantOf, emit, materialize, notAssignable, typeOf } from './values.ts'
import { emitWanted } from './wanted.ts'

export function emitExpression(f: FunctionContext, node: t.Expression): Sugared {
  const known = f.known.size > 0 ? f.known.get(node) : undefined
  if (known) return known
  switch (node.type) {
    case 'NumericLiteral':
      return numericLiteral(f, node)
    case 'StringLiteral':
      return constantString(node.value)
    case 'BooleanLiteral':
      return constantBool(node.value)
    case 'NullLiteral':
      return constantNull
    case 'Identifier':
      return emitIdentifier(f, node)
    case 'ThisExpression':
      return (
        f.frame.self ??
        f.frame.receiver ??
        fail(messages.unknownName(f.span(node), { name: 'this', hint: '`this` is only known inside a method' }))
      )
    case 'ParenthesizedExpression':
      return emitExpression(f, node.expression)
    case 'TSNonNullExpression':
      return emitNonNull(f, node)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return emitTypeAssertion(f, node)
    case 'UnaryExpression':
      return emitUnary(f, node)
    case 'BinaryExpression':
      return emitBinary(f, node)
    case 'LogicalExpression':
      return emitLogical(f, node)
    case 'ConditionalExpression':
      return emitBranch(
        f,
        node,
        emitCondition(f, node.test),
        () => emitExpression(f, node.consequent),
        () => emitExpression(f, node.alternate),
      ).result!
    case 'ArrayExpression':
      return emitArray(f, node)
    case 'ObjectExpression':
      return emitObject(f, node)
    case 'TemplateLiteral':
      return emitTemplate(f, node)
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return emitMember(f, node)
    case 'CallExpression':
    case 'OptionalCallExpression':
      return emitCall(f, node)
    case 'AssignmentExpression':
      return emitAssignment(f, node)
    case 'UpdateExpression':
      return emitUpdate(f, node)
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return {
        kind: 'closure',
        name: 'id' in node && node.id ? node.id.name : 'anonymous',
        node,
        scope: f.scope,
        file: f.file,
        self: f.frame.self,
        typeArguments: f.typeArguments,
      }
    case 'SequenceExpression':
      return node.expressions.map((expression) => emitExpression(f, expression)).at(-1)!
    case 'NewExpression':
      return emitNew(f, node)
    case 'AwaitExpression':
      return fail(messages.asyncFunction(f.span(node)))
    case 'YieldExpression':
      return fail(messages.generatorFunction(f.span(node)))
    default:
      return fail(messages.unsupportedExpression(f.span(node), { what: expressionNames[node.type] ?? `\`${f.shortText(node)}\`` }))
  }
}

const expressionNames: { readonly [type: string]: string } = {
  RegExpLiteral: 'a regular expression',
  ClassExpression: 'a class inside a function',
  TaggedTemplateExpression: 'a tagged template',
  BigIntLiteral: 'a bigint',
  Import: 'a dynamic import',
  MetaProperty: '`import.meta` inside script code',
  DoExpression: 'a do expression',
  JSXElement: 'JSX',
}

function numericLiteral(f: FunctionContext, node: t.NumericLiteral): Sugared {
  if (Number.isInteger(node.value) && !Number.isSafeInteger(node.value) && !/[.eE]/.test(f.text(node)))
    return fail(messages.integerTooLarge(f.span(node), { text: f.text(node) }))
  return constantNumber(node.value)
}

/** Global names that script code may use without importing them. */
const globals: { readonly [name: string]: Sugared } = {
  undefined: constantNull,
  Infinity: constant({ kind: 'float', value: Infinity }),
  NaN: constant({ kind: 'float', value: NaN }),
  Math: { kind: 'namespace', name: 'Math' },
  console: { kind: 'namespace', name: 'console' },
  Number: { kind: 'namespace', name: 'Number' },
  Array: { kind: 'namespace', name: 'Array' },
  String: { kind: 'namespace', name: 'String' },
  Object: { kind: 'namespace', name: 'Object' },
  Boolean: { kind: 'builtin', name: 'Boolean' },
  parseFloat: { kind: 'builtin', name: 'Number.parseFloat' },
  parseInt: { kind: 'builtin', name: 'Number.parseInt' },
  isNaN: { kind: 'builtin', name: 'Number.isNaN' },
  isFinite: { kind: 'builtin', name: 'Number.isFinite' },
}

const hostGlobals = new Set([
  'Date',
  'performance',
  'fetch',
  'document',
  'window',
  'process',
  'globalThis',
  'setTimeout',
  'crypto',
  'JSON',
  'Promise',
  'structuredClone',
])

function emitIdentifier(f: FunctionContext, node: t.Identifier): Sugared {
  const found = lookup(f, node.name, node)
  if (!found) return fail(unknownName(f, node.name, node))
  if (found.kind === 'poison') throw new Poisoned()
  if (found.kind === 'uninitialized' || found.kind === 'conflict') return materialize(f, found, node)
  return found
}

/** Of JavaScript's host, and not declared here as something else. */
export const isHostGlobal = (f: FunctionContext, name: string): boolean =>
  hostGlobals.has(name) && !f.scope.lookup(name) && !moduleScope(f.program, f.file)?.names.has(name)

/** What a name means here; null when it is not declared. */
export function lookup(f: FunctionContext, name: string, node: t.Node): Sugared | null {
  const binding = f.scope.lookup(name)
  if (binding) return f.state.values.get(binding) ?? { kind: 'uninitialized', name }
  const found = resolveName(f, f.file, name, node)
  if (found) return found
  if (Object.hasOwn(globals, name)) return globals[name]!
  if (hostGlobals.has(name)) return fail(messages.hostCall(f.span(node), { name }))
  return null
}

export function unknownName(f: FunctionContext, name: string, node: t.Node) {
  const scope = moduleScope(f.program, f.file)
  const names = [...f.scope.visible(), ...(scope?.names.keys() ?? []), 'Math', 'console', 'Number', 'Array']
  const { hint, extra } = misspelt(name, names, node)
  return messages.unknownName(f.span(node), { name, ...hint }, extra)
}

function emitNonNull(f: FunctionContext, node: t.TSNonNullExpression): Sugared {
  return notNull(f, emitExpression(f, node.expression), node)
}

/** `x!` of a value that was read: checked when the program runs. */
export function notNull(f: FunctionContext, sugar: Sugared, node: t.TSNonNullExpression): Sugared {
  const type = typeOf(sugar)
  if (type?.kind === 'none') return fail(messages.possiblyNull(f.span(node), { text: f.shortText(node.expression) }))
  if (type?.kind !== 'optional') return sugar
  return emit(f, 'aten::_unwrap_optional', [materialize(f, sugar, node)], type.element, node)
}

/** `x as T`: only says more about the type; `as const` makes a tuple of an array literal. */
function emitTypeAssertion(f: FunctionContext, node: t.TSAsExpression | t.TSSatisfiesExpression | t.TSTypeAssertion): Sugared {
  const sugar = emitExpression(f, node.expression)
  const { typeAnnotation } = node
  if (
    typeAnnotation.type === 'TSTypeReference' &&
    typeAnnotation.typeName.type === 'Identifier' &&
    typeAnnotation.typeName.name === 'const'
  ) {
    if (sugar.kind !== 'array') return sugar
    const elements = sugar.elements.map((element) => typeOf(element) ?? types.none)
    return materialize(f, sugar, node, { kind: 'tuple', elements })
  }
  // `x as unknown as T`: the compiler knows what x is.
  const target = typeAnnotation.type === 'TSUnknownKeyword' ? null : typeOfAnnotation(f, typeAnnotation)
  if (target === null) return sugar
  // `x.unbind(0) as [Tensor, Tensor]`: an array that no variable holds may as well be a tuple.
  const fresh = sugar.kind === 'array' || (sugar.kind === 'value' && target.kind === 'tuple' && f.emitter.nameOf(sugar.id) === null)
  const made = materialize(f, sugar, node.expression, fresh ? target : undefined)
  if (fits(made.type, target)) return { ...made, type: narrowed(made.type, target) }
  if (made.type.kind === 'float' && target.kind === 'int') return fail(notAssignable(f, made.type, target, node.expression))
  if (made.type.kind === 'optional' && fits(made.type.element, target)) return emit(f, 'aten::_unwrap_optional', [made], target, node)
  return fail(notAssignable(f, made.type, target, node.expression))
}

const narrowed = (made: Type, target: Type): Type =>
  made.kind === 'tensor' && target.kind === 'tensor'
    ? { kind: 'tensor', dtype: target.dtype ?? made.dtype, shape: target.shape ?? made.shape }
    : made.kind === 'int' && target.kind === 'float'
      ? target
      : made

function emitLogical(f: FunctionContext, node: t.LogicalExpression): Sugared {
  if (node.operator === '??') return emitNullish(f, node)
  const left = emitExpressionType(f, node)
  if (left) return left
  const sugar = emitExpression(f, node.left)
  const condition = { test: toCondition(f, sugar, node.left), whenTrue: noRefinements, whenFalse: noRefinements }
  const keep = (): Sugared => sugar
  const other = (): Sugared => emitExpression(f, node.right)
  return emitBranch(f, node, condition, node.operator === '&&' ? other : keep, node.operator === '&&' ? keep : other).result!
}

/** `a && b` of conditions goes through `emitCondition`, which knows about narrowing. */
function emitExpressionType(f: FunctionContext, node: t.LogicalExpression): Sugared | null {
  if (!looksBoolean(node.left) || !looksBoolean(node.right)) return null
  const { test } = emitCondition(f, node)
  return typeof test === 'boolean' ? constantBool(test) : test
}

function looksBoolean(node: t.Expression): boolean {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return looksBoolean(node.expression)
    case 'BooleanLiteral':
      return true
    case 'UnaryExpression':
      return node.operator === '!'
    case 'BinaryExpression':
      return ['===', '!==', '==', '!=', '<', '<=', '>', '>='].includes(node.operator)
    case 'LogicalExpression':
      return node.operator !== '??' && looksBoolean(node.left) && looksBoolean(node.right)
    default:
      return false
  }
}

/** `a ?? b`; `emitRight` where the right side is wanted as something. */
export function emitNullish(
  f: FunctionContext,
  node: t.LogicalExpression,
  emitRight = (right: t.Expression): Sugared => emitExpression(f, right),
): Sugared {
  const left = maybeEntry(f, node.left) ?? emitExpression(f, node.left)
  const type = typeOf(left)
  if (type?.kind === 'none') return emitRight(node.right)
  if (type?.kind !== 'optional') return left
  const made = materialize(f, left, node.left)
  const none = materialize(f, constantNull, node)
  const test = emit(f, 'aten::__isnot__', [made, none], types.bool, node)
  return emitBranch(
    f,
    node,
    { test, whenTrue: noRefinements, whenFalse: noRefinements },
    () => emit(f, 'prim::unchecked_cast', [made], type.element, node),
    () => emitRight(node.right),
  ).result!
}

/** An object literal; `wanted` is the type of a field where one is known. */
export function emitObject(f: FunctionContext, node: t.ObjectExpression, wanted = (_name: string): Type | null => null): Sugared {
  const fields = new Map<string, Sugared>()
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = emitExpression(f, property.argument)
      if (spread.kind === 'value' && spread.type.kind === 'dict' && fields.size === 0 && property === node.properties[0])
        return recordWith(f, spread, node)
      const record = spread.kind === 'object' ? spread.fields : fieldsOfRecord(f, spread, property)
      if (!record) return fail(messages.unsupportedExpression(f.span(property), { what: 'spread of something that is no record' }))
      for (const [key, field] of record) fields.set(key, field)
      continue
    }
    const key =
      property.key.type === 'Identifier' && !property.computed
        ? property.key.name
        : property.key.type === 'StringLiteral'
          ? property.key.value
          : null
    if (key === null) return fail(messages.dynamicCode(f.span(property), { what: 'a computed property name', hint: 'write the name' }))
    if (property.type === 'ObjectMethod')
      fields.set(key, {
        kind: 'closure',
        name: key,
        node: property,
        scope: f.scope,
        file: f.file,
        self: f.frame.self,
        typeArguments: f.typeArguments,
      })
    else fields.set(key, emitWanted(f, property.value as t.Expression, wanted(key)))
  }
  return { kind: 'object', fields }
}

/** `{ ...record, key: value }`: a copy with entries written over it. */
function recordWith(f: FunctionContext, source: ScriptValue, node: t.ObjectExpression): Sugared {
  const copy = tryScalar(f, 'aten::dict', [source], node) as ScriptValue
  for (const property of node.properties.slice(1)) {
    if (property.type !== 'ObjectProperty')
      return fail(messages.unsupportedExpression(f.span(property), { what: 'a method or second spread after the spread of a record' }))
    const key = property.computed
      ? emitExpression(f, property.key as t.Expression)
      : constantString(property.key.type === 'Identifier' ? property.key.name : (property.key as t.StringLiteral).value)
    writeEntry(
      f,
      copy,
      materialize(f, key, property.key, types.string),
      emitExpression(f, property.value as t.Expression),
      property.value,
      node,
    )
  }
  return copy
}

function emitTemplate(f: FunctionContext, node: t.TemplateLiteral): Sugared {
  let text: Sugared = constantString(node.quasis[0]!.value.cooked ?? '')
  for (const [i, expression] of node.expressions.entries()) {
    const part = emitExpression(f, expression as t.Expression)
    const piece =
      typeOf(part)?.kind === 'string' ? part : (tryScalar(f, 'aten::str', [part], expression) ?? materialize(f, part, expression))
    text = constantOf(text) === '' ? piece : tryScalar(f, 'aten::add', [text, piece], node)!
    const quasi = node.quasis[i + 1]!.value.cooked ?? ''
    if (quasi !== '') text = tryScalar(f, 'aten::add', [text, constantString(quasi)], node)!
  }
  return text
}

export function emitNew(f: FunctionContext, node: t.NewExpression, target: Type | null = null): Sugared {
  const container = emitNewContainer(f, node) ?? emitNewArray(f, node)
  if (container) return container
  const name = f.shortText(node.callee)
  if (node.callee.type !== 'Super' && (node.callee.type === 'MemberExpression' || node.callee.type === 'Identifier')) {
    const callee = node.callee.type === 'Identifier' ? lookup(f, node.callee.name, node.callee) : null
    if (callee?.kind === 'class') {
      const positional = emitArguments(f, node.arguments as (t.Expression | t.SpreadElement)[], node)
      const made = classToMake(f, callee, node, positional, target)
      if (made) return constructObject(f, made, positional, node)
    }
    if (callee?.kind === 'class' || node.callee.type === 'MemberExpression') return fail(messages.moduleConstructed(f.span(node), { name }))
  }
  return fail(messages.unsupportedExpression(f.span(node), { what: `\`new ${name}\`` }))
}
