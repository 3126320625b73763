/**
 * Convolutions. `aten::convolution` is the kernel: two spatial dims, not transposed (one-dimensional ones get a height of 1).
 * Three-dimensional and transposed convolutions are reductions over their window, written as index expressions.
 */

import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimAdd, dimEqual, dimFloorDiv, dimMul, dimSub, isConst } from './dimMath.ts'
import type { Expr } from './expr.ts'
import { add, and, axisIndex, constant, ge, int, load, lt, mul, select, sub } from './exprs.ts'
import { type ApiForm, type Args, type DenseTensor, type InferContext, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { referenceConvolution } from './reference/conv.ts'
import { formatShape, requireEqualDims } from './shape.ts'

export const at = <T>(values: readonly T[], index: number): T => values[index] as T

/** One number a spatial dim. */
export const spread = (values: readonly number[], rank: number): readonly number[] =>
  values.length === rank ? values : Array<number>(rank).fill(values[0] ?? 0)

export interface Geometry {
  readonly stride: readonly number[]
  /** Before and after each spatial dim ('same' may pad unevenly). */
  readonly padding: readonly (readonly [number, number])[]
  readonly dilation: readonly number[]
  readonly groups: number
}

function geometry(name: string, args: Args<TensorMeta>, rank: number, kernel: readonly number[]): Geometry {
  const stride = spread(args.ints('stride'), rank)
  const dilation = spread(args.ints('dilation'), rank)
  const groups = args.int('groups')
  if ([...stride, ...dilation, groups].some((value) => value < 1))
    throw new OperatorError('S3007', `${name}: stride, dilation and groups must be positive`)
  const mode = args.overload.endsWith('.padding') ? args.string('padding') : null
  if (mode === 'same') {
    if (stride.some((step) => step !== 1)) throw new OperatorError('S3007', `${name}: padding 'same' needs stride 1`)
    const padding = kernel.map((size, i) => {
      const total = at(dilation, i) * (size - 1)
      return [Math.floor(total / 2), total - Math.floor(total / 2)] as const
    })
    return { stride, dilation, groups, padding }
  }
  if (mode !== null && mode !== 'valid') throw new OperatorError('S2103', `${name}: padding must be ints, 'same' or 'valid', not '${mode}'`)
  const padding = mode === 'valid' ? Array<number>(rank).fill(0) : spread(args.ints('padding'), rank)
  return { stride, dilation, groups, padding: padding.map((size) => [size, size] as const) }
}

/** (size + before + after - dilation * (kernel - 1) - 1) / stride + 1 */
export function windowCount(size: Dim, kernel: Dim, stride: number, padding: readonly [number, number], dilation: number): Dim {
  const span = dimAdd(dimMul(dilation, dimSub(kernel, 1)), 1)
  return dimAdd(dimFloorDiv(dimSub(dimAdd(size, padding[0] + padding[1]), span), stride), 1)
}

export function kernelSizes(name: string, weight: TensorMeta, rank: number): readonly number[] {
  if (weight.shape.length !== rank + 2)
    throw new OperatorError('S3001', `${name}: weight must have ${rank + 2} dims, its shape is ${formatShape(weight.shape)}`)
  return weight.shape.slice(2).map((size) => {
    if (!isConst(size))
      throw new OperatorError(
        'S3002',
        `${name}: the kernel size must be known at build time, weight has shape ${formatShape(weight.shape)}`,
      )
    return size
  })
}

/** With or without a batch dim. */
export function isBatched(name: string, input: TensorMeta, rank: number): boolean {
  if (input.shape.length !== rank + 1 && input.shape.length !== rank + 2) {
    throw new OperatorError('S3001', `${name}: input must have ${rank + 1} or ${rank + 2} dims, its shape is ${formatShape(input.shape)}`)
  }
  return input.shape.length === rank + 2
}

export function checkFloat(name: string, input: TensorMeta, weight: TensorMeta): void {
  if (input.dtype !== weight.dtype) throw new OperatorError('S3102', `${name}: input is ${input.dtype} but weight is ${weight.dtype}`)
  if (input.dtype === 'bool') throw new OperatorError('S3102', `${name}: bool tensors are not supported`)
}

/** The shape of a convolution's result; `transposed` exchanges the roles of the two. */
function convolvedShape(
  name: string,
  input: TensorMeta,
  weight: TensorMeta,
  bias: TensorMeta | null,
  rank: number,
  g: Geometry,
  context: InferContext,
): readonly Dim[] {
  checkFloat(name, input, weight)
  const batched = isBatched(name, input, rank)
  const kernel = kernelSizes(name, weight, rank)
  const channels = at(input.shape, batched ? 1 : 0)
  const [outChannels, perGroup] = [at(weight.shape, 0), at(weight.shape, 1)]
  requireEqualDims(
    channels,
    dimMul(perGroup, g.groups),
    () =>
      `${name}: input of shape ${formatShape(input.shape)} has ${formatShape([channels])} channels, weight of shape ${formatShape(weight.shape)} with ${g.groups} groups needs ${formatShape([dimMul(perGroup, g.groups)])}`,
    context,
  )
  if (isConst(outChannels) && outChannels % g.groups !== 0)
    throw new OperatorError('S3001', `${name}: ${outChannels} output channels are not a multiple of ${g.groups} groups`)
  if (bias)
    requireEqualDims(
      at(bias.shape, 0),
      outChannels,
      () => `${name}: bias of shape ${formatShape(bias.shape)} does not fit ${formatShape([outChannels])} output channels`,
      context,
    )
  const spatial = input.shape.slice(batched ? 2 : 1).map((size, i) => {
    const count = windowCount(size, at(kernel, i), at(g.stride, i), at(g.padding, i), at(g.dilation, i))
    if (isConst(count) && count < 1) {
      throw new OperatorError(
        'S3001',
        `${name}: the kernel ${formatShape(kernel)} does not fit into the padded input of shape ${formatShape(input.shape)}`,
      )
    }
    return count
  })
  return [...(batched ? [at(input.shape, 0)] : []), outChannels, ...spatial]
}

const named = (rank: number): string => `conv${rank}d`

const convSchemas = (rank: number): readonly string[] => [
  `conv${rank}d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[${rank}] stride=1, SymInt[${rank}] padding=0, SymInt[${rank}] dilation=1, SymInt groups=1) -> Tensor`,
  `conv${rank}d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[${rank}] stride=1, str padding="valid", SymInt[${rank}] dilation=1, SymInt groups=1) -> Tensor`,
]

function inferConv(rank: number): OperatorSpec['infer'] {
  return (args, context) => {
    const [input, weight] = [args.tensor('input'), args.tensor('weight')]
    const g = geometry(named(rank), args, rank, kernelSizes(named(rank), weight, rank))
    return [{ dtype: input.dtype, shape: convolvedShape(named(rank), input, weight, args.tensorOrNull('bias'), rank, g, context) }]
  }
}

/** conv1d and conv2d: batched, given a height where there is none, uneven padding made explicit. */
function decomposeConv<T extends TensorMeta>(ops: Ops<T>, args: Args<T>, rank: 1 | 2): T {
  const weight = args.tensor('weight')
  const given = args.tensor('input')
  const batched = given.shape.length === rank + 2
  const g = geometry(named(rank), args as unknown as Args<TensorMeta>, rank, kernelSizes(named(rank), weight, rank))
  let input = batched ? given : ops.call('aten::unsqueeze', [given, 0])
  const uneven = g.padding.some(([before, after]) => before !== after)
  if (uneven) input = ops.call('aten::constant_pad_nd', [input, g.padding.slice().reverse().flat()])
  const padding = g.padding.map(([before]) => (uneven ? 0 : before))
  const wide = rank === 1
  const result = ops.call('aten::convolution', [
    wide ? ops.call('aten::unsqueeze', [input, 2]) : input,
    wide ? ops.call('aten::unsqueeze', [weight, 2]) : weight,
    args.tensorOrNull('bias'),
    wide ? [1, ...g.stride] : g.stride,
    wide ? [0, ...padding] : padding,
    wide ? [1, ...g.dilation] : g.dilation,
    false,
    [0, 0],
    g.groups,
  ])
  const squeezed = wide ? ops.call('aten::squeeze', [result, [2]]) : result
  return batched ? squeezed : ops.call('aten::squeeze', [squeezed, [0]])
}

const conv = (rank: 1 | 2): OperatorSpec<'decompose'> => ({
  schemas: convSchemas(rank),
  homes: ['torch', 'F'],
  infer: inferConv(rank),
  implementation: { kind: 'decompose', decompose: (ops, args) => decomposeConv(ops, args, rank) },
})

/** Channel arithmetic of groups: result channel -> its group, and the input channel of the reduction's channel. */
function groupOf(channel: Expr, perGroup: Dim, groups: number): Expr {
  return groups === 1 ? int(0) : { e: 'binary', fn: 'floordiv', a: channel, b: int(perGroup), dtype: 'int64' }
}

/**
 * A convolution as one reduction. Axes: [n, co, ...spatial]; reduced: [ci of the group, ...kernel]. Transposed: result position y takes
 * input position (y + pad - k * dilation) / stride where that divides evenly.
 */
function windowReduction(input: TensorMeta, weight: TensorMeta, out: TensorMeta, g: Geometry, transposed: boolean) {
  const rank = weight.shape.length - 2
  const kernel = weight.shape.slice(2)
  const [, c] = [axisIndex(0), axisIndex(1)]
  const reduceAt = (i: number) => axisIndex(2 + rank + i)
  const channelsPerGroup = transposed ? dimFloorDiv(at(weight.shape, 0), g.groups) : at(weight.shape, 1)
  const group = groupOf(c, transposed ? at(weight.shape, 1) : dimFloorDiv(at(weight.shape, 0), g.groups), g.groups)
  const ci = g.groups === 1 ? reduceAt(0) : add(mul(group, int(channelsPerGroup)), reduceAt(0))
  let inside: Expr = constant(true, 'bool')
  const positions = kernel.map((_, i) => {
    const [before] = at(g.padding, i)
    const [stride, dilation] = [at(g.stride, i), at(g.dilation, i)]
    const y = axisIndex(2 + i)
    const tap = mul(reduceAt(1 + i), dilation)
    const size = at(input.shape, 2 + i)
    if (!transposed) {
      const position = sub(add(mul(y, stride), tap), before)
      inside = and(inside, and(ge(position, 0), lt(position, int(size))))
      return position
    }
    const scaled = sub(add(y, before), tap)
    const position: Expr = { e: 'binary', fn: 'floordiv', a: scaled, b: int(stride), dtype: 'int64' }
    const even: Expr = { e: 'binary', fn: 'eq', a: mul(position, stride), b: scaled, dtype: 'bool' }
    inside = and(and(inside, even), and(ge(position, 0), lt(position, int(size))))
    return position
  })
  const taps = kernel.map((_, i) => reduceAt(1 + i))
  const weightIndices = transposed
    ? [ci, g.groups === 1 ? c : sub(c, mul(group, int(at(weight.shape, 1)))), ...taps]
    : [c, reduceAt(0), ...taps]
  const term = mul(load(0, input, [axisIndex(0), ci, ...positions]), load(1, weight, weightIndices))
  return {
    inputs: [input, weight],
    results: [
      {
        dtype: out.dtype,
        axes: out.shape,
        reduce: { combiner: 'sum' as const, axes: [channelsPerGroup, ...kernel] },
        body: select(inside, term, constant(0, term.dtype)),
      },
    ],
  }
}

/** The direct form behind conv3d and the transposed convolutions: batched, without bias. */
const direct = (rank: number): OperatorSpec<'compute'> => ({
  schemas: [
    `conv_window${rank}d(Tensor input, Tensor weight, int[] stride, int[] padding, int[] dilation, int groups, bool transposed, int[] output_padding) -> Tensor`,
  ],
  homes: [],
  infer(args) {
    const [input, weight] = [args.tensor('input'), args.tensor('weight')]
    return [{ dtype: input.dtype, shape: directShape(input, weight, args) }]
  },
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const [input, weight] = [args.tensor('input'), args.tensor('weight')]
      const { results } = windowReduction(
        input,
        weight,
        outputs[0] as TensorMeta,
        directGeometry(args as unknown as Args<TensorMeta>),
        args.bool('transposed'),
      )
      return { inputs: [input, weight], results }
    },
  },
})

