/**
 * The verifier: what every graph must satisfy, after every pass in tests and at both ends in production.
 * Each value is defined once, before its uses, in a block that encloses them; control flow has the right arity and agreeing types; scalar
 * operators have the type that their table says; tensor operators have exactly the dtypes and shapes that their shape rule infers
 * again; segments hold device work only, take what their subgraph declares, and name every symbol that occurs in it.
 * A failure is a bug of the pass it names, never of the user.
 */
import type { Dim } from '../../ops/dim.ts'
import { dimEqual, dimVar, symbolsOf } from '../../ops/dimMath.ts'
import { OperatorError } from '../../ops/operator.ts'
import { FactTable } from './facts.ts'
import type { Block, Graph, Node, Program, ValueId } from './graph.ts'
import { hasTensor, scalarCallOf, tensorTypeOf } from './operatorCall.ts'
import { printGraph, printRange, symbolsOfGraph, valueNames } from './printGraph.ts'
import { printType } from './printType.ts'
import { segmentFacts, segmentOf } from './segment.ts'
import { typeFits } from './typeEqual.ts'
import type { Type } from './types.ts'

export class VerifyError extends Error {
  readonly pass: string
  readonly node: Node | null
  constructor(message: string, pass: string, node: Node | null) {
    super(message)
    this.name = 'VerifyError'
    this.pass = pass
    this.node = node
  }
}

export function verifyProgram(program: Program, pass: string): void {
  if (!program.functions.has(program.entry))
    throw new VerifyError(`${pass}: program ${program.name} has no entry ${program.entry}`, pass, null)
  for (const graph of program.functions.values()) verifyGraph(graph, pass, program)
}

export function verifyGraph(graph: Graph, pass: string, program?: Program): void {
  new Verifier(graph, pass, new FactTable(graph), program).run()
}

class Verifier {
  private readonly graph: Graph
  private readonly pass: string
  private readonly facts: FactTable
  private readonly program: Program | undefined
  private readonly scopes: Set<ValueId>[] = []
  private readonly defined = new Set<ValueId>()
  private names: ReadonlyMap<ValueId, string> | null = null

  constructor(graph: Graph, pass: string, facts: FactTable, program: Program | undefined) {
    this.graph = graph
    this.pass = pass
    this.facts = facts
    this.program = program
  }

  run(): void {
    this.bindSegmentSymbols(this.graph.block)
    this.block(this.graph.block, null)
  }

  private fail(message: string, node: Node | null): never {
    const where = node ? ` at ${this.show(node)}` : ''
    throw new VerifyError(`graph ${this.graph.name} is invalid after ${this.pass}: ${message}${where}`, this.pass, node)
  }

  private show(node: Node): string {
    const name = (id: ValueId): string => this.name(id)
    return `${node.outputs.map(name).join(', ')} = ${node.kind}(${node.inputs.map(name).join(', ')}) # ${printRange(node.range)}`
  }

  private name(id: ValueId): string {
    this.names ??= valueNames(this.graph)
    return `%${this.names.get(id) ?? `undefined_${id}`}`
  }

  private typeOf(id: ValueId): Type {
    return this.graph.values.get(id)!.type
  }

  private block(block: Block, owner: Node | null): void {
    this.scopes.push(new Set())
    for (const param of block.params) this.define(param, owner)
    for (const node of block.nodes) this.node(node)
    for (const id of block.returns) this.use(id, owner)
    this.scopes.pop()
  }

  private define(id: ValueId, node: Node | null): void {
    if (!this.graph.values.has(id)) this.fail(`${this.name(id)} has no type`, node)
    if (this.defined.has(id)) this.fail(`${this.name(id)} is defined twice`, node)
    this.defined.add(id)
    this.scopes[this.scopes.length - 1]!.add(id)
  }

  private use(id: ValueId, node: Node | null): void {
    if (!this.scopes.some((scope) => scope.has(id))) this.fail(`${this.name(id)} is used where it is not defined`, node)
  }

  private node(node: Node): void {
    for (const id of node.inputs) this.use(id, node)
    for (const inner of node.blocks) this.block(inner, node)
    for (const id of node.outputs) this.define(id, node)
    if (node.kind === 'prim::If') this.branch(node)
    else if (node.kind === 'prim::Loop') this.loop(node)
    else if (node.kind === 'prim::Segment') this.segment(node)
    else if (node.kind === 'prim::Constant') this.constant(node)
    else if (node.blocks.length > 0) this.fail('only control flow has blocks', node)
    else if (!node.kind.startsWith('prim::')) this.operator(node)
    this.facts.record(node)
  }

