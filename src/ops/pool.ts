/**
 * Pooling. Two kernels over a two-dimensional window (`max_pool2d`, `avg_pool2d`); one-dimensional ones get a height of 1; the rest
 * (three dims, indices, adaptive windows) are reductions over the window as index expressions.
 */

import { spread } from './conv.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimAdd, dimCeilDiv, dimFloorDiv, dimMul, dimSub, isConst } from './dimMath.ts'
import type { Combiner, Compute, Expr } from './expr.ts'
import { add, and, axisIndex, binary, cast, constant, ge, int, load, lt, maximum, minimum, mul, select, sub } from './exprs.ts'
import { type Args, type DenseTensor, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { referencePool } from './reference/pool.ts'
import { formatShape } from './shape.ts'

export const at = <T>(values: readonly T[], index: number): T => values[index] as T

export interface PoolWindow {
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly dilation: readonly number[]
  readonly ceilMode: boolean
}

export function poolWindow(name: string, args: Args<TensorMeta>, rank: number): PoolWindow {
  const kernel = spread(args.ints('kernel_size'), rank)
  const given = args.intsOrNull('stride') ?? []
  const stride = given.length === 0 ? kernel : spread(given, rank)
  const padding = spread(args.ints('padding'), rank)
  const dilation = args.has('dilation') ? spread(args.ints('dilation'), rank) : Array<number>(rank).fill(1)
  if ([...kernel, ...stride, ...dilation].some((value) => value < 1))
    throw new OperatorError('S3007', `${name}: kernelSize, stride and dilation must be positive`)
  for (const [i, size] of padding.entries()) {
    if (size < 0 || size > ((at(kernel, i) - 1) * at(dilation, i)) / 2 + (at(kernel, i) % 2 === 0 ? 0.5 : 0)) {
      throw new OperatorError('S3007', `${name}: padding ${size} is larger than half of the kernel size ${at(kernel, i)}`)
    }
  }
  return { kernel, stride, padding, dilation, ceilMode: args.bool('ceil_mode') }
}

/** Windows along a dim; in ceil mode the last one must start inside the input or its left padding. */
export function pooledSize(size: Dim, w: PoolWindow, i: number): Dim {
  const span = at(w.dilation, i) * (at(w.kernel, i) - 1) + 1
  const room = dimSub(dimAdd(size, 2 * at(w.padding, i)), span)
  const stride = at(w.stride, i)
  if (!w.ceilMode) return dimAdd(dimFloorDiv(room, stride), 1)
  const count = dimAdd(dimCeilDiv(room, stride), 1)
  if (!isConst(count) || !isConst(size)) return count
  return (count - 1) * stride >= size + at(w.padding, i) ? count - 1 : count
}

function pooledShape(name: string, input: TensorMeta, w: PoolWindow, rank: number): readonly Dim[] {
  if (input.shape.length !== rank + 1 && input.shape.length !== rank + 2) {
    throw new OperatorError('S3001', `${name}: input must have ${rank + 1} or ${rank + 2} dims, its shape is ${formatShape(input.shape)}`)
  }
  if (input.dtype === 'bool') throw new OperatorError('S3102', `${name}: bool tensors are not supported`)
  const lead = input.shape.length - rank
  return input.shape.map((size, i) => {
    if (i < lead) return size
    const count = pooledSize(size, w, i - lead)
    if (isConst(count) && count < 1)
      throw new OperatorError(
        'S3001',
        `${name}: the window ${formatShape(w.kernel)} does not fit into the input of shape ${formatShape(input.shape)}`,
      )
    return count
  })
}

/** Input position of each tap, and whether it lies inside. Axes: [...out], reduced: [...kernel]. */
function taps(input: TensorMeta, w: PoolWindow, rank: number): { readonly positions: readonly Expr[]; readonly inside: Expr } {
  const outRank = input.shape.length
  const lead = outRank - rank
  let inside: Expr = constant(true, 'bool')
  const positions = w.kernel.map((_, i) => {
    const position = sub(add(mul(axisIndex(lead + i), at(w.stride, i)), mul(axisIndex(outRank + i), at(w.dilation, i))), at(w.padding, i))
    inside = and(inside, and(ge(position, 0), lt(position, int(at(input.shape, lead + i)))))
    return position
  })
  return { positions: [...Array.from({ length: lead }, (_, i) => axisIndex(i)), ...positions], inside }
}

export const lowest = (dtype: TensorMeta['dtype']): number =>
  dtype === 'float32' ? Number.NEGATIVE_INFINITY : dtype === 'uint8' ? 0 : -(2 ** 31)

function windowCompute(input: TensorMeta, out: TensorMeta, w: PoolWindow, rank: number, combiner: Combiner): Compute {
  const { positions, inside } = taps(input, w, rank)
  const other = combiner === 'sum' ? 0 : lowest(input.dtype)
  const body = select(inside, load(0, input, positions), constant(other, input.dtype))
  return { dtype: out.dtype, axes: out.shape, reduce: { combiner, axes: w.kernel }, body }
}

const windowParams = (rank: number, dilation: boolean): string =>
  `int[${rank}] kernel_size, int[${rank}] stride=[], int[${rank}] padding=0, ${dilation ? `int[${rank}] dilation=1, ` : ''}bool ceil_mode=False`
const formParams = (rank: number): string =>
  `int[${rank}] kernel_size, int[${rank}]? stride=None, int[${rank}] padding=0, int[${rank}] dilation=1, bool ceil_mode=False, bool return_indices=False`

/** A reduction over the window as an index expression; `combiner` argmax gives the number of the tap. */
const windowOperator = (name: string, rank: number, combiner: Combiner): OperatorSpec<'compute'> => ({
  schemas: [`${name}(Tensor self, ${windowParams(rank, true)}) -> Tensor`],
  homes: [],
  infer(args) {
    const self = args.tensor('self')
    return [{ dtype: combiner === 'argmax' ? 'int64' : self.dtype, shape: pooledShape(name, self, poolWindow(name, args, rank), rank) }]
  },
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const self = args.tensor('self')
      return {
        inputs: [self],
        results: [
          windowCompute(self, outputs[0] as TensorMeta, poolWindow(name, args as unknown as Args<TensorMeta>, rank), rank, combiner),
        ],
      }
    },
  },
})

