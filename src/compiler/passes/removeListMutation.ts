/**
 * In: any graph. After: a list whose contents are known wherever it is used is instead made again, longer, at each append (TorchScript's
 * pass of that name), so that `xs.push(y); torch.cat(xs)` needs no list at run time; shorter where `pop` takes the last (the skips of a U-Net).
 * A list is left alone when a loop changes it, when it is used after branches that leave it different, or when another container or
 * name could see a later change. Algorithm: for each list one walk over the code that follows it, then one rewriting walk.
 */
import { GraphBuilder } from '../ir/builder.ts'
import type { Block, Graph, Node, Program, ValueId } from '../ir/graph.ts'
import { scalarCallOf } from '../ir/operatorCall.ts'
import { freeValues, nodesOf } from '../ir/walk.ts'
import { entryGraph, withEntry } from './pass.ts'

export function removeListMutation(program: Program): Program {
  const graph = entryGraph(program)
  const lists = findLists(graph)
  return lists.size === 0 ? program : withEntry(program, rewrite(graph, lists))
}

/** Lists that change and are of known contents at every use. */
function findLists(graph: Graph): ReadonlySet<ValueId> {
  const found = new Set<ValueId>()
  const collect = (block: Block): void => {
    block.nodes.forEach((node, i) => {
      if (node.kind === 'prim::ListConstruct') {
        const walk = new ListWalk(graph, node.outputs[0]!)
        walk.block(block, i + 1)
        if (walk.known && walk.changes > 0) found.add(node.outputs[0]!)
      }
      node.blocks.forEach(collect)
    })
  }
  collect(graph.block)
  return found
}

/** Follows one list through the code after it. */
class ListWalk {
  known = true
  changes = 0
  private readonly graph: Graph
  private readonly list: ValueId
  /** Which contents the list has now; null after branches that differ. */
  private version: number | null = 0
  private escaped = false

  constructor(graph: Graph, list: ValueId) {
    this.graph = graph
    this.list = list
  }

  block(block: Block, from: number): void {
    for (const node of block.nodes.slice(from)) this.node(node)
    if (!block.returns.includes(this.list)) return
    // Handing it out of the function is the last use there is; out of a block it gets another name.
    if (block === this.graph.block && this.version !== null && !this.escaped) this.escaped = true
    else this.known = false
  }

  private node(node: Node): void {
    if ((node.kind === 'aten::append' || node.kind === 'aten::pop') && node.inputs[0] === this.list) {
      this.touch()
      this.version = ++this.changes
      if (node.inputs[1] === this.list) this.known = false
      return
    }
    if (node.inputs.includes(this.list)) {
      this.touch()
      if (escapes(this.graph, node)) this.escaped = true
    }
    if (node.kind === 'prim::If') {
      const before = { version: this.version, escaped: this.escaped }
      const after = node.blocks.map((arm) => {
        this.version = before.version
        this.escaped = before.escaped
        this.block(arm, 0)
        return { version: this.version, escaped: this.escaped }
      })
      this.version = after[0]!.version === after[1]!.version ? after[0]!.version : null
      this.escaped = after.some((arm) => arm.escaped)
    } else if (node.blocks.length > 0 && node.blocks.some((inner) => freeValues(inner).has(this.list))) {
      this.touch()
      const inner = node.blocks.flatMap((body) => [...nodesOf(body)])
      const blocks = [...node.blocks, ...inner.flatMap((n) => n.blocks)]
      const changes = inner.some((n) => n.inputs.includes(this.list) && (n.kind === 'aten::append' || escapes(this.graph, n)))
      if (changes || blocks.some((b) => b.returns.includes(this.list))) this.known = false
    }
  }

  /** A use: the contents must be known, and nobody else may hold the list. */
  private touch(): void {
    if (this.version === null || this.escaped) this.known = false
  }
}

function rewrite(graph: Graph, lists: ReadonlySet<ValueId>): Graph {
  const builder = GraphBuilder.from(graph)
  const visitBlock = (block: Block, outer: ReadonlyMap<ValueId, ListState>): Block =>
    builder.block(() => {
      for (const param of block.params) builder.adoptParam(param)
      const state = new Map(outer)
      for (const node of block.nodes) visit(node, state)
      return block.returns.map((id) => state.get(id)?.value ?? id)
    })
  const visit = (node: Node, state: Map<ValueId, ListState>): void => {
    const [output] = node.outputs
    if (node.kind === 'prim::ListConstruct' && lists.has(output!)) state.set(output!, { value: output!, items: node.inputs })
    const list = node.kind === 'aten::append' ? state.get(node.inputs[0]!) : undefined
    if (list) {
      const { type, name } = builder.info(node.inputs[0]!)
      const item = state.get(node.inputs[1]!)?.value ?? node.inputs[1]!
      const items = [...list.items, item]
      state.set(node.inputs[0]!, { value: builder.op('prim::ListConstruct', items, type, node.range, { name }), items })
      return
    }
    const stack = node.kind === 'aten::pop' ? state.get(node.inputs[0]!) : undefined
    if (stack) {
      const { type, name } = builder.info(node.inputs[0]!)
      const last = stack.items.at(-1)
      const items = stack.items.slice(0, -1)
      builder.replaceUses(output!, last ?? builder.constant({ kind: 'none' }, node.range, builder.typeOf(output!)))
      state.set(node.inputs[0]!, { value: builder.op('prim::ListConstruct', items, type, node.range, { name }), items })
      return
    }
    if (node.kind === 'aten::_unwrap_optional' && builder.typeOf(builder.resolve(node.inputs[0]!)).kind !== 'optional') {
      builder.replaceUses(output!, node.inputs[0]!)
      return
    }
    const inputs = node.inputs.map((id) => state.get(id)?.value ?? id)
    const blocks = node.blocks.map((block) => visitBlock(block, state))
    builder.append(node.kind, inputs, node.outputs, node.range, { attributes: node.attributes, blocks })
  }
  const state = new Map<ValueId, ListState>()
  for (const node of graph.block.nodes) visit(node, state)
  return builder.finish(graph.block.returns.map((id) => state.get(id)?.value ?? id))
}

interface ListState {
  readonly value: ValueId
  readonly items: readonly ValueId[]
}

function escapes(graph: Graph, node: Node): boolean {
  if (node.kind === 'prim::ListUnpack' || node.kind === 'prim::Print' || node.kind === 'prim::If') return false
  if (node.kind.startsWith('prim::')) return true
  const call = scalarCallOf(node, (id) => graph.values.get(id)!.type)
  return call ? call.op.effect === 'write' || node.kind === 'js::filled' : false
}
