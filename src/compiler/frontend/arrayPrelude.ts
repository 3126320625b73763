/**
 * Array methods that are loops, as script code: a call is read as the call of a local function with the array as first argument, so that
 * the function it is given is inlined. Each copy stands at the place of its call, for messages and source maps.
 */
import { parseExpression } from '@babel/parser'
import * as t from '@babel/types'
import type { FunctionContext } from './context.ts'
import { inlineClosure } from './functions.ts'
import { Scope } from './scope.ts'
import type { FunctionNode, Sugared } from './sugar.ts'

const sources: { readonly [method: string]: string } = {
  findLast: '(xs, test) => { for (let i = xs.length - 1; i >= 0; i--) { const x = xs[i]; if (test(x, i)) return x } return null }',
  findLastIndex: '(xs, test) => { for (let i = xs.length - 1; i >= 0; i--) if (test(xs[i], i)) return i; return -1 }',
  reduce:
    "(xs, combine) => { if (xs.length === 0) throw new TypeError('Reduce of empty array with no initial value'); let result = xs[0]; for (let i = 1; i < xs.length; i++) result = combine(result, xs[i], i); return result }",
  next: '(xs) => ({ value: xs.length > 0 ? xs[0] : undefined, done: xs.length === 0 })',
  reduceRight:
    '(xs, combine, initial) => { let result = initial; for (let i = xs.length - 1; i >= 0; i--) result = combine(result, xs[i], i); return result }',
}

export const preludeMethods: readonly string[] = Object.keys(sources).filter((name) => name !== 'next')

const parsed = new Map<string, t.Node>()

/** `xs.findLast(test)` and the like; null when the method is not one of these. */
export function callPrelude(
  f: FunctionContext,
  list: Sugared,
  name: string,
  positional: readonly Sugared[],
  node: t.CallExpression,
): Sugared | null {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined
  if (source === undefined || (positional.length === 0 && name !== 'next')) return null
  const known = parsed.get(name) ?? parseExpression(source)
  parsed.set(name, known)
  const copy = t.cloneNode(known, true) as FunctionNode
  t.traverseFast(copy, (inner) => {
    inner.start = node.start ?? null
    inner.end = node.end ?? null
    inner.loc = node.loc ?? null
  })
  return inlineClosure(
    f,
    { kind: 'closure', name, node: copy, scope: new Scope(null), file: f.file, self: null },
    [list, ...positional.map((argument) => (argument.kind === 'closure' ? { ...argument, ignoresExtra: true } : argument))],
    node,
  )
}
