/**
 * In: any graph. After: every node, block parameter and result of control flow is needed by a return or an effect.
 * What may throw stays (its call must throw still), symbols stay while the shapes that mention them may be needed (until segments are
 * formed: `dropSymbols`). Algorithm: mark and sweep over values, loops to a fixpoint.
 */
import { GraphBuilder } from '../ir/builder.ts'
import { effectOf } from '../ir/effects.ts'
import type { Block, Graph, Node, Program, ValueId } from '../ir/graph.ts'
import { entryGraph, withEntry } from './pass.ts'

export function eliminateDeadCode(program: Program): Program {
  return withEntry(program, removeDead(entryGraph(program), false))
}

export function removeDead(graph: Graph, dropSymbols: boolean): Graph {
  const live = new Set<ValueId>()
  const kept = new Set<Node>()
  const typeOf = (id: ValueId) => graph.values.get(id)!.type
  const hasEffect = (node: Node): boolean => {
    const effect = effectOf(node, typeOf)
    return effect === 'write' || effect === 'random' || effect === 'throw' || (effect === 'symbol' && !dropSymbols)
  }
  let changed = true
  const mark = (id: ValueId): void => {
    if (!live.has(id)) {
      live.add(id)
      changed = true
    }
  }
  const visit = (block: Block): void => {
    for (let i = block.nodes.length - 1; i >= 0; i--) {
      const node = block.nodes[i]!
      const needed =
        node.outputs.some((id) => live.has(id)) ||
        (node.blocks.length > 0 ? node.blocks.some((b) => b.nodes.some((n) => kept.has(n))) : hasEffect(node))
      if (node.kind === 'prim::If' || node.kind === 'prim::Loop') {
        if (needed || hasEffect(node)) keepControl(node)
      } else if (needed) keep(node)
    }
  }
  const keep = (node: Node): void => {
    if (!kept.has(node)) {
      kept.add(node)
      changed = true
    }
    node.inputs.forEach(mark)
  }
  const keepControl = (node: Node): void => {
    if (!kept.has(node)) {
      kept.add(node)
      changed = true
    }
    mark(node.inputs[0]!)
    if (node.kind === 'prim::If') {
      for (const block of node.blocks) {
        node.outputs.forEach((output, i) => {
          if (live.has(output)) mark(block.returns[i]!)
        })
        visit(block)
      }
      return
    }
    const block = node.blocks[0]!
    mark(node.inputs[1]!)
    mark(block.returns[0]!)
    node.outputs.forEach((output, i) => {
      if (!live.has(output) && !live.has(block.params[i + 1]!)) return
      mark(node.inputs[i + 2]!)
      mark(block.returns[i + 1]!)
      mark(block.params[i + 1]!)
    })
    visit(block)
  }
  graph.block.returns.forEach(mark)
  while (changed) {
    changed = false
    visit(graph.block)
  }
  return sweep(graph, kept, live)
}

function sweep(graph: Graph, kept: ReadonlySet<Node>, live: ReadonlySet<ValueId>): Graph {
  const builder = GraphBuilder.from(graph)
  const copy = (nodes: readonly Node[]): void => {
    for (const node of nodes) if (kept.has(node)) emit(node)
  }
  const emit = (node: Node): void => {
    if (node.kind !== 'prim::If' && node.kind !== 'prim::Loop') return void builder.emit(node)
    const loop = node.kind === 'prim::Loop'
    // A loop's result is kept when its parameter is live too: another iteration may read it.
    const used = node.outputs.map((output, i) => live.has(output) || (loop && live.has(node.blocks[0]!.params[i + 1]!)))
    const pick = <T>(items: readonly T[], from: number): T[] => items.filter((_, i) => i < from || used[i - from])
    const blocks = node.blocks.map((block) =>
      builder.block(() => {
        for (const param of loop ? pick(block.params, 1) : block.params) builder.adoptParam(param)
        copy(block.nodes)
        return pick(block.returns, loop ? 1 : 0)
      }),
    )
    builder.append(node.kind, loop ? pick(node.inputs, 2) : node.inputs, pick(node.outputs, 0), node.range, {
      attributes: node.attributes,
      blocks,
    })
  }
  copy(graph.block.nodes)
  return builder.finish(graph.block.returns)
}
