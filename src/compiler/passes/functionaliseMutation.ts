/**
 * In: a graph after `propagateShapes`. After: no operator writes into a tensor. An in-place operator gives a new value; every later use of
 * the tensor, of what it is a view of and of its other views is of the new contents: bases get a new version, views are taken again when
 * they are used. Branches and loops that write carry the tensors they write.
 * Where other names than those in sight must see a write (arguments declared `Mut`, what a list holds, a value that may be one of several
 * tensors), the tensors concerned are objects of the run: `js::own` makes one, `js::assign_` writes to it, `js::reread` reads it again.
 * Refused: writing to other arguments, to a weight, and to such an object when one of its names is a view.
 * Algorithm: alias sets through view chains (static, from the operator table), then one rewriting walk with the current version of each base.
 */
import type { BoundArgs } from '../../ops/args.ts'
import type { Dim } from '../../ops/dim.ts'
import { dimAdd, dimProduct, isConst } from '../../ops/dimMath.ts'
import type { ArgValue } from '../../ops/operator.ts'
import { normalizeDim } from '../../ops/shape.ts'
import { FactTable } from '../ir/facts.ts'
import type { Block, Graph, Node, Program, SourceRange, ValueId } from '../ir/graph.ts'
import { operatorOf, type TensorValue, tensorFact } from '../ir/operatorCall.ts'
import { freeValues, nodesOf } from '../ir/walk.ts'
import { decomposeGraph } from './decomposeOperators.ts'
import { Aliases, type Refusal } from './mutation/aliases.ts'
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
  /** Bases that are objects of the run. */
  private readonly shared: ReadonlySet<ValueId>
  /** Goes up where any of them may have been written. */
  private epoch = 0
  private reread = new Map<ValueId, { readonly value: ValueId; readonly epoch: number }>()

  constructor(graph: Graph) {
    this.graph = graph
    this.calls = new CallBuilder(graph)
    const facts = new FactTable(graph)
    facts.recordAll(graph.block.nodes)
    this.aliases = new Aliases(graph, facts)
    this.shared = this.findShared()
  }

  /** Empty when every write can be seen as a new value. */
  private findShared(): ReadonlySet<ValueId> {
    const { aliases, graph } = this
    const typeOf = (id: ValueId) => graph.values.get(id)!.type
    const written: ValueId[] = []
    let last: { readonly reason: Refusal; readonly node: Node } | null = null
    for (const node of nodesOf(graph.block)) {
      if (!operatorOf(node, typeOf)?.mutates) continue
      const reason = aliases.unwritable(node.inputs[0]!, node)
      if (!reason) continue
      last = { reason, node }
      if (reason.code !== 'S3303' && reason.code !== 'S3304') refuse(reason, node)
      written.push(aliases.baseOf(node.inputs[0]!))
    }
    if (last === null) return new Set()
    return aliases.sharedWith(written) ?? refuse(last.reason, last.node)
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
      const value = builder.value(builder.typeOf(self), builder.info(self).name)
      builder.append(node.kind, inputs, [value], node.range, { attributes: node.attributes })
      this.write(self, value, node.range)
      return
    }
    if (this.aliases.isFixed(node.outputs[0])) this.containers.set(node.outputs[0]!, node)
    const emitted: Node = { ...node, inputs }
    builder.emit(emitted)
    this.calls.record(emitted)
    for (const output of node.outputs) {
      const view = this.aliases.viewOf(output)
      if (view) this.taken.set(output, { value: output, version: this.versionOf(view.base) })
      else if (this.shared.has(output)) this.makeObject(output, operator !== null, node.range)
    }
  }

  /** What an operator gives is made an object that no pass merges with another. */
  private makeObject(id: ValueId, isNew: boolean, range: SourceRange): void {
    const { builder } = this.calls
    const object = isNew ? builder.op('js::own', [id], builder.typeOf(id), range, { name: builder.info(id).name }) : id
    this.current.set(id, { value: object, version: 0 })
    this.reread.set(id, { value: object, epoch: this.epoch })
  }

  /** The contents of an object now. */
  private readObject(id: ValueId, range: SourceRange): ValueId {
    const { builder } = this.calls
    const object = this.current.get(id)?.value ?? id
    const known = this.reread.get(id)
    if (known ? known.epoch === this.epoch : this.epoch === 0) return known?.value ?? object
    const value = builder.op('js::reread', [object], builder.typeOf(id), range, { name: builder.info(id).name })
    this.reread.set(id, { value, epoch: this.epoch })
    return value
  }

  private versionOf(base: ValueId): number {
    if (this.shared.has(base)) return this.epoch
    return this.current.get(base)?.version ?? 0
  }

  /** What holds the contents of a value now. */
  private now(id: ValueId, range: SourceRange | undefined): ValueId {
    const same = this.aliases.resolve(id)
    const view = this.aliases.viewOf(same)
    if (!view) {
      const container = this.containers.get(same)
      if (container?.inputs.some((input) => this.now(input, range) !== input)) return this.again(container, range)
      if (this.shared.has(same)) return this.readObject(same, range ?? this.graph.block.nodes[0]!.range)
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
      if (this.shared.has(same)) {
        this.calls.builder.append('js::assign_', [this.current.get(same)?.value ?? same, value], [], range)
        this.epoch++
      } else this.current.set(same, { value, version: ++this.versions })
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
      case 'aten::slice':
        return call('aten::slice_scatter', parent, value, args.int('dim'), args.dimOrNull('start'), args.dimOrNull('end'), args.int('step'))
          .value
      case 'aten::narrow': {
        const [start, size] = [args.dim('start'), parent.shape[normalizeDim('narrow', args.int('dim'), parent.shape.length)]!]
        const from = isConst(start) && start < 0 ? dimAdd(size, start) : start
        return call('aten::slice_scatter', parent, value, args.int('dim'), from, dimAdd(from, args.dim('length'))).value
      }
      case 'aten::diagonal':
        return call('aten::diagonal_scatter', parent, value, args.int('offset'), args.int('dim1'), args.int('dim2')).value
      case 'aten::permute': {
        const dims = args.ints('dims').map((dim) => normalizeDim('permute', dim, parent.shape.length))
        return call(
          'aten::permute',
          value,
          dims.map((_, i) => dims.indexOf(i)),
        ).value
      }
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
    const written = this.aliases.writtenIn(node)
    const bases = written.filter((base) => !this.shared.has(base))
    const writesObjects = this.writesObjects(node)
    const range = node.range
    const loop = node.kind === 'prim::Loop'
    const info = (base: ValueId) => ({ type: builder.typeOf(base), name: builder.info(base).name })
    // Containers and views that inner code reads are taken out here, where they are known.
    for (const inner of node.blocks)
      for (const id of freeValues(inner))
        if (this.containers.has(id) && this.now(id, range) !== id) builder.replaceUses(id, this.now(id, range))
    const before = { current: this.current, taken: this.taken, reread: this.reread }
    const enter = (block: Block, params: readonly ValueId[]): Block =>
      builder.block(() => {
        scope.enter()
        this.current = new Map(before.current)
        this.taken = new Map(before.taken)
        this.reread = new Map(before.reread)
        // A later turn of a loop sees what an earlier one wrote.
        if (loop && writesObjects) this.epoch++
        for (const param of block.params) builder.adoptParam(param)
        for (const param of block.params) if (this.shared.has(param)) this.makeObject(param, false, range)
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
    const inputs = [...node.inputs.map((id) => this.now(id, range)), ...(loop ? bases.map((base) => this.now(base, range)) : [])]
    const blocks = node.blocks.map((block) =>
      enter(block, loop ? bases.map((base) => builder.value(info(base).type, info(base).name)) : []),
    )
    this.current = before.current
    this.taken = before.taken
    this.reread = before.reread
    if (writesObjects) this.epoch++
    const added = bases.map((base) => builder.value(info(base).type, info(base).name))
    builder.append(node.kind, inputs, [...node.outputs, ...added], range, { attributes: node.attributes, blocks })
    bases.forEach((base, i) => {
      this.current.set(base, { value: added[i]!, version: ++this.versions })
    })
    for (const output of node.outputs)
      if (this.shared.has(output) && this.aliases.resolve(output) === output) this.makeObject(output, false, range)
  }

  private writesObjects(node: Node): boolean {
    if (this.shared.size === 0) return false
    const typeOf = (id: ValueId) => this.graph.values.get(id)!.type
    return node.blocks.some((block) =>
      [...nodesOf(block)].some((inner) => operatorOf(inner, typeOf)?.mutates && this.shared.has(this.aliases.baseOf(inner.inputs[0]!))),
    )
  }
}

function refuse(reason: Refusal, node: Node): never {
  throw new PassError(reason.code, `${node.kind.replace(/^\w+::/, '')}: ${reason.message}`, node.range)
}
