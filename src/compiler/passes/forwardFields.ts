/**
 * In: the entry; records made by prim::CreateObject and read by prim::GetAttr. Fields that any function writes are left alone.
 * After: a field read from a record whose making is in sight is the value it was made with, so that tensors in records keep their
 * types; records that nothing else sees are left to `eliminateDeadCode`. Algorithm: one walk in order of definition.
 */
import { GraphBuilder } from '../ir/builder.ts'
import type { Node, Program, ValueId } from '../ir/graph.ts'
import { nodesOf, writtenFields } from '../ir/walk.ts'
import { entryGraph, withEntry } from './pass.ts'

export function forwardFields(program: Program): Program {
  const graph = entryGraph(program)
  const objects = new Map<ValueId, Node>()
  for (const node of nodesOf(graph.block)) if (node.kind === 'prim::CreateObject') objects.set(node.outputs[0]!, node)
  if (objects.size === 0) return program
  const written = writtenFields(program.functions.values())
  const builder = GraphBuilder.from(graph)
  const visit = (node: Node): void => {
    const made = node.kind === 'prim::GetAttr' ? objects.get(builder.resolve(node.inputs[0]!)) : undefined
    const { names } = made?.attributes ?? {}
    const { name } = node.attributes
    const field = names?.kind === 'names' && name?.kind === 'name' && !written.has(name.value) ? names.value.indexOf(name.value) : -1
    if (made && field >= 0) builder.replaceUses(node.outputs[0]!, made.inputs[field]!)
    else builder.emit(node, visit)
  }
  for (const node of graph.block.nodes) visit(node)
  return withEntry(program, builder.finish(graph.block.returns))
}