const windowArgs = <T extends TensorMeta>(args: Args<T>): readonly (T | readonly number[] | boolean)[] => [
  args.tensor('self'),
  args.ints('kernel_size'),
  args.intsOrNull('stride') ?? [],
  args.ints('padding'),
  args.has('dilation') ? args.ints('dilation') : args.ints('kernel_size').map(() => 1),
  args.bool('ceil_mode'),
]

/** Tap number -> flat position in the spatial dims of the input. */
const tapPosition = (rank: number): OperatorSpec<'compute'> => ({
  schemas: [`tap_position${rank}d(Tensor self, SymInt[] size, int[] kernel_size, int[] stride, int[] padding, int[] dilation) -> Tensor`],
  homes: [],
  infer: (args) => [{ dtype: 'int64', shape: args.tensor('self').shape }],
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const self = args.tensor('self')
      const out = outputs[0] as TensorMeta
      const lead = self.shape.length - rank
      const kernel = args.ints('kernel_size')
      let tap: Expr = load(
        0,
        self,
        self.shape.map((_, i) => axisIndex(i)),
      )
      let flat: Expr = int(0)
      let stride: Dim = 1
      for (let i = rank - 1; i >= 0; i--) {
        const own = i === 0 ? tap : binary('remainder', tap, at(kernel, i))
        tap = binary('floordiv', tap, at(kernel, i))
        const position = sub(
          add(mul(axisIndex(lead + i), at(args.ints('stride'), i)), mul(own, at(args.ints('dilation'), i))),
          at(args.ints('padding'), i),
        )
        flat = add(flat, mul(position, int(stride)))
        stride = dimMul(stride, at(args.dims('size'), i))
      }
      return { inputs: [self], results: [{ dtype: 'int64', axes: out.shape, body: flat }] }
    },
  },
})

