/**
 * Random programs of the language itself: control flow with labels, early returns, throws, `switch` and `using`; strings, arrays, maps, sets,
 * records, tuples, optionals, unions, enums, classes with state, generics, recursion and closures that write. Statements are a tree of
 * lines, so that a failing program is reduced by leaving out and unwrapping lines.
 */
import { randomValue, type Type, types } from './languageValues.ts'
import { Random } from './random.ts'

export interface Line {
  /** `if (n > 2) {`, or a whole statement. */
  readonly text: string
  readonly body?: readonly Line[]
  readonly otherwise?: readonly Line[]
}

export interface LanguageProgram {
  readonly seed: number
  readonly lines: readonly Line[]
  /** Expressions of what a program gives at its end. */
  readonly result: readonly (readonly [value: string, type: Type])[]
}

export const argumentsOf = (seed: number): readonly unknown[] => [
  (seed % 7) - 2,
  ['', 'ab', 'a b c', 'hello'][seed % 4],
  [[], [3], [5, -1, 4, 4]][seed % 3],
]

export function printLanguage({ lines, result }: LanguageProgram, name: string): string {
  const type = result.map(([, of]) => of).join(', ')
  const values = result.map(([variable]) => variable).join(', ')
  const body = printLines([...lines, { text: `return [${values}]` }], 1)
  return `/** @script */\nexport function ${name}(n: int, s: string, xs: int[]): [${type}] {\n${body}}\n`
}

const printLines = (lines: readonly Line[], depth: number): string =>
  lines
    .map(({ text, body, otherwise }) => {
      const indent = '  '.repeat(depth)
      if (!body) return `${indent}${text}\n`
      const arm = otherwise ? `${indent}} else {\n${printLines(otherwise, depth + 1)}` : ''
      return `${indent}${text} {\n${printLines(body, depth + 1)}${arm}${indent}}\n`
    })
    .join('')

export function generateLanguage(seed: number): LanguageProgram {
  return new LanguageGenerator(new Random(seed)).program(seed)
}

interface Variable {
  readonly name: string
  readonly type: Type
  readonly mutable: boolean
}

/** What a program shows of a variable at its end: of an object its fields. */
const shown: { readonly [T in Type]?: readonly (readonly [suffix: string, type: Type])[] } = {
  Counter: [
    ['.count', 'int'],
    ['.log', 'int[]'],
    ['.describe()', 'string'],
  ],
  'Box<int>': [['.held', 'int']],
  'Box<string>': [['.held', 'string']],
} // prettier-ignore

class LanguageGenerator {
  private readonly random: Random
  private variables: Variable[] = [
    { name: 'n', type: 'int', mutable: true },
    { name: 's', type: 'string', mutable: true },
    { name: 'xs', type: 'int[]', mutable: false },
  ]
  private functions: string[] = []
  private labels: string[] = []
  private loops = 0
  private depth = 0
  private count = 0

  constructor(random: Random) {
    this.random = random
  }

  program(seed: number): LanguageProgram {
    const head = types.map((type) => this.declare(type))
    const result = this.variables.flatMap(({ name, type }) =>
      (shown[type] ?? [['', type]]).map(([suffix, of]) => [name + suffix, of] as const),
    )
    const lines = Array.from({ length: this.random.between(2, 6) }, () => this.statement(result))
    return { seed, lines: [...head, ...lines], result }
  }

  private fresh(prefix: string): string {
    return `${prefix}${this.count++}`
  }

  private declare(type: Type): Line {
    const value = this.value(type)
    const name = this.fresh('v')
    const mutable = this.random.chance(0.7)
    this.variables.push({ name, type, mutable })
    return { text: `${mutable ? 'let' : 'const'} ${name}: ${type} = ${value}` }
  }

  private some(type: Type): string | null {
    const known = this.variables.filter((v) => v.type === type)
    return known.length === 0 ? null : this.random.pick(known).name
  }

  /** One of the variables that are declared first. */
  private known(type: Type): string {
    return this.some(type)!
  }

  private value(type: Type, depth = 0): string {
    return randomValue({ random: this.random, functions: this.functions, some: (of) => this.some(of) }, type, depth)
  }

  private block(result: LanguageProgram['result'], before: readonly Variable[] = []): readonly Line[] {
    const [variables, functions] = [this.variables, this.functions]
    this.variables = [...variables, ...before]
    this.functions = [...functions]
    this.depth++
    const lines = Array.from({ length: this.random.between(1, 2) }, () => this.statement(result))
    this.depth--
    ;[this.variables, this.functions] = [variables, functions]
    return lines
  }

  private loop(head: (label: string) => string, result: LanguageProgram['result'], before: readonly Variable[] = []): Line {
    const label = this.random.chance(0.3) ? this.fresh('l') : ''
    if (label) this.labels.push(label)
    this.loops++
    const body = this.block(result, before)
    this.loops--
    if (label) this.labels.pop()
    return { text: head(label ? `${label}: ` : ''), body }
  }

