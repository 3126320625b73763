/**
 * The names of the package that its runtime entry has as well: app modules that import only these do not ship the eager library.
 * A test compares the list with the exports of both entries.
 */
export const runtimeNames: ReadonlySet<string> = new Set([
  'Tensor',
  'divmod',
  'floordiv',
  'ignore',
  'mod',
  'range',
  'ready',
  'roundHalfEven',
  'tensor',
])
