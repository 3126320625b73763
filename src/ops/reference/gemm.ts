/** Matrix product in the plainest order that is not slow: rows of `b` are added up into a row of the result, in double precision. */
import type { DenseTensor } from '../operator.ts'

/** out[b, m, n] = sum over k of x[b, m, k] * y[b, k, n]; the results are rounded once (floats) or wrap (ints). */
export function referenceBmm(x: DenseTensor, y: DenseTensor, out: DenseTensor): void {
  const [batch, m, k] = x.shape as [number, number, number]
  const n = y.shape[2] as number
  const row = new Float64Array(n)
  const exact = x.dtype !== 'float32'
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < m; i++) {
      row.fill(0)
      for (let j = 0; j < k; j++) {
        const a = x.data[(b * m + i) * k + j] as number
        const from = (b * k + j) * n
        if (exact) for (let l = 0; l < n; l++) row[l] = ((row[l] as number) + Math.imul(a, y.data[from + l] as number)) | 0
        else for (let l = 0; l < n; l++) row[l] = (row[l] as number) + a * (y.data[from + l] as number)
      }
      out.data.set(row, (b * m + i) * n)
    }
  }
}
