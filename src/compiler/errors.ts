/** What compiler code throws, as diagnostics at the place in the user's source: refusals keep their code, everything else is our bug. */
import { OperatorError } from '../ops/operator.ts'
import { CompileError, diagnosticFromError, diagnosticFromOperatorError, type Span } from './diagnostics/diagnostic.ts'
import * as messages from './diagnostics/messages.generated.ts'
import { VerifyError } from './ir/verifyGraph.ts'
import { LoweringError } from './kernels/lower/lowerSegment.ts'
import { PassError } from './passes/index.ts'
import type { Diagnostic } from './program.ts'

/** `whole`: the place of failures that have none. */
export function errorsAt(error: unknown, whole: Span): readonly Diagnostic[] {
  if (error instanceof CompileError) return [error.diagnostic]
  if (error instanceof PassError)
    return [diagnosticFromOperatorError(new OperatorError(error.code, error.message), placed(error.range, whole))]
  if (error instanceof LoweringError) return [diagnosticFromError(error.cause, placed(error.range, whole))]
  if (error instanceof VerifyError)
    return [messages.invariantBroken(placed(error.node?.range, whole), { pass: error.pass, message: error.message })]
  if (process.env.TENSORSCRIPT_DEBUG) throw error
  return [diagnosticFromError(error, whole)]
}

const placed = (range: Span | undefined, whole: Span): Span => (range && range.file !== '' ? range : whole)
