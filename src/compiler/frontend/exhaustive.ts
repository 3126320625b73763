/**
 * A `switch` without `default` whose cases are all values that the type of its discriminant allows: of an enum, a union of literals, a boolean
 * or the field that tells records apart. Its end is not reached; a value from the host that no case has throws.
 */
import type * as t from '@babel/types'
import { bindingOf } from './conditions.ts'
import type { FunctionContext } from './context.ts'
import { type Literal, literalOf } from './discriminants.ts'
import { emitExpression } from './expressions.ts'
import { enumSugar, moduleScope, resolveName } from './moduleScope.ts'
import type { Annotation } from './scope.ts'
import { membersOf } from './typeRelations.ts'
import { constantOf, typeOf } from './values.ts'

const isConstant = (node: t.Expression): boolean =>
  ['StringLiteral', 'NumericLiteral', 'BooleanLiteral', 'UnaryExpression', 'MemberExpression'].includes(node.type)

export function coversAll(f: FunctionContext, node: t.SwitchStatement): boolean {
  const tests = node.cases.map(({ test }) => test)
  if (tests.some((test) => !test || !isConstant(test))) return false
  const allowed = valuesOf(f, node.discriminant)
  if (!allowed) return false
  const given = new Set(tests.map((test) => constantOf(emitExpression(f, test!))))
  return allowed.every((value) => given.has(value))
}

/** The values that an expression may have by its type; null: more than can be listed. */
function valuesOf(f: FunctionContext, node: t.Expression): readonly Literal[] | null {
  const binding = node.type === 'MemberExpression' ? bindingOf(f, node.object) : bindingOf(f, node)
  const sugar = binding && f.state.values.get(binding)
  const type = sugar && typeOf(sugar)
  if (type?.kind === 'union' && node.type === 'MemberExpression' && node.property.type === 'Identifier') {
    const { name } = node.property
    const literals = membersOf(type).map((member) => (member.kind === 'class' ? f.program.literals.get(member.name)?.get(name) : undefined))
    return literals.every((literal) => literal !== undefined) ? (literals as Literal[]) : null
  }
  if (node.type === 'Identifier' && type?.kind === 'bool') return [false, true]
  const annotation = annotationOf(f, node)
  return annotation && literalsOf(f, annotation)
}

/** The annotation that an expression has where it, its array or its function is declared. */
export function annotationOf(f: FunctionContext, node: t.Node): Annotation | null {
  if (node.type === 'Identifier') return f.scope.lookup(node.name)?.annotation ?? null
  if (node.type === 'MemberExpression' && node.computed) return elementOf(f, annotationOf(f, node.object))
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && !f.scope.lookup(node.callee.name)) {
    const callee = resolveName(f, f.file, node.callee.name, node.callee)
    const result = callee?.kind === 'function' ? callee.node.returnType : null
    return callee?.kind === 'function' && result?.type === 'TSTypeAnnotation' ? { node: result.typeAnnotation, file: callee.file } : null
  }
  return null
}

/** The annotation of the elements of an array. */
export function elementOf(f: FunctionContext, annotation: Annotation | null): Annotation | null {
  if (!annotation) return null
  const { node, file } = annotation
  if (node.type === 'TSArrayType') return { node: node.elementType, file }
  if (node.type === 'TSTypeOperator' || node.type === 'TSParenthesizedType') return elementOf(f, { node: node.typeAnnotation, file })
  return null
}

function literalsOf(f: FunctionContext, { node, file }: Annotation): readonly Literal[] | null {
  switch (node.type) {
    case 'TSParenthesizedType':
      return literalsOf(f, { node: node.typeAnnotation, file })
    case 'TSBooleanKeyword':
      return [false, true]
    case 'TSLiteralType': {
      const literal = literalOf(node)
      return literal === undefined ? null : [literal]
    }
    case 'TSUnionType': {
      const parts = node.types.map((part) => literalsOf(f, { node: part, file }))
      return parts.every((part) => part !== null) ? parts.flat() : null
    }
    case 'TSTypeReference':
      return node.typeName.type === 'Identifier' ? literalsOfName(f, file, node.typeName.name) : null
    default:
      return null
  }
}

function literalsOfName(f: FunctionContext, file: string, name: string): readonly Literal[] | null {
  const scope = moduleScope(f.program, file)
  const entry = scope?.names.get(name)
  switch (entry?.kind) {
    case 'import': {
      const target = scope!.module.imports.get(entry.specifier)
      return target === undefined ? null : literalsOfName(f, target, entry.imported)
    }
    case 'type':
      return entry.node.type === 'TSTypeAliasDeclaration' ? literalsOf(f, { node: entry.node.typeAnnotation, file }) : null
    case 'enum': {
      const sugar = enumSugar(entry.node)
      return sugar.kind === 'enum' ? [...sugar.members.values()] : null
    }
    default:
      return null
  }
}
