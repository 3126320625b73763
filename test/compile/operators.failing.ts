/** Files of test/data/ops that do not pass compiled yet. Reviewed: it only ever gets shorter. */
export const failing: ReadonlySet<string> = new Set()
