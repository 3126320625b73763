/**
 * `.code`: the program as readable TypeScript, the counterpart of TorchScript's `.code`. Tensor operators are calls of the user API with
 * defaults left out; functions and methods of a program that was not inlined yet stand one after the other.
 */
import { findByApi, findOperator } from '../../ops/registry.ts'
import { precedence } from '../../ops/scalarOp.ts'
import { camelCase, type DefaultValue, parseSchema, type Schema } from '../../ops/schema.ts'
import { typeText } from '../frontend/typeRelations.ts'
import type { Graph, Node, Program, ValueId } from '../ir/graph.ts'
import { segmentOf } from '../ir/segment.ts'
import type { Type } from '../ir/types.ts'
import { writtenFields } from '../ir/walk.ts'
import { atom, callText, compound, type Expression, receiver } from './expression.ts'
import { type Dialect, FunctionPrinter, type PrintedNode } from './printFunction.ts'
import { TextBuilder } from './textBuilder.ts'

/** The entry first, then what it calls; segments of an optimised program as functions of their own. */
export function printCode(program: Program): string {
  const dialect = new CodeDialect(program)
  const names = [program.entry, ...[...program.functions.keys()].filter((name) => name !== program.entry)]
  const parts = names.map((name) => printOne(program.functions.get(name)!, dialect))
  for (let next = dialect.pending.shift(); next; next = dialect.pending.shift()) parts.push(printOne(next.graph, dialect, next.name))
  return parts.join('\n')
}

function printOne(graph: Graph, dialect: CodeDialect, name: string = graph.name): string {
  const text = new TextBuilder()
  const printer = new FunctionPrinter(graph, dialect, text, dialect.written)
  const parameters = printer.parameters().map((parameter, i) => `${parameter}: ${typeText(printer.typeOf(graph.block.params[i]!))}`)
  const [result] = graph.block.returns
  const results = graph.block.returns.map((id) => typeText(printer.typeOf(id)))
  const type = result === undefined ? 'void' : results.length === 1 ? results[0] : `[${results.join(', ')}]`
  text.nest(`function ${name.replaceAll('.', '_')}(${parameters.join(', ')}): ${type === 'null' ? 'void' : type} {`, '}', () =>
    printer.body(),
  )
  return text.toString()
}

class CodeDialect implements Dialect {
  readonly pending: { readonly name: string; readonly graph: Graph }[] = []
  readonly written: ReadonlySet<string>
  private readonly program: Program

  constructor(program: Program) {
    this.program = program
    this.written = writtenFields(program.functions.values())
  }

  helper(name: string): string {
    return name
  }

  host(name: string): string {
    return name
  }

  instance(name: string): string {
    return `Object.create(${name}.prototype)`
  }

  annotate(type: Type): string {
    return type.kind === 'tensor'
      ? ''
      : type.kind === 'list' || type.kind === 'optional' || type.kind === 'tuple'
        ? `: ${typeText(type)}`
        : ''
  }

  tensorConstant(id: string): Expression {
    const constant = [...this.program.constants.values()].find((c) => c.id === id)
    return atom(`CONSTANTS[${JSON.stringify(constant?.name ?? id)}]`)
  }

  node(printer: FunctionPrinter, node: Node): PrintedNode {
    const operands = node.inputs.map((id) => printer.use(id))
    const attribute = node.attributes.name
    const name = attribute?.kind === 'name' ? attribute.value : ''
    switch (node.kind) {
      case 'prim::Segment': {
        const { graph } = segmentOf(node)
        this.pending.push({ name: graph.name, graph })
        const call = callText(graph.name, operands)
        return node.outputs.length === 1 ? { expression: call, movable: false } : { tuple: call, movable: false }
      }
      case 'prim::CallFunction':
        return this.call(printer, node, callText(name.replaceAll('.', '_'), operands))
      case 'prim::CallMethod': {
        const [self, ...rest] = operands as [Expression, ...Expression[]]
        const text = name === 'forward' ? receiver(self) : `${receiver(self)}.${name}`
        return this.call(printer, node, callText(text, rest))
      }
      case 'prim::GetAttr':
        return { expression: compound(`${receiver(operands[0]!)}.${name}`, precedence.postfix, operands), movable: true }
      case 'prim::Module':
      case 'prim::State':
        return { expression: atom(name), movable: true }
      case 'prim::dtype':
      case 'prim::device':
        return { expression: compound(`${receiver(operands[0]!)}.${node.kind.slice(6)}`, precedence.postfix, operands), movable: true }
      default:
        return this.operator(printer, node, operands)
    }
  }

