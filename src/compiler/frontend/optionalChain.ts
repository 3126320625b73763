/** `a?.b`, `a?.[i]`, `a?.f(x)`: where `a` is null, the whole chain is null; the rest of the chain is read with `a` narrowed. */
import type * as t from '@babel/types'
import { constantNull } from './constants.ts'
import type { FunctionContext } from './context.ts'
import { emitBranch, noRefinements } from './control.ts'
import { emitExpression } from './expressions.ts'
import type { Sugared } from './sugar.ts'
import { types } from './typeRelations.ts'
import { emit, materialize, typeOf } from './values.ts'

type Link = t.OptionalMemberExpression | t.OptionalCallExpression

const isLink = (node: t.Node): node is Link => node.type === 'OptionalMemberExpression' || node.type === 'OptionalCallExpression'
const inner = (link: Link): t.Expression => (link.type === 'OptionalMemberExpression' ? link.object : (link.callee as t.Expression))

/** The leftmost `?.` of a chain, or null when none is left. */
function firstOptional(node: t.Node): Link | null {
  if (!isLink(node)) return null
  return firstOptional(inner(node)) ?? (node.optional ? node : null)
}

/** Null when the chain has no `?.` any more: then it reads like a plain one. */
export function emitOptionalChain(f: FunctionContext, node: Link): Sugared | null {
  const link = firstOptional(node)
  if (!link) return null
  const base = inner(link)
  const sugar = emitExpression(f, base)
  const type = typeOf(sugar)
  if (type?.kind === 'none') return constantNull
  const rest = (known: Sugared): Sugared => {
    f.known.set(base, known)
    try {
      return emitExpression(f, withoutOptional(node, link))
    } finally {
      f.known.delete(base)
    }
  }
  if (type?.kind !== 'optional') return rest(sugar)
  const made = materialize(f, sugar, base)
  const test = emit(f, 'aten::__isnot__', [made, materialize(f, constantNull, node)], types.bool, node)
  const condition = { test, whenTrue: noRefinements, whenFalse: noRefinements }
  return emitBranch(
    f,
    node,
    condition,
    () => rest(emit(f, 'prim::unchecked_cast', [made], type.element, node)),
    () => constantNull,
  ).result!
}

/** The chain with that one `?.` read as `.`. */
function withoutOptional(node: Link, link: Link): Link {
  if (node === link) return { ...node, optional: false }
  const below = withoutOptional(inner(node) as Link, link)
  return node.type === 'OptionalMemberExpression' ? { ...node, object: below } : { ...node, callee: below }
}
