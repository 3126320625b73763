/**
 * The JavaScript of a compiled program: one function expression with the free names `$` (ProgramInstance) and `$r` (namespace of
 * tensorscript/runtime). Segments become calls of `$r.run`; what lies between them is plain JavaScript.
 */
import type { Dim } from '../../ops/dim.ts'
import { symbolsOf } from '../../ops/dimMath.ts'
import { findOperator } from '../../ops/registry.ts'
import { precedence } from '../../ops/scalarOp.ts'
import { CompileError } from '../diagnostics/diagnostic.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Node, Program, ValueId } from '../ir/graph.ts'
import { readsValues } from '../ir/hostReads.ts'
import { segmentOf } from '../ir/segment.ts'
import type { Type } from '../ir/types.ts'
import { nodesOf, writtenFields } from '../ir/walk.ts'
import { arrayText, atom, callText, compound, type Expression, numberText, receiver, stringText, wrap } from './expression.ts'
import { inlineHelper } from './inlineHelpers.ts'
import { type Dialect, FunctionPrinter, type PrintedNode } from './printFunction.ts'
import { type Mapping, TextBuilder } from './textBuilder.ts'

/** How the memory plan wants a segment to be called. */
export interface SegmentCall {
  /** Of the exported wasm function, in the manifest. */
  readonly index: number
  /** Bytes of the arena and offsets of inputs, then outputs, when they depend on symbolic dims; null: the manifest has them. */
  readonly arenaBytes: Dim | null
  readonly offsets: readonly Dim[] | null
  /** Run in chunks of rows where there are many. */
  readonly rows: boolean
}

export interface JavaScriptOptions {
  readonly name: string
  segment(node: Node): SegmentCall
  /** Names that tensorscript/runtime exports; a helper that is not among them is refused (S7002). Absent: all are taken to exist. */
  readonly runtime?: ReadonlySet<string>
  /** An `async` function that waits for the tensors whose values it needs in between. */
  readonly asynchronous?: boolean
}

export interface PrintedJavaScript {
  readonly javascript: string
  readonly helpers: readonly string[]
  /** Names of the module that it calls: `$h.name`. */
  readonly hosts: readonly string[]
  /** Whether values of tensors are needed before the end. */
  readonly waits: boolean
  readonly mappings: readonly Mapping[]
}

/** The entry; functions that are not inlined stand in it as `$name`. */
export function printJavaScript({ entry, functions }: Program, options: JavaScriptOptions): PrintedJavaScript {
  const dialect = new JavaScriptDialect(options)
  const text = new TextBuilder(1)
  const written = writtenFields(functions.values())
  const arrow = options.asynchronous ? 'async ' : ''
  for (const [name, called] of functions) {
    if (name === entry) continue
    const printer = new FunctionPrinter(called, dialect, text, written)
    text.nest(`const ${localName(name)} = ${arrow}(${printer.parameters().join(', ')}) => {`, '}', () => printer.body())
  }
  const graph = functions.get(entry)!
  const printer = new FunctionPrinter(graph, dialect, text, written)
  const parameters = printer.parameters()
  for (const [i, id] of graph.block.params.entries()) dialect.check(printer, id, parameters[i]!)
  printer.body()
  const made = [...dialect.instances].map(([name, maker]) => `  const ${maker} = ${dialect.helper('instances')}($h.${name})\n`)
  const head = `${arrow}(${parameters.join(', ')}) => {\n${made.join('')}`
  return {
    javascript: `${head}${text}}`,
    helpers: [...dialect.helpers].sort(),
    hosts: [...dialect.hosts].sort(),
    waits: dialect.waits,
    mappings: text.mappings.map((mapping) => ({ ...mapping, offset: mapping.offset + head.length })),
  }
}

const localName = (name: string): string => `$${name.replaceAll('.', '_')}`

class JavaScriptDialect implements Dialect {
  readonly inline = inlineHelper
  readonly helpers = new Set<string>()
  readonly hosts = new Set<string>()
  /** Constructors of the objects that the program makes, by class. */
  readonly instances = new Map<string, string>()
  /** Whether a node has read values of tensors. */
  waits = false
  private readonly options: JavaScriptOptions
  private node_: Node | null = null

  constructor(options: JavaScriptOptions) {
    this.options = options
  }

  helper(name: string): string {
    const { runtime } = this.options
    if (runtime && !runtime.has(name)) {
      const at = this.node_?.range ?? { file: '', start: 0, end: 0 }
      throw new CompileError(messages.operatorNotCompiled(at, { operator: `\`${this.node_?.kind ?? name}\`` }))
    }
    this.helpers.add(name)
    return `$r.${name}`
  }

  host(name: string): string {
    this.hosts.add(name)
    return `$h.${name}`
  }

  instance(name: string): string {
    this.hosts.add(name)
    this.instances.set(name, `$new${name}`)
    return `new $new${name}()`
  }

