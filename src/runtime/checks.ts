/** Checks at the border of a compiled program: what the compiler proved inside rests on these. Each names the parameter, what it must be and what it is. */
import type { DType } from '../ops/dtype.ts'
import { Tensor } from './tensor.ts'

/**
 * A tensor argument has the dtype, rank and sizes that the program was compiled for; a dim that may be anything is given as null or by its name.
 * @throws TypeError for another kind or dtype, RangeError for another shape.
 */
export function checkTensor(value: unknown, name: string, dtype: DType, shape: readonly (number | string | null)[]): Tensor {
  const isTensor = value instanceof Tensor
  if (isTensor && value.dtype === dtype) {
    const { length } = shape
    if (value.shape.length === length) {
      let i = 0
      while (i < length && (typeof shape[i] !== 'number' || shape[i] === value.shape[i])) i++
      if (i === length) return value
    }
  }
  const got = isTensor ? describe(value.dtype, value.shape) : value === null ? 'null' : typeof value
  throw new (isTensor && value.dtype === dtype ? RangeError : TypeError)(
    `parameter '${name}' must be a ${describe(dtype, shape)}, got ${isTensor ? 'a ' : ''}${got}`,
  )
}

const describe = (dtype: DType, shape: readonly (number | string | null)[]): string =>
  `Tensor<${dtype}, [${shape.map((dim) => dim ?? '*').join(', ')}]>`

/** A fact about symbolic dims that the compiled code rests on. */
export function guard(condition: boolean, message: string, a?: number, b?: number): void {
  if (!condition) throw new RangeError(a === undefined ? message : `${message}: ${a} and ${b}`)
}
