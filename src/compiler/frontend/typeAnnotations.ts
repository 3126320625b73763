/** TypeScript's type annotations as types of the script language. Aliases and interfaces are followed, across files too. */
import type * as t from '@babel/types'
import { isDType } from '../../ops/args.ts'
import type { Dim } from '../../ops/dim.ts'
import { dimVar } from '../../ops/dimMath.ts'
import type { DType } from '../../ops/dtype.ts'
import { didYouMean } from '../diagnostics/didYouMean.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { type FunctionContext, fail } from './context.ts'
import { checkKey, type DictType } from './dicts.ts'
import { misspelt, rewrite } from './fixes.ts'
import { mentionsUnknown, parameterName, typeNodesOf, typeParametersOf, within } from './generics.ts'
import { isLibrary, moduleScope } from './moduleScope.ts'
import { scriptClass } from './objects.ts'
import { recordAnnotation } from './records.ts'
import { recursiveType } from './recursiveTypes.ts'
import { erase, listOf, types, typeText, unionOf } from './typeRelations.ts'

/** Names that the library gives a meaning of their own. */
const libraryTypes: { readonly [name: string]: Type } = {
  int: types.int,
  float: types.float,
  DType: types.dtype,
  Device: types.device,
  Size: listOf(types.int),
}

const known = [
  'Tensor',
  'Mut',
  'Final',
  'Attribute',
  'int',
  'float',
  'number',
  'boolean',
  'string',
  'Array',
  'ReadonlyArray',
  'Map',
  'Set',
  'Record',
  'Future',
  'DType',
  'Device',
]

/** A type without values at run time where one is needed. */
export function refuseType(f: FunctionContext, node: t.TSType): never {
  if (node.type === 'TSParenthesizedType') return refuseType(f, node.typeAnnotation)
  const hint =
    node.type === 'TSFunctionType' ? 'functions are parameters, not data: pass it to the function or method that calls it' : undefined
  return fail(messages.unsupportedType(f.span(node), { type: f.shortText(node), hint }))
}

/** The type that an annotation names; null for types that only exist at build time (functions, modules), whose values are passed by inlining. */
export function typeOfAnnotation(f: FunctionContext, node: t.TSType): Type | null {
  if (mentionsUnknown(node, f.typeArguments)) return null
  const recur = (inner: t.TSType): Type => typeOfAnnotation(f, inner) ?? refuseType(f, inner)
  switch (node.type) {
    case 'TSNumberKeyword':
      return types.float
    case 'TSBooleanKeyword':
      return types.bool
    case 'TSStringKeyword':
      return types.string
    case 'TSNullKeyword':
    case 'TSUndefinedKeyword':
    case 'TSVoidKeyword':
      return types.none
    case 'TSUnknownKeyword':
      return { kind: 'union', members: [], open: true }
    case 'TSAnyKeyword':
      return fail(messages.anyType(f.span(node), rewrite(node, 'unknown')))
    case 'TSArrayType':
      return listOf(recur(node.elementType))
    case 'TSTupleType':
      return {
        kind: 'tuple',
        elements: node.elementTypes.map((element) => recur(element.type === 'TSNamedTupleMember' ? element.elementType : element)),
      }
    case 'TSParenthesizedType':
      return typeOfAnnotation(f, node.typeAnnotation)
    case 'TSTypeOperator':
      return node.operator === 'readonly'
        ? typeOfAnnotation(f, node.typeAnnotation)
        : fail(messages.unsupportedType(f.span(node), { type: f.shortText(node) }))
    case 'TSUnionType':
      return unionOf(node.types.map(recur))
    case 'TSLiteralType':
      return typeOfLiteral(f, node)
    case 'TSThisType':
      return f.frame.self?.type ?? null
    case 'TSFunctionType':
      return null
    case 'TSTypeLiteral':
      return (
        indexSignature(f, node, recur) ??
        recordAnnotation(f, node.members, (type) => typeOfAnnotation(f, type)) ??
        fail(messages.unsupportedType(f.span(node), { type: f.shortText(node), hint: 'an object type of script code has plain fields' }))
      )
    case 'TSTypeReference':
      return typeOfReference(f, node, recur)
    default:
      return fail(messages.unsupportedType(f.span(node), { type: f.shortText(node) }))
  }
}

function typeOfLiteral(f: FunctionContext, node: t.TSLiteralType): Type {
  switch (node.literal.type) {
    case 'StringLiteral':
    case 'TemplateLiteral':
      return types.string
    case 'BooleanLiteral':
      return types.bool
    case 'NumericLiteral':
      return Number.isInteger(node.literal.value) ? types.int : types.float
    case 'UnaryExpression':
      return types.float
    default:
      return fail(messages.unsupportedType(f.span(node), { type: f.shortText(node) }))
  }
}

