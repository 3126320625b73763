/** out = self, then every element of src is put to, or combined with, position `index` of `dim`. All tensors dense row-major. */
import type { DenseTensor } from '../operator.ts'

export function referenceScatter(
  self: DenseTensor,
  dim: number,
  index: DenseTensor,
  src: DenseTensor,
  mode: 'replace' | 'sum' | 'prod' | 'mean' | 'amax' | 'amin',
  includeSelf: boolean,
  out: DenseTensor,
): void {
  const rank = self.shape.length
  const strides = (shape: readonly number[]): number[] => shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1))
  const outStrides = strides(self.shape)
  const srcStrides = strides(src.shape)
  const size = self.shape[dim] ?? 1
  const result = Float64Array.from(self.data)
  const counts = new Int32Array(result.length)
  const position = Array<number>(rank).fill(0)
  for (const target of index.data) {
    if (target < -size || target >= size) throw new RangeError(`scatter: index ${target} is out of range for dim ${dim} of size ${size}`)
    const wrapped = target < 0 ? target + size : target
    let to = 0
    let from = 0
    for (let i = 0; i < rank; i++) {
      to += (i === dim ? wrapped : (position[i] as number)) * (outStrides[i] as number)
      from += (position[i] as number) * (srcStrides[i] as number)
    }
    const value = src.data[from] as number
    const before = result[to] as number
    const first = counts[to] === 0 && !includeSelf
    counts[to] = (counts[to] as number) + 1
    result[to] = first || mode === 'replace' ? value : combine(mode, before, value)
    for (let i = rank - 1; i >= 0; i--) {
      position[i] = (position[i] as number) + 1
      if ((position[i] as number) < (index.shape[i] as number)) break
      position[i] = 0
    }
  }
  if (mode === 'mean') {
    for (const [i, count] of counts.entries()) {
      const total = count + (includeSelf ? 1 : 0)
      if (count > 0) result[i] = self.dtype === 'float32' ? (result[i] as number) / total : Math.floor((result[i] as number) / total)
    }
  }
  out.data.set(self.dtype === 'bool' ? result.map((value) => (value === 0 ? 0 : 1)) : result)
}

function combine(mode: 'sum' | 'prod' | 'mean' | 'amax' | 'amin', a: number, b: number): number {
  switch (mode) {
    case 'sum':
    case 'mean':
      return a + b
    case 'prod':
      return a * b
    case 'amax':
      return Math.max(a, b)
    case 'amin':
      return Math.min(a, b)
    default:
      return mode satisfies never
  }
}
