/**
 * Convolution and pooling on the GPU: a thread computes one position of a few neighbouring output channels (convolution) or one element (pooling),
 * skipping taps outside the input.
 */
import { dimMul, dimProduct, isConst } from '../../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../../loop.ts'
import type { ConvStage, PoolStage } from '../../stage.ts'
import { KernelBuilder } from './kernelBuilder.ts'
import { accumulate, identity } from './reduce.ts'
import { add, and, assign, compare, constant, f32, forLoop, i32, local, loopBinary, mul, variable } from './scalarCode.ts'

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

export function scheduleConv(stage: ConvStage): KernelCall {
  const [n, co, oh, ow] = stage.out.shape as [ConvStage['out']['shape'][number], ...ConvStage['out']['shape']]
  const [, groupChannels, kh, kw] = stage.weight.shape
  const perGroup = isConst(co!) ? co / stage.groups : 1
  const block = perGroup % 4 === 0 ? 4 : 1
  const kernel = new KernelBuilder(`conv_${kh}x${kw}`)
  const window: Window = { kernel: [kh as number, kw as number], stride: stage.stride, padding: stage.padding, dilation: stage.dilation }
  const lanes = Array.from({ length: block }, (_, lane) => lane)
  const axes = [n, (co as number) / block, oh!, ow!]
  const flops = dimMul(2, dimProduct(stage.out.shape), groupChannels!, kh!, kw!)
  return kernel.elementwise(
    axes,
    ([batch, channelBlock, y, x]) => {
      const channel = variable('channel', 'i32')
      const body: LoopStmt[] = [
        constant('channel', mul(channelBlock!, i32(block))),
        constant('first', stage.groups === 1 ? i32(0) : mul(loopBinary('div', channel, i32(perGroup)), kernel.dim(groupChannels!))),
        ...lanes.map((lane) => local(`acc_${lane}`, f32(0))),
      ]
      const [, , height, width] = stage.input.shape
      body.push(
        forLoop(
          'ci',
          kernel.dim(groupChannels!),
          taps(window, y!, x!, kernel.dim(height!), kernel.dim(width!), (iy, ix, ky, kx) => [
            constant('value', kernel.load(stage.input, [batch!, add(variable('first', 'i32'), variable('ci', 'i32')), iy, ix])),
            ...lanes.map((lane) =>
              assign(`acc_${lane}`, {
                l: 'fma',
                type: 'f32',
                a: variable('value', 'f32'),
                b: kernel.load(stage.weight, [add(channel, i32(lane)), variable('ci', 'i32'), ky, kx]),
                c: variable(`acc_${lane}`, 'f32'),
              }),
            ),
          ]),
        ),
      )
      for (const lane of lanes) {
        const indices = [batch!, add(channel, i32(lane)), y!, x!]
        const accumulator = variable(`acc_${lane}`, 'f32')
        body.push(
          kernel.store(
            stage.out,
            indices,
            stage.epilogue ? kernel.value(stage.epilogue, { indices, accumulator, into: body }) : accumulator,
          ),
        )
      }
      return body
    },
    flops,
  )
}

export function schedulePool(stage: PoolStage): KernelCall {
  const kernel = new KernelBuilder(`${stage.combiner}_pool`)
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