const directGeometry = (args: Args<TensorMeta>): Geometry => ({
  stride: args.ints('stride'),
  padding: args.ints('stride').map((_, i) => [at(args.ints('padding'), 2 * i), at(args.ints('padding'), 2 * i + 1)] as const),
  dilation: args.ints('dilation'),
  groups: args.int('groups'),
})

function directShape(input: TensorMeta, weight: TensorMeta, args: Args<TensorMeta>): readonly Dim[] {
  const g = directGeometry(args)
  const kernel = weight.shape.slice(2)
  const spatial = input.shape.slice(2).map((size, i) => {
    const pads = at(g.padding, i)
    if (!args.bool('transposed')) return windowCount(size, at(kernel, i), at(g.stride, i), pads, at(g.dilation, i))
    const span = dimAdd(dimMul(at(g.dilation, i), dimSub(at(kernel, i), 1)), 1 + at(args.ints('output_padding'), i) - pads[0] - pads[1])
    return dimAdd(dimMul(dimSub(size, 1), at(g.stride, i)), span)
  })
  return [at(input.shape, 0), args.bool('transposed') ? dimMul(at(weight.shape, 1), g.groups) : at(weight.shape, 0), ...spatial]
}

/** A transposed convolution whose windows do not overlap: each input pixel makes a patch of the result of its own. */
const isPatchwise = (weight: TensorMeta, g: Geometry, outputPadding: readonly number[]): boolean =>
  g.groups === 1 &&
  g.stride.every((step, i) => dimEqual(step, at(weight.shape, 2 + i)) && at(g.dilation, i) === 1) &&
  [...g.padding.flat(), ...outputPadding].every((size) => size === 0)

