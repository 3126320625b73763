/**
 * Appends operator calls to a graph under construction: arguments from facts, result types by the operator's shape rule, guards for what only
 * the run can decide, symbols bound where a call makes them. What passes that write new tensor code build on.
 */
import type { BoundArgs } from '../../../ops/args.ts'
import { dimToString } from '../../../ops/dimMath.ts'
import type { ArgValue, Operator } from '../../../ops/operator.ts'
import { findOperator } from '../../../ops/registry.ts'
import { bindValues } from '../../../ops/valueDomain.ts'
import { GraphBuilder } from '../../ir/builder.ts'
import { FactTable } from '../../ir/facts.ts'
import type { Graph, Node, SourceRange } from '../../ir/graph.ts'
import { isDimFact, type TensorValue, tensorTypeOf } from '../../ir/operatorCall.ts'
import { argumentValue } from './argumentValue.ts'
import { type Guard, guardSizes, inferContext } from './guards.ts'
import { bindSymbol, DimScope } from './materializeDims.ts'

const guardKey = (a: string, relation: string, b: string): string => `guard ${a} ${relation} ${b}`

export class CallBuilder {
  readonly builder: GraphBuilder
  readonly facts: FactTable
  readonly scope = new DimScope()
  private freshCount = 0

  constructor(graph: Graph) {
    this.builder = GraphBuilder.from(graph)
    this.facts = new FactTable(graph, (id) => this.builder.typeOf(id))
  }

  /** Notes a node that was emitted: its facts, the symbol it binds, the guard it is. */
  record(node: Node): void {
    this.facts.record(node)
    const name = node.attributes.name
    if (node.kind === 'prim::Symbol' && name?.kind === 'name') this.scope.bind(name.value, node.outputs[0]!)
    if (node.kind !== 'prim::Guard') return
    const relation = node.attributes.relation
    const [a, b] = node.inputs.map((id) => this.facts.factOf(id))
    if (relation?.kind === 'name' && isDimFact(a) && isDimFact(b))
      this.scope.bind(guardKey(dimToString(a), relation.value, dimToString(b)), node.inputs[0]!)
  }

  /** A call by name, as decompositions make them. */
  call(
    name: string,
    positional: readonly ArgValue<TensorValue>[],
    range: SourceRange,
    named?: { readonly [name: string]: ArgValue<TensorValue> },
  ): readonly TensorValue[] {
    const operator = findOperator(name)
    if (!operator) throw new Error(`${name} is no operator`)
    return this.emit(operator, bindValues(operator, positional, named), range)
  }

  emit(operator: Operator, args: BoundArgs<TensorValue>, range: SourceRange): readonly TensorValue[] {
    const { builder, scope } = this
    const guards: Guard[] = []
    const metas = operator.infer(
      args,
      inferContext(guards, (hint) => ({ op: 'var', name: `${hint}_d${this.freshCount++}`, type: 'int', min: 0 })),
    )
    for (const { shape } of metas) guardSizes(operator.name, shape, guards)
    for (const guard of guards) this.guard(guard, range)
    const inputs = args.schema.params.map((param, i) => argumentValue(this, args.values[i] ?? null, param.type, range))
    const outputs = builder.node(
      operator.name as Node['kind'],
      inputs,
      metas.map((meta) => ({ type: tensorTypeOf(meta) })),
      range,
    )
    for (const [i, meta] of metas.entries())
      for (const [axis, dim] of meta.shape.entries())
        if (typeof dim === 'object' && dim.op === 'var' && !scope.isBound(dim.name)) {
          const size = builder.op('aten::size', [outputs[i]!, builder.int(axis, range)], { kind: 'int' }, range)
          bindSymbol(builder, scope, dim, size, range)
        }
    return metas.map((meta, i) => ({ dtype: meta.dtype, shape: meta.shape, value: outputs[i]! }))
  }

  /** Guards that were passed on the way here are not repeated. */
  private guard({ a, b, relation, message }: Guard, range: SourceRange): void {
    const key = guardKey(dimToString(a), relation, dimToString(b))
    if (this.scope.isBound(key)) return
    const inputs = [this.scope.materialize(this.builder, a, range), this.scope.materialize(this.builder, b, range)]
    this.scope.bind(key, inputs[0]!)
    this.builder.append('prim::Guard', inputs, [], range, {
      attributes: { relation: { kind: 'name', value: relation }, message: { kind: 'name', value: message } },
    })
  }
}
