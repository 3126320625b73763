export const failing: ReadonlySet<string> = new Set<string>([])
