/**
 * In: a decomposed graph with shapes and bound symbols.
 * After: every tensor operator that runs on a device stands in a prim::Segment (ir/segment.ts); between segments there are only scalars,
 * containers, control flow, guards and host operators. prim::Symbol nodes are gone: segments name their symbols.
 * Algorithm: list scheduling of each block with two kinds of work. All host nodes that are ready run first, then all device nodes
 * that become ready form one segment; so a block without host work in between is one segment. Nodes with effects keep their order, and
 * device work follows the guards that precede it. Unoptimised: one segment an operator, in source order.
 */
import { symbolsOf } from '../../ops/dimMath.ts'
import { GraphBuilder } from '../ir/builder.ts'
import { effectOf } from '../ir/effects.ts'
import { FactTable } from '../ir/facts.ts'
import type { Block, Graph, Node, Program, ValueId } from '../ir/graph.ts'
import { type Fact, isTensorValue, operatorOf } from '../ir/operatorCall.ts'
import { freeValues, nodesOf, uses } from '../ir/walk.ts'
import { removeDead } from './eliminateDeadCode.ts'
import { entryGraph, type PassContext, withEntry } from './pass.ts'
import { buildSegment } from './segments/buildSegment.ts'

export function formSegments(program: Program, context: PassContext): Program {
  const graph = removeDead(entryGraph(program), false)
  const former = new SegmentFormer(graph, context.options.optimize)
  return withEntry(program, removeDead(withoutSymbols(former.run()), true))
}

class SegmentFormer {
  private readonly graph: Graph
  private readonly builder: GraphBuilder
  private readonly facts: FactTable
  private readonly merge: boolean
  /** Tensor constants, by value: copied into each segment that reads them. */
  private readonly constants = new Map<ValueId, Node>()
  /** Values of bound symbols, by name. */
  private readonly symbols = new Map<string, ValueId>()
  /** Lists and scalar arithmetic that only feed device work: they are made again inside of segments, from facts. */
  private readonly absorbed = new Set<Node>()
  private count = 0

  constructor(graph: Graph, merge: boolean) {
    this.graph = graph
    this.builder = GraphBuilder.from(graph)
    this.facts = new FactTable(graph)
    this.merge = merge
    this.facts.recordAll(graph.block.nodes)
    for (const node of nodesOf(graph.block)) {
      const [output] = node.outputs
      if (node.kind === 'prim::Constant' && graph.values.get(output!)!.type.kind === 'tensor') this.constants.set(output!, node)
      const name = node.attributes.name
      if (node.kind === 'prim::Symbol' && name?.kind === 'name') this.symbols.set(name.value, output!)
    }
    this.absorb()
  }

  private typeOf(id: ValueId) {
    return this.graph.values.get(id)!.type
  }

  private absorb(): void {
    const used = uses(this.graph)
    const nodes = [...nodesOf(this.graph.block)].reverse()
    for (const node of nodes) {
      // A tensor made between segments (by a host operator, a narrowed element of an array): no fact stands for it.
      if (operatorOf(node, (id) => this.typeOf(id))?.implementation.kind === 'host') continue
      if (!this.isDevice(node) && node.outputs.some((id) => this.typeOf(id).kind === 'tensor')) continue
      if (node.blocks.length > 0 || this.isDevice(node) || effectOf(node, (id) => this.typeOf(id)) !== 'pure') continue
      const onlyDevice = node.outputs.every((id) =>
        (used.get(id) ?? []).every((use) => 'node' in use && (this.isDevice(use.node) || this.absorbed.has(use.node))),
      )
      if (onlyDevice && node.outputs.every((id) => this.standsFor(id, this.facts.factOf(id)))) this.absorbed.add(node)
    }
  }

  /** Whether a fact says all of a value: a tensor that only the node itself gives (one of a path that is not taken) is none. */
  private standsFor(id: ValueId, fact: Fact | undefined): boolean {
    return fact !== undefined && !(isTensorValue(fact) && fact.value === id)
  }

