/** Random programs of the language, three ways; FUZZ_SEED and FUZZ_COUNT as for tensors. */
import { expect, test } from 'vitest'
import { generateLanguage, printLanguage } from './language.ts'
import { reduceLanguage, runLanguage } from './runLanguage.ts'

const seed = Number(process.env.FUZZ_SEED ?? 1)
const count = Number(process.env.FUZZ_COUNT ?? 25)
const batch = 25

test(`${count} random programs of the language from seed ${seed} agree uncompiled, unoptimised and optimised`, {
  timeout: Number.POSITIVE_INFINITY,
}, async () => {
  const reports: string[] = []
  const kinds = new Map<string, number>()
  const refusals = new Map<string, number>()
  for (let at = 0; at < count; at += batch) {
    const programs = Array.from({ length: Math.min(batch, count - at) }, (_, i) => generateLanguage(seed + at + i))
    for (const [i, failure] of (await runLanguage(programs, (code) => refusals.set(code, (refusals.get(code) ?? 0) + 1))).entries()) {
      if (failure === null) continue
      kinds.set(failure.key, (kinds.get(failure.key) ?? 0) + 1)
      // One reduced program a kind of failure says most.
      const small = kinds.get(failure.key) === 1 ? printLanguage(await reduceLanguage(programs[i]!, failure.key), 'f') : ''
      reports.push(`seed ${failure.seed}: ${failure.message}\n${small}`)
    }
  }
  if (process.env.FUZZ_COUNT)
    console.log(
      `fuzz: language seeds ${seed}..${seed + count - 1}, ${reports.length} differences`,
      Object.fromEntries(kinds),
      'refused',
      Object.fromEntries(refusals),
    )
  expect([...refusals.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + count / 20)
  expect(reports.slice(0, 20).join('\n'), `${reports.length} of ${count} programs fail`).toBe('')
})

test('what is refused is reported, and reduced to the line that is at fault', async () => {
  const program = generateLanguage(11)
  const wrong = {
    ...program,
    lines: [...program.lines.slice(0, 3), { text: 'if (n > 1)', body: [{ text: "eval('1')" }] }, ...program.lines.slice(3)],
  }
  const [failure] = await runLanguage([wrong])
  expect(failure?.message).toContain('eval')
  const { lines } = await reduceLanguage(wrong, failure!.key)
  expect(lines).toEqual([{ text: "eval('1')" }])
})
