/** Declarations and assignments of names and members. A `const` bound to an array literal is one array: it is made at its declaration. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { patternNames } from './assigned.ts'
import { emitCondition } from './conditions.ts'
import { constantInt, constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { fitsRecord } from './discriminants.ts'
import { annotationOf } from './exhaustive.ts'
import { emitExpression, lookup, notNull, unknownName } from './expressions.ts'
import { declareWith } from './fixes.ts'
import { forgetFields } from './narrowedFields.ts'
import { hasSetter } from './objects.ts'
import { emitOperation } from './operators.ts'
import { assignPattern } from './patterns.ts'
import { placeOf } from './places.ts'
import { fieldsOf, materializeObject, typeOfObject } from './records.ts'
import type { Binding } from './scope.ts'
import { emitElements } from './spread.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { raise } from './throws.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { fits } from './typeRelations.ts'
import { asDeclared, materialize, notAssignable, typeOf } from './values.ts'
import { emitWanted } from './wanted.ts'
import { isWritten, isWrittenArray } from './writes.ts'

/** `let x: T = e`, `const [a, b] = e`. */
export function emitDeclaration(f: FunctionContext, node: t.VariableDeclaration): void {
  if (node.kind === 'using' || node.kind === 'await using') fail(messages.unsupportedStatement(f.span(node), { what: `\`${node.kind}\`` }))
  for (const declarator of node.declarations) emitDeclarator(f, declarator, node.kind === 'const' ? 'const' : 'let')
}

export function emitDeclarator(f: FunctionContext, node: t.VariableDeclarator, kind: 'const' | 'let'): void {
  const { id, init } = node
  if (id.type === 'Identifier') {
    const annotation = id.typeAnnotation?.type === 'TSTypeAnnotation' ? id.typeAnnotation.typeAnnotation : null
    if (annotation?.type === 'TSNeverKeyword' && init) {
      emitExpression(f, init)
      f.scope.declare({ name: id.name, declared: null, kind, span: f.span(id) })
      raise(f, constantString(`${f.shortText(init)} is none of the values of its type`), 'RangeError', node)
      return
    }
    const declared = annotation ? typeOfAnnotation(f, annotation) : null
    const written = annotation ? { node: annotation, file: f.file } : init ? annotationOf(f, init) : null
    const binding: Binding = { name: id.name, declared, kind, span: f.span(id), annotation: written }
    // Declared first, so that an error in the initialiser leaves the name known (and silent).
    if (init) {
      let sugar: Sugared = { kind: 'poison' }
      try {
        sugar = readInitialiser(f, binding, init)
      } finally {
        f.scope.declare(binding)
        f.state.values.set(binding, sugar)
      }
    } else {
      f.scope.declare(binding)
      f.state.values.set(binding, { kind: 'uninitialized', name: id.name })
    }
    return
  }
  if (!init) fail(messages.unsupportedStatement(f.span(node), { what: 'a destructuring declaration without a value' }))
  if (id.type === 'VoidPattern' || (id.type !== 'ArrayPattern' && id.type !== 'ObjectPattern'))
    fail(messages.unsupportedStatement(f.span(node), { what: 'this declaration' }))
  declareNames(f, id, kind)
  assignPattern(f, id, emitExpression(f, init), kind, init)
}

/** Poisons the names of a pattern until its value is there, so that an error in the value is reported once. */
function declareNames(f: FunctionContext, pattern: t.Node, kind: 'const' | 'let'): void {
  for (const name of patternNames(pattern)) {
    f.state.values.set(f.scope.declare({ name, declared: null, kind, span: f.span(pattern) }), { kind: 'poison' })
  }
}

function readInitialiser(f: FunctionContext, binding: Binding, init: t.Expression): Sugared {
  if (binding.declared) {
    const sugar = emitWanted(f, init, binding.declared)
    return store(f, binding, sugar, init)
  }
  if (binding.kind === 'const' && isConditionLike(init)) {
    const condition = emitCondition(f, init)
    if (condition.whenTrue.size > 0 || condition.whenFalse.size > 0)
      f.conditionsOf.set(binding, { whenTrue: condition.whenTrue, whenFalse: condition.whenFalse })
    return typeof condition.test === 'boolean'
      ? { kind: 'constant', value: { kind: 'bool', value: condition.test } }
      : named(f, condition.test, binding.name)
  }
  return store(f, binding, emitExpression(f, init), init)
}

const isConditionLike = (node: t.Expression): boolean =>
  (node.type === 'BinaryExpression' && ['===', '!==', '==', '!='].includes(node.operator)) ||
  (node.type === 'UnaryExpression' && node.operator === '!') ||
  (node.type === 'LogicalExpression' && node.operator !== '??' && isConditionLike(node.left) && isConditionLike(node.right))

