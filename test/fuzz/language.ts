/**
 * Random programs of the language itself: control flow with labels, early returns and `switch`, strings, arrays, maps, records, tuples,
 * optionals and closures. Statements are a tree of lines, so that a failing program is reduced by leaving out and unwrapping lines.
 * Ints stay small, and nothing reads outside of an array: every program means something.
 */
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
  readonly result: readonly (readonly [name: string, type: Type])[]
}

type Type = 'int' | 'boolean' | 'string' | 'int[]' | 'Map<string, int>' | 'P' | 'int | null'

export const declarations = 'interface P { a: int; b: string }\n'

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

const kinds: readonly Type[] = ['int', 'int', 'boolean', 'string', 'int[]', 'Map<string, int>', 'P', 'int | null']

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
    const head = [...kinds].map((type) => this.declare(type))
    const result = [...this.variables]
      .filter(({ type }) => type !== 'int | null' && type !== 'P')
      .map(({ name, type }) => [name, type] as const)
    const lines = Array.from({ length: this.random.between(2, 5) }, () => this.statement(result))
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

  private some(type: Type, mutable = false): string | null {
    const known = this.variables.filter((v) => v.type === type && (!mutable || v.mutable))
    return known.length === 0 ? null : this.random.pick(known).name
  }

  private value(type: Type, depth = 0): string {
    const known = this.some(type)
    if (known && this.random.chance(depth > 1 ? 0.9 : 0.4)) return known
    if (this.random.chance(0.08) && depth < 2)
      return `(${this.value('boolean', depth + 1)} ? ${this.value(type, depth + 1)} : ${this.value(type, depth + 1)})`
    const next = <T extends Type>(of: T): string => this.value(of, depth + 1)
    const pick = (...makers: readonly (() => string)[]): string => (depth > 1 ? makers[0]! : this.random.pick(makers))()
    switch (type) {
      case 'int':
        return pick(
          () => String(this.random.between(-3, 9)),
          () => `((${next('int')} ${this.random.pick(['+', '-', '*'])} ${next('int')}) % 101)`,
          () => `(${next('int')} ${this.random.pick(['&', '|', '^'])} ${next('int')})`,
          () => `Math.${this.random.pick(['abs', 'trunc'])}(${next('int')})`,
          () => `Math.${this.random.pick(['min', 'max'])}(${next('int')}, ${next('int')})`,
          () => `${next('string')}.length`,
          () => `${next('int[]')}.length`,
          () => `${this.some('Map<string, int>') ?? 'new Map<string, int>()'}.size`,
          () => `(${this.some('Map<string, int>') ?? 'new Map<string, int>()'}.get(${next('string')}) ?? ${next('int')})`,
          () => `(${next('int | null')} ?? ${next('int')})`,
          () => `${next('P')}.a`,
          () => `(${next('int[]')}.reduce((a, b) => a + b, ${next('int')}) % 101)`,
          () => `${next('int[]')}.indexOf(${next('int')})`,
          () => (this.functions.length > 0 ? `${this.random.pick(this.functions)}(${next('int')})` : next('int')),
        )
      case 'boolean':
        return pick(
          () => `(${this.value('int', 3)} ${this.random.pick(['<', '>', '<=', '>=', '===', '!=='])} ${this.value('int', 3)})`,
          () => String(this.random.chance(0.5)),
          () => `!${next('boolean')}`,
          () => `(${next('boolean')} ${this.random.pick(['&&', '||'])} ${next('boolean')})`,
          () => `(${next('string')} ${this.random.pick(['===', '<', '!=='])} ${next('string')})`,
          () => `${next('string')}.${this.random.pick(['includes', 'startsWith', 'endsWith'])}(${next('string')})`,
          () => `${next('int[]')}.${this.random.pick(['some', 'every'])}((e) => e > ${next('int')})`,
          () => `${next('int[]')}.includes(${next('int')})`,
          () => `${this.some('Map<string, int>') ?? 'new Map<string, int>()'}.has(${next('string')})`,
          () => `(${next('int | null')} ${this.random.pick(['===', '!=='])} null)`,
        )
      case 'string':
        return pick(
          () => `'${this.random.pick(['', 'a', 'b', 'ab', 'x y'])}'`,
          () => `(${next('string')} + ${next('string')}).slice(0, 8)`,
          () => `\`\${${next('int')}}-\${${next('string')}}\`.slice(0, 8)`,
          () => `${next('string')}.${this.random.pick(['toUpperCase', 'trim', 'toLowerCase'])}()`,
          () => `${next('string')}.slice(${next('int')})`,
          () => `${next('int[]')}.join('${this.random.pick([',', ''])}').slice(0, 8)`,
          () => `${next('P')}.b`,
          () => `${next('string')}.split('${this.random.pick([' ', 'a'])}').join('-')`,
        )
      case 'int[]':
        return pick(
          () => `[${Array.from({ length: this.random.between(1, 3) }, () => this.value('int', 3)).join(', ')}]`,
          () => `${next('int[]')}.map((e) => (e * ${this.value('int', 3)}) % 101)`,
          () => `${next('int[]')}.filter((e) => e ${this.random.pick(['<', '>', '!=='])} ${next('int')})`,
          () => `${next('int[]')}.slice(${next('int')}, ${next('int')})`,
          () => `[...${next('int[]')}, ${next('int')}].slice(0, 9)`,
          () => `${next('int[]')}.concat(${next('int[]')}).slice(0, 9)`,
          () => `${next('int[]')}.toSorted((a, b) => ${this.random.pick(['a - b', 'b - a'])})`,
          () => `${next('int[]')}.toReversed()`,
          () => `[...${this.some('Map<string, int>') ?? 'new Map<string, int>()'}.values()]`,
        )
      case 'Map<string, int>':
        return pick(
          () => `new Map([['k', ${this.value('int', 3)}]])`,
          () => 'new Map<string, int>()',
          () => `new Map(${this.some(type) ?? "[['q', 1]]"})`,
        )
      case 'P':
        return `{ a: ${next('int')}, b: ${next('string')} }`
      case 'int | null':
        return pick(
          () => this.random.pick(['null', '4']),
          () => `(${next('boolean')} ? ${next('int')} : null)`,
        )
      default:
        return type satisfies never
    }
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

  private statement(result: LanguageProgram['result']): Line {
    const nested: readonly (() => Line)[] = [
      () => ({
        text: `if (${this.value('boolean')})`,
        body: this.block(result),
        ...(this.random.chance(0.5) ? { otherwise: this.block(result) } : {}),
      }),
      () => {
        const i = this.fresh('i')
        const count = `${this.random.between(0, 4)}`
        return this.loop((label) => `${label}for (let ${i} = 0; ${i} < ${count}; ${i}++)`, result, [
          { name: i, type: 'int', mutable: false },
        ])
      },
      () => {
        const e = this.fresh('e')
        const list = this.value('int[]', 2)
        return this.loop((label) => `${label}for (const ${e} of [...${list}].slice(0, 4))`, result, [
          { name: e, type: 'int', mutable: false },
        ])
      },
      () => {
        const [k, v] = [this.fresh('k'), this.fresh('e')]
        const map = `new Map(${this.some('Map<string, int>')!})`
        return this.loop((label) => `${label}for (const [${k}, ${v}] of ${map})`, result, [
          { name: k, type: 'string', mutable: false },
          { name: v, type: 'int', mutable: false },
        ])
      },
      () => ({
        text: `switch (${this.value('int', 2)})`,
        body: [...[0, 1, 2].map((n) => this.case(`case ${n}:`, result)), this.case('default:', result)],
      }),
    ]
    const plain: readonly (() => Line)[] = [
      () => this.declare(this.random.pick(kinds)),
      () => this.assign(),
      () => this.assign(),
      () => this.assign(),
      () => ({ text: `${this.some('Map<string, int>')}.set(${this.value('string', 1)}, ${this.value('int', 1)})` }),
      () => ({ text: `${this.some('Map<string, int>')}.delete(${this.value('string', 1)})` }),
      () => {
        const own = this.variables.filter((v) => v.type === 'int[]' && v.name !== 'xs')
        return { text: `if (${this.random.pick(own).name}.length < 9) ${own.at(-1)!.name}.push(${this.value('int', 1)})` }
      },
      () => {
        const name = this.fresh('g')
        const line = { text: `const ${name} = (z: int): int => (z * ${this.value('int', 2)} + ${this.value('int', 2)}) % 101` }
        this.functions.push(name)
        return line
      },
      () => this.leave(result),
    ]
    return this.random.pick(this.depth < 2 && this.random.chance(0.45) ? nested : plain)()
  }

  private case(text: string, result: LanguageProgram['result']): Line {
    const ends = this.random.chance(0.8) ? [{ text: 'break' }] : []
    return { text, body: [...this.block(result), ...ends] }
  }

  private assign(): Line {
    const target = this.random.pick(this.variables.filter((v) => v.mutable))
    return { text: `${target.name} = ${this.value(target.type)}` }
  }

  private leave(result: LanguageProgram['result']): Line {
    const when = this.value('boolean')
    if (this.loops > 0 && this.random.chance(0.75)) {
      const label = this.labels.length > 0 && this.random.chance(0.5) ? ` ${this.random.pick(this.labels)}` : ''
      const word = this.random.pick(['break', 'continue'])
      return { text: `if (${when}) ${word}${label}` }
    }
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
