/** Runs calls of a source uncompiled, compiled without and with the optimiser: all must give, write and throw the same. */
import { expect } from 'vitest'
import { differenceOf } from './compare.ts'
import type { Exports } from './program.ts'
import { load, uncompiled } from './run.ts'

/** `calls` make their own arguments, so that each way gets its own; what they return is compared, and whether they throw. */
export async function agree(id: string, source: string, calls: readonly ((exports: Exports) => unknown)[]): Promise<void> {
  const outcome = (call: (exports: Exports) => unknown, exports: Exports): unknown => {
    try {
      return call(exports)
    } catch (error) {
      return `threw ${(error as Error).message}`
    }
  }
  const expected = calls.map((call) => outcome(call, uncompiled(source)))
  const compile = await load(id, source)
  for (const optimize of [false, true]) {
    const { exports } = await compile(optimize)
    const differences = calls.flatMap((call, i) => {
      const difference = differenceOf(outcome(call, exports), expected[i])
      return difference ? [`${String(call)}: ${difference}`] : []
    })
    expect(differences, optimize ? 'optimized' : 'not optimized').toEqual([])
  }
}