function named(f: FunctionContext, made: ScriptValue, name: string): ScriptValue {
  f.emitter.rename(made.id, name)
  return made
}

/** What a variable holds after `sugar` is assigned to it. */
export function store(f: FunctionContext, binding: Binding, sugar: Sugared, node: t.Node): Sugared {
  if (sugar.kind === 'void' || sugar.kind === 'uninitialized' || sugar.kind === 'conflict' || sugar.kind === 'poison')
    materialize(f, sugar, node)
  const { declared } = binding
  if (declared) {
    if (sugar.kind === 'constant' && declared.kind !== 'union') {
      const type = typeOf(sugar)!
      if (!fits(type, declared)) return fail(notAssignable(f, type, declared, node))
      if (declared.kind === 'float' && sugar.value.kind === 'int')
        return { kind: 'constant', value: { kind: 'float', value: sugar.value.value } }
      if (declared.kind !== 'dtype') return sugar
    }
    // A constant of a base class is known to be what it was made as.
    if (binding.kind === 'const' && sugar.kind === 'value' && sugar.type.kind === 'class' && fits(sugar.type, declared))
      return named(f, sugar, binding.name)
    return named(f, asDeclared(materialize(f, sugar, node, declared), declared), binding.name)
  }
  if (sugar.kind === 'array') {
    if (
      sugar.elements.length > 0 &&
      sugar.elements.some((element) => typeOf(element) === null) &&
      !isWrittenData(f, binding, sugar.elements)
    )
      return sugar
    return named(f, materialize(f, sugar, node), binding.name)
  }
  // A variable that may be assigned again, or whose fields are, holds a record as a value; a `const` knows its fields.
  if (sugar.kind === 'object' && (binding.kind !== 'const' || [...sugar.fields.keys()].some((name) => isWritten(f.program, name)))) {
    const record = materializeObject(f, sugar.fields, node)
    if (record) return named(f, record, binding.name)
  }
  return sugar.kind === 'value' ? named(f, sugar, binding.name) : sugar
}

/** Whether an array that holds object literals has to be one array: it is written, they are, or the variable may hold another. */
function isWrittenData(f: FunctionContext, binding: Binding, elements: readonly Sugared[]): boolean {
  const fields = elements.flatMap((element) => (element.kind === 'object' ? [...element.fields.keys()] : []))
  const written = binding.kind !== 'const' || isWrittenArray(f.program, binding.name) || fields.some((name) => isWritten(f.program, name))
  return (
    written && elements.every((element) => (element.kind === 'object' ? typeOfObject(f.program, element.fields) : typeOf(element)) !== null)
  )
}

export function assignName(f: FunctionContext, target: t.Identifier, sugar: Sugared, node: t.Node): void {
  const binding = f.scope.lookup(target.name)
  if (!binding) {
    const outside = lookup(f, target.name, target)
    if (!outside) fail(unknownName(f, target.name, target))
    fail(
      messages.readonlyAssignment(f.span(target), {
        name: target.name,
        why: 'declared outside of the script function',
        hint: 'return the new value instead',
      }),
    )
  }
  if (binding.kind === 'const') {
    const related = binding.span
      ? [{ message: `\`${target.name}\` is declared here`, file: binding.span.file, start: binding.span.start, end: binding.span.end }]
      : []
    fail(
      messages.readonlyAssignment(
        f.span(target),
        { name: target.name, why: 'declared with `const`', hint: 'declare it with `let`' },
        { related, ...(binding.span ? declareWith(f.program, f.file, binding.span, 'let') : {}) },
      ),
    )
  }
  f.state.values.set(binding, store(f, binding, sugar, node))
  forgetFields(f, binding)
}

const logicalAssignments = ['&&=', '||=', '??=']

/** `x = e`, `x += e`, as statement or expression; its value is what was assigned. */
export function emitAssignment(f: FunctionContext, node: t.AssignmentExpression): Sugared {
  const { operator, left, right } = node
  if (operator === '=') {
    const written = targetOf(left)
    // Object and key are read before the value.
    if (written?.type === 'MemberExpression') {
      const place = placeOf(f, written)
      const sugar = emitExpression(f, right)
      place.write(sugar, right)
      return sugar
    }
    const sugar = assignmentValue(f, left, right)
    assignPattern(f, left, sugar, null, right)
    return sugar
  }
  if (logicalAssignments.includes(operator)) return emitLogicalAssignment(f, node)
  const target = targetOf(left)
  if (!target) return fail(messages.unsupportedStatement(f.span(left), { what: 'an assignment to this' }))
  const apply = (current: Sugared): Sugared =>
    emitOperation(f, operator.slice(0, -1), underMarks(f, current, left), emitExpression(f, right), node, left as t.Expression, right)
  if (target.type === 'MemberExpression') {
    const place = placeOf(f, target)
    return place.write(apply(place.read(false)), node)
  }
  const result = apply(emitExpression(f, target))
  assignPattern(f, target, result, null, node)
  return result
}

