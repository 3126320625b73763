/** Weights of a module that runs uncompiled: read at once in Node, fetched by `ready` in a browser. */
import { decodeEntry, readSafetensors } from '../runtime/safetensors.ts'
import { Tensor as CoreTensor } from '../runtime/tensor.ts'
import type { StateDictLike } from './module.ts'
import type { Tensor } from './torch.ts'

/** A safetensors file by address or as bytes, or tensors by key. */
export type Weights = URL | string | ArrayBuffer | Uint8Array | StateDictLike

interface FileSystem {
  readFileSync(path: URL | string): Uint8Array
}

const isAddress = (weights: Weights): weights is URL | string => typeof weights === 'string' || weights instanceof URL

/** The tensors when they are at hand, or null when they must be fetched. */
export function readWeightsNow(weights: Weights): StateDictLike | null {
  if (!isAddress(weights))
    return weights instanceof ArrayBuffer || weights instanceof Uint8Array ? parseWeights(weights, 'weights') : weights
  const text = String(weights)
  if (/^(https?|data|blob):/.test(text)) return null
  const files = globalThis.process?.getBuiltinModule?.('node:fs') as FileSystem | undefined
  if (!files) return null
  return parseWeights(files.readFileSync(weights instanceof URL || !text.startsWith('file:') ? weights : new URL(text)), text)
}

export async function fetchWeights(
  weights: URL | string,
  signal: AbortSignal | undefined,
  report: (loaded: number, total: number) => void,
): Promise<StateDictLike> {
  const response = await fetch(weights, signal ? { signal } : {})
  if (!response.ok) throw new Error(`weights ${String(weights)}: the server answered ${response.status} ${response.statusText}`)
  const bytes = await response.arrayBuffer()
  report(bytes.byteLength, bytes.byteLength)
  return parseWeights(bytes, String(weights))
}

function parseWeights(bytes: ArrayBuffer | Uint8Array, source: string): StateDictLike {
  const { tensors } = readSafetensors(bytes, source)
  return new Map(
    [...tensors].map(([name, entry]) => {
      const { dtype, shape, data } = decodeEntry(entry)
      return [name, new CoreTensor(dtype, shape, data) as unknown as Tensor]
    }),
  )
}
