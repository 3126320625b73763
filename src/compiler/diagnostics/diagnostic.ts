/**
 * Making diagnostics. The wording and the codes live in docs/diagnostics/*.md; `messages.generated.ts` has one typed function a code.
 * A `Diagnostic` is data (program.ts); `renderDiagnostic.ts` makes the text with the code frame.
 */
import { OperatorError } from '../../ops/operator.ts'
import type { Diagnostic } from '../program.ts'

/** A piece of a source file, in UTF-16 code units. */
export interface Span {
  readonly file: string
  readonly start: number
  readonly end: number
}

export interface DiagnosticExtra {
  readonly severity?: Diagnostic['severity']
  readonly fix?: Diagnostic['fix']
  readonly related?: Diagnostic['related']
  /** Replaces the hint of the message. */
  readonly hint?: string | null
}

export function makeDiagnostic(
  code: string,
  kind: Diagnostic['kind'],
  message: string,
  hint: string | null,
  span: Span,
  extra: DiagnosticExtra,
): Diagnostic {
  return {
    code,
    severity: extra.severity ?? 'error',
    kind,
    message,
    file: span.file,
    start: span.start,
    end: span.end,
    hint: extra.hint !== undefined ? extra.hint : hint,
    fix: extra.fix ?? null,
    related: extra.related ?? [],
  }
}

/** Thrown inside the compiler to leave the current expression or pass; caught where compilation can go on. */
export class CompileError extends Error {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super(`${diagnostic.code}: ${diagnostic.message}`)
    this.name = 'CompileError'
    this.diagnostic = diagnostic
  }
}

/** The refusal of a shape or type rule, placed at the node that called the operator. */
export function diagnosticFromOperatorError(error: OperatorError, range: Span, extra: DiagnosticExtra = {}): Diagnostic {
  const kind = /^S[67]/.test(error.code) ? 'not supported yet' : 'user error'
  return makeDiagnostic(error.code, kind, error.message, null, range, extra)
}

/** Anything thrown by compiler code, as a diagnostic at `range`: refusals keep their code, everything else is our bug. */
export function diagnosticFromError(error: unknown, range: Span): Diagnostic {
  if (error instanceof CompileError) return error.diagnostic
  if (error instanceof OperatorError) return diagnosticFromOperatorError(error, range)
  const message = error instanceof Error ? error.message : String(error)
  return makeDiagnostic(
    'S6002',
    'internal error',
    `the compiler failed here: ${message}`,
    'please report this with the source of the function',
    range,
    {},
  )
}
