/**
 * Random programs as trees, so that they can be printed (as TypeScript, and as JavaScript for the uncompiled run) and reduced.
 * Every expression knows the concrete type it has for the program's own inputs; `bits` bounds the binary digits that a float value
 * needs when it is computed without rounding (null: it may be rounded), `magnitude` its absolute value.
 */
export type DType = 'float32' | 'int64' | 'bool'

export interface TensorType {
  readonly kind: 'tensor'
  readonly dtype: DType
  readonly shape: readonly number[]
  /** Dims that the compiler only knows as symbols: their size is never 1, and nothing here relies on it. */
  readonly symbolic: readonly boolean[]
  readonly bits: number | null
  readonly magnitude: number
}

export interface ScalarType {
  readonly kind: 'int' | 'float' | 'bool'
  /** Absolute bound. */
  readonly magnitude: number
}

export interface ListType {
  readonly kind: 'list'
  readonly element: TensorType
}

export type ValueType = TensorType | ScalarType | ListType

export interface Expr {
  readonly parts: readonly (string | Expr)[]
  readonly type: ValueType
}

export type Statement =
  | {
      readonly kind: 'declare'
      readonly keyword: 'const' | 'let'
      readonly name: string
      readonly value: Expr
      readonly annotation?: string
    }
  | { readonly kind: 'destructure'; readonly names: readonly string[]; readonly value: Expr }
  | { readonly kind: 'assign'; readonly name: string; readonly value: Expr }
  /** An expression for what it writes. */
  | { readonly kind: 'write'; readonly value: Expr }
  | { readonly kind: 'push'; readonly list: string; readonly value: Expr }
  | { readonly kind: 'if'; readonly condition: Expr; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[] | null }
  | { readonly kind: 'for'; readonly variable: string; readonly count: Expr; readonly body: readonly Statement[] }
  | { readonly kind: 'while'; readonly counter: string; readonly start: Expr; readonly body: readonly Statement[] }
  | { readonly kind: 'break' | 'continue'; readonly condition: Expr }
  | { readonly kind: 'return'; readonly values: readonly Expr[] }

export interface Parameter {
  readonly name: string
  readonly type: TensorType | ScalarType
  /** The declared type. */
  readonly declared: string
  readonly value: readonly number[]
}

export interface FunctionTree {
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
  readonly result: string
}

export interface ProgramTree {
  readonly seed: number
  /** Called functions first; the last is the entry. */
  readonly functions: readonly FunctionTree[]
}

export const print = (expr: Expr): string => expr.parts.map((part) => (typeof part === 'string' ? part : print(part))).join('')

/** The program as source text. Without types it is what the uncompiled run executes. */
export function printProgram(program: ProgramTree, types: boolean): string {
  const functions = program.functions.map((f) => printFunction(f, types, f === program.functions.at(-1)))
  if (!types) return functions.join('\n')
  return `import { F, torch, type float, type int, type Tensor } from 'tensorscript'\n\n${functions.join('\n')}`
}

function printFunction(f: FunctionTree, types: boolean, entry: boolean): string {
  const parameters = f.parameters.map(({ name, declared }) => (types ? `${name}: ${declared}` : name))
  const head = `function ${f.name}(${parameters.join(', ')})${types ? `: ${f.result}` : ''} {\n`
  const tag = types ? '/** @script */\n' : ''
  return `${tag}${types && entry ? 'export ' : ''}${head}${printStatements(f.body, 1, types)}}\n`
}

function printStatements(statements: readonly Statement[], depth: number, types: boolean): string {
  const indent = '  '.repeat(depth)
  const block = (body: readonly Statement[]): string => `{\n${printStatements(body, depth + 1, types)}${indent}}`
  const one = (s: Statement): string => {
    switch (s.kind) {
      case 'declare':
        return `${s.keyword} ${s.name}${types && s.annotation ? `: ${s.annotation}` : ''} = ${print(s.value)}`
      case 'destructure':
        return `const [${s.names.join(', ')}] = ${print(s.value)}`
      case 'assign':
        return `${s.name} = ${print(s.value)}`
      case 'write':
        return print(s.value)
      case 'push':
        return `${s.list}.push(${print(s.value)})`
      case 'if':
        return `if (${print(s.condition)}) ${block(s.then)}${s.otherwise ? ` else ${block(s.otherwise)}` : ''}`
      case 'for':
        return `for (let ${s.variable} = 0; ${s.variable} < ${print(s.count)}; ${s.variable}++) ${block(s.body)}`
      case 'while':
        return `let ${s.counter} = ${print(s.start)}\n${indent}while (${s.counter} > 0) {\n${indent}  ${s.counter} = ${s.counter} - 1\n${printStatements(s.body, depth + 1, types)}${indent}}`
      case 'break':
      case 'continue':
        return `if (${print(s.condition)}) ${s.kind}`
      case 'return':
        return s.values.length === 1 ? `return ${print(s.values[0]!)}` : `return [${s.values.map(print).join(', ')}]`
      default:
        return s satisfies never
    }
  }
  return statements.map((s) => `${indent}${one(s)}\n`).join('')
}
