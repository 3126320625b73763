/**
 * In: any graph. After: of pure nodes that compute the same from the same values, only the first stands, where it dominates the others.
 * Nodes that make a new identity (lists that may change) and random operators are kept, and so are two tensors that both leave the program:
 * the caller may write to one of them. Algorithm: hashing with scopes that nest like blocks.
 */
import { GraphBuilder } from '../ir/builder.ts'
import { effectOf } from '../ir/effects.ts'
import type { Attribute, Block, Graph, Node, Program, ValueId } from '../ir/graph.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import { entryGraph, withEntry } from './pass.ts'
import { frozenLists } from './shapes/frozenLists.ts'

export function eliminateCommonSubexpressions(program: Program): Program {
  const graph = entryGraph(program)
  const builder = GraphBuilder.from(graph)
  const frozen = frozenLists(graph)
  const leaving = leavingValues(graph)
  const typeOf = (id: ValueId) => builder.typeOf(id)
  const scopes: Map<string, Node>[] = [new Map()]

  const bothLeave = (a: ValueId, b: ValueId): boolean => typeOf(a).kind === 'tensor' && leaving.has(a) && leaving.has(b)

  const mergeable = (node: Node): boolean => {
    if (node.blocks.length > 0 || node.outputs.length === 0 || node.kind === 'prim::Uninitialized') return false
    const effect = effectOf(node, typeOf)
    if (effect !== 'pure' && effect !== 'throw') return false
    return node.outputs.every((id) => typeOf(id).kind !== 'list' || frozen.has(id))
  }

  const visit = (original: Node): void => {
    const node: Node = { ...original, inputs: original.inputs.map((id) => builder.resolve(id)) }
    if (!mergeable(node)) {
      builder.append(node.kind, node.inputs, node.outputs, node.range, {
        attributes: node.attributes,
        blocks: node.blocks.map((block) => {
          scopes.push(new Map())
          const copy = builder.copyBlock(block, visit)
          scopes.pop()
          return copy
        }),
      })
      return
    }
    const key = `${node.kind}(${node.inputs.join()})${attributesKey(node)}`
    const known = findIn(scopes, key)
    if (
      known &&
      known.outputs.length === node.outputs.length &&
      known.outputs.every((id, i) => typeEqual(typeOf(id), typeOf(node.outputs[i]!)) && !bothLeave(id, node.outputs[i]!))
    ) {
      node.outputs.forEach((id, i) => {
        const { name } = builder.info(id)
        if (name !== null && builder.info(known.outputs[i]!).name === null) builder.setName(known.outputs[i]!, name)
        builder.replaceUses(id, known.outputs[i]!)
      })
      return
    }
    if (!known) scopes[scopes.length - 1]!.set(key, node)
    builder.emit(original)
  }
  for (const node of graph.block.nodes) visit(node)
  return withEntry(program, builder.finish(graph.block.returns))
}

/** Values that are returned, from the program or a block, alone or inside of something. */
function leavingValues(graph: Graph): ReadonlySet<ValueId> {
  const leaving = new Set<ValueId>()
  const visit = (block: Block): void => {
    for (const id of block.returns) leaving.add(id)
    for (const node of block.nodes) {
      if (containers.has(node.kind)) for (const id of node.inputs) leaving.add(id)
      node.blocks.forEach(visit)
    }
  }
  visit(graph.block)
  return leaving
}

const containers = new Set(['prim::TupleConstruct', 'prim::ListConstruct', 'prim::DictConstruct', 'prim::CreateObject', 'aten::append'])

function findIn(scopes: readonly ReadonlyMap<string, Node>[], key: string): Node | undefined {
  for (let i = scopes.length - 1; i >= 0; i--) {
    const found = scopes[i]!.get(key)
    if (found) return found
  }
  return undefined
}

const attributesKey = (node: Node): string =>
  Object.entries(node.attributes)
    .map(([name, attribute]) => `${name}=${attribute.kind}:${textOf(attribute)}`)
    .join()

function textOf(attribute: Attribute): string {
  switch (attribute.kind) {
    case 'graph':
      return `graph ${attribute.graph.name}`
    case 'none':
      return ''
    case 'tensor':
      return attribute.id
    case 'int':
    case 'float':
      return numberKey(attribute.value)
    case 'ints':
    case 'floats':
      return attribute.value.map(numberKey).join(' ')
    default:
      return JSON.stringify(attribute.value)
  }
}

/** JSON has one text for both zeros, and for all that is not finite. */
const numberKey = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))