/** All patches by one matrix product: [n*h*w, ci] @ [ci, kh*kw*co]. */
function writePatches<T extends TensorMeta>(ops: Ops<T>, input: T, weight: T): T {
  const [n, , h, w] = input.shape as [Dim, Dim, Dim, Dim]
  const [ci, co, kh, kw] = weight.shape as [Dim, Dim, Dim, Dim]
  const pixels = ops.call('aten::reshape', [ops.call('aten::permute', [input, [0, 2, 3, 1]]), [dimMul(n, h, w), ci]])
  const columns = ops.call('aten::reshape', [ops.call('aten::permute', [weight, [0, 2, 3, 1]]), [ci, dimMul(kh, kw, co)]])
  const product = ops.call('aten::reshape', [ops.call('aten::mm', [pixels, columns]), [n, h, w, kh, kw, co]])
  return ops.call('aten::reshape', [ops.call('aten::permute', [product, [0, 5, 1, 3, 2, 4]]), [n, co, dimMul(h, kh), dimMul(w, kw)]])
}

export function runDirect<T extends TensorMeta>(
  ops: Ops<T>,
  args: Args<T>,
  rank: number,
  g: Geometry,
  transposed: boolean,
  outputPadding: readonly number[],
): T {
  const given = args.tensor('input')
  const batched = given.shape.length === rank + 2
  const input = batched ? given : ops.call('aten::unsqueeze', [given, 0])
  const bias = args.tensorOrNull('bias')
  const weight = args.tensor('weight')
  const patches = transposed && rank === 2 && isPatchwise(weight, g, outputPadding)
  const product = patches
    ? writePatches(ops, input, weight)
    : ops.call(`nn::conv_window${rank}d`, [input, weight, g.stride, g.padding.flat(), g.dilation, g.groups, transposed, outputPadding])
  const sum = bias ? ops.call('aten::add', [product, ops.call('aten::reshape', [bias, [-1, ...Array<number>(rank).fill(1)]])]) : product
  return batched ? sum : ops.call('aten::squeeze', [sum, [0]])
}

