/**
 * GraphBuilder: the one way to make a Graph. Appends nodes to the innermost open block and hands out ids.
 * The frontend starts an empty one; a pass starts from the old graph (`GraphBuilder.from`), which keeps ids and value infos,
 * and re-emits nodes with `emit`, replacing inputs through its substitution (`replaceUses`). Not re-entrant; call `finish` once.
 */
import type { DType } from '../../ops/dtype.ts'
import type { Attribute, Block, ConstantValue, Graph, Node, NodeId, SourceRange, ValueId, ValueInfo } from './graph.ts'
import type { Type } from './types.ts'

export interface Output {
  readonly type: Type
  readonly name?: string | null
}

export interface NodeOptions {
  readonly attributes?: { readonly [name: string]: Attribute }
  readonly blocks?: readonly Block[]
}

interface OpenBlock {
  readonly params: ValueId[]
  readonly nodes: Node[]
}

export const noRange: SourceRange = { file: '', start: 0, end: 0, line: 0, column: 0 }

export class GraphBuilder {
  readonly name: string
  private readonly values: Map<ValueId, ValueInfo>
  private readonly substitution = new Map<ValueId, ValueId>()
  private readonly open: OpenBlock[] = [{ params: [], nodes: [] }]
  private nextValue: number
  private nextNode: number

  constructor(name: string) {
    this.name = name
    this.values = new Map()
    this.nextValue = 0
    this.nextNode = 0
  }

  /** A builder whose values and id counters continue those of `graph`; its block is empty, its params are those of the graph. */
  static from(graph: Graph, options: { readonly keepParams?: boolean } = {}): GraphBuilder {
    const builder = new GraphBuilder(graph.name)
    for (const [id, info] of graph.values) builder.values.set(id, info)
    builder.nextValue = graph.nextValue
    builder.nextNode = graph.nextNode
    if (options.keepParams !== false) builder.current.params.push(...graph.block.params)
    return builder
  }

  private get current(): OpenBlock {
    return this.open[this.open.length - 1]!
  }

  /** A new value without a definition; give it one as a node output or block parameter. */
  value(type: Type, name: string | null = null): ValueId {
    const id = this.nextValue++ as ValueId
    this.values.set(id, { id, name, type })
    return id
  }

  info(id: ValueId): ValueInfo {
    const info = this.values.get(id)
    if (!info) throw new Error(`value ${id} is not part of graph ${this.name}`)
    return info
  }

  typeOf(id: ValueId): Type {
    return this.info(id).type
  }

  setType(id: ValueId, type: Type): void {
    this.values.set(id, { ...this.info(id), type })
  }

  setName(id: ValueId, name: string | null): void {
    this.values.set(id, { ...this.info(id), name })
  }

  /** A parameter of the innermost open block. */
  param(type: Type, name: string | null = null): ValueId {
    const id = this.value(type, name)
    this.current.params.push(id)
    return id
  }

  /** An existing value as a parameter of the innermost open block. */
  adoptParam(id: ValueId): void {
    this.current.params.push(id)
  }

  /** Appends a node with new outputs and returns them. */
  node(
    kind: Node['kind'],
    inputs: readonly ValueId[],
    outputs: readonly Output[],
    range: SourceRange,
    options: NodeOptions = {},
  ): ValueId[] {
    const ids = outputs.map((o) => this.value(o.type, o.name ?? null))
    this.append(kind, inputs, ids, range, options)
    return ids
  }

  /** `node` for the usual case of one result. */
  op(
    kind: Node['kind'],
    inputs: readonly ValueId[],
    type: Type,
    range: SourceRange,
    options: NodeOptions & { readonly name?: string | null } = {},
  ): ValueId {
    return this.node(kind, inputs, [{ type, name: options.name ?? null }], range, options)[0]!
  }

  /** Appends a node whose outputs exist already (values made by `value`, or kept from the old graph). */
  append(kind: Node['kind'], inputs: readonly ValueId[], outputs: readonly ValueId[], range: SourceRange, options: NodeOptions = {}): Node {
    const node: Node = {
      id: this.nextNode++ as NodeId,
      kind,
      inputs: inputs.map((id) => this.resolve(id)),
      outputs,
      blocks: options.blocks ?? [],
      attributes: options.attributes ?? {},
      range,
    }
    this.current.nodes.push(node)
    return node
  }

