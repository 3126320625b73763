/**
 * Classes of script code: objects with fields, made and written while the program runs. A class is a class type with the names of its bases;
 * methods are compiled for the class of the receiver, so what `this` calls is the receiver's own. Constructors are inlined: fields in the
 * order in which JavaScript sets them.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ClassInfo } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { FunctionContext, fail, type ProgramContext } from './context.ts'
import { withExactClass } from './dispatch.ts'
import { emitExpression } from './expressions.ts'
import { newFrame } from './frames.ts'
import { inlineClosure } from './functions.ts'
import { classOf, infer, inferFrom, noTypeArguments, parameterName, typeNodesOf, typeParametersOf, within } from './generics.ts'
import { findInClass } from './methods.ts'
import { moduleScope, resolveName } from './moduleScope.ts'
import { fieldsOf } from './records.ts'
import { Scope } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { refuseType, typeArgumentsOf, typeOfAnnotation } from './typeAnnotations.ts'
import { erase, optionalOf, typeText } from './typeRelations.ts'
import { materialize, typeOf } from './values.ts'
import { emitWanted } from './wanted.ts'
import { expectField, fieldKey } from './widening.ts'
import { isWritten } from './writes.ts'

type ClassNode = t.ClassDeclaration | t.ClassExpression
type ClassSugar = Extract<Sugared, { readonly kind: 'class' }>
type ClassType = Extract<Type, { readonly kind: 'class' }>

export interface ScriptClass {
  readonly type: ClassType
  readonly file: string
  readonly className: string
  readonly node: ClassNode
  readonly base: ScriptClass | null
  readonly typeArguments: ReadonlyMap<string, Type>
}

/** The class as one of script code, for these type arguments; null for modules and for classes whose base has no source here. */
export function scriptClass(f: FunctionContext, sugar: ClassSugar, typeArguments: ReadonlyMap<string, Type>): ScriptClass | null {
  const given = typeArguments.size > 0 ? `<${[...typeArguments.values()].map(typeText).join(', ')}>` : ''
  const key = `${sugar.file}#${sugar.name}${given}`
  const known = f.program.objects.get(key)
  if (known !== undefined) return known
  const base = sugar.node.superClass ? baseClass(f, sugar, typeArguments) : null
  if (sugar.file.startsWith('tensorscript:') || (sugar.node.superClass && !base)) {
    f.program.objects.set(key, null)
    return null
  }
  const bases = base ? [base.type.name, ...(base.type.bases ?? [])] : []
  const type: ClassType = { kind: 'class', name: f.program.uniqueName(sugar.name + given), ...(base ? { bases } : {}) }
  const made: ScriptClass = { type, file: sugar.file, className: sugar.name, node: sugar.node, base, typeArguments }
  f.program.objects.set(key, made)
  f.program.objectsByName.set(type.name, made)
  try {
    registerFields(f, made)
  } catch (error) {
    f.program.objects.delete(key)
    throw error
  }
  return made
}

/** The class that a class extends, where it has source here. */
export function baseSugar(f: FunctionContext, { file, node }: ClassSugar): ClassSugar | null {
  if (node.superClass?.type !== 'Identifier' || !moduleScope(f.program, file)?.names.has(node.superClass.name)) return null
  const found = resolveName(f, file, node.superClass.name, node.superClass)
  return found?.kind === 'class' ? found : null
}

function baseClass(f: FunctionContext, sugar: ClassSugar, typeArguments: ReadonlyMap<string, Type>): ScriptClass | null {
  const base = baseSugar(f, sugar)
  if (!base) return null
  return within(f, sugar.file, typeArguments, () => {
    const given = () => superTypeNodes(sugar.node).map((node) => needType(f, node))
    return scriptClass(f, base, typeArgumentsOf(f, base.node, base.file, base.name, given, sugar.node.superClass!))
  })
}

const needType = (f: FunctionContext, node: t.TSType): Type => typeOfAnnotation(f, node) ?? refuseType(f, node)

