/**
 * One contestant in a process of its own: `contestant.ts NAME MODEL`. Writes a line of JSON when its first result is there, then for each line read, a number
 * of milliseconds, a line with the mean time of a call. So no contestant's garbage, memory or compiled code is another's.
 */
import { createInterface } from 'node:readline'
import { loadCompiled } from './compiled.ts'
import { differenceFromExpected } from './expected.ts'
import { sampleCall } from './measure.ts'
import { zoo } from './models/zoo.ts'
import { onnxModel } from './peers/graphs.ts'
import { openPeer } from './peers/onnxruntime.ts'

/** What a contestant says of itself. */
export interface Introduction {
  /** Largest difference from PyTorch as a share of the largest value. */
  readonly difference: number
  /** Size of the WebAssembly memory after the first call. */
  readonly memoryBytes?: number
}

async function open(name: string, model: string): Promise<{ call: () => unknown; introduction: Introduction }> {
  if (name === 'onnxruntime-web' || name === 'onnxruntime-node') {
    const inputs = zoo[model]!()
    const { run } = await openPeer(name, await onnxModel(model, inputs), inputs)
    return { call: run, introduction: { difference: differenceFromExpected(model, await run()) } }
  }
  const { call, memoryBytes } = await loadCompiled(model, name === 'native' ? 'native' : 'relaxed')
  const difference = differenceFromExpected(model, [call()].flat()[0]!.dataSync())
  return { call, introduction: { difference, memoryBytes } }
}

const [name, model] = process.argv.slice(2) as [string, string]
const { call, introduction } = await open(name, model)
console.log(JSON.stringify(introduction))
for await (const line of createInterface({ input: process.stdin })) console.log(await sampleCall(call, Number(line)))
