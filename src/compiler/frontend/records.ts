/**
 * Records: object literals, interfaces and object types. A record is of class type; its fields stand in Program.classes, its name is its
 * structure, so equal structures are one type. Records are read, not written.
 */
import type * as t from '@babel/types'
import { didYouMean } from '../diagnostics/didYouMean.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ClassInfo, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { type FunctionContext, fail, type ProgramContext } from './context.ts'
import { fitsRecord, type Literal, literalOf } from './discriminants.ts'
import { misspelt } from './fixes.ts'
import type { ObjectSugar, ScriptValue, Sugared } from './sugar.ts'
import { erase, optionalOf, typeText } from './typeRelations.ts'
import { constantOf, describe, materialize, typeOf, value } from './values.ts'
import { expectField, knownField, remember } from './widening.ts'
import { isWritten } from './writes.ts'

export function recordType(program: ProgramContext, fields: ReadonlyMap<string, Type>, literals?: ReadonlyMap<string, Literal>): Type {
  const textOf = (field: string, type: Type): string => {
    const literal = literals?.get(field)
    return literal === undefined ? typeText(erase(type)) : JSON.stringify(literal)
  }
  const name = `{ ${[...fields].map(([field, type]) => `${field}: ${textOf(field, type)}`).join(', ')} }`
  if (!program.records.has(name)) {
    if (literals && literals.size > 0) program.literals.set(name, literals)
    program.records.set(name, fields)
    const attributes: ClassInfo['attributes'] = new Map(
      [...fields].map(([field, type]) => [field, { type: erase(type), constant: null, isParameter: false, isBuffer: false }]),
    )
    program.classes.set(name, { name, attributes, methods: new Map(), object: true })
  }
  return { kind: 'class', name }
}

export const fieldsOf = (program: ProgramContext, type: Type): ReadonlyMap<string, Type> | null =>
  (type.kind === 'class' && program.records.get(type.name)) || null

/** The type an object literal has when nothing else is asked of it; null when a field is no value. */
export function typeOfObject(program: ProgramContext, fields: ReadonlyMap<string, Sugared>): Type | null {
  const types = new Map<string, Type>()
  for (const [name, field] of fields) {
    const type = field.kind === 'object' ? typeOfObject(program, field.fields) : typeOf(field)
    if (type === null) return null
    types.set(name, type)
  }
  return recordType(program, types)
}

/** A record of itself: nothing says what it is to be, but what is written to it. */
function recordOfItself(f: FunctionContext, fields: ReadonlyMap<string, Sugared>, node: t.Node): ScriptValue {
  const made = [...fields].map(([name, field]) => {
    const wider = knownField(f, node, name)
    return { name, wider, value: materialize(f, field, fieldNode(node, name), wider) }
  })
  const type = recordType(f.program, new Map(made.map(({ name, wider, value: { type } }) => [name, wider ?? type])))
  if (type.kind === 'class') remember(f, type.name, node)
  return createRecord(
    f,
    type,
    made.map(({ name }) => name),
    made.map(({ value: { id } }) => id),
    node,
  )
}

function createRecord(f: FunctionContext, type: Type, names: readonly string[], inputs: readonly ValueId[], node: t.Node): ScriptValue {
  const range = f.range(node)
  const id = f.emitter.op('prim::CreateObject', inputs, type, range, { attributes: { names: { kind: 'names', value: names } } })
  return value(id, type, range)
}

/** Makes the record; `target` is a record type it must have. */
export function materializeObject(
  f: FunctionContext,
  fields: ReadonlyMap<string, Sugared>,
  node: t.Node,
  target?: Type,
): ScriptValue | null {
  const one = target?.kind === 'optional' ? target.element : target
  const wanted = one?.kind === 'union' ? one.members.find((member) => fitsRecord(f.program, fields, member)) : one
  const declared = wanted ? fieldsOf(f.program, wanted) : null
  if (!declared) return typeOfObject(f.program, fields) && recordOfItself(f, fields, node)
  const type = wanted!
  const names = [...declared.keys()]
  for (const name of fields.keys()) {
    if (names.includes(name)) continue
    const key = keyNode(node, name)
    const { hint, extra } = misspelt(name, names, key)
    return fail(messages.noSuchProperty(f.span(key), { type: typeText(type), name, ...hint }, extra))
  }
  const literals = type.kind === 'class' ? f.program.literals.get(type.name) : undefined
  for (const [name, literal] of literals ?? []) {
    const given = fields.get(name)
    if (!given || constantOf(given) === literal) continue
    const source = given.kind === 'constant' ? JSON.stringify(constantOf(given)) : describe(given)
    return fail(messages.notAssignable(f.span(fieldNode(node, name)), { source, target: JSON.stringify(literal), where: '' }))
  }
  for (const [name, field] of fields) expectField(f, type, name, typeOf(field))
  const inputs = names.map((name) => materialize(f, fields.get(name) ?? none, fieldNode(node, name), declared.get(name)))
  return createRecord(
    f,
    type,
    names,
    inputs.map(({ id }) => id),
    node,
  )
}

