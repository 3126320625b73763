/**
 * Fields of records and classes without a declared type that start as ints and are given floats later: `{ sum: 0 }`, `total = 0`. The function
 * is read again with wider literals (see empties.ts); for a field of a class the whole program is.
 */
import type * as t from '@babel/types'
import { typeEqual } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import type { FunctionContext, ProgramContext } from './context.ts'
import { keyOf, TypeFound } from './empties.ts'
import { objectClass } from './objects.ts'
import { fieldsOf } from './records.ts'
import { join, widens } from './typeRelations.ts'

/** The type of a field of a class was found: read the program again. */
export class FieldFound extends Error {
  readonly field: string
  readonly type: Type
  constructor(field: string, type: Type) {
    super('the type of a field was found')
    this.field = field
    this.type = type
  }
}

/** Reads a program until the types of its fields are known; each attempt starts anew. */
export function untilFieldsKnown<R>(read: (fields: ReadonlyMap<string, Type>) => R): R {
  const fields = new Map<string, Type>()
  for (;;) {
    try {
      return read(fields)
    } catch (error) {
      if (!(error instanceof FieldFound)) throw error
      fields.set(error.field, error.type)
    }
  }
}

export const fieldKey = (file: string, className: string, name: string): string => `${file}#${className}.${name}`

/** The type that a field of an object literal is known to need. */
export const knownField = (f: FunctionContext, node: t.Node, name: string): Type | undefined => f.empties.get(`${keyOf(f, node)}.${name}`)

/** Remembers that a literal made a record of that type. */
export function remember(f: FunctionContext, record: string, node: t.Node): void {
  const literals = f.recordLiterals.get(record) ?? []
  f.recordLiterals.set(record, [...literals, keyOf(f, node)])
}

/** A field is about to hold a value of type `given`. Does not return when its type has to change. */
export function expectField(f: FunctionContext, object: Type, name: string, given: Type | null): void {
  const type = given && fieldsOf(f.program, object)?.get(name)
  if (!type || object.kind !== 'class') return
  const wider = join(type, given)
  if (!wider || !widens(type, wider)) return
  if (widenField(f, object.name, name, wider)) throw new TypeFound(f)
  const owner = ownerOf(f.program, object, name)
  if (owner && !f.program.fieldTypes.has(owner)) throw new FieldFound(owner, wider)
}

/** Two types that are to be one differ in records: their literals get the fields that both need. Does not return when that helps. */
export function expectSame(f: FunctionContext, a: Type, b: Type): void {
  if (widenRecords(f, a, b)) throw new TypeFound(f)
}

function widenRecords(f: FunctionContext, a: Type, b: Type): boolean {
  if (a.kind === 'optional' || b.kind === 'optional')
    return widenRecords(f, a.kind === 'optional' ? a.element : a, b.kind === 'optional' ? b.element : b)
  if (a.kind === 'dict' && b.kind === 'dict') return widenRecords(f, a.value, b.value)
  if (a.kind === 'tuple' && b.kind === 'tuple')
    return a.elements.map((element, i) => i < b.elements.length && widenRecords(f, element, b.elements[i]!)).includes(true)
  if ('element' in a && 'element' in b) return widenRecords(f, a.element, b.element)
  if (a.kind !== 'class' || b.kind !== 'class' || a.name === b.name) return false
  const [first, second] = [fieldsOf(f.program, a), fieldsOf(f.program, b)]
  if (!first || !second || first.size !== second.size || ![...first.keys()].every((name) => second.has(name))) return false
  let found = false
  for (const [name, type] of first) {
    const other = second.get(name)!
    const wider = join(type, other)
    if (!wider) found = widenRecords(f, type, other) || found
    else
      for (const [record, field] of [
        [a, type],
        [b, other],
      ] as const)
        if (widens(field, wider)) found = widenField(f, record.name, name, wider) || found
  }
  return found
}

/** Whether a literal of the record was told a type that it did not know. */
function widenField(f: FunctionContext, record: string, name: string, type: Type): boolean {
  const keys = (f.recordLiterals.get(record) ?? []).map((key) => `${key}.${name}`)
  const news = keys.filter((key) => !f.empties.has(key) || !typeEqual(f.empties.get(key)!, type))
  for (const key of news) f.empties.set(key, type)
  return news.length > 0
}

/** The class that declares a field. */
function ownerOf(program: ProgramContext, object: Type, name: string): string | null {
  let made = objectClass(program, object)
  while (made?.base && fieldsOf(program, made.base.type)?.has(name)) made = made.base
  return made && fieldKey(made.file, made.className, name)
}
