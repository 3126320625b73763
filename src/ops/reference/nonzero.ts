/** Positions of the elements that are not zero, one row each, in row-major order. */
import type { DenseTensor } from '../operator.ts'

export function nonzero(self: DenseTensor): DenseTensor {
  const rank = self.shape.length
  const rows: number[] = []
  for (const [flat, value] of self.data.entries()) {
    if (value === 0) continue
    let rest = flat
    const position = Array<number>(rank)
    for (let i = rank - 1; i >= 0; i--) {
      const size = self.shape[i] as number
      position[i] = rest % size
      rest = Math.floor(rest / size)
    }
    rows.push(...position)
  }
  const count = rank === 0 ? self.data.filter((value) => value !== 0).length : rows.length / rank
  return { dtype: 'int64', shape: [count, rank], data: Int32Array.from(rows) }
}