  run(): Graph {
    this.schedule(this.graph.block)
    return this.builder.finish(this.graph.block.returns)
  }

  /** Whether a node is work of a segment: a tensor operator that neither runs on the host nor only asks for metadata. */
  private isDevice(node: Node): boolean {
    if (this.constants.has(node.outputs[0]!)) return true
    const operator = operatorOf(node, (id) => this.typeOf(id))
    if (!operator || operator.mutates) return false
    const { kind } = operator.implementation
    return kind === 'compute' || kind === 'view' || kind === 'kernel'
  }

  private schedule(block: Block): void {
    const pending = new Set(block.nodes.filter((node) => !this.absorbed.has(node)))
    const waitsFor = this.dependencies(block)
    const done = new Set<Node>()
    const ready = (node: Node, extra?: ReadonlySet<Node>): boolean => waitsFor.get(node)!.every((d) => done.has(d) || extra?.has(d))
    while (pending.size > 0) {
      let progress = false
      for (const node of block.nodes) {
        if (!pending.has(node) || this.isDevice(node) || !ready(node)) continue
        if (!this.merge && this.precedesDevice(block, node, pending)) break
        this.host(node)
        pending.delete(node)
        done.add(node)
        progress = true
      }
      const group = new Set<Node>()
      for (const node of block.nodes) {
        if (!pending.has(node) || !this.isDevice(node) || !ready(node, group)) continue
        group.add(node)
        if (!this.merge && !this.constants.has(node.outputs[0]!)) break
      }
      if (group.size > 0) {
        this.segment(block, [...group], pending)
        for (const node of group) {
          pending.delete(node)
          done.add(node)
        }
        progress = true
      }
      if (!progress) throw new Error('formSegments: nodes wait for each other')
    }
  }

  /** In source order: a host node runs after all device nodes before it. */
  private precedesDevice(block: Block, node: Node, pending: ReadonlySet<Node>): boolean {
    for (const other of block.nodes) {
      if (other === node) return false
      if (pending.has(other) && this.isDevice(other)) return true
    }
    return false
  }

  /** Nodes of the same block that must run before each node: definitions of what it uses, earlier effects, earlier guards. */
  private dependencies(block: Block): ReadonlyMap<Node, readonly Node[]> {
    const definedBy = new Map<ValueId, Node>()
    const result = new Map<Node, readonly Node[]>()
    const guards: Node[] = []
    let lastEffect: Node | null = null
    const earlier: Node[] = []
    for (const node of block.nodes) {
      // Whatever reads the tensor's old contents runs before they are replaced.
      const needs = new Set<Node>(assigns(node) ? earlier.filter((other) => !this.absorbed.has(other)) : [])
      earlier.push(node)
      const use = (id: ValueId): void => {
        const definition = definedBy.get(id)
        if (!definition) return
        if (this.absorbed.has(definition)) definition.inputs.forEach(use)
        else needs.add(definition)
      }
      if (this.isDevice(node)) for (const id of node.inputs) this.tensorsOf(this.facts.factOf(id)).forEach(use)
      else node.inputs.forEach(use)
      for (const inner of node.blocks) freeValues(inner).forEach(use)
      // Shapes and operands of inner work mention symbols that are bound out here.
      for (const name of this.symbolsIn(node)) {
        const symbol = this.symbols.get(name)
        if (symbol !== undefined) use(symbol)
      }
      const effect = effectOf(node, (id) => this.typeOf(id))
      const ordered = effect === 'write' || effect === 'random' || effect === 'throw' || effect === 'read'
      if (ordered && lastEffect) needs.add(lastEffect)
      if (this.isDevice(node) || node.blocks.length > 0) for (const guard of guards) needs.add(guard)
      if (ordered) lastEffect = node
      if (node.kind === 'prim::Guard') guards.push(node)
      for (const output of node.outputs) definedBy.set(output, node)
      needs.delete(node)
      result.set(node, [...needs])
    }
    return result
  }

