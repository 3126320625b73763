/**
 * The 136 programs of PyTorch's conformance set, each run uncompiled, compiled with the optimiser off and compiled with it on, against the
 * values that PyTorch gave: floats to 1e-5 relative, everything else exactly.
 */
import { describe, expect, test } from 'vitest'
import { differenceOf } from './compare.ts'
import { failing, later } from './failing.ts'
import type { Program, Refusal, Run } from './program.ts'
import { type Compiled, load, Refused, uncompiled } from './run.ts'
import { sections } from './sections.ts'

describe.each(Object.entries(sections))('%s', (_, programs) => {
  test.each(programs.map((program) => [program.id, program.checks, program] as const))('%s %s', async (id, _checks, program) => {
    const failures = await failuresOf(program)
    if (id in failing) expect(failures, `${id} works now: take it off the list`).not.toEqual([])
    else expect(failures).toEqual([])
  })
})

test('all 136 programs are ported, or wait for their issue', () => {
  const ids = Object.values(sections).flatMap((programs) => programs.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length + Object.keys(later).length).toBe(136)
  expect(ids.filter((id) => id in later)).toEqual([])
  expect(Object.keys(failing).filter((id) => !ids.includes(id))).toEqual([])
})

/** What disagrees, a line each. */
async function failuresOf(program: Program): Promise<string[]> {
  const failures: string[] = []
  const attempt = async (way: string, step: () => Promise<void> | void): Promise<void> => {
    try {
      await step()
    } catch (error) {
      failures.push(`${way}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (program.runs.length > 0) {
    const everywhere = program.runs.filter(({ only }) => only === undefined)
    await attempt('uncompiled', () => runAll({ exports: uncompiled(program.source, program.operators) }, everywhere))
    await attempt('loading', async () => {
      const compile = await load(program.id, program.source)
      for (const optimize of [false, true])
        await attempt(optimize ? 'optimized' : 'unoptimized', async () => runAll(await compile(optimize), program.runs))
    })
  }
  for (const [i, refusal] of (program.refused ?? []).entries())
    await attempt(`refusal ${i + 1}`, () => expectRefusal(`${program.id}-${i + 1}`, refusal))
  return failures
}

async function runAll(loaded: Pick<Compiled, 'exports'> & Partial<Compiled>, runs: readonly Run[]): Promise<void> {
  for (const run of runs) await runOne(loaded, run)
}

async function runOne(
  { exports, inspection }: Pick<Compiled, 'exports'> & Partial<Compiled>,
  { call, throws: thrown, prints, ...rest }: Run,
): Promise<void> {
  const printed: unknown[][] = []
  const log = console.log
  console.log = (...args: unknown[]) => void printed.push(args)
  try {
    const text = String(call).replace(/\s+/g, ' ')
    let value: unknown
    try {
      value = await call(exports, inspection!)
    } catch (error) {
      if (!thrown) throw new Error(`${text} threw ${error}`, { cause: error })
      if (!(error instanceof thrown.type) || !thrown.message.test(error.message))
        throw new Error(`${text} threw ${error}, not a ${thrown.type.name} like ${thrown.message}`)
      return
    }
    if (thrown) throw new Error(`${text} did not throw`)
    const difference = 'gives' in rest ? differenceOf(value, rest.gives) : null
    if (difference) throw new Error(`${text}: ${difference}`)
    const printDifference = prints ? differenceOf(printed, prints) : null
    if (printDifference) throw new Error(`${text} prints: ${printDifference}`)
  } finally {
    console.log = log
  }
}

async function expectRefusal(id: string, { source, code, at, message = /(?:)/ }: Refusal): Promise<void> {
  try {
    await (await load(id, source))(true)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const found = error.diagnostics.some((d) => d.code === code && d.text === at && message.test(d.message))
    if (!found) throw new Error(`expected ${code} at \`${at}\`, got ${error.message}`)
    return
  }
  throw new Error(`the build accepts it, ${code} at \`${at}\` expected`)
}
