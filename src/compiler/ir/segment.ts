/**
 * prim::Segment: straight-line tensor work. Inputs are the tensors it reads, then the scalars that its symbols stand for; attribute
 * `Subgraph` holds the work (parameters in the same order, constants inside), attribute `symbols` the symbols' names in order.
 * Its results are tensors. Every symbol that occurs in the subgraph is among `symbols`.
 */
import { FactTable } from './facts.ts'
import type { Graph, Node, ValueId } from './graph.ts'

export interface Segment {
  readonly node: Node
  readonly graph: Graph
  readonly symbols: readonly string[]
  readonly tensors: readonly ValueId[]
  readonly scalars: readonly ValueId[]
}

export function segmentOf(node: Node): Segment {
  const subgraph = node.attributes.Subgraph
  const symbols = node.attributes.symbols
  if (node.kind !== 'prim::Segment' || subgraph?.kind !== 'graph') throw new Error(`${node.kind} is no segment`)
  const names = symbols?.kind === 'names' ? symbols.value : []
  const split = node.inputs.length - names.length
  return { node, graph: subgraph.graph, symbols: names, tensors: node.inputs.slice(0, split), scalars: node.inputs.slice(split) }
}

/** Facts of a segment's subgraph, all of its nodes recorded: `callOf(node)` gives each operator with its arguments. */
export function segmentFacts(graph: Graph, symbols: readonly string[]): FactTable {
  const facts = new FactTable(graph)
  const { params, nodes } = graph.block
  symbols.forEach((symbol, i) => {
    const param = params[params.length - symbols.length + i]!
    const type = graph.values.get(param)!.type
    if (type.kind !== 'int' && type.kind !== 'float' && type.kind !== 'bool') throw new Error(`symbol ${symbol} has type ${type.kind}`)
    facts.setSymbol(param, symbol, type.kind)
  })
  facts.recordAll(nodes)
  return facts
}
