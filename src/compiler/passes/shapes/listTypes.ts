/**
 * Element types of lists of tensors that change, flow-insensitively: one type for all lists that may be the same one (what branches, loops
 * and `concat` make one of). Symbols are bound where an element is read, so those of the place where it is stored mean nothing.
 */
import type { Graph, ValueId } from '../../ir/graph.ts'
import { eraseShapes, typeEqual } from '../../ir/typeEqual.ts'
import type { Type } from '../../ir/types.ts'
import { nodesOf } from '../../ir/walk.ts'
import { anyDim, joinTypes, mapDims } from './joinTypes.ts'

export class ListTypes {
  /** Set when an element type became wider: what was read before must be looked at again. */
  changed = false
  private readonly graph: Graph
  private readonly roots = new Map<ValueId, ValueId>()
  private readonly elements = new Map<ValueId, Type>()

  constructor(graph: Graph) {
    this.graph = graph
    for (const node of nodesOf(graph.block)) {
      if (node.kind === 'prim::If')
        for (const block of node.blocks) for (const [i, id] of block.returns.entries()) this.unite(id, node.outputs[i]!)
      if (node.kind === 'prim::Loop') {
        const block = node.blocks[0]!
        node.outputs.forEach((output, i) => {
          this.unite(node.inputs[i + 2]!, output)
          this.unite(block.params[i + 1]!, output)
          this.unite(block.returns[i + 1]!, output)
        })
      }
      if (node.kind === 'aten::extend') this.unite(node.inputs[1]!, node.inputs[0]!)
      const [output] = node.outputs
      if (node.kind === 'aten::add' && output !== undefined && graph.values.get(output)!.type.kind === 'list')
        for (const input of node.inputs) this.unite(input, output)
    }
  }

  /** An element of this type is stored. */
  join(list: ValueId, element: Type): void {
    const root = this.rootOf(list)
    const before = this.elements.get(root)
    const stored = mapDims(element, (dim) => (typeof dim === 'number' ? dim : anyDim))
    const after = before === undefined ? stored : joinTypes(before, stored, eraseShapes(before))
    if (before !== undefined && typeEqual(before, after)) return
    this.elements.set(root, after)
    this.changed = true
  }

  elementOf(list: ValueId): Type | undefined {
    return this.elements.get(this.rootOf(list))
  }

  private unite(a: ValueId, b: ValueId): void {
    if (this.graph.values.get(a)?.type.kind === 'list') this.roots.set(this.rootOf(a), this.rootOf(b))
  }

  private rootOf(id: ValueId): ValueId {
    let root = id
    for (let next = this.roots.get(root); next !== undefined && next !== root; next = this.roots.get(root)) root = next
    return root
  }
}
