/**
 * Fields of records and objects that hold a tensor: one type for a field of all objects of a class, known where the graph makes all of
 * them itself. An object that comes from elsewhere (a parameter, the host) may hold anything that is declared.
 */
import type { Attribute, Graph, Node } from '../../ir/graph.ts'
import type { Type } from '../../ir/types.ts'
import { nodesOf } from '../../ir/walk.ts'

const makers: ReadonlySet<string> = new Set([
  'prim::CreateObject',
  'prim::ListConstruct',
  'prim::DictConstruct',
  'prim::Uninitialized',
  'prim::Constant',
  'prim::If',
  'prim::Loop',
])

/** Whether each object of the graph is made in it. */
export function makesAllObjects(graph: Graph): boolean {
  const holds = (id: Node['outputs'][number]): boolean => holdsObject(graph.values.get(id)!.type)
  if (graph.block.params.some(holds)) return false
  for (const node of nodesOf(graph.block)) if (!makers.has(node.kind) && node.outputs.some(holds) && !node.inputs.some(holds)) return false
  return true
}

function holdsObject(type: Type): boolean {
  switch (type.kind) {
    case 'class':
      return true
    case 'list':
    case 'set':
    case 'optional':
    case 'future':
      return holdsObject(type.element)
    case 'tuple':
      return type.elements.some(holdsObject)
    case 'union':
      return type.members.some(holdsObject)
    case 'dict':
      return holdsObject(type.key) || holdsObject(type.value)
    default:
      return false
  }
}

/** The field of a node on an object: one for all classes of a hierarchy. Null where the class is not known. */
export function fieldPlace(object: Type, name: Attribute | undefined): string | null {
  return object.kind === 'class' && name?.kind === 'name' ? `${object.bases?.at(-1) ?? object.name}.${name.value}` : null
}
