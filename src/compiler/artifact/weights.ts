/**
 * The weights file of a program: a safetensors file whose data is the weights blob as kernels read it, each tensor 64-byte aligned.
 * Its metadata carries the content hash of the blob and its layout; the runtime compares it with the manifest's `weightsHash`.
 */
import { hashContent } from './hash.ts'
import { type NamedTensor, writeSafetensors } from './safetensors.ts'

export interface WeightsFile {
  /** The whole file; empty when there are no tensors. */
  readonly bytes: Uint8Array
  /** For ProgramManifest.weightsHash and .weightBytes. */
  readonly hash: string
  readonly dataBytes: number
  /** Byte offset of each tensor within the blob, by name. */
  readonly offsets: ReadonlyMap<string, number>
}

export function writeWeights(tensors: readonly NamedTensor[]): WeightsFile {
  if (tensors.length === 0) return { bytes: new Uint8Array(0), hash: '', dataBytes: 0, offsets: new Map() }
  const layout = { align: 64, int64As32: true }
  const { bytes } = writeSafetensors(tensors, {}, layout)
  const hash = hashContent(bytes)
  const file = writeSafetensors(tensors, { 'tensorscript.hash': hash }, layout)
  return { bytes: file.bytes, hash, dataBytes: file.dataBytes, offsets: file.offsets }
}
