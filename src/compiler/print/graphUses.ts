/** What a printer asks about a graph before it writes a line: how often and where values are used, and where they were computed. */
import type { Block, Graph, Node, SourceRange, ValueId } from '../ir/graph.ts'
import { segmentOf } from '../ir/segment.ts'

export class GraphUses {
  /** Where each value was computed: it may be printed later, where it is used. */
  readonly ranges = new Map<ValueId, SourceRange>()
  private readonly counts = new Map<ValueId, number>()

  constructor(graph: Graph) {
    this.countIn(graph.block)
  }

  has(id: ValueId): boolean {
    return this.counts.has(id)
  }

  count(id: ValueId): number {
    return this.counts.get(id) ?? 0
  }

  private countIn(block: Block): void {
    const count = (id: ValueId): void => void this.counts.set(id, this.count(id) + 1)
    for (const node of block.nodes) {
      node.inputs.forEach(count)
      for (const id of node.outputs) this.ranges.set(id, node.range)
      // Shapes and places mention the symbols of a segment again: worth a name.
      if (node.kind === 'prim::Segment') segmentOf(node).scalars.forEach(count)
      for (const inner of node.blocks) this.countIn(inner)
    }
    block.returns.forEach(count)
  }
}

/** Whether a node is the last work of a block and its value what the block gives: nothing can come between it and its use. */
export function isLastResult({ nodes, returns }: Block, id: ValueId, node: Node): boolean {
  const last = nodes.findLast((other) => other.kind !== 'prim::Constant' && other.kind !== 'prim::Uninitialized')
  return last === node && returns.includes(id)
}

/** Whether a block uses a value outside of its loops: one that moves into a loop would be computed again each time. */
export const usedOutsideLoops = (block: Block, id: ValueId): boolean =>
  block.returns.includes(id) ||
  block.nodes.some((node) => node.inputs.includes(id) || (node.kind === 'prim::If' && node.blocks.some((inner) => mentions(inner, id))))

function mentions(block: Block, id: ValueId): boolean {
  return (
    block.returns.includes(id) ||
    block.nodes.some((node) => node.inputs.includes(id) || (node.kind !== 'prim::Loop' && node.blocks.some((inner) => mentions(inner, id))))
  )
}