  private tensorsOf(fact: Fact | undefined): readonly ValueId[] {
    if (Array.isArray(fact)) return fact.flatMap((item: Fact) => this.tensorsOf(item))
    return isTensorValue(fact) ? [fact.value] : []
  }

  private symbolsIn(node: Node): ReadonlySet<string> {
    const names = new Set<string>()
    const add = (fact: Fact | undefined): void => {
      if (Array.isArray(fact)) fact.forEach(add)
      else if (isTensorValue(fact)) for (const symbol of symbolsOf(...fact.shape)) names.add(symbol.name)
      else if (typeof fact === 'object' && fact !== null)
        for (const symbol of symbolsOf(fact as Parameters<typeof symbolsOf>[0])) names.add(symbol.name)
    }
    const visit = (inner: Node): void => {
      if (inner.kind === 'prim::Symbol') return
      if (this.isDevice(inner)) for (const id of [...inner.inputs, ...inner.outputs]) add(this.facts.factOf(id))
      for (const block of inner.blocks) block.nodes.forEach(visit)
    }
    visit(node)
    return names
  }

  private host(node: Node): void {
    if (node.blocks.length === 0) {
      this.builder.emit(node)
      return
    }
    const blocks = node.blocks.map((block) =>
      this.builder.block(() => {
        for (const param of block.params) this.builder.adoptParam(param)
        this.schedule(block)
        return block.returns
      }),
    )
    this.builder.append(node.kind, node.inputs, node.outputs, node.range, { attributes: node.attributes, blocks })
  }

  private segment(block: Block, group: readonly Node[], pending: ReadonlySet<Node>): void {
    const inGroup = new Set(group)
    const outside = new Set<ValueId>(block.returns)
    for (const node of block.nodes) {
      if (inGroup.has(node) || !pending.has(node)) continue
      if (this.isDevice(node)) {
        // A constant is copied into each segment; only host nodes and control flow read it from outside.
        for (const id of node.inputs)
          for (const tensor of this.tensorsOf(this.facts.factOf(id))) if (!this.constants.has(tensor)) outside.add(tensor)
        continue
      }
      const read = (id: ValueId): void => {
        outside.add(id)
        for (const tensor of this.tensorsOf(this.facts.factOf(id))) outside.add(tensor)
      }
      node.inputs.forEach(read)
      for (const inner of node.blocks) freeValues(inner).forEach(read)
    }
    const made = new Set(group.flatMap((node) => node.outputs))
    const outputs = [...made].filter((id) => outside.has(id) && !(this.constants.has(id) && !this.constantNeeded(id, block)))
    if (outputs.length === 0) return
    buildSegment(
      { builder: this.builder, graph: this.graph, facts: this.facts, constants: this.constants, symbols: this.symbols },
      `segment${this.count++}`,
      group,
      outputs,
    )
  }

  /** Whether something other than device work reads a constant: then a segment must hand it out. */
  private constantNeeded(id: ValueId, block: Block): boolean {
    const needs = (b: Block): boolean =>
      b.returns.includes(id) ||
      b.nodes.some((node) => (!this.isDevice(node) && !this.absorbed.has(node) && node.inputs.includes(id)) || node.blocks.some(needs))
    return needs(block)
  }
}

const assigns = (node: Node): boolean =>
  node.kind === 'js::assign_' || node.blocks.some((block) => [...nodesOf(block)].some((inner) => inner.kind === 'js::assign_'))

/** Replaces prim::Symbol nodes by what they name. */
function withoutSymbols(graph: Graph): Graph {
  const builder = GraphBuilder.from(graph)
  const visit = (node: Node): void => {
    if (node.kind === 'prim::Symbol') builder.replaceUses(node.outputs[0]!, node.inputs[0]!)
    else builder.emit(node, visit)
  }
  for (const node of graph.block.nodes) visit(node)
  return builder.finish(graph.block.returns)
}
