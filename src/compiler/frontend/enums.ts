/** `Color[x]`: the name of a numeric enum's member. A value that is no member traps, where uncompiled code would give undefined. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { tryScalar } from './builtins.ts'
import { constantInt, constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitBranch, noRefinements } from './control.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { raise } from './throws.ts'
import { types } from './typeRelations.ts'
import { constantOf, describe, materialize, typeOf } from './values.ts'

type Enum = Extract<Sugared, { readonly kind: 'enum' }>

export function memberName(
  f: FunctionContext,
  object: Enum,
  value: Sugared,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  const known = constantOf(value)
  const names = [...object.members].filter(([, member]) => typeof member === 'number')
  if (typeof known === 'number') {
    const found = names.findLast(([, member]) => member === known)
    return found
      ? constantString(found[0])
      : fail(messages.noSuchProperty(f.span(node.property), { type: describe(object), name: String(known) }))
  }
  if (typeOf(value)?.kind !== 'int')
    return fail(
      messages.notAssignable(f.span(node.property), {
        source: describe(value),
        target: 'int',
        where: ` as a value of ${describe(object)}`,
      }),
    )
  const select = (rest: typeof names): Sugared => {
    const [first, ...others] = rest
    if (!first) {
      raise(f, constantString(`a value that is no member of ${object.name}`), 'RangeError', node)
      return { kind: 'uninitialized', name: object.name }
    }
    const test = materialize(f, tryScalar(f, 'aten::eq', [value, constantInt(first[1] as number)], node)!, node, types.bool) as ScriptValue
    const condition = { test, whenTrue: noRefinements, whenFalse: noRefinements }
    return emitBranch(
      f,
      node,
      condition,
      () => constantString(first[0]),
      () => select(others),
    ).result!
  }
  return select(names)
}