  private forOf(result: LanguageProgram['result'], over: string, ...elements: readonly Type[]): Line {
    const names = elements.map((type): Variable => ({ name: this.fresh('e'), type, mutable: false }))
    const pattern = names.length === 1 ? names[0]!.name : `[${names.map(({ name }) => name).join(', ')}]`
    return this.loop((label) => `${label}for (const ${pattern} of ${over})`, result, names)
  }

  private statement(result: LanguageProgram['result']): Line {
    const nested: readonly (() => Line)[] = [
      () => this.branch(this.value('boolean'), result),
      () => this.branch(this.value('boolean'), result),
      () => {
        const name = this.fresh('i')
        const count = `${this.random.between(0, 4)}`
        return this.loop((label) => `${label}for (let ${name} = 0; ${name} < ${count}; ${name}++)`, result, [
          { name, type: 'int', mutable: false },
        ])
      },
      () => {
        const name = this.fresh('i')
        const line = this.loop((label) => `${label}while (${name} < ${this.random.between(1, 4)} && ${this.value('boolean', 1)})`, result)
        return { text: 'if (true)', body: [{ text: `let ${name} = 0` }, { ...line, body: [{ text: `${name}++` }, ...line.body!] }] }
      },
      () => this.forOf(result, `[...${this.value('int[]', 2)}].slice(0, 4)`, 'int'),
      () => this.forOf(result, `${this.value('int[]', 2)}.slice(0, 4).entries()`, 'int', 'int'),
      () => this.forOf(result, `${this.value('string[]', 2)}.slice(0, 3)`, 'string'),
      () => this.forOf(result, `${this.value('string', 2)}.slice(0, 3)`, 'string'),
      () => this.forOf(result, `new Map(${this.known('Map<string, int>')})`, 'string', 'int'),
      () => this.forOf(result, `new Set(${this.known('Set<int>')})`, 'int'),
      () => this.forOf(result, `Object.entries(${this.known('Record<string, int>')})`, 'string', 'int'),
      () => ({
        text: `switch (${this.value('int', 2)})`,
        body: [...[0, 1, 2].map((n) => this.case(`case ${n}:`, result)), this.case('default:', result)],
      }),
      () => ({
        text: `switch (${this.known('Color')})`,
        body: ['Red', 'Blue', 'Green'].map((name) => this.case(`case Color.${name}:`, result)),
      }),
      () => {
        const name = this.constant('Shape')
        const r = this.random.pick(['circle', 'box'])
        return this.branch(`${name}.kind === '${r}' && ${name}.${r === 'box' ? 'w' : 'r'} > ${this.value('int', 3)}`, result)
      },
      () => {
        const name = this.constant('int | null')
        return this.branch(`${name} !== null`, result, [{ name, type: 'int', mutable: false }])
      },
      () => {
        const name = this.constant('Key')
        return this.branch(`typeof ${name} === 'string'`, result, [{ name, type: 'string', mutable: false }])
      },
      () => {
        const body = this.block(result)
        return {
          text: 'if (true)',
          body: [{ text: `using ${this.fresh('u')} = new Guard(${this.known('Counter')}, ${this.value('int', 2)})` }, ...body],
        }
      },
    ]
    const plain: readonly (() => Line)[] = [
      () => this.declare(this.random.pick(types)),
      () => this.assign(),
      () => this.assign(),
      () => this.assign(),
      () => ({ text: `${this.known('Map<string, int>')}.set(${this.value('string', 1)}, ${this.value('int', 1)})` }),
      () => ({ text: `${this.known('Map<string, int>')}.${this.random.pick([`delete(${this.value('string', 1)})`, 'clear()'])}` }),
      () => ({ text: `${this.known('Set<int>')}.${this.random.pick(['add', 'delete'])}(${this.value('int', 1)})` }),
      () => ({ text: `${this.known('Record<string, int>')}[${this.value('string', 1)}] = ${this.value('int', 1)}` }),
      () => ({
        text: `${this.known('Counter')}.${this.random.pick(['add(2)', `twice = ${this.value('int', 1)}`, `count = ${this.value('int', 1)}`])}`,
      }),
      () => ({ text: `${this.known('Box<int>')}.held = ${this.value('int', 1)}` }),
      () => this.writeArray(),
      () => this.writeArray(),
      () => {
        const [a, b] = [this.fresh('v'), this.fresh('v')]
        const line = this.random.chance(0.5)
          ? { text: `const [${a}, ${b}] = ${this.value('[int, string]', 1)}` }
          : { text: `const { a: ${a}, b: ${b} } = ${this.value('P', 1)}` }
        this.variables.push({ name: a, type: 'int', mutable: false }, { name: b, type: 'string', mutable: false })
        return line
      },
      () => this.closure(),
      () => this.leave(result),
      () => this.leave(result),
    ]
    return this.random.pick(this.depth < 2 && this.random.chance(0.45) ? nested : plain)()
  }

