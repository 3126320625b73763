/**
 * Unions of records told apart by a field of a literal type: `s.kind === 'circle'`. The literals stand in the name of the record's type and in
 * `ProgramContext.literals`; comparing the field with one narrows the variable both ways.
 */
import type * as t from '@babel/types'
import type { Type } from '../ir/types.ts'
import { bindingOf } from './conditions.ts'
import type { FunctionContext, ProgramContext } from './context.ts'
import { noRefinements, type Refinements } from './control.ts'
import { fieldsOf } from './records.ts'
import type { Sugared } from './sugar.ts'
import { membersOf, unionOf } from './typeRelations.ts'
import { constantOf, typeOf } from './values.ts'

export type Literal = string | number | boolean

/** The literal of a field's declared type. */
export function literalOf(node: t.TSType): Literal | undefined {
  if (node.type !== 'TSLiteralType') return undefined
  const { literal } = node
  return literal.type === 'StringLiteral' || literal.type === 'NumericLiteral' || literal.type === 'BooleanLiteral'
    ? literal.value
    : undefined
}

/** Whether an object with these fields may be of a record type: it has every field that must be there, no other, and its literals. */
export function fitsRecord(program: ProgramContext, fields: ReadonlyMap<string, Sugared>, type: Type): boolean {
  const wanted = fieldsOf(program, type)
  const literals = type.kind === 'class' ? program.literals.get(type.name) : undefined
  if (!wanted || [...fields.keys()].some((name) => !wanted.has(name))) return false
  return [...wanted].every(([name, field]) => {
    const given = fields.get(name)
    const literal = literals?.get(name)
    return given ? literal === undefined || constantOf(given) === literal : field.kind === 'optional'
  })
}

/** What `variable.field === literal` says of the variable; null when it is no such comparison. */
export function discriminate(
  f: FunctionContext,
  member: t.Node,
  literal: t.Node,
): { readonly equal: Refinements; readonly different: Refinements } | null {
  if (member.type !== 'MemberExpression' || member.computed || member.property.type !== 'Identifier') return null
  const { name } = member.property
  const value =
    literal.type === 'StringLiteral' || literal.type === 'NumericLiteral' || literal.type === 'BooleanLiteral' ? literal.value : undefined
  const binding = bindingOf(f, member.object)
  const sugar = binding && f.state.values.get(binding)
  const type = sugar?.kind === 'value' ? typeOf(sugar) : null
  if (!binding || type?.kind !== 'union' || type.open || value === undefined) return null
  const literalIn = (record: Type): Literal | undefined =>
    record.kind === 'class' ? f.program.literals.get(record.name)?.get(name) : undefined
  const members = membersOf(type)
  const narrowed = (kept: readonly Type[]): Refinements =>
    kept.length > 0 && kept.length < members.length ? new Map([[binding, unionOf(kept)]]) : noRefinements
  return {
    equal: narrowed(members.filter((record) => literalIn(record) === value || literalIn(record) === undefined)),
    different: narrowed(members.filter((record) => literalIn(record) !== value)),
  }
}
