/**
 * Weights and inputs of the benchmark models, made from a tensor's name and shape alone, so that every peer runs on the same numbers and no
 * file travels: fnv1a32(name) + i * 0x9E3779B9 through murmur3's finaliser gives r in [0, 1).
 */

/** `count` values in [0, 1) for the tensor called `name`, in float64. */
export function uniform(name: string, count: number): Float64Array {
  let hash = 2166136261
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 16777619)
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let x = (hash + Math.imul(i, 0x9e3779b9)) | 0
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    x ^= x >>> 16
    values[i] = (x >>> 0) / 4294967296
  }
  return values
}

const size = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1)

/** A floating-point tensor of a state dict. */
export function weight(name: string, shape: readonly number[]): Float32Array {
  const r = uniform(name, size(shape))
  const bound = Math.sqrt(6 / size(shape.slice(1)))
  if (shape.length >= 2) return Float32Array.from(r, (v) => (2 * v - 1) * bound)
  if (name.endsWith('running_var')) return Float32Array.from(r, (v) => 0.5 + v)
  if (name.endsWith('weight')) return Float32Array.from(r, (v) => 0.75 + 0.5 * v)
  return Float32Array.from(r, (v) => (2 * v - 1) * 0.1)
}

export const image = (name: string, shape: readonly number[]): Float32Array => Float32Array.from(uniform(name, size(shape)))
export const signal = (name: string, shape: readonly number[]): Float32Array =>
  Float32Array.from(uniform(name, size(shape)), (v) => 2 * v - 1)
export const tokens = (name: string, vocabulary: number, shape: readonly number[]): Int32Array =>
  Int32Array.from(uniform(name, size(shape)), (v) => Math.floor(v * vocabulary))
