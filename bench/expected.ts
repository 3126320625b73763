/** PyTorch's results of the benchmark models (bench/data/expected.safetensors): whole or every k-th element. */
import { readFileSync } from 'node:fs'

/** Largest difference of an output from PyTorch's values, as a share of the largest of them. */
export function differenceFromExpected(model: string, result: ArrayLike<number>, output = 0): number {
  const bytes = readFileSync(new URL('data/expected.safetensors', import.meta.url))
  const start = 8 + Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.toString('utf8', 8, start))
  const [from, to] = header[`${model}/y${output}`].data_offsets as [number, number]
  const stride = Number(header.__metadata__[`${model}/y${output}/stride`] ?? 1)
  const expected = new Float32Array(new Uint8Array(bytes.subarray(start + from, start + to)).buffer)
  if (Math.ceil(result.length / stride) !== expected.length) return Number.POSITIVE_INFINITY
  let largest = 0
  let difference = 0
  expected.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value))
    difference = Math.max(difference, Math.abs(value - result[i * stride]!))
  })
  return difference / largest
}
