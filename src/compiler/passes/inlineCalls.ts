/**
 * In: a program of functions that call each other (prim::CallFunction, prim::CallMethod), receivers typed by class.
 * After: the entry, without calls but of functions that call themselves, and those functions, without tensors; names of attributes still stand as prim::GetAttr. Callees are copied at each call with
 * fresh ids and keep their own source ranges, except code of the library itself: it gets the range of the user's call. Types of receivers are made exact on the way: an attribute's class comes from the
 * class of the actual receiver, so one method compiled for several instances is resolved for each.
 * Algorithm: depth-first substitution, which stops at recursive functions.
 */
import { GraphBuilder } from '../ir/builder.ts'
import { cloneNode, cloneNodes, type ValueMap } from '../ir/cloneNodes.ts'
import type { Graph, Node, Program, SourceRange, ValueId } from '../ir/graph.ts'
import { nodesOf } from '../ir/walk.ts'
import { PassError } from './pass.ts'

export function inlineCalls(program: Program): Program {
  const recursive = recursiveFunctions(program)
  const functions = new Map([[program.entry, inlined(program, program.entry, recursive)]])
  // The map grows while it is walked: by what its functions call.
  for (const graph of functions.values())
    for (const node of nodesOf(graph.block))
      if (node.kind === 'prim::CallFunction' && !functions.has(nameOf(node)))
        functions.set(nameOf(node), inlined(program, nameOf(node), recursive))
  return { ...program, functions }
}

/** Those that can be reached from themselves. */
function recursiveFunctions({ functions }: Program): ReadonlySet<string> {
  const called = new Map(
    [...functions].map(([name, graph]) => [
      name,
      new Set([...nodesOf(graph.block)].filter(({ kind }) => kind === 'prim::CallFunction').map(nameOf)),
    ]),
  )
  return new Set(
    [...functions.keys()].filter((name) => {
      const reached = new Set(called.get(name))
      for (const next of reached) for (const callee of called.get(next) ?? []) reached.add(callee)
      return reached.has(name)
    }),
  )
}

function inlined(program: Program, name: string, recursive: ReadonlySet<string>): Graph {
  const source = program.functions.get(name)
  if (!source) throw new Error(`program ${program.name} has no function ${name}`)
  const builder = new GraphBuilder(source.name)
  const map: ValueMap = new Map()
  for (const param of source.block.params) {
    const info = source.values.get(param)!
    map.set(param, builder.param(info.type, info.name))
  }
  new Inliner(program, builder, recursive).copy(source, source.block.nodes, map, [name])
  const graph = builder.finish(source.block.returns.map((id) => map.get(id)!))
  if (recursive.has(name)) refuseTensors(graph)
  return graph
}

/** Shapes are known in the entry only. */
function refuseTensors(graph: Graph): void {
  for (const node of nodesOf(graph.block))
    if (node.outputs.some((id) => graph.values.get(id)!.type.kind === 'tensor'))
      throw new PassError('S1104', `${graph.name} is called recursively, and computes with tensors`, node.range)
}

/** Modules of `nn`, compiled from the library's own source. */
const isLibrary = ({ file }: SourceRange): boolean => file.startsWith('tensorscript:')

class Inliner {
  private readonly program: Program
  private readonly builder: GraphBuilder
  private readonly recursive: ReadonlySet<string>

  constructor(program: Program, builder: GraphBuilder, recursive: ReadonlySet<string>) {
    this.program = program
    this.builder = builder
    this.recursive = recursive
  }

  /** `site`: the user's call that led into `source`, where `source` is code of the library. */
  copy(source: Graph, nodes: readonly Node[], map: ValueMap, stack: readonly string[], site: SourceRange | null = null): void {
    const rangeOf = (range: SourceRange): SourceRange => (site && isLibrary(range) ? site : range)
    const visit = (node: Node): boolean => {
      if (node.kind === 'prim::GetAttr') {
        this.getAttribute(source, { ...node, range: rangeOf(node.range) }, map)
        return true
      }
      const callee = this.calleeOf(node, map)
      if (callee === null || (node.kind === 'prim::CallFunction' && this.recursive.has(callee))) return false
      const range = rangeOf(node.range)
      if (stack.includes(callee)) throw new PassError('S1104', `${callee} calls itself`, range)
      this.inline(callee, { ...node, range }, map, [...stack, callee])
      return true
    }
    cloneNodes(this.builder, source, nodes, map, visit, rangeOf)
  }

  /** Function name of a call, or null when the node is no call. */
  private calleeOf(node: Node, map: ValueMap): string | null {
    if (node.kind === 'prim::CallFunction') return nameOf(node)
    if (node.kind !== 'prim::CallMethod') return null
    const receiver = this.builder.typeOf(map.get(node.inputs[0]!) ?? node.inputs[0]!)
    if (receiver.kind !== 'class') throw new Error(`prim::CallMethod on a value of type ${receiver.kind}`)
    const callee = this.program.classes.get(receiver.name)?.methods.get(nameOf(node))
    if (callee === undefined) throw new Error(`class ${receiver.name} has no method ${nameOf(node)}`)
    return callee
  }

  private inline(name: string, call: Node, map: ValueMap, stack: readonly string[]): void {
    const callee = this.program.functions.get(name)
    if (!callee) throw new Error(`call of unknown function ${name}`)
    if (callee.block.params.length !== call.inputs.length)
      throw new Error(`${name} takes ${callee.block.params.length} arguments, the call gives ${call.inputs.length}`)
    const inner: ValueMap = new Map()
    callee.block.params.forEach((param, i) => {
      inner.set(param, map.get(call.inputs[i]!) ?? call.inputs[i]!)
    })
    this.copy(callee, callee.block.nodes, inner, stack, call.range)
    call.outputs.forEach((output, i) => {
      map.set(output, inner.get(callee.block.returns[i]!)!)
    })
  }

  private getAttribute(source: Graph, node: Node, map: ValueMap): void {
    cloneNode(this.builder, source, node, map)
    const output = map.get(node.outputs[0]!)!
    const attribute = attributeOf(this.program, this.builder, node, map.get(node.inputs[0]!)!)
    if (attribute?.type.kind === 'class') this.builder.setType(output, attribute.type)
  }
}

function attributeOf(program: Program, builder: GraphBuilder, node: Node, receiver: ValueId) {
  const type = builder.typeOf(receiver)
  return type.kind === 'class' ? program.classes.get(type.name)?.attributes.get(nameOf(node)) : undefined
}

function nameOf(node: Node): string {
  const name = node.attributes.name
  if (name?.kind !== 'name' && name?.kind !== 'string') throw new Error(`${node.kind} without a name`)
  return name.value
}