/** The class of `new C(...)`, for type arguments that are written, wanted where it stands, or told by those of the constructor. */
export function classToMake(
  f: FunctionContext,
  sugar: ClassSugar,
  node: t.NewExpression,
  positional: readonly Sugared[],
  target: Type | null,
): ScriptClass | null {
  const parameters = typeParametersOf(sugar.node).map(parameterName)
  if (parameters.length === 0) return scriptClass(f, sugar, noTypeArguments)
  const wanted = target && objectClass(f.program, target.kind === 'optional' ? target.element : target)
  const written = typeNodesOf(node)
  if (written.length === 0 && wanted?.file === sugar.file && wanted.className === sugar.name) return wanted
  const found = written.length > 0 ? new Map<string, Type>() : toldByConstructor(f, sugar, positional)
  const given = () => (written.length > 0 ? written.map((type) => needType(f, type)) : parameters.flatMap((name) => found.get(name) ?? []))
  return scriptClass(f, sugar, typeArgumentsOf(f, sugar.node, sugar.file, sugar.name, given, node))
}

export const objectClass = (program: ProgramContext, type: Type): ScriptClass | null =>
  (type.kind === 'class' && program.objectsByName.get(type.name)) || null

function toldByConstructor(f: FunctionContext, sugar: ClassSugar, positional: readonly Sugared[]): ReadonlyMap<string, Type | null> {
  const found = new Map<string, Type | null>()
  const names = new Set(typeParametersOf(sugar.node).map(parameterName))
  const method = constructorOf(sugar.node)
  const base = method ? null : baseSugar(f, sugar)
  if (method) inferFrom(f, method, names, positional.map(typeOf), found)
  if (!base) return found
  const above = toldByConstructor(f, base, positional)
  for (const [i, parameter] of typeParametersOf(base.node).entries()) {
    const [node, type] = [superTypeNodes(sugar.node)[i], above.get(parameterName(parameter))]
    if (node && type) infer(f, node, type, names, found)
  }
  return found
}

/** The types of `extends C<...>`. */
export const superTypeNodes = ({ superTypeParameters: given }: ClassNode): readonly t.TSType[] =>
  given?.type === 'TSTypeParameterInstantiation' ? given.params : []

/** Fields are known once the class itself is: a field may be of its own class. */
function registerFields(f: FunctionContext, made: ScriptClass): void {
  const fields = new Map<string, Type>(made.base ? fieldsOf(f.program, made.base.type) : [])
  f.program.records.set(made.type.name, fields)
  const attributes = new Map<string, ClassInfo['attributes'] extends ReadonlyMap<string, infer A> ? A : never>()
  f.program.classes.set(made.type.name, { name: made.type.name, attributes, methods: new Map(), object: true })
  const inside = new FunctionContext(f.program, made.file, new Scope(null), newFrame(made.className, null, null, null))
  inside.typeArguments = made.typeArguments
  // Initialisers without a declared type are read for theirs alone.
  const self: ScriptValue = { kind: 'value', id: inside.emitter.value(made.type, 'this'), type: made.type }
  inside.frame = newFrame(made.className, null, self, { file: made.file, className: made.className })
  for (const [name, type] of declaredFields(inside, made.node)) fields.set(name, type)
  for (const [name, type] of fields) attributes.set(name, { type: erase(type), constant: null, isParameter: false, isBuffer: false })
}

function* declaredFields(f: FunctionContext, node: ClassNode): Iterable<readonly [string, Type]> {
  const typed = (
    name: string,
    annotation: t.Node | null | undefined,
    optional: boolean,
    initial: t.Expression | null,
    at: t.Node,
  ): Type => {
    const declared = annotation?.type === 'TSTypeAnnotation' ? needType(f, annotation.typeAnnotation) : null
    if (declared) return optional ? optionalOf(declared) : declared
    const found = f.program.fieldTypes.get(fieldKey(f.file, f.frame.name, name))
    if (initial) return found ?? materialize(f, emitExpression(f, initial), initial).type
    return fail(messages.unsupportedType(f.span(at), { type: 'a field without a type', hint: 'declare its type' }))
  }
  for (const { name, annotation, optional, initial, node: at } of parameterProperties(node))
    yield [name, typed(name, annotation, optional, initial, at)]
  for (const member of node.body.body) {
    if (member.type === 'ClassProperty' && !member.static && !member.declare && member.key.type === 'Identifier')
      yield [member.key.name, typed(member.key.name, member.typeAnnotation, member.optional === true, member.value ?? null, member)]
  }
}

