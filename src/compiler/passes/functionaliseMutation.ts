/**
 * In: a graph after `propagateShapes`. After: no operator writes into a tensor. An in-place operator gives a new value; every later use of
 * the tensor, of what it is a view of and of its other views is of the new contents: bases get a new version, views are taken again when
 * they are used. Branches and loops that write carry the tensors they write.
 * Refused, because a caller or another name would have to see the change: writing to an argument, to a weight, to a tensor that a list
 * which changes holds, and to a value that may be one of several tensors.
 * Algorithm: alias sets through view chains (static, from the operator table), then one rewriting walk with the current version of each base.
 */
import type { BoundArgs } from '../../ops/args.ts'
import type { Dim } from '../../ops/dim.ts'
import { dimProduct } from '../../ops/dimMath.ts'
import type { ArgValue } from '../../ops/operator.ts'
import { FactTable } from '../ir/facts.ts'
import type { Block, Graph, Node, Program, SourceRange, ValueId } from '../ir/graph.ts'
import { operatorOf, type TensorValue, tensorFact } from '../ir/operatorCall.ts'
import { freeValues, nodesOf } from '../ir/walk.ts'
import { decomposeGraph } from './decomposeOperators.ts'
import { Aliases } from './mutation/aliases.ts'
import { entryGraph, PassError, withEntry } from './pass.ts'
import { CallBuilder } from './shapes/callBuilder.ts'

