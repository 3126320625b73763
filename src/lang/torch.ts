/** The typed faces of the namespaces: what `tensorscript` exports as `torch`, `F` and `Tensor`. */

import type { DType } from '../ops/dtype.ts'
import { Tensor as CoreTensor, tensor as coreTensor, type TensorOptions } from '../runtime/tensor.ts'
import type { LinalgFunctions, NNFunctions, SpecialFunctions, TorchFunctions } from './api.generated.ts'
import { installMethods } from './installMethods.ts'
import { functional, torchNamespace } from './namespaces.ts'
import type { Shape, Tensor as TensorType } from './tensorTypes.ts'

installMethods()

export interface Torch extends TorchFunctions {
  readonly tensor: typeof tensor
  /** Sets the seed of `rand`, `randn` and of the initialisation of modules; the sequence is our own, not PyTorch's. */
  manualSeed(seed: number): void
  readonly linalg: LinalgFunctions
  readonly special: SpecialFunctions
}

export const torch = torchNamespace as unknown as Torch
export const F = functional as unknown as NNFunctions

export type Tensor<D extends DType = DType, S extends Shape = Shape> = TensorType<D, S>
/** The class, for `instanceof`. */
export const Tensor = CoreTensor as unknown as {
  readonly prototype: Tensor
  new (...args: ConstructorParameters<typeof CoreTensor>): Tensor
}

/** A tensor with a copy of `data`: see `tensor` of tensorscript/runtime, which is the same function. */
export const tensor = coreTensor as unknown as <D extends DType = DType>(
  data: Parameters<typeof coreTensor>[0],
  options?: TensorOptions & { readonly dtype?: D },
) => Tensor<D>
