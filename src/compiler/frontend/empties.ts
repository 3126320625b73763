/**
 * Containers without a declared type whose type is told by what is written to them: empty ones (`const xs = []`, `new Map()`) by the first
 * write, and new ones of ints (`[0]`, `new Array(n).fill(0)`) by a write of a float. The function is then read again from its start with that
 * knowledge (`f.empties`), so that everything before the write has the type too. `widening.ts` has the same for fields of records.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ValueId } from '../ir/graph.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import type { FunctionContext } from './context.ts'
import type { ScriptValue } from './sugar.ts'
import { erase, holdsInts, join, widens } from './typeRelations.ts'

/** The type of a container was found: read the function again. */
export class TypeFound extends Error {
  readonly f: FunctionContext
  constructor(f: FunctionContext) {
    super('the type of a container was found')
    this.f = f
  }
}

/** A container of that type whose type was, or is still to be, told by its uses. */
export function emptyOf(f: FunctionContext, node: t.Node, make: (type: Type | null) => ScriptValue): ScriptValue {
  const key = keyOf(f, node)
  const made = make(f.empties.get(key) ?? null)
  f.pending.set(made.id, { key, node, ints: null })
  return made
}

/** A new container that holds something; of ints, it may turn out to be one of floats: then it is made under that type. */
export function newOf(f: FunctionContext, node: t.Node, make: (wider: Type | null) => ScriptValue): ScriptValue {
  const key = keyOf(f, node)
  const made = make(f.empties.get(key) ?? null)
  if (holdsInts(made.type)) f.pending.set(made.id, { key, node, ints: made.type })
  return made
}

/** A literal, and the calls that led there. */
export const keyOf = (f: FunctionContext, node: t.Node): string => [...f.sites, node].map(({ start, end }) => `${start}-${end}`).join()

/** The value behind narrowings. */
function origin(f: FunctionContext, id: ValueId): ValueId {
  const definition = f.emitter.definitions.get(id)
  return definition?.kind === 'prim::unchecked_cast' ? origin(f, definition.inputs[0]!) : id
}

/** A container that is about to hold more (`widen`), or to be used under a type. Does not return when its type has to change. */
export function expectType<V extends ScriptValue>(f: FunctionContext, made: V, widen: boolean, typeFound: () => Type): V {
  if (f.pending.size === 0) return made
  const id = origin(f, made.id)
  const found = f.pending.get(id)
  if (!found) {
    const holder = widen ? holderOf(f, id) : null
    if (holder) expectType(f, holder, widen, () => ({ ...holder.type, element: typeFound() }))
    return made
  }
  const known = found.ints ?? f.empties.get(found.key)
  if (known && !widen) return made
  const type = erase(typeFound())
  if (type.kind !== made.type.kind || holdsNone(type)) return made
  const joined = known ? joinContainers(known, type) : type
  if (joined === null || (known && typeEqual(known, joined)) || (found.ints && !widens(found.ints, joined))) return made
  f.empties.set(found.key, joined)
  throw new TypeFound(f)
}

/** The array that a value was read from. */
function holderOf(f: FunctionContext, id: ValueId) {
  const definition = f.emitter.definitions.get(id)
  const list = definition?.kind === 'aten::__getitem__' ? origin(f, definition.inputs[0]!) : undefined
  const type = list === undefined ? undefined : (f.pending.get(list)?.ints ?? undefined)
  return list !== undefined && type?.kind === 'list' ? { kind: 'value' as const, id: list, type } : null
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
  for (const { key, node, ints } of f.pending.values())
    if (!ints && !f.empties.has(key)) f.program.report(messages.emptyArray(f.span(node)))
}
