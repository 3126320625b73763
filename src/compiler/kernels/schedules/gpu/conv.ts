/** Convolution and pooling on the GPU: a convolution is a product a tap; where its groups are narrow, and in pooling, a thread computes one element. */
import type { Dim } from '../../../../ops/dim.ts'
import { dimMul, dimProduct } from '../../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../../loop.ts'
import type { ConvStage, PoolStage } from '../../stage.ts'
import { GridKernel } from './gridKernel.ts'
import { accumulate, identity } from './reduce.ts'
import { add, and, assign, compare, constant, f32, forLoop, i32, local, loopBinary, mul, variable } from './scalarCode.ts'
import { scheduleProduct } from './tiledProduct.ts'

interface Window {
  readonly kernel: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: readonly [number, number]
  readonly dilation: readonly [number, number]
}

/** Loops over the taps of a window whose position lies inside the input. */
function taps(
  window: Window,
  y: LoopExpr,
  x: LoopExpr,
  height: LoopExpr,
  width: LoopExpr,
  body: (iy: LoopExpr, ix: LoopExpr, ky: LoopExpr, kx: LoopExpr) => LoopStmt[],
): LoopStmt[] {
  const position = (name: string, out: LoopExpr, tap: string, axis: 0 | 1): LoopStmt =>
    constant(
      name,
      add(add(mul(out, i32(window.stride[axis])), mul(variable(tap, 'i32'), i32(window.dilation[axis]))), i32(-window.padding[axis])),
    )
  const inside = (name: string, extent: LoopExpr) =>
    and(compare('ge', variable(name, 'i32'), i32(0)), compare('lt', variable(name, 'i32'), extent))
  return [
    forLoop('ky', i32(window.kernel[0]), [
      position('iy', y, 'ky', 0),
      {
        t: 'if',
        condition: inside('iy', height),
        then: [
          forLoop('kx', i32(window.kernel[1]), [
            position('ix', x, 'kx', 1),
            {
              t: 'if',
              condition: inside('ix', width),
              then: body(variable('iy', 'i32'), variable('ix', 'i32'), variable('ky', 'i32'), variable('kx', 'i32')),
              else: [],
            },
          ]),
        ],
        else: [],
      },
    ]),
  ]
}

/** Channels of a group from which on a convolution is a product: below, tiles would be mostly empty. */
const productChannels = 4

export function scheduleConv(stage: ConvStage): KernelCall {
  const perGroup = (stage.out.shape[1] as number) / stage.groups
  return perGroup < productChannels ? scheduleDirectConv(stage) : scheduleConvProduct(stage)
}

/** A convolution's sizes, and the channel of the input that a group begins with. */
const sizesOf = ({ out, weight, input, groups }: ConvStage) => {
  const [images, channels, oh, ow] = out.shape as [Dim, number, Dim, Dim]
  const [, groupChannels, kh, kw] = weight.shape as [Dim, number, number, number]
  const [, , height, width] = input.shape as [Dim, Dim, Dim, Dim]
  return {
    images,
    channels,
    oh,
    ow,
    groupChannels,
    kh,
    kw,
    height,
    width,
    perGroup: channels / groups,
    flops: dimMul(2, dimProduct(out.shape), groupChannels, kh, kw),
  }
}

