/**
 * In: a graph before decomposition. After: a batch_norm in evaluation mode that alone reads a convolution (or linear on rows) with constant
 * weights is part of that convolution: `w' = w * gamma / sqrt(var + eps)`, `b' = (b - mean) * gamma / sqrt(var + eps) + beta` per output
 * channel, as torch.nn.utils.fusion.fuse_conv_bn_weights computes it (here in double precision, rounded once).
 */
import { constantOf, GraphBuilder } from '../ir/builder.ts'
import { FactTable } from '../ir/facts.ts'
import type { Graph, Node, Program, TensorConstant, ValueId } from '../ir/graph.ts'
import { type Fact, isTensorValue } from '../ir/operatorCall.ts'
import { definitions, uses } from '../ir/walk.ts'
import { makeConstant } from './foldConstants.ts'
import { entryGraph, withEntry } from './pass.ts'

const foldable = new Set(['aten::conv1d', 'aten::conv2d', 'aten::conv3d', 'aten::linear'])

interface Fold {
  readonly producer: Node
  readonly norm: Node
  readonly weight: TensorConstant
  readonly bias: TensorConstant
}

export function foldBatchNorm(program: Program): Program {
  const graph = entryGraph(program)
  const folds = findFolds(program, graph)
  if (folds.length === 0) return program
  const byProducer = new Map(folds.map((fold) => [fold.producer, fold]))
  const byNorm = new Map(folds.map((fold) => [fold.norm, fold]))
  const builder = GraphBuilder.from(graph)
  const visit = (node: Node): void => {
    const fold = byProducer.get(node)
    if (fold) {
      const [input, , , ...rest] = node.inputs
      const constant = (tensor: TensorConstant): ValueId =>
        builder.constant({ kind: 'tensor', id: tensor.id }, node.range, { kind: 'tensor', dtype: tensor.dtype, shape: tensor.shape })
      builder.append(node.kind, [input!, constant(fold.weight), constant(fold.bias), ...rest], node.outputs, node.range)
      return
    }
    const norm = byNorm.get(node)
    if (norm) builder.replaceUses(node.outputs[0]!, norm.producer.outputs[0]!)
    else builder.emit(node, visit)
  }
  for (const node of graph.block.nodes) visit(node)
  return withEntry(
    program,
    builder.finish(graph.block.returns),
    folds.flatMap((fold) => [fold.weight, fold.bias]),
  )
}

function findFolds(program: Program, graph: Graph): readonly Fold[] {
  const facts = new FactTable(graph)
  facts.recordAll(graph.block.nodes)
  const defined = definitions(graph)
  const used = uses(graph)
  const tensor = (fact: Fact | undefined): TensorConstant | null => {
    const node = isTensorValue(fact) ? defined.get(fact.value) : undefined
    const value = node?.kind === 'prim::Constant' ? constantOf(node) : null
    return value?.kind === 'tensor' ? (program.constants.get(value.id) ?? null) : null
  }
  const folds: Fold[] = []
  const taken = new Set<Node>()
  for (const norm of defined.values()) {
    if (norm.kind !== 'aten::batch_norm') continue
    const producer = defined.get(norm.inputs[0]!)
    if (!producer || !foldable.has(producer.kind) || taken.has(producer) || used.get(producer.outputs[0]!)?.length !== 1) continue
    const { args } = facts.callOf(norm)!
    const input = args.tensor('input')
    if (args.bool('training') || (producer.kind === 'aten::linear' && input.shape.length !== 2)) continue
    const call = facts.callOf(producer)!
    const weight = tensor(call.args.tensor('weight'))
    const bias = call.args.has('bias') ? tensor(call.args.tensor('bias')) : undefined
    const mean = tensor(args.tensorOrNull('running_mean'))
    const variance = tensor(args.tensorOrNull('running_var'))
    const gamma = args.has('weight') ? tensor(args.tensor('weight')) : undefined
    const beta = args.has('bias') ? tensor(args.tensor('bias')) : undefined
    // undefined: not given; null: given, but not a constant.
    if (!weight || !mean || !variance || bias === null || gamma === null || beta === null) continue
    if (weight.dtype !== 'float32') continue
    taken.add(producer)
    folds.push({ producer, norm, ...fold(weight, bias, mean, variance, gamma, beta, Number(args.scalar('eps'))) })
  }
  return folds
}

function fold(
  weight: TensorConstant,
  bias: TensorConstant | undefined,
  mean: TensorConstant,
  variance: TensorConstant,
  gamma: TensorConstant | undefined,
  beta: TensorConstant | undefined,
  eps: number,
): { readonly weight: TensorConstant; readonly bias: TensorConstant } {
  const channels = weight.shape[0]!
  const perChannel = weight.data.length / Math.max(channels, 1)
  const newWeight = new Float32Array(weight.data.length)
  const newBias = new Float32Array(channels)
  for (let c = 0; c < channels; c++) {
    const scale = (gamma ? gamma.data[c]! : 1) / Math.sqrt(variance.data[c]! + eps)
    for (let i = c * perChannel; i < (c + 1) * perChannel; i++) newWeight[i] = weight.data[i]! * scale
    newBias[c] = ((bias ? bias.data[c]! : 0) - mean.data[c]!) * scale + (beta ? beta.data[c]! : 0)
  }
  return {
    weight: makeConstant(weight.name, { dtype: 'float32', shape: weight.shape, data: newWeight }),
    bias: makeConstant(bias?.name ?? weight.name.replace(/weight$/, 'bias'), { dtype: 'float32', shape: [channels], data: newBias }),
  }
}
