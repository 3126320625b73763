/** Normalisation layers. */
import { Module, type Parameter } from '../module.ts'
import { F, type Tensor, torch } from '../torch.ts'
import { moduleArguments } from './arguments.ts'
import { ones, zeros } from './init.ts'

export interface BatchNormOptions {
  readonly eps?: number
  readonly momentum?: number | null
  readonly affine?: boolean
  readonly trackRunningStats?: boolean
}

/** Over [N, C, ...]: the stored statistics, or in training mode those of the batch, which then move the stored ones. */
abstract class BatchNormNd extends Module {
  readonly numFeatures: number
  readonly eps: number
  readonly momentum: number
  readonly trackRunningStats: boolean
  weight: Parameter | null
  bias: Parameter | null
  runningMean: Tensor | null
  runningVar: Tensor | null

  constructor(name: string, args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ numFeatures: number; eps: number; momentum: number; affine: boolean; trackRunningStats: boolean }>(
      `${name}(int num_features, float eps=1e-05, float momentum=0.1, bool affine=True, bool track_running_stats=True) -> Tensor`,
      args,
    )
    const shape = [options.numFeatures]
    this.numFeatures = options.numFeatures
    this.eps = options.eps
    this.momentum = options.momentum
    this.trackRunningStats = options.trackRunningStats
    this.weight = options.affine ? ones(shape) : null
    this.bias = options.affine ? zeros(shape) : null
    this.runningMean = this.registerBuffer('runningMean', options.trackRunningStats ? torch.zeros(shape) : null)
    this.runningVar = this.registerBuffer('runningVar', options.trackRunningStats ? torch.ones(shape) : null)
  }

  forward(input: Tensor): Tensor {
    if (this.training && this.runningMean !== null && this.runningVar !== null) {
      const rows = input.transpose(0, 1).flatten(1)
      this.runningMean.copy_(this.runningMean.lerp(rows.mean(1), this.momentum))
      this.runningVar.copy_(this.runningVar.lerp(rows.var(1), this.momentum))
    }
    return F.batchNorm(input, this.runningMean, this.runningVar, this.weight, this.bias, {
      training: this.training || this.runningMean === null,
      momentum: this.momentum,
      eps: this.eps,
    })
  }
}

/** Input [N, C] or [N, C, L]. */
export class BatchNorm1d extends BatchNormNd {
  constructor(numFeatures: number, options?: BatchNormOptions)
  constructor(...args: readonly unknown[]) {
    super('BatchNorm1d', args)
  }
}

/** Input [N, C, H, W]. */
export class BatchNorm2d extends BatchNormNd {
  constructor(numFeatures: number, options?: BatchNormOptions)
  constructor(...args: readonly unknown[]) {
    super('BatchNorm2d', args)
  }
}

/** Input [N, C, D, H, W]. */
export class BatchNorm3d extends BatchNormNd {
  constructor(numFeatures: number, options?: BatchNormOptions)
  constructor(...args: readonly unknown[]) {
    super('BatchNorm3d', args)
  }
}

export interface LayerNormOptions {
  readonly eps?: number
  readonly elementwiseAffine?: boolean
  readonly bias?: boolean
}

/** Over the trailing dims `normalizedShape`. */
export class LayerNorm extends Module {
  readonly normalizedShape: readonly number[]
  readonly eps: number
  weight: Parameter | null
  bias: Parameter | null

  constructor(normalizedShape: number | readonly number[], options?: LayerNormOptions)
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ normalizedShape: readonly number[]; eps: number; elementwiseAffine: boolean; bias: boolean }>(
      'LayerNorm(int[1] normalized_shape, float eps=1e-05, bool elementwise_affine=True, bool bias=True) -> Tensor',
      args,
    )
    this.normalizedShape = options.normalizedShape
    this.eps = options.eps
    this.weight = options.elementwiseAffine ? ones(options.normalizedShape) : null
    this.bias = options.elementwiseAffine && options.bias ? zeros(options.normalizedShape) : null
  }

  forward(input: Tensor): Tensor {
    return F.layerNorm(input, this.normalizedShape, this.weight, this.bias, this.eps)
  }
}

/** Over the trailing dims `normalizedShape`, without a mean; eps null: the machine epsilon. */
export class RMSNorm extends Module {
  readonly normalizedShape: readonly number[]
  readonly eps: number | null
  weight: Parameter | null

  constructor(normalizedShape: number | readonly number[], options?: { readonly eps?: number | null; readonly elementwiseAffine?: boolean })
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ normalizedShape: readonly number[]; eps: number | null; elementwiseAffine: boolean }>(
      'RMSNorm(int[1] normalized_shape, float? eps=None, bool elementwise_affine=True) -> Tensor',
      args,
    )
    this.normalizedShape = options.normalizedShape
    this.eps = options.eps
    this.weight = options.elementwiseAffine ? ones(options.normalizedShape) : null
  }

  forward(input: Tensor): Tensor {
    return F.rmsNorm(input, this.normalizedShape, this.weight, this.eps)
  }
}

/** Input [N, numChannels, ...], each group of channels normalised by itself. */
export class GroupNorm extends Module {
  readonly numGroups: number
  readonly numChannels: number
  readonly eps: number
  weight: Parameter | null
  bias: Parameter | null

  constructor(numGroups: number, numChannels: number, options?: { readonly eps?: number; readonly affine?: boolean })
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ numGroups: number; numChannels: number; eps: number; affine: boolean }>(
      'GroupNorm(int num_groups, int num_channels, float eps=1e-05, bool affine=True) -> Tensor',
      args,
    )
    this.numGroups = options.numGroups
    this.numChannels = options.numChannels
    this.eps = options.eps
    this.weight = options.affine ? ones([options.numChannels]) : null
    this.bias = options.affine ? zeros([options.numChannels]) : null
  }

  forward(input: Tensor): Tensor {
    return F.groupNorm(input, this.numGroups, this.weight, this.bias, this.eps)
  }
}
