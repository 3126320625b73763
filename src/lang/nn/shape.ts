/** Layers that change the shape only, and dropout, which inference leaves out. */
import { Module } from '../module.ts'
import { F, type Tensor } from '../torch.ts'
import { moduleArguments } from './arguments.ts'

export class Flatten extends Module {
  readonly startDim: number
  readonly endDim: number

  constructor(startDim?: number | { readonly startDim?: number; readonly endDim?: number }, endDim?: number)
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ startDim: number; endDim: number }>('Flatten(int start_dim=1, int end_dim=-1) -> Tensor', args)
    this.startDim = options.startDim
    this.endDim = options.endDim
  }

  forward(input: Tensor): Tensor {
    return input.flatten(this.startDim, this.endDim)
  }
}

export class Unflatten extends Module {
  readonly dim: number
  readonly unflattenedSize: readonly number[]

  constructor(dim: number, unflattenedSize: readonly number[])
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ dim: number; unflattenedSize: readonly number[] }>(
      'Unflatten(int dim, int[] unflattened_size) -> Tensor',
      args,
    )
    this.dim = options.dim
    this.unflattenedSize = options.unflattenedSize
  }

  forward(input: Tensor): Tensor {
    return input.unflatten(this.dim, this.unflattenedSize)
  }
}

/** Zeroes elements with probability p in training mode and scales the rest; the identity otherwise. */
export class Dropout extends Module {
  readonly p: number

  constructor(p?: number | { readonly p?: number; readonly inplace?: boolean })
  constructor(...args: readonly unknown[]) {
    super()
    this.p = moduleArguments<{ p: number }>('Dropout(float p=0.5, bool inplace=False) -> Tensor', args).p
  }

  forward(input: Tensor): Tensor {
    return F.dropout(input, this.p, this.training)
  }
}
