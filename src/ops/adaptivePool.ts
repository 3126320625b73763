/** Pooling to a given output size: windows that follow from both sizes. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimAdd, dimCeilDiv, dimMul, dimSub, isConst } from './dimMath.ts'
import type { Expr } from './expr.ts'
import { add, and, axisIndex, binary, cast, constant, int, load, lt, mul, select, sub } from './exprs.ts'
import { type Args, OperatorError, type TensorMeta } from './operator.ts'
import { at, lowest } from './pool.ts'
import { formatShape, numel } from './shape.ts'

/** Windows floor(i * in / out) .. ceil((i + 1) * in / out): reduced over the longest window, what lies behind its end is skipped. */
const adaptiveWindow = (name: string, rank: number, combiner: 'sum' | 'max' | 'argmax'): OperatorSpec<'compute'> => ({
  schemas: [`${name}(Tensor self, SymInt[${rank}] output_size) -> Tensor`],
  homes: [],
  infer(args) {
    const self = args.tensor('self')
    return [{ dtype: combiner === 'argmax' ? 'int64' : self.dtype, shape: [...self.shape.slice(0, -rank), ...args.dims('output_size')] }]
  },
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const self = args.tensor('self')
      const out = outputs[0] as TensorMeta
      const lead = self.shape.length - rank
      let inside: Expr = constant(true, 'bool')
      const windows = Array.from({ length: rank }, (_, i) => {
        const [start, end] = adaptiveBounds(axisIndex(lead + i), at(self.shape, lead + i), at(out.shape, lead + i))
        const position = add(start, axisIndex(self.shape.length + i))
        inside = and(inside, lt(position, end))
        return position
      })
      const body = select(
        inside,
        load(0, self, [...Array.from({ length: lead }, (_, i) => axisIndex(i)), ...windows]),
        combiner === 'sum' ? 0 : lowest(self.dtype),
      )
      const axes = Array.from({ length: rank }, (_, i) => longestWindow(at(self.shape, lead + i), at(out.shape, lead + i)))
      return { inputs: [self], results: [{ dtype: out.dtype, axes: out.shape, reduce: { combiner, axes }, body }] }
    },
  },
})

function adaptiveBounds(i: Expr, size: Dim, count: Dim): readonly [Expr, Expr] {
  const start = binary('floordiv', mul(i, int(size)), int(count))
  const end = binary('floordiv', add(mul(add(i, 1), int(size)), int(dimSub(count, 1))), int(count))
  return [start, end]
}

/** No window is longer than this. */
function longestWindow(size: Dim, count: Dim): Dim {
  if (isConst(size) && isConst(count)) {
    let longest = 0
    for (let i = 0; i < count; i++) longest = Math.max(longest, Math.ceil(((i + 1) * size) / count) - Math.floor((i * size) / count))
    return longest
  }
  return dimAdd(dimCeilDiv(size, count), 1)
}

const adaptiveScale = (rank: number): OperatorSpec<'compute'> => ({
  schemas: [`adaptive_scale${rank}d(Tensor self, SymInt[] size) -> Tensor`],
  homes: [],
  infer: (args) => [args.tensor('self')],
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const self = args.tensor('self')
      const lead = self.shape.length - rank
      const count = args.dims('size').reduce<Expr>(
        (product, size, i) => {
          const [start, end] = adaptiveBounds(axisIndex(lead + i), size, at(self.shape, lead + i))
          return mul(product, cast(sub(end, start), 'float32'))
        },
        constant(1, 'float32'),
      )
      const element = load(
        0,
        self,
        self.shape.map((_, i) => axisIndex(i)),
      )
      return {
        inputs: [self],
        results: [{ dtype: 'float32', axes: (outputs[0] as TensorMeta).shape, body: binary('div', element, count) }],
      }
    },
  },
})

/** Number of the tap in the longest window -> flat position in the input. */
const adaptivePosition = (rank: number): OperatorSpec<'compute'> => ({
  schemas: [`adaptive_position${rank}d(Tensor self, SymInt[] size) -> Tensor`],
  homes: [],
  infer: (args) => [args.tensor('self')],
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const self = args.tensor('self')
      const lead = self.shape.length - rank
      const sizes = args.dims('size')
      let tap: Expr = load(
        0,
        self,
        self.shape.map((_, i) => axisIndex(i)),
      )
      let flat: Expr = int(0)
      let stride: Dim = 1
      for (let i = rank - 1; i >= 0; i--) {
        const longest = longestWindow(at(sizes, i), at(self.shape, lead + i))
        const own = i === 0 ? tap : binary('remainder', tap, int(longest))
        tap = binary('floordiv', tap, int(longest))
        const [start] = adaptiveBounds(axisIndex(lead + i), at(sizes, i), at(self.shape, lead + i))
        flat = add(flat, mul(add(start, own), int(stride)))
        stride = dimMul(stride, at(sizes, i))
      }
      return { inputs: [self], results: [{ dtype: 'int64', axes: (outputs[0] as TensorMeta).shape, body: flat }] }
    },
  },
})

/** `[null, 7]`: null keeps the input's size. */
function adaptiveSizes(args: Args<TensorMeta>, rank: number): readonly Dim[] {
  const self = args.tensor('self')
  if (self.shape.length !== rank + 1 && self.shape.length !== rank + 2) {
    throw new OperatorError(
      'S3001',
      `adaptive pooling: input must have ${rank + 1} or ${rank + 2} dims, its shape is ${formatShape(self.shape)}`,
    )
  }
  return args.dimsOrNulls('output_size').map((size, i) => size ?? at(self.shape, self.shape.length - rank + i))
}

