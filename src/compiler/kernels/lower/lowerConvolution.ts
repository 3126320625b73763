/**
 * aten::convolution over [n, c, h, w]. Results are channels-last, and so are inputs where that costs a copy at most; a 1x1 convolution
 * of stride 1 is the matrix product [n*h*w, ci] x [ci, co]. The bias is the epilogue.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimMul, dimProduct } from '../../../ops/dimMath.ts'
import { OperatorError } from '../../../ops/operator.ts'
import { channelsLast, denseOrder } from '../access.ts'
import type { Access, StageExpr } from '../stage.ts'
import { accumulator, indexOf, normalizeLoads } from '../stageExpr.ts'
import type { KernelCallSite } from './kernelOps.ts'
import { and, pair, tapPosition, type Window2d } from './windows.ts'

const nhwc = channelsLast(4)

export function lowerConvolution({ context, args, outputs, names }: KernelCallSite): readonly Access[] {
  if (args.bool('transposed')) throw new OperatorError('S7001', 'aten::convolution with transposed has no kernel')
  const input = context.accessOf(args.tensor('input').value)
  const weight = context.accessOf(args.tensor('weight').value)
  const biasValue = args.tensorOrNull('bias')
  const bias = biasValue && context.accessOf(biasValue.value)
  const meta = outputs[0]!
  const groups = args.int('groups')
  const window: Window2d = {
    kernel: pair(weight.shape.slice(2) as readonly number[]),
    stride: pair(args.ints('stride')),
    padding: pair(args.ints('padding')),
    dilation: pair(args.ints('dilation')),
  }
  if (meta.dtype !== 'float32') return [lowerIntegers({ context, args, outputs, names }, input, weight, bias, window, groups)]
  const source = inChannelsLast(context, input, names[0]!)
  const out = context.temporary(names[0]!, meta, nhwc)
  const added = (axes: readonly Dim[], channelAxis: number): StageExpr | null =>
    bias && { s: 'binary', fn: 'add', a: accumulator('float32'), b: biasLoad(bias, axes, channelAxis), dtype: 'float32' }
  const isPointwise =
    groups === 1 && [...window.kernel, ...window.stride].every((size) => size === 1) && window.padding.every((size) => size === 0)
  if (isPointwise && isDenseChannelsLast(source)) {
    const [n, ci, h, w] = source.shape as [Dim, Dim, Dim, Dim]
    const co = meta.shape[1]!
    const m = dimProduct([n, h, w])
    context.stages.push({
      kind: 'gemm',
      batch: [],
      m,
      n: co,
      k: ci,
      a: { ...source, shape: [m, ci], strides: [ci, 1] },
      b: { ...weight, shape: [ci, co], strides: [weight.strides[1]!, weight.strides[0]!] },
      out: { ...out, shape: [m, co], strides: [co, 1] },
      epilogue: added([m, co], 1),
    })
    return [out]
  }
  context.stages.push({
    kind: 'conv',
    input: source,
    weight,
    stride: window.stride,
    padding: window.padding,
    dilation: window.dilation,
    groups,
    out,
    epilogue: added(meta.shape, 1),
  })
  return [out]
}

/** The input as it is when it is channels-last already (or has one channel), else a copy that is. */
function inChannelsLast(context: KernelCallSite['context'], input: Access, name: string): Access {
  if (input.shape[1] === 1 || input.strides[1] === 1) return input
  const target = context.temporary(`${name}_input`, input, nhwc)
  context.copy(input, target)
  return target
}

function isDenseChannelsLast(access: Access): boolean {
  const [, c, h, w] = access.shape as [Dim, Dim, Dim, Dim]
  const strides = [dimMul(c, w, h), 1, dimMul(c, w), c]
  return (
    denseOrder(access) !== null &&
    access.shape.every((size, i) => size === 1 || JSON.stringify(access.strides[i]) === JSON.stringify(strides[i]))
  )
}

const biasLoad = (bias: Access, axes: readonly Dim[], channelAxis: number): StageExpr =>
  normalizeLoads({ s: 'load', access: bias, indices: [indexOf(channelAxis)], dtype: bias.dtype }, axes)

/** Integer convolutions: a reducing loop over [ci / groups, kh, kw]. */
function lowerIntegers(
  { context, outputs, names }: KernelCallSite,
  input: Access,
  weight: Access,
  bias: Access | null,
  window: Window2d,
  groups: number,
): Access {
  const meta = outputs[0]!
  const out = context.temporary(names[0]!, meta)
  const perGroup = weight.shape[1]!
  const reduceAxes = [perGroup, ...window.kernel]
  const y = tapPosition(window, 0, 2, 5, input.shape[2]!)
  const x = tapPosition(window, 1, 3, 6, input.shape[3]!)
  const dtype = 'int64' as const
  const group: StageExpr = {
    s: 'binary',
    fn: 'floordiv',
    a: indexOf(1),
    b: { s: 'scalar', value: (meta.shape[1] as number) / groups, dtype },
    dtype,
  }
  const channel: StageExpr =
    groups === 1
      ? indexOf(4)
      : {
          s: 'binary',
          fn: 'add',
          a: { s: 'binary', fn: 'mul', a: group, b: { s: 'scalar', value: perGroup, dtype }, dtype },
          b: indexOf(4),
          dtype,
        }
  const load: StageExpr = { s: 'load', access: input, indices: [indexOf(0), channel, y.position, x.position], dtype: meta.dtype }
  const factor: StageExpr = { s: 'load', access: weight, indices: [indexOf(1), indexOf(4), indexOf(5), indexOf(6)], dtype: meta.dtype }
  const product: StageExpr = { s: 'binary', fn: 'mul', a: load, b: factor, dtype: meta.dtype }
  const body: StageExpr = {
    s: 'select',
    condition: and(y.inside, x.inside),
    a: product,
    b: { s: 'scalar', value: 0, dtype: meta.dtype },
    dtype: meta.dtype,
  }
  context.stages.push({
    kind: 'loop',
    axes: meta.shape,
    reduce: { combiner: 'sum', axes: reduceAxes },
    body: normalizeLoads(body, [...meta.shape, ...reduceAxes]),
    epilogue: bias && { s: 'binary', fn: 'add', a: accumulator(meta.dtype), b: biasLoad(bias, meta.shape, 1), dtype: meta.dtype },
    out,
  })
  return out
}
