/** A cursor over one text with the lexical rules that graphs, types and dims share. Spaces are skipped, line breaks are not. */
export class TextCursor {
  readonly text: string
  position: number

  constructor(text: string, position = 0) {
    this.text = text
    this.position = position
  }

  fail(expected: string): never {
    const before = this.text.slice(0, this.position)
    const line = before.split('\n').length
    const column = this.position - (before.lastIndexOf('\n') + 1)
    const found = this.text.slice(this.position, this.position + 20).split('\n')[0]
    throw new SyntaxError(`graph text ${line}:${column}: expected ${expected}, found '${found}'`)
  }

  skipSpaces(): void {
    while (this.text[this.position] === ' ') this.position++
  }

  /** Whether `token` comes next. */
  at(token: string): boolean {
    this.skipSpaces()
    return this.text.startsWith(token, this.position)
  }

  accept(token: string): boolean {
    if (!this.at(token)) return false
    this.position += token.length
    return true
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail(`'${token}'`)
  }

  /** The match of a sticky pattern, or null. */
  match(pattern: RegExp): RegExpExecArray | null {
    this.skipSpaces()
    const sticky = new RegExp(pattern.source, 'y')
    sticky.lastIndex = this.position
    const found = sticky.exec(this.text)
    if (found) this.position += found[0].length
    return found
  }

  read(pattern: RegExp, expected: string): string {
    return this.match(pattern)?.[0] ?? this.fail(expected)
  }

  /** A JSON string literal. */
  string(): string {
    return JSON.parse(this.read(/"(?:[^"\\\n]|\\.)*"/, 'a string')) as string
  }

  /** `item, item, ...` up to `end`, which is consumed. Line breaks may follow a comma. */
  list<T>(end: string, item: () => T): T[] {
    const items: T[] = []
    if (this.accept(end)) return items
    do {
      this.match(/\n */)
      if (items.length > 0 && this.at(end)) break
      items.push(item())
    } while (this.accept(','))
    this.expect(end)
    return items
  }

  newLine(): void {
    if (this.position < this.text.length && !this.match(/\n/)) this.fail('the end of the line')
  }
}
