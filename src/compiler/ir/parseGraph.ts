/**
 * Reads the text of `printGraph` back: print(parse(print(g))) is print(g). Ids are given in order of appearance; ranges without offsets get
 * offset 0. Throws SyntaxError with line and column of the text. Values may be used only after their definition.
 */
import type { SymVar } from '../../ops/dim.ts'
import { symVar } from '../../ops/dimMath.ts'
import { type DType, elementBytes } from '../../ops/dtype.ts'
import { GraphBuilder, noRange } from './builder.ts'
import type { Attribute, Block, ConstantId, Graph, Node, SourceRange, ValueId } from './graph.ts'
import { parseType, type SymbolTable } from './parseType.ts'
import { TextCursor } from './textCursor.ts'
import type { Type } from './types.ts'

export function parseGraph(text: string, name = 'forward'): Graph {
  const cursor = new TextCursor(text)
  cursor.match(/\s*/)
  const sections = new Map<string, Graph>()
  // Subgraphs come after their users, so their texts are found first and parsed from the last to the first.
  const starts = [...text.matchAll(/^with (\S+) = (?=graph\()/gm)]
  for (const found of starts.reverse()) {
    const label = found[1]!
    const section = new TextCursor(text, found.index + found[0].length)
    sections.set(label, new SectionParser(section, sections, label.replace(/^.*::/, '')).parse())
  }
  return new SectionParser(cursor, sections, name).parse()
}

class SectionParser {
  private readonly cursor: TextCursor
  private readonly sections: ReadonlyMap<string, Graph>
  private readonly builder: GraphBuilder
  private readonly values = new Map<string, ValueId>()
  private readonly symbols: SymbolTable

  constructor(cursor: TextCursor, sections: ReadonlyMap<string, Graph>, name: string) {
    this.cursor = cursor
    this.sections = sections
    this.builder = new GraphBuilder(name)
    this.symbols = readSymbols(cursor)
  }

  parse(): Graph {
    const { cursor } = this
    cursor.expect('graph(')
    cursor.list(')', () => this.builder.adoptParam(this.definition()))
    cursor.expect(':')
    cursor.newLine()
    while (!cursor.at('return')) this.node()
    cursor.expect('return')
    cursor.expect('(')
    return this.builder.finish(cursor.list(')', () => this.use()))
  }

  /** `%name : type` defines a value. */
  private definition(): ValueId {
    const name = this.valueName()
    this.cursor.expect(':')
    const type = parseType(this.cursor, this.symbols)
    const id = this.builder.value(type, /^\d+$/.test(name) ? null : name.replace(/(\.\d+)+$/, ''))
    if (this.values.has(name)) this.cursor.fail(`a new name (%${name} is defined twice)`)
    this.values.set(name, id)
    return id
  }

  private valueName(): string {
    return this.cursor.read(/%[\w$.]+/, 'a value').slice(1)
  }

  private use(): ValueId {
    const name = this.valueName()
    return this.values.get(name) ?? this.cursor.fail(`a defined value instead of %${name}`)
  }

  private node(): void {
    const { cursor } = this
    const outputs: ValueId[] = []
    if (!cursor.at('='))
      do outputs.push(this.definition())
      while (cursor.accept(','))
    cursor.expect('=')
    const label = cursor.read(/\w+::[\w$]+/, 'a node kind')
    const subgraph = this.sections.get(label)
    const kind = (subgraph ? label.replace(/_\d+$/, '') : label) as Node['kind']
    const attributes: { [key: string]: Attribute } = {}
    if (cursor.accept('[')) for (const [key, attribute] of cursor.list(']', () => this.attribute(outputs))) attributes[key] = attribute
    if (subgraph) attributes.Subgraph = { kind: 'graph', graph: subgraph }
    cursor.expect('(')
    const inputs = cursor.list(')', () => this.use())
    const range = cursor.accept('#') ? parseRange(cursor) : noRange
    cursor.newLine()
    const blocks: Block[] = []
    while (cursor.match(/block\d+\(/)) blocks.push(this.block())
    this.builder.append(kind, inputs, outputs, range, { attributes, blocks })
  }

  private block(): Block {
    const { cursor } = this
    return this.builder.block(() => {
      cursor.list(')', () => this.builder.adoptParam(this.definition()))
      cursor.expect(':')
      cursor.newLine()
      while (!cursor.at('->')) this.node()
      cursor.expect('->')
      cursor.expect('(')
      const returns = cursor.list(')', () => this.use())
      cursor.newLine()
      return returns
    })
  }

  private attribute(outputs: readonly ValueId[]): readonly [string, Attribute] {
    const key = this.cursor.read(/\w+/, 'an attribute')
    this.cursor.expect('=')
    const type = outputs[0] === undefined ? null : this.builder.typeOf(outputs[0])
    return [key, key === 'value' ? this.constant(unwrapOptional(type)) : this.plainAttribute(key)]
  }

  private plainAttribute(key: string): Attribute {
    const { cursor } = this
    if (cursor.at('"')) return { kind: key === 'value' ? 'string' : 'name', value: cursor.string() }
    if (cursor.accept('{')) return { kind: 'names', value: cursor.list('}', () => cursor.string()) }
    const word = cursor.match(/true|false|None/)
    if (word) return word[0] === 'None' ? { kind: 'none' } : { kind: 'bool', value: word[0] === 'true' }
    return this.constant(null)
  }

  /** A constant's text says all but whether 0 and 1 are bools and whether an empty list holds floats: the output's type does. */
  private constant(type: Type | null): Attribute {
    const { cursor } = this
    if (cursor.at('"')) return { kind: 'string', value: cursor.string() }
    if (cursor.accept('<Tensor')) {
      const id = cursor.read(/[^>\n]+/, 'a constant id')
      cursor.expect('>')
      return { kind: 'tensor', id: id as ConstantId }
    }
    if (cursor.accept('[')) {
      const items = cursor.list(']', () => this.number())
      const floats = items.some((item) => item.isFloat) || (type?.kind === 'list' && type.element.kind === 'float')
      return { kind: floats ? 'floats' : 'ints', value: items.map((item) => item.value) }
    }
    const dtype = cursor.match(/[a-z]\w*/)
    if (dtype && dtype[0] !== 'inf' && dtype[0] !== 'nan') {
      if (!(dtype[0] in elementBytes)) cursor.fail('a dtype')
      return { kind: 'dtype', value: dtype[0] as DType }
    }
    if (dtype) cursor.position -= dtype[0].length
    const { value, isFloat } = this.number()
    if (type?.kind === 'bool') return { kind: 'bool', value: value !== 0 }
    return { kind: isFloat ? 'float' : 'int', value }
  }

  private number(): { readonly value: number; readonly isFloat: boolean } {
    const text = this.cursor.read(/-?inf|nan|-?\d+(?:\.\d*)?(?:e[-+]?\d+)?/, 'a number')
    if (text === 'nan') return { value: Number.NaN, isFloat: true }
    if (text.endsWith('inf')) return { value: text.startsWith('-') ? -Infinity : Infinity, isFloat: true }
    return { value: Number(text), isFloat: /[.e]/.test(text) }
  }
}

const unwrapOptional = (type: Type | null): Type | null => (type?.kind === 'optional' ? type.element : type)

function parseRange(cursor: TextCursor): SourceRange {
  const text = cursor.read(/[^\n]*/, 'a source range').trimEnd()
  const found = /^(.*?):(\d+):(\d+)(?::(\d+):(\d+))?$/.exec(text)
  if (!found) return cursor.fail('a source range (file:line:column)')
  const [, file, line, column, start, end] = found
  return { file: file!, line: Number(line), column: Number(column), start: Number(start ?? 0), end: Number(end ?? 0) }
}

/** The declared symbols of the section that starts at the cursor: its `symbols(...)` line, if it has one. */
function readSymbols(cursor: TextCursor): SymbolTable {
  const end = cursor.text.indexOf('\nwith ', cursor.position)
  const section = cursor.text.slice(cursor.position, end < 0 ? undefined : end + 1)
  const found = /^symbols\(/m.exec(section)
  const table = new Map<string, SymVar>()
  if (!found) return table
  const line = new TextCursor(section, found.index + found[0].length)
  line.list(')', () => {
    const name = line.read(/[\w$.]+/, 'a symbol')
    line.expect(':')
    const type = line.read(/int|float|bool/, "'int', 'float' or 'bool'") as SymVar['type']
    const bounds: { min?: number; max?: number } = {}
    if (line.accept('in')) {
      line.expect('[')
      const [min, max] = line.list(']', () => Number(line.read(/-?inf|-?[\d.e+]+/, 'a bound').replace('inf', 'Infinity')))
      if (Number.isFinite(min)) bounds.min = min!
      if (Number.isFinite(max)) bounds.max = max!
    }
    table.set(name, symVar(name, type, bounds))
  })
  return table
}