  operand(printer: FunctionPrinter, node: Node, id: ValueId, expression: Expression): Expression {
    if (!readsValues(node, printer.typeOf(id))) return expression
    this.waits = true
    if (!this.options.asynchronous) return expression
    return compound(`(await ${this.helper('read')}(${expression.text}))`, precedence.primary, [expression])
  }

  annotate(): string {
    return ''
  }

  tensorConstant(_id: string, node: Node): Expression {
    throw new Error(`a tensor constant outside of a segment at ${node.range.file}:${node.range.line}`)
  }

  /** The argument is what the program was compiled for. */
  check(printer: FunctionPrinter, id: ValueId, name: string): void {
    const declared = printer.typeOf(id)
    if (declared.kind !== 'optional') {
      this.checkType(printer, declared, id, name)
      return
    }
    const mayBeAbsent = [...nodesOf(printer.graph.block)].some((node) => node.kind === 'js::isAbsent' && node.inputs[0] === id)
    if (!mayBeAbsent) printer.text.line(`${name} ??= null`)
    if (declared.element.kind !== 'tensor' && !scalarKinds.has(declared.element.kind)) return
    printer.text.nest(`if (${name} ${mayBeAbsent ? '!=' : '!=='} null) {`, '}', () => this.checkType(printer, declared.element, id, name))
  }

  private checkType(printer: FunctionPrinter, type: Type, id: ValueId, name: string): void {
    const label = stringText(printer.nameOf(id) ?? name).text
    if (type.kind === 'tensor') {
      const shape = (type.shape ?? []).map((dim) =>
        typeof dim === 'number' ? String(dim) : dim.op === 'var' && !dim.name.startsWith('dim_') ? JSON.stringify(dim.name) : 'null',
      )
      printer.text.line(`${this.helper('checkTensor')}(${name}, ${label}, '${type.dtype ?? 'float32'}', [${shape.join(', ')}])`)
      this.checkBounds(printer, type, name)
    } else if (type.kind === 'list' && type.element.kind === 'tensor' && type.element.dtype !== null) {
      const { element } = type
      printer.text.nest(`for (const $item of ${name}) {`, '}', () => this.checkType(printer, element, id, '$item'))
    } else if (scalarKinds.has(type.kind)) printer.text.line(`${this.helper('checkScalar')}(${name}, ${label}, '${type.kind}')`)
  }

  private checkBounds(printer: FunctionPrinter, type: Extract<Type, { kind: 'tensor' }>, name: string): void {
    for (const [axis, dim] of (type.shape ?? []).entries()) {
      if (typeof dim === 'number' || dim.op !== 'var') continue
      const { max } = dim as { readonly max?: number }
      if (max !== undefined)
        printer.text.line(
          `${this.helper('guard')}(${name}.shape[${axis}] <= ${max}, ${JSON.stringify(`${name}: dimension ${axis} is declared as '${dim.name}<=${max}'`)})`,
        )
    }
  }

  node(printer: FunctionPrinter, node: Node): PrintedNode {
    this.node_ = node
    if (node.kind === 'prim::Segment') return this.segment(printer, node)
    const operands = printer.operands(node)
    if (node.kind === 'prim::CallFunction') return this.call(printer, node, operands)
    const made = this.tensorQuery(printer, node, operands)
    if (made) return made
    throw new CompileError(messages.operatorNotCompiled(node.range, { operator: `\`${node.kind}\`` }))
  }

  private call(printer: FunctionPrinter, node: Node, operands: readonly Expression[]): PrintedNode {
    const { name } = node.attributes
    const called = callText(localName(name?.kind === 'name' ? name.value : ''), operands)
    const call = this.options.asynchronous ? compound(`(await ${called.text})`, precedence.primary, operands) : called
    return printer.typeOf(node.outputs[0]!).kind === 'none'
      ? { statement: call.text, movable: false }
      : { expression: call, movable: false }
  }

  /** What is asked of a tensor between segments. */
  private tensorQuery(printer: FunctionPrinter, node: Node, operands: readonly Expression[]): PrintedNode | null {
    const [first, second] = operands
    if (!first || printer.typeOf(node.inputs[0]!).kind !== 'tensor') return this.hostOperator(printer, node, operands)
    switch (node.kind) {
      case 'aten::size':
        if (!second) return { expression: compound(`${receiver(first)}.shape.slice()`, precedence.postfix, operands), movable: false }
        return {
          expression: compound(
            `${receiver(first)}.shape[${second.text.startsWith('-') ? `${first.text}.shape.length - ${second.text.slice(1)}` : second.text}]`,
            precedence.postfix,
            operands,
          ),
          movable: true,
        }
      case 'aten::len':
        return { expression: compound(`${receiver(first)}.shape[0]`, precedence.postfix, operands), movable: true }
      case 'aten::dim':
        return { expression: compound(`${receiver(first)}.shape.length`, precedence.postfix, operands), movable: true }
      case 'aten::item':
        return { expression: compound(`${receiver(first)}.item()`, precedence.postfix, operands), movable: false }
      case 'aten::Bool':
        return { expression: callText(this.helper('truth'), [first]), movable: false }
      case 'aten::tolist':
        return { expression: compound(`${receiver(first)}.toArray()`, precedence.postfix, operands), movable: false }
      case 'prim::dtype':
        return { expression: compound(`${receiver(first)}.dtype`, precedence.postfix, operands), movable: true }
      case 'prim::device':
        return { expression: stringText('cpu'), movable: true }
      case 'aten::str':
        return { expression: callText('String', [first]), movable: false }
      default:
        return this.hostOperator(printer, node, operands)
    }
  }

