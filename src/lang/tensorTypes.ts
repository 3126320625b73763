/**
 * The Tensor type that users see: the runtime's class with the operators as methods. The parameters declare what a script function takes;
 * they are read by the compiler and are without effect on assignability, so a plain `Tensor` fits everywhere.
 */
import type { DType } from '../ops/dtype.ts'
import type { Tensor as CoreTensor } from '../runtime/tensor.ts'
import type { TensorMethods } from './api.generated.ts'
import type { Index } from './indexTypes.ts'

/** A size, or the name of one that is known when the program runs; `'N<=32'` bounds it. */
export type Dimension = number | string
export type Shape = readonly Dimension[]

// biome-ignore lint/correctness/noUnusedVariables: the compiler reads the parameters, TypeScript need not
export interface Tensor<D extends DType = DType, S extends Shape = Shape> extends CoreTensor, TensorMethods {
  /** The size of dim 0. */
  readonly length: number
  /** Dims reversed. */
  readonly T: Tensor
  /** The last two dims exchanged. */
  readonly mT: Tensor
  [Symbol.iterator](): IterableIterator<Tensor>
  size(): readonly number[]
  size(dim: number): number
  /** Another dtype; the tensor itself where it has that dtype already. */
  to<E extends DType>(dtype: E, options?: { readonly copy?: boolean }): Tensor<E>
  to(other: Tensor, options?: { readonly copy?: boolean }): Tensor
  /** `x.index([0, slice(1, 3), null, '...', mask, ids])`: a view where only ints and slices take part, else a copy. */
  index(items: readonly Index[]): Tensor
  /** A copy with `value` written to the indexed elements. */
  indexPut(items: readonly Index[], value: Tensor | number | boolean, options?: boolean | { readonly accumulate?: boolean }): Tensor
  /** Writes `value` to the indexed elements of this tensor. */
  indexPut_(items: readonly Index[], value: Tensor | number | boolean, options?: boolean | { readonly accumulate?: boolean }): Tensor
  /** The slice at a position of dim 0; negative positions count from the end. */
  at(position: number): Tensor
}