  /**
   * Re-emits a node of the old graph under its own id, inputs substituted; nested blocks are copied through `visit`, by default
   * node by node. Returns the node as it now stands.
   */
  emit(node: Node, visit: (node: Node) => void = (inner) => void this.emit(inner, visit)): Node {
    const blocks = node.blocks.map((block) => this.copyBlock(block, visit))
    const copy: Node = { ...node, inputs: node.inputs.map((id) => this.resolve(id)), blocks }
    this.current.nodes.push(copy)
    return copy
  }

  /** Copies a block of the old graph: same parameters, each node through `visit`, returns substituted. */
  copyBlock(block: Block, visit: (node: Node) => void): Block {
    return this.block(() => {
      for (const param of block.params) this.adoptParam(param)
      for (const inner of block.nodes) visit(inner)
      return block.returns
    })
  }

  /** Opens a nested block, runs `body` (which may call `param`), closes it with the values that `body` returns. */
  block(body: () => readonly ValueId[]): Block {
    const open: OpenBlock = { params: [], nodes: [] }
    const depth = this.open.push(open)
    try {
      const returns = body().map((id) => this.resolve(id))
      if (this.open.length !== depth) throw new Error('blocks closed out of order')
      return { params: open.params, nodes: open.nodes, returns }
    } finally {
      this.open.length = depth - 1
    }
  }

  constant(value: ConstantValue, range: SourceRange, type: Type = typeOfConstant(value), name: string | null = null): ValueId {
    return this.op('prim::Constant', [], type, range, { attributes: value.kind === 'none' ? {} : { value }, name })
  }

  int(value: number, range: SourceRange): ValueId {
    return this.constant({ kind: 'int', value }, range)
  }

  float(value: number, range: SourceRange): ValueId {
    return this.constant({ kind: 'float', value }, range)
  }

  bool(value: boolean, range: SourceRange): ValueId {
    return this.constant({ kind: 'bool', value }, range)
  }

  none(range: SourceRange): ValueId {
    return this.constant({ kind: 'none' }, range)
  }

  /** From now on every use of `from` that is emitted becomes a use of `to`. */
  replaceUses(from: ValueId, to: ValueId): void {
    const target = this.resolve(to)
    if (from !== target) this.substitution.set(from, target)
  }

  /** The value that stands for `id` after all replacements. */
  resolve(id: ValueId): ValueId {
    let current = id
    for (let next = this.substitution.get(current); next !== undefined; next = this.substitution.get(current)) current = next
    return current
  }

  /** The graph; infos of values that are no longer defined anywhere are dropped. */
  finish(returns: readonly ValueId[]): Graph {
    if (this.open.length !== 1) throw new Error('finish inside an open block')
    const { params, nodes } = this.current
    const block: Block = { params, nodes, returns: returns.map((id) => this.resolve(id)) }
    const values = new Map<ValueId, ValueInfo>()
    const define = (id: ValueId): void => void values.set(id, this.info(id))
    const visit = (b: Block): void => {
      b.params.forEach(define)
      for (const node of b.nodes) {
        node.blocks.forEach(visit)
        node.outputs.forEach(define)
      }
    }
    visit(block)
    return { name: this.name, block, values, nextValue: this.nextValue, nextNode: this.nextNode }
  }
}

export function typeOfConstant(value: ConstantValue): Type {
  switch (value.kind) {
    case 'int':
    case 'float':
    case 'bool':
    case 'string':
    case 'none':
    case 'dtype':
      return { kind: value.kind }
    case 'ints':
      return { kind: 'list', element: { kind: 'int' } }
    case 'floats':
      return { kind: 'list', element: { kind: 'float' } }
    case 'tensor':
      return { kind: 'tensor', dtype: null, shape: null }
    default:
      return value satisfies never
  }
}

/** The constant a prim::Constant node holds. */
export function constantOf(node: Node): ConstantValue {
  const value = node.attributes.value
  if (value === undefined) return { kind: 'none' }
  if (value.kind === 'graph' || value.kind === 'name' || value.kind === 'names')
    throw new Error(`prim::Constant with an attribute of kind ${value.kind}`)
  return value
}

/** A dtype's type, for nodes made by passes. */
export const tensorOf = (dtype: DType | null = null): Type => ({ kind: 'tensor', dtype, shape: null })
