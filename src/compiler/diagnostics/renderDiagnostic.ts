/**
 * Text of a diagnostic: `error S2010: message`, `file:line:column`, a code frame with the span underlined, related spans, hint and
 * documentation page. Plain text (bundlers colour it themselves). Lines are 1-based, columns 0-based as in the graph's ranges.
 */
import type { Diagnostic } from '../program.ts'

export interface Position {
  /** 1-based. */
  readonly line: number
  /** 0-based, in UTF-16 code units. */
  readonly column: number
}

export function positionAt(code: string, offset: number): Position {
  const before = code.slice(0, Math.max(0, Math.min(offset, code.length)))
  const line = before.split('\n').length
  return { line, column: before.length - (before.lastIndexOf('\n') + 1) }
}

/** Up to three lines of source around a span, each with its number, and carets under what the span covers. */
export function codeFrame(code: string, start: number, end: number): string {
  const lines = code.split('\n').map((line) => line.replace(/\r$/, ''))
  const from = positionAt(code, start)
  const to = positionAt(code, Math.max(end, start + 1))
  const lastLine = Math.min(to.column === 0 && to.line > from.line ? to.line - 1 : to.line, from.line + 2)
  const firstShown = lastLine - from.line >= 2 ? from.line : Math.max(1, from.line - 1)
  const width = String(lastLine).length
  const shown: string[] = []
  for (let line = firstShown; line <= lastLine; line++) {
    const text = lines[line - 1] ?? ''
    const expanded = text.replaceAll('\t', ' ')
    shown.push(`${line >= from.line ? '>' : ' '} ${String(line).padStart(width)} | ${expanded}`.trimEnd())
    if (line < from.line) continue
    const first = line === from.line ? from.column : text.length - text.trimStart().length
    const last = line === to.line ? to.column : text.length
    if (last > first || line === from.line)
      shown.push(`  ${' '.repeat(width)} | ${' '.repeat(first)}${'^'.repeat(Math.max(1, last - first))}`)
  }
  return shown.join('\n')
}

export interface RenderOptions {
  /** Source text of a file, or null when it is not at hand: every diagnostic must render without. */
  source(file: string): string | null
  /** How a file is named, for example relative to the project. */
  fileName?(file: string): string
}

/** The page of a code, relative to the package: `docs/diagnostics/S2.md` has a section a code. */
export const documentationPage = (code: string): string => `docs/diagnostics/${code.slice(0, 2)}.md`

export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string {
  const name = options.fileName ?? ((file: string) => file)
  const kind = diagnostic.kind === 'user error' ? '' : ` (${diagnostic.kind})`
  const parts = [
    `${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}${kind}`,
    frame(diagnostic.file, diagnostic.start, diagnostic.end),
  ]
  for (const related of diagnostic.related) parts.push(`${related.message}:`, frame(related.file, related.start, related.end))
  if (diagnostic.hint !== null) parts.push(`hint: ${diagnostic.hint}`)
  parts.push(`see ${diagnostic.code} in ${documentationPage(diagnostic.code)}`)
  return parts.join('\n')

  function frame(file: string, start: number, end: number): string {
    const code = options.source(file)
    if (code === null) return `  at ${name(file)}`
    const { line, column } = positionAt(code, start)
    return `  at ${name(file)}:${line}:${column + 1}\n${codeFrame(code, start, end)}`
  }
}
