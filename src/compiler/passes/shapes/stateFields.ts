/** Fields that a module keeps between calls (prim::State): each has one type for good, with dtype and shape. */
import { typeText } from '../../frontend/typeRelations.ts'
import type { Node, Program } from '../../ir/graph.ts'
import { typeEqual } from '../../ir/typeEqual.ts'
import type { Type } from '../../ir/types.ts'
import { PassError } from '../pass.ts'

/** The type of the field that a node reads or writes; null where its object is no state. */
export function keptType(program: Program, object: Type, { attributes: { name } }: Node): Type | null {
  if (object.kind !== 'class' || !program.states?.has(object.name) || name?.kind !== 'name') return null
  return program.classes.get(object.name)?.attributes.get(name.value)?.type ?? null
}

/** A tensor that is stored must be what the next call reads. */
export function checkStored(kept: Type, stored: Type, node: Node): void {
  const wanted = kept.kind === 'optional' ? kept.element : kept
  if (wanted.kind !== 'tensor' || stored.kind !== 'tensor' || wanted.shape === null || wanted.dtype === null) return
  if (typeEqual(wanted, stored)) return
  const name = node.attributes.name?.kind === 'name' ? node.attributes.name.value : ''
  throw new PassError('S3001', `\`this.${name}\` is ${typeText(wanted)} between calls, and ${typeText(stored)} is stored`, node.range)
}
