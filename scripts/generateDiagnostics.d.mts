/** Types of generateDiagnostics.mjs, for its test. */
export function generate(): string
