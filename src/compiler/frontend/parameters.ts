/** Parameters and result of a function as its source declares them. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { type FunctionContext, fail } from './context.ts'
import { mentionsUnknown, noTypeArguments, parameterName, typeParametersOf, withParameters } from './generics.ts'
import type { FunctionNode } from './sugar.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { types } from './typeRelations.ts'

export interface Parameter {
  readonly name: string
  readonly pattern: t.Identifier | t.ArrayPattern | t.ObjectPattern
  /** null: no annotation, or one of a type that exists only at build time. */
  readonly declared: Type | null
  /** The annotation names a function or module type: the argument is not an SSA value. */
  readonly buildTime: boolean
  readonly initial: t.Expression | null
  readonly optional: boolean
  readonly rest: boolean
  /** `Mut<Tensor>`: the caller sees what is written. */
  readonly mutable: boolean
  readonly node: t.Node
  readonly annotation: t.TSType | null
}

export function parametersOf(f: FunctionContext, node: FunctionNode): readonly Parameter[] {
  // What mentions a type parameter is not declared: it has the type of what arrives, for each call.
  const unknown = withParameters(f.typeArguments, node)
  return node.params.flatMap((param): readonly Parameter[] => {
    const inner = param.type === 'TSParameterProperty' ? param.parameter : param
    const rest = inner.type === 'RestElement'
    const target = inner.type === 'AssignmentPattern' ? inner.left : inner.type === 'RestElement' ? inner.argument : inner
    if (target.type !== 'Identifier' && target.type !== 'ArrayPattern' && target.type !== 'ObjectPattern') {
      return fail(messages.unsupportedStatement(f.span(param), { what: 'this parameter' }))
    }
    if (target.type === 'Identifier' && target.name === 'this') return []
    const annotation = (target.typeAnnotation ?? (inner.type === 'RestElement' ? inner.typeAnnotation : null)) as
      | t.TSTypeAnnotation
      | null
      | undefined
    const known =
      annotation?.type === 'TSTypeAnnotation' &&
      annotation.typeAnnotation.type !== 'TSNeverKeyword' &&
      !mentionsUnknown(annotation, unknown)
        ? annotation.typeAnnotation
        : null
    const type = known ? typeOfAnnotation(f, known) : undefined
    const optional = target.type === 'Identifier' && target.optional === true
    const declared = type && optional ? optionalDeclared(type) : (type ?? null)
    return [
      {
        name: target.type === 'Identifier' ? target.name : 'argument',
        pattern: target,
        declared,
        buildTime: type === null,
        initial: inner.type === 'AssignmentPattern' ? inner.right : null,
        optional,
        rest,
        mutable: known?.type === 'TSTypeReference' && known.typeName.type === 'Identifier' && known.typeName.name === 'Mut',
        node: param,
        annotation: annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : null,
      },
    ]
  })
}

const optionalDeclared = (type: Type): Type =>
  type.kind === 'optional' || type.kind === 'none' ? type : { kind: 'optional', element: type }

export function resultAnnotation(f: FunctionContext, node: FunctionNode): Type | null {
  const annotation = node.returnType
  if (annotation?.type !== 'TSTypeAnnotation') return null
  const inner = annotation.typeAnnotation
  if (inner.type === 'TSTypePredicate') return types.bool
  if (inner.type === 'TSNeverKeyword') return null
  if (inner.type === 'TSTypeReference' && inner.typeName.type === 'Identifier' && inner.typeName.name === 'Promise')
    return fail(messages.asyncFunction(f.span(inner)))
  // A result that is one type parameter has the type of what is returned: it may say more, or be a value that the function cast.
  const own = new Set(typeParametersOf(node).map(parameterName))
  if (inner.type === 'TSTypeReference' && inner.typeName.type === 'Identifier' && own.has(inner.typeName.name)) return null
  const known = new Map([...withParameters(noTypeArguments, node), ...f.typeArguments])
  return mentionsUnknown(inner, known) ? null : typeOfAnnotation(f, inner)
}

export function refuseAsync(f: FunctionContext, node: FunctionNode): void {
  const at = 'id' in node && node.id ? node.id : 'key' in node ? node.key : node
  if (node.async) fail(messages.asyncFunction(f.span(at)))
  if (node.generator) fail(messages.generatorFunction(f.span(at)))
}
