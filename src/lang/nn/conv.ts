/** Convolution layers. Input [N, inChannels, ...], output [N, outChannels, ...]; the batch dim may be missing. */
import { Module, type Parameter } from '../module.ts'
import { F, type Tensor } from '../torch.ts'
import { moduleArguments } from './arguments.ts'
import { biasFor, kaimingUniform } from './init.ts'

type Sizes = number | readonly number[]

export interface ConvOptions {
  readonly stride?: Sizes
  /** Ints, `'same'` or `'valid'`. */
  readonly padding?: Sizes | 'same' | 'valid'
  readonly dilation?: Sizes
  readonly groups?: number
  readonly bias?: boolean
  /** Other modes pad with the input's own elements first. */
  readonly paddingMode?: 'zeros' | 'reflect' | 'replicate' | 'circular'
}

export interface ConvTransposeOptions {
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly outputPadding?: Sizes
  readonly groups?: number
  readonly bias?: boolean
  readonly dilation?: Sizes
}

interface ConvArguments {
  readonly inChannels: number
  readonly outChannels: number
  readonly kernelSize: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[] | 'same' | 'valid'
  readonly outputPadding: readonly number[]
  readonly dilation: readonly number[]
  readonly groups: number
  readonly bias: boolean
  readonly paddingMode: string
}

function convArguments(name: string, rank: number, args: readonly unknown[]): ConvArguments {
  const last = args.at(-1)
  const named = typeof last === 'object' && last !== null && 'padding' in last ? last.padding : args[4]
  const padding = typeof named === 'string' ? 'str padding' : `int[${rank}] padding=0`
  const rest = `int[${rank}] dilation=1, int groups=1, bool bias=True, str padding_mode='zeros'`
  const result = moduleArguments<ConvArguments>(
    `${name}(int in_channels, int out_channels, int[${rank}] kernel_size, int[${rank}] stride=1, ${padding}${padding.startsWith('str') ? "='valid'" : ''}, ${rest}) -> Tensor`,
    args,
  )
  if (result.inChannels % result.groups !== 0 || result.outChannels % result.groups !== 0) {
    throw new Error(
      `nn.${name}: inChannels ${result.inChannels} and outChannels ${result.outChannels} must be multiples of groups ${result.groups}`,
    )
  }
  return result
}

/** Fields that all convolutions have. */
abstract class ConvNd extends Module {
  readonly inChannels: number
  readonly outChannels: number
  readonly kernelSize: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly dilation: readonly number[]
  readonly groups: number
  /** Padding that a convolution cannot do itself, as F.pad takes it: other modes than zeros, 'same' with an even span. Else empty. */
  readonly prePadding: readonly number[]
  readonly prePaddingMode: string
  weight: Parameter
  bias: Parameter | null

  constructor(options: ConvArguments, weightShape: readonly number[]) {
    super()
    const pairs = paddingPairs(options)
    const before = options.paddingMode !== 'zeros' || pairs.some(([start, end]) => start !== end)
    this.inChannels = options.inChannels
    this.outChannels = options.outChannels
    this.kernelSize = options.kernelSize
    this.stride = options.stride
    this.padding = pairs.map(([start]) => (before ? 0 : start))
    this.dilation = options.dilation
    this.groups = options.groups
    this.prePadding = before ? pairs.reverse().flat() : []
    this.prePaddingMode = options.paddingMode === 'zeros' ? 'constant' : options.paddingMode
    this.weight = kaimingUniform(weightShape)
    this.bias = options.bias ? biasFor(options.outChannels, weightShape) : null
  }
}

const weightShape = (options: ConvArguments): readonly number[] => [
  options.outChannels,
  options.inChannels / options.groups,
  ...options.kernelSize,
]

/** Before and after each dim. */
function paddingPairs({ padding, kernelSize, dilation }: ConvArguments): (readonly [number, number])[] {
  return kernelSize.map((size, i) => {
    if (padding === 'valid') return [0, 0]
    if (padding !== 'same') return [padding[i] as number, padding[i] as number]
    const total = (dilation[i] as number) * (size - 1)
    return [Math.floor(total / 2), Math.ceil(total / 2)]
  })
}

