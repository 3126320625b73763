/** Lines of generated code with indentation, and the source position each statement came from. */
import type { SourceRange } from '../ir/graph.ts'

export interface Mapping {
  readonly offset: number
  readonly file: string
  readonly line: number
  readonly column: number
}

export class TextBuilder {
  readonly mappings: Mapping[] = []
  private text = ''
  private depth: number

  constructor(depth = 0) {
    this.depth = depth
  }

  line(text: string, range?: SourceRange): void {
    const indent = '  '.repeat(this.depth)
    if (range && range.file !== '')
      this.mappings.push({ offset: this.text.length + indent.length, file: range.file, line: range.line, column: range.column })
    this.text += `${indent}${text}\n`
  }

  /** `open`, then `body` indented, then `close`. */
  nest(open: string, close: string, body: () => void, range?: SourceRange): void {
    this.line(open, range)
    this.depth++
    body()
    this.depth--
    this.line(close)
  }

  indented(body: () => void): void {
    this.depth++
    body()
    this.depth--
  }

  toString(): string {
    return this.text
  }

  get length(): number {
    return this.text.length
  }

  /** Removes what was written since `length`: used to see whether a block prints any statement. */
  cut(length: number): void {
    this.text = this.text.slice(0, length)
    while (this.mappings.length > 0 && this.mappings.at(-1)!.offset >= length) this.mappings.pop()
  }
}
