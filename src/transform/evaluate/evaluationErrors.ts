/** Errors of bundling and running the user's modules, as diagnostics at the user's line: stack positions go back through the source map. */

import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Node } from '@babel/types'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { evaluationFailed, weightsMismatch, weightsNotFound } from '../../compiler/diagnostics/messages.generated.ts'
import type { SourceRange } from '../../compiler/ir/graph.ts'
import type { Diagnostic } from '../../compiler/program.ts'
import { parseSource } from '../parse.ts'
import { childrenOf } from '../references.ts'
import type { EvaluationBundle } from './bundleModules.ts'
import type { WorkerError } from './protocol.ts'

export function bundleFailure(error: unknown, entry: string): Diagnostic {
  const { errors } = error as { errors?: readonly { id?: string; pos?: number; message: string; loc?: { file?: string } }[] }
  const [first] = errors ?? []
  const message = (first ?? (error as Error)).message
  const file = first?.loc?.file ?? first?.id ?? entry
  const start = first?.pos ?? 0
  return evaluationFailed({ file, start, end: start + 1 }, { message: plain(message) })
}

/** The sentence of a bundler's message, without its colours, labels and frame. */
const plain = (message: string): string =>
  message
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a colour
    .replace(/\u001b\[[\d;]*m/g, '')
    .split('\n')[0]!
    .replace(/^\s*(?:\[[^\]]*\]\s*)+/, '')

export function evaluationFailure(
  error: WorkerError,
  bundle: EvaluationBundle,
  entry: string,
  root: string,
  source: (file: string) => string,
): Diagnostic {
  const frames = userFrames(error.stack, bundle, root, source)
  const [frame] = frames
  const at = frame ? callAt(frame.file, source(frame.file), frame.offset) : { start: 0, end: 1, weights: null }
  const span = { file: frame?.file ?? entry, start: at.start, end: at.end }
  if (at.weights) {
    const weights = { file: span.file, ...at.weights }
    const path = error.path ?? textOf(source(span.file), at.weights)
    if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'EACCES')
      return weightsNotFound(weights, {
        path: path.startsWith('file:') ? fileURLToPath(path) : path,
        reason: reasons[error.code] ?? error.code,
      })
    return weightsMismatch(weights, { path, message: error.message })
  }
  const related = frames.slice(1, 4).map(({ file, offset }) => ({ message: 'called from here', file, start: offset, end: offset + 1 }))
  const name = error.name === 'Error' || error.message.startsWith(error.name) ? '' : `${error.name}: `
  return evaluationFailed(span, { message: `${name}${error.message}` }, { related })
}

const reasons: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'permission denied' }

const textOf = (code: string, { start, end }: { start: number; end: number }): string => {
  const text = code.slice(start, end)
  return /['"`]([^'"`]+)['"`]/.exec(text)?.[1] ?? text
}

interface Frame {
  readonly file: string
  readonly offset: number
}

/** Stack frames in the user's modules, innermost first. */
function userFrames(stack: string, bundle: EvaluationBundle, root: string, source: (file: string) => string): Frame[] {
  const frame = frameFinder(bundle, root, source)
  return [...stack.matchAll(/[^\s(]+\.mjs:(\d+):(\d+)/g)].flatMap((match) => frame(Number(match[1]), Number(match[2]) - 1) ?? [])
}

function frameFinder(bundle: EvaluationBundle, root: string, source: (file: string) => string) {
  const map = new TraceMap(bundle.map)
  return (bundleLine: number, bundleColumn: number): Frame | null => {
    const { source: name, line, column } = originalPositionFor(map, { line: bundleLine, column: bundleColumn })
    if (!name || line === null) return null
    const file = isAbsolute(name) ? name : resolve(join(root, 'dist'), name)
    const code = source(file)
    if (code === '') return null
    const offset =
      code
        .split('\n')
        .slice(0, line - 1)
        .reduce((sum, text) => sum + text.length + 1, 0) + column
    return { file, offset }
  }
}

/** The calls that positions in the bundle stand for; null where no file of the user's is behind one. */
export function bundlePositions(bundle: EvaluationBundle, root: string, source: (file: string) => string) {
  const frame = frameFinder(bundle, root, source)
  const known = new Map<string, SourceRange | null>()
  return (line: number, column: number): SourceRange | null => {
    const key = `${line}:${column}`
    if (!known.has(key)) {
      const found = frame(line, column)
      known.set(key, found && rangeOf(found.file, source(found.file), found.offset))
    }
    return known.get(key)!
  }
}

function rangeOf(file: string, code: string, offset: number): SourceRange {
  const { start, end } = callAt(file, code, offset)
  const before = code.slice(0, start)
  return { file, start, end, line: before.split('\n').length, column: start - (before.lastIndexOf('\n') + 1) }
}

/** The call or `new` expression that starts nearest before a position, and the value of its `weights` option. */
function callAt(
  file: string,
  code: string,
  offset: number,
): { start: number; end: number; weights: { start: number; end: number } | null } {
  let best: Node | null = null
  const visit = (node: Node): void => {
    if ((node.start ?? 0) > offset || (node.end ?? 0) <= offset) return
    if (node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'ThrowStatement') best = node
    for (const [, child] of childrenOf(node)) visit(child)
  }
  try {
    visit(parseSource(file, code).program)
  } catch {
    // Not a script file: the position alone must do.
  }
  const node = best as Node | null
  if (!node) return { start: offset, end: offset + 1, weights: null }
  const options = node.type === 'CallExpression' ? node.arguments[1] : undefined
  const property =
    options?.type === 'ObjectExpression'
      ? options.properties.find((item) => item.type === 'ObjectProperty' && item.key.type === 'Identifier' && item.key.name === 'weights')
      : undefined
  const value = property?.type === 'ObjectProperty' ? property.value : undefined
  const lineEnd = code.indexOf('\n', node.start!)
  return {
    start: node.start!,
    end: Math.min(node.end!, lineEnd < 0 ? node.end! : lineEnd),
    weights: value ? { start: value.start!, end: value.end! } : null,
  }
}