const withIndices = (rank: number): OperatorSpec<'decompose'> => {
  const name = `max_pool${rank}d_with_indices`
  return {
    schemas: [`${name}(Tensor self, ${windowParams(rank, true)}) -> (Tensor, Tensor)`],
    homes: ['F'],
    forms: [
      { home: 'F', schema: `max_pool${rank}d(Tensor input, ${formParams(rank)}) -> (Tensor, Tensor)`, when: { return_indices: true } },
    ],
    infer(args) {
      const self = args.tensor('self')
      const shape = pooledShape(name, self, poolWindow(name, args, rank), rank)
      return [
        { dtype: self.dtype, shape },
        { dtype: 'int64', shape },
      ]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const w = poolWindow(name, args as unknown as Args<TensorMeta>, rank)
        const taken = ops.call(`nn::max_pool_tap${rank}d`, windowArgs(args))
        const indices = ops.call(`nn::tap_position${rank}d`, [taken, self.shape.slice(-rank), w.kernel, w.stride, w.padding, w.dilation])
        return [ops.call(`aten::max_pool${rank}d`, windowArgs(args)), indices]
      },
    },
  }
}

const maxForm = (rank: number) => [
  { home: 'F' as const, schema: `max_pool${rank}d(Tensor input, ${formParams(rank)}) -> Tensor`, when: { return_indices: false } },
]

/** A one-dimensional pool as a two-dimensional one of height 1. */
function asTwoDimensional<T extends TensorMeta>(ops: Ops<T>, x: T, run: (x: T) => T): T {
  return ops.call('aten::squeeze', [run(ops.call('aten::unsqueeze', [x, -2])), [-2]])
}

function inferPool(name: string, rank: number): OperatorSpec['infer'] {
  return (args) => {
    const self = args.tensor('self')
    return [{ dtype: self.dtype, shape: pooledShape(name, self, poolWindow(name, args, rank), rank) }]
  }
}

const averageSchema = (rank: number): string =>
  `avg_pool${rank}d(Tensor self, ${windowParams(rank, false)}, bool count_include_pad=True, int? divisor_override=None) -> Tensor`

/** What an average divides by: the taps inside the padded (or the true) input, or the override. */
function divisor(input: TensorMeta, args: Args<TensorMeta>, w: PoolWindow, rank: number): Expr {
  const override = args.intOrNull('divisor_override')
  if (override !== null) return constant(override, input.dtype)
  const lead = input.shape.length - rank
  const includePad = args.bool('count_include_pad')
  return w.kernel.reduce<Expr>(
    (count, size, i) => {
      const start = sub(mul(axisIndex(lead + i), at(w.stride, i)), at(w.padding, i))
      const total = at(input.shape, lead + i)
      const end = minimum(add(start, size), int(includePad ? dimAdd(total, at(w.padding, i)) : total))
      return mul(count, cast(sub(end, includePad ? start : maximum(start, 0)), input.dtype))
    },
    constant(1, input.dtype),
  )
}

/** sum -> average: divides by the window's count at each position. */
const windowAverage = (rank: number): OperatorSpec<'compute'> => ({
  schemas: [
    `window_average${rank}d(Tensor self, Tensor input, ${windowParams(rank, false)}, bool count_include_pad=True, int? divisor_override=None) -> Tensor`,
  ],
  homes: [],
  infer: (args) => [args.tensor('self')],
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const [self, input] = [args.tensor('self'), args.tensor('input')]
      const plain = args as unknown as Args<TensorMeta>
      const element = load(
        0,
        self,
        self.shape.map((_, i) => axisIndex(i)),
      )
      const body = binary('div', element, divisor(input, plain, poolWindow('avg_pool', plain, rank), rank))
      return { inputs: [self], results: [{ dtype: self.dtype, axes: (outputs[0] as TensorMeta).shape, body }] }
    },
  },
})

