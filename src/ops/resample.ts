/** Resampling: `interpolate` and `grid_sample` as index expressions with computed coordinates, `unfold` of image patches. */
import { composite } from './composite.ts'
import { spread, windowCount } from './conv.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimFloorDiv, dimMul, dimSub, isConst } from './dimMath.ts'
import type { Expr } from './expr.ts'
import {
  add,
  and,
  axisIndex,
  binary,
  cast,
  constant,
  eq,
  ge,
  gt,
  int,
  load,
  lt,
  maximum,
  minimum,
  mul,
  select,
  sub,
  unary,
} from './exprs.ts'
import { axes } from './join.ts'
import { type Args, OperatorError, type TensorMeta } from './operator.ts'
import { formatShape } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values[index] as T
const f32 = (value: number): Expr => constant(value, 'float32')
const asFloat = (x: Expr): Expr => cast(x, 'float32')
const asInt = (x: Expr): Expr => cast(x, 'int64')

const modesOfRank: { readonly [mode: string]: number | null } = {
  nearest: null,
  'nearest-exact': null,
  linear: 1,
  bilinear: 2,
  trilinear: 3,
  bicubic: 2,
  area: null,
}

/** One position along one dim and its weight. */
interface Tap {
  readonly index: Expr
  readonly weight: Expr
}

/** Keys' cubic convolution with a = -0.75. */
function cubicWeights(t: Expr): readonly Expr[] {
  const a = -0.75
  const near = (x: Expr): Expr => add(mul(mul(sub(mul(x, a + 2), a + 3), x), x), 1)
  const far = (x: Expr): Expr => sub(mul(add(mul(sub(mul(x, a), 5 * a), x), 8 * a), x), 4 * a)
  return [far(add(t, 1)), near(t), near(sub(1, t)), far(sub(2, t))]
}

/** A size in the arithmetic of coordinates: a number where it is known at build time. */
type Extent = number | Expr

const extent = (size: Dim): Extent => (isConst(size) ? size : asFloat(int(size)))
const less = (a: Extent, k: number): Extent => (typeof a === 'number' ? a - k : sub(a, k))
const over = (a: Extent, b: Extent): Extent =>
  typeof a === 'number' && typeof b === 'number' ? a / b : binary('div', typeof a === 'number' ? f32(a) : a, b)

const clampIndex = (index: Expr, size: Dim): Expr => binary('minimum', binary('maximum', index, 0), int(dimSub(size, 1)))

/** Source positions of result position `i`. `scale`: source steps a result step. */
function tapsOf(mode: string, alignCorners: boolean, i: Expr, size: Dim, scale: Extent): readonly Tap[] {
  if (mode === 'nearest') return [{ index: clampIndex(asInt(unary('floor', mul(asFloat(i), scale))), size), weight: f32(1) }]
  if (mode === 'nearest-exact')
    return [{ index: clampIndex(asInt(unary('floor', mul(add(asFloat(i), 0.5), scale))), size), weight: f32(1) }]
  const raw = alignCorners ? mul(asFloat(i), scale) : sub(mul(add(asFloat(i), 0.5), scale), 0.5)
  if (mode === 'bicubic') {
    const base = unary('floor', raw)
    const first = asInt(base)
    return cubicWeights(sub(raw, base)).map((weight, k) => ({ weight, index: clampIndex(add(first, k - 1), size) }))
  }
  const source = alignCorners ? raw : maximum(raw, 0)
  const base = asInt(unary('floor', source))
  const t = sub(source, asFloat(base))
  return [
    { index: clampIndex(base, size), weight: sub(1, t) },
    { index: clampIndex(add(base, 1), size), weight: t },
  ]
}

/** Sum over all combinations of taps of the dims. */
function tensorProduct(
  taps: readonly (readonly Tap[])[],
  element: (indices: readonly Expr[]) => Expr,
  indices: readonly Expr[] = [],
): Expr {
  const [own, ...rest] = taps
  if (!own) return element(indices)
  const terms = own.map(({ index, weight }) => {
    const inner = tensorProduct(rest, element, [...indices, index])
    return weight.e === 'scalar' && weight.value === 1 ? inner : mul(inner, weight)
  })
  return terms.reduce((a, b) => add(a, b))
}

