/**
 * Builds the graph of one function while its source is read. Blocks stay open until both arms of a branch are known, because what
 * a branch returns is decided by comparing the two; a block that was never attached to a node leaves no trace, which is how
 * loops are emitted again with wider types.
 */
import type { Attribute, Block, ConstantValue, Graph, Node, NodeId, SourceRange, ValueId, ValueInfo } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { erase } from './typeRelations.ts'

export interface OpenBlock {
  readonly params: ValueId[]
  readonly nodes: Node[]
  readonly returns: ValueId[]
}

export const openBlock = (): OpenBlock => ({ params: [], nodes: [], returns: [] })

export interface NodeExtras {
  readonly attributes?: { readonly [name: string]: Attribute }
  readonly blocks?: readonly Block[]
}

export class Emitter {
  readonly root: OpenBlock = openBlock()
  /** Where nodes go now. */
  block: OpenBlock = this.root
  /** The node that made a value. */
  readonly definitions = new Map<ValueId, Node>()
  /** Types with what is known about tensors; the graph itself says just Tensor. */
  readonly facts = new Map<ValueId, Type>()
  /** Lists that something was added to since they were made. */
  readonly grown = new Set<ValueId>()
  private readonly values = new Map<ValueId, ValueInfo>()
  private nextValue = 0
  private nextNode = 0

  value(type: Type, name: string | null): ValueId {
    const id = this.nextValue++ as ValueId
    this.values.set(id, { id, name, type })
    return id
  }

  nameOf(id: ValueId): string | null {
    return this.values.get(id)?.name ?? null
  }

  rename(id: ValueId, name: string): void {
    const info = this.values.get(id)!
    if (info.name === null) this.values.set(id, { ...info, name })
  }

  node(
    kind: Node['kind'],
    inputs: readonly ValueId[],
    results: readonly Type[],
    range: SourceRange,
    extras: NodeExtras = {},
  ): readonly ValueId[] {
    const outputs = results.map((type) => this.value(erase(type), null))
    const node: Node = {
      id: this.nextNode++ as NodeId,
      kind,
      inputs,
      outputs,
      blocks: extras.blocks ?? [],
      attributes: extras.attributes ?? {},
      range,
    }
    this.block.nodes.push(node)
    if ((kind === 'aten::append' || kind === 'aten::extend') && inputs[0] !== undefined) this.grown.add(inputs[0])
    for (const [i, output] of outputs.entries()) {
      this.definitions.set(output, node)
      this.facts.set(output, results[i]!)
    }
    return outputs
  }

  op(kind: Node['kind'], inputs: readonly ValueId[], result: Type, range: SourceRange, extras: NodeExtras = {}): ValueId {
    return this.node(kind, inputs, [result], range, extras)[0]!
  }

  constant(value: ConstantValue, type: Type, range: SourceRange): ValueId {
    return this.op('prim::Constant', [], type, range, value.kind === 'none' ? {} : { attributes: { value } })
  }

  /** Runs `body` with nodes going to `block`. */
  within<R>(block: OpenBlock, body: () => R): R {
    const before = this.block
    this.block = block
    try {
      return body()
    } finally {
      this.block = before
    }
  }

  finish(name: string): Graph {
    const values = new Map<ValueId, ValueInfo>()
    const define = (id: ValueId): void => void values.set(id, this.values.get(id)!)
    const visit = (block: Block): void => {
      block.params.forEach(define)
      for (const node of block.nodes) {
        node.outputs.forEach(define)
        node.blocks.forEach(visit)
      }
    }
    visit(this.root)
    return { name, block: this.root, values, nextValue: this.nextValue, nextNode: this.nextNode }
  }
}
