/** Pooling layers. */
import { Module } from '../module.ts'
import { F, type Tensor } from '../torch.ts'
import { moduleArguments } from './arguments.ts'

type Sizes = number | readonly number[]

export interface MaxPoolOptions {
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
}

export interface AvgPoolOptions {
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly ceilMode?: boolean
  readonly countIncludePad?: boolean
}

abstract class MaxPoolNd extends Module {
  readonly kernelSize: readonly number[]
  readonly stride: readonly number[] | null
  readonly padding: readonly number[]
  readonly dilation: readonly number[]
  readonly ceilMode: boolean

  constructor(name: string, rank: number, args: readonly unknown[]) {
    super()
    const options = moduleArguments<{
      kernelSize: readonly number[]
      stride: readonly number[] | null
      padding: readonly number[]
      dilation: readonly number[]
      ceilMode: boolean
    }>(
      `${name}(int[${rank}] kernel_size, int[${rank}]? stride=None, int[${rank}] padding=0, int[${rank}] dilation=1, bool ceil_mode=False) -> Tensor`,
      args,
    )
    this.kernelSize = options.kernelSize
    this.stride = options.stride
    this.padding = options.padding
    this.dilation = options.dilation
    this.ceilMode = options.ceilMode
  }
}

export class MaxPool1d extends MaxPoolNd {
  constructor(kernelSize: Sizes, stride?: Sizes | null | MaxPoolOptions, options?: MaxPoolOptions)
  constructor(...args: readonly unknown[]) {
    super('MaxPool1d', 1, args)
  }

  forward(input: Tensor): Tensor {
    return F.maxPool1d(input, this.kernelSize, this.stride, this.padding, this.dilation, this.ceilMode)
  }
}

export class MaxPool2d extends MaxPoolNd {
  constructor(kernelSize: Sizes, stride?: Sizes | null | MaxPoolOptions, options?: MaxPoolOptions)
  constructor(...args: readonly unknown[]) {
    super('MaxPool2d', 2, args)
  }

  forward(input: Tensor): Tensor {
    return F.maxPool2d(input, this.kernelSize, this.stride, this.padding, this.dilation, this.ceilMode)
  }
}

abstract class AvgPoolNd extends Module {
  readonly kernelSize: readonly number[]
  readonly stride: readonly number[] | null
  readonly padding: readonly number[]
  readonly ceilMode: boolean
  readonly countIncludePad: boolean

  constructor(name: string, rank: number, args: readonly unknown[]) {
    super()
    const options = moduleArguments<{
      kernelSize: readonly number[]
      stride: readonly number[] | null
      padding: readonly number[]
      ceilMode: boolean
      countIncludePad: boolean
    }>(
      `${name}(int[${rank}] kernel_size, int[${rank}]? stride=None, int[${rank}] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor`,
      args,
    )
    this.kernelSize = options.kernelSize
    this.stride = options.stride
    this.padding = options.padding
    this.ceilMode = options.ceilMode
    this.countIncludePad = options.countIncludePad
  }
}

export class AvgPool1d extends AvgPoolNd {
  constructor(kernelSize: Sizes, stride?: Sizes | null | AvgPoolOptions, options?: AvgPoolOptions)
  constructor(...args: readonly unknown[]) {
    super('AvgPool1d', 1, args)
  }

  forward(input: Tensor): Tensor {
    return F.avgPool1d(input, this.kernelSize, this.stride, this.padding, this.ceilMode, this.countIncludePad)
  }
}

export class AvgPool2d extends AvgPoolNd {
  constructor(kernelSize: Sizes, stride?: Sizes | null | AvgPoolOptions, options?: AvgPoolOptions)
  constructor(...args: readonly unknown[]) {
    super('AvgPool2d', 2, args)
  }

  forward(input: Tensor): Tensor {
    return F.avgPool2d(input, this.kernelSize, this.stride, this.padding, this.ceilMode, this.countIncludePad)
  }
}

/** Whatever the input's size, the output has `outputSize`; null keeps a dim. */
export class AdaptiveAvgPool1d extends Module {
  readonly outputSize: readonly (number | null)[]

  constructor(outputSize: number | readonly number[])
  constructor(...args: readonly unknown[]) {
    super()
    this.outputSize = moduleArguments<{ outputSize: readonly (number | null)[] }>(
      'AdaptiveAvgPool1d(int?[1] output_size) -> Tensor',
      args,
    ).outputSize
  }

  forward(input: Tensor): Tensor {
    return F.adaptiveAvgPool1d(input, this.outputSize)
  }
}

export class AdaptiveAvgPool2d extends Module {
  readonly outputSize: readonly (number | null)[]

  constructor(outputSize: number | readonly (number | null)[])
  constructor(...args: readonly unknown[]) {
    super()
    this.outputSize = moduleArguments<{ outputSize: readonly (number | null)[] }>(
      'AdaptiveAvgPool2d(int?[2] output_size) -> Tensor',
      args,
    ).outputSize
  }

  forward(input: Tensor): Tensor {
    return F.adaptiveAvgPool2d(input, this.outputSize)
  }
}

export class AdaptiveMaxPool2d extends Module {
  readonly outputSize: readonly (number | null)[]

  constructor(outputSize: number | readonly (number | null)[])
  constructor(...args: readonly unknown[]) {
    super()
    this.outputSize = moduleArguments<{ outputSize: readonly (number | null)[] }>(
      'AdaptiveMaxPool2d(int?[2] output_size) -> Tensor',
      args,
    ).outputSize
  }

  forward(input: Tensor): Tensor {
    return F.adaptiveMaxPool2d(input, this.outputSize, { returnIndices: false })
  }
}
