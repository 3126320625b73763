/**
 * Which values are the same tensor, which are views of which, and which tensors cannot be written to by renaming alone.
 * Static: a view aliases when its operator says so for dense bases (a `reshape` that must copy does not). Results of branches and loops that
 * may be one of several tensors are kept apart as `partners`: writing to one of them would have to be seen through the others.
 */
import type { StridedMeta } from '../../../ops/operator.ts'
import { contiguousStrides } from '../../../ops/shape.ts'
import type { FactTable } from '../../ir/facts.ts'
import type { Block, Graph, Node, ValueId } from '../../ir/graph.ts'
import { hasTensor, operatorOf } from '../../ir/operatorCall.ts'
import type { Type } from '../../ir/types.ts'
import { nodesOf } from '../../ir/walk.ts'
import { frozenLists } from '../shapes/frozenLists.ts'

/** These look at a tensor and let go of it. */
const readers: ReadonlySet<string> = new Set([
  'prim::Print',
  'aten::item',
  'aten::tolist',
  'aten::Bool',
  'aten::str',
  'prim::dtype',
  'prim::device',
])

export interface Refusal {
  readonly code: string
  readonly message: string
}

export class Aliases {
  private readonly graph: Graph
  private readonly facts: FactTable
  private readonly same = new Map<ValueId, ValueId>()
  private readonly views = new Map<ValueId, Node>()
  private readonly strided = new Map<ValueId, StridedMeta>()
  private readonly partners: Partners[] = []
  private readonly timeline: Timeline
  private readonly held = new Set<ValueId>()
  /** Views that a container holds: the container has the object, not the place in its base. */
  private readonly heldViews = new Set<ValueId>()
  private readonly containers = new Map<ValueId, Node>()
  private readonly constants = new Set<ValueId>()
  private readonly opaque = new Set<ValueId>()
  private readonly frozen: ReadonlySet<ValueId>

  constructor(graph: Graph, facts: FactTable) {
    this.graph = graph
    this.facts = facts
    this.frozen = frozenLists(graph)
    this.timeline = new Timeline(graph)
    this.walk(graph.block)
  }

  /** The one value that stands for all names of the same tensor. */
  resolve(id: ValueId): ValueId {
    let current = id
    for (let next = this.same.get(current); next !== undefined; next = this.same.get(current)) current = next
    return current
  }

  baseOf(id: ValueId): ValueId {
    const same = this.resolve(id)
    const node = this.views.get(same)
    return node ? this.baseOf(node.inputs[0]!) : same
  }

  /** The node that took the view, when a value is one. */
  viewOf(id: ValueId): { readonly base: ValueId; readonly node: Node } | null {
    const node = this.views.get(this.resolve(id))
    return node ? { base: this.baseOf(node.inputs[0]!), node } : null
  }

  /** Why `writer` cannot write to a tensor, or null. */
  unwritable(id: ValueId, writer: Node): Refusal | null {
    const base = this.baseOf(id)
    const name = this.graph.values.get(base)?.name
    const text = name ? `'${name}'` : 'this tensor'
    if (this.graph.block.params.includes(base))
      return {
        code: 'S3301',
        message: `${text} is an argument, and the caller would see what is written to it: declare it \`Mut<Tensor>\`, or write to ${name ?? 'x'}.clone()`,
      }
    if (this.constants.has(base))
      return { code: 'S3302', message: `${text} is a weight or a captured tensor, which compiled code does not change` }
    if (this.held.has(base)) return { code: 'S3303', message: `${text} is held by an array or object that changes` }
    if (this.opaque.has(base)) return { code: 'S3303', message: `${text} was read from an array or object that changes` }
    if (this.partners.some((pair) => this.conflicts(pair, base, writer)))
      return { code: 'S3304', message: `${text} may be one of several tensors here; write to a clone()` }
    const { strides, shape } = this.stridedOf(id)
    if (strides.some((stride, i) => stride === 0 && shape[i] !== 1 && shape[i] !== 0))
      return {
        code: 'S3305',
        message: 'more than one element of the written-to tensor refers to a single memory location; write to a clone()',
      }
    return null
  }

  /** Tensors made outside of `node` that it writes to. */
  writtenIn(node: Node): readonly ValueId[] {
    const inside = new Set<ValueId>()
    const bases = new Set<ValueId>()
    const blocks = [...node.blocks]
    for (const block of blocks) {
      for (const param of block.params) inside.add(param)
      for (const inner of nodesOf(block)) {
        for (const output of inner.outputs) inside.add(output)
        for (const nested of inner.blocks) for (const param of nested.params) inside.add(param)
        if (this.mutates(inner)) bases.add(this.baseOf(inner.inputs[0]!))
      }
    }
    return [...bases].filter((base) => !inside.has(base))
  }

  private mutates(node: Node): boolean {
    return operatorOf(node, (id) => this.graph.values.get(id)!.type)?.mutates !== undefined
  }

  private walk(block: Block): void {
    for (const node of block.nodes) {
      if (node.kind === 'prim::If') this.branch(node)
      else if (node.kind === 'prim::Loop') this.loop(node)
      else this.plain(node)
    }
  }

