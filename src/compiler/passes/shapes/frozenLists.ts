/**
 * Lists whose contents can be known: values of list type that nothing may change. A list is frozen when every use only reads it.
 * Storing it into a container, passing it through control flow or to a writing operator leaves it unfrozen.
 */
import { findOperator } from '../../../ops/registry.ts'
import type { Graph, Node, ValueId } from '../../ir/graph.ts'
import { scalarCallOf } from '../../ir/operatorCall.ts'
import { type Use, uses } from '../../ir/walk.ts'

export function frozenLists(graph: Graph): ReadonlySet<ValueId> {
  const frozen = new Set<ValueId>()
  const used = uses(graph)
  for (const [id, { type }] of graph.values)
    if (type.kind === 'list' && (used.get(id) ?? []).every((use) => onlyReads(graph, use) || isRow(graph, used, use))) frozen.add(id)
  return frozen
}

/** An element of a list of lists that only tensor operators take: `tensor([[1, 2], [3, 4]])`. */
function isRow(graph: Graph, used: ReadonlyMap<ValueId, readonly Use[]>, use: Use): boolean {
  if ('block' in use || use.node.kind !== 'prim::ListConstruct') return false
  const typeOf = (id: ValueId) => graph.values.get(id)!.type
  const takes = (other: Use): boolean => !('block' in other) && !scalarCallOf(other.node, typeOf) && findOperator(other.node.kind) !== null
  return use.node.outputs.every((list) => (used.get(list) ?? []).every((other) => takes(other) || isRow(graph, used, other)))
}

function onlyReads(graph: Graph, use: Use): boolean {
  if ('block' in use) return use.block === graph.block
  const { node, input } = use
  if (node.kind === 'prim::ListUnpack' || node.kind === 'prim::Print') return true
  const call = scalarCallOf(node, (id) => graph.values.get(id)!.type)
  if (call) return call.op.effect !== 'write' && !sharesOperand(node)
  return input >= 0 && findOperator(node.kind) !== null
}

/** Operators whose result holds (not copies) an operand of list type. */
const sharesOperand = (node: Node): boolean =>
  ['js::filled', 'js::fill', 'js::with', 'js::toSpliced', 'js::splice', 'aten::reverse'].includes(node.kind)
