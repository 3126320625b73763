/** Programs that do not agree yet, and why. A program that starts to work must leave the list, so it only shrinks. */
export const failing: { readonly [id: string]: string } = {}

/** Programs that are not ported yet: they wait for the issue that builds what they check. */
export const later: { readonly [id: string]: string } = {
  F04: 'freeze and its options',
  F05: 'freeze and its options',
  F07: 'freeze and its options',
  SV01: 'save and load of archives',
}
