/**
 * Diagnostics as JSON, for editors and tools (docs/diagnostics.md has the schema). Lines and columns count from 1, as in the text form;
 * offsets from 0, in UTF-16 code units. `version` changes when a field changes its meaning or goes; new fields may come at any time.
 */
import type { Diagnostic } from '../program.ts'
import { diagnosticNames } from './messages.generated.ts'
import { documentationPage, positionAt, type RenderOptions } from './renderDiagnostic.ts'

export interface JsonPosition {
  readonly offset: number
  /** 0, as the column, where the source is not at hand. */
  readonly line: number
  readonly column: number
}

export interface JsonRange {
  readonly start: JsonPosition
  readonly end: JsonPosition
}

export interface JsonDiagnostic {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly kind: Diagnostic['kind']
  readonly message: string
  readonly file: string
  readonly range: JsonRange
  readonly related: readonly { readonly message: string; readonly file: string; readonly range: JsonRange }[]
  readonly hint: string | null
  /** Edits of `file` that make the way round; empty where it is not a mechanical one. */
  readonly edits: readonly { readonly range: JsonRange; readonly newText: string }[]
  /** The section about the code, relative to the package. */
  readonly documentation: string
}

export interface DiagnosticsJson {
  readonly version: 1
  readonly diagnostics: readonly JsonDiagnostic[]
}

/** `docs/diagnostics/S2.md#s2010-unknownname` */
export function documentationAnchor(code: string): string {
  const name = diagnosticNames[code]
  return documentationPage(code) + (name === undefined ? '' : `#${code}-${name}`.toLowerCase())
}

export function diagnosticsJson(diagnostics: readonly Diagnostic[], options: RenderOptions): DiagnosticsJson {
  const name = options.fileName ?? ((file: string) => file)
  const range = (file: string, start: number, end: number): JsonRange => {
    const code = options.source(file)
    const at = (offset: number): JsonPosition => {
      if (code === null) return { offset, line: 0, column: 0 }
      const { line, column } = positionAt(code, offset)
      return { offset, line, column: column + 1 }
    }
    return { start: at(start), end: at(end) }
  }
  return {
    version: 1,
    diagnostics: diagnostics.map((diagnostic) => ({
      code: diagnostic.code,
      severity: diagnostic.severity,
      kind: diagnostic.kind,
      message: diagnostic.message,
      file: name(diagnostic.file),
      range: range(diagnostic.file, diagnostic.start, diagnostic.end),
      related: diagnostic.related.map(({ message, file, start, end }) => ({ message, file: name(file), range: range(file, start, end) })),
      hint: diagnostic.hint,
      edits: diagnostic.fix
        ? [{ range: range(diagnostic.file, diagnostic.fix.start, diagnostic.fix.end), newText: diagnostic.fix.replacement }]
        : [],
      documentation: documentationAnchor(diagnostic.code),
    })),
  }
}
