/** Programs that do not agree yet, and why. A program that starts to work must leave the list, so it only shrinks. */
export const failing: { readonly [id: string]: string } = {}

/** Programs that are not ported yet: they wait for the issue that builds what they check. */
export const later: { readonly [id: string]: string } = {
  TR01: 'tracing',
  TR02: 'tracing',
  TR04: 'tracing',
  TR05: 'tracing',
  TR07: 'tracing',
  TR08: 'tracing',
  TR10: 'tracing',
  TR11: 'tracing',
  TR13: 'tracing',
  F04: 'freeze and its options',
  F05: 'freeze and its options',
  F07: 'freeze and its options',
  SV01: 'save and load of archives',
}
