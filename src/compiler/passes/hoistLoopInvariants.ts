/**
 * In: any graph, best before segments are formed. After: a pure node of a loop's body whose inputs are made outside of the loop stands
 * before the loop. Nodes inside of a branch stay, and so does everything that may throw, draws random numbers or makes a list that may
 * change. Views that only the body reads stay as well: they cost nothing where they are, and a view of a weight would become a value
 * that is handed to every iteration. Algorithm: innermost loops first, each body in order.
 */
import { findOperator } from '../../ops/registry.ts'
import { GraphBuilder } from '../ir/builder.ts'
import { effectOf } from '../ir/effects.ts'
import type { Block, Node, Program, ValueId } from '../ir/graph.ts'
import { entryGraph, withEntry } from './pass.ts'
import { frozenLists } from './shapes/frozenLists.ts'

export function hoistLoopInvariants(program: Program): Program {
  const graph = entryGraph(program)
  const builder = GraphBuilder.from(graph)
  const frozen = frozenLists(graph)
  const typeOf = (id: ValueId) => graph.values.get(id)!.type
  const mayMove = (node: Node): boolean =>
    node.blocks.length === 0 &&
    node.kind !== 'prim::Uninitialized' &&
    effectOf(node, typeOf) === 'pure' &&
    node.outputs.every((id) => typeOf(id).kind !== 'list' || frozen.has(id))

  /** The block with inner loops rid of their invariants; what an inner loop gives up stands before it. */
  const clean = (block: Block): Block => ({ ...block, nodes: block.nodes.flatMap(hoisted) })

  const hoisted = (node: Node): readonly Node[] => {
    if (node.blocks.length === 0) return [node]
    const blocks = node.blocks.map(clean)
    if (node.kind !== 'prim::Loop') return [{ ...node, blocks }]
    const body = blocks[0]!
    const inside = new Set<ValueId>(body.params)
    const before: Node[] = []
    const stay: Node[] = []
    for (const inner of body.nodes) {
      if (mayMove(inner) && !inner.inputs.some((id) => inside.has(id))) before.push(inner)
      else {
        stay.push(inner)
        for (const output of inner.outputs) inside.add(output)
      }
    }
    const [moved, views] = withoutViews(before)
    return [...moved, { ...node, blocks: [{ ...body, nodes: [...views, ...stay] }] }]
  }

  for (const node of graph.block.nodes.flatMap(hoisted)) builder.emit(node)
  return withEntry(program, builder.finish(graph.block.returns))
}

/** What is worth moving, and the views that nothing of it reads; both in order. */
function withoutViews(nodes: readonly Node[]): readonly [moved: readonly Node[], views: readonly Node[]] {
  const read = new Set<ValueId>()
  const isView = (node: Node): boolean =>
    findOperator(node.kind)?.implementation.kind === 'view' && !node.outputs.some((output) => read.has(output))
  const [moved, views]: [Node[], Node[]] = [[], []]
  for (const node of [...nodes].reverse()) {
    if (isView(node)) views.unshift(node)
    else {
      moved.unshift(node)
      for (const input of node.inputs) read.add(input)
    }
  }
  return [moved, views]
}
