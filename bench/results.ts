/** Results of a benchmark run as text: a paragraph a model for the terminal, and docs/performance.md from the runs that bench/results keeps, one a Node version. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Times } from './measure.ts'
import type { ShippedBytes } from './shipped.ts'
import type { SlowestKernel } from './slowest.ts'

export interface ModelResult {
  readonly model: string
  readonly compileSeconds: number
  /** Floating-point operations of a call. */
  readonly operations: number
  /** Of the weights that a call reads: embedding tables do not count. */
  readonly weightBytes: number
  /** Size of the WebAssembly memory after a call. */
  readonly memoryBytes: number
  /** GFLOP/s of the register-tiled micro-kernel and GB/s of streaming reads, best of the same run. */
  readonly limit: { readonly gigaflops: number; readonly gigabytes: number }
  /** Bytes of an app that uses the model, after Brotli. */
  readonly shipped: ShippedBytes
  /** Milliseconds from import to the first result in a fresh process. */
  readonly coldStart: number
  /** The kernel that takes the most time, all its calls together. */
  readonly slowest: SlowestKernel
  /** The first is ours. `difference` from PyTorch is a share of the largest value. */
  readonly contestants: readonly ({ readonly name: string; readonly difference: number } & Times)[]
}

interface SavedRun {
  readonly node: string
  readonly machine: string
  readonly date: string
  readonly results: readonly ModelResult[]
}

export const duration = (milliseconds: number): string =>
  milliseconds < 0.1 ? `${(milliseconds * 1000).toPrecision(3)} us` : `${milliseconds.toPrecision(3)} ms`

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

/** A kernel without operations (copies, pooling) has no share of the limit of arithmetic. */
function describe({ name, calls, share, gflops, limitShare, gigabytes }: SlowestKernel): string {
  const arithmetic = gflops > 0 ? `, ${gflops.toFixed(1)} GFLOP/s, ${(100 * limitShare).toFixed(0)}% of the limit` : ''
  return `${name} (${calls} calls, ${(100 * share).toFixed(0)}% of the time${arithmetic}, ${gigabytes.toFixed(1)} GB/s)`
}

export function renderResult({ model, compileSeconds, operations, limit, contestants, shipped, coldStart, slowest }: ModelResult): string {
  const [ours] = contestants
  const rows = contestants.map(({ name, median, best, difference }) => {
    const ratio = name === ours!.name ? '' : `   ratio ${(median / ours!.median).toFixed(2)} (best ${(best / ours!.best).toFixed(2)})`
    return `  ${name.padEnd(17)} median ${duration(median).padStart(8)}  best ${duration(best).padStart(8)}  difference ${difference.toExponential(1)}${ratio}`
  })
  const speed = operations / ours!.best / 1e6
  const share = `${speed.toFixed(1)} GFLOP/s, ${((100 * speed) / limit.gigaflops).toFixed(0)}% of ${limit.gigaflops.toFixed(1)}; streaming reads ${limit.gigabytes.toFixed(1)} GB/s`
  const app = `${kilobytes(shipped.javascript + shipped.wasm)} of code, first result after ${duration(coldStart)}`
  return [
    `${model} (compiled in ${compileSeconds.toFixed(1)} s)`,
    ...rows,
    `  best: ${share}`,
    `  ${app}`,
    `  slowest: ${describe(slowest)}`,
  ].join('\n')
}

const runs = new URL('results/', import.meta.url)
const page = new URL('../docs/performance.md', import.meta.url)

/** Keeps a run, in place of an earlier one of the same models by the same major version of Node, and renders the page. */
export function saveRun(results: readonly ModelResult[]): void {
  mkdirSync(runs, { recursive: true })
  const file = new URL(`node${Number.parseInt(process.versions.node, 10)}.json`, runs)
  const run: SavedRun = { node: process.versions.node, machine: cpus()[0]!.model, date: new Date().toISOString().slice(0, 10), results }
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`)
  writeFileSync(page, renderPage(readdirSync(runs).map((name) => JSON.parse(readFileSync(new URL(name, runs), 'utf8')))))
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

/** Ratios of medians to ours, then their geometric mean. */
function renderRun({ node, machine, date, results }: SavedRun): string {
  const peers = results[0]!.contestants.slice(1).map(({ name }) => name)
  const ratioOf = ({ contestants }: ModelResult, peer: string): number =>
    contestants.find(({ name }) => name === peer)!.median / contestants[0]!.median
  const times = results.map((result) => [
    result.model,
    ...result.contestants.map(({ median }) => duration(median)),
    ...peers.map((peer) => ratioOf(result, peer).toFixed(2)),
  ])
  const means = [
    'geometric mean',
    ...peers.map(() => ''),
    '',
    ...peers.map((peer) => geometricMean(results.map((result) => ratioOf(result, peer))).toFixed(2)),
  ]
  const limits = results.map(({ model, operations, limit, contestants: [ours], weightBytes, memoryBytes }) => [
    model,
    (operations / ours!.best / 1e6).toFixed(1),
    `${((100 * operations) / ours!.best / 1e6 / limit.gigaflops).toFixed(0)}%`,
    (weightBytes / ours!.best / 1e6).toFixed(1),
    `${((100 * weightBytes) / ours!.best / 1e6 / limit.gigabytes).toFixed(0)}%`,
    (memoryBytes / 2 ** 20).toFixed(1),
    ours!.difference.toExponential(1),
  ])
  const apps = results.map(({ model, shipped, coldStart, slowest }) => [
    model,
    kilobytes(shipped.javascript),
    kilobytes(shipped.wasm),
    duration(coldStart),
    describe(slowest),
  ])
  return `## Node ${node}

${machine}, ${date}. Medians; a ratio is the peer's median over ours.

${table(['model', 'tensorscript', ...peers, ...peers.map((peer) => `${peer} / ours`)], [...times, means])}

Best times against the limits of the same run: a register-tiled multiply-add kernel, and streaming reads from memory (of the weights; models with few are not bound by it).
Winograd needs fewer operations than are counted here, so that a share can pass 100%; of the slowest kernel below, what it does is counted. Few weights stay in
the caches, and pass 100% of streaming.

${table(['model', 'GFLOP/s', 'share of the limit', 'weights GB/s', 'share of streaming', 'memory MiB', 'difference'], limits)}

What an app ships (Brotli), how long a fresh process takes from importing it to the first result, and the kernel that takes most of the time (GB/s: of its operands,
each element counted once).

${table(['model', 'JavaScript', 'wasm', 'first result', 'slowest kernel'], apps)}
`
}

const renderPage = (saved: readonly SavedRun[]): string => `# Performance

Generated by \`npm run bench -- --write\`; bench/results has the numbers. Ten models at batch 1 on one thread, float32, the same weights and graph for every contestant,
each in a process of its own, sampled in turn for a few milliseconds. Only ratios within one run mean something: absolute times drift with the machine's load.
\`difference\` is the largest difference from PyTorch as a share of the largest value.

${saved.map(renderRun).join('\n')}`
