/**
 * Types of tensors that arrays, maps, sets and objects hold, flow-insensitively: one type for all containers that may be the same one (what
 * branches, loops and `concat` make one of; those of one declared type once another container held them; a field of all objects of a class).
 * Symbols are bound where an element is read, so those of the place where it is stored mean nothing.
 */
import type { Graph, Node, ValueId } from '../../ir/graph.ts'
import { hasTensor } from '../../ir/operatorCall.ts'
import { printType } from '../../ir/printType.ts'
import { eraseShapes, typeEqual } from '../../ir/typeEqual.ts'
import type { Type } from '../../ir/types.ts'
import { nodesOf } from '../../ir/walk.ts'
import { anyDim, joinTypes, mapDims } from './joinTypes.ts'

/** A value, a declared type of nested containers, or `Class.field`. */
type Place = ValueId | string

const containers: ReadonlySet<string> = new Set(['list', 'dict', 'set'])

export class ListTypes {
  /** Set when an element type became wider: what was read before must be looked at again. */
  changed = false
  private readonly graph: Graph
  private readonly roots = new Map<Place, Place>()
  private readonly elements = new Map<Place, Type>()

  constructor(graph: Graph) {
    this.graph = graph
    for (const node of nodesOf(graph.block)) {
      if (node.kind === 'prim::If')
        for (const block of node.blocks) for (const [i, id] of block.returns.entries()) this.unite(id, node.outputs[i]!)
      if (node.kind === 'prim::Loop') {
        const block = node.blocks[0]!
        node.outputs.forEach((output, i) => {
          this.unite(node.inputs[i + 2]!, output)
          this.unite(block.params[i + 1]!, output)
          this.unite(block.returns[i + 1]!, output)
        })
      }
      if (node.kind === 'aten::extend') this.unite(node.inputs[1]!, node.inputs[0]!)
      const [output] = node.outputs
      if (output !== undefined && (node.kind === 'aten::add' || copies.has(node.kind)))
        for (const input of node.inputs) this.unite(input, output)
      this.uniteNested(node)
    }
  }

  /** An element of this type is stored. */
  join(list: Place, element: Type): void {
    const root = this.rootOf(list)
    const before = this.elements.get(root)
    const stored = mapDims(element, (dim) => (typeof dim === 'number' ? dim : anyDim))
    const after = before === undefined ? stored : joinTypes(before, stored, eraseShapes(before))
    if (before !== undefined && typeEqual(before, after)) return
    this.elements.set(root, after)
    this.changed = true
  }

  elementOf(list: Place): Type | undefined {
    return this.elements.get(this.rootOf(list))
  }

  /** A value is stored in a field of some object. */
  joinField(place: string, stored: Type): void {
    if (hasTensor(stored)) this.join(`field ${place}`, stored.kind === 'optional' ? stored.element : stored)
  }

  fieldOf(place: string, declared: Type): Type | undefined {
    const stored = hasTensor(declared) ? this.elementOf(`field ${place}`) : undefined
    return stored && declared.kind === 'optional' && stored.kind !== 'optional' ? { kind: 'optional', element: stored } : stored
  }

  /** The container type with what is known of the tensors it holds. */
  holding(container: Type, place: Place): Type {
    const element = this.elementOf(place)
    if (element === undefined) return container
    if (container.kind === 'optional') return { kind: 'optional', element: this.holding(container.element, place) }
    if (container.kind === 'dict') return { ...container, value: element }
    return container.kind === 'list' || container.kind === 'set' ? { ...container, element } : container
  }

  /** Containers inside of containers and objects have no one name: those of one declared type share what they hold. */
  private uniteNested(node: Node): void {
    if (holders.has(node.kind)) for (const id of node.inputs) this.uniteByType(id)
    const holder = node.inputs[0] === undefined ? undefined : this.typeOf(node.inputs[0])
    if (!holder || !(holder.kind === 'class' || containers.has(holder.kind)) || copies.has(node.kind)) return
    for (const id of [...node.inputs.slice(1), ...node.outputs]) this.uniteByType(id)
  }

  private uniteByType(id: ValueId): void {
    const type = this.typeOf(id)
    if (containers.has(type.kind) && hasTensor(type)) this.link(id, `held ${printType(eraseShapes(type))}`)
  }

  /** The declared type, without `| null`. */
  private typeOf(id: ValueId): Type {
    const { type } = this.graph.values.get(id)!
    return type.kind === 'optional' ? type.element : type
  }

  private unite(a: ValueId, b: ValueId): void {
    if (containers.has(this.typeOf(a).kind) && containers.has(this.typeOf(b).kind)) this.link(a, b)
  }

  private link(a: Place, b: Place): void {
    const [from, to] = [this.rootOf(a), this.rootOf(b)]
    if (from === to) return
    const held = this.elements.get(from)
    this.elements.delete(from)
    this.roots.set(from, to)
    if (held) this.join(to, held)
  }

  private rootOf(id: Place): Place {
    let root = id
    for (let next = this.roots.get(root); next !== undefined && next !== root; next = this.roots.get(root)) root = next
    return root
  }
}

const holders: ReadonlySet<string> = new Set(['prim::ListConstruct', 'prim::DictConstruct', 'prim::CreateObject'])

/** Their result holds what their operand holds. */
const copies: ReadonlySet<string> = new Set([
  'aten::list',
  'aten::values',
  'js::set',
  'js::slice',
  'js::toReversed',
  'prim::unchecked_cast',
  'aten::_unwrap_optional',
])
