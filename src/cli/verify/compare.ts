/**
 * Compares what a function gave with the stored result: number of results, dtype and shape exactly, values to atol + rtol * |expected|,
 * NaN equal to NaN. Lists and tuples count in order; a number stands for a tensor without dims.
 */
import type { Tensor } from '../../runtime/tensor.ts'
import type { Expected } from './cases.ts'

export interface Tolerance {
  readonly rtol: number
  readonly atol: number
}

const storedDtype = { float32: 'F32', int64: 'I64', int32: 'I32', uint8: 'U8', bool: 'BOOL' } as const

/** What differs, in one line; null when nothing does. */
export function compareResults(result: unknown, expected: readonly Expected[], tolerance: Tolerance): string | null {
  const results = flatten(result)
  if (results.length !== expected.length) return `gave ${results.length} results, expected ${expected.length}`
  for (const [i, wanted] of expected.entries()) {
    const difference = compareOne(results[i], wanted, tolerance)
    if (difference !== null) return expected.length === 1 ? difference : `result ${i}: ${difference}`
  }
  return null
}

function flatten(result: unknown): unknown[] {
  if (Array.isArray(result)) return result.flatMap(flatten)
  return result === undefined || result === null ? [] : [result]
}

function compareOne(result: unknown, expected: Expected, tolerance: Tolerance): string | null {
  if (typeof result === 'boolean' || typeof result === 'number') return compareScalar(result, expected, tolerance)
  if (!isTensor(result)) return `gave ${result === null ? 'null' : typeof result}, expected a tensor`
  const dtype = storedDtype[result.dtype]
  if (dtype !== expected.storedDtype) return `dtype is ${dtype}, expected ${expected.storedDtype}`
  if (String(result.shape) !== String(expected.shape))
    return `shape is [${result.shape.join(', ')}], expected [${expected.shape.join(', ')}]`
  return compareValues(result.dataSync(), expected, tolerance)
}

function compareScalar(result: number | boolean, expected: Expected, tolerance: Tolerance): string | null {
  if (expected.shape.length > 0) return `gave ${result}, expected a tensor of shape [${expected.shape.join(', ')}]`
  const isBool = expected.storedDtype === 'BOOL'
  if (isBool !== (typeof result === 'boolean')) return `gave the ${typeof result} ${result}, expected ${isBool ? 'a boolean' : 'a number'}`
  return compareValues([Number(result)], expected, tolerance)
}

function compareValues(values: ArrayLike<number>, expected: Expected, { rtol, atol }: Tolerance): string | null {
  let wrong = 0
  let worst = -1
  let worstError = -1
  for (let i = 0; i < expected.data.length; i++) {
    const value = values[i] as number
    const wanted = expected.data[i] as number
    if (Object.is(value, wanted) || value === wanted) continue
    const error = Math.abs(value - wanted)
    if (error <= atol + rtol * Math.abs(wanted) && Math.abs(wanted) !== Number.POSITIVE_INFINITY) continue
    wrong++
    if (!(error <= worstError)) {
      worst = i
      worstError = error
    }
  }
  if (wrong === 0) return null
  const at = indexOf(worst, expected.shape)
  return `${wrong} of ${expected.data.length} values differ, most at [${at.join(', ')}]: ${values[worst]}, expected ${expected.data[worst]}`
}

function indexOf(position: number, shape: readonly number[]): number[] {
  const index: number[] = []
  for (let rest = position, axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(rest % (shape[axis] as number))
    rest = Math.floor(rest / (shape[axis] as number))
  }
  return index
}

const isTensor = (value: unknown): value is Tensor => typeof value === 'object' && value !== null && 'dtype' in value && 'dataSync' in value
