/**
 * Fields of modules that the program changes: `this.count += 1`, `this.words.push(w)`, `this.running.add_(x)`. They are fields of one object a
 * module, which keeps them between calls and which all entry points share (prim::State); what nothing changes stays a constant. Which fields
 * these are is known where the first write is read: the program is then read again (see widening.ts).
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ClassInfo } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import type { Evaluated } from '../program.ts'
import { FunctionContext, fail, type ModuleClass } from './context.ts'
import { emitExpression } from './expressions.ts'
import { noTypeArguments, within } from './generics.ts'
import { baseOf, classNode } from './methods.ts'
import { Scope } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { join, listOf, widens } from './typeRelations.ts'
import { materialize, typeOf, value } from './values.ts'
import { FieldFound } from './widening.ts'

const stateKey = ({ instance }: ModuleClass, field: string): string => `#${instance.id}.${field}`

/** The object that has a field of a module which the program changes; null for what is no such field. */
export function stateOf(f: FunctionContext, object: Sugared, field: string, node: t.Node): ScriptValue | null {
  const info = moduleOf(f, object)
  if (!info || !f.program.fieldTypes.has(stateKey(info, field))) return null
  const range = f.range(node)
  const type = stateType(f, info)
  return value(f.emitter.op('prim::State', [], type, range, { attributes: { name: { kind: 'name', value: type.name } } }), type, range)
}

/** `object.field` is about to be changed, to a value of type `given` where it is assigned. Does not return when the program has to be read again. */
export function becomeState(f: FunctionContext, object: Sugared, field: string, node: t.Node, given: Type | null = null): void {
  const info = moduleOf(f, object)
  const evaluated = info?.instance.fields.get(field)
  if (!info || !evaluated) return
  const known = f.program.fieldTypes.get(stateKey(info, field))
  if (known) {
    const wider = given && join(known, given)
    const mayBeNull = known.kind === 'tensor' && wider?.kind === 'optional'
    if (wider && (mayBeNull || widens(known, wider))) throw new FieldFound(stateKey(info, field), wider)
    return
  }
  const declared = declarationOf(f, info, field)
  if (given && declared?.readonly)
    fail(messages.readonlyAssignment(f.span(node), { name: f.shortText(node), why: 'a field that is declared `readonly`' }))
  const fixed = evaluated.kind === 'module' || evaluated.kind === 'function'
  const type = fixed ? null : stateFieldType(f, declared, evaluated)
  if (!type) fail(messages.mutableField(f.span(node), { name: field }))
  throw new FieldFound(stateKey(info, field), type)
}

/** An empty map says nothing of what it holds: read before the line that fills it, it has the type that its class declares. */
export function becomeTyped(f: FunctionContext, object: Sugared, field: string): void {
  const info = moduleOf(f, object)
  const evaluated = info?.instance.fields.get(field)
  if (!info || !evaluated || evaluated.kind !== 'map' || evaluated.entries.length > 0 || f.program.fieldTypes.has(stateKey(info, field)))
    return
  const declared = declarationOf(f, info, field)
  const type = declared && declaredType(f, declared)
  if (type && isData(type)) throw new FieldFound(stateKey(info, field), type)
}

/** Containers of numbers, booleans and strings. */
function isData(type: Type): boolean {
  if (type.kind === 'list' || type.kind === 'set') return isData(type.element) || isPlain(type.element)
  return type.kind === 'dict' && type.form === 'map' && (isData(type.value) || isPlain(type.value))
}

const isPlain = ({ kind }: Type): boolean => kind === 'int' || kind === 'float' || kind === 'bool' || kind === 'string'

/** What is changed in place is, or is part of, a field of a module: `this.words`, `this.rows[0]`. */
export function becomeStateOf(f: FunctionContext, node: t.Node): void {
  if (node.type === 'ParenthesizedExpression' || node.type === 'TSNonNullExpression') becomeStateOf(f, node.expression)
  if (node.type !== 'MemberExpression' || node.object.type === 'Super') return
  if (!node.computed && node.property.type === 'Identifier') becomeState(f, emitExpression(f, node.object), node.property.name, node)
  becomeStateOf(f, node.object)
}

const moduleOf = (f: FunctionContext, object: Sugared): ModuleClass | undefined =>
  object.kind === 'value' && object.type.kind === 'class' ? f.program.moduleClasses.get(object.type.name) : undefined