/** Where a field of an object literal is written: diagnostics point at its key or its value. */
function propertyNode(node: t.Node, name: string): t.ObjectProperty | null {
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression' || node.type === 'ParenthesizedExpression')
    return propertyNode(node.expression, name)
  if (node.type !== 'ObjectExpression') return null
  const found = node.properties.findLast(
    (property) => property.type === 'ObjectProperty' && property.key.type === 'Identifier' && property.key.name === name,
  )
  return found?.type === 'ObjectProperty' ? found : null
}

const keyNode = (node: t.Node, name: string): t.Node => propertyNode(node, name)?.key ?? node
const fieldNode = (node: t.Node, name: string): t.Node => propertyNode(node, name)?.value ?? node

/** An object literal as an argument of a declared object type: fields that are left out are null, others that are too many are refused. */
export function conformObject(f: FunctionContext, argument: ObjectSugar, declared: Type, node: t.Node): ObjectSugar {
  const wanted = fieldsOf(f.program, declared.kind === 'optional' ? declared.element : declared)
  if (!wanted) return argument
  for (const name of argument.fields.keys()) {
    if (wanted.has(name)) continue
    const hint = didYouMean(name, wanted.keys())
    return fail(messages.noSuchProperty(f.span(keyNode(node, name)), { type: typeText(declared), name, ...(hint ? { hint } : {}) }))
  }
  const fields = [...wanted].map(([name, type]): readonly [string, Sugared] => {
    const given = argument.fields.get(name)
    if (!given && type.kind !== 'optional')
      return fail(messages.missingArgument(f.span(node), { message: `the field \`${name}\` of ${typeText(declared)} is missing` }))
    if (!given) return [name, none]
    if (given.kind === 'object') return [name, conformObject(f, given, type, fieldNode(node, name))]
    return [name, given.kind === 'constant' && type.kind === 'optional' ? given : materialize(f, given, fieldNode(node, name), type)]
  })
  return { kind: 'object', fields: new Map(fields) }
}

const none: Sugared = { kind: 'constant', value: { kind: 'none' } }

/** All fields of a record, as `{ ...record }` takes them; null for what is no record. */
export function fieldsOfRecord(f: FunctionContext, object: Sugared, node: t.Node): ReadonlyMap<string, Sugared> | null {
  const fields = object.kind === 'value' ? fieldsOf(f.program, object.type) : null
  return fields && new Map([...fields.keys()].map((name) => [name, recordField(f, object as ScriptValue, name, node)!]))
}

/** `p.x`: the value it was made with where that is in sight. */
export function recordField(f: FunctionContext, object: ScriptValue, name: string, node: t.Node): Sugared | null {
  const fields = fieldsOf(f.program, object.type)
  const type = fields?.get(name)
  if (!type) return null
  const made = isWritten(f.program, name) ? undefined : f.emitter.definitions.get(object.id)
  const index =
    made?.kind === 'prim::CreateObject' && made.attributes.names?.kind === 'names' ? made.attributes.names.value.indexOf(name) : -1
  if (made && index >= 0) {
    const id = made.inputs[index]!
    return value(id, f.emitter.facts.get(id) ?? type)
  }
  const range = f.range(node)
  return value(
    f.emitter.op('prim::GetAttr', [object.id], type, range, { attributes: { name: { kind: 'name', value: name } } }),
    type,
    range,
  )
}

/** The fields of `interface P { x: int; y?: float }` or `{ x: int }`; null for members that are no plain fields. */
export function recordAnnotation(
  f: FunctionContext,
  members: readonly t.TSTypeElement[],
  typeOfMember: (node: t.TSType) => Type | null,
): Type | null {
  const literals = new Map<string, Literal>()
  const fields = new Map<string, Type>()
  for (const member of members) {
    if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier' || member.computed || !member.typeAnnotation) return null
    const annotation = member.typeAnnotation
    const type = annotation.type === 'TSTypeAnnotation' ? typeOfMember(annotation.typeAnnotation) : null
    if (type === null) return null
    const literal = annotation.type === 'TSTypeAnnotation' && !member.optional ? literalOf(annotation.typeAnnotation) : undefined
    if (literal !== undefined) literals.set(member.key.name, literal)
    fields.set(member.key.name, member.optional ? optionalOf(type) : type)
  }
  return recordType(f.program, fields, literals)
}
