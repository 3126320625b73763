/** Writes bench/.cache/MODEL.safetensors: the weights of the benchmark models in PyTorch's keys and shapes (state_dict.json), filled by rule. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { writeSafetensors } from '../../src/compiler/artifact/safetensors.ts'
import { weight } from './fill.ts'

type StateDicts = { readonly [model: string]: { readonly state_dict: { readonly [key: string]: readonly number[] } } }

const cache = new URL('../.cache/', import.meta.url)

/** Only files that are not there yet: together they are 800 MB. */
export function writeWeights(names: readonly string[]): void {
  mkdirSync(cache, { recursive: true })
  const stateDicts = JSON.parse(readFileSync(new URL('state_dict.json', import.meta.url), 'utf8')) as StateDicts
  for (const name of names) {
    const file = new URL(`${name}.safetensors`, cache)
    if (existsSync(file)) continue
    const tensors = Object.entries(stateDicts[name]!.state_dict).map(([key, shape]) => ({
      name: key,
      dtype: 'float32' as const,
      shape,
      data: weight(key, shape),
    }))
    // Tests of several processes write at the same time: nobody sees half a file.
    const unfinished = new URL(`${name}.${process.pid}.part`, cache)
    writeFileSync(unfinished, writeSafetensors(tensors).bytes)
    renameSync(unfinished, file)
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeWeights(process.argv.slice(2))
