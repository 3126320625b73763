/**
 * Prints a graph as TorchScript does: `%rv.1 : Tensor = aten::zeros(%4, %2) # digits.ts:9:10`, blocks indented under their node,
 * subgraphs after the graph (`with prim::Segment_0 = graph(...)`). Named values get `.1`, `.2` in order of definition, others a number
 * in that order, so the text depends on the graph's structure alone. Departures: tensor types show symbolic dims and no strides,
 * dtypes are names (`value=float32`), a tensor constant shows its id, and a last line `symbols(...)` gives the declared bounds of
 * symbols that have any besides "not negative". `parseGraph` reads all of it back.
 */
import type { SymVar } from '../../ops/dim.ts'
import { symbolsOf } from '../../ops/dimMath.ts'
import type { Attribute, Block, Graph, Node, Program, SourceRange, ValueId } from './graph.ts'
import { printType } from './printType.ts'
import type { Type } from './types.ts'

export interface PrintOptions {
  /** 'none' omits them; 'full' adds the end offsets, which serialization needs. */
  readonly ranges?: 'none' | 'start' | 'full'
  /** How a file is shown; identity by default. */
  readonly fileName?: (file: string) => string
}

export function printGraph(graph: Graph, options: PrintOptions = {}): string {
  const pending: { readonly label: string; readonly graph: Graph }[] = []
  const counters = new Map<string, number>()
  const label = (node: Node): string => {
    const subgraph = node.attributes.Subgraph
    if (subgraph?.kind !== 'graph') return node.kind
    const count = counters.get(node.kind) ?? 0
    counters.set(node.kind, count + 1)
    const text = `${node.kind}_${count}`
    pending.push({ label: text, graph: subgraph.graph })
    return text
  }
  let text = printOne(graph, options, label)
  for (let next = pending.shift(); next; next = pending.shift()) text += `with ${next.label} = ${printOne(next.graph, options, label)}`
  return text
}

/** `%rv.1` for every value of the graph (subgraphs have names of their own). */
export function valueNames(graph: Graph): ReadonlyMap<ValueId, string> {
  const names = new Map<ValueId, string>()
  const counts = new Map<string, number>()
  let unnamed = 0
  const define = (id: ValueId): void => {
    const name = baseName(graph.values.get(id)?.name ?? null)
    if (name === null) {
      names.set(id, String(unnamed++))
    } else {
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      names.set(id, `${name}.${count}`)
    }
  }
  const visit = (block: Block): void => {
    block.params.forEach(define)
    for (const node of block.nodes) {
      node.outputs.forEach(define)
      node.blocks.forEach(visit)
    }
  }
  visit(graph.block)
  return names
}

/** A source name without TorchScript's `.3` suffix and without characters that are no part of a name. */
const baseName = (name: string | null): string | null => {
  const base = name?.replace(/(\.\d+)+$/, '').replace(/[^\w$.]/g, '_')
  return base === undefined || base === '' || /^\d/.test(base) ? null : base
}

export function printRange(range: SourceRange, options: PrintOptions = {}): string {
  const file = options.fileName ? options.fileName(range.file) : range.file
  return `${file}:${range.line}:${range.column}${options.ranges === 'full' ? `:${range.start}:${range.end}` : ''}`
}

