/**
 * What a graph after shape propagation says of its values, without any fixpoint: constants, lists of them, symbols by their prim::Symbol,
 * integer arithmetic on those, and tensors by their types. Passes and lowering record nodes as they walk over them, in order.
 */
import type { BoundArgs } from '../../ops/args.ts'
import { type Bounds, symVar } from '../../ops/dimMath.ts'
import type { Operator } from '../../ops/operator.ts'
import { frozenLists } from '../passes/shapes/frozenLists.ts'
import { scalarFact } from '../passes/shapes/scalarFacts.ts'
import type { Graph, Node, ValueId } from './graph.ts'
import { bindNode, type Fact, operatorOf, type TensorValue, tensorFact } from './operatorCall.ts'
import { symbolsOfGraph } from './printGraph.ts'
import type { Type } from './types.ts'

/** The declared bounds on a prim::Symbol node. */
function boundsOf(node: Node): Bounds {
  const { min, max } = node.attributes
  return { ...(min?.kind === 'int' ? { min: min.value } : {}), ...(max?.kind === 'int' ? { max: max.value } : {}) }
}

export class FactTable {
  private readonly facts = new Map<ValueId, Fact>()
  private readonly frozen: Set<ValueId>
  private readonly symbols: ReturnType<typeof symbolsOfGraph>
  private readonly typeAt: (id: ValueId) => Type
  private readonly nameAt: (id: ValueId) => string | null

  /** `typeOf` when values are added that `graph` does not have (a pass that builds). */
  constructor(graph: Graph, typeOf: (id: ValueId) => Type = (id) => graph.values.get(id)!.type) {
    this.frozen = new Set(frozenLists(graph))
    this.symbols = symbolsOfGraph(graph)
    this.typeAt = typeOf
    this.nameAt = (id) => graph.values.get(id)?.name ?? null
  }

  /** Notes what `node` says of its outputs. Inner blocks are not entered: record their nodes when they are walked. */
  record(node: Node): void {
    const [output] = node.outputs
    if (output === undefined || node.outputs.length !== 1) return
    const type = this.typeAt(output)
    if (node.kind === 'prim::Symbol') {
      const name = node.attributes.name
      if (name?.kind !== 'name') throw new Error('prim::Symbol without a name')
      if (type.kind === 'int' || type.kind === 'float' || type.kind === 'bool')
        this.setSymbol(output, name.value, type.kind, boundsOf(node))
      return
    }
    if (type.kind === 'list' && node.kind !== 'prim::Constant' && !this.frozen.has(output)) return
    const types = node.inputs.map((id) => this.typeAt(id))
    const fact = scalarFact(
      node,
      node.inputs.map((id) => this.factOf(id)),
      types,
    )
    if (fact !== undefined) this.facts.set(output, fact)
  }

  /** The whole block in order, nested ones included. */
  recordAll(nodes: readonly Node[]): void {
    for (const node of nodes) {
      for (const block of node.blocks) this.recordAll(block.nodes)
      this.record(node)
    }
  }

  setSymbol(id: ValueId, name: string, type: 'int' | 'float' | 'bool', bounds: Bounds = {}): void {
    this.facts.set(id, this.symbols.get(name) ?? symVar(name, type, bounds))
  }

  set(id: ValueId, fact: Fact): void {
    this.facts.set(id, fact)
  }

  /** A list made by a pass: nothing changes it. */
  freeze(id: ValueId): void {
    this.frozen.add(id)
  }

  factOf(id: ValueId): Fact | undefined {
    const fact = this.facts.get(id)
    if (fact !== undefined) return fact
    const type = this.typeAt(id)
    if (type.kind === 'none') return null
    return tensorFact(type, id) ?? undefined
  }

  /** The tensor operator that a node calls with its arguments, or null. Throws OperatorError when an argument is not known. */
  callOf(node: Node): { readonly operator: Operator; readonly args: BoundArgs<TensorValue> } | null {
    const operator = operatorOf(node, this.typeAt)
    if (!operator) return null
    return { operator, args: bindNode(node, operator, (id) => this.factOf(id), this.nameAt) }
  }
}