function outputSizes(args: Args<TensorMeta>, spatial: readonly Dim[]): readonly Dim[] {
  if (args.has('size')) {
    const size = args.dims('size')
    return size.length === spatial.length ? size : spatial.map(() => at(size, 0))
  }
  if (!args.has('scale_factor')) throw new OperatorError('S2101', 'interpolate: size or scaleFactor must be given')
  return scaleFactors(args, spatial.length).map((factor, i) => scaled(at(spatial, i), factor))
}

/** floor(size * factor). */
function scaled(size: Dim, factor: number): Dim {
  if (isConst(size)) return Math.floor(size * factor)
  for (let denominator = 1; denominator <= 2 ** 16; denominator *= 2)
    if (Number.isInteger(factor * denominator)) return dimFloorDiv(dimMul(size, factor * denominator), denominator)
  throw new OperatorError(
    'S3002',
    `interpolate: with the factor ${factor} the size must be known at build time; give sizes, or a factor such as 2, 0.5 or 1.75`,
  )
}

const scaleFactors = (args: Args<TensorMeta>, rank: number): readonly number[] => spread(args.scalars('scale_factor').map(Number), rank)

/** Shape of a sampling grid: [..., x], [..., y], [..., z] from the last dim on. */
const gridChannels = (rank: number): readonly number[] => Array.from({ length: rank }, (_, i) => rank - 1 - i)

/** A coordinate of the grid in pixels. */
const unnormalized = (x: Expr, size: Extent, alignCorners: boolean): Expr =>
  alignCorners ? mul(mul(add(x, 1), 0.5), less(size, 1)) : div2(sub(mul(add(x, 1), size), 1))
const div2 = (x: Expr): Expr => mul(x, 0.5)

/** Reflected into [low, low + span], as many times as needed. */
function reflected(x: Expr, low: number, span: Extent): Expr {
  if (span === 0) return f32(0)
  const distance = unary('abs', sub(x, low))
  const extra = binary('fmod', distance, span)
  const flips = unary('floor', binary('div', distance, span))
  const even = binary('eq', binary('fmod', flips, 2), 0)
  const back = select(even, add(extra, low), sub(less(span, -low), extra))
  return typeof span === 'number' ? back : select(eq(span, 0), f32(0), back)
}

function padded(x: Expr, size: Extent, mode: string, alignCorners: boolean): Expr {
  if (mode === 'border') return minimum(maximum(x, 0), less(size, 1))
  if (mode === 'reflection') {
    const back = alignCorners ? reflected(x, 0, less(size, 1)) : reflected(x, -0.5, size)
    return minimum(maximum(back, 0), less(size, 1))
  }
  return x
}

/** Taps along one dim; with zero padding those outside count nothing. */
function gridTaps(
  x: Expr,
  size: Dim,
  mode: string,
  padding: string,
  alignCorners: boolean,
): readonly (Tap & { readonly inside: Expr | null })[] {
  const pixel = unnormalized(x, extent(size), alignCorners)
  const guarded = (index: Expr, weight: Expr) => ({
    index,
    weight,
    inside: padding === 'zeros' ? and(ge(index, 0), lt(index, int(size))) : null,
  })
  if (mode === 'bicubic') {
    const base = unary('floor', pixel)
    return cubicWeights(sub(pixel, base)).map((weight, k) =>
      guarded(asInt(padded(add(base, k - 1), extent(size), padding, alignCorners)), weight),
    )
  }
  const source = padded(pixel, extent(size), padding, alignCorners)
  if (mode === 'nearest') return [guarded(asInt(unary('round', source)), f32(1))]
  const base = unary('floor', source)
  const t = sub(source, base)
  const clamped = (index: Expr): Expr => (padding === 'zeros' ? index : clampIndex(index, size))
  return [guarded(clamped(asInt(base)), sub(1, t)), guarded(clamped(add(asInt(base), 1)), t)]
}

/** Source positions from one result position to the next. */
function sourceStep(size: Dim, wanted: Dim, alignCorners: boolean, factor: number | undefined): Extent {
  if (!alignCorners) return factor === undefined ? over(extent(size), extent(wanted)) : 1 / factor
  if (wanted === 1) return 0
  const step = over(less(extent(size), 1), less(extent(wanted), 1))
  return isConst(wanted) ? step : select(gt(int(wanted), 1), typeof step === 'number' ? f32(step) : step, 0)
}

