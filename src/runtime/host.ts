/**
 * Operators that run between segments: random numbers, and results whose shape depends on data. `aten::NAME` is `host_NAME`, with the
 * arguments of PyTorch's schema in order. A program ships only those it calls.
 */
import type { DType, TypedArray } from '../ops/dtype.ts'
import { generator } from './generator.ts'
import { Tensor } from './tensor.ts'

type Shape = readonly number[]

const filled = (shape: Shape, draw: () => number): Tensor => {
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1))
  for (let i = 0; i < data.length; i++) data[i] = draw()
  return new Tensor('float32', shape, data)
}

/** The seed of everything random, as `torch.manualSeed`. */
export const manualSeed = (seed: number): void => generator.seed(seed)

export const host_rand = (size: Shape): Tensor => filled(size, () => generator.uniform())
export const host_randn = (size: Shape): Tensor => filled(size, () => generator.normal())
export const host_rand_like = (self: Tensor): Tensor => host_rand(self.shape)
export const host_randn_like = (self: Tensor): Tensor => host_randn(self.shape)

/** `(high, size, dtype...)` or `(low, high, size, dtype...)`: whole numbers in [low, high). @throws RangeError when there are none. */
export function host_randint(first: number, second: number | Shape, ...rest: readonly unknown[]): Tensor {
  const [low, high, size, dtype] = (typeof second === 'number' ? [first, second, ...rest] : [0, first, second, ...rest]) as [
    number,
    number,
    Shape,
    DType | null | undefined,
  ]
  if (high <= low) throw new RangeError(`randint: high ${high} must be larger than low ${low}`)
  const values = Int32Array.from({ length: size.reduce((a, b) => a * b, 1) }, () => low + Math.floor(generator.uniform() * (high - low)))
  const data: TypedArray =
    dtype === 'float32' ? Float32Array.from(values) : dtype === 'uint8' || dtype === 'bool' ? Uint8Array.from(values) : values
  return new Tensor(dtype ?? 'int64', size, data)
}

export function host_randperm(n: number): Tensor {
  const data = Int32Array.from({ length: n }, (_, i) => i)
  // Fisher and Yates.
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(generator.uniform() * (i + 1))
    const kept = data[i] as number
    data[i] = data[j] as number
    data[j] = kept
  }
  return new Tensor('int64', [n], data)
}

/** Positions of the elements that are not zero, one row each, in row-major order. */
export function host_nonzero(self: Tensor): Tensor {
  const { shape } = self
  const found: number[] = []
  let count = 0
  self.dataSync().forEach((value, flat) => {
    if (value === 0) return
    count++
    const row = found.length
    for (let axis = shape.length; axis-- > 0; flat = Math.floor(flat / (shape[axis] as number)))
      found[row + axis] = flat % (shape[axis] as number)
  })
  return new Tensor('int64', [count, shape.length], Int32Array.from(found))
}

/** The same as one tensor an axis. */
export function host_nonzero_numpy(self: Tensor): Tensor[] {
  const rows = host_nonzero(self)
  const data = rows.dataSync()
  const [count, rank] = rows.shape as [number, number]
  return self.shape.map(
    (_, axis) =>
      new Tensor(
        'int64',
        [count],
        Int32Array.from({ length: count }, (__, row) => data[row * rank + axis] as number),
      ),
  )
}