function typeOfReference(f: FunctionContext, node: t.TSTypeReference, recur: (node: t.TSType) => Type): Type | null {
  const name =
    node.typeName.type === 'Identifier' ? node.typeName.name : node.typeName.right.type === 'Identifier' ? node.typeName.right.name : ''
  const args = typeNodesOf(node)
  const bound = node.typeName.type === 'Identifier' ? f.typeArguments.get(name) : undefined
  if (bound) return bound
  const declared = node.typeName.type === 'Identifier' ? declaredType(f, f.file, name, node, () => args.map(recur)) : undefined
  if (declared !== undefined) return declared
  switch (name) {
    case 'Tensor':
      return tensorType(f, args)
    case 'Mut':
    case 'Final':
    case 'Attribute':
    case 'Readonly':
      return args[0] ? typeOfAnnotation(f, args[0]) : null
    case 'Future':
      return args[0] ? { kind: 'future', element: recur(args[0]) } : fail(messages.unsupportedType(f.span(node), { type: name }))
    case 'Array':
    case 'ReadonlyArray':
      return args[0] ? listOf(recur(args[0])) : fail(messages.unsupportedType(f.span(node), { type: name }))
    case 'Module':
    case 'ScriptModule':
      return null
    case 'Map':
    case 'ReadonlyMap':
    case 'Record': {
      if (args.length !== 2) return fail(messages.unsupportedType(f.span(node), { type: f.shortText(node) }))
      const [key, value] = args.map(recur) as [Type, Type]
      return dictOf(f, name === 'Record' ? 'record' : 'map', key, value, args[0]!)
    }
    case 'Set':
    case 'ReadonlySet': {
      if (!args[0]) return fail(messages.unsupportedType(f.span(node), { type: f.shortText(node) }))
      const element = recur(args[0])
      checkKey(f, element, args[0])
      return { kind: 'set', element }
    }
    default: {
      if (Object.hasOwn(libraryTypes, name)) return libraryTypes[name]!
      const { hint, extra } = misspelt(name, [...known, ...(moduleScope(f.program, f.file)?.names.keys() ?? [])], node)
      return fail(messages.unknownType(f.span(node), { name, ...hint }, extra))
    }
  }
}

function dictOf(f: FunctionContext, form: DictType['form'], key: Type, value: Type, node: t.Node): Type {
  if (form === 'map') checkKey(f, key, node)
  else if (key.kind !== 'string') return fail(messages.mapKey(f.span(node), { type: typeText(key) }))
  return { kind: 'dict', form, key, value }
}

/** `{ [key: string]: V }`. */
function indexSignature(f: FunctionContext, node: t.TSTypeLiteral, recur: (node: t.TSType) => Type): Type | null {
  const [member] = node.members
  if (node.members.length !== 1 || member?.type !== 'TSIndexSignature') return null
  const annotation = member.typeAnnotation
  return annotation?.type === 'TSTypeAnnotation' ? dictOf(f, 'record', types.string, recur(annotation.typeAnnotation), node) : null
}

/** A type declared in `file`, or imported there from script code; undefined when the name is not declared (the library's own names). */
function declaredType(f: FunctionContext, file: string, name: string, node: t.Node, args: () => readonly Type[]): Type | null | undefined {
  const scope = moduleScope(f.program, file)
  const entry = scope?.names.get(name)
  if (!scope || !entry) return undefined
  switch (entry.kind) {
    case 'import': {
      const target = scope.module.imports.get(entry.specifier)
      if (target === undefined || isLibrary(target) || !f.program.request.modules.has(target)) return undefined
      return declaredType(f, target, entry.imported, node, args)
    }
    case 'type': {
      const declaration = entry.node
      const given = typeArgumentsOf(f, declaration, file, name, args, node)
      return recursiveType(f, `${file}#${[name, ...[...given.values()].map(typeText)].join()}`, name, node, () =>
        within(f, file, given, () =>
          declaration.type === 'TSInterfaceDeclaration'
            ? interfaceType(f, file, declaration, node)
            : typeOfAnnotation(f, declaration.typeAnnotation),
        ),
      )
    }
    case 'enum':
      return enumType(entry.node)
    case 'class':
      return (
        scriptClass(f, { kind: 'class', file, name: entry.name, node: entry.node }, typeArgumentsOf(f, entry.node, file, name, args, node))
          ?.type ?? null
      )
    default:
      return undefined
  }
}

