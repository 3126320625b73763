/**
 * Records one run of a function on example inputs: the inputs are copied, so that what the run writes to them stays inside, and the ways
 * in which a tensor becomes a plain number are watched meanwhile.
 */

import { activeRecorder, Recorder, withRecorder } from '../../eager/recorder.ts'
import type { Traced } from '../../ops/traced.ts'
import { Tensor } from '../../runtime/tensor.ts'

export interface Recorded {
  readonly recorder: Recorder
  /** Of each input: its structure, with numbers for its tensors. */
  readonly inputs: readonly Traced[]
  /** dtype and shape of the inputs' tensors. */
  readonly tensors: readonly { readonly id: number; readonly dtype: Tensor['dtype']; readonly shape: readonly number[] }[]
  readonly result: Traced
}

type AnyFunction = (...args: readonly unknown[]) => unknown

export function record(target: AnyFunction, examples: readonly unknown[]): Recorded {
  const recorder = new Recorder()
  const tensors: { id: number; dtype: Tensor['dtype']; shape: readonly number[] }[] = []
  const copies = examples.map((example) => copyOf(example))
  const inputs = copies.map((copy) => {
    const traced = recorder.defineAll(copy)
    for (const tensor of tensorsOf(copy)) {
      const { id } = recorder.valueOf(tensor) as { id: number }
      tensors.push({ id, dtype: tensor.dtype, shape: tensor.shape })
    }
    return traced
  })
  const value = watchingEscapes(recorder, () => withRecorder(recorder, () => target(...copies)))
  if (value instanceof Promise) throw new TypeError('trace: an async function cannot be traced')
  return { recorder, inputs, tensors, result: recorder.valueOf(value) }
}

/** Every tensor of its own, also one that stands twice among the inputs: the recording tells them apart. */
function copyOf(value: unknown): unknown {
  if (value instanceof Tensor) return new Tensor(value.dtype, [...value.shape], value.dataSync().slice())
  if (Array.isArray(value)) return value.map((element) => copyOf(element))
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, copyOf(item)]))
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]))
  return value
}

export function* tensorsOf(value: unknown): Generator<Tensor> {
  if (value instanceof Tensor) yield value
  else if (Array.isArray(value)) for (const element of value) yield* tensorsOf(element)
  else if (value instanceof Map) for (const item of value.values()) yield* tensorsOf(item)
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* tensorsOf(item)
}

/** Members of a tensor that give plain numbers. */
const readers = ['item', 'toArray', 'dataSync', 'data'] as const

function watchingEscapes<R>(recorder: Recorder, body: () => R): R {
  const prototype = Tensor.prototype as unknown as Record<string, (this: Tensor, ...args: readonly unknown[]) => unknown>
  const before = readers.map((name) => prototype[name]!)
  readers.forEach((name, i) => {
    prototype[name] = function (...args) {
      const running = activeRecorder()
      if (running === recorder) recorder.escape(this, name)
      // Readers call each other: one site is one escape.
      return withRecorder(null, () => before[i]!.apply(this, [...args]))
    }
  })
  try {
    return body()
  } finally {
    readers.forEach((name, i) => {
      prototype[name] = before[i]!
    })
  }
}