const adaptiveAverage = (rank: number): OperatorSpec<'decompose'> => ({
  schemas: [`adaptive_avg_pool${rank}d(Tensor self, SymInt?[${rank}] output_size) -> Tensor`],
  homes: ['F', ...(rank === 1 ? ['torch' as const] : [])],
  infer: (args) => [
    { dtype: args.tensor('self').dtype, shape: [...args.tensor('self').shape.slice(0, -rank), ...adaptiveSizes(args, rank)] },
  ],
  implementation: {
    kind: 'decompose',
    decompose(ops, args) {
      const self = args.tensor('self')
      const sizes = adaptiveSizes(args as unknown as Args<TensorMeta>, rank)
      const spatial = self.shape.slice(-rank)
      if (sizes.every((size) => size === 1)) {
        const sum = ops.call('aten::sum', [self, Array.from({ length: rank }, (_, i) => i - rank), true])
        return ops.call('aten::div', [sum, numel(spatial)])
      }
      const even = spatial.every((size, i) => isConst(size) && isConst(at(sizes, i)) && size % (at(sizes, i) as number) === 0)
      if (even && rank < 3) {
        const kernel = spatial.map((size, i) => (size as number) / (at(sizes, i) as number))
        return ops.call(`aten::avg_pool${rank}d`, [self, kernel])
      }
      return ops.call(`nn::adaptive_scale${rank}d`, [ops.call(`nn::adaptive_sum${rank}d`, [self, sizes]), spatial])
    },
  },
})

const adaptiveMax = (rank: number): OperatorSpec<'decompose'> => ({
  schemas: [`adaptive_max_pool${rank}d(Tensor self, SymInt?[${rank}] output_size) -> (Tensor, Tensor)`],
  homes: [],
  forms: [
    {
      home: 'F',
      schema: `adaptive_max_pool${rank}d(Tensor input, SymInt?[${rank}] output_size, bool return_indices=False) -> (Tensor, Tensor)`,
      when: { return_indices: true },
    },
  ],
  infer(args) {
    const self = args.tensor('self')
    const shape = [...self.shape.slice(0, -rank), ...adaptiveSizes(args, rank)]
    return [
      { dtype: self.dtype, shape },
      { dtype: 'int64', shape },
    ]
  },
  implementation: {
    kind: 'decompose',
    decompose(ops, args) {
      const self = args.tensor('self')
      const sizes = adaptiveSizes(args as unknown as Args<TensorMeta>, rank)
      const taken = ops.call(`nn::adaptive_max_tap${rank}d`, [self, sizes])
      return [
        ops.call(`nn::adaptive_max${rank}d`, [self, sizes]),
        ops.call(`nn::adaptive_position${rank}d`, [taken, self.shape.slice(-rank)]),
      ]
    },
  },
})

const adaptiveMaxValues = (rank: number): OperatorSpec<'decompose'> => ({
  schemas: [`adaptive_max_values${rank}d(Tensor self, SymInt?[${rank}] output_size) -> Tensor`],
  homes: [],
  forms: [
    {
      home: 'F',
      schema: `adaptive_max_pool${rank}d(Tensor input, SymInt?[${rank}] output_size, bool return_indices=False) -> Tensor`,
      when: { return_indices: false },
    },
  ],
  infer: (args) => [
    { dtype: args.tensor('self').dtype, shape: [...args.tensor('self').shape.slice(0, -rank), ...adaptiveSizes(args, rank)] },
  ],
  implementation: {
    kind: 'decompose',
    decompose: (ops, args) =>
      ops.call(`nn::adaptive_max${rank}d`, [args.tensor('self'), adaptiveSizes(args as unknown as Args<TensorMeta>, rank)]),
  },
})

export const adaptivePools = family({
  'aten::adaptive_avg_pool1d': adaptiveAverage(1),
  'aten::adaptive_avg_pool2d': adaptiveAverage(2),
  'aten::adaptive_avg_pool3d': adaptiveAverage(3),
  'aten::adaptive_max_pool1d': adaptiveMax(1),
  'aten::adaptive_max_pool2d': adaptiveMax(2),
  'aten::adaptive_max_pool3d': adaptiveMax(3),
  'nn::adaptive_max_values1d': adaptiveMaxValues(1),
  'nn::adaptive_max_values2d': adaptiveMaxValues(2),
  'nn::adaptive_max_values3d': adaptiveMaxValues(3),
  'nn::adaptive_sum1d': adaptiveWindow('adaptive_sum1d', 1, 'sum'),
  'nn::adaptive_sum2d': adaptiveWindow('adaptive_sum2d', 2, 'sum'),
  'nn::adaptive_sum3d': adaptiveWindow('adaptive_sum3d', 3, 'sum'),
  'nn::adaptive_max1d': adaptiveWindow('adaptive_max1d', 1, 'max'),
  'nn::adaptive_max2d': adaptiveWindow('adaptive_max2d', 2, 'max'),
  'nn::adaptive_max3d': adaptiveWindow('adaptive_max3d', 3, 'max'),
  'nn::adaptive_max_tap1d': adaptiveWindow('adaptive_max_tap1d', 1, 'argmax'),
  'nn::adaptive_max_tap2d': adaptiveWindow('adaptive_max_tap2d', 2, 'argmax'),
  'nn::adaptive_max_tap3d': adaptiveWindow('adaptive_max_tap3d', 3, 'argmax'),
  'nn::adaptive_scale1d': adaptiveScale(1),
  'nn::adaptive_scale2d': adaptiveScale(2),
  'nn::adaptive_scale3d': adaptiveScale(3),
  'nn::adaptive_position1d': adaptivePosition(1),
  'nn::adaptive_position2d': adaptivePosition(2),
  'nn::adaptive_position3d': adaptivePosition(3),
})
