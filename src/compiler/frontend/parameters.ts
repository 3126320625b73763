/** Parameters and result of a function as its source declares them. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { walk } from './assigned.ts'
import { type FunctionContext, fail } from './context.ts'
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
}

export function parametersOf(f: FunctionContext, node: FunctionNode): readonly Parameter[] {
  const generics = genericsOf(node)
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
    const known = annotation?.type === 'TSTypeAnnotation' && !mentions(annotation, generics) ? annotation.typeAnnotation : null
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
      },
    ]
  })
}

const optionalDeclared = (type: Type): Type =>
  type.kind === 'optional' || type.kind === 'none' ? type : { kind: 'optional', element: type }

/** Names of type parameters. What mentions one is not declared: it has the type of what arrives, for each call. */
function genericsOf(node: FunctionNode): ReadonlySet<string> {
  const parameters = node.typeParameters?.type === 'TSTypeParameterDeclaration' ? node.typeParameters.params : []
  return new Set(parameters.map((parameter) => (typeof parameter.name === 'string' ? parameter.name : String(parameter.name))))
}

function mentions(annotation: t.Node, generics: ReadonlySet<string>): boolean {
  let found = false
  if (generics.size > 0) {
    walk(annotation, (inner) => {
      if (inner.type === 'TSTypeReference' && inner.typeName.type === 'Identifier' && generics.has(inner.typeName.name)) found = true
      return !found
    })
  }
  return found
}

export function resultAnnotation(f: FunctionContext, node: FunctionNode): Type | null {
  const annotation = node.returnType
  if (annotation?.type !== 'TSTypeAnnotation') return null
  const inner = annotation.typeAnnotation
  if (inner.type === 'TSTypePredicate') return types.bool
  if (inner.type === 'TSTypeReference' && inner.typeName.type === 'Identifier' && inner.typeName.name === 'Promise')
    return fail(messages.asyncFunction(f.span(inner)))
  return mentions(inner, genericsOf(node)) ? null : typeOfAnnotation(f, inner)
}

export function refuseAsync(f: FunctionContext, node: FunctionNode): void {
  const at = 'id' in node && node.id ? node.id : 'key' in node ? node.key : node
  if (node.async) fail(messages.asyncFunction(f.span(at)))
  if (node.generator) fail(messages.generatorFunction(f.span(at)))
}
