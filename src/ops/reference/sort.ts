/** Sorting and running results along one dim of a dense row-major tensor. NaN is the largest value, as in PyTorch. */
import type { DenseTensor } from '../operator.ts'

export type ScanKind = 'sum' | 'prod' | 'logsumexp'

/** Calls `visit` with the first position and the stride of every row along `dim`. */
function eachRow(
  shape: readonly number[],
  dim: number,
  length: number,
  visit: (inStart: number, outStart: number, stride: number) => void,
): void {
  const size = shape[dim] ?? 1
  const inner = shape.slice(dim + 1).reduce((a, b) => a * b, 1)
  const outer = shape.slice(0, dim).reduce((a, b) => a * b, 1)
  for (let i = 0; i < outer; i++) for (let j = 0; j < inner; j++) visit(i * size * inner + j, i * length * inner + j, inner)
}

/** Ascending order with NaN last. */
const compare = (a: number, b: number): number =>
  Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a < b ? -1 : a > b ? 1 : 0

/** The first `count` elements of every stably sorted row. */
export function referenceSort(
  self: DenseTensor,
  dim: number,
  descending: boolean,
  count: number,
  values: DenseTensor,
  indices: DenseTensor,
): void {
  const size = self.shape[dim] ?? 1
  eachRow(self.shape, dim, count, (inStart, outStart, stride) => {
    const at = (i: number): number => self.data[inStart + i * stride] as number
    const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => (descending ? compare(at(j), at(i)) : compare(at(i), at(j))))
    for (let i = 0; i < count; i++) {
      values.data[outStart + i * stride] = at(order[i] as number)
      indices.data[outStart + i * stride] = order[i] as number
    }
  })
}

export function referenceScan(self: DenseTensor, dim: number, kind: ScanKind, out: DenseTensor): void {
  const size = self.shape[dim] ?? 1
  const ints = self.dtype !== 'float32'
  eachRow(self.shape, dim, size, (start, _, stride) => {
    let value = kind === 'prod' ? 1 : kind === 'sum' ? 0 : Number.NEGATIVE_INFINITY
    for (let i = 0; i < size; i++) {
      const x = self.data[start + i * stride] as number
      if (kind === 'sum') value = ints ? (value + x) | 0 : value + x
      else if (kind === 'prod') value = ints ? Math.imul(value, x) : value * x
      else value = logAddExp(value, x)
      out.data[start + i * stride] = value
    }
  })
}

function logAddExp(a: number, b: number): number {
  const top = Math.max(a, b)
  return Number.isFinite(top) ? top + Math.log1p(Math.exp(Math.min(a, b) - top)) : top
}

/** Running maximum or minimum with its last position; NaN stays once met. */
export function referenceScanExtreme(self: DenseTensor, dim: number, largest: boolean, values: DenseTensor, indices: DenseTensor): void {
  const size = self.shape[dim] ?? 1
  eachRow(self.shape, dim, size, (start, _, stride) => {
    let best = self.data[start] as number
    let position = 0
    for (let i = 0; i < size; i++) {
      const x = self.data[start + i * stride] as number
      if (Number.isNaN(x) || (!Number.isNaN(best) && (largest ? x >= best : x <= best))) [best, position] = [x, i]
      values.data[start + i * stride] = best
      indices.data[start + i * stride] = position
    }
  })
}