  private plain(node: Node): void {
    const typeOf = (id: ValueId) => this.graph.values.get(id)!.type
    const [output] = node.outputs
    const operator = operatorOf(node, typeOf)
    if (operator?.mutates) {
      this.same.set(output!, node.inputs[0]!)
      return
    }
    if (operator?.implementation.kind === 'view') {
      this.view(node)
      return
    }
    if (node.kind === 'prim::Constant') {
      if (typeOf(output!).kind === 'tensor') this.constants.add(output!)
      return
    }
    if (['prim::unchecked_cast', 'prim::unchecked_unwrap_optional', 'aten::_unwrap_optional'].includes(node.kind)) {
      if (!hasTensor(typeOf(output!))) return
      // What a container gave may have been null: from here on it is a tensor.
      if (this.opaque.has(this.resolve(node.inputs[0]!)) && typeOf(node.inputs[0]!).kind !== 'tensor') this.opaque.add(output!)
      else this.same.set(output!, node.inputs[0]!)
      return
    }
    if (node.kind === 'prim::TupleConstruct' || (node.kind === 'prim::ListConstruct' && this.frozen.has(output!))) {
      this.containers.set(output!, node)
      return
    }
    if (operator || readers.has(node.kind)) return
    // Containers that change, and whatever else takes tensors without being a tensor operator.
    for (const input of node.inputs) this.hold(input)
    for (const id of node.outputs) if (hasTensor(typeOf(id))) this.opaque.add(id)
  }

  /** Whether a value is a tuple or list whose elements stay what they are. */
  isFixed(id: ValueId | undefined): boolean {
    return id !== undefined && this.containers.has(id)
  }

  private hold(id: ValueId): void {
    for (const part of this.containers.get(id)?.inputs ?? []) this.hold(part)
    if (this.graph.values.get(id)!.type.kind !== 'tensor') return
    if (this.viewOf(id)) this.heldViews.add(this.resolve(id))
    this.held.add(this.baseOf(id))
  }

  /**
   * The tensors that `written`, or one that may be the same, stand for: all that containers hold or gave, arguments, and what control
   * flow may make one of these. Null when one of them is a view or a weight, which has no object of its own to write to.
   */
  sharedWith(written: readonly ValueId[]): ReadonlySet<ValueId> | null {
    const isTensor = (id: ValueId): boolean => this.graph.values.get(id)!.type.kind === 'tensor'
    const shared = new Set([...written, ...this.held, ...this.opaque, ...this.graph.block.params].filter(isTensor))
    for (let size = -1; size !== shared.size; ) {
      size = shared.size
      for (const { a, b } of this.partners)
        if (shared.has(this.baseOf(a)) || shared.has(this.baseOf(b))) {
          if (this.viewOf(a) || this.viewOf(b)) return null
          shared.add(this.resolve(a))
          shared.add(this.resolve(b))
        }
    }
    return this.heldViews.size > 0 || [...shared].some((id) => this.constants.has(id)) ? null : shared
  }

  private view(node: Node): void {
    const call = this.facts.callOf(node)
    if (call?.operator.implementation.kind !== 'view') return
    const metas = node.outputs.map((id) => {
      const type = this.graph.values.get(id)!.type
      if (type.kind !== 'tensor' || type.dtype === null || type.shape === null) throw new Error(`${node.kind} without a shape`)
      return { dtype: type.dtype, shape: type.shape }
    })
    const taken = call.operator.implementation.view(this.stridedOf(node.inputs[0]!), call.args, metas)
    if (!taken) return
    node.outputs.forEach((output, i) => {
      this.views.set(output, node)
      this.strided.set(output, taken[i]!)
    })
  }

  private stridedOf(id: ValueId): StridedMeta {
    const same = this.resolve(id)
    const known = this.strided.get(same)
    if (known) return known
    const type = this.graph.values.get(same)!.type
    if (type.kind !== 'tensor' || type.dtype === null || type.shape === null) throw new Error('a view of a tensor without shape')
    return { dtype: type.dtype, shape: type.shape, strides: contiguousStrides(type.shape), offset: 0 }
  }

  private branch(node: Node): void {
    for (const block of node.blocks) this.walk(block)
    node.outputs.forEach((output, i) => {
      if (this.graph.values.get(output)!.type.kind !== 'tensor') {
        const returned = node.blocks.map((block) => block.returns[i]!)
        this.carry([output], returned)
        return
      }
      const [a, b] = node.blocks.map((block) => block.returns[i]!) as [ValueId, ValueId]
      if (this.resolve(a) === this.resolve(b)) this.same.set(output, a)
      else
        node.blocks.forEach((block) => {
          this.mayBe(output, block.returns[i]!, block, node, this.timeline.end(node))
        })
    })
    for (const block of node.blocks) this.meet(node.outputs, block.returns, node, this.timeline.end(node))
  }

  /** Variables that a block gives one tensor, or views of one: a write through one name is seen through the others. */
  private meet(names: readonly ValueId[], values: readonly ValueId[], node: Node, since: number): void {
    const tensors = names.flatMap((name, i) =>
      this.graph.values.get(name)!.type.kind === 'tensor' ? [{ name, base: this.baseOf(values[i]!) }] : [],
    )
    for (const [i, a] of tensors.entries())
      for (const b of tensors.slice(i + 1)) if (a.base === b.base) this.partners.push({ a: a.name, b: b.name, node, since })
  }

