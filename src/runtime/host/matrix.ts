/** Dense factorisations in double precision: Gauss with partial pivoting, Cholesky, one-sided Jacobi. Row-major matrices. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly data: Float64Array
}

const get = ({ data, columns }: Matrix, i: number, j: number): number => data[i * columns + j] as number
const put = ({ data, columns }: Matrix, i: number, j: number, value: number): void => {
  data[i * columns + j] = value
}
const copy = (matrix: Matrix): Matrix => ({ ...matrix, data: matrix.data.slice() })

const identity = (n: number): Matrix => ({
  rows: n,
  columns: n,
  data: Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
})

function swapRows(matrix: Matrix, i: number, j: number): void {
  if (i === j) return
  const { columns, data } = matrix
  const row = data.slice(i * columns, (i + 1) * columns)
  data.copyWithin(i * columns, j * columns, (j + 1) * columns)
  data.set(row, j * columns)
}

/** Eliminates below the diagonal, applying the same steps to `right`; the sign of the row exchanges, 0 when singular. */
function eliminate(left: Matrix, right: Matrix): number {
  const n = left.rows
  let sign = 1
  for (let k = 0; k < n; k++) {
    let pivot = k
    for (let i = k + 1; i < n; i++) if (Math.abs(get(left, i, k)) > Math.abs(get(left, pivot, k))) pivot = i
    if (get(left, pivot, k) === 0) return 0
    if (pivot !== k) {
      swapRows(left, pivot, k)
      swapRows(right, pivot, k)
      sign = -sign
    }
    for (let i = k + 1; i < n; i++) {
      const factor = get(left, i, k) / get(left, k, k)
      if (factor === 0) continue
      for (let j = k; j < n; j++) put(left, i, j, get(left, i, j) - factor * get(left, k, j))
      for (let j = 0; j < right.columns; j++) put(right, i, j, get(right, i, j) - factor * get(right, k, j))
    }
  }
  return sign
}

/** X with A X = B, or null when A is singular. */
export function solve(a: Matrix, b: Matrix): Matrix | null {
  const left = copy(a)
  const right = copy(b)
  return eliminate(left, right) === 0 && a.rows > 0 ? null : solveTriangular(left, right, true, false)
}

export const inverse = (a: Matrix): Matrix | null => solve(a, identity(a.rows))

export function solveTriangular(a: Matrix, b: Matrix, upper: boolean, unit: boolean): Matrix {
  const x = copy(b)
  const n = a.rows
  for (let step = 0; step < n; step++) {
    const i = upper ? n - 1 - step : step
    for (let j = 0; j < x.columns; j++) {
      let sum = get(x, i, j)
      for (let k = upper ? i + 1 : 0; k < (upper ? n : i); k++) sum -= get(a, i, k) * get(x, k, j)
      put(x, i, j, unit ? sum : sum / get(a, i, i))
    }
  }
  return x
}

export function logDeterminant(a: Matrix): { readonly sign: number; readonly log: number } {
  const left = copy(a)
  let sign = eliminate(left, { rows: a.rows, columns: 0, data: new Float64Array() })
  if (sign === 0) return { sign: 0, log: Number.NEGATIVE_INFINITY }
  let log = 0
  for (let i = 0; i < a.rows; i++) {
    const pivot = get(left, i, i)
    if (pivot < 0) sign = -sign
    log += Math.log(Math.abs(pivot))
  }
  return { sign, log }
}

/** L with L L^T = A (or its transpose), reading the lower triangle of A (upper: the upper one); null when A is not positive definite. */
export function cholesky(a: Matrix, upper: boolean): Matrix | null {
  const n = a.rows
  const result: Matrix = { rows: n, columns: n, data: new Float64Array(n * n) }
  const source = (i: number, j: number): number => (upper ? get(a, j, i) : get(a, i, j))
  const at = (i: number, j: number): number => (upper ? get(result, j, i) : get(result, i, j))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = source(i, j)
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k)
      if (i === j && !(sum > 0)) return null
      const value = i === j ? Math.sqrt(sum) : sum / at(j, j)
      if (upper) put(result, j, i, value)
      else put(result, i, j, value)
    }
  }
  return result
}

/** One-sided Jacobi (Hestenes): columns are rotated until they are orthogonal; their lengths are the values, in descending order. */
export function singularValues(a: Matrix): Float64Array {
  const tall = a.rows >= a.columns
  const [rows, columns] = tall ? [a.rows, a.columns] : [a.columns, a.rows]
  const work = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (__, i) => (tall ? get(a, i, j) : get(a, j, i))),
  )
  const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, i) => sum + value * (y[i] as number), 0)
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false
    for (let p = 0; p < columns - 1; p++) {
      for (let q = p + 1; q < columns; q++) {
        const [x, y] = [work[p] as Float64Array, work[q] as Float64Array]
        const [xx, yy, xy] = [dot(x, x), dot(y, y), dot(x, y)]
        if (Math.abs(xy) <= 1e-15 * Math.sqrt(xx * yy)) continue
        rotated = true
        const zeta = (yy - xx) / (2 * xy)
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
        const c = 1 / Math.sqrt(1 + t * t)
        const s = c * t
        for (let i = 0; i < rows; i++) {
          const [u, v] = [x[i] as number, y[i] as number]
          x[i] = c * u - s * v
          y[i] = s * u + c * v
        }
      }
    }
  }
  return Float64Array.from(work, (column) => Math.sqrt(dot(column, column))).sort((x, y) => y - x)
}
