/**
 * Edits that diagnostics offer: each is the way round of the hint, made where it stands, and leaves a source that means what its writer
 * meant. Where the compiler would have to guess (a type, which element of a tensor decides) there is no edit.
 */
import type * as t from '@babel/types'
import type { DiagnosticExtra, Span } from '../diagnostics/diagnostic.ts'
import { nearestName } from '../diagnostics/didYouMean.ts'
import { walk } from './assigned.ts'
import type { FunctionContext, ProgramContext } from './context.ts'

type Fix = NonNullable<DiagnosticExtra['fix']>

const replace = (node: t.Node, replacement: string): Fix => ({ start: node.start ?? 0, end: node.end ?? 0, replacement })

export interface Misspelt {
  /** Spread into the parameters of a message. */
  readonly hint: { readonly hint?: string }
  readonly extra: DiagnosticExtra
}

/** A name that is not there, and the one that was meant, if any is near. */
export function misspelt(name: string, candidates: Iterable<string>, at: t.Node): Misspelt {
  const near = nearestName(name, candidates)
  if (near === null) return { hint: {}, extra: {} }
  // Quoted keys and private names are left alone.
  const fix = (at.end ?? 0) - (at.start ?? 0) === name.length ? { fix: replace(at, near) } : {}
  return { hint: { hint: `did you mean \`${near}\`?` }, extra: fix }
}

const postfix = new Set(['Identifier', 'CallExpression', 'MemberExpression', 'ParenthesizedExpression', 'ThisExpression'])
const expressions = new Set([...postfix, 'BinaryExpression', 'UnaryExpression', 'ConditionalExpression', 'LogicalExpression'])

/** `call(expression)`. */
export const wrapInCall = (f: FunctionContext, node: t.Node, call: string): DiagnosticExtra =>
  expressions.has(node.type) && f.text(node) ? { fix: replace(node, `${call}(${f.text(node)})`) } : {}

/** `expression.rest`. */
export const append = (f: FunctionContext, node: t.Node, rest: string): DiagnosticExtra =>
  postfix.has(node.type) && f.text(node) ? { fix: replace(node, f.text(node) + rest) } : {}

/** A comparison in place of the expression: in parentheses after `!`. */
export function compare(f: FunctionContext, node: t.Node, rest: string): DiagnosticExtra {
  const text = f.text(node)
  if (!postfix.has(node.type) || !text) return {}
  const before = f.program.request.modules.get(f.file)?.code.slice(0, node.start ?? 0) ?? ''
  return { fix: replace(node, before.trimEnd().endsWith('!') ? `(${text}${rest})` : text + rest) }
}

/** Another keyword for the declaration of one variable, whose declarator or name starts at `declared`; none where it declares several. */
export function declareWith(program: ProgramContext, file: string, declared: Span, keyword: 'const' | 'let'): DiagnosticExtra {
  if (declared.file !== file) return {}
  const code = program.request.modules.get(file)?.code ?? ''
  const found = /\b(const|let|var)\s+$/.exec(code.slice(0, declared.start))
  return found ? { fix: { start: found.index, end: found.index + found[1]!.length, replacement: keyword } } : {}
}

/** Whether anything in the file assigns the name after its declaration. */
export function isReassigned(program: ProgramContext, file: string, name: string): boolean {
  const module = program.request.modules.get(file)
  let assigned = module === undefined
  const names = (target: t.Node): void =>
    walk(target, (inner) => {
      if (inner.type === 'Identifier' && inner.name === name) assigned = true
      return undefined
    })
  if (module)
    walk(module.ast.program, (node) => {
      if (node.type === 'AssignmentExpression') names(node.left)
      if (node.type === 'UpdateExpression') names(node.argument)
      if ((node.type === 'ForOfStatement' || node.type === 'ForInStatement') && node.left.type !== 'VariableDeclaration') names(node.left)
      return undefined
    })
  return assigned
}

export const rewrite = (node: t.Node, replacement: string): DiagnosticExtra => ({ fix: replace(node, replacement) })

/** Whether `new C()` constructs the class, as far as its own text says. */
export function needsNoArguments(node: t.ClassDeclaration | t.ClassExpression): boolean {
  const own = node.body.body.find((member) => member.type === 'ClassMethod' && member.kind === 'constructor')
  return own?.type === 'ClassMethod' ? own.params.length === 0 : true
}