  private branch(node: Node): void {
    if (node.inputs.length !== 1 || this.typeOf(node.inputs[0]!).kind !== 'bool') this.fail('prim::If takes one bool', node)
    if (node.blocks.length !== 2) this.fail('prim::If has two blocks', node)
    for (const block of node.blocks) {
      if (block.params.length > 0) this.fail('the blocks of prim::If have no parameters', node)
      if (block.returns.length !== node.outputs.length) this.fail('a block returns another number of values than prim::If has', node)
      block.returns.forEach((id, i) => {
        this.agree(id, node.outputs[i]!, node)
      })
    }
  }

  private loop(node: Node): void {
    const block = node.blocks[0]
    if (!block || node.blocks.length !== 1) this.fail('prim::Loop has one block', node)
    const carried = node.outputs.length
    if (node.inputs.length !== carried + 2 || block.params.length !== carried + 1 || block.returns.length !== carried + 1)
      this.fail('inputs, parameters, returns and outputs of prim::Loop do not match', node)
    const kinds = [
      this.typeOf(node.inputs[0]!).kind,
      this.typeOf(node.inputs[1]!).kind,
      this.typeOf(block.params[0]!).kind,
      this.typeOf(block.returns[0]!).kind,
    ]
    if (kinds.join() !== 'int,bool,int,bool')
      this.fail(`prim::Loop has types ${kinds.join(', ')} where int, bool, int, bool must stand`, node)
    for (let i = 0; i < carried; i++) {
      this.agree(node.inputs[i + 2]!, block.params[i + 1]!, node)
      this.agree(block.returns[i + 1]!, block.params[i + 1]!, node)
      this.agree(block.params[i + 1]!, node.outputs[i]!, node)
    }
  }

  /** A value that flows into another's place: what both say must not contradict. */
  private agree(from: ValueId, to: ValueId, node: Node): void {
    if (!mayBe(this.typeOf(from), this.typeOf(to)))
      this.fail(
        `${this.name(from)} of type ${printType(this.typeOf(from))} cannot stand for ${this.name(to)} of type ${printType(this.typeOf(to))}`,
        node,
      )
  }

  private constant(node: Node): void {
    const value = node.attributes.value
    if (node.inputs.length > 0 || node.outputs.length !== 1) this.fail('prim::Constant has no inputs and one output', node)
    const type = this.typeOf(node.outputs[0]!)
    const base = type.kind === 'optional' ? type.element : type
    if (value === undefined) {
      if (type.kind !== 'none' && type.kind !== 'optional' && type.kind !== 'union')
        this.fail(`a constant without value has type ${printType(type)}`, node)
      return
    }
    const fits =
      value.kind === base.kind ||
      ((value.kind === 'ints' || value.kind === 'floats') && base.kind === 'list') ||
      base.kind === 'union' ||
      base.kind === 'enum' ||
      base.kind === 'device' ||
      (base.kind === 'float' && value.kind === 'int')
    if (!fits) this.fail(`a constant of kind ${value.kind} has type ${printType(type)}`, node)
    if (value.kind === 'tensor' && this.program) {
      const tensor = this.program.constants.get(value.id)
      if (!tensor) this.fail(`no data for constant ${value.id}`, node)
      if (!mayBe({ kind: 'tensor', dtype: tensor.dtype, shape: tensor.shape }, type))
        this.fail(`constant ${tensor.name} is not a ${printType(type)}`, node)
    }
  }

  private operator(node: Node): void {
    // What they give follows from the tensor's dtype, which may not be known yet.
    if (node.kind === 'aten::item' || node.kind === 'aten::tolist') {
      const [input, output] = [node.inputs[0], node.outputs[0]].map((id) => (id === undefined ? null : this.typeOf(id).kind))
      const fits = node.kind === 'aten::item' ? ['int', 'float', 'bool'] : ['int', 'float', 'bool', 'list']
      if (input !== 'tensor' || !output || !fits.includes(output)) this.fail(`${node.kind} reads a tensor as numbers`, node)
      return
    }
    const scalar = scalarCallOf(node, (id) => this.typeOf(id))
    if (scalar) {
      const [output] = node.outputs
      if (output !== undefined && !mayBe(scalar.result, this.typeOf(output)))
        this.fail(`${node.kind} gives ${printType(scalar.result)}, its output is ${printType(this.typeOf(output))}`, node)
      return
    }
    let call: ReturnType<FactTable['callOf']>
    try {
      call = this.facts.callOf(node)
      if (call === null)
        this.fail(`no operator ${node.kind} takes (${node.inputs.map((id) => printType(this.typeOf(id))).join(', ')})`, node)
    } catch (error) {
      // Before shapes are known, arguments are not either.
      if (error instanceof OperatorError && [...node.inputs, ...node.outputs].some((id) => !isKnown(this.typeOf(id)))) return
      throw error instanceof OperatorError
        ? new VerifyError(`graph ${this.graph.name} is invalid after ${this.pass}: ${error.message} at ${this.show(node)}`, this.pass, node)
        : error
    }
    if (call.operator.implementation.kind === 'meta') return
    this.shapes(node, call)
  }