/** The type of an enum's values. */
function enumType(node: t.TSEnumDeclaration): Type {
  const members = node.body?.members ?? node.members ?? []
  return members.some((member) => member.initializer?.type === 'StringLiteral' || member.initializer?.type === 'TemplateLiteral')
    ? types.string
    : types.int
}

/** An interface of plain fields, with those it extends. */
function interfaceType(f: FunctionContext, file: string, declaration: t.TSInterfaceDeclaration, node: t.Node): Type | null {
  const members = inheritedMembers(f, file, declaration)
  // An interface with methods is fulfilled by modules and classes, which are known when the program is compiled.
  if (members?.some(({ type }) => type === 'TSMethodSignature' || type === 'TSCallSignatureDeclaration')) return null
  return (
    (members && recordAnnotation(f, members, (type) => typeOfAnnotation(f, type))) ||
    fail(messages.unsupportedType(f.span(node), { type: declaration.id.name, hint: 'an interface of script code has plain fields' }))
  )
}

/** Type arguments by name: given ones, then defaults. */
export function typeArgumentsOf(
  f: FunctionContext,
  declaration: { readonly typeParameters?: t.Node | null },
  file: string,
  name: string,
  args: () => readonly Type[],
  node: t.Node,
): ReadonlyMap<string, Type> {
  const parameters = typeParametersOf(declaration)
  const found = new Map<string, Type>()
  const given = parameters.length > 0 ? args() : []
  for (const [i, parameter] of parameters.entries()) {
    const { default: initial } = parameter
    const type = given[i] ?? (initial ? within(f, file, found, () => typeOfAnnotation(f, initial)) : null)
    if (!type) {
      const all = parameters.map(parameterName).join(', ')
      return fail(
        messages.unsupportedType(f.span(node), {
          type: `${name} without type arguments`,
          hint: `write \`${name}<...>\` with types for ${all}`,
        }),
      )
    }
    found.set(parameterName(parameter), erase(type))
  }
  return found
}

function inheritedMembers(f: FunctionContext, file: string, declaration: t.TSInterfaceDeclaration): readonly t.TSTypeElement[] | null {
  const bases = (declaration.extends ?? []).map((base) => {
    const name = base.expression.type === 'Identifier' ? base.expression.name : ''
    const entry = moduleScope(f.program, file)?.names.get(name)
    return entry?.kind === 'type' && entry.node.type === 'TSInterfaceDeclaration' ? inheritedMembers(f, file, entry.node) : null
  })
  return bases.some((members) => members === null) ? null : [...bases.flatMap((members) => members ?? []), ...declaration.body.body]
}

/** `Tensor<'float32', ['N', 1, 28, 'H<=64']>`: strings are symbolic dims, with an upper bound after `<=`. */
function tensorType(f: FunctionContext, args: readonly t.TSType[]): Type {
  const [dtypeNode, shapeNode] = args
  let dtype: DType | null = null
  if (dtypeNode?.type === 'TSLiteralType' && dtypeNode.literal.type === 'StringLiteral') {
    const name = dtypeNode.literal.value
    if (!isDType(name)) {
      const hint = didYouMean(name, ['float32', 'int64', 'int32', 'uint8', 'bool'])
      return fail(messages.unsupportedType(f.span(dtypeNode), { type: `Tensor<'${name}'>`, ...(hint ? { hint } : {}) }))
    }
    dtype = name
  }
  return { kind: 'tensor', dtype, shape: shapeNode ? shapeOf(f, shapeNode) : null }
}

function shapeOf(f: FunctionContext, node: t.TSType): readonly Dim[] | null {
  const inner = node.type === 'TSTypeOperator' ? node.typeAnnotation : node
  if (inner.type !== 'TSTupleType') return null
  return inner.elementTypes.map((element, i) => {
    const type = element.type === 'TSNamedTupleMember' ? element.elementType : element
    if (type.type === 'TSNumberKeyword') return dimVar(`dim_${inner.start}_${i}`)
    if (type.type === 'TSLiteralType' && type.literal.type === 'NumericLiteral') return type.literal.value
    if (type.type === 'TSLiteralType' && type.literal.type === 'StringLiteral') {
      const [, name, bound] = /^\s*([A-Za-z_]\w*)\s*(?:<=\s*(\d+)\s*)?$/.exec(type.literal.value) ?? []
      if (name) return dimVar(name, bound === undefined ? undefined : Number(bound))
    }
    return fail(
      messages.unsupportedType(f.span(type), {
        type: f.shortText(type),
        hint: "a dimension is a number or a name: `['N', 28]`, with a bound `'N<=32'`",
      }),
    )
  })
}
