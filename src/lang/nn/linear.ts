/** Linear layers. */
import { Module, type Parameter } from '../module.ts'
import { F, type Tensor } from '../torch.ts'
import { moduleArguments } from './arguments.ts'
import { biasFor, kaimingUniform } from './init.ts'

export interface LinearOptions {
  readonly bias?: boolean
}

/** y = x A^T + b. Input [..., inFeatures], output [..., outFeatures]. */
export class Linear extends Module {
  readonly inFeatures: number
  readonly outFeatures: number
  weight: Parameter
  bias: Parameter | null

  constructor(inFeatures: number, outFeatures: number, bias?: boolean | LinearOptions)
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ inFeatures: number; outFeatures: number; bias: boolean }>(
      'Linear(int in_features, int out_features, bool bias=True) -> Tensor',
      args,
    )
    this.inFeatures = options.inFeatures
    this.outFeatures = options.outFeatures
    const shape = [options.outFeatures, options.inFeatures]
    this.weight = kaimingUniform(shape)
    this.bias = options.bias ? biasFor(options.outFeatures, shape) : null
  }

  forward(input: Tensor): Tensor {
    return F.linear(input, this.weight, this.bias)
  }
}

/** Gives its input. Any arguments are ignored, as in PyTorch. */
export class Identity extends Module {
  constructor(..._ignored: readonly unknown[]) {
    super()
  }

  forward(input: Tensor): Tensor {
    return input
  }
}
