/**
 * In: one function with resolved attributes; parameters typed with dtype and (symbolic) shape.
 * After: every tensor value that a tensor operator makes has dtype and shape; requests for metadata are constants or computed from
 * symbols; branches on known conditions are gone; elements of lists that never change are used directly; an operator with a list
 * result has its tensors as outputs, followed by a prim::ListConstruct. Each symbol that types or operands mention is bound: prim::Symbol
 * (the identity) names the SSA scalar it stands for. Requirements that only the run can decide are prim::Guard nodes before the operator.
 * An operator that does not take its arguments: PassError with the operator's code at the node's range.
 * Algorithm: abstract interpretation to a fixpoint (shapes/analyzeShapes.ts), then one rewriting walk. May run again at any time.
 */
import type { Dim } from '../../ops/dim.ts'
import { dimToString, symbolsOf } from '../../ops/dimMath.ts'
import { GraphBuilder } from '../ir/builder.ts'
import type { Block, ConstantValue, Graph, Node, Program, SourceRange, ValueId } from '../ir/graph.ts'
import { type Fact, hasTensor, isDimFact, isTensorValue, operatorOf } from '../ir/operatorCall.ts'
import { eraseShapes } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import { definitions } from '../ir/walk.ts'
import { simplifyGraph, unrollToKnowShapes } from './controlFlow/simplifyGraph.ts'
import { entryGraph, PassError, withEntry } from './pass.ts'
import { removeListMutation } from './removeListMutation.ts'
import { ShapeAnalysis } from './shapes/analyzeShapes.ts'
import type { Guard } from './shapes/guards.ts'
import { bindSymbol, DimScope } from './shapes/materializeDims.ts'

export function propagateShapes(program: Program): Program {
  try {
    return propagate(program)
  } catch (error) {
    // A loop that changes ranks, or builds a list, may be one that need not stay a loop.
    if (!(error instanceof PassError) || (error.code !== 'S3101' && error.code !== 'S3002')) throw error
    const unrolled = simplifyGraph(entryGraph(program), unrollToKnowShapes, true)
    if (unrolled === null) throw error
    return propagate(removeListMutation(withEntry(program, unrolled)))
  }
}

function propagate(program: Program): Program {
  const graph = forgetShapes(entryGraph(program))
  const builder = GraphBuilder.from(graph)
  const analysis = new ShapeAnalysis(program, graph, builder)
  analysis.run()
  return withEntry(program, new Rewriter(graph, builder, analysis).run())
}

/** Undoes an earlier run: bindings and guards go, types say again only what the operators do not know. */
function forgetShapes(graph: Graph): Graph {
  const builder = GraphBuilder.from(graph)
  const params = new Set(graph.block.params)
  for (const [id, { type }] of graph.values) if (!params.has(id)) builder.setType(id, eraseShapes(type))
  const visit = (node: Node): void => {
    if (node.kind === 'prim::Symbol') builder.replaceUses(node.outputs[0]!, node.inputs[0]!)
    else if (node.kind !== 'prim::Guard') builder.emit(node, visit)
  }
  for (const node of graph.block.nodes) visit(node)
  return builder.finish(graph.block.returns)
}

class Rewriter {
  private readonly graph: Graph
  private readonly builder: GraphBuilder
  private readonly analysis: ShapeAnalysis
  private readonly definitions: ReadonlyMap<ValueId, Node>
  private readonly scope = new DimScope()
  private readonly needed = new Set<string>()
  /** Tuples made here: their parts are used directly. */
  private readonly tuples = new Map<ValueId, readonly ValueId[]>()

  constructor(graph: Graph, builder: GraphBuilder, analysis: ShapeAnalysis) {
    this.graph = graph
    this.builder = builder
    this.analysis = analysis
    this.definitions = definitions(graph)
    // Containers keep their declared types: what their elements are is a matter of the analysis.
    for (const [id, type] of analysis.types) if (!isContainer(type)) builder.setType(id, type)
  }

