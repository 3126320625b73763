/** Moves a group of device nodes into the subgraph of one prim::Segment and appends that node. */
import type { Dim } from '../../../ops/dim.ts'
import { symbolsOf } from '../../../ops/dimMath.ts'
import { GraphBuilder } from '../../ir/builder.ts'
import { FactTable } from '../../ir/facts.ts'
import type { Graph, Node, ValueId } from '../../ir/graph.ts'
import { type Fact, isTensorValue } from '../../ir/operatorCall.ts'
import { argumentValue } from '../shapes/argumentValue.ts'
import { DimScope } from '../shapes/materializeDims.ts'

export interface SegmentSource {
  /** Where the prim::Segment node is appended. */
  readonly builder: GraphBuilder
  readonly graph: Graph
  readonly facts: FactTable
  readonly constants: ReadonlyMap<ValueId, Node>
  readonly symbols: ReadonlyMap<string, ValueId>
}

export function buildSegment(source: SegmentSource, name: string, group: readonly Node[], outputs: readonly ValueId[]): void {
  const { graph, facts, constants } = source
  const inner = new GraphBuilder(name)
  const map = new Map<ValueId, ValueId>()
  const needed = neededNodes(source, group, outputs)
  const used = usedFacts(source, needed)
  const range = needed.find((node) => !constants.has(node.outputs[0]!))?.range ?? needed[0]!.range

  const made = new Set(needed.flatMap((node) => node.outputs))
  const tensors = [...used.tensors].filter((id) => !made.has(id) && !constants.has(id))
  for (const id of tensors) {
    const info = graph.values.get(id)!
    map.set(id, inner.param(info.type, info.name))
  }
  const scope = new DimScope()
  const names = [...used.symbols].sort()
  const scalars: ValueId[] = []
  const innerFacts = new FactTable(graph, (id) => inner.typeOf(id))
  for (const symbol of names) {
    const value = source.symbols.get(symbol)
    if (value === undefined) throw new Error(`symbol ${symbol} is not bound`)
    scalars.push(value)
    const param = inner.param(graph.values.get(value)!.type, symbol)
    scope.bind(symbol, param)
  }

  const site = { builder: inner, facts: innerFacts, scope, made: new Map<string, ValueId>() }
  const constant = (id: ValueId): void => {
    if (map.has(id) || !constants.has(id)) return
    const node = constants.get(id)!
    map.set(id, inner.op('prim::Constant', [], graph.values.get(id)!.type, node.range, { attributes: node.attributes }))
  }
  const translate = (fact: Fact): Fact => {
    if (Array.isArray(fact)) return fact.map((item: Fact) => translate(item))
    if (!isTensorValue(fact)) return fact
    constant(fact.value)
    return { ...fact, value: map.get(fact.value)! }
  }
  for (const node of needed) {
    if (constants.has(node.outputs[0]!)) {
      constant(node.outputs[0]!)
      continue
    }
    const { args } = facts.callOf(node)!
    const inputs = args.schema.params.map((param, i) => argumentValue(site, translate(args.values[i] as Fact), param.type, node.range))
    const results = inner.node(
      node.kind,
      inputs,
      node.outputs.map((id) => {
        const info = graph.values.get(id)!
        return { type: info.type, name: info.name }
      }),
      node.range,
      { attributes: node.attributes },
    )
    node.outputs.forEach((id, i) => {
      map.set(id, results[i]!)
    })
  }
  const subgraph = inner.finish(outputs.map((id) => map.get(id)!))
  source.builder.append('prim::Segment', [...tensors, ...scalars], outputs, range, {
    attributes: {
      ...(names.length > 0 ? { symbols: { kind: 'names' as const, value: names } } : {}),
      Subgraph: { kind: 'graph', graph: subgraph },
    },
  })
}

/** Nodes of the group that the outputs need, in order. */
function neededNodes({ facts }: SegmentSource, group: readonly Node[], outputs: readonly ValueId[]): readonly Node[] {
  const live = new Set(outputs)
  const need = (fact: Fact | undefined): void => {
    if (Array.isArray(fact)) fact.forEach(need)
    else if (isTensorValue(fact)) live.add(fact.value)
  }
  const kept: Node[] = []
  for (const node of [...group].reverse()) {
    if (!node.outputs.some((id) => live.has(id))) continue
    kept.push(node)
    for (const id of node.inputs) need(facts.factOf(id))
  }
  return kept.reverse()
}

/** Tensors that the nodes read, and every symbol of their shapes and operands. */
function usedFacts(
  { facts }: SegmentSource,
  nodes: readonly Node[],
): { readonly tensors: ReadonlySet<ValueId>; readonly symbols: ReadonlySet<string> } {
  const tensors = new Set<ValueId>()
  const symbols = new Set<string>()
  const addDims = (dims: readonly Dim[]): void => {
    for (const symbol of symbolsOf(...dims)) symbols.add(symbol.name)
  }
  const add = (fact: Fact | undefined): void => {
    if (Array.isArray(fact)) fact.forEach(add)
    else if (isTensorValue(fact)) {
      tensors.add(fact.value)
      addDims(fact.shape)
    } else if (typeof fact === 'object' && fact !== null) addDims([fact as Dim])
  }
  for (const node of nodes) {
    for (const id of node.inputs) add(facts.factOf(id))
    for (const id of node.outputs) {
      const fact = facts.factOf(id)
      if (isTensorValue(fact)) addDims(fact.shape)
    }
  }
  return { tensors, symbols }
}
