/**
 * In: a graph after `propagateShapes`.
 * After: no node calls an operator whose implementation is a decomposition; each stands as the operators that the decomposition calls,
 * typed by their own shape rules and with the range of the call. Facts of the surrounding graph (symbols, constants) carry over.
 * Algorithm: the registry's decomposition run with graph values instead of tensors, depth first.
 */
import type { BoundArgs } from '../../ops/args.ts'
import { type Operator, OperatorError, type Ops } from '../../ops/operator.ts'
import { findOperator } from '../../ops/registry.ts'
import { bindValues } from '../../ops/valueDomain.ts'
import type { Block, Graph, Node, Program, SourceRange, ValueId } from '../ir/graph.ts'
import type { TensorValue } from '../ir/operatorCall.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import { entryGraph, PassError, withEntry } from './pass.ts'
import { CallBuilder } from './shapes/callBuilder.ts'

export function decomposeOperators(program: Program): Program {
  return withEntry(
    program,
    decomposeGraph(entryGraph(program), () => true),
  )
}

/** Decomposes the operators that `wanted` picks, and what their decompositions call. */
export const decomposeGraph = (graph: Graph, wanted: (operator: Operator) => boolean): Graph => new Decomposer(graph, wanted).run()

class Decomposer {
  private readonly graph: Graph
  private readonly calls: CallBuilder
  private readonly wanted: (operator: Operator) => boolean

  constructor(graph: Graph, wanted: (operator: Operator) => boolean) {
    this.graph = graph
    this.calls = new CallBuilder(graph)
    this.wanted = wanted
  }

  run(): Graph {
    this.visitNodes(this.graph.block.nodes)
    return this.calls.builder.finish(this.graph.block.returns)
  }

  private visitNodes(nodes: readonly Node[]): void {
    for (const node of nodes) {
      try {
        this.visit(node)
      } catch (error) {
        throw error instanceof OperatorError ? new PassError(error.code, error.message, node.range) : error
      }
    }
  }

  private visit(node: Node): void {
    const { builder, facts } = this.calls
    const resolved = { ...node, inputs: node.inputs.map((id) => builder.resolve(id)) }
    const call = node.blocks.length === 0 ? facts.callOf(resolved) : null
    if (call?.operator.implementation.kind === 'decompose' && this.wanted(call.operator)) {
      this.replace(node, this.decompose(call.operator, call.args, node.range))
      return
    }
    // Sizes that depend on data have other symbols where an operand was decomposed.
    if (call && call.operator.implementation.kind !== 'meta' && node.inputs.some((id, i) => this.isRetyped(id, resolved.inputs[i]!))) {
      this.replace(node, this.calls.emit(call.operator, call.args, node.range))
      return
    }
    if (node.blocks.length > 0) {
      const blocks = node.blocks.map((block) => this.copyBlock(block))
      builder.append(node.kind, node.inputs, node.outputs, node.range, { attributes: node.attributes, blocks })
    } else builder.emit(node)
    this.calls.record(resolved)
  }

  private isRetyped(id: ValueId, now: ValueId): boolean {
    const { builder } = this.calls
    return id !== now && builder.typeOf(id).kind === 'tensor' && !typeEqual(builder.typeOf(id), builder.typeOf(now))
  }

  private copyBlock(block: Block): Block {
    return this.calls.builder.block(() => {
      this.calls.scope.enter()
      for (const param of block.params) this.calls.builder.adoptParam(param)
      this.visitNodes(block.nodes)
      this.calls.scope.leave()
      return block.returns
    })
  }

  /** Results stand for the node's outputs; source names move over. */
  private replace(node: Node, results: readonly TensorValue[]): void {
    const { builder, facts } = this.calls
    const [only] = node.outputs
    if (node.outputs.length === 1 && builder.typeOf(only!).kind === 'list') {
      builder.append(
        'prim::ListConstruct',
        results.map((r) => r.value),
        node.outputs,
        node.range,
      )
      facts.set(only!, results)
      return
    }
    node.outputs.forEach((output, i) => {
      const result = results[i]!.value
      const { name } = builder.info(output)
      if (name !== null && builder.info(result).name === null) builder.setName(result, name)
      builder.replaceUses(output, result)
    })
  }

  private decompose(operator: Operator, args: BoundArgs<TensorValue>, range: SourceRange): readonly TensorValue[] {
    const { implementation } = operator
    if (implementation.kind !== 'decompose') return this.calls.emit(operator, args, range)
    const call: Ops<TensorValue>['callMany'] = (name, positional, named) => {
      const callee = findOperator(name)
      if (!callee) throw new Error(`the decomposition of ${operator.name} calls ${name}, which is no operator`)
      return this.decompose(callee, bindValues(callee, positional, named), range)
    }
    const ops: Ops<TensorValue> = { call: (name, positional, named) => call(name, positional, named)[0]!, callMany: call }
    const result = implementation.decompose(ops, args)
    return Array.isArray(result) ? (result as readonly TensorValue[]) : [result as TensorValue]
  }
}