  run(): Graph {
    this.collectNeeded(this.graph.block)
    const range = this.graph.block.nodes[0]?.range ?? { file: '', start: 0, end: 0, line: 0, column: 0 }
    for (const param of this.graph.block.params) this.bindValue(param, range)
    for (const param of this.graph.block.params) this.guardParameter(param, range)
    for (const node of this.graph.block.nodes) this.rewrite(node)
    return this.builder.finish(this.graph.block.returns)
  }

  /** Symbols of tensor types, of operands of tensor operators and of guards. */
  private collectNeeded(block: Block): void {
    const need = (fact: Fact | undefined): void => {
      if (Array.isArray(fact)) fact.forEach(need)
      else if (isTensorValue(fact)) this.needDims(fact.shape)
      else if (typeof fact === 'object' && fact !== null) this.needDims([fact as Dim])
    }
    for (const param of block.params) need(this.analysis.typeOf(param).kind === 'tensor' ? this.analysis.factOf(param) : undefined)
    for (const node of block.nodes) {
      const live = this.analysis.liveArm.get(node.id)
      node.blocks.forEach((inner, i) => {
        if (live === undefined || live === i) this.collectNeeded(inner)
      })
      for (const output of node.outputs) if (this.analysis.typeOf(output).kind === 'tensor') need(this.analysis.factOf(output))
      for (const { a, b } of this.analysis.guards.get(node.id) ?? []) this.needDims([a, b])
      if (!operatorOf(node, (id) => this.analysis.typeOf(id))) continue
      for (const input of node.inputs) need(this.analysis.factOf(input))
      for (const output of node.outputs) need(this.analysis.facts.get(output))
    }
  }

  private needDims(dims: readonly Dim[]): void {
    for (const symbol of symbolsOf(...dims)) this.needed.add(symbol.name)
  }

  private rewrite(node: Node): void {
    const { builder, analysis } = this
    const live = analysis.liveArm.get(node.id)
    if (live !== undefined) {
      const arm = node.blocks[live]!
      for (const inner of arm.nodes) this.rewrite(inner)
      node.outputs.forEach((output, i) => {
        builder.replaceUses(output, arm.returns[i]!)
      })
      return
    }
    if (this.rewriteKnown(node)) return
    for (const guard of analysis.guards.get(node.id) ?? []) this.emitGuard(guard, node.range)
    const parts = analysis.parts.get(node.id)
    if (parts) {
      builder.append(node.kind, node.inputs, parts, node.range, { attributes: node.attributes })
      for (const part of parts) this.bindValue(part, node.range)
      builder.append('prim::ListConstruct', parts, node.outputs, node.range)
      return
    }
    const blocks = node.blocks.map((block) =>
      builder.block(() => {
        this.scope.enter()
        for (const param of block.params) builder.adoptParam(param)
        for (const param of block.params) if (!this.replaceKnown(param, node.range)) this.bindValue(param, node.range)
        for (const inner of block.nodes) this.rewrite(inner)
        this.scope.leave()
        return block.returns
      }),
    )
    const kind = analysis.listForms.get(node.id) ?? node.kind
    const operator = operatorOf(node, (id) => analysis.typeOf(id))
    const inputs = operator ? node.inputs.map((id) => this.operand(id, node.range)) : node.inputs
    builder.append(kind, inputs, node.outputs, node.range, { attributes: node.attributes, blocks })
    for (const output of node.outputs) if (blocks.length === 0 || !this.replaceKnown(output, node.range)) this.bindValue(output, node.range)
  }

  /** What a join is known to be stands for it: later walks over the graph know only what they see computed. */
  private replaceKnown(id: ValueId, range: SourceRange): boolean {
    const value = this.knownScalar(id, range)
    if (value === undefined) return false
    this.builder.replaceUses(id, value)
    return true
  }

  /** A number that turned out to be constant (`n - n`), though what it is computed of is not. */
  private operand(id: ValueId, range: SourceRange): ValueId {
    const fact = this.analysis.facts.get(id)
    const constant = typeof fact === 'number' || typeof fact === 'boolean'
    return constant && this.definitions.get(id)?.kind !== 'prim::Constant' ? (this.knownScalar(id, range) ?? id) : id
  }

