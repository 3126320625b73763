/**
 * In: the subgraph of a prim::Segment, whose tensors all have dtype and shape, and the names of its scalars.
 * After: buffers and stages with the same meaning, one or more stages an operator, nothing fused. Views cost nothing: they are
 * arithmetic on accesses. Inputs and outputs are dense and row-major; what lies between is in the layout that its operators like.
 */
import type { Args, StridedMeta, TensorMeta } from '../../../ops/operator.ts'
import { OperatorError } from '../../../ops/operator.ts'
import { contiguousStrides, numel } from '../../../ops/shape.ts'
import { constantOf } from '../../ir/builder.ts'
import type { ConstantId, Graph, Node, SourceRange, TensorConstant, ValueId } from '../../ir/graph.ts'
import { tensorFact } from '../../ir/operatorCall.ts'
import { segmentFacts } from '../../ir/segment.ts'
import { isRowMajor } from '../access.ts'
import type { Access, SegmentProgram } from '../stage.ts'
import { LoweringContext } from './context.ts'
import { isKernelOp, lowerKernelOp } from './kernelOps.ts'
import { lowerCompute } from './lowerCompute.ts'

/** A failure while lowering, at the operator that caused it. */
export class LoweringError extends Error {
  readonly range: SourceRange
  override readonly cause: unknown
  constructor(cause: unknown, range: SourceRange) {
    super(cause instanceof Error ? cause.message : String(cause))
    this.name = 'LoweringError'
    this.range = range
    this.cause = cause
  }
}

export function lowerSegment(graph: Graph, symbols: readonly string[], constants: ReadonlyMap<ConstantId, TensorConstant>): SegmentProgram {
  const context = new LoweringContext(constants)
  const facts = segmentFacts(graph, symbols)
  const tensorCount = graph.block.params.length - symbols.length
  const inputs = graph.block.params.slice(0, tensorCount).map((id, i) => {
    const access = inputAccess(context, graph, id, i)
    context.setAccess(id, access)
    return access
  })
  const scalars = graph.block.params.slice(tensorCount).map((id, i) => {
    const { type } = graph.values.get(id)!
    if (type.kind !== 'int' && type.kind !== 'float' && type.kind !== 'bool')
      throw new Error(`internal error: symbol ${symbols[i]} has type ${type.kind}`)
    return { name: symbols[i]!, type: type.kind }
  })
  for (const node of graph.block.nodes) {
    try {
      if (node.kind === 'prim::Constant') lowerConstant(context, node)
      else {
        const call = facts.callOf(node)
        if (call) lowerOperator(context, graph, node, call)
        else if (!isScalarNode(graph, node)) throw new Error(`internal error: ${node.kind} in a segment`)
      }
    } catch (error) {
      throw error instanceof LoweringError ? error : new LoweringError(error, node.range)
    }
  }
  const outputs = graph.block.returns.map((id, i) => outputAccess(context, graph, id, i, graph.block.returns))
  return { name: graph.name, buffers: context.buffers, inputs, outputs, scalars, stages: context.stages }
}

/** Scalars and lists are facts, not work. */
const isScalarNode = (graph: Graph, node: Node): boolean => node.outputs.every((id) => graph.values.get(id)!.type.kind !== 'tensor')

const metaOf = (graph: Graph, id: ValueId): TensorMeta => {
  const info = graph.values.get(id)!
  const meta = tensorFact(info.type, id)
  if (!meta) throw new Error(`internal error: the shape of ${info.name ?? `value ${id}`} is not known`)
  return { dtype: meta.dtype, shape: meta.shape }
}

const nameOf = (graph: Graph, id: ValueId, fallback: string): string => graph.values.get(id)?.name ?? fallback

function inputAccess(context: LoweringContext, graph: Graph, id: ValueId, index: number): Access {
  const meta = metaOf(graph, id)
  const { id: buffer } = context.buffer(nameOf(graph, id, `input${index}`), meta.dtype, numel(meta.shape), 'input')
  return { buffer, ...meta, strides: contiguousStrides(meta.shape), offset: 0 }
}