export const pools = family({
  'aten::max_pool2d': {
    schemas: [`max_pool2d(Tensor self, ${windowParams(2, true)}) -> Tensor`],
    homes: ['torch'],
    forms: maxForm(2),
    infer: inferPool('max_pool2d', 2),
    implementation: {
      kind: 'kernel',
      reference: (args, [out]) => referencePool(args.tensor('self'), out as DenseTensor, poolWindow('max_pool2d', args, 2), 'max', null),
    },
  },
  'aten::avg_pool2d': {
    schemas: [averageSchema(2)],
    homes: [],
    forms: [{ home: 'F', schema: averageForm(2) }],
    infer: inferPool('avg_pool2d', 2),
    implementation: {
      kind: 'kernel',
      reference: (args, [out]) =>
        referencePool(args.tensor('self'), out as DenseTensor, poolWindow('avg_pool2d', args, 2), 'sum', {
          includePad: args.bool('count_include_pad'),
          override: args.intOrNull('divisor_override'),
        }),
    },
  },
  'aten::max_pool1d': {
    schemas: [`max_pool1d(Tensor self, ${windowParams(1, true)}) -> Tensor`],
    homes: ['torch'],
    forms: maxForm(1),
    infer: inferPool('max_pool1d', 1),
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const w = poolWindow('max_pool1d', args as unknown as Args<TensorMeta>, 1)
        return asTwoDimensional(ops, args.tensor('self'), (x) =>
          ops.call('aten::max_pool2d', [x, [1, ...w.kernel], [1, ...w.stride], [0, ...w.padding], [1, ...w.dilation], w.ceilMode]),
        )
      },
    },
  },
  'aten::max_pool3d': { ...windowOperator('max_pool3d', 3, 'max'), homes: ['torch'], forms: maxForm(3) },
  'aten::max_pool1d_with_indices': withIndices(1),
  'aten::max_pool2d_with_indices': withIndices(2),
  'aten::max_pool3d_with_indices': withIndices(3),
  'aten::avg_pool1d': {
    schemas: [`avg_pool1d(Tensor self, ${windowParams(1, false)}, bool count_include_pad=True) -> Tensor`],
    homes: ['torch'],
    forms: [{ home: 'F', schema: averageForm(1) }],
    infer: inferPool('avg_pool1d', 1),
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const w = poolWindow('avg_pool1d', args as unknown as Args<TensorMeta>, 1)
        return asTwoDimensional(ops, args.tensor('self'), (x) =>
          ops.call('aten::avg_pool2d', [
            x,
            [1, ...w.kernel],
            [1, ...w.stride],
            [0, ...w.padding],
            w.ceilMode,
            args.bool('count_include_pad'),
          ]),
        )
      },
    },
  },
  'aten::avg_pool3d': {
    schemas: [averageSchema(3)],
    homes: [],
    forms: [{ home: 'F', schema: averageForm(3) }],
    infer: inferPool('avg_pool3d', 3),
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const rest = [args.ints('kernel_size'), args.intsOrNull('stride') ?? [], args.ints('padding')] as const
        const sum = ops.call('nn::sum_pool3d', [args.tensor('self'), ...rest, 1, args.bool('ceil_mode')])
        return ops.call('nn::window_average3d', [
          sum,
          args.tensor('self'),
          ...rest,
          args.bool('ceil_mode'),
          args.bool('count_include_pad'),
          args.intOrNull('divisor_override'),
        ])
      },
    },
  },
  'nn::sum_pool3d': windowOperator('sum_pool3d', 3, 'sum'),
  'nn::window_average3d': windowAverage(3),
  'nn::max_pool_tap1d': windowOperator('max_pool_tap1d', 1, 'argmax'),
  'nn::max_pool_tap2d': windowOperator('max_pool_tap2d', 2, 'argmax'),
  'nn::max_pool_tap3d': windowOperator('max_pool_tap3d', 3, 'argmax'),
  'nn::tap_position1d': tapPosition(1),
  'nn::tap_position2d': tapPosition(2),
  'nn::tap_position3d': tapPosition(3),
})

function averageForm(rank: number): string {
  return `avg_pool${rank}d(Tensor input, int[${rank}] kernel_size, int[${rank}]? stride=None, int[${rank}] padding=0, bool ceil_mode=False, bool count_include_pad=True${rank === 1 ? '' : ', int? divisor_override=None'}) -> Tensor`
}