  private call(printer: FunctionPrinter, node: Node, call: Expression): PrintedNode {
    return printer.typeOf(node.outputs[0]!).kind === 'none'
      ? { statement: call.text, movable: false }
      : { expression: call, movable: false }
  }

  private operator(printer: FunctionPrinter, node: Node, operands: readonly Expression[]): PrintedNode {
    const types = node.inputs.map((id) => printer.typeOf(id))
    if (types[0]?.kind === 'tensor' && node.kind === 'aten::size') {
      const shape = `${receiver(operands[0]!)}.shape`
      return { expression: compound(operands[1] ? `${shape}[${operands[1].text}]` : shape, precedence.postfix, operands), movable: true }
    }
    if (node.kind === 'aten::item' || node.kind === 'aten::tolist') {
      const method = node.kind === 'aten::item' ? 'item' : 'toArray'
      return { expression: compound(`${receiver(operands[0]!)}.${method}()`, precedence.postfix, operands), movable: false }
    }
    const expression = operatorCall(printer, node, operands)
    if (node.outputs.length === 0) return { statement: expression.text, movable: false }
    return node.outputs.length === 1 ? { expression, movable: false } : { tuple: expression, movable: false }
  }
}

/** `torch.sub(rv, 1)`, `x.select(0, 1)`, `F.conv2d(x, weight, null, { padding: 1 })`: the user's spelling of an operator. */
function operatorCall(printer: FunctionPrinter, node: Node, operands: readonly Expression[]): Expression {
  const name = camelCase(node.kind.replace(/^\w+::/, ''))
  const home = (['torch', 'F', 'Tensor'] as const).find((candidate) =>
    findByApi(candidate, name)?.candidates.some((c) => c.operator.name === node.kind),
  )
  const schema = schemaOf(node, printer)
  const { positional, named } = schema ? splitArguments(schema, node, operands, printer) : { positional: operands, named: [] }
  const options =
    named.length > 0
      ? [
          compound(
            `{ ${named.map(([key, value]) => `${key}: ${value.text}`).join(', ')} }`,
            precedence.primary,
            named.map(([, value]) => value),
          ),
        ]
      : []
  if (home === 'Tensor') {
    const [self, ...rest] = positional as [Expression, ...Expression[]]
    return compound(`${receiver(self)}.${name}(${[...rest, ...options].map((part) => part.text).join(', ')})`, precedence.postfix, operands)
  }
  return callText(home ? `${home}.${name}` : `torch.ops.${node.kind.replace('::', '.')}`, [...positional, ...options])
}

function schemaOf(node: Node, printer: FunctionPrinter): Schema | null {
  const operator = findOperator(node.kind)
  const same = operator?.schemas.map(parseSchema).filter((schema) => schema.params.length === node.inputs.length) ?? []
  const fits = (schema: Schema): boolean =>
    schema.params.every(
      (param, i) => (param.type.t === 'tensor') === (printer.typeOf(node.inputs[i]!).kind === 'tensor') || param.type.t === 'optional',
    )
  return same.find(fits) ?? same[0] ?? null
}

function splitArguments(
  schema: Schema,
  node: Node,
  operands: readonly Expression[],
  printer: FunctionPrinter,
): { readonly positional: readonly Expression[]; readonly named: readonly (readonly [string, Expression])[] } {
  const isDefault = schema.params.map(
    (param, i) => param.default !== undefined && matchesDefault(operands[i]!, param.default, printer, node.inputs[i]!),
  )
  const lastPositional = schema.params.reduce((last, param, i) => (param.keywordOnly || isDefault[i] ? last : i), -1)
  const positional: Expression[] = []
  const named: (readonly [string, Expression])[] = []
  for (const [i, param] of schema.params.entries()) {
    if (param.keywordOnly) {
      if (!isDefault[i]) named.push([camelCase(param.name), operands[i]!])
    } else if (i <= lastPositional) positional.push(operands[i]!)
  }
  return { positional, named }
}

function matchesDefault(operand: Expression, known: DefaultValue, printer: FunctionPrinter, id: ValueId): boolean {
  const text = (value: DefaultValue): string =>
    Array.isArray(value) ? `[${value.map(text).join(', ')}]` : typeof value === 'string' ? JSON.stringify(value) : String(value)
  if (operand.text === text(known)) return true
  // `stride=1` of `int[2]` is [1, 1].
  return typeof known === 'number' && printer.typeOf(id).kind === 'list' && new RegExp(`^\\[${known}(, ${known})*\\]$`).test(operand.text)
}
