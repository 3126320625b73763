/** Copies nodes of one graph into a builder of another (or the same) graph with fresh ids: what inlining and unrolling do. */
import type { GraphBuilder } from './builder.ts'
import type { Block, Graph, Node, SourceRange, ValueId } from './graph.ts'

/** Old value -> value of the builder. Values that are not in it stay as they are (they must belong to the builder's graph). */
export type ValueMap = Map<ValueId, ValueId>

const mapped = (map: ValueMap, id: ValueId): ValueId => map.get(id) ?? id

/** Appends copies of `nodes`; `visit` may handle a node itself (and record its outputs in `map`) by returning true; `rangeOf` may replace ranges. */
export function cloneNodes(
  builder: GraphBuilder,
  source: Graph,
  nodes: readonly Node[],
  map: ValueMap,
  visit?: (node: Node) => boolean,
  rangeOf?: (range: SourceRange) => SourceRange,
): void {
  for (const node of nodes) if (!visit?.(node)) cloneNode(builder, source, node, map, visit, rangeOf)
}

export function cloneNode(
  builder: GraphBuilder,
  source: Graph,
  node: Node,
  map: ValueMap,
  visit?: (node: Node) => boolean,
  rangeOf?: (range: SourceRange) => SourceRange,
): void {
  const inputs = node.inputs.map((id) => mapped(map, id))
  const blocks = node.blocks.map((block) => cloneBlock(builder, source, block, map, visit, rangeOf))
  const outputs = node.outputs.map((id) => {
    const info = source.values.get(id)!
    return { type: info.type, name: info.name }
  })
  const made = builder.node(node.kind, inputs, outputs, rangeOf ? rangeOf(node.range) : node.range, { attributes: node.attributes, blocks })
  node.outputs.forEach((id, i) => {
    map.set(id, made[i]!)
  })
}

export function cloneBlock(
  builder: GraphBuilder,
  source: Graph,
  block: Block,
  map: ValueMap,
  visit?: (node: Node) => boolean,
  rangeOf?: (range: SourceRange) => SourceRange,
): Block {
  return builder.block(() => {
    for (const param of block.params) {
      const info = source.values.get(param)!
      map.set(param, builder.param(info.type, info.name))
    }
    cloneNodes(builder, source, block.nodes, map, visit, rangeOf)
    return block.returns.map((id) => mapped(map, id))
  })
}
