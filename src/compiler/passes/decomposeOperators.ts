/**
 * In: a graph after `propagateShapes`.
 * After: no node calls an operator whose implementation is a decomposition; each stands as the operators that the decomposition calls,
 * typed by their own shape rules and with the range of the call. Facts of the surrounding graph (symbols, constants) carry over.
 * Algorithm: the registry's decomposition run with graph values instead of tensors, depth first.
 */
import { BoundArgs } from '../../ops/args.ts'
import type { Dim } from '../../ops/dim.ts'
import { type ArgValue, type Operator, OperatorError, type Ops } from '../../ops/operator.ts'
import { findOperator } from '../../ops/registry.ts'
import type { SchemaType } from '../../ops/schema.ts'
import { bindValues } from '../../ops/valueDomain.ts'
import { GraphBuilder } from '../ir/builder.ts'
import { FactTable } from '../ir/facts.ts'
import type { Block, ConstantValue, Graph, Node, Program, SourceRange, ValueId } from '../ir/graph.ts'
import { type Fact, isTensorValue, type TensorValue, tensorTypeOf } from '../ir/operatorCall.ts'
import type { Type } from '../ir/types.ts'
import { entryGraph, PassError, withEntry } from './pass.ts'
import { type Guard, inferContext } from './shapes/analyzeShapes.ts'
import { bindSymbol, DimScope } from './shapes/materializeDims.ts'

export function decomposeOperators(program: Program): Program {
  return withEntry(program, new Decomposer(entryGraph(program)).run())
}

class Decomposer {
  private readonly graph: Graph
  private readonly builder: GraphBuilder
  private readonly facts: FactTable
  private readonly scope = new DimScope()
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
  }

  /** Results stand for the node's outputs; source names move over. */
  private replace(node: Node, results: readonly TensorValue[]): void {
    const { builder } = this
    const [only] = node.outputs
    if (node.outputs.length === 1 && builder.typeOf(only!).kind === 'list') {
      builder.append('prim::ListConstruct', results.map((r) => r.value), node.outputs, node.range)
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
    for (const { a, b, relation, message } of guards) {
      const inputs = [this.scope.materialize(builder, a, range), this.scope.materialize(builder, b, range)]
      builder.append('prim::Guard', inputs, [], range, {
        attributes: { relation: { kind: 'name', value: relation }, message: { kind: 'name', value: message } },
      })
    }
    const inputs = args.schema.params.map((param, i) => this.valueOf(args.values[i] ?? null, param.type, range))
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

  /** An argument as an SSA value. */
  private valueOf(arg: ArgValue<TensorValue> | Fact, type: SchemaType, range: SourceRange): ValueId {
    const { builder } = this
    if (isTensorValue(arg as Fact)) return (arg as TensorValue).value
    const inner = type.t === 'optional' ? type.element : type
    if (Array.isArray(arg)) {
      const element = inner.t === 'list' ? inner.element : inner
      const items = arg.map((item: Fact) => this.valueOf(item, element, range))
      const list = builder.op('prim::ListConstruct', items, { kind: 'list', element: irType(element) }, range)
      this.facts.freeze(list)
      this.facts.set(list, arg as readonly Fact[])
      return list
    }
    if (typeof arg === 'object' && arg !== null) {
      const value = this.scope.materialize(builder, arg as Dim, range)
      this.facts.set(value, arg as Dim)
      return value
    }
    const constant = builder.constant(constantArg(arg as number | boolean | string | null, inner), range)
    this.facts.set(constant, arg as Fact)
    return constant
  }
}

function constantArg(arg: number | boolean | string | null, type: SchemaType): ConstantValue {
  if (arg === null) return { kind: 'none' }
  if (typeof arg === 'boolean') return { kind: 'bool', value: arg }
  if (typeof arg === 'string') return type.t === 'dtype' ? { kind: 'dtype', value: arg as Extract<ConstantValue, { kind: 'dtype' }>['value'] } : { kind: 'string', value: arg }
  const float = type.t === 'float' || !Number.isInteger(arg)
  return { kind: float ? 'float' : 'int', value: arg }
}

function irType(type: SchemaType): Type {
  switch (type.t) {
    case 'tensor':
      return { kind: 'tensor', dtype: null, shape: null }
    case 'int':
    case 'float':
    case 'bool':
    case 'dtype':
      return { kind: type.t }
    case 'scalar':
      return { kind: 'float' }
    case 'str':
    case 'opaque':
      return { kind: 'string' }
    case 'optional':
      return { kind: 'optional', element: irType(type.element) }
    case 'list':
      return { kind: 'list', element: irType(type.element) }
    default:
      return type satisfies never
  }
}
