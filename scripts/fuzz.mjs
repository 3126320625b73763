/**
 * `npm run fuzz -- --seed S --count N [--kind language|tensors]`: random programs, uncompiled against compiled; what differs is printed reduced.
 * Exit code 1 on differences.
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '500' },
    kind: { type: 'string', default: 'tensors' },
  },
})
const env = { ...process.env, FUZZ_SEED: values.seed, FUZZ_COUNT: values.count }
const file = values.kind === 'language' ? 'test/fuzz/language.test.ts' : 'test/fuzz/fuzz.test.ts'
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'unit', file, '--disable-console-intercept'], {
  stdio: 'inherit',
  env,
})
process.exit(status ?? 1)