const resize: OperatorSpec<'compute'> = {
  schemas: ['resize(Tensor self, SymInt[] size, str mode, bool align_corners, float[] factors) -> Tensor'],
  homes: [],
  infer: (args) => [{ dtype: args.tensor('self').dtype, shape: [...args.tensor('self').shape.slice(0, 2), ...args.dims('size')] }],
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const self = args.tensor('self')
      const out = outputs[0] as TensorMeta
      const factors = args.scalars('factors').map(Number)
      const align = args.bool('align_corners')
      const taps = self.shape.slice(2).map((size, i) => {
        const scale = sourceStep(size, at(out.shape, 2 + i), align, factors[i])
        return tapsOf(args.string('mode'), align, axisIndex(2 + i), size, scale)
      })
      const body = tensorProduct(taps, (indices) => load(0, self, [axisIndex(0), axisIndex(1), ...indices]))
      return { inputs: [self], results: [{ dtype: out.dtype, axes: out.shape, body: cast(body, out.dtype) }] }
    },
  },
}

const upsample = (name: string, mode: string, alignCorners: boolean): OperatorSpec<'decompose'> =>
  composite({
    schemas: [`${name}(Tensor input, SymInt[1]? size=None, float[1]? scale_factor=None) -> Tensor`],
    homes: ['F'],
    decompose(ops, args) {
      const factors = args.has('scale_factor') ? args.scalars('scale_factor').map(Number) : null
      return ops.call('aten::__interpolate', [
        args.tensor('input'),
        args.has('size') ? args.dims('size') : null,
        factors,
        mode,
        alignCorners,
      ])
    },
  })