/** What `x`, `x!` and `(x)` change; null: nothing that can be read and written. */
function targetOf(node: t.Node): t.Identifier | t.MemberExpression | null {
  if (node.type === 'TSNonNullExpression' || node.type === 'ParenthesizedExpression') return targetOf(node.expression)
  return node.type === 'Identifier' || node.type === 'MemberExpression' ? node : null
}

/** What was read of a target, not null where the target says so with `!`. */
function underMarks(f: FunctionContext, current: Sugared, node: t.Node): Sugared {
  if (node.type === 'ParenthesizedExpression') return underMarks(f, current, node.expression)
  return node.type === 'TSNonNullExpression' ? notNull(f, underMarks(f, current, node.expression), node) : current
}

/** `x ??= e`, `x ||= e`, `x &&= e`: the assignment runs only where the operator reads its right side. */
function emitLogicalAssignment(f: FunctionContext, node: t.AssignmentExpression): Sugared {
  const { left, right } = node
  if (left.type !== 'Identifier' && left.type !== 'MemberExpression')
    return fail(messages.unsupportedExpression(f.span(node), { what: `\`${node.operator}\` on this`, hint: 'write an `if`' }))
  const operator = node.operator.slice(0, -1) as t.LogicalExpression['operator']
  const { start, end, loc } = node
  const expression = { type: 'LogicalExpression', operator, left, right, start, end, loc } as t.LogicalExpression
  if (left.type === 'MemberExpression') {
    const setter = logicalSetter(f, left, expression)
    if (setter) return setter
    const place = placeOf(f, left)
    f.known.set(left, place.read(operator === '??'))
    try {
      return place.write(emitExpression(f, expression), node)
    } finally {
      f.known.delete(left)
    }
  }
  const value = emitExpression(f, expression)
  assignPattern(f, left, value, null, node)
  return value
}

/** `o.x ||= e` where `x` has a setter, which runs only with what the right side gives: `o.x || (o.x = e)` with `o` read once. */
function logicalSetter(f: FunctionContext, left: t.MemberExpression, expression: t.LogicalExpression): Sugared | null {
  if (left.computed || left.property.type !== 'Identifier' || f.known.has(left.object)) return null
  const object = emitExpression(f, left.object)
  f.known.set(left.object, object)
  try {
    if (!hasSetter(f, object, left.property.name)) return null
    const { start, end, loc } = expression
    const assigned = {
      type: 'AssignmentExpression',
      operator: '=',
      left,
      right: expression.right,
      start,
      end,
      loc,
    } as t.AssignmentExpression
    return emitExpression(f, { ...expression, right: assigned })
  } finally {
    f.known.delete(left.object)
  }
}

/** The record type of what a variable held when it was last not narrowed: that of an object literal assigned to it. */
function recordIn(f: FunctionContext, binding: Binding): Type | null {
  const sugar = f.state.values.get(binding)
  if (sugar?.kind !== 'value') return null
  let { type } = sugar
  for (let value: ScriptValue | undefined = sugar; value; value = value.refinedFrom) type = value.type
  const record = type.kind === 'optional' ? type.element : type
  return fieldsOf(f.program, record) ? record : null
}

/** An array or object literal assigned to a variable with a known type takes that type. */
function assignmentValue(f: FunctionContext, left: t.Node, right: t.Expression): Sugared {
  if (left.type === 'ArrayPattern' && right.type === 'ArrayExpression')
    return { kind: 'array', elements: emitElements(f, right.elements, right) }
  const binding = left.type === 'Identifier' ? f.scope.lookup(left.name) : null
  if (!binding || binding.declared) return emitWanted(f, right, binding?.declared ?? null)
  const record = recordIn(f, binding)
  const sugar = emitWanted(f, right, record)
  return record && sugar.kind === 'object' && fitsRecord(f.program, sugar.fields, record) ? materialize(f, sugar, right, record) : sugar
}

/** `i++`, `--i`. */
export function emitUpdate(f: FunctionContext, node: t.UpdateExpression): Sugared {
  const { argument } = node
  const operator = node.operator === '++' ? '+' : '-'
  const next = (current: Sugared): Sugared => emitOperation(f, operator, current, constantInt(1), node, argument, node)
  const target = targetOf(argument)
  if (target?.type === 'MemberExpression') {
    const place = placeOf(f, target)
    const before = underMarks(f, place.read(false), argument)
    const after = place.write(next(before), node)
    return node.prefix ? after : before
  }
  if (!target) return fail(messages.unsupportedExpression(f.span(node), { what: `\`${node.operator}\` on this` }))
  const current = underMarks(f, emitExpression(f, target), argument)
  const after = next(current)
  assignName(f, target, after, node)
  return node.prefix ? after : current
}
