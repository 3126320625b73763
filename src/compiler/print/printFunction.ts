/**
 * The structured printer: a graph as the body of a function. Both dialects, TypeScript (`.code`) and the JavaScript of the compiled
 * program, go through here; they differ in how a node is written (`Dialect.expression`). prim::If becomes `if` or a conditional expression,
 * prim::Loop `for` or `while`, carried values `let` variables; a pure value that is used once is written where it is used.
 */
import { precedence } from '../../ops/scalarOp.ts'
import { findScalarOp } from '../../ops/scalarOps.ts'
import type { Block, Graph, Node, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { applyForm, atom, conditionalExpression, type Expression, negate, variable } from './expression.ts'
import { GraphUses, isLastResult, usedOutsideLoops } from './graphUses.ts'
import type { Inlined, InlineSite } from './inlineHelpers.ts'
import { NameTable } from './names.ts'
import { type LoopSite, printLoop } from './printLoop.ts'
import { printConstant, printStructural } from './printNodes.ts'
import type { TextBuilder } from './textBuilder.ts'

/** What a node becomes. `lines` come first; `results` are its outputs, in order. */
export interface PrintedNode {
  /** One expression for the only output... */
  readonly expression?: Expression
  /** ...or for an array of all outputs. */
  readonly tuple?: Expression
  /** A statement, for nodes without outputs. */
  readonly statement?: string
  /** Whether the expression may be written at its use: it has no effect, sees none, and costs nothing worth a name. */
  readonly movable: boolean
}

export interface Dialect {
  /** How a runtime helper is called: `$r.item`. */
  helper(name: string): string
  /** A helper's call written out, as far as the dialect does that. */
  inline?(name: string, site: InlineSite, operands: readonly Expression[], types: readonly Type[]): Inlined | null
  /** How something that stays at the host is called: `$h.name`. */
  host(name: string): string
  /** A new object of a class at the host, without fields. */
  instance(name: string): string
  /** Nodes that are no scalar operators: tensor operators, segments, calls. */
  node(printer: FunctionPrinter, node: Node): PrintedNode
  /** An operand as a node takes it, where that is more than its name. */
  operand?(printer: FunctionPrinter, node: Node, id: ValueId, expression: Expression): Expression
  /** Type annotations: `.code` has them. */
  annotate(type: Type): string
  tensorConstant(id: string, node: Node): Expression
}

interface Pending {
  readonly expression: Expression
}

export class FunctionPrinter implements LoopSite {
  readonly graph: Graph
  readonly text: TextBuilder
  readonly names = new NameTable()
  readonly dialect: Dialect
  private readonly values = new Map<ValueId, Expression>()
  private readonly pending = new Map<ValueId, Pending>()
  private readonly written: ReadonlySet<string>
  readonly uses: GraphUses
  readonly uninitialized = new Set<ValueId>()

  /** `written`: fields that the functions of the program write. */
  constructor(graph: Graph, dialect: Dialect, text: TextBuilder, written: ReadonlySet<string>) {
    this.graph = graph
    this.written = written
    this.dialect = dialect
    this.text = text
    this.uses = new GraphUses(graph)
  }

  typeOf(id: ValueId): Type {
    return this.graph.values.get(id)!.type
  }

  nameOf(id: ValueId): string | null {
    return this.graph.values.get(id)!.name
  }

  /** Declares the parameters and returns their names. */
  parameters(): readonly string[] {
    return this.graph.block.params.map((id) => {
      const name = this.names.fresh(this.nameOf(id))
      this.values.set(id, variable(name))
      return name
    })
  }

  /** Decides the text of a value. */
  bind(id: ValueId, text: Expression): void {
    this.values.set(id, text)
  }

  known(id: ValueId): Expression | undefined {
    return this.pending.get(id)?.expression ?? this.values.get(id)
  }

  /** The text of a value where it is used. */
  use(id: ValueId): Expression {
    const known = this.known(id)
    if (!known) throw new Error(`printing ${this.graph.name}: value ${id} is used before it is printed`)
    return known
  }

  /** The text of a node's operands. */
  operands(node: Node): readonly Expression[] {
    return node.inputs.map((id) => this.dialect.operand?.(this, node, id, this.use(id)) ?? this.use(id))
  }

  body(): void {
    const { block } = this.graph
    const [result] = block.returns
    if (result === undefined || this.typeOf(result).kind === 'none') this.block(block)
    else this.tail(block, result)
  }

  /** A block whose value is what the function returns: branches at its end return on their own. */
  private tail(block: Block, result: ValueId): void {
    const last = block.nodes.at(-1)
    const output = last?.kind === 'prim::If' ? last.outputs.indexOf(result) : -1
    if (!last || output < 0 || this.uses.count(result) !== 1 || last.outputs.some((id) => id !== result && this.uses.has(id))) {
      this.block(block)
      if (!this.uninitialized.has(result)) this.text.line(`return ${this.use(result).text}`, this.uses.ranges.get(result))
      return
    }
    this.block({ ...block, nodes: block.nodes.slice(0, -1) })
    const [whenTrue, whenFalse] = last.blocks as readonly [Block, Block]
    const condition = this.use(last.inputs[0]!)
    if (this.conditional(last)) {
      this.text.line(`return ${this.use(result).text}`, last.range)
      return
    }
    this.text.line(`if (${condition.text}) {`, last.range)
    this.text.indented(() => this.within(whenTrue, () => this.tail(whenTrue, whenTrue.returns[output]!)))
    this.text.line('}')
    this.within(whenFalse, () => this.tail(whenFalse, whenFalse.returns[output]!))
  }

  block(block: Block): void {
    for (const node of block.nodes) this.node(node)
  }

  private node(node: Node): void {
    switch (node.kind) {
      case 'prim::Constant':
        this.define(
          node.outputs[0]!,
          printConstant(node, (id, at) => this.dialect.tensorConstant(id, at)),
          true,
          node,
        )
        return
      case 'prim::Uninitialized':
        this.uninitialized.add(node.outputs[0]!)
        this.values.set(node.outputs[0]!, atom('undefined'))
        return
      case 'prim::If':
        this.branch(node)
        return
      case 'prim::Loop':
        printLoop(this, node)
        return
      default:
        this.plain(node)
        return
    }
  }

  private plain(node: Node): void {
    const printed =
      this.scalar(node) ??
      printStructural(node, this.operands(node), {
        helper: (name) => this.dialect.helper(name),
        host: (name) => this.dialect.host(name),
        instance: (name) => this.dialect.instance(name),
        uses: (id) => this.uses.count(id),
        typeOf: (id) => this.typeOf(id),
        writes: (field) => this.written.has(field),
      }) ??
      this.dialect.node(this, node)
    if (printed.statement !== undefined) {
      this.text.line(printed.statement, node.range)
      return
    }
    if (printed.tuple) {
      const names = node.outputs.map((id) => (this.uses.has(id) ? this.names.fresh(this.nameOf(id)) : ''))
      node.outputs.forEach((id, i) => {
        if (names[i] !== '') this.values.set(id, variable(names[i]!))
      })
      while (names.at(-1) === '') names.pop()
      if (names.length === 0) this.text.line(printed.tuple.text, node.range)
      else this.text.line(`const [${names.join(', ')}] = ${printed.tuple.text}`, node.range)
      return
    }
    if (printed.expression) this.define(node.outputs[0]!, printed.expression, printed.movable, node)
  }

  /** Binds an output: written at its only use when it may move, else a `const`. */
  private define(id: ValueId, expression: Expression, movable: boolean, node: Node): void {
    const uses = this.uses.count(id)
    const block = this.current ?? this.graph.block
    const trivial =
      /^-?\d+$/.test(expression.text) || (expression.precedence === precedence.primary && /^[\w$."'-]{1,24}$/.test(expression.text))
    if (uses === 0) {
      if (!movable) this.text.line(expression.text, node.range)
      return
    }
    if ((movable && (trivial || (uses === 1 && usedOutsideLoops(block, id)))) || (uses === 1 && isLastResult(block, id, node))) {
      this.pending.set(id, { expression })
      return
    }
    const name = this.names.fresh(this.nameOf(id))
    this.text.line(`const ${name}${this.dialect.annotate(this.typeOf(id))} = ${expression.text}`, node.range)
    this.values.set(id, variable(name))
  }

  private current: Block | null = null

  private scalar(node: Node): PrintedNode | null {
    const found = findScalarOp(
      node.kind,
      node.inputs.map((id) => this.typeOf(id)),
    )
    if (!found) return null
    if (node.kind === 'prim::RaiseException') {
      const { name, host } = node.attributes
      const given = this.operands(node).map(({ text }) => text)
      if (host?.kind === 'name') return { statement: `throw new ${this.dialect.host(host.value)}(${given.join(', ')})`, movable: false }
      const [message, cause] = given
      const className = name?.kind === 'name' ? name.value : 'Error'
      return { statement: `throw new ${className}(${message}${cause ? `, { cause: ${cause} }` : ''})`, movable: false }
    }
    const operands = this.operands(node)
    const movable = found.op.effect === 'pure'
    const inlined = found.op.js.form === 'helper' && this.inlined(found.op.js.name, node, operands)
    if (inlined) return { ...inlined, movable }
    const expression = applyForm(found.op.js, operands, (name) => this.dialect.helper(name))
    if (found.result.kind === 'none') return { statement: expression.text, movable: false }
    return { expression, movable }
  }

  private inlined(name: string, node: Node, operands: readonly Expression[]): Inlined | null {
    const named = (operand: Expression): Expression => {
      if (operand.text.length <= 24 && /^[\w$. +-]+$/.test(operand.text)) return operand
      const short = this.names.fresh(null)
      this.text.line(`const ${short} = ${operand.text}`, node.range)
      return variable(short)
    }
    const types = node.inputs.map((id) => this.typeOf(id))
    return this.dialect.inline?.(name, { named, helper: (helper) => this.dialect.helper(helper) }, operands, types) ?? null
  }

  within(block: Block, body: () => void): void {
    const outer = this.current
    this.current = block
    body()
    this.current = outer
  }

  private branch(node: Node): void {
    const [whenTrue, whenFalse] = node.blocks as readonly [Block, Block]
    const condition = this.use(node.inputs[0]!)
    if (this.conditional(node)) return
    const outputs = node.outputs.map((id) => {
      if (!this.uses.has(id)) return null
      const name = this.names.fresh(this.nameOf(id))
      this.text.line(`let ${name}${this.dialect.annotate(this.typeOf(id))}`, node.range)
      return name
    })
    const arm = (block: Block) => (): void =>
      this.within(block, () => {
        this.block(block)
        for (const [i, id] of block.returns.entries())
          if (outputs[i] && !this.uninitialized.has(id)) this.text.line(`${outputs[i]} = ${this.use(id).text}`, this.uses.ranges.get(id))
      })
    const trueIsEmpty = !this.hasStatements(whenTrue, outputs)
    const [first, second, test] = trueIsEmpty ? [whenFalse, whenTrue, negate(condition)] : [whenTrue, whenFalse, condition]
    this.text.line(`if (${test.text}) {`, node.range)
    this.text.indented(arm(first))
    if (this.hasStatements(second, outputs)) {
      this.text.line('} else {')
      this.text.indented(arm(second))
    }
    this.text.line('}')
    for (const [i, id] of node.outputs.entries()) if (outputs[i]) this.values.set(id, variable(outputs[i]))
  }

  private hasStatements(block: Block, outputs: readonly (string | null)[]): boolean {
    return (
      block.nodes.some((node) => node.kind !== 'prim::Constant' && node.kind !== 'prim::Uninitialized') ||
      block.returns.some((id, i) => outputs[i] !== null && !this.uninitialized.has(id))
    )
  }

  /** One expression when both arms only compute one pure value. */
  conditional(node: Node): boolean {
    const [whenTrue, whenFalse] = node.blocks as readonly [Block, Block]
    if (node.outputs.length !== 1 || !this.uses.has(node.outputs[0]!)) return false
    const [a, b] = [this.arm(whenTrue), this.arm(whenFalse)]
    if (!a || !b) return false
    this.define(node.outputs[0]!, conditionalExpression(this.use(node.inputs[0]!), a, b), true, node)
    return true
  }

  /** The value of a block that prints nothing, or null. */
  private arm(block: Block): Expression | null {
    const length = this.text.length
    const movable = block.nodes.every(
      (node) =>
        node.kind === 'prim::Constant' ||
        node.kind === 'prim::unchecked_cast' ||
        (node.blocks.length === 0 &&
          findScalarOp(
            node.kind,
            node.inputs.map((id) => this.typeOf(id)),
          )?.op.effect === 'pure'),
    )
    if (!movable || block.nodes.length > 6) return null
    let result: Expression | null = null
    this.within(block, () => {
      this.block(block)
      result = this.use(block.returns[0]!)
    })
    if (this.text.length === length) return this.uninitialized.has(block.returns[0]!) ? null : result
    this.text.cut(length)
    return null
  }
}
