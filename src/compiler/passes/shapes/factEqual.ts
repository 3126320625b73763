/** Comparison of facts, and which symbols they speak of. */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, symbolsOf } from '../../../ops/dimMath.ts'
import { type Fact, isTensorValue } from '../../ir/operatorCall.ts'

export function mentions(fact: Fact, symbols: ReadonlySet<string>): boolean {
  if (Array.isArray(fact)) return fact.some((element: Fact) => mentions(element, symbols))
  if (typeof fact !== 'object' || fact === null) return false
  // A tensor inside a list is a value of the block it was made in; outside it has no name.
  if (isTensorValue(fact)) return true
  return symbolsOf(fact as Dim).some((symbol) => symbols.has(symbol.name))
}

export function factEqual(a: Fact, b: Fact): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((element: Fact, i) => factEqual(element, b[i] as Fact))
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) || Array.isArray(b)) return false
  if (isTensorValue(a) || isTensorValue(b)) return isTensorValue(a) && isTensorValue(b) && a.value === b.value
  return dimEqual(a as Dim, b as Dim)
}
