/** Reads a .safetensors file: 8 bytes header length, a JSON header, then the tensors' bytes. */
import { readFileSync } from 'node:fs'

export interface StoredTensor {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly bytes: Uint8Array<ArrayBuffer>
}

export function readSafetensors(url: URL): Record<string, StoredTensor> {
  const file = new Uint8Array(readFileSync(url))
  const headerLength = Number(new DataView(file.buffer).getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerLength)))
  return Object.fromEntries(
    Object.entries<{ dtype: string; shape: number[]; data_offsets: [number, number] }>(header)
      .filter(([name]) => name !== '__metadata__')
      .map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [start, end],
          },
        ]) => {
          const bytes = file.slice(8 + headerLength + start, 8 + headerLength + end)
          return [name, { dtype, shape, bytes }]
        },
      ),
  )
}