  /** An operator that runs in JavaScript: its shape depends on data, or it draws random numbers. */
  private hostOperator(printer: FunctionPrinter, node: Node, operands: readonly Expression[]): PrintedNode | null {
    if (!/^(aten|nn)::/.test(node.kind)) return null
    const call = callText(this.helper(hostName(node.kind)), operands)
    // A list of known length has its elements as outputs, also when it is one.
    const [output] = node.outputs
    const isList =
      / -> Tensor(\(\w\))?\[\]$/.test(findOperator(node.kind)?.schemas[0] ?? '') &&
      output !== undefined &&
      printer.typeOf(output).kind === 'tensor'
    return node.outputs.length === 1 && !isList ? { expression: call, movable: false } : { tuple: call, movable: false }
  }

  private segment(printer: FunctionPrinter, node: Node): PrintedNode {
    const { symbols, tensors, scalars } = segmentOf(node)
    const call = this.options.segment(node)
    const environment = new Map(symbols.map((symbol, i) => [symbol, printer.use(scalars[i]!)] as const))
    const dim = (value: Dim): Expression => printDim(value, environment, (name) => this.helper(name))
    const shapes = node.outputs.map((id) => {
      const type = printer.typeOf(id)
      if (type.kind !== 'tensor' || type.shape === null)
        throw new Error(`a segment with a result of unknown shape in ${printer.graph.name}`)
      return arrayText(type.shape.map(dim))
    })
    const parts = [
      atom('$'),
      numberText(call.index),
      arrayText(tensors.map((id) => printer.use(id))),
      arrayText(scalars.map((id) => printer.use(id))),
      arrayText(shapes),
    ]
    if (call.arenaBytes !== null) parts.push(dim(call.arenaBytes))
    if (call.offsets !== null) parts.push(arrayText(call.offsets.map(dim)))
    const run = callText(this.helper(call.rows ? 'runRows' : 'run'), parts)
    if (node.outputs.length === 1) return { expression: compound(`${run.text}[0]`, precedence.postfix, [run]), movable: false }
    return { tuple: run, movable: false }
  }
}

/** `aten::randint` is `host_randint` of the runtime, `nn::gcd_dense` is `host_gcd_dense`. */
const hostName = (kind: string): string => `host_${kind.slice(kind.indexOf('::') + 2)}`

const scalarKinds: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'string'])

/** A symbolic int as JavaScript; `floordiv` and `mod` of non-negative ints, which dims are. */
export function printDim(dim: Dim, environment: ReadonlyMap<string, Expression>, helper: (name: string) => string): Expression {
  if (typeof dim === 'number') return numberText(dim)
  if (dim.op === 'var') {
    const known = environment.get(dim.name)
    if (!known) throw new Error(`the symbol ${dim.name} has no value here; known are ${[...environment.keys()].join(', ')}`)
    return known
  }
  const parts = dim.args.map((arg) => printDim(arg, environment, helper))
  switch (dim.op) {
    case 'add':
      return compound(
        parts
          .map((part) => wrap(part, precedence.additive))
          .join(' + ')
          .replaceAll('+ -', '- '),
        precedence.additive,
        parts,
      )
    case 'mul':
      return compound(parts.map((part) => wrap(part, precedence.multiplicative)).join(' * '), precedence.multiplicative, parts)
    case 'floordiv':
      return compound(
        `Math.floor(${wrap(parts[0]!, precedence.multiplicative)} / ${wrap(parts[1]!, precedence.multiplicative + 1)})`,
        precedence.postfix,
        parts,
      )
    case 'mod':
      return compound(`${helper('mod')}(${parts.map((part) => part.text).join(', ')})`, precedence.postfix, parts)
    case 'max':
    case 'min':
      return callText(`Math.${dim.op}`, parts)
    default:
      return dim satisfies never
  }
}

/** Symbols that a call of a segment needs besides the segment's own: used to check plans early. */
export const planSymbols = (call: SegmentCall): readonly string[] =>
  symbolsOf(...(call.arenaBytes === null ? [] : [call.arenaBytes]), ...(call.offsets ?? [])).map((symbol) => symbol.name)
