/**
 * What the plugin does with `enabled: false`: the code stays eager, but operators on tensors (`2 * x + y`, `x[0]`, `-x`) get their meaning.
 * Each becomes a call of a small helper that looks at its operands when it runs: tensors take the method, everything else the operator.
 * Conditions ask a one-element tensor for its value, as an object would always be true.
 */
import type { Node } from '@babel/types'
import { addMapping, GenMapping, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping'
import MagicString from 'magic-string'
import { isPackage } from './analyze.ts'
import { findScripts } from './find.ts'
import { type ParseCache, parseModule } from './loadModules.ts'
import { childrenOf } from './references.ts'
import type { SourceMap } from './transformModule.ts'

/** Method for `a op b` with a tensor on the left, and what to do with a scalar `a` and a tensor `b`. */
const binary: Readonly<Record<string, { readonly method: string; readonly reversed: string }>> = {
  '+': { method: 'add', reversed: 'b.add(a)' },
  '-': { method: 'sub', reversed: 'b.neg().add(a)' },
  '*': { method: 'mul', reversed: 'b.mul(a)' },
  '/': { method: 'div', reversed: 'b.reciprocal().mul(a)' },
  '%': { method: 'fmod', reversed: 'b.mul(0).add(a).fmod(b)' },
  '**': { method: 'pow', reversed: 'b.mul(0).add(a).pow(b)' },
  '<': { method: 'lt', reversed: 'b.gt(a)' },
  '<=': { method: 'le', reversed: 'b.ge(a)' },
  '>': { method: 'gt', reversed: 'b.lt(a)' },
  '>=': { method: 'ge', reversed: 'b.le(a)' },
  '==': { method: 'eq', reversed: 'b.eq(a)' },
  '!=': { method: 'ne', reversed: 'b.ne(a)' },
  '&': { method: 'bitwiseAnd', reversed: 'b.bitwiseAnd(a)' },
  '|': { method: 'bitwiseOr', reversed: 'b.bitwiseOr(a)' },
  '^': { method: 'bitwiseXor', reversed: 'b.bitwiseXor(a)' },
}

const unary: Readonly<Record<string, string>> = { '-': 'neg', '~': 'bitwiseNot' }

const names: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '**': 'pow',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '==': 'eq',
  '!=': 'ne',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
}

export function rewriteOperators(code: string, file: string, cache: ParseCache): { readonly code: string; readonly map: SourceMap } | null {
  const { analysis, ast } = parseModule(file, code, cache)
  const uses = [...analysis.imports.values()].some(({ source, isType }) => isPackage(source) && !isType)
  if (!uses && findScripts(analysis).entries.length === 0) return null
  if (analysis.bindings.has('$tsTensor')) return null
  const text = new MagicString(code)
  const used = new Set<string>()
  const visit = (node: Node): void => {
    if (node.type.startsWith('TSType') && node.type !== 'TSTypeAssertion') return
    if (node.type === 'BinaryExpression' && node.operator in binary && !isLiteralPair(node.left, node.right)) {
      used.add(node.operator)
      call(text, code, node.left, node.operator, node.right, `$ts_${names[node.operator]}`, node)
    } else if (node.type === 'UnaryExpression' && node.operator in unary && !isLiteral(node.argument)) {
      used.add(`unary${node.operator}`)
      text.update(node.start!, node.start! + 1, `$ts_${unary[node.operator]}(`)
      text.appendLeft(node.end!, ')')
    } else if (node.type === 'AssignmentExpression' && node.operator.slice(0, -1) in binary && node.left.type === 'Identifier') {
      const operator = node.operator.slice(0, -1)
      used.add(operator)
      const at = operatorAt(code, node.left.end!, node.right.start!)
      text.update(at, at + node.operator.length, `= $ts_${names[operator]}(${node.left.name},`)
      text.appendLeft(node.end!, ')')
    } else if (node.type === 'MemberExpression' && node.computed && node.object.type !== 'Super' && isIndex(node.property)) {
      used.add('[]')
      text.appendRight(node.start!, '$ts_index(')
      const bracket = code.indexOf('[', node.object.end!)
      text.update(bracket, bracket + 1, ', ')
      text.update(node.end! - 1, node.end!, ')')
    }
    const condition = conditionOf(node)
    if (condition) visitCondition(condition)
    for (const [, child] of childrenOf(node)) {
      if (isPlace(node, child) && child.type === 'MemberExpression') for (const [, inner] of childrenOf(child)) visit(inner)
      else visit(child)
    }
  }
  // The outer call is written first: text at one place stays in the order it was added.
  const visitCondition = (node: Node): void => {
    if (node.type === 'LogicalExpression') {
      visitCondition(node.left)
      visitCondition(node.right)
    } else if (mayBeTensor(node)) {
      used.add('truth')
      text.appendRight(node.start!, '$ts_truth(')
      text.appendLeft(node.end!, ')')
    }
  }
  for (const item of analysis.items) if (item.kind === 'function' || item.kind === 'class' || item.kind === 'variable') visit(item.node)
  if (used.size === 0) return null
  const at = ast.program.directives.at(-1)?.end ?? ast.program.interpreter?.end ?? 0
  text.appendLeft(
    at,
    `${at > 0 ? '\n' : ''}import { Tensor as $tsTensor } from 'tensorscript';\n${[...used].sort().map(helper).join('\n')}\n`,
  )
  const map = new GenMapping()
  text.generateDecodedMap({ hires: 'boundary' }).mappings.forEach((segments, line) => {
    for (const segment of segments)
      if (segment.length > 1)
        addMapping(map, {
          generated: { line: line + 1, column: segment[0] },
          source: file,
          original: { line: segment[2]! + 1, column: segment[3]! },
        })
  })
  setSourceContent(map, file, code)
  return { code: text.toString(), map: toEncodedMap(map) as SourceMap }
}

