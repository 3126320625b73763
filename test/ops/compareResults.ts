/** Results against recorded ones: dtype and shape exactly, values within `atol + rtol * |expected|`, NaN equal to NaN. */
import { Tensor } from '../../src/runtime/tensor.ts'

export interface Tolerance {
  readonly rtol: number
  readonly atol: number
}

/** What differs, or null. Numbers count as 0-dim tensors. */
export function differences(actual: unknown, expected: readonly Tensor[], tolerance: Tolerance): string | null {
  const results: readonly unknown[] = Array.isArray(actual) ? actual : [actual]
  if (results.length !== expected.length) return `${results.length} results, expected ${expected.length}`
  for (const [i, wanted] of expected.entries()) {
    const problem = tensorDifference(results[i], wanted, tolerance)
    if (problem) return expected.length > 1 ? `result ${i}: ${problem}` : problem
  }
  return null
}

function tensorDifference(actual: unknown, expected: Tensor, { rtol, atol }: Tolerance): string | null {
  if (typeof actual === 'number' || typeof actual === 'boolean')
    return actual === expected.item() ? null : `${actual}, expected ${expected.item()}`
  if (!(actual instanceof Tensor)) return `${String(actual)} is not a tensor`
  if (actual.dtype !== expected.dtype) return `dtype ${actual.dtype}, expected ${expected.dtype}`
  if (actual.shape.join() !== expected.shape.join()) return `shape [${actual.shape}], expected [${expected.shape}]`
  const [x, y] = [actual.dataSync(), expected.dataSync()]
  for (const [i, wanted] of y.entries()) {
    const value = x[i] as number
    if (Object.is(value, wanted) || value === wanted || Math.abs(value - wanted) <= atol + rtol * Math.abs(wanted)) continue
    return `element ${i} is ${value}, expected ${wanted}`
  }
  return null
}
