/**
 * Private names of classes as ordinary ones that no source has: `#n` of a class C is `$C$n`. Only the class itself can mention them, so its
 * declaration is copied with the names replaced, and nothing else has to know of them.
 */
import * as t from '@babel/types'
import { walk } from './assigned.ts'

type ClassNode = t.ClassDeclaration | t.ClassExpression

const hasPrivateNames = (node: ClassNode): boolean =>
  node.body.body.some(({ type }) => type === 'ClassPrivateProperty' || type === 'ClassPrivateMethod')

/** Whether objects of a class had private names before they were replaced. */
export const hadPrivateNames = (node: ClassNode, className: string): boolean =>
  node.body.body.some(
    (member) =>
      (member.type === 'ClassProperty' || member.type === 'ClassMethod') &&
      !member.static &&
      member.key.type === 'Identifier' &&
      member.key.name.startsWith(`$${className}$`),
  )

/** Whether a name stands for a private one among names as the source writes them, `#n`. */
export const mayBePrivate = (name: string, written: ReadonlySet<string>): boolean =>
  name.startsWith('$') && [...name.matchAll(/\$/g)].some(({ index }) => written.has(`#${name.slice(index + 1)}`))

/** The class without private names; itself where it has none. */
export function withoutPrivateNames<N extends ClassNode>(node: N, className: string): N {
  if (!hasPrivateNames(node)) return node
  const own = new Set<string>()
  walk(node.body, (inner) => {
    if (inner.type === 'ClassPrivateProperty' || inner.type === 'ClassPrivateMethod') own.add(inner.key.id.name)
    return undefined
  })
  const plain = (name: t.PrivateName): t.Node => ({ ...name.id, name: `$${className}$${name.id.name}` })
  const copy = (at: t.Node): t.Node => {
    if (at.type === 'PrivateName' && own.has(at.id.name)) return plain(at)
    const made: Record<string, unknown> = { ...at }
    for (const key of t.VISITOR_KEYS[at.type] ?? []) {
      const child = made[key]
      made[key] = Array.isArray(child) ? child.map((item) => (item ? copy(item) : item)) : child ? copy(child as t.Node) : child
    }
    if (at.type === 'ClassPrivateProperty') made.type = 'ClassProperty'
    if (at.type === 'ClassPrivateMethod') made.type = 'ClassMethod'
    return made as unknown as t.Node
  }
  return copy(node) as N
}