function lowerConstant(context: LoweringContext, node: Node): void {
  const value = constantOf(node)
  if (value.kind === 'tensor') context.setAccess(node.outputs[0]!, context.weight(value.id))
}

type Call = NonNullable<ReturnType<ReturnType<typeof segmentFacts>['callOf']>>

function lowerOperator(context: LoweringContext, graph: Graph, node: Node, { operator, args }: Call): void {
  const outputs = node.outputs.map((id) => metaOf(graph, id))
  const { implementation } = operator
  const names = node.outputs.map((id) => nameOf(graph, id, operator.name.replace(/^\w+::/, '')))
  const results = (() => {
    switch (implementation.kind) {
      case 'compute':
        return lowerCompute(context, operator.name, implementation.compute(args, outputs), args, outputs, names)
      case 'view':
        return lowerView(
          context,
          (self) => implementation.view(self, args as unknown as Args<TensorMeta>, outputs),
          args.tensor('self').value,
          outputs,
          names,
        )
      case 'kernel': {
        if (!isKernelOp(operator.name)) throw new OperatorError('S6001', `${operator.name} has no kernel yet`)
        return lowerKernelOp(operator.name, { context, args, outputs, names })
      }
      default:
        throw new Error(`internal error: ${operator.name} (${implementation.kind}) in a segment`)
    }
  })()
  node.outputs.forEach((id, i) => {
    context.setAccess(id, results[i]!)
  })
}

/** A view of what is there; where its strides cannot say it, of a dense copy. */
function lowerView(
  context: LoweringContext,
  view: (self: StridedMeta) => readonly StridedMeta[] | null,
  self: ValueId,
  outputs: readonly TensorMeta[],
  names: readonly string[],
): readonly Access[] {
  const access = context.accessOf(self)
  const direct = viewOrNull(view, access, isRowMajor(access))
  const source = direct ? access : context.dense(access, names[0])
  const views = direct ?? viewOrNull(view, source, true)
  if (!views) {
    // A copy that is already dense (`contiguous` of a slice with an offset): the copy itself is the result.
    return [context.dense(source, names[0])]
  }
  return views.map((layout, i) => ({
    buffer: source.buffer,
    dtype: source.dtype,
    shape: outputs[i]!.shape,
    strides: layout.strides,
    offset: layout.offset,
  }))
}

/** `view` refuses strides that PyTorch's eager layout would not have: then a copy is made. On dense storage a refusal is the user's. */
function viewOrNull(
  view: (self: StridedMeta) => readonly StridedMeta[] | null,
  self: Access,
  mayThrow: boolean,
): readonly StridedMeta[] | null {
  try {
    return view(self)
  } catch (error) {
    if (error instanceof OperatorError && !mayThrow) return null
    throw error
  }
}

/** Outputs are whole dense temporaries of their own; anything else is copied into one. */
function outputAccess(context: LoweringContext, graph: Graph, id: ValueId, index: number, all: readonly ValueId[]): Access {
  const access = context.accessOf(id)
  const declaration = context.declarationOf(access.buffer)
  const isOwn = declaration.role === 'temporary' && isRowMajor(access) && access.offset === 0 && sameSize(access, declaration.size)
  const firstUse = all.indexOf(id) === index
  if (isOwn && firstUse) {
    context.buffers[declaration.id] = { ...declaration, role: 'output' }
    return access
  }
  const meta = metaOf(graph, id)
  const { id: buffer } = context.buffer(nameOf(graph, id, `output${index}`), meta.dtype, numel(meta.shape), 'output')
  const target: Access = { buffer, ...meta, strides: contiguousStrides(meta.shape), offset: 0 }
  context.copy(access, target)
  return target
}

const sameSize = (access: Access, size: TensorMeta['shape'][number]): boolean =>
  JSON.stringify(numel(access.shape)) === JSON.stringify(size)
