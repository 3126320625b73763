/** What an assignment writes to besides variables: elements, entries and fields. Object and key are read once, then the place is read or written. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { readMaybe, writeEntry } from './dicts.ts'
import { expectType } from './empties.ts'
import { emitExpression } from './expressions.ts'
import { refuseWrite } from './listMethods.ts'
import { property, subscript } from './members.ts'
import { forgetFields } from './narrowedFields.ts'
import { writeField } from './objects.ts'
import { fieldsOf } from './records.ts'
import { becomeState, stateOf } from './state.ts'
import type { Sugared } from './sugar.ts'
import { listOf } from './typeRelations.ts'
import { constantOf, describe, materialize, typeOf } from './values.ts'

export interface Place {
  /** What is there; `maybe`: a key that is not there gives null, for `??=`. */
  read(maybe: boolean): Sugared
  /** Gives what was stored, under the type of the place. */
  write(sugar: Sugared, node: t.Node): Sugared
}

export function placeOf(f: FunctionContext, target: t.MemberExpression): Place {
  const object = emitExpression(f, target.object)
  if (!target.computed) {
    if (target.property.type !== 'Identifier') return fail(messages.unsupportedExpression(f.span(target), { what: 'a private name' }))
    return namedPlace(f, object, target.property.name, target)
  }
  const index = emitExpression(f, target.property as t.Expression)
  const type = typeOf(object)
  if (object.kind === 'value' && type?.kind === 'dict' && type.form === 'record') return entryPlace(f, object, index, target)
  return {
    read: () => subscript(f, object, index, target.property, target),
    write: (sugar, node) => writeElement(f, object, index, sugar, target, node),
  }
}

function namedPlace(f: FunctionContext, object: Sugared, name: string, target: t.MemberExpression): Place {
  if (object.kind === 'value' && object.type.kind === 'dict' && object.type.form === 'record')
    return entryPlace(f, object, constantString(name), target)
  return {
    read: () => property(f, object, name, target),
    write(sugar, node) {
      forgetFields(f, name)
      becomeState(f, object, name, target, typeOf(sugar) ?? { kind: 'none' })
      const state = stateOf(f, object, name, target)
      if (state) return writeField(f, state, name, sugar, node)!
      const stored = object.kind === 'value' && fieldsOf(f.program, object.type) ? writeField(f, object, name, sugar, node) : null
      if (stored) return stored
      // Reading it first tells a field that is not there.
      if (typeOf(object)?.kind === 'class') property(f, object, name, target)
      if (target.object.type === 'ThisExpression') fail(messages.mutableField(f.span(target), { name }))
      if (name === 'length' && constantOf(sugar) === 0 && typeOf(object)?.kind === 'list') {
        if (object.kind !== 'value') refuseWrite(f, target.object)
        f.emitter.node('aten::clear', [materialize(f, object, target.object).id], [], f.range(node))
        return sugar
      }
      return fail(messages.readonlyAssignment(f.span(target), { name: f.shortText(target), why: 'a property' }))
    },
  }
}

function entryPlace(f: FunctionContext, record: Extract<Sugared, { kind: 'value' }>, index: Sugared, target: t.MemberExpression): Place {
  const key = materialize(f, index, target.property, { kind: 'string' })
  return {
    read: (maybe) => (maybe ? readMaybe(f, record, key, target) : subscript(f, record, key, target.property, target)),
    write: (sugar, node) => writeEntry(f, record, key, sugar, node, target),
  }
}

function writeElement(
  f: FunctionContext,
  object: Sugared,
  index: Sugared,
  sugar: Sugared,
  target: t.MemberExpression,
  node: t.Node,
): Sugared {
  const type = typeOf(object)
  if (type?.kind === 'tensor')
    fail(
      messages.readonlyAssignment(f.span(target), {
        name: f.shortText(target),
        why: 'an element of a Tensor',
        hint: `write \`${f.shortText(target.object)}.indexPut_([...], value)\``,
      }),
    )
  if (type?.kind === 'tuple') fail(messages.readonlyAssignment(f.span(target), { name: f.shortText(target), why: 'an element of a tuple' }))
  if (type?.kind !== 'list') fail(messages.noSuchProperty(f.span(target), { type: describe(object), name: f.shortText(target.property) }))
  if (object.kind !== 'value') refuseWrite(f, target.object)
  const list = expectType(f, materialize(f, object, target.object), true, () => listOf(typeOf(sugar) ?? materialize(f, sugar, node).type))
  const made = materialize(f, sugar, node, type.element)
  const position = materialize(f, index, target.property, { kind: 'int' })
  f.emitter.node('aten::_set_item', [list.id, position.id, made.id], [], f.range(target))
  return made
}
