/**
 * `npm run bench -- [MODEL...]`: compiled models against onnxruntime-web and onnxruntime-node, one thread, in one interleaved run, beside the limit of the
 * machine in the same run. Prints medians, best times and ratios of medians. Needs `npm run build` and `npm ci --ignore-scripts` in bench/.
 */
import { setFlagsFromString } from 'node:v8'
import { loadCompiled } from './compiled.ts'
import { measureLimit, measureStreaming } from './limit.ts'
import { onnxModel } from './peers/onnx.ts'
import { openPeer } from './peers/onnxruntime.ts'

setFlagsFromString('--experimental-wasm-relaxed-simd')

interface Runner {
  readonly name: string
  readonly run: () => unknown
  readonly times: number[]
}

/** Rounds of a few milliseconds for each in turn, so that all see the same load of the machine. */
async function interleave(runners: readonly Runner[], duration: number): Promise<void> {
  for (const { run } of runners) for (let i = 0; i < 5; i++) await run()
  const end = performance.now() + duration
  while (performance.now() < end) {
    for (const { run, times } of runners) {
      const start = performance.now()
      let calls = 0
      do {
        const result = run()
        if (result instanceof Promise) await result
        calls++
      } while (performance.now() - start < 3)
      times.push((performance.now() - start) / calls)
    }
  }
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!
const show = (milliseconds: number): string =>
  milliseconds < 0.1 ? `${(milliseconds * 1000).toFixed(2)} us` : `${milliseconds.toFixed(3)} ms`

async function benchmark(name: string, seconds: number): Promise<void> {
  const model = await loadCompiled(name)
  const ours: Runner = { name: 'tensorscript', run: model.call, times: [] }
  const runners = [ours]
  const file = await onnxModel(name)
  const expected = [model.call()].flat()[0] as { dataSync(): Float32Array }
  if (file) {
    for (const peer of ['onnxruntime-web', 'onnxruntime-node'] as const) {
      const opened = await openPeer(peer, file, model.inputs)
      const result = await opened.run()
      const difference = expected.dataSync().reduce((most, value, i) => Math.max(most, Math.abs(value - result[i]!)), 0)
      if (!(difference < 1e-3)) throw new Error(`${name}: ${peer} differs by ${difference}`)
      runners.push({ name: peer, run: opened.run, times: [] })
    }
  }
  await interleave(runners, seconds * 1000)
  const limit = measureLimit('relaxed')
  const { flops } = model.report
  const operations = typeof flops === 'number' ? flops : Number(flops.match(/^([\d.e+]+)\*N$/)?.[1]) * (model.inputs[0]!.shape[0] ?? 1)
  const own = median(ours.times)
  const speed = operations / own / 1e6
  console.log(
    `${name}: compiled in ${model.seconds.toFixed(1)} s, ${Object.values(model.report.codeBytes).reduce((a, b) => a + b)} bytes of code`,
  )
  for (const { name: runner, times } of runners) {
    const ratio =
      runner === ours.name
        ? ''
        : `   ratio ${(median(times) / own).toFixed(2)} (best ${(Math.min(...times) / Math.min(...ours.times)).toFixed(2)})`
    console.log(`  ${runner.padEnd(17)} median ${show(median(times)).padStart(10)}  best ${show(Math.min(...times)).padStart(10)}${ratio}`)
  }
  if (Number.isFinite(speed)) {
    const best = operations / Math.min(...ours.times) / 1e6
    console.log(
      `  ${speed.toFixed(1)} GFLOP/s, best ${best.toFixed(1)}: ${((100 * best) / limit).toFixed(0)}% of the limit of ${limit.toFixed(1)}`,
    )
  }
}

const options = process.argv.slice(2)
const seconds = Number(options.find((option) => option.startsWith('--seconds='))?.slice(10) ?? 3)
const names = options.filter((option) => !option.startsWith('--'))
console.log(
  `limit: ${measureLimit('simd').toFixed(1)} GFLOP/s mul+add, ${measureLimit('relaxed').toFixed(1)} relaxed_madd; streaming reads ${measureStreaming().toFixed(1)} GB/s`,
)
for (const name of names.length > 0 ? names : ['mlp', 'digits', 'matmul512']) await benchmark(name, seconds)
