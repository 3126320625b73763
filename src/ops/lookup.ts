/**
 * The name -> operator table that formulas over other operators look their parts up in. registry.ts fills it once, when it is loaded; a
 * module of its own, because the registry imports the formulas.
 */
import type { Operator } from './operator.ts'

const table = new Map<string, Operator>()

/** For registry.ts alone. */
export const registerOperator = (operator: Operator): void => {
  table.set(operator.name, operator)
}

/** The operator behind a graph node's kind, in-place forms included. */
export const findOperator = (name: string): Operator | null => table.get(name) ?? null

export const registeredOperators = (): readonly Operator[] => [...table.values()]
