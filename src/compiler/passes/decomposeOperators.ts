/**
 * In: a graph after `propagateShapes`.
 * After: no node calls an operator whose implementation is a decomposition; each stands as the operators that the decomposition calls,
 * typed by their own shape rules and with the range of the call. Facts of the surrounding graph (symbols, constants) carry over.
 * Algorithm: the registry's decomposition run with graph values instead of tensors, depth first.
 */
import type { BoundArgs } from '../../ops/args.ts'
import { dimToString } from '../../ops/dimMath.ts'
import { type Operator, OperatorError, type Ops } from '../../ops/operator.ts'
import { findOperator } from '../../ops/registry.ts'
import { bindValues } from '../../ops/valueDomain.ts'
import { GraphBuilder } from '../ir/builder.ts'
import { FactTable } from '../ir/facts.ts'
import type { Block, Graph, Node, Program, SourceRange, ValueId } from '../ir/graph.ts'
import { isDimFact, type TensorValue, tensorTypeOf } from '../ir/operatorCall.ts'
import { entryGraph, PassError, withEntry } from './pass.ts'
import { type Guard, guardSizes, inferContext } from './shapes/analyzeShapes.ts'
import { argumentValue } from './shapes/argumentValue.ts'
import { bindSymbol, DimScope } from './shapes/materializeDims.ts'

export function decomposeOperators(program: Program): Program {
  return withEntry(program, new Decomposer(entryGraph(program)).run())
}

class Decomposer {
  private readonly graph: Graph
  readonly builder: GraphBuilder
  readonly facts: FactTable
  readonly scope = new DimScope()
  private freshCount = 0

  constructor(graph: Graph) {
    this.graph = graph
    this.builder = GraphBuilder.from(graph)
    this.facts = new FactTable(graph, (id) => this.builder.typeOf(id))
  }

  run(): Graph {
    this.visitNodes(this.graph.block.nodes)
    return this.builder.finish(this.graph.block.returns)
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
    const resolved = { ...node, inputs: node.inputs.map((id) => this.builder.resolve(id)) }
    const call = node.blocks.length === 0 ? this.facts.callOf(resolved) : null
    if (call?.operator.implementation.kind === 'decompose') {
      const results = this.decompose(call.operator, call.args, node.range)
      this.replace(node, results)
      return
    }
    if (node.blocks.length > 0) {
      const blocks = node.blocks.map((block) => this.copyBlock(block))
      this.builder.append(node.kind, node.inputs, node.outputs, node.range, { attributes: node.attributes, blocks })
    } else this.builder.emit(node)
    this.record(resolved)
  }

  private copyBlock(block: Block): Block {
    return this.builder.block(() => {
      this.scope.enter()
      for (const param of block.params) this.builder.adoptParam(param)
      this.visitNodes(block.nodes)
      this.scope.leave()
      return block.returns
    })
  }

  private record(node: Node): void {
    this.facts.record(node)
    const name = node.attributes.name
    if (node.kind === 'prim::Symbol' && name?.kind === 'name') this.scope.bind(name.value, node.outputs[0]!)
    if (node.kind === 'prim::Guard') {
      const relation = node.attributes.relation
      const [a, b] = node.inputs.map((id) => this.facts.factOf(id))
      if (relation?.kind === 'name' && isDimFact(a) && isDimFact(b))
        this.scope.bind(`guard ${dimToString(a)} ${relation.value} ${dimToString(b)}`, node.inputs[0]!)
    }
  }

  /** Results stand for the node's outputs; source names move over. */
  private replace(node: Node, results: readonly TensorValue[]): void {
    const { builder } = this
    const [only] = node.outputs
    if (node.outputs.length === 1 && builder.typeOf(only!).kind === 'list') {
      builder.append(
        'prim::ListConstruct',
        results.map((r) => r.value),
        node.outputs,
        node.range,
      )
      this.facts.set(only!, results)
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
    if (implementation.kind !== 'decompose') return this.emit(operator, args, range)
    const call: Ops<TensorValue>['callMany'] = (name, positional, named) => {
      const callee = findOperator(name)
      if (!callee) throw new Error(`the decomposition of ${operator.name} calls ${name}, which is no operator`)
      return this.decompose(callee, bindValues(callee, positional, named), range)
    }
    const ops: Ops<TensorValue> = { call: (name, positional, named) => call(name, positional, named)[0]!, callMany: call }
    const result = implementation.decompose(ops, args)
    return Array.isArray(result) ? (result as readonly TensorValue[]) : [result as TensorValue]
  }

  /** Appends a node for a call that needs no decomposition. */
  private emit(operator: Operator, args: BoundArgs<TensorValue>, range: SourceRange): readonly TensorValue[] {
    const { builder } = this
    const guards: Guard[] = []
    const metas = operator.infer(
      args,
      inferContext(guards, (hint) => ({ op: 'var', name: this.freshName(hint), type: 'int', min: 0 })),
    )
    for (const { shape } of metas) guardSizes(operator.name, shape, guards)
    for (const { a, b, relation, message } of guards) {
      // The call as a whole was guarded when its shapes were inferred; only what the decomposition adds is new.
      const key = `guard ${dimToString(a)} ${relation} ${dimToString(b)}`
      if (this.scope.isBound(key)) continue
      this.scope.bind(key, -1 as ValueId)
      const inputs = [this.scope.materialize(builder, a, range), this.scope.materialize(builder, b, range)]
      builder.append('prim::Guard', inputs, [], range, {
        attributes: { relation: { kind: 'name', value: relation }, message: { kind: 'name', value: message } },
      })
    }
    const inputs = args.schema.params.map((param, i) => argumentValue(this, args.values[i] ?? null, param.type, range))
    const outputs = builder.node(
      operator.name as Node['kind'],
      inputs,
      metas.map((meta) => ({ type: tensorTypeOf(meta) })),
      range,
    )
    for (const [i, meta] of metas.entries())
      for (const [axis, dim] of meta.shape.entries())
        if (typeof dim === 'object' && dim.op === 'var' && !this.scope.isBound(dim.name)) {
          const size = builder.op('aten::size', [outputs[i]!, builder.int(axis, range)], { kind: 'int' }, range)
          bindSymbol(builder, this.scope, dim.name, size, range)
        }
    return metas.map((meta, i) => ({ dtype: meta.dtype, shape: meta.shape, value: outputs[i]! }))
  }

  private freshName(hint: string): string {
    return `${hint}_d${this.freshCount++}`
  }
}