export class Conv1d extends ConvNd {
  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, options?: ConvOptions)
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: Sizes,
    stride?: Sizes,
    padding?: Sizes | 'same' | 'valid',
    options?: ConvOptions,
  )
  constructor(...args: readonly unknown[]) {
    const options = convArguments('Conv1d', 1, args)
    super(options, weightShape(options))
  }

  forward(input: Tensor): Tensor {
    const x = this.prePadding.length > 0 ? F.pad(input, this.prePadding, this.prePaddingMode) : input
    return F.conv1d(x, this.weight, this.bias, { stride: this.stride, padding: this.padding, dilation: this.dilation, groups: this.groups })
  }
}

export class Conv2d extends ConvNd {
  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, options?: ConvOptions)
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: Sizes,
    stride?: Sizes,
    padding?: Sizes | 'same' | 'valid',
    options?: ConvOptions,
  )
  constructor(...args: readonly unknown[]) {
    const options = convArguments('Conv2d', 2, args)
    super(options, weightShape(options))
  }

  forward(input: Tensor): Tensor {
    const x = this.prePadding.length > 0 ? F.pad(input, this.prePadding, this.prePaddingMode) : input
    return F.conv2d(x, this.weight, this.bias, { stride: this.stride, padding: this.padding, dilation: this.dilation, groups: this.groups })
  }
}

export class Conv3d extends ConvNd {
  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, options?: ConvOptions)
  constructor(...args: readonly unknown[]) {
    const options = convArguments('Conv3d', 3, args)
    super(options, weightShape(options))
  }

  forward(input: Tensor): Tensor {
    const x = this.prePadding.length > 0 ? F.pad(input, this.prePadding, this.prePaddingMode) : input
    return F.conv3d(x, this.weight, this.bias, { stride: this.stride, padding: this.padding, dilation: this.dilation, groups: this.groups })
  }
}

/** Fields of the transposed convolutions; weight [inChannels, outChannels / groups, ...]. */
abstract class ConvTransposeNd extends Module {
  readonly inChannels: number
  readonly outChannels: number
  readonly kernelSize: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly outputPadding: readonly number[]
  readonly dilation: readonly number[]
  readonly groups: number
  weight: Parameter
  bias: Parameter | null

  constructor(name: string, rank: number, args: readonly unknown[]) {
    super()
    const options = moduleArguments<ConvArguments & { readonly padding: readonly number[] }>(
      `${name}(int in_channels, int out_channels, int[${rank}] kernel_size, int[${rank}] stride=1, int[${rank}] padding=0, int[${rank}] output_padding=0, int groups=1, bool bias=True, int[${rank}] dilation=1) -> Tensor`,
      args,
    )
    const shape = [options.inChannels, options.outChannels / options.groups, ...options.kernelSize]
    this.inChannels = options.inChannels
    this.outChannels = options.outChannels
    this.kernelSize = options.kernelSize
    this.stride = options.stride
    this.padding = options.padding
    this.outputPadding = options.outputPadding
    this.dilation = options.dilation
    this.groups = options.groups
    this.weight = kaimingUniform(shape)
    this.bias = options.bias ? biasFor(options.outChannels, shape) : null
  }
}

export class ConvTranspose1d extends ConvTransposeNd {
  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, options?: ConvTransposeOptions)
  constructor(...args: readonly unknown[]) {
    super('ConvTranspose1d', 1, args)
  }

  forward(input: Tensor): Tensor {
    return F.convTranspose1d(input, this.weight, this.bias, {
      stride: this.stride,
      padding: this.padding,
      outputPadding: this.outputPadding,
      groups: this.groups,
      dilation: this.dilation,
    })
  }
}

export class ConvTranspose2d extends ConvTransposeNd {
  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, options?: ConvTransposeOptions)
  constructor(inChannels: number, outChannels: number, kernelSize: Sizes, stride?: Sizes, options?: ConvTransposeOptions)
  constructor(...args: readonly unknown[]) {
    super('ConvTranspose2d', 2, args)
  }

  forward(input: Tensor): Tensor {
    return F.convTranspose2d(input, this.weight, this.bias, {
      stride: this.stride,
      padding: this.padding,
      outputPadding: this.outputPadding,
      groups: this.groups,
      dilation: this.dilation,
    })
  }
}
