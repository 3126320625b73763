/**
 * PyTorch's schema language: `conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, *, bool flag=False) -> Tensor`.
 * Parsed once a string and cached; the text stays the only place where a signature is written.
 */
export type SchemaType =
  | { readonly t: 'tensor' }
  | { readonly t: 'scalar' | 'int' | 'float' | 'bool' | 'str' | 'dtype' | 'opaque' }
  | { readonly t: 'optional'; readonly element: SchemaType }
  /** `length`: `int[2]`, where one int stands for two of it. */
  | { readonly t: 'list'; readonly element: SchemaType; readonly length: number | null }

export type DefaultValue = number | boolean | string | null | readonly DefaultValue[]

export interface SchemaParam {
  readonly name: string
  readonly type: SchemaType
  /** undefined: must be given. */
  readonly default: DefaultValue | undefined
  readonly keywordOnly: boolean
  /** `a!` of `Tensor(a!)`: the alias set, `!` when written. */
  readonly alias: string | null
}

export interface SchemaReturn {
  readonly name: string | null
  readonly type: SchemaType
}

export interface Schema {
  readonly text: string
  /** Without domain and overload: `add`. */
  readonly name: string
  /** `Tensor` of `add.Tensor`, else ''. */
  readonly overload: string
  readonly params: readonly SchemaParam[]
  readonly returns: readonly SchemaReturn[]
}

/** Layout, Device, MemoryFormat, Generator: accepted, carried, and without meaning here. */
const scalarTypes: { readonly [name: string]: SchemaType } = {
  Tensor: { t: 'tensor' },
  Scalar: { t: 'scalar' },
  int: { t: 'int' },
  SymInt: { t: 'int' },
  float: { t: 'float' },
  bool: { t: 'bool' },
  str: { t: 'str' },
  ScalarType: { t: 'dtype' },
  Layout: { t: 'opaque' },
  Device: { t: 'opaque' },
  MemoryFormat: { t: 'opaque' },
  Generator: { t: 'opaque' },
}

/** Nothing but a memo of a pure function. */
const parsed = new Map<string, Schema>()

/** @throws Error when the text is not a schema (a bug of the operator table, never of a user). */
export function parseSchema(text: string): Schema {
  let schema = parsed.get(text)
  if (!schema) {
    schema = new SchemaParser(text).parse()
    parsed.set(text, schema)
  }
  return schema
}

class SchemaParser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): Schema {
    const name = this.#match(/(?:\w+::)?(\w+)/y)[1] as string
    const overload = this.#eat('.') ? (this.#match(/\w+/y)[0] as string) : ''
    const params = this.#params()
    this.#expect('->')
    const returns = this.#returns()
    if (this.#at !== this.#text.length) this.#fail('unexpected text')
    return { text: this.#text, name, overload, params, returns }
  }

  #params(): readonly SchemaParam[] {
    const params: SchemaParam[] = []
    let keywordOnly = false
    this.#expect('(')
    while (!this.#eat(')')) {
      if (this.#eat('*')) keywordOnly = true
      else {
        const { type, alias } = this.#type()
        const name = this.#match(/\w+/y)[0]
        const value = this.#eat('=') ? this.#default() : undefined
        params.push({ name, type, alias, keywordOnly, default: value })
      }
      if (!this.#eat(',')) {
        this.#expect(')')
        break
      }
    }
    return params
  }

  #returns(): readonly SchemaReturn[] {
    const one = (): SchemaReturn => ({ type: this.#type().type, name: this.#peek(/\w/y) ? this.#match(/\w+/y)[0] : null })
    if (!this.#eat('(')) return [one()]
    const all: SchemaReturn[] = []
    while (!this.#eat(')')) {
      all.push(one())
      this.#eat(',')
    }
    return all
  }

  #type(): { readonly type: SchemaType; readonly alias: string | null } {
    const name = this.#match(/\w+/y)[0]
    let type = scalarTypes[name]
    if (!type) return this.#fail(`unknown type ${name}`)
    let alias: string | null = null
    for (;;) {
      if (this.#peek(/\(/y)) alias = this.#match(/\(([^)]*)\)/y)[1] as string
      else if (this.#eat('?')) type = { t: 'optional', element: type }
      else if (this.#eat('[')) {
        const length = this.#peek(/\d/y) ? Number(this.#match(/\d+/y)[0]) : null
        this.#expect(']')
        type = { t: 'list', element: type, length }
      } else return { type, alias }
    }
  }

  #default(): DefaultValue {
    if (this.#eat('[')) {
      const values: DefaultValue[] = []
      while (!this.#eat(']')) {
        values.push(this.#default())
        this.#eat(',')
      }
      return values
    }
    if (this.#peek(/["']/y)) return (this.#match(/["']([^"']*)["']/y) as RegExpExecArray)[1] as string
    const word = this.#match(/[-+\w.]+/y)[0]
    if (word === 'None') return null
    if (word === 'True') return true
    if (word === 'False') return false
    const value = word === 'inf' ? Number.POSITIVE_INFINITY : Number(word)
    return Number.isNaN(value) ? word : value
  }

  #skip(): void {
    while (this.#text[this.#at] === ' ') this.#at++
  }

  #peek(pattern: RegExp): boolean {
    this.#skip()
    pattern.lastIndex = this.#at
    return pattern.test(this.#text)
  }

  #match(pattern: RegExp): RegExpExecArray {
    this.#skip()
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (!match) return this.#fail(`expected ${pattern.source}`)
    this.#at = pattern.lastIndex
    this.#skip()
    return match
  }

  #eat(token: string): boolean {
    this.#skip()
    if (!this.#text.startsWith(token, this.#at)) return false
    this.#at += token.length
    this.#skip()
    return true
  }

  #expect(token: string): void {
    if (!this.#eat(token)) this.#fail(`expected '${token}'`)
  }

  #fail(message: string): never {
    throw new Error(`operator schema '${this.#text}' at ${this.#at}: ${message}`)
  }
}

/** `int[2]`, `Tensor?`: the type as a schema writes it. */
export function schemaTypeToString(type: SchemaType): string {
  switch (type.t) {
    case 'tensor':
      return 'Tensor'
    case 'scalar':
      return 'number'
    case 'dtype':
      return 'dtype'
    case 'str':
      return 'string'
    case 'optional':
      return `${schemaTypeToString(type.element)} | null`
    case 'list':
      return `${type.element.t === 'optional' ? `(${schemaTypeToString(type.element)})` : schemaTypeToString(type.element)}[]`
    default:
      return type.t
  }
}

/** `log_softmax` -> `logSoftmax`; a trailing underscore (in place) stays. */
export const camelCase = (name: string): string => name.replace(/(?<=[a-zA-Z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
