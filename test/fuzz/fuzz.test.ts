/**
 * Random programs, three ways. The suite runs a few from a fixed seed; `npm run fuzz -- --seed S --count N` runs more (through FUZZ_SEED and
 * FUZZ_COUNT) and reduces what fails.
 */
import { describe, expect, test } from 'vitest'
import { generate } from './generate.ts'
import { printProgram } from './program.ts'
import { reduce } from './reduce.ts'
import { compare, type Failure, runProgram } from './run.ts'

const seed = Number(process.env.FUZZ_SEED ?? 1)
const count = Number(process.env.FUZZ_COUNT ?? 24)

let refused = 0

const run = (program: ReturnType<typeof generate>): Promise<Failure | null> =>
  runProgram(program, () => refused++).catch((error: unknown) => ({
    seed: program.seed,
    key: `crash ${String(error).slice(0, 80)}`,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }))

async function report(failure: Failure): Promise<string> {
  const program = generate(failure.seed)
  const smaller = await reduce(program, async (candidate) => (await run(candidate))?.key === failure.key)
  const last = await run(smaller)
  const inputs = smaller.functions.at(-1)!.parameters.map(({ name, declared, value }) => `// ${name}: ${declared} = [${value.join(', ')}]`)
  return [`seed ${failure.seed}: ${last?.message ?? failure.message}`, ...inputs, printProgram(smaller, true)].join('\n')
}

test(`${count} random programs from seed ${seed} agree uncompiled, unoptimised and optimised`, {
  timeout: Number.POSITIVE_INFINITY,
}, async () => {
  const reports: string[] = []
  const seen = new Set<string>()
  let failures = 0
  for (let i = 0; i < count; i++) {
    const failure = await run(generate(seed + i))
    if (!failure) continue
    failures++
    // One reduced program a kind of failure says most.
    if (!seen.has(failure.key)) reports.push(await report(failure))
    else reports.push(`seed ${failure.seed}: ${failure.message.split('\n')[0]}`)
    seen.add(failure.key)
  }
  if (process.env.FUZZ_COUNT) console.log(`fuzz: seeds ${seed}..${seed + count - 1}, ${failures} differences, ${refused} refused`)
  // A fuzzer that is always refused tests nothing.
  expect(refused).toBeLessThanOrEqual(count / 10)
  expect(reports.join('\n\n'), `${failures} of ${count} programs fail`).toBe('')
})

describe('the fuzzer itself', () => {
  test('the same seed gives the same program', () => {
    expect(printProgram(generate(7), true)).toBe(printProgram(generate(7), true))
    expect(printProgram(generate(7), true)).not.toBe(printProgram(generate(8), true))
  })

  test('notices other values, dtypes and shapes', () => {
    const tensor = (dtype: string, shape: readonly number[], data: readonly number[]) => ({ dtype, shape, dataSync: () => data })
    const one = tensor('float32', [2], [1, 2])
    expect(compare([one], [one])).toBeNull()
    expect(compare([one], [tensor('float32', [2], [1, 2.01])])).toContain('2.01 instead of 2')
    expect(compare([one], [tensor('int64', [2], [1, 2])])).toContain('int64')
    expect(compare([one], [tensor('float32', [2, 1], [1, 2])])).toContain('[2,1]')
    expect(compare([3], [4])).toContain('4 instead of 3')
  })

  test('reduces a program to what makes it fail', async () => {
    const program = generate(3)
    const wanted = '.'
    const smaller = await reduce(program, async (candidate) => printProgram(candidate, false).includes(wanted))
    expect(printProgram(smaller, true).length).toBeLessThanOrEqual(printProgram(program, true).length)
    const statements = smaller.functions.flatMap((f) => f.body)
    expect(statements.length).toBeLessThanOrEqual(2)
  })
})
