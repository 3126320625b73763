/**
 * Calls on objects whose exact class only the run knows: `for (const s of shapes) s.area()`. What the call means is read once for each class
 * that has methods of its own, in the arm of an `instanceof`, most derived first. The classes of a program are those of its source files.
 */
import type * as t from '@babel/types'
import { CompileError } from '../diagnostics/diagnostic.ts'
import type { Type } from '../ir/types.ts'
import { constantNull } from './constants.ts'
import type { FunctionContext } from './context.ts'
import { emitBranch, noRefinements } from './control.ts'
import { noTypeArguments, parameterName, typeParametersOf, within } from './generics.ts'
import { emitInstanceTest } from './instances.ts'
import { moduleScope } from './moduleScope.ts'
import { baseSugar, objectClass, type ScriptClass, scriptClass, superTypeNodes } from './objects.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { emit, materialize, typeOf } from './values.ts'

/** Classes of the program's files that extend one, directly or not. */
function descendants(f: FunctionContext, base: ScriptClass): readonly ScriptClass[] {
  const known = f.program.descendants.get(base.type.name)
  if (known) return known
  const found: ScriptClass[] = []
  for (const file of f.program.request.modules.keys()) {
    if (file.startsWith('tensorscript:')) continue
    for (const entry of moduleScope(f.program, file)?.names.values() ?? []) {
      if (entry.kind !== 'class' || !entry.node.superClass) continue
      try {
        const made = subclassOf(f, base, { kind: 'class', file, name: entry.name, node: entry.node })
        if (made?.type.bases?.includes(base.type.name)) found.push(made)
      } catch (error) {
        // A class that is not one of script code is reported where it is used.
        if (!(error instanceof CompileError)) throw error
      }
    }
  }
  f.program.descendants.set(base.type.name, found)
  return found
}

/** A class as it extends `base`: where it has type parameters, for the type arguments of that. */
function subclassOf(f: FunctionContext, base: ScriptClass, sugar: Extract<Sugared, { kind: 'class' }>): ScriptClass | null {
  const parameters = typeParametersOf(sugar.node).map(parameterName)
  if (parameters.length === 0) return scriptClass(f, sugar, noTypeArguments)
  const direct = baseSugar(f, sugar)
  const above = direct && (direct.file === base.file && direct.name === base.className ? base : subclassOf(f, base, direct))
  const given = [...(above?.typeArguments.values() ?? [])]
  const found = new Map<string, Type>()
  for (const [i, node] of superTypeNodes(sugar.node).entries())
    if (node.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && given[i]) found.set(node.typeName.name, given[i])
  return parameters.every((name) => found.has(name)) ? scriptClass(f, sugar, found) : null
}

function methodNames({ node }: ScriptClass): readonly string[] {
  return node.body.body.flatMap((member) =>
    (member.type === 'ClassMethod' || member.type === 'TSDeclareMethod') && member.key.type === 'Identifier' && !member.static
      ? [member.key.name]
      : [],
  )
}

/** Whether a method or accessor of the class stands in place of one of its bases. */
function overrides(made: ScriptClass): boolean {
  const own = new Set(methodNames(made).filter((name) => name !== 'constructor'))
  for (let base = made.base; base; base = base.base) if (methodNames(base).some((name) => own.has(name))) return true
  return false
}

const isAbstract = ({ node }: ScriptClass): boolean => node.type === 'ClassDeclaration' && node.abstract === true

/** The classes that a value of this type has to be told apart by, most derived first; null when it holds anything but objects of classes. */
function classesOf(f: FunctionContext, type: Type): readonly ScriptClass[] | null {
  const members = type.kind === 'union' && !type.open ? type.members : [type]
  const found = new Set<ScriptClass>()
  for (const member of members) {
    const own = objectClass(f.program, member)
    if (!own) return null
    const below = descendants(f, own).filter(overrides)
    if (!isAbstract(own) || below.length === 0) found.add(own)
    for (const other of below) found.add(other)
  }
  return [...found].sort((a, b) => (b.type.bases?.length ?? 0) - (a.type.bases?.length ?? 0))
}

/** Whether a value is an object of one of several classes that have no common one. */
export const isOfClasses = (f: FunctionContext, { type }: ScriptValue): boolean => type.kind === 'union' && classesOf(f, type) !== null

/** Whether the methods of the receiver are those of its static type. */
export function isExact(f: FunctionContext, receiver: ScriptValue): boolean {
  if (f.frame.self?.id === receiver.id || f.exact.has(receiver.id)) return true
  return f.emitter.definitions.get(receiver.id)?.kind === 'prim::CreateObject' || (classesOf(f, receiver.type)?.length ?? 1) < 2
}

/**
 * Does something with an object, in a branch for each class that it may be of.
 * @param declared the type that all branches give, where the source declares one.
 */
export function withExactClass(
  f: FunctionContext,
  receiver: ScriptValue,
  node: t.Node,
  declared: Type | null,
  use: (exact: ScriptValue) => Sugared,
): Sugared {
  const classes = isExact(f, receiver) ? null : classesOf(f, receiver.type)
  if (!classes || classes.length < 2) return use(receiver)
  let isVoid = true
  const arm = (made: ScriptClass): Sugared => {
    const exact = emit(f, 'prim::unchecked_cast', [receiver], made.type, node)
    f.exact.add(exact.id)
    const result = use(exact)
    if (result.kind === 'void') return constantNull
    isVoid = false
    return declared && typeOf(result) !== null ? materialize(f, result, node, declared) : result
  }
  const select = (i: number): Sugared => {
    if (i === classes.length - 1) return arm(classes[i]!)
    const condition = { test: emitInstanceTest(f, receiver, classes[i]!, node), whenTrue: noRefinements, whenFalse: noRefinements }
    return emitBranch(
      f,
      node,
      condition,
      () => arm(classes[i]!),
      () => select(i + 1),
    ).result!
  }
  const result = select(0)
  return isVoid ? { kind: 'void' } : result
}

/** Whether a class or one of its bases has a getter of that name, an abstract one among them. */
export function declaresGetter(f: FunctionContext, type: Type, name: string): boolean {
  for (let made = objectClass(f.program, type); made; made = made.base) if (memberNamed(made, name, 'get')) return true
  return false
}

/** The same of a method. */
export function declaresMethod(f: FunctionContext, type: Type, name: string): boolean {
  for (let made = objectClass(f.program, type); made; made = made.base) if (memberNamed(made, name, 'method')) return true
  return false
}

function memberNamed({ node }: ScriptClass, name: string, kind: 'get' | 'method' | null): t.ClassMethod | t.TSDeclareMethod | undefined {
  return node.body.body.find(
    (member): member is t.ClassMethod | t.TSDeclareMethod =>
      (member.type === 'ClassMethod' || member.type === 'TSDeclareMethod') &&
      member.key.type === 'Identifier' &&
      member.key.name === name &&
      !member.static &&
      (kind === null ? member.kind !== 'set' : member.kind === kind),
  )
}

/** The result that a class or one of its bases declares for a method or getter, abstract ones among them. */
export function declaredMember(f: FunctionContext, type: Type, name: string): Type | null {
  for (let made = objectClass(f.program, type); made; made = made.base) {
    const annotation = memberNamed(made, name, null)?.returnType
    if (annotation?.type !== 'TSTypeAnnotation' || annotation.typeAnnotation.type === 'TSThisType') continue
    const declared = within(f, made.file, made.typeArguments, () => typeOfAnnotation(f, annotation.typeAnnotation))
    return declared?.kind === 'none' ? null : declared
  }
  return null
}
