/** PyTorch's results on the stored images: what every build has to give. */
import { readFileSync } from 'node:fs'

const file = readFileSync(new URL('../../data/digits.expected.safetensors', import.meta.url))
const headerLength = Number(file.readBigUInt64LE(0))
const header = JSON.parse(file.toString('utf8', 8, 8 + headerLength))

function bytesOf(name: string): ArrayBuffer {
  const [start, end] = header[name].data_offsets
  return new Uint8Array(file.subarray(8 + headerLength + start, 8 + headerLength + end)).buffer
}

export const labels = Array.from(new BigInt64Array(bytesOf('labels')), Number)
export const images = new Uint8Array(bytesOf('images'))
const logits = new Float32Array(bytesOf('logits'))

/** The digit that PyTorch reads on each image. */
export const expectedDigits = labels.map((_, image) => {
  const row = logits.subarray(image * 10, image * 10 + 10)
  return row.indexOf(Math.max(...row))
})

/** Of the first image. */
export const expectedProbabilities = Array.from(logits.subarray(0, 10), Math.exp)
