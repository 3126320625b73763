/** Types of generateDiagnostics.mjs, for its test. */
export function generate(): string

export function parseMessages(
  markdown: string,
): { readonly code: string; readonly name: string; readonly message: string; readonly kind: string; readonly hint: string | null }[]
