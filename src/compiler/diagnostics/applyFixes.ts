/** Applies the edits that diagnostics offer to one source: in order, and of those that overlap the first. What is left needs another compilation. */
import MagicString from 'magic-string'
import type { Diagnostic } from '../program.ts'

export interface FixedSource {
  readonly code: string
  readonly applied: readonly Diagnostic[]
}

export function applyFixes(file: string, code: string, diagnostics: readonly Diagnostic[]): FixedSource {
  const text = new MagicString(code)
  const applied: Diagnostic[] = []
  let end = -1
  const offered = diagnostics.filter((diagnostic) => diagnostic.file === file && diagnostic.fix !== null)
  for (const diagnostic of offered.sort((a, b) => a.fix!.start - b.fix!.start || a.fix!.end - b.fix!.end)) {
    const fix = diagnostic.fix!
    if (fix.start <= end) continue
    if (fix.start === fix.end) text.appendLeft(fix.start, fix.replacement)
    else text.overwrite(fix.start, fix.end, fix.replacement)
    applied.push(diagnostic)
    end = fix.end
  }
  return { code: text.toString(), applied }
}