  private loop(node: Node): void {
    const block = node.blocks[0]!
    block.params.forEach((param, i) => {
      if (i > 0) this.carry([param], [node.inputs[i + 1]!])
    })
    this.walk(block)
    node.outputs.forEach((output, i) => {
      const initial = node.inputs[i + 2]!
      const param = block.params[i + 1]!
      const returned = block.returns[i + 1]!
      if (this.graph.values.get(output)!.type.kind !== 'tensor') {
        this.carry([output], [returned])
        return
      }
      if (this.resolve(returned) === param) {
        this.same.set(param, initial)
        this.same.set(output, initial)
        return
      }
      this.partners.push({ a: param, b: initial, node, since: this.timeline.start(node) })
      this.partners.push({ a: output, b: initial, node, since: this.timeline.end(node) })
      this.mayBe(param, returned, block, node, this.timeline.start(node))
      this.mayBe(output, returned, block, node, this.timeline.end(node))
    })
    const params = block.params.slice(1)
    for (const values of [node.inputs.slice(2), block.returns.slice(1)]) {
      this.meet(params, values, node, this.timeline.start(node))
      this.meet(node.outputs, values, node, this.timeline.end(node))
    }
  }

  /** Variables that are a tensor or null, or hold tensors, and what they may be. */
  private carry(names: readonly ValueId[], values: readonly ValueId[]): void {
    const carries = ({ type }: { readonly type: Type }): boolean => type.kind !== 'tensor' && hasTensor(type)
    if (!names.some((id) => carries(this.graph.values.get(id)!))) return
    for (const id of values) this.hold(id)
    for (const id of names) this.opaque.add(id)
  }

  /** `output` may be `returned`: what was made inside of the block has no other name outside, but as a view of something. */
  private mayBe(output: ValueId, returned: ValueId, block: Block, node: Node, since: number): void {
    const base = this.baseOf(returned)
    const inside = new Set<ValueId>(block.params)
    for (const inner of nodesOf(block)) for (const id of inner.outputs) inside.add(id)
    if (!inside.has(base)) this.partners.push({ a: output, b: returned, node, since })
  }

  /** Whether a write to `base` would have to be seen through the other name of a pair: it comes after they met, and the other is used then. */
  private conflicts(pair: Partners, base: ValueId, writer: Node): boolean {
    const [a, b] = [this.baseOf(pair.a), this.baseOf(pair.b)]
    if (a === b || (base !== a && base !== b)) return false
    const other = base === a ? b : a
    const loops = this.timeline.loops(pair.node).filter((loop) => !this.timeline.isInside(other, loop))
    const again = loops.some((loop) => this.timeline.contains(loop, writer))
    if (this.timeline.start(writer) <= pair.since && !again) return false
    return this.timeline.uses.some(
      ({ id, at }) =>
        this.baseOf(id) === other &&
        (at > pair.since || loops.some((loop) => at > this.timeline.start(loop) && at < this.timeline.end(loop))),
    )
  }
}

/** Two names that may be one tensor from the moment `since` on, which `node` brings together. */
interface Partners {
  readonly a: ValueId
  readonly b: ValueId
  readonly node: Node
  readonly since: number
}

/** When nodes run, as numbers: a node with blocks spans those of its blocks. */
class Timeline {
  readonly uses: { readonly id: ValueId; readonly at: number }[] = []
  private readonly spans = new Map<Node, { readonly start: number; readonly end: number; readonly loops: readonly Node[] }>()
  private readonly defined = new Map<ValueId, number>()
  private clock = 0

  constructor(graph: Graph) {
    for (const param of graph.block.params) this.defined.set(param, 0)
    this.visit(graph.block, [])
  }

  private visit(block: Block, loops: readonly Node[]): void {
    for (const node of block.nodes) {
      const start = ++this.clock
      for (const id of node.inputs) this.uses.push({ id, at: start })
      for (const inner of node.blocks) {
        for (const param of inner.params) this.defined.set(param, ++this.clock)
        this.visit(inner, node.kind === 'prim::Loop' ? [...loops, node] : loops)
      }
      const end = ++this.clock
      this.spans.set(node, { start, end, loops })
      for (const id of node.outputs) this.defined.set(id, end)
    }
    const at = ++this.clock
    for (const id of block.returns) this.uses.push({ id, at })
  }

  start(node: Node): number {
    return this.spans.get(node)!.start
  }

  end(node: Node): number {
    return this.spans.get(node)!.end
  }

  loops(node: Node): readonly Node[] {
    return this.spans.get(node)!.loops
  }

  contains(loop: Node, node: Node): boolean {
    return this.start(node) > this.start(loop) && this.start(node) < this.end(loop)
  }

  isInside(id: ValueId, loop: Node): boolean {
    const at = this.defined.get(id) ?? 0
    return at > this.start(loop) && at < this.end(loop)
  }
}