  /** The shape rule once more: outputs that claim a shape must have the one it gives. */
  private shapes(node: Node, call: NonNullable<ReturnType<FactTable['callOf']>>): void {
    let count = 0
    const unknown = new Set<string>()
    const fresh = (): Dim => {
      const name = `fresh ${count++}`
      unknown.add(name)
      return dimVar(name)
    }
    if (node.outputs.length === 1 && this.typeOf(node.outputs[0]!).kind === 'list') return
    const inferred = call.operator.infer(call.args, { fresh, requireEqual: () => undefined })
    node.outputs.forEach((id, i) => {
      const type = this.typeOf(id)
      if (type.kind !== 'tensor') return
      const meta = inferred[i]
      if (!meta) this.fail(`the shape rule gives ${inferred.length} results`, node)
      const wrong =
        (type.dtype !== null && type.dtype !== meta.dtype) ||
        (type.shape !== null &&
          (type.shape.length !== meta.shape.length ||
            type.shape.some(
              (dim, axis) => !dimEqual(dim, meta.shape[axis]!) && !symbolsOf(meta.shape[axis]!).some((s) => unknown.has(s.name)),
            )))
      if (wrong) this.fail(`${this.name(id)} is ${printType(type)}, the shape rule gives ${printType(tensorTypeOf(meta))}`, node)
    })
  }

  private segment(node: Node): void {
    const { graph, symbols } = segmentOf(node)
    const { params, returns } = graph.block
    if (params.length !== node.inputs.length || returns.length !== node.outputs.length)
      this.fail('the segment and its subgraph have other numbers of values', node)
    params.forEach((param, i) => {
      if (!mayBe(this.typeOf(node.inputs[i]!), graph.values.get(param)!.type))
        this.fail(`input ${i} of the segment does not fit its parameter`, node)
    })
    returns.forEach((id, i) => {
      if (!mayBe(graph.values.get(id)!.type, this.typeOf(node.outputs[i]!))) this.fail(`output ${i} of the segment does not fit`, node)
    })
    const bound = new Set(symbols)
    for (const name of symbolsOfGraph(graph).keys()) if (!bound.has(name)) this.fail(`symbol ${name} is not passed to the segment`, node)
    for (const inner of graph.block.nodes) if (inner.blocks.length > 0) this.fail('a segment holds control flow', node)
    new Verifier(graph, `${this.pass} (${graph.name})`, segmentFacts(graph, symbols), this.program).block(graph.block, null)
  }

  /** Segments say which scalar stands for which symbol: operators around them may mention those. */
  private bindSegmentSymbols(block: Block): void {
    for (const node of block.nodes) {
      node.blocks.forEach((inner) => {
        this.bindSegmentSymbols(inner)
      })
      if (node.kind !== 'prim::Segment') continue
      const { symbols, scalars } = segmentOf(node)
      symbols.forEach((symbol, i) => {
        const type = this.graph.values.get(scalars[i]!)?.type
        if (type?.kind === 'int' || type?.kind === 'float' || type?.kind === 'bool') this.facts.setSymbol(scalars[i]!, symbol, type.kind)
      })
    }
  }
}

const isKnown = (type: Type): boolean => (type.kind === 'tensor' ? type.dtype !== null && type.shape !== null : !hasTensor(type))

/** Whether a value of type `a` may be one of type `b`, as far as both are known: unknown dtypes, ranks and symbolic dims never contradict. */
function mayBe(a: Type, b: Type): boolean {
  if (a.kind === 'tensor' && b.kind === 'tensor') {
    if (a.dtype !== null && b.dtype !== null && a.dtype !== b.dtype) return false
    if (a.shape === null || b.shape === null) return true
    const other = b.shape
    return (
      a.shape.length === other.length &&
      a.shape.every((dim, i) => typeof dim !== 'number' || typeof other[i] !== 'number' || dim === other[i])
    )
  }
  if (b.kind === 'optional') return a.kind === 'none' || mayBe(a.kind === 'optional' ? a.element : a, b.element)
  if (b.kind === 'union') return true
  if (a.kind === 'list' && b.kind === 'list') return mayBe(a.element, b.element)
  if (a.kind === 'tuple' && b.kind === 'tuple')
    return a.elements.length === b.elements.length && a.elements.every((type, i) => mayBe(type, b.elements[i]!))
  if (hasTensor(a) || hasTensor(b)) return a.kind === b.kind
  return typeFits(a, b) || (a.kind === 'optional' && mayBe(a.element, b)) || a.kind === 'enum' || b.kind === 'enum'
}

/** For messages of tests: the graph with the failure. */
export const explain = (error: VerifyError, graph: Graph): string => `${error.message}\n${printGraph(graph)}`
