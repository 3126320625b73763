/** Small traversals of graphs that several passes share. */
import type { Block, Graph, Node, ValueId } from './graph.ts'

/** Every node, outer before inner, in order. Subgraphs are not entered. */
export function* nodesOf(block: Block): Generator<Node> {
  for (const node of block.nodes) {
    yield node
    for (const inner of node.blocks) yield* nodesOf(inner)
  }
}

/** The node that defines a value; block and graph parameters have none. */
export function definitions(graph: Graph): ReadonlyMap<ValueId, Node> {
  const map = new Map<ValueId, Node>()
  for (const node of nodesOf(graph.block)) for (const output of node.outputs) map.set(output, node)
  return map
}

export type Use = { readonly node: Node; readonly input: number } | { readonly block: Block; readonly index: number }

/** Where a value is used: node inputs and block returns. */
export function uses(graph: Graph): ReadonlyMap<ValueId, readonly Use[]> {
  const map = new Map<ValueId, Use[]>()
  const add = (id: ValueId, use: Use): void => {
    const list = map.get(id)
    if (list) list.push(use)
    else map.set(id, [use])
  }
  const visit = (block: Block): void => {
    for (const node of block.nodes) {
      node.inputs.forEach((id, input) => {
        add(id, { node, input })
      })
      node.blocks.forEach(visit)
    }
    block.returns.forEach((id, index) => {
      add(id, { block, index })
    })
  }
  visit(graph.block)
  return map
}

/** Values that a block uses but does not define. */
export function freeValues(block: Block): ReadonlySet<ValueId> {
  const defined = new Set<ValueId>()
  const free = new Set<ValueId>()
  const use = (id: ValueId): void => {
    if (!defined.has(id)) free.add(id)
  }
  const visit = (b: Block): void => {
    for (const param of b.params) defined.add(param)
    for (const node of b.nodes) {
      node.inputs.forEach(use)
      node.blocks.forEach(visit)
      for (const output of node.outputs) defined.add(output)
    }
    b.returns.forEach(use)
  }
  visit(block)
  return free
}

/** Names of the fields that these graphs write. */
export function writtenFields(graphs: Iterable<Graph>): ReadonlySet<string> {
  const written = new Set<string>()
  for (const { block } of graphs)
    for (const { kind, attributes } of nodesOf(block))
      if (kind === 'prim::SetAttr' && attributes.name?.kind === 'name') written.add(attributes.name.value)
  return written
}
