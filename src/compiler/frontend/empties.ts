/**
 * Empty containers without a type: `const xs = []`, `new Map()`. The type is what the first write tells. The function is then read again from
 * its start with that knowledge (`f.empties`), so that everything before the write has the type too.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ValueId } from '../ir/graph.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import type { FunctionContext } from './context.ts'
import type { ScriptValue } from './sugar.ts'
import { erase, join } from './typeRelations.ts'

/** The type of an empty container was found: read the function again. */
export class TypeFound extends Error {
  readonly f: FunctionContext
  constructor(f: FunctionContext) {
    super('the type of an empty container was found')
    this.f = f
  }
}

/** A container of that type whose type was, or is still to be, told by its uses. */
export function emptyOf(f: FunctionContext, node: t.Node, make: (type: Type | null) => ScriptValue): ScriptValue {
  const key = [...f.sites, node].map(({ start }) => start).join()
  const made = make(f.empties.get(key) ?? null)
  f.pending.set(made.id, { key, node })
  return made
}

/** The value behind narrowings. */
function origin(f: FunctionContext, id: ValueId): ValueId {
  const definition = f.emitter.definitions.get(id)
  return definition?.kind === 'prim::unchecked_cast' ? origin(f, definition.inputs[0]!) : id
}

/** A container that is about to hold more (`widen`), or to be used under a type. Does not return when its type has to change. */
export function expectType<V extends ScriptValue>(f: FunctionContext, made: V, widen: boolean, typeFound: () => Type): V {
  const found = f.pending.size > 0 ? f.pending.get(origin(f, made.id)) : undefined
  const known = found && f.empties.get(found.key)
  if (!found || (known && !widen)) return made
  const type = erase(typeFound())
  if (type.kind !== made.type.kind || holdsNone(type)) return made
  const joined = known ? joinContainers(known, type) : type
  if (joined === null || (known && typeEqual(known, joined))) return made
  f.empties.set(found.key, joined)
  throw new TypeFound(f)
}

const holdsNone = (type: Type): boolean =>
  type.kind === 'dict' ? type.value.kind === 'none' : 'element' in type && type.element.kind === 'none'

function joinContainers(a: Type, b: Type): Type | null {
  if (a.kind === 'dict' && b.kind === 'dict') {
    const [key, value] = [join(a.key, b.key), join(a.value, b.value)]
    return key && value && { ...a, key, value }
  }
  if (!('element' in a) || !('element' in b)) return null
  const element = join(a.element, b.element)
  return element && { ...a, element }
}

/** Reads a function until the types of its empty containers are known; each attempt starts anew. */
export function untilKnown<R>(read: (empties: Map<string, Type>) => R): R {
  const empties = new Map<string, Type>()
  for (;;) {
    try {
      return read(empties)
    } catch (error) {
      if (!(error instanceof TypeFound) || error.f.empties !== empties) throw error
    }
  }
}

/** Containers whose type nothing told are reported where they were made. */
export function reportPending(f: FunctionContext): void {
  for (const { key, node } of f.pending.values()) if (!f.empties.has(key)) f.program.report(messages.emptyArray(f.span(node)))
}