const noForms: readonly ApiForm[] = []

export const convolutions = family({
  'aten::convolution': {
    schemas: [
      'convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor',
    ],
    homes: [],
    forms: noForms,
    infer(args, context) {
      const [input, weight] = [args.tensor('input'), args.tensor('weight')]
      if (args.bool('transposed') || weight.shape.length !== 4)
        throw new OperatorError('S3007', 'convolution: only two-dimensional, not transposed; use convTranspose2d, conv3d...')
      const g = geometry('convolution', args, 2, kernelSizes('convolution', weight, 2))
      return [{ dtype: input.dtype, shape: convolvedShape('convolution', input, weight, args.tensorOrNull('bias'), 2, g, context) }]
    },
    implementation: {
      kind: 'kernel',
      reference: (args, [out]) =>
        referenceConvolution(args.tensor('input'), args.tensor('weight'), args.tensorOrNull('bias'), out as DenseTensor, {
          stride: args.ints('stride') as [number, number],
          padding: args.ints('padding') as [number, number],
          dilation: args.ints('dilation') as [number, number],
          groups: args.int('groups'),
        }),
    },
  },
  'aten::conv1d': conv(1),
  'aten::conv2d': conv(2),
  'aten::conv3d': {
    schemas: convSchemas(3),
    homes: ['torch', 'F'],
    infer: inferConv(3),
    implementation: {
      kind: 'decompose',
      decompose: (ops, args) =>
        runDirect(
          ops,
          args,
          3,
          geometry('conv3d', args as unknown as Args<TensorMeta>, 3, kernelSizes('conv3d', args.tensor('weight'), 3)),
          false,
          [0, 0, 0],
        ),
    },
  },
  'nn::conv_window1d': direct(1),
  'nn::conv_window2d': direct(2),
  'nn::conv_window3d': direct(3),
})