  private knownScalar(id: ValueId, range: SourceRange): ValueId | undefined {
    const type = this.analysis.typeOf(id)
    const fact = this.analysis.facts.get(id)
    if (fact === undefined || (type.kind !== 'int' && type.kind !== 'float' && type.kind !== 'bool')) return undefined
    if (isDimFact(fact) && symbolsOf(fact).some((symbol) => !this.scope.isBound(symbol.name))) return undefined
    return this.valueOf(fact, type, range)
  }

  /** Nodes whose value is known: metadata becomes constants or arithmetic on symbols, elements of frozen lists are used directly. */
  private rewriteKnown(node: Node): boolean {
    const { builder, analysis } = this
    if (node.kind === 'prim::ListUnpack') {
      const fact = analysis.facts.get(node.inputs[0]!)
      if (!Array.isArray(fact) || !fact.every(isTensorValue)) return false
      node.outputs.forEach((output, i) => {
        builder.replaceUses(output, (fact[i] as { readonly value: ValueId }).value)
      })
      return true
    }
    const [output] = node.outputs
    if (node.kind === 'aten::_unwrap_optional' && !['optional', 'none'].includes(analysis.typeOf(node.inputs[0]!).kind)) {
      builder.replaceUses(output!, node.inputs[0]!)
      return true
    }
    const tuple = node.inputs[0] === undefined ? undefined : this.tuples.get(builder.resolve(node.inputs[0]))
    if (tuple && node.kind === 'prim::TupleUnpack') {
      node.outputs.forEach((id, i) => {
        builder.replaceUses(id, tuple[i]!)
      })
      return true
    }
    if (tuple && node.kind === 'prim::TupleIndex') {
      const index = analysis.facts.get(node.inputs[1]!)
      if (typeof index === 'number' && tuple[index] !== undefined) {
        builder.replaceUses(output!, tuple[index])
        return true
      }
    }
    if (node.kind === 'prim::TupleConstruct') this.tuples.set(output!, node.inputs)
    if (output === undefined || node.outputs.length > 1 || node.blocks.length > 0 || node.kind === 'prim::Constant') return false
    if (node.kind === 'aten::__getitem__' || node.kind === 'prim::TupleIndex') {
      const [list, index] = node.inputs.map((id) => analysis.facts.get(id))
      const element = Array.isArray(list) && typeof index === 'number' ? (list[index] as Fact | undefined) : undefined
      if (isTensorValue(element)) {
        builder.replaceUses(output, element.value)
        return true
      }
    }
    const operator = operatorOf(node, (id) => analysis.typeOf(id))
    if (operator?.implementation.kind !== 'meta' && node.kind !== 'prim::dtype') return false
    const fact = analysis.facts.get(output)
    const value = fact === undefined ? undefined : this.valueOf(fact, analysis.typeOf(output), node.range)
    if (value === undefined) return false
    builder.replaceUses(output, value)
    return true
  }

  private valueOf(fact: Fact, type: Type, range: SourceRange): ValueId | undefined {
    if (Array.isArray(fact)) {
      const element: Type = type.kind === 'list' ? type.element : { kind: 'int' }
      const items = fact.map((item: Fact) => this.valueOf(item, element, range))
      return items.some((item) => item === undefined) ? undefined : this.builder.op('prim::ListConstruct', items as ValueId[], type, range)
    }
    if (isTensorValue(fact)) return undefined
    if (typeof fact === 'object' && fact !== null) return this.scope.materialize(this.builder, fact as Dim, range)
    const constant = scalarConstant(fact as number | boolean | string | null, type)
    return constant && this.builder.constant(constant, range, type)
  }

