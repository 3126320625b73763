/**
 * Declared types that mention themselves: `interface TreeNode { children: TreeNode[] }`. Records are named by their structure, which has no end
 * here, so these have a name of their own, as classes do; it stands for the type while its fields are read.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { type FunctionContext, fail } from './context.ts'
import { fieldsOf } from './records.ts'

/** The type that `read` gives, for the declaration `key`, which is called `name`. */
export function recursiveType(f: FunctionContext, key: string, name: string, node: t.Node, read: () => Type | null): Type | null {
  const { program } = f
  const known = program.namedTypes.get(key)
  if (known) return known
  if (program.openTypes.has(key)) return mention(f, key, name)
  program.openTypes.set(key, null)
  try {
    const type = read()
    const named = program.openTypes.get(key)
    if (named?.kind !== 'class') return type
    const fields = type && fieldsOf(program, type)
    if (!fields || type.kind !== 'class') {
      const hint = 'only an object type may: give it fields'
      return fail(messages.unsupportedType(f.span(node), { type: `${name}, which mentions itself`, hint }))
    }
    program.records.set(named.name, fields)
    program.classes.set(named.name, { ...program.classes.get(type.name)!, name: named.name })
    const literals = program.literals.get(type.name)
    if (literals) program.literals.set(named.name, literals)
    program.namedTypes.set(key, named)
    return named
  } finally {
    program.openTypes.delete(key)
  }
}

/** The name that stands for a type while it is read. */
function mention({ program }: FunctionContext, key: string, name: string): Type {
  const open = program.openTypes.get(key)
  if (open) return open
  const type: Type = { kind: 'class', name: program.uniqueName(name) }
  program.openTypes.set(key, type)
  return type
}
