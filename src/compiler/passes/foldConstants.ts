/**
 * In: any graph, best after `propagateShapes`. After: a scalar, list or string whose value is known is a prim::Constant; a tensor operator
 * on constants alone is the constant it gives, when that is no larger than what went in (or small).
 * Scalars are evaluated by the scalar operator table, tensors by the eager reference (`context.evaluate`).
 */
import { BoundArgs } from '../../ops/args.ts'
import type { ArgValue, DenseTensor } from '../../ops/operator.ts'
import { hashContent } from '../artifact/hash.ts'
import { constantOf, GraphBuilder } from '../ir/builder.ts'
import { effectOf } from '../ir/effects.ts'
import { FactTable } from '../ir/facts.ts'
import type { ConstantId, ConstantValue, Node, Program, TensorConstant, ValueId } from '../ir/graph.ts'
import { type Fact, isTensorValue } from '../ir/operatorCall.ts'
import type { Type } from '../ir/types.ts'
import { entryGraph, type PassContext, withEntry } from './pass.ts'

/** Results up to this many elements are folded even when they are larger than their operands. */
const smallElements = 1024

export function foldConstants(program: Program, context: PassContext): Program {
  const graph = entryGraph(program)
  const builder = GraphBuilder.from(graph)
  const facts = new FactTable(graph, (id) => builder.typeOf(id))
  const tensors = new Map<ValueId, TensorConstant>()
  const made: TensorConstant[] = []

  const foldScalar = (node: Node): ConstantValue | undefined => {
    if (node.kind === 'prim::Constant' || node.kind.startsWith('prim::') || node.outputs.length !== 1 || node.blocks.length > 0)
      return undefined
    const fact = facts.factOf(node.outputs[0]!)
    return fact === undefined ? undefined : constantOfFact(fact, builder.typeOf(node.outputs[0]!))
  }

  const foldTensors = (node: Node): readonly TensorConstant[] | undefined => {
    if (!context.evaluate || node.blocks.length > 0 || effectOf(node, (id) => builder.typeOf(id)) !== 'pure') return undefined
    const call = facts.callOf(node)
    // A view of a weight costs nothing where it is read; a copy of it would be stored.
    if (!call || call.operator.implementation.kind === 'meta' || call.operator.implementation.kind === 'view') return undefined
    const operands: TensorConstant[] = []
    const args: (ArgValue<DenseTensor> | undefined)[] = call.args.values.map((arg) => concrete(arg as Fact, tensors, operands))
    if (operands.length === 0 || args.includes(undefined)) return undefined
    const results = context.evaluate(call.operator, new BoundArgs(call.operator.name, call.args.schema, args as ArgValue<DenseTensor>[]))
    if (!results || results.length !== node.outputs.length) return undefined
    const size = (list: readonly DenseTensor[]): number => list.reduce((sum, { data }) => sum + data.byteLength, 0)
    if (size(results) > Math.max(size(operands), 4 * smallElements)) return undefined
    return results.map((result) => makeConstant(operands[0]!.name, result))
  }

  const visit = (original: Node): void => {
    const node: Node = { ...original, inputs: original.inputs.map((id) => builder.resolve(id)) }
    if (node.kind === 'prim::Constant') {
      const value = constantOf(node)
      const constant = value.kind === 'tensor' ? (program.constants.get(value.id) ?? made.find((c) => c.id === value.id)) : undefined
      if (constant) tensors.set(node.outputs[0]!, constant)
    }
    facts.record(node)
    const scalar = foldScalar(node)
    if (scalar) {
      builder.append('prim::Constant', [], node.outputs, node.range, { attributes: scalar.kind === 'none' ? {} : { value: scalar } })
      return
    }
    const folded = foldTensors(node)
    if (folded) {
      folded.forEach((constant, i) => {
        const output = node.outputs[i]!
        made.push(constant)
        tensors.set(output, constant)
        builder.append('prim::Constant', [], [output], node.range, { attributes: { value: { kind: 'tensor', id: constant.id } } })
        builder.setType(output, { kind: 'tensor', dtype: constant.dtype, shape: constant.shape })
      })
      return
    }
    builder.emit(original, visit)
  }
  for (const node of graph.block.nodes) visit(node)
  return withEntry(program, builder.finish(graph.block.returns), made)
}

/** A fact as a constant of a type, or undefined when it is symbolic. */
export function constantOfFact(fact: Fact, type: Type): ConstantValue | undefined {
  const target = type.kind === 'optional' ? type.element : type
  if (fact === null) return { kind: 'none' }
  if (typeof fact === 'boolean') return { kind: 'bool', value: fact }
  // An int that is -0 has no literal.
  if (typeof fact === 'number')
    return target.kind === 'float' || (target.kind === 'int' && !Object.is(fact, -0)) ? { kind: target.kind, value: fact } : undefined
  if (typeof fact === 'string')
    return target.kind === 'dtype'
      ? { kind: 'dtype', value: fact as never }
      : target.kind === 'string'
        ? { kind: 'string', value: fact }
        : undefined
  return undefined
}

/** An argument with its tensors' data, or undefined when some part of it is not known now. */
function concrete(arg: Fact, tensors: ReadonlyMap<ValueId, TensorConstant>, operands: TensorConstant[]): ArgValue<DenseTensor> | undefined {
  if (isTensorValue(arg)) {
    const constant = tensors.get(arg.value)
    if (constant) operands.push(constant)
    return constant
  }
  if (Array.isArray(arg)) {
    const items = arg.map((item: Fact) => concrete(item, tensors, operands))
    return items.includes(undefined) ? undefined : (items as unknown as ArgValue<DenseTensor>)
  }
  return typeof arg === 'object' && arg !== null ? undefined : (arg as ArgValue<DenseTensor>)
}

/** A new frozen tensor; equal contents have equal ids. */
export function makeConstant(name: string, tensor: DenseTensor): TensorConstant {
  const bytes = new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength)
  const id = hashContent(tensor.dtype, tensor.shape.join(','), bytes) as ConstantId
  return { id, name, dtype: tensor.dtype, shape: tensor.shape, data: tensor.data }
}