function printOne(graph: Graph, options: PrintOptions, label: (node: Node) => string): string {
  const names = valueNames(graph)
  const name = (id: ValueId): string => `%${names.get(id) ?? `undefined_${id}`}`
  const typed = (id: ValueId): string =>
    `${name(id)} : ${printType(graph.values.get(id)?.type ?? { kind: 'tensor', dtype: null, shape: null })}`
  const list = (ids: readonly ValueId[]): string => ids.map(name).join(', ')
  const lines: string[] = []

  const printBlock = (block: Block, depth: number): void => {
    const indent = '  '.repeat(depth)
    for (const node of block.nodes) {
      const range = options.ranges === 'none' || node.range.line === 0 ? '' : ` # ${printRange(node.range, options)}`
      lines.push(`${indent}${node.outputs.map(typed).join(', ')} = ${label(node)}${printAttributes(node)}(${list(node.inputs)})${range}`)
      node.blocks.forEach((inner, i) => {
        lines.push(`${indent}  block${i}(${inner.params.map(typed).join(', ')}):`)
        printBlock(inner, depth + 2)
        lines.push(`${indent}    -> (${list(inner.returns)})`)
      })
    }
  }

  const params = graph.block.params.map(typed)
  lines.push(`graph(${params.join(',\n      ')}):`)
  printBlock(graph.block, 1)
  lines.push(`  return (${list(graph.block.returns)})`)
  const symbols = [...symbolsOfGraph(graph).values()].filter((s) => !isPlainDimension(s))
  if (symbols.length > 0) lines.push(`symbols(${symbols.map(printSymbol).join(', ')})`)
  return `${lines.join('\n')}\n`
}

/** Every symbol that the types of a graph mention. */
export function symbolsOfGraph(graph: Graph): ReadonlyMap<string, SymVar> {
  const found = new Map<string, SymVar>()
  const visit = (type: Type): void => {
    switch (type.kind) {
      case 'tensor':
        for (const symbol of symbolsOf(...(type.shape ?? []))) found.set(symbol.name, symbol)
        return
      case 'list':
      case 'set':
      case 'optional':
      case 'future':
        visit(type.element)
        return
      case 'tuple':
        type.elements.forEach(visit)
        return
      case 'union':
        type.members.forEach(visit)
        return
      case 'dict':
        visit(type.key)
        visit(type.value)
        return
      default:
    }
  }
  for (const info of graph.values.values()) visit(info.type)
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const isPlainDimension = (s: SymVar): boolean => s.type === 'int' && s.min === 0 && s.max === undefined

const printSymbol = (s: SymVar): string => {
  const bounds = s.min === undefined && s.max === undefined ? '' : ` in [${s.min ?? '-inf'}, ${s.max ?? 'inf'}]`
  return `${s.name} : ${s.type}${bounds}`
}

function printAttributes(node: Node): string {
  const entries = Object.entries(node.attributes).filter(([, attribute]) => attribute.kind !== 'graph')
  if (entries.length === 0) return ''
  return `[${entries.map(([key, attribute]) => `${key}=${printAttribute(key, attribute)}`).join(', ')}]`
}

function printAttribute(key: string, attribute: Attribute): string {
  switch (attribute.kind) {
    case 'int':
      return String(attribute.value)
    case 'float':
      return printFloat(attribute.value)
    case 'bool':
      // TorchScript's bool constants are 0 and 1; elsewhere the words keep them apart from ints.
      return key === 'value' ? String(Number(attribute.value)) : String(attribute.value)
    case 'string':
    case 'name':
      return JSON.stringify(attribute.value)
    case 'names':
      return `{${attribute.value.map((v) => JSON.stringify(v)).join(', ')}}`
    case 'none':
      return 'None'
    case 'ints':
      return `[${attribute.value.join(', ')}]`
    case 'floats':
      return `[${attribute.value.map(printFloat).join(', ')}]`
    case 'dtype':
      return attribute.value
    case 'tensor':
      return `<Tensor ${attribute.id}>`
    case 'graph':
      throw new Error('subgraphs are printed after their graph')
    default:
      return attribute satisfies never
  }
}

/** Python's habit: a float always shows that it is one. */
function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.'
  const text = String(value)
  return /^-?\d+$/.test(text) ? `${text}.` : text
}

/** The entry first, then the functions that it calls. */
export function printProgram({ entry, functions }: Program, options: PrintOptions = {}): string {
  const names = [entry, ...[...functions.keys()].filter((name) => name !== entry)]
  return names.map((name) => printGraph(functions.get(name)!, options)).join('\n')
}
