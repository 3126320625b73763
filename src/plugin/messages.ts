/** Diagnostics in the form bundlers show: message, file, position, code frame. Several of one module become one error that lists them all. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { codeFrame, positionAt, renderDiagnostic } from '../compiler/diagnostics/renderDiagnostic.ts'
import type { Diagnostic } from '../compiler/program.ts'
import { libraryModules } from '../transform/libraryModules.ts'

export interface BundlerMessage {
  readonly message: string
  readonly id: string
  readonly loc: { readonly file: string; readonly line: number; readonly column: number }
  readonly frame: string
  readonly code: string
  readonly stack: string
}

export function bundlerMessage(diagnostics: readonly Diagnostic[], module: string, moduleCode: string, root: string): BundlerMessage {
  const source = sourceReader(module, moduleCode)
  const [first, ...rest] = diagnostics as [Diagnostic, ...Diagnostic[]]
  const text = source(first.file) ?? ''
  const { line, column } = positionAt(text, first.start)
  const kind = first.kind === 'user error' ? '' : ` (${first.kind})`
  const lines = [`${first.code}: ${first.message}${kind}`]
  if (first.hint !== null) lines.push(`hint: ${first.hint}`)
  for (const related of first.related) {
    const at = positionAt(source(related.file) ?? '', related.start)
    lines.push(`${related.message}: ${nameOf(related.file, root)}:${at.line}:${at.column + 1}`)
  }
  if (rest.length > 0) {
    lines.push('', `and ${rest.length} more:`)
    for (const diagnostic of rest) lines.push('', renderDiagnostic(diagnostic, { source, fileName: (file) => nameOf(file, root) }))
  }
  const message = lines.join('\n')
  return {
    message,
    id: module,
    loc: { file: first.file, line, column },
    frame: codeFrame(text, first.start, first.end),
    code: first.code,
    // Nothing of the compiler's own stack helps the user.
    stack: `${first.code}: ${first.message}\n    at ${first.file}:${line}:${column + 1}`,
  }
}

export function renderAll(diagnostics: readonly Diagnostic[], module: string, moduleCode: string, root: string): string {
  const source = sourceReader(module, moduleCode)
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, { source, fileName: (file) => nameOf(file, root) })).join('\n\n')
}

function sourceReader(module: string, moduleCode: string): (file: string) => string | null {
  const library = new Map(libraryModules())
  return (file) => {
    if (file === module) return moduleCode
    if (file.startsWith('tensorscript:')) return library.get(file) ?? null
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return null
    }
  }
}

const nameOf = (file: string, root: string): string => (file.startsWith('tensorscript:') ? file : relative(root, file))
