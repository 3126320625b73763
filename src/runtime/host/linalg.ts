/** Factorisations and solvers on batches of matrices, in double precision. */
import type { Tensor } from '../tensor.ts'
import { type Dense, fromDense, product, toDense } from './dense.ts'
import { cholesky, inverse, logDeterminant, type Matrix, singularValues, solve, solveTriangular } from './matrix.ts'

function matrices({ shape, data }: Dense): readonly Matrix[] {
  const [rows, columns] = shape.slice(-2) as [number, number]
  return Array.from({ length: product(shape.slice(0, -2)) }, (_, i) => ({
    rows,
    columns,
    data: Float64Array.from(data.slice(i * rows * columns, (i + 1) * rows * columns)),
  }))
}

function joined(shape: readonly number[], parts: readonly ArrayLike<number>[]): Tensor {
  const data = new Float32Array(product(shape))
  let start = 0
  for (const part of parts) {
    data.set(part, start)
    start += part.length
  }
  return fromDense({ dtype: 'float32', shape, data })
}

const found = (matrix: Matrix | null, failure: string): ArrayLike<number> => {
  if (!matrix) throw new RangeError(failure)
  return matrix.data
}

/** One result a matrix, of shape `[...batch, ...own]`. */
function each(self: Tensor, own: readonly number[], fn: (matrix: Matrix, index: number) => ArrayLike<number>): Tensor {
  return joined([...self.shape.slice(0, -2), ...own], matrices(toDense(self)).map(fn))
}

const inverted =
  (name: string) =>
  (self: Tensor): Tensor =>
    each(self, self.shape.slice(-2), (matrix) => found(inverse(matrix), `${name}: the matrix is singular`))
export const host_linalg_inv = inverted('inv')
export const host_inverse = inverted('inverse')

export const host_linalg_det = (self: Tensor): Tensor =>
  each(self, [], (matrix) => {
    const { sign, log } = logDeterminant(matrix)
    return [sign * Math.exp(log)]
  })
export const host_det = host_linalg_det

export const host_linalg_slogdet = (self: Tensor): [sign: Tensor, log: Tensor] => [
  each(self, [], (matrix) => [logDeterminant(matrix).sign]),
  each(self, [], (matrix) => [logDeterminant(matrix).log]),
]

export const host_linalg_cholesky = (self: Tensor, upper: boolean): Tensor =>
  each(self, self.shape.slice(-2), (matrix) => found(cholesky(matrix, upper), 'cholesky: the matrix is not positive definite'))
export const host_cholesky = host_linalg_cholesky

export const host_linalg_svdvals = (self: Tensor): Tensor => each(self, [Math.min(...self.shape.slice(-2))], singularValues)

export function host_solve_matrices(self: Tensor, other: Tensor): Tensor {
  const right = matrices(toDense(other))
  return each(self, other.shape.slice(-2), (matrix, i) => found(solve(matrix, right[i] as Matrix), 'solve: the matrix is singular'))
}

export function host_solve_triangles(self: Tensor, other: Tensor, upper: boolean, unitriangular: boolean): Tensor {
  const right = matrices(toDense(other))
  return each(self, other.shape.slice(-2), (matrix, i) => solveTriangular(matrix, right[i] as Matrix, upper, unitriangular).data)
}