function call(text: MagicString, code: string, left: Node, operator: string, right: Node, name: string, node: Node): void {
  text.appendRight(node.start!, `${name}(`)
  const at = operatorAt(code, left.end!, right.start!)
  text.update(at, at + operator.length, ',')
  text.appendLeft(node.end!, ')')
}

/** Where the operator stands between two operands; their parentheses stay where they are. */
function operatorAt(code: string, from: number, to: number): number {
  const gap = code.slice(from, to).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length))
  return from + /[^\s()]/.exec(gap)!.index
}

const isLiteral = (node: Node): boolean => /Literal$/.test(node.type)
const isLiteralPair = (left: Node, right: Node): boolean => isLiteral(left) && isLiteral(right)
const isIndex = (node: Node): boolean =>
  node.type === 'NumericLiteral' || node.type === 'Identifier' || node.type === 'BinaryExpression' || node.type === 'UnaryExpression'

/** What decides a branch, a loop or a negation. */
function conditionOf(node: Node): Node | null {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return node.test ?? null
    case 'UnaryExpression':
      return node.operator === '!' ? node.argument : null
    default:
      return null
  }
}

const mayBeTensor = (node: Node): boolean =>
  ['Identifier', 'MemberExpression', 'CallExpression'].includes(node.type) || (node.type === 'BinaryExpression' && node.operator in binary)

/** A target of assignment or a method being called is a place, not a value. */
const isPlace = (node: Node, child: Node): boolean =>
  ((node.type === 'AssignmentExpression' || node.type === 'AssignmentPattern' || node.type === 'ForOfStatement') && node.left === child) ||
  node.type === 'ArrayPattern' ||
  node.type === 'RestElement' ||
  (node.type === 'UpdateExpression' && node.argument === child) ||
  (node.type === 'UnaryExpression' && node.operator === 'delete') ||
  ((node.type === 'CallExpression' || node.type === 'OptionalCallExpression') && node.callee === child)

function helper(use: string): string {
  if (use === '[]') return 'const $ts_index = (x, i) => x instanceof $tsTensor && typeof i === "number" ? x.select(0, i) : x[i];'
  if (use === 'truth') return 'const $ts_truth = (x) => x instanceof $tsTensor ? Boolean(x.item()) : x;'
  if (use.startsWith('unary')) {
    const operator = use.slice(5)
    return `const $ts_${unary[operator]} = (a) => a instanceof $tsTensor ? a.${unary[operator]}() : ${operator}a;`
  }
  const { method, reversed } = binary[use]!
  return `const $ts_${names[use]} = (a, b) => a instanceof $tsTensor ? a.${method}(b) : b instanceof $tsTensor && typeof a === "number" ? ${reversed} : a ${use} b;`
}