/** The class of the object that has what changes of a module. */
function stateType(f: FunctionContext, info: ModuleClass): Extract<Type, { readonly kind: 'class' }> {
  const { program } = f
  const known = program.stateTypes.get(info.name)
  if (known) return known
  const type = { kind: 'class', name: program.uniqueName(`${info.name}State`) } as const
  program.stateTypes.set(info.name, type)
  const fields = new Map<string, Type>()
  const initial = new Map<string, Evaluated>()
  for (const [field, evaluated] of info.instance.fields) {
    const of = program.fieldTypes.get(stateKey(info, field))
    if (!of) continue
    fields.set(field, of)
    initial.set(field, evaluated)
  }
  program.records.set(type.name, fields)
  program.states.set(type.name, initial)
  const attributes: ClassInfo['attributes'] = new Map(
    [...fields].map(([field, of]) => [field, { type: of, constant: null, isParameter: false, isBuffer: false }]),
  )
  program.classes.set(type.name, { name: type.name, attributes, methods: new Map(), object: true })
  return type
}

interface Declaration {
  readonly file: string
  readonly annotation: t.TSType | null
  readonly initial: t.Expression | null
  readonly optional: boolean
  readonly readonly: boolean
}

/** Where the class of a module, or one that it extends, declares a field. */
function declarationOf(f: FunctionContext, { instance }: ModuleClass, field: string): Declaration | null {
  for (let at: { readonly file: string; readonly name: string } | null = { file: instance.classFile, name: instance.className }; at; ) {
    const node = classNode(f, at.file, at.name)
    if (!node) return null
    for (const member of node.body.body) {
      if (member.type === 'ClassProperty' && !member.static && member.key.type === 'Identifier' && member.key.name === field) {
        const annotation = member.typeAnnotation?.type === 'TSTypeAnnotation' ? member.typeAnnotation.typeAnnotation : null
        const { value: initial = null, optional = false, readonly = false } = member
        return { file: at.file, annotation, initial: initial ?? null, optional: optional === true, readonly: readonly === true }
      }
      if (member.type !== 'ClassMethod' || member.kind !== 'constructor') continue
      for (const { parameter, readonly = false } of member.params.filter((param) => param.type === 'TSParameterProperty')) {
        const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
        if (target.type !== 'Identifier' || target.name !== field) continue
        const annotation = target.typeAnnotation?.type === 'TSTypeAnnotation' ? target.typeAnnotation.typeAnnotation : null
        return { file: at.file, annotation, initial: null, optional: target.optional === true, readonly: readonly === true }
      }
    }
    at = baseOf(f, at.file, node)
  }
  return null
}

/** The declared type, or that of an initialiser which says it: `new Map<string, int>()`. */
function declaredType(f: FunctionContext, { file, annotation, initial, optional }: Declaration): Type | null {
  return within(f, file, noTypeArguments, () => {
    const made = annotation ? typeOfAnnotation(f, annotation) : null
    if (made) return optional ? { kind: 'optional', element: made } : made
    if (initial?.type !== 'NewExpression') return null
    const inside = new FunctionContext(f.program, file, new Scope(null), f.frame)
    const sugar = emitExpression(inside, initial)
    return typeOf(sugar)?.kind === 'dict' || typeOf(sugar)?.kind === 'set' ? materialize(inside, sugar, initial).type : null
  })
}

/** What a class declares; a field that it only calls a tensor is one of the dtype and shape that is there, until null is stored. */
function stateFieldType(f: FunctionContext, declared: Declaration | null, evaluated: Evaluated): Type | null {
  const type = declared && declaredType(f, declared)
  const made = evaluatedType(evaluated)
  if (!type || made?.kind !== 'tensor') return type ?? made
  const held = type.kind === 'optional' ? type.element : type
  if (held.kind !== 'tensor' || held.dtype !== null || held.shape !== null) return type
  return made
}

/** The type of what the constructor left in a field; null where it says too little. */
function evaluatedType(evaluated: Evaluated): Type | null {
  switch (evaluated.kind) {
    case 'number':
      return { kind: Number.isSafeInteger(evaluated.value) ? 'int' : 'float' }
    case 'boolean':
      return { kind: 'bool' }
    case 'string':
      return { kind: 'string' }
    case 'tensor':
      return { kind: 'tensor', dtype: evaluated.dtype, shape: evaluated.shape }
    case 'array': {
      const [first, ...rest] = evaluated.elements.map(evaluatedType)
      const element = first && rest.reduce<Type | null>((a, b) => a && b && join(a, b), first)
      return element ? listOf(element) : null
    }
    case 'map': {
      const [entry] = evaluated.entries
      const held = entry && evaluatedType(entry[1])
      return held ? { kind: 'dict', form: 'map', key: { kind: typeof entry[0] === 'number' ? 'int' : 'string' }, value: held } : null
    }
    case 'record':
    case 'null':
    case 'module':
    case 'function':
    case 'trace':
      return null
    default:
      return evaluated satisfies never
  }
}