export function functionaliseMutation(program: Program): Program {
  const graph = entryGraph(program)
  const mutates = [...nodesOf(graph.block)].some((node) => operatorOf(node, (id) => graph.values.get(id)!.type)?.mutates)
  if (!mutates) return program
  // What gives a view only after decomposition (`flatten`, `to` of the same dtype) must show it.
  const plain = decomposeGraph(graph, (operator) => !operator.mutates && operator.schemas.some((schema) => /->.*Tensor\(a/.test(schema)))
  return withEntry(program, new Functionaliser(plain).run())
}

class Functionaliser {
  private readonly graph: Graph
  private readonly calls: CallBuilder
  private readonly aliases: Aliases
  /** The value that holds a base's contents now, and how often it was written. */
  private current = new Map<ValueId, { readonly value: ValueId; readonly version: number }>()
  /** Views as they were last taken. */
  private taken = new Map<ValueId, { readonly value: ValueId; readonly version: number }>()
  /** Frozen containers of tensors: made again when what they hold was written. */
  private readonly containers = new Map<ValueId, Node>()
  private versions = 0

  constructor(graph: Graph) {
    this.graph = graph
    this.calls = new CallBuilder(graph)
    const facts = new FactTable(graph)
    facts.recordAll(graph.block.nodes)
    this.aliases = new Aliases(graph, facts)
  }

  run(): Graph {
    for (const node of this.graph.block.nodes) this.visit(node)
    return this.calls.builder.finish(this.graph.block.returns.map((id) => this.now(id, this.graph.block.nodes.at(-1)?.range)))
  }

  private visit(node: Node): void {
    const { builder } = this.calls
    if (node.blocks.length > 0) {
      this.visitControl(node)
      return
    }
    const operator = operatorOf(node, (id) => builder.typeOf(id))
    const inputs = node.inputs.map((id) => this.now(id, node.range))
    if (operator?.mutates) {
      const self = node.inputs[0]!
      this.refuse(node, self)
      const value = builder.value(builder.typeOf(self), builder.info(self).name)
      builder.append(node.kind, inputs, [value], node.range, { attributes: node.attributes })
      this.write(self, value, node.range)
      return
    }
    if (node.kind === 'prim::ListConstruct' || node.kind === 'prim::TupleConstruct') this.containers.set(node.outputs[0]!, node)
    const emitted: Node = { ...node, inputs }
    builder.emit(emitted)
    this.calls.record(emitted)
    for (const output of node.outputs) {
      const view = this.aliases.viewOf(output)
      if (view) this.taken.set(output, { value: output, version: this.versionOf(view.base) })
    }
  }

  private refuse(node: Node, self: ValueId): void {
    const reason = this.aliases.unwritable(self, node)
    if (reason) throw new PassError(reason.code, `${node.kind.replace(/^\w+::/, '')}: ${reason.message}`, node.range)
  }

  private versionOf(base: ValueId): number {
    return this.current.get(base)?.version ?? 0
  }

  /** What holds the contents of a value now. */
  private now(id: ValueId, range: SourceRange | undefined): ValueId {
    const same = this.aliases.resolve(id)
    const view = this.aliases.viewOf(same)
    if (!view) {
      const container = this.containers.get(same)
      if (container?.inputs.some((input) => this.now(input, range) !== input)) return this.again(container, range)
      return this.current.get(same)?.value ?? same
    }
    const known = this.taken.get(same)
    const version = this.versionOf(view.base)
    if (known && known.version === version) return known.value
    const value = this.takeView(view.node, same, range ?? view.node.range)
    this.taken.set(same, { value, version })
    return value
  }

  private again(container: Node, range: SourceRange | undefined): ValueId {
    const { builder, facts } = this.calls
    const inputs = container.inputs.map((id) => this.now(id, range))
    const output = container.outputs[0]!
    const value = builder.op(container.kind, inputs, builder.typeOf(output), container.range, { name: builder.info(output).name })
    facts.freeze(value)
    const items = inputs.map((id) => facts.factOf(id))
    if (items.every((item) => item !== undefined)) facts.set(value, items)
    return value
  }

  /** The view of the current contents. */
  private takeView(node: Node, output: ValueId, range: SourceRange): ValueId {
    const { builder } = this.calls
    const inputs = node.inputs.map((id) => this.now(id, range))
    const made = builder.node(
      node.kind,
      inputs,
      node.outputs.map((id) => ({ type: builder.typeOf(id), name: builder.info(id).name })),
      range,
      { attributes: node.attributes },
    )
    return made[node.outputs.indexOf(output)]!
  }

  /** `value` are the contents of `id` from now on: of its base, and so of every view of that. */
  private write(id: ValueId, value: ValueId, range: SourceRange): void {
    const same = this.aliases.resolve(id)
    const view = this.aliases.viewOf(same)
    if (!view) {
      this.current.set(same, { value, version: ++this.versions })
      return
    }
    const parent = view.node.inputs[0]!
    this.write(parent, this.writeBack(view.node, same, this.tensor(this.now(parent, range)), this.tensor(value), range), range)
    this.taken.set(same, { value, version: this.versionOf(view.base) })
  }

  private tensor(id: ValueId): TensorValue {
    return tensorFact(this.calls.builder.typeOf(id), id)!
  }

  /** The parent's contents with `value` in place of the view's elements. */
  private writeBack(node: Node, output: ValueId, parent: TensorValue, value: TensorValue, range: SourceRange): ValueId {
    const { facts } = this.calls
    const args = facts.callOf({ ...node, inputs: [parent.value, ...node.inputs.slice(1)] })!.args as BoundArgs<TensorValue>
    const call = (name: string, ...rest: readonly ArgValue<TensorValue>[]): TensorValue => this.calls.call(name, rest, range)[0]!
    switch (node.kind) {
      case 'aten::select':
        return call('aten::select_scatter', parent, value, args.int('dim'), args.dim('index')).value
      case 'aten::alias':
      case 'aten::detach':
      case 'aten::contiguous':
        return value.value
      case 'aten::view':
      case 'aten::reshape':
      case 'aten::flatten':
      case 'aten::unflatten':
      case 'aten::unsqueeze':
      case 'aten::squeeze':
        return call('aten::reshape', value, parent.shape).value
      case 'aten::t':
        return call('aten::t', value).value
      case 'aten::transpose':
        return call('aten::transpose', value, args.int('dim0'), args.int('dim1')).value
      default:
    }
    // Any other view: where its elements lie is what the view of the positions 0, 1, 2... says.
    const count: Dim = dimProduct(parent.shape)
    const positions = call('aten::reshape', call('aten::arange', count), parent.shape)
    const inputs = [positions.value, ...node.inputs.slice(1)]
    const picked = this.calls.builder.node(
      node.kind,
      inputs,
      node.outputs.map((id) => ({ type: { ...this.calls.builder.typeOf(id), dtype: 'int64' } as never })),
      range,
      { attributes: node.attributes },
    )[node.outputs.indexOf(output)]!
    const flat = (tensor: TensorValue): TensorValue => call('aten::reshape', tensor, [-1])
    const written = call('aten::scatter', flat(parent), 0, flat(this.tensor(picked)), flat(value))
    return call('aten::reshape', written, parent.shape).value
  }

  // Control flow: the bases that a branch or loop writes become results of it.

  private visitControl(node: Node): void {
    const { builder, scope } = this.calls
    const bases = this.aliases.writtenIn(node)
    const range = node.range
    const info = (base: ValueId) => ({ type: builder.typeOf(base), name: builder.info(base).name })
    // Containers and views that inner code reads are taken out here, where they are known.
    for (const inner of node.blocks)
      for (const id of freeValues(inner))
        if (this.containers.has(id) && this.now(id, range) !== id) builder.replaceUses(id, this.now(id, range))
    const before = { current: this.current, taken: this.taken }
    const enter = (block: Block, params: readonly ValueId[]): Block =>
      builder.block(() => {
        scope.enter()
        this.current = new Map(before.current)
        this.taken = new Map(before.taken)
        for (const param of block.params) builder.adoptParam(param)
        bases.forEach((base, i) => {
          const param = params[i]
          if (param === undefined) return
          builder.adoptParam(param)
          this.current.set(base, { value: param, version: ++this.versions })
        })
        for (const inner of block.nodes) this.visit(inner)
        const returns = [...block.returns.map((id) => this.now(id, range)), ...bases.map((base) => this.now(base, range))]
        scope.leave()
        return returns
      })
    const loop = node.kind === 'prim::Loop'
    const inputs = [...node.inputs.map((id) => this.now(id, range)), ...(loop ? bases.map((base) => this.now(base, range)) : [])]
    const blocks = node.blocks.map((block) =>
      enter(block, loop ? bases.map((base) => builder.value(info(base).type, info(base).name)) : []),
    )
    this.current = before.current
    this.taken = before.taken
    const added = bases.map((base) => builder.value(info(base).type, info(base).name))
    builder.append(node.kind, inputs, [...node.outputs, ...added], range, { attributes: node.attributes, blocks })
    bases.forEach((base, i) => {
      this.current.set(base, { value: added[i]!, version: ++this.versions })
    })
  }
}
