/**
 * Type parameters of functions, classes, interfaces and aliases. What they stand for is in `FunctionContext.typeArguments` while source that may
 * mention them is read; null: nothing has told, and an annotation that mentions it says nothing. Each set of arguments is a class of its own.
 */
import type * as t from '@babel/types'
import type { Type } from '../ir/types.ts'
import { walk } from './assigned.ts'
import type { FunctionContext } from './context.ts'
import { moduleScope } from './moduleScope.ts'
import { objectClass, type ScriptClass } from './objects.ts'
import { fieldsOf } from './records.ts'
import type { FunctionNode, ScriptValue } from './sugar.ts'
import { erase, join } from './typeRelations.ts'

export type TypeArguments = ReadonlyMap<string, Type | null>
export const noTypeArguments: ReadonlyMap<string, Type> = new Map()

interface Generic {
  readonly typeParameters?: t.Node | null
}

export const typeParametersOf = ({ typeParameters }: Generic): readonly t.TSTypeParameter[] =>
  typeParameters?.type === 'TSTypeParameterDeclaration' ? typeParameters.params : []

export const parameterName = ({ name }: t.TSTypeParameter): string => (typeof name === 'string' ? name : String(name))

/** The types between `<` and `>` of a reference, a call or `extends`. */
export function typeNodesOf(node: {
  readonly typeParameters?: t.Node | null
  readonly typeArguments?: t.Node | null
}): readonly t.TSType[] {
  const given = node.typeParameters ?? node.typeArguments
  return given?.type === 'TSTypeParameterInstantiation' ? given.params : []
}

/** Reads something of another file, with other type arguments. */
export function within<R>(f: FunctionContext, file: string, typeArguments: TypeArguments, read: () => R): R {
  const outer = { file: f.file, typeArguments: f.typeArguments }
  f.file = file
  f.typeArguments = typeArguments
  try {
    return read()
  } finally {
    f.file = outer.file
    f.typeArguments = outer.typeArguments
  }
}

/** Whether an annotation mentions a type parameter that nothing has told. */
export function mentionsUnknown(annotation: t.Node, typeArguments: TypeArguments): boolean {
  let found = false
  if (typeArguments.size > 0)
    walk(annotation, (inner) => {
      if (inner.type === 'TSTypeReference' && inner.typeName.type === 'Identifier' && typeArguments.get(inner.typeName.name) === null)
        found = true
      return !found
    })
  return found
}

/** Those of a function around its own, which hide them. */
export const withParameters = (outer: TypeArguments, node: Generic): TypeArguments => {
  const own = typeParametersOf(node)
  return own.length === 0 ? outer : new Map([...outer, ...own.map((parameter) => [parameterName(parameter), null] as const)])
}

/** The type arguments of a call: `written` ones, and what its arguments tell. `given`: null for an argument that is no value or left out. */
export function inferred(
  f: FunctionContext,
  node: FunctionNode,
  outer: TypeArguments,
  given: readonly (Type | null)[],
  written: readonly (Type | null)[] = [],
): TypeArguments {
  const found = new Map(withParameters(outer, node))
  const names = typeParametersOf(node).map(parameterName)
  if (names.length > 0) inferFrom(f, node, new Set(names.slice(written.length)), given, found)
  for (const [i, name] of names.entries()) if (written[i]) found.set(name, erase(written[i]))
  return found
}

/** Type arguments of a class from those of its constructor, by name. */
export function inferFrom(
  f: FunctionContext,
  node: FunctionNode,
  names: ReadonlySet<string>,
  given: readonly (Type | null)[],
  found: Map<string, Type | null>,
): void {
  for (const [i, param] of node.params.entries()) {
    const inner = param.type === 'TSParameterProperty' ? param.parameter : param
    const target = inner.type === 'AssignmentPattern' ? inner.left : inner
    const annotation = 'typeAnnotation' in target ? target.typeAnnotation : null
    const type = given[i]
    if (annotation?.type === 'TSTypeAnnotation' && type) infer(f, annotation.typeAnnotation, type, names, found)
  }
}

