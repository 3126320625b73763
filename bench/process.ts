/** A contestant in its own process (contestant.ts, peers/torchscript.py): started, asked for samples, ended. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { writeSafetensors } from '../src/compiler/artifact/safetensors.ts'
import type { Introduction } from './contestant.ts'
import type { Contestant } from './measure.ts'
import { zoo } from './models/zoo.ts'

export interface RunningContestant extends Contestant {
  readonly introduction: Introduction
  readonly end: () => void
}

const path = (name: string): string => new URL(name, import.meta.url).pathname

/** Where `python` is null there is no TorchScript. */
function start(name: string, model: string, python: string | null): ChildProcess {
  const stdio = ['pipe', 'pipe', 'inherit'] as ['pipe', 'pipe', 'inherit']
  if (name !== 'torchscript') return spawn(process.execPath, ['--import', 'tsx', path('contestant.ts'), name, model], { stdio })
  const inputs = path(`.cache/inputs/${model}.safetensors`)
  mkdirSync(path('.cache/inputs'), { recursive: true })
  writeFileSync(inputs, writeSafetensors(zoo[model]!().map((input, i) => ({ name: `x${i}`, ...input }))).bytes)
  const weights = model === 'pointwise1m' ? '-' : path(`.cache/${model}.safetensors`)
  return spawn(python!, [path('peers/torchscript.py'), model, weights, inputs, path('data/expected.safetensors')], { stdio })
}

/** @throws Error when the process ends without a result, or its result is not PyTorch's. */
export async function openContestant(name: string, model: string, python: string | null): Promise<RunningContestant> {
  const child = start(name, model, python)
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${name} ended while running ${model}`)
    return value
  }
  const introduction = JSON.parse(await nextLine()) as Introduction
  if (!(introduction.difference < 1e-3)) throw new Error(`${model}: ${name} differs from PyTorch by ${introduction.difference}`)
  return {
    name,
    introduction,
    sample: async (milliseconds) => {
      child.stdin!.write(`${milliseconds}\n`)
      return Number(await nextLine())
    },
    end: () => child.kill(),
  }
}
