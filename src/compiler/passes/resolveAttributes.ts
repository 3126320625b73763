/**
 * In: one function; prim::GetAttr on values of class type, classes described in `program.classes` by evaluation.
 * After: every attribute that is a constant (hyperparameters, weights, `training`) is a prim::Constant at its place; tensors keep their
 * state-dict identity through the constant's id and have their exact type. Attributes of class type remain for `eliminateDeadCode`.
 * Parameters of class type that nothing reads any more are dropped. Frozen weights are what TorchScript's `freeze` makes of parameters.
 */
import { GraphBuilder } from '../ir/builder.ts'
import type { Node, Program, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { uses } from '../ir/walk.ts'
import { entryGraph, PassError, withEntry } from './pass.ts'

export function resolveAttributes(program: Program): Program {
  const graph = entryGraph(program)
  const builder = GraphBuilder.from(graph)
  const visit = (node: Node): void => {
    const constant =
      node.kind === 'prim::GetAttr' ? constantAttribute(program, node, builder.typeOf(builder.resolve(node.inputs[0]!))) : null
    if (constant === null) {
      builder.emit(node, visit)
    } else {
      const output = node.outputs[0]!
      builder.append('prim::Constant', [], [output], node.range, {
        attributes: constant.value.kind === 'none' ? {} : { value: constant.value },
      })
      builder.setType(output, constant.type)
    }
  }
  for (const node of graph.block.nodes) visit(node)
  return dropUnusedReceivers(withEntry(program, builder.finish(graph.block.returns)))
}

function constantAttribute(program: Program, node: Node, receiver: Type) {
  if (receiver.kind === 'union' || (receiver.kind === 'class' && !isModule(program, receiver))) return null
  if (receiver.kind !== 'class') throw new Error(`prim::GetAttr on a value of type ${receiver.kind}`)
  const name = node.attributes.name
  const attribute =
    name?.kind === 'name' || name?.kind === 'string' ? program.classes.get(receiver.name)?.attributes.get(name.value) : undefined
  if (!attribute)
    throw new PassError(
      'S1204',
      `${receiver.name} has no attribute '${name && 'value' in name ? String(name.value) : '?'}' that is known at build time`,
      node.range,
    )
  const { constant } = attribute
  if (constant === null) return null
  if (constant.kind !== 'tensor') return { value: constant, type: attribute.type }
  const tensor = program.constants.get(constant.id)
  if (!tensor) throw new Error(`no data for constant ${constant.id} (${name && 'value' in name ? String(name.value) : '?'})`)
  return { value: constant, type: { kind: 'tensor', dtype: tensor.dtype, shape: tensor.shape } satisfies Type }
}

const isModule = (program: Program, type: Type): boolean => type.kind === 'class' && !program.classes.get(type.name)?.object

function dropUnusedReceivers(program: Program): Program {
  const graph = entryGraph(program)
  // Nodes that only lead from module to submodule are dead once the attributes they led to are constants.
  const dead = new Set<ValueId>()
  const used = uses(graph)
  const isDead = (id: ValueId): boolean =>
    isModule(program, graph.values.get(id)!.type) &&
    (used.get(id) ?? []).every((use) => 'node' in use && use.node.kind === 'prim::GetAttr' && isDead(use.node.outputs[0]!))
  for (const id of graph.values.keys()) if (isDead(id)) dead.add(id)
  if (dead.size === 0) return program
  const builder = GraphBuilder.from(graph, { keepParams: false })
  for (const param of graph.block.params) if (!dead.has(param)) builder.adoptParam(param)
  const visit = (node: Node): void => {
    if (node.outputs.length === 1 && dead.has(node.outputs[0]!)) return
    builder.emit(node, visit)
  }
  for (const node of graph.block.nodes) visit(node)
  return withEntry(program, builder.finish(graph.block.returns))
}
