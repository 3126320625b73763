/**
 * `npm run bench -- [MODEL...] [--seconds=3] [--python=PATH] [--write]`: compiled models against onnxruntime-web and onnxruntime-node (and TorchScript, given
 * a Python that has torch and safetensors), one thread each, in one interleaved run, beside the limits of the machine in the same run.
 * `--write` keeps the results and renders docs/performance.md from all that are kept.
 */

import { coldStart } from './coldStart.ts'
import { compileModel, operationsOf } from './compiled.ts'
import { microKernelCall, streamingCall } from './limit.ts'
import { interleave, sampleCall } from './measure.ts'
import { lookedUpBytes } from './models/writeWeights.ts'
import { zoo } from './models/zoo.ts'
import { openContestant } from './process.ts'
import { enableRelaxedSimd } from './relaxed.ts'
import { type ModelResult, renderResult, saveRun } from './results.ts'
import { shippedBytes } from './shipped.ts'
import { slowestKernel } from './slowest.ts'

enableRelaxedSimd()
const compute = microKernelCall('relaxed')
const streaming = streamingCall()
const nodeMajor = Number.parseInt(process.versions.node, 10)

async function benchmark(model: string, seconds: number, python: string | null): Promise<ModelResult> {
  const { report, seconds: compileSeconds } = compileModel(model)
  const names = ['tensorscript', 'onnxruntime-web', 'onnxruntime-node']
  if (nodeMajor >= 24) {
    compileModel(model, 'native')
    names.push('native')
  }
  if (python) names.push('torchscript')
  const contestants = []
  for (const name of names) contestants.push(await openContestant(name, model, python))
  const limits = [
    { name: 'compute', sample: (milliseconds: number) => sampleCall(compute.call, milliseconds) },
    { name: 'streaming', sample: (milliseconds: number) => sampleCall(streaming.call, milliseconds) },
  ]
  const times = await interleave([...contestants, ...limits], seconds)
  for (const { end } of contestants) end()
  return {
    model,
    compileSeconds,
    operations: operationsOf(model, report),
    weightBytes: report.weightBytes - lookedUpBytes(model),
    memoryBytes: contestants[0]!.introduction.memoryBytes!,
    shipped: await shippedBytes(model),
    coldStart: await coldStart(model),
    slowest: slowestKernel(model),
    limit: {
      gigaflops: compute.operations / times.get('compute')!.best / 1e6,
      gigabytes: streaming.bytes / times.get('streaming')!.best / 1e6,
    },
    contestants: contestants.map(({ name, introduction }) => ({ name, difference: introduction.difference, ...times.get(name)! })),
  }
}

const options = process.argv.slice(2)
const option = (name: string): string | undefined => options.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3)
const chosen = options.filter((text) => !text.startsWith('--'))
const results: ModelResult[] = []
for (const model of chosen.length > 0 ? chosen : Object.keys(zoo)) {
  results.push(await benchmark(model, Number(option('seconds') ?? 3), option('python') ?? null))
  console.log(renderResult(results.at(-1)!))
}
if (options.includes('--write')) saveRun(results)
