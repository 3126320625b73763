/** `npm run fuzz -- --seed S --count N`: random programs, uncompiled against compiled; what differs is printed reduced. Exit code 1 on differences. */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '500' } } })
const env = { ...process.env, FUZZ_SEED: values.seed, FUZZ_COUNT: values.count }
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'unit', 'test/fuzz/fuzz.test.ts', '--disable-console-intercept'], {
  stdio: 'inherit',
  env,
})
process.exit(status ?? 1)
