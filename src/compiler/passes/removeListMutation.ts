/**
 * In: any graph. After: a list that is made and appended to in one straight line of code is instead made again, longer, at each append
 * (TorchScript's pass of that name), so that its contents are known: `xs.push(y); torch.cat(xs)` needs no list at run time.
 * A list is left alone when a nested block, another container or an alias could see or make a change in between.
 */
import { GraphBuilder } from '../ir/builder.ts'
import type { Block, Graph, Node, Program, ValueId } from '../ir/graph.ts'
import { scalarCallOf } from '../ir/operatorCall.ts'
import { nodesOf, type Use, uses } from '../ir/walk.ts'
import { entryGraph, withEntry } from './pass.ts'

export function removeListMutation(program: Program): Program {
  const graph = entryGraph(program)
  const plans = new Set<ValueId>()
  const used = uses(graph)
  const collect = (block: Block): void => {
    for (const node of block.nodes) {
      const [output] = node.outputs
      if (node.kind === 'prim::ListConstruct') {
        const listUses = used.get(output!) ?? []
        if (canRewrite(graph, homeOf(block, listUses), listUses)) plans.add(output!)
      }
      node.blocks.forEach(collect)
    }
  }
  collect(graph.block)
  if (plans.size === 0) return program

  const builder = GraphBuilder.from(graph)
  const contents = new Map<ValueId, readonly ValueId[]>()
  const visit = (node: Node): void => {
    const [output] = node.outputs
    if (node.kind === 'prim::ListConstruct' && plans.has(output!)) contents.set(output!, node.inputs.map((id) => builder.resolve(id)))
    if (node.kind === 'aten::append' && plans.has(node.inputs[0]!)) {
      const list = node.inputs[0]!
      const items = [...contents.get(list)!, builder.resolve(node.inputs[1]!)]
      contents.set(list, items)
      const { type, name } = builder.info(list)
      const longer = builder.op('prim::ListConstruct', items, type, node.range, { name })
      builder.replaceUses(builder.resolve(list), longer)
      return
    }
    builder.emit(node, visit)
  }
  for (const node of graph.block.nodes) visit(node)
  return withEntry(program, builder.finish(graph.block.returns))
}

/** The innermost block that holds all uses and is entered at most once after the list was made: down through branches, never into loops. */
function homeOf(block: Block, listUses: readonly Use[]): Block {
  const holds = (b: Block): boolean => {
    const inside = new Set<Node | Block>([b])
    for (const node of nodesOf(b)) {
      inside.add(node)
      for (const inner of node.blocks) inside.add(inner)
    }
    return listUses.every((use) => inside.has('block' in use ? use.block : use.node))
  }
  for (const node of block.nodes) {
    if (node.kind !== 'prim::If') continue
    const arm = node.blocks.find(holds)
    if (arm) return homeOf(arm, listUses)
  }
  return block
}

/** Appends in the list's own block, reads anywhere after; a use that hands the list on must come after all appends and be the only one left. */
function canRewrite(graph: Graph, home: Block, listUses: readonly Use[]): boolean {
  const position = new Map<Node, number>()
  home.nodes.forEach((node, i) => {
    position.set(node, i)
    for (const block of node.blocks) for (const inner of nodesOf(block)) position.set(inner, i)
  })
  let lastAppend = -1
  let appends = 0
  let firstEscape = Number.POSITIVE_INFINITY
  let lastUse = -1
  for (const use of listUses) {
    if ('block' in use) {
      if (use.block === home) {
        firstEscape = Math.min(firstEscape, home.nodes.length)
        continue
      }
      return false
    }
    const at = position.get(use.node)
    if (at === undefined) return false
    lastUse = Math.max(lastUse, at)
    if (use.node.kind === 'aten::append' && use.input === 0) {
      if (!home.nodes.includes(use.node)) return false
      appends++
      lastAppend = Math.max(lastAppend, at)
    } else if (escapes(graph, use.node)) firstEscape = Math.min(firstEscape, at)
  }
  return appends > 0 && firstEscape > lastAppend && (firstEscape === Number.POSITIVE_INFINITY || firstEscape >= lastUse)
}

function escapes(graph: Graph, node: Node): boolean {
  if (node.kind === 'prim::ListUnpack' || node.kind === 'prim::Print') return false
  if (node.kind.startsWith('prim::')) return true
  const call = scalarCallOf(node, (id) => graph.values.get(id)!.type)
  return call ? call.op.effect === 'write' || node.kind === 'js::filled' : false
}