/** Matches an annotation with a type. */
export function infer(f: FunctionContext, node: t.TSType, type: Type, names: ReadonlySet<string>, found: Map<string, Type | null>): void {
  const recur = (inner: t.TSType | undefined, part: Type | undefined): void => {
    if (inner && part) infer(f, inner, part, names, found)
  }
  const element = 'element' in type ? type.element : undefined
  switch (node.type) {
    case 'TSParenthesizedType':
    case 'TSTypeOperator':
      recur(node.typeAnnotation, type)
      return
    case 'TSArrayType':
      recur(node.elementType, type.kind === 'list' ? element : undefined)
      return
    case 'TSTupleType':
      for (const [i, part] of node.elementTypes.entries())
        recur(part.type === 'TSNamedTupleMember' ? part.elementType : part, type.kind === 'tuple' ? type.elements[i] : undefined)
      return
    case 'TSUnionType':
      for (const part of node.types)
        if (part.type !== 'TSNullKeyword' && part.type !== 'TSUndefinedKeyword') recur(part, type.kind === 'optional' ? element : type)
      return
    case 'TSTypeReference': {
      const name = node.typeName.type === 'Identifier' ? node.typeName.name : ''
      const parts = typeNodesOf(node)
      if (names.has(name)) {
        const before = found.get(name)
        if (type.kind !== 'none') found.set(name, before ? (join(before, erase(type)) ?? before) : erase(type))
      } else if (type.kind === 'list' || type.kind === 'set') recur(parts[0], type.element)
      else if (type.kind === 'dict') {
        recur(parts[0], type.key)
        recur(parts[1], type.value)
      } else inferDeclared(f, name, parts, type, recur)
    }
  }
}

/** `Box<T>` against an object of `Box<int>`; `Pair<A, B>` against a record that has the fields of `Pair`. */
function inferDeclared(
  f: FunctionContext,
  name: string,
  parts: readonly t.TSType[],
  type: Type,
  recur: (node: t.TSType | undefined, type: Type | undefined) => void,
): void {
  for (let made = objectClass(f.program, type); made; made = made.base) {
    if (made.className !== name) continue
    const given = [...made.typeArguments.values()]
    for (const [i, part] of parts.entries()) recur(part, given[i] ?? undefined)
    return
  }
  const entry = moduleScope(f.program, f.file)?.names.get(name)
  if (entry?.kind !== 'type' || entry.node.type !== 'TSInterfaceDeclaration') return
  const own = new Map<string, Type | null>()
  const parameters = typeParametersOf(entry.node).map(parameterName)
  for (const member of entry.node.body.body) {
    const key = member.type === 'TSPropertySignature' && member.key.type === 'Identifier' ? member.key.name : ''
    const field = fieldsOf(f.program, type)?.get(key)
    const annotation = 'typeAnnotation' in member ? member.typeAnnotation : null
    if (field && annotation?.type === 'TSTypeAnnotation') infer(f, annotation.typeAnnotation, field, new Set(parameters), own)
  }
  parameters.forEach((parameter, i) => {
    recur(parts[i], own.get(parameter) ?? undefined)
  })
}

/** Type arguments that hold in a method of `owner` called on `self`. */
export function typeArgumentsFor(
  f: { readonly program: FunctionContext['program'] },
  self: { readonly type: Type } | null,
  owner: ScriptClassName | null | undefined,
): TypeArguments {
  return classOf(f, self, owner)?.typeArguments ?? noTypeArguments
}

interface ScriptClassName {
  readonly file: string
  readonly className: string
}

/** The class of `self`, or the base of it, that is written there. */
export function classOf(
  f: { readonly program: FunctionContext['program'] },
  self: Pick<ScriptValue, 'type'> | null,
  owner: ScriptClassName | null | undefined,
): ScriptClass | null {
  let made = self && objectClass(f.program, self.type)
  while (made && (made.file !== owner?.file || made.className !== owner.className)) made = made.base
  return made
}