  /** A new constant, so that what is known of it stays known. */
  private constants: Line[] = []

  private constant(type: Type): string {
    const name = this.fresh('c')
    this.constants.push({ text: `const ${name}: ${type} = ${type === 'Shape' ? `shapeOf(${this.value('int', 1)})` : this.value(type)}` })
    return name
  }

  private branch(test: string, result: LanguageProgram['result'], before: readonly Variable[] = []): Line {
    const constants = this.constants
    this.constants = []
    const body = this.block(result, before)
    const line = { text: `if (${test})`, body, ...(this.random.chance(0.5) ? { otherwise: this.block(result) } : {}) }
    return constants.length > 0 ? { text: 'if (true)', body: [...constants, line] } : line
  }

  private writeArray(): Line {
    const own = this.random.pick(this.variables.filter((v) => v.type === 'int[]' && v.name !== 'xs')).name
    const value = (): string => this.value('int', 1)
    return this.random.pick([
      () => ({ text: `if (${own}.length < 9) ${own}.${this.random.pick(['push', 'unshift'])}(${value()})` }),
      () => ({
        text: `if (${own}.length > 1) ${own}.${this.random.pick(['pop()', 'shift()', 'reverse()', 'sort((a, b) => a - b)', `fill(${value()})`, 'splice(1, 1)', 'splice(0, 1, 7)'])}`,
      }),
      () => ({ text: `if (${own}.length > 1) ${own}[${this.random.below(2)}] ${this.random.pick(['=', '+=', '-='])} ${value()}` }),
    ])()
  }

  private closure(): Line {
    const name = this.fresh('g')
    const target = this.random.pick(this.variables.filter((v) => v.type === 'int'))
    const writes = target.mutable && this.random.chance(0.4) ? `${target.name} = (${target.name} + z) % 101; ` : ''
    const line = {
      text: `const ${name} = (z: int): int => { ${writes}return (z * ${this.value('int', 2)} + ${this.value('int', 2)}) % 101 }`,
    }
    this.functions.push(name)
    return line
  }

  private case(text: string, result: LanguageProgram['result']): Line {
    const ends = this.random.chance(0.8) ? [{ text: 'break' }] : []
    return { text, body: [...this.block(result), ...ends] }
  }

  private assign(): Line {
    const target = this.random.pick(this.variables.filter((v) => v.mutable))
    if (target.type === 'int' && this.random.chance(0.2)) return { text: `${target.name}${this.random.pick(['++', '--'])}` }
    if (target.type === 'string' && this.random.chance(0.2))
      return { text: `if (${target.name}.length < 9) ${target.name} += ${this.value('string', 2)}.slice(0, 3)` }
    return { text: `${target.name} = ${this.value(target.type)}` }
  }

  private leave(result: LanguageProgram['result']): Line {
    const when = this.value('boolean')
    if (this.loops > 0 && this.random.chance(0.75)) {
      const label = this.labels.length > 0 && this.random.chance(0.5) ? ` ${this.random.pick(this.labels)}` : ''
      const word = this.random.pick(['break', 'continue'])
      return { text: `if (${when}) ${word}${label}` }
    }
    if (this.random.chance(0.3)) return { text: `if (${when}) throw new Error(\`at \${${this.value('int', 2)}}\`)` }
    return { text: `if (${when}) return [${result.map(([, type]) => this.value(type, 2)).join(', ')}]` }
  }
}

/** Programs with one line less, or with a block in place of what it belongs to. */
export function* smallerLanguage(program: LanguageProgram): Generator<LanguageProgram> {
  for (const lines of smallerLines(program.lines)) yield { ...program, lines }
  if (program.result.length > 1)
    for (const kept of program.result) yield { ...program, result: program.result.filter((other) => other !== kept) }
}

function* smallerLines(lines: readonly Line[]): Generator<readonly Line[]> {
  for (let size = lines.length; size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at + size <= lines.length; at += size) yield [...lines.slice(0, at), ...lines.slice(at + size)]
  for (const [i, line] of lines.entries()) {
    const put = (...parts: readonly Line[]): readonly Line[] => [...lines.slice(0, i), ...parts, ...lines.slice(i + 1)]
    if (!line.body) continue
    yield put(...line.body)
    if (line.otherwise) yield put({ text: line.text, body: line.body })
    for (const body of smallerLines(line.body)) yield put({ ...line, body })
    if (line.otherwise) for (const otherwise of smallerLines(line.otherwise)) yield put({ ...line, otherwise })
  }
}