export const resamples = family({
  'nn::resize': resize,
  'aten::__interpolate': composite({
    schemas: [
      "__interpolate(Tensor input, SymInt[1]? size=None, float[1]? scale_factor=None, str mode='nearest', bool? align_corners=None, bool? recompute_scale_factor=None, bool antialias=False) -> Tensor",
    ],
    homes: [],
    forms: [
      {
        home: 'F',
        schema:
          "interpolate(Tensor input, SymInt[1]? size=None, float[1]? scale_factor=None, str mode='nearest', bool? align_corners=None, bool? recompute_scale_factor=None, bool antialias=False) -> Tensor",
      },
    ],
    decompose(ops, args) {
      const input = args.tensor('input')
      const mode = args.string('mode')
      const rank = input.shape.length - 2
      const wanted = modesOfRank[mode]
      if (wanted === undefined)
        throw new OperatorError('S2103', `interpolate: mode '${mode}' is not known (there are ${Object.keys(modesOfRank).join(', ')})`)
      if (rank < 1 || rank > 3 || (wanted !== null && wanted !== rank))
        throw new OperatorError('S3001', `interpolate: mode '${mode}' does not fit an input of shape ${formatShape(input.shape)}`)
      if (args.bool('antialias')) throw new OperatorError('S3009', 'interpolate: antialias is not supported yet')
      const spatial = input.shape.slice(2)
      const sizes = outputSizes(args as unknown as Args<TensorMeta>, spatial)
      if (mode === 'area') return ops.call(`aten::adaptive_avg_pool${rank}d`, [input, sizes])
      const align = args.has('align_corners') && args.bool('align_corners')
      // A given factor is used as it is unless sizes are to be recomputed from it.
      const exact = args.has('scale_factor') && !(args.has('recompute_scale_factor') && args.bool('recompute_scale_factor'))
      const factors = exact ? scaleFactors(args as unknown as Args<TensorMeta>, rank) : []
      return ops.call('nn::resize', [input, sizes, mode, align, factors])
    },
  }),
  'nn::upsample_nearest': upsample('upsample_nearest', 'nearest', false),
  'nn::upsample_bilinear': upsample('upsample_bilinear', 'bilinear', true),
  'aten::grid_sampler': {
    schemas: ["grid_sampler(Tensor input, Tensor grid, str mode='bilinear', str padding_mode='zeros', bool align_corners=False) -> Tensor"],
    homes: [],
    forms: [
      {
        home: 'F',
        schema: "grid_sample(Tensor input, Tensor grid, str mode='bilinear', str padding_mode='zeros', bool? align_corners=None) -> Tensor",
      },
    ],
    infer(args) {
      const [input, grid] = [args.tensor('input'), args.tensor('grid')]
      if (input.shape.length !== grid.shape.length || grid.shape.at(-1) !== input.shape.length - 2) {
        throw new OperatorError(
          'S3001',
          `grid_sample: input of shape ${formatShape(input.shape)} does not fit grid of shape ${formatShape(grid.shape)}`,
        )
      }
      return [{ dtype: input.dtype, shape: [...input.shape.slice(0, 2), ...grid.shape.slice(1, -1)] }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const [input, grid] = [args.tensor('input'), args.tensor('grid')]
        const out = outputs[0] as TensorMeta
        const rank = input.shape.length - 2
        const spatial = input.shape.slice(2)
        const place = [axisIndex(0), ...Array.from({ length: rank }, (_, i) => axisIndex(2 + i))]
        const channels = gridChannels(rank)
        const taps = spatial.map((size, i) =>
          gridTaps(
            load(1, grid, [...place, int(at(channels, i))]),
            size,
            args.string('mode'),
            args.string('padding_mode'),
            args.bool('align_corners'),
          ),
        )
        const insides = new Map(taps.flat().map((tap) => [tap.index, tap.inside]))
        const body = tensorProduct(taps, (indices) => {
          const element = load(0, input, [axisIndex(0), axisIndex(1), ...indices])
          const tests = indices.map((index) => insides.get(index) ?? null).filter((test) => test !== null)
          return tests.length === 0
            ? element
            : select(
                tests.reduce((a, b) => and(a, b)),
                element,
                0,
              )
        })
        return { inputs: [input, grid], results: [{ dtype: out.dtype, axes: out.shape, body }] }
      },
    },
  },
  'nn::patches': {
    schemas: ['patches(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor'],
    homes: [],
    infer(args) {
      const self = args.tensor('self')
      const kernel = args.ints('kernel_size')
      const counts = kernel.map((size, i) => {
        const pad = at(args.ints('padding'), i)
        return windowCount(at(self.shape, 2 + i), size, at(args.ints('stride'), i), [pad, pad], at(args.ints('dilation'), i))
      })
      return [{ dtype: self.dtype, shape: [at(self.shape, 0), at(self.shape, 1), ...kernel, ...counts] }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const self = args.tensor('self')
        const out = outputs[0] as TensorMeta
        let inside: Expr = constant(true, 'bool')
        const positions = [0, 1].map((i) => {
          const start = sub(mul(axisIndex(4 + i), at(args.ints('stride'), i)), at(args.ints('padding'), i))
          const position = add(start, mul(axisIndex(2 + i), at(args.ints('dilation'), i)))
          inside = and(inside, and(ge(position, 0), lt(position, int(at(self.shape, 2 + i)))))
          return position
        })
        const [n, c] = axes(2) as [Expr, Expr]
        return {
          inputs: [self],
          results: [{ dtype: out.dtype, axes: out.shape, body: select(inside, load(0, self, [n, c, ...positions]), 0) }],
        }
      },
    },
  },
  'aten::im2col': composite({
    schemas: ['im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor'],
    homes: [],
    forms: [
      { home: 'F', schema: 'unfold(Tensor input, int[2] kernel_size, int[2] dilation=1, int[2] padding=0, int[2] stride=1) -> Tensor' },
    ],
    decompose(ops, args) {
      const self = args.tensor('self')
      const batched = self.shape.length === 4
      const input = batched ? self : ops.call('aten::unsqueeze', [self, 0])
      const patches = ops.call('nn::patches', [
        input,
        args.ints('kernel_size'),
        args.ints('dilation'),
        args.ints('padding'),
        args.ints('stride'),
      ])
      const [n, c, kh, kw, h, w] = patches.shape as readonly [Dim, Dim, Dim, Dim, Dim, Dim]
      const columns = ops.call('aten::reshape', [patches, [n, dimMul(c, kh, kw), dimMul(h, w)]])
      return batched ? columns : ops.call('aten::squeeze', [columns, [0]])
    },
  }),
})
