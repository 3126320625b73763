/**
 * Runtime helpers that the JavaScript of a compiled program writes out where it calls them: the case that is right is plain JavaScript, which an
 * engine specialises by the array at hand, and the helper is left for what it throws. A helper that every program shares sees arrays of all
 * kinds, and a read through it costs several times what the read costs.
 */
import { precedence } from '../../ops/scalarOp.ts'
import type { Type } from '../ir/types.ts'
import { callText, compound, type Expression, receiver, wrap } from './expression.ts'

export interface InlineSite {
  /** The operand under a short name: it will be written more than once. */
  named(operand: Expression): Expression
  helper(name: string): string
}

export interface Inlined {
  readonly expression?: Expression
  readonly statement?: string
}

type Inline = (site: InlineSite, operands: readonly Expression[], types: readonly Type[]) => Inlined | null

/** Below `??` in precedence, as that may not stand beside `||` and `&&` without parentheses. */
const orElse = (value: string, otherwise: Expression): Inlined => ({
  expression: compound(`${value} ?? ${otherwise.text}`, precedence.conditional, [otherwise]),
})

const mayBeNull = (type: Type | undefined): boolean => type?.kind === 'optional' || type?.kind === 'none' || type?.kind === 'union'

const inlines: { readonly [helper: string]: Inline } = {
  item(site, operands, [type]) {
    if (type?.kind === 'list' ? mayBeNull(type.element) : type?.kind !== 'string') return null
    const [list, index] = operands.map((operand) => site.named(operand)) as [Expression, Expression]
    return orElse(`${receiver(list)}[${index.text}]`, callText(site.helper('item'), [list, index]))
  },
  setItem(site, operands) {
    const [list, index, value] = operands.map((operand) => site.named(operand)) as [Expression, Expression, Expression]
    const place = wrap(index, precedence.shift)
    const call = callText(site.helper('setItem'), [list, index, value])
    const isInside = /^\d+$/.test(index.text)
      ? `${place} < ${receiver(list)}.length`
      : `${place} >= 0 && ${place} < ${receiver(list)}.length`
    return { statement: `if (${isInside}) ${receiver(list)}[${index.text}] = ${value.text}; else ${call.text}` }
  },
  unwrap(site, [operand]) {
    const value = site.named(operand!)
    return orElse(wrap(value, precedence.bitOr), callText(site.helper('unwrap'), [value]))
  },
  rangeLength(_site, [start, stop, step]) {
    if (step!.text !== '1' && step!.text !== '-1') return null
    const [from, to] = step!.text === '1' ? [start!, stop!] : [stop!, start!]
    const length = from.text === '0' ? to.text : `${wrap(to, precedence.additive)} - ${wrap(from, precedence.additive + 1)}`
    return { expression: compound(`Math.max(0, ${length})`, precedence.postfix, [start!, stop!]) }
  },
}

/** The helper's call written out; null where it is called. */
export const inlineHelper = (name: string, site: InlineSite, operands: readonly Expression[], types: readonly Type[]): Inlined | null =>
  Object.hasOwn(inlines, name) ? inlines[name]!(site, operands, types) : null
