/** Programs that must mean the same uncompiled and compiled, without and with the optimiser: the uncompiled run gives the expected values. */
import { expect } from 'vitest'
import { differenceOf } from '../programs/compare.ts'
import type { Exports } from '../programs/program.ts'
import { load, uncompiled } from '../programs/run.ts'

type Call = (exports: Exports) => unknown

interface Outcome {
  readonly value?: unknown
  readonly error?: string
  readonly printed: readonly unknown[][]
}

function outcomeOf(call: Call, exports: Exports): Outcome {
  const printed: unknown[][] = []
  const log = console.log
  console.log = (...args: unknown[]) => void printed.push(args)
  try {
    return { value: call(exports), printed }
  } catch (error) {
    return { error: `${(error as Error).constructor.name}: ${(error as Error).message}`, printed }
  } finally {
    console.log = log
  }
}

let count = 0

/** Each call: its result, what it throws and what it prints agree in all three ways. Calls make their arguments anew. */
export async function expectThreeWays(source: string, calls: readonly Call[]): Promise<void> {
  const expected = calls.map((call) => outcomeOf(call, uncompiled(source, true)))
  const compile = await load(`three-ways-${count++}`, source)
  for (const optimize of [false, true]) {
    const { exports } = await compile(optimize)
    for (const [i, call] of calls.entries()) {
      const { value, ...rest } = outcomeOf(call, exports)
      const { value: wanted, ...others } = expected[i]!
      expect(rest, String(call)).toEqual(others)
      expect(differenceOf(value, wanted), `${String(call)}, optimize: ${optimize}`).toBeNull()
    }
  }
}
