/** Compares a result with a recorded value: floats to 1e-5 relative, dtype, shape, order and everything else exactly. */
import type { Tensor } from '../../src/index.ts'

/** Null when they agree, else where and how they differ. */
export function differenceOf(actual: unknown, expected: unknown, at = 'result'): string | null {
  const differs = () => `${at} is ${show(actual)}, not ${show(expected)}`
  if (typeof expected === 'number') return typeof actual === 'number' && close(actual, expected) ? null : differs()
  // `undefined` and `null` are one value of script code.
  if (expected === null) return actual === null || actual === undefined ? null : differs()
  if (typeof expected !== 'object') return actual === expected ? null : differs()
  if (actual === null || typeof actual !== 'object') return differs()
  if (isTensor(expected)) {
    if (!isTensor(actual) || actual.dtype !== expected.dtype) return differs()
    return differenceOf(actual.shape, expected.shape, `${at}.shape`) ?? differenceOf([...actual.dataSync()], [...expected.dataSync()], at)
  }
  if (isTensor(actual)) return differs()
  if (Array.isArray(expected)) return Array.isArray(actual) ? differenceOfLists(actual, expected, at) : differs()
  if (expected instanceof Map) return actual instanceof Map ? differenceOfLists([...actual], [...expected], at) : differs()
  if (expected instanceof Set) return actual instanceof Set ? differenceOfLists([...actual], [...expected], at) : differs()
  return differenceOfLists(Object.entries(actual), Object.entries(expected), at)
}

function differenceOfLists(actual: readonly unknown[], expected: readonly unknown[], at: string): string | null {
  if (actual.length !== expected.length) return `${at} is ${show(actual)}, not ${show(expected)}`
  for (let i = 0; i < expected.length; i++) {
    const difference = differenceOf(actual[i], expected[i], `${at}[${i}]`)
    if (difference) return difference
  }
  return null
}

const close = (actual: number, expected: number): boolean =>
  Object.is(actual, expected) ||
  actual === expected ||
  (!Number.isInteger(expected) && Math.abs(actual - expected) <= 1e-5 * Math.abs(expected))

const isTensor = (value: unknown): value is Tensor => typeof value === 'object' && value !== null && 'dtype' in value && 'dataSync' in value

function show(value: unknown): string {
  if (isTensor(value)) return `tensor([${[...value.dataSync()].join(', ')}], ${value.dtype}, [${value.shape.join(', ')}])`
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  if (value instanceof Map) return `Map(${[...value].map(show).join(', ')})`
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
