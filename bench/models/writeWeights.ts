/** Writes bench/.cache/MODEL.safetensors: the weights of the benchmark models in PyTorch's keys and shapes (state_dict.json), filled by rule. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { writeSafetensors } from '../../src/compiler/artifact/safetensors.ts'
import { weight } from './fill.ts'

type StateDicts = { readonly [model: string]: { readonly state_dict: { readonly [key: string]: readonly number[] } } }

const cache = new URL('../.cache/', import.meta.url)

const readStateDicts = (): StateDicts => JSON.parse(readFileSync(new URL('state_dict.json', import.meta.url), 'utf8'))

/** Tables of which a call reads the rows of its tokens only. */
const tables: { readonly [model: string]: string } = { gptstep: 'tok.weight', minilm128: 'word.weight' }

export function lookedUpBytes(model: string): number {
  const key = tables[model]
  return key ? 4 * readStateDicts()[model]!.state_dict[key]!.reduce((product, size) => product * size, 1) : 0
}

/** Only files that are not there yet: together they are 800 MB. */
export function writeWeights(names: readonly string[]): void {
  mkdirSync(cache, { recursive: true })
  const stateDicts = readStateDicts()
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