/** As one product a tap, [positions, channels] x [channels, channels of the result], with the positions moved by the tap. Groups and images are its batch. */
function scheduleConvProduct(stage: ConvStage): KernelCall {
  const { input, weight, out, stride, padding, dilation, groups, epilogue } = stage
  const { images, oh, ow, groupChannels, kh, kw, height, width, perGroup, flops } = sizesOf(stage)
  const kernel = new GridKernel(`conv_${kh}x${kw}`)
  const before: LoopStmt[] = []
  const [group, image] = kernel.unflatten(variable('gz', 'i32'), [groups, images], before) as [LoopExpr, LoopExpr]
  const tap = [variable('ky', 'i32'), variable('kx', 'i32')] as const
  const channelOf = (column: LoopExpr): LoopExpr => add(mul(group, i32(perGroup)), column)
  const tapAt = (position: LoopExpr, axis: 0 | 1): LoopExpr =>
    add(add(mul(position, i32(stride[axis])), mul(tap[axis], i32(dilation[axis]))), i32(-padding[axis]))
  const within = (at: LoopExpr, extent: Dim): LoopExpr => and(compare('ge', at, i32(0)), compare('lt', at, kernel.dim(extent)))
  return scheduleProduct(kernel, {
    m: dimMul(oh, ow),
    n: perGroup,
    k: groupChannels,
    a: {
      position: (row, into) => kernel.unflatten(row, [oh, ow], into),
      inside: ([y, x]) => (padding.some((size) => size > 0) ? and(within(tapAt(y!, 0), height), within(tapAt(x!, 1), width)) : null),
      load: ([y, x], k) => kernel.load(input, [image, add(mul(group, i32(groupChannels)), k), tapAt(y!, 0), tapAt(x!, 1)]),
      alongK: input.strides[1] === 1,
    },
    b: {
      position: (column) => [channelOf(column)],
      inside: () => null,
      load: ([channel], k) => kernel.load(weight, [channel!, k, ...tap]),
      alongK: true,
    },
    before,
    around: (body) => [forLoop('ky', i32(kh), [forLoop('kx', i32(kw), body)])],
    result(row, column, value) {
      const into: LoopStmt[] = []
      const [y, x] = kernel.unflatten(row, [oh, ow], into) as [LoopExpr, LoopExpr]
      const indices = [image, channelOf(column), y, x]
      const result = epilogue ? kernel.value(epilogue, { indices, accumulator: value, into }) : value
      return [...into, kernel.store(out, indices, result)]
    },
    batch: dimMul(groups, images),
    flops,
  })
}

/** Few channels a group (depthwise): a thread computes an element. */
function scheduleDirectConv(stage: ConvStage): KernelCall {
  const { input, weight, out, epilogue } = stage
  const { images, channels, oh, ow, groupChannels, kh, kw, height, width, perGroup, flops } = sizesOf(stage)
  const kernel = new GridKernel(`conv_${kh}x${kw}_direct`)
  const window: Window = { ...stage, kernel: [kh, kw] }
  const accumulator = variable('acc', 'f32')
  // Results are channels-last: neighbouring threads write neighbours.
  return kernel.elementwise(
    [images, oh, ow, channels],
    ([image, y, x, channel]) => {
      const first = mul(loopBinary('div', channel!, i32(perGroup)), i32(groupChannels))
      const body: LoopStmt[] = [
        local('acc', f32(0)),
        ...taps(window, y!, x!, kernel.dim(height), kernel.dim(width), (iy, ix, ky, kx) => {
          const ci = variable('ci', 'i32')
          return [
            forLoop('ci', i32(groupChannels), [
              assign('acc', {
                l: 'fma',
                type: 'f32',
                a: kernel.load(input, [image!, add(first, ci), iy, ix]),
                b: kernel.load(weight, [channel!, ci, ky, kx]),
                c: accumulator,
              }),
            ]),
          ]
        }),
      ]
      const indices = [image!, channel!, y!, x!]
      const value = epilogue ? kernel.value(epilogue, { indices, accumulator, into: body }) : accumulator
      body.push(kernel.store(out, indices, value))
      return body
    },
    flops,
  )
}

export function schedulePool(stage: PoolStage): KernelCall {
  const kernel = new GridKernel(`${stage.combiner}_pool`)
  const type = stage.input.dtype === 'float32' ? 'f32' : 'i32'
  return kernel.elementwise(
    stage.out.shape,
    (indices) => {
      const [batch, channel, y, x] = indices
      const [, , height, width] = stage.input.shape
      const accumulator = variable('acc', type)
      const body: LoopStmt[] = [
        local('acc', identity(stage.combiner, type)),
        ...taps(stage, y!, x!, kernel.dim(height!), kernel.dim(width!), (iy, ix) => [
          assign('acc', accumulate(stage.combiner, accumulator, kernel.load(stage.input, [batch!, channel!, iy, ix]))),
        ]),
      ]
      body.push(
        kernel.store(stage.out, indices, stage.epilogue ? kernel.value(stage.epilogue, { indices, accumulator, into: body }) : accumulator),
      )
      return body
    },
    dimMul(dimProduct(stage.out.shape), stage.kernel[0], stage.kernel[1]),
  )
}