/** `constructor(readonly x: int)`. */
function parameterProperties(node: ClassNode) {
  const properties = constructorOf(node)?.params.filter((param) => param.type === 'TSParameterProperty') ?? []
  return properties.map(({ parameter }) => {
    const target = parameter.type === 'AssignmentPattern' ? (parameter.left as t.Identifier) : parameter
    return {
      name: target.name,
      annotation: target.typeAnnotation,
      optional: target.optional === true,
      initial: parameter.type === 'AssignmentPattern' ? parameter.right : null,
      node: target,
    }
  })
}

const constructorOf = (node: ClassNode): t.ClassMethod | undefined =>
  node.body.body.find((member): member is t.ClassMethod => member.type === 'ClassMethod' && member.kind === 'constructor' && !!member.body)

/** `new C(...)`. */
export function constructObject(f: FunctionContext, made: ScriptClass, positional: readonly Sugared[], node: t.NewExpression): ScriptValue {
  if (made.node.type === 'ClassDeclaration' && made.node.abstract)
    return fail(messages.unsupportedExpression(f.span(node), { what: `an object of the abstract class ${made.className}` }))
  const range = f.range(node)
  const names = { attributes: { names: { kind: 'names', value: [] } } } as const
  const id = f.emitter.op('prim::CreateObject', [], made.type, range, names)
  const self: ScriptValue = { kind: 'value', id, type: made.type, range }
  construct(f, made, self, positional, node as unknown as t.CallExpression)
  return self
}

function construct(f: FunctionContext, made: ScriptClass, self: ScriptValue, positional: readonly Sugared[], node: t.CallExpression): void {
  const method = constructorOf(made.node)
  const owner = { file: made.file, className: made.className }
  if (!method) {
    if (made.base) construct(f, made.base, self, positional, node)
    else if (positional.length > 0)
      fail(messages.argumentCount(f.span(node), { name: made.className, expected: '0 arguments', actual: positional.length }))
    initialiseFields(f, made, self)
    return
  }
  const prologue = (): void => {
    const initialise = (): void => {
      initialiseFields(f, made, self)
      for (const { name, node: at } of parameterProperties(made.node)) writeField(f, self, name, emitExpression(f, at), at)
    }
    if (made.base) f.afterSuper.set(f.frame, initialise)
    else initialise()
  }
  inlineClosure(
    f,
    { kind: 'closure', name: made.className, node: method, scope: new Scope(null), file: made.file, self, owner, prologue },
    positional,
    node,
  )
}

/** `super(...)` in a constructor; null elsewhere. */
export function constructBase(f: FunctionContext, positional: readonly Sugared[], node: t.CallExpression): Sugared | null {
  const { self, owner } = f.frame
  const own = classOf(f, self, owner)
  const after = f.afterSuper.get(f.frame)
  if (!self || !own?.base || !after) return null
  construct(f, own.base, self, positional, node)
  after()
  return { kind: 'void' }
}

/** Field initialisers, in the order of the class body, with `this`. */
function initialiseFields(f: FunctionContext, made: ScriptClass, self: ScriptValue): void {
  const outer = { scope: f.scope, frame: f.frame }
  const frame = { ...f.frame, self, owner: { file: made.file, className: made.className } }
  for (const member of made.node.body.body) {
    if (member.type !== 'ClassProperty' || member.static || !member.value || member.key.type !== 'Identifier') continue
    const { value } = member
    const { name } = member.key
    f.scope = new Scope(null)
    f.frame = frame
    try {
      const type = fieldsOf(f.program, self.type)?.get(name) ?? null
      within(f, made.file, made.typeArguments, () => writeField(f, self, name, emitWanted(f, value, type), value))
    } finally {
      f.scope = outer.scope
      f.frame = outer.frame
    }
  }
}

