/**
 * `npm run bench:scripts -- [NAME...] [--rounds=N] [--write]`: the JavaScript that is printed for script functions without tensors against the same
 * TypeScript with its types removed, interleaved in one process. `--write` renders docs/performance-scripts.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { register } from 'node:module'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

register('./rawModules.mjs', import.meta.url)

type Run = (n: number) => unknown
type Module = { readonly [name: string]: Run }

/** How much work takes about a millisecond. */
const sizes: { readonly [name: string]: number } = {
  scalars_fibonacci: 200_000,
  scalars_mandelbrot: 60,
  scalars_collatz: 3_000,
  scalars_gcd: 120,
  scalars_primes: 10_000,
  scalars_switch: 100_000,
  strings_splitJoin: 4_000,
  strings_hash: 3_000,
  strings_concatenation: 30_000,
  strings_tokenizer: 1_000,
  strings_characters: 1_000,
  strings_reverse: 10_000,
  maps_counts: 15_000,
  maps_numbers: 20_000,
  maps_bytePairs: 60,
  maps_records: 15_000,
  maps_sets: 10_000,
  arrays_pushWalk: 50_000,
  arrays_sieve: 50_000,
  arrays_prefixSums: 50_000,
  arrays_sort: 5_000,
  arrays_methods: 30_000,
  arrays_matrixProduct: 60,
  arrays_stack: 50_000,
  arrays_tuples: 10_000,
  arrays_search: 10_000,
  records_particles: 500,
  records_classes: 200_000,
  records_points: 100_000,
}

interface Row {
  readonly name: string
  /** Milliseconds of a call: the median of the rounds, and the least. */
  readonly ours: readonly [number, number]
  readonly byHand: readonly [number, number]
}

const options = process.argv.slice(2)
const rounds = Number(options.find((text) => text.startsWith('--rounds='))?.slice(9) ?? 101)
const named = options.filter((text) => !text.startsWith('--'))
const chosen = Object.keys(sizes).filter((name) => named.length === 0 || named.some((part) => name.includes(part)))

/** The programs as a bundler leaves them, with our plugin or without one. */
async function bundle(name: string, plugins: Plugin[]): Promise<Module> {
  const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'tensorscript-bench-'))
  const outfile = join(folder, `${name}.mjs`)
  try {
    await build({
      entryPoints: [path('scripts/programs.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'es2022',
      logLevel: 'error',
      alias: { tensorscript: path('../src/index.ts'), 'tensorscript/runtime': path('../src/runtime/index.ts') },
      plugins,
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const { default: tensorscript } = await import('../src/plugin/esbuild.ts')
const byHand = await bundle('byHand', [])
const compiled = await bundle('compiled', [tensorscript()])
for (const name of chosen) if (String(compiled[name]) === String(byHand[name])) throw new Error(`${name} was not compiled`)

const time = (run: Run, n: number): number => {
  const start = performance.now()
  run(n)
  return performance.now() - start
}

const medianAndLeast = (times: number[]): readonly [number, number] => {
  times.sort((a, b) => a - b)
  return [times[times.length >> 1]!, times[0]!]
}

function measure(name: string): Row {
  const n = sizes[name]!
  const [ours, theirs] = [compiled[name]!, byHand[name]!]
  const [ourResult, theirResult] = [ours(n), theirs(n)]
  if (ourResult !== theirResult) throw new Error(`${name}(${n}): compiled ${ourResult}, uncompiled ${theirResult}`)
  for (let warm = 0; warm < 30; warm++) {
    ours(n)
    theirs(n)
  }
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const first = round % 2
    times[first]!.push(time(first === 0 ? ours : theirs, n))
    times[1 - first]!.push(time(first === 0 ? theirs : ours, n))
  }
  return { name, ours: medianAndLeast(times[0]), byHand: medianAndLeast(times[1]) }
}

const ratio = ({ ours, byHand }: Row, by: 0 | 1): number => ours[by] / byHand[by]
const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

const rows: Row[] = []
for (const name of chosen) {
  const row = measure(name)
  rows.push(row)
  console.log(
    `${name.padEnd(24)} ${row.ours[0].toFixed(3)} ms, by hand ${row.byHand[0].toFixed(3)} ms: ${ratio(row, 0).toFixed(2)}x (least ${ratio(row, 1).toFixed(2)}x)`,
  )
}
const groups = [...new Set(rows.map(({ name }) => name.split('_')[0]!))].map((group) => {
  const members = rows.filter(({ name }) => name.startsWith(`${group}_`))
  return { group, mean: geometricMean(members.map((row) => ratio(row, 0))) }
})
for (const { group, mean } of groups) console.log(`${group.padEnd(24)} ${mean.toFixed(2)}x`)

if (options.includes('--write')) writeFileSync(new URL('../docs/performance-scripts.md', import.meta.url), page())

function page(): string {
  const line = (row: Row): string =>
    `| \`${row.name.replace('_', ' ')}\` | ${row.ours[0].toFixed(2)} | ${row.byHand[0].toFixed(2)} | ${ratio(row, 0).toFixed(2)} | ${ratio(row, 1).toFixed(2)} |`
  return `# Performance of printed JavaScript

Script functions without tensors (\`bench/scripts/programs.ts\`): what the compiler prints for them against the same TypeScript with its types removed,
interleaved in one process. Milliseconds a call, the median of ${rounds} rounds; the last column compares the least times. Written by \`npm run bench:scripts -- --write\`.

| Program | printed | by hand | ratio | of the least |
|---|---:|---:|---:|---:|
${rows.map(line).join('\n')}

| Group | ratio (geometric mean of the medians) |
|---|---:|
${groups.map(({ group, mean }) => `| ${group} | ${mean.toFixed(2)} |`).join('\n')}

Node ${process.versions.node}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, one thread.
`
}