  /** After the definition of a value: the symbols that it brings. */
  private bindValue(id: ValueId, range: SourceRange): void {
    const { analysis, builder, scope } = this
    const type = analysis.typeOf(id)
    if (type.kind === 'tensor') {
      type.shape?.forEach((dim, axis) => {
        if (typeof dim === 'number' || dim.op !== 'var' || scope.isBound(dim.name) || !this.needed.has(dim.name)) return
        const size = builder.op('aten::size', [id, builder.int(axis, range)], { kind: 'int' }, range)
        bindSymbol(builder, scope, dim, size, range)
        if (dim.max !== undefined)
          this.emitGuard(
            { relation: 'le', a: dim, b: dim.max, message: `dimension ${axis} (${dim.name}) is declared to be at most ${dim.max}` },
            range,
          )
      })
    } else if (type.kind === 'int' || type.kind === 'float' || type.kind === 'bool') {
      const fact = analysis.facts.get(id)
      if (fact !== undefined) return
      const symbol = analysis.scalarSymbol(id, type.kind)
      if (!this.needed.has(symbol.name) || scope.isBound(symbol.name)) return
      builder.replaceUses(id, bindSymbol(builder, scope, symbol, id, range))
    }
  }

  /** A declared dim that does not bind its symbol (the second `N`) is checked at the call. Constant dims are part of the argument check. */
  private guardParameter(id: ValueId, range: SourceRange): void {
    const type = this.analysis.typeOf(id)
    if (type.kind !== 'tensor' || type.shape === null) return
    type.shape.forEach((dim, axis) => {
      if (typeof dim === 'number' || symbolsOf(dim).some((symbol) => !this.scope.isBound(symbol.name))) return
      const first = this.firstDeclaration(dim)
      if (first && first.param === id && first.axis === axis) return
      const size = this.builder.op('aten::size', [id, this.builder.int(axis, range)], { kind: 'int' }, range)
      const wanted = this.scope.materialize(this.builder, dim, range)
      const name = this.builder.info(id).name ?? 'argument'
      this.appendGuard('eq', size, wanted, `${name}: dimension ${axis} must be ${dimToString(dim)}`, range)
    })
  }

  private firstDeclaration(dim: Dim): { readonly param: ValueId; readonly axis: number } | null {
    if (typeof dim === 'number' || dim.op !== 'var') return null
    for (const param of this.graph.block.params) {
      const type = this.analysis.typeOf(param)
      const axis =
        type.kind === 'tensor' ? (type.shape ?? []).findIndex((d) => typeof d === 'object' && d.op === 'var' && d.name === dim.name) : -1
      if (axis >= 0) return { param, axis }
    }
    return null
  }

  /** A guard that was passed before on the way here is not repeated. */
  private emitGuard(guard: Guard, range: SourceRange): void {
    const key = `guard ${dimToString(guard.a)} ${guard.relation} ${dimToString(guard.b)}`
    if (this.scope.isBound(key)) return
    const a = this.scope.materialize(this.builder, guard.a, range)
    const b = this.scope.materialize(this.builder, guard.b, range)
    this.appendGuard(guard.relation, a, b, guard.message, range)
    this.scope.bind(key, a)
  }

  private appendGuard(relation: Guard['relation'], a: ValueId, b: ValueId, message: string, range: SourceRange): void {
    this.builder.append('prim::Guard', [a, b], [], range, {
      attributes: { relation: { kind: 'name', value: relation }, message: { kind: 'name', value: message } },
    })
  }
}

const isContainer = (type: Type): boolean => type.kind !== 'tensor' && hasTensor(type)

function scalarConstant(fact: number | boolean | string | null, type: Type): ConstantValue | undefined {
  if (fact === null) return { kind: 'none' }
  if (typeof fact === 'boolean') return { kind: 'bool', value: fact }
  if (typeof fact === 'number') return { kind: type.kind === 'float' ? 'float' : 'int', value: fact }
  if (type.kind === 'dtype') return { kind: 'dtype', value: fact as Extract<ConstantValue, { kind: 'dtype' }>['value'] }
  return type.kind === 'string' ? { kind: 'string', value: fact } : undefined
}