/** `object.name = value`, through a setter where the class has one; null when there is no such field. */
export function writeField(f: FunctionContext, object: ScriptValue, name: string, sugar: Sugared, node: t.Node): Sugared | null {
  const type = fieldsOf(f.program, object.type)?.get(name)
  if (!type) return callSetter(f, object, name, sugar, node)
  expectField(f, object.type, name, typeOf(sugar))
  const made = materialize(f, sugar, node, type)
  f.emitter.node('prim::SetAttr', [object.id, made.id], [], f.range(node), { attributes: { name: { kind: 'name', value: name } } })
  return made
}

/** Whether `object.name = value` runs code of the program. */
export const hasSetter = (f: FunctionContext, object: Sugared, name: string): boolean => {
  const own = object.kind === 'value' && !fieldsOf(f.program, object.type)?.has(name) ? objectClass(f.program, object.type) : null
  return own !== null && own !== undefined && findInClass(f, own.file, own.className, name, ['set']) !== null
}

function callSetter(f: FunctionContext, self: ScriptValue, name: string, sugar: Sugared, node: t.Node): Sugared | null {
  const own = objectClass(f.program, self.type)
  if (!own || !findInClass(f, own.file, own.className, name, ['set'])) return null
  withExactClass(f, self, node, null, (exact) => {
    runSetter(f, exact, name, sugar, node)
    return { kind: 'void' }
  })
  return sugar
}

function runSetter(f: FunctionContext, self: ScriptValue, name: string, sugar: Sugared, node: t.Node): void {
  const own = objectClass(f.program, self.type)!
  const found = findInClass(f, own.file, own.className, name, ['set'])!
  const owner = { file: found.file, className: found.className }
  const setter = { kind: 'closure', name, node: found.node, scope: new Scope(null), file: found.file, self, owner } as const
  inlineClosure(f, setter, [sugar], callAt(node, [node]))
}

/** A call that stands where an accessor is used. */
const callAt = (node: t.Node, args: readonly t.Node[]): t.CallExpression => {
  const { start, end, loc } = node
  return { type: 'CallExpression', callee: node, arguments: args, start, end, loc } as unknown as t.CallExpression
}

/** `C.K`, `C.make`: a static field is its initialiser, read where it is used. */
export function staticMember(f: FunctionContext, sugar: ClassSugar, name: string, node: t.Node, receiver = sugar): Sugared | null {
  for (const member of sugar.node.body.body) {
    if ((member.type !== 'ClassProperty' && member.type !== 'ClassMethod') || !member.static) continue
    if (member.key.type !== 'Identifier' || member.key.name !== name) continue
    if (member.type === 'ClassMethod') {
      if (member.kind === 'set') continue
      const owner = { file: sugar.file, className: sugar.name }
      const method = { kind: 'closure', name, node: member, scope: new Scope(null), file: sugar.file, self: null, owner, receiver } as const
      return member.kind === 'get' ? inlineClosure(f, method, [], callAt(node, [])) : method
    }
    if (!member.value) return null
    if (isWritten(f.program, name))
      return fail(messages.readonlyAssignment(f.span(member), { name: `${sugar.name}.${name}`, why: 'a constant of the compiled program' }))
    return inFile(f, sugar.file, () => emitExpression(f, member.value!))
  }
  const base = baseSugar(f, sugar)
  return base && staticMember(f, base, name, node, receiver)
}

function inFile<R>(f: FunctionContext, file: string, read: () => R): R {
  const outer = { file: f.file, scope: f.scope }
  f.file = file
  f.scope = new Scope(null)
  try {
    return read()
  } finally {
    f.file = outer.file
    f.scope = outer.scope
  }
}
