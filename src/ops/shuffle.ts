/** Shapes put together or taken apart by formulas over views: stacks, tiles, shuffles of channels and pixels, Kronecker products... */
import { composite } from './composite.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimFloorDiv, dimMul, isConst } from './dimMath.ts'
import { type ArgValue, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { formatShape, normalizeDim } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values.at(index) as T

function atLeast<T extends TensorMeta>(ops: Ops<T>, x: T, rank: 1 | 2 | 3): T {
  const n = x.shape.length
  if (n >= rank) return x
  if (rank === 1 || n === 0) return ops.call('aten::reshape', [x, Array<number>(rank).fill(1)])
  if (rank === 2) return ops.call('aten::unsqueeze', [x, 0])
  return n === 1 ? ops.call('aten::unsqueeze', [ops.call('aten::unsqueeze', [x, 0]), 2]) : ops.call('aten::unsqueeze', [x, 2])
}

const stack = (name: string, rank: 1 | 2 | 3, dimOf: (first: TensorMeta) => number): OperatorSpec<'decompose'> =>
  composite({
    schemas: [`${name}(Tensor[] tensors) -> Tensor`],
    homes: ['torch'],
    decompose(ops, args) {
      const tensors = args.tensors('tensors').map((tensor) => atLeast(ops, tensor, rank))
      return ops.call('aten::cat', [tensors, dimOf(at(tensors, 0))])
    },
  })

/** [..., c * r * r, h, w] <-> [..., c, h * r, w * r] */
const pixelShuffle = (
  name: string,
  factor: string,
  decompose: <T extends TensorMeta>(ops: Ops<T>, x: T, r: number, lead: readonly Dim[], c: Dim, h: Dim, w: Dim) => T,
) =>
  composite({
    schemas: [`${name}(Tensor self, int ${factor}) -> Tensor`],
    homes: ['torch', 'F'],
    decompose(ops, args) {
      const self = args.tensor('self')
      if (self.shape.length < 3) throw new OperatorError('S3001', `${name}: needs at least 3 dims, the shape is ${formatShape(self.shape)}`)
      return decompose(ops, self, args.int(factor), self.shape.slice(0, -3), at(self.shape, -3), at(self.shape, -2), at(self.shape, -1))
    },
  })

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)

export const shuffles = family({
  'aten::hstack': stack('hstack', 1, (first) => (first.shape.length === 1 ? 0 : 1)),
  'aten::vstack': stack('vstack', 2, () => 0),
  'aten::dstack': stack('dstack', 3, () => 2),
  'aten::column_stack': composite({
    schemas: ['column_stack(Tensor[] tensors) -> Tensor'],
    homes: ['torch'],
    decompose(ops, args) {
      const columns = args
        .tensors('tensors')
        .map((tensor) => (tensor.shape.length < 2 ? ops.call('aten::reshape', [tensor, [-1, 1]]) : tensor))
      return ops.call('aten::cat', [columns, 1])
    },
  }),
  'aten::atleast_1d': composite({
    schemas: ['atleast_1d(Tensor self) -> Tensor'],
    homes: ['torch'],
    decompose: (ops, args) => atLeast(ops, args.tensor('self'), 1),
  }),
  'aten::atleast_2d': composite({
    schemas: ['atleast_2d(Tensor self) -> Tensor'],
    homes: ['torch'],
    decompose: (ops, args) => atLeast(ops, args.tensor('self'), 2),
  }),
  'aten::atleast_3d': composite({
    schemas: ['atleast_3d(Tensor self) -> Tensor'],
    homes: ['torch'],
    decompose: (ops, args) => atLeast(ops, args.tensor('self'), 3),
  }),
  'aten::tile': composite({
    schemas: ['tile(Tensor self, SymInt[] dims) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose(ops, args) {
      const self = args.tensor('self')
      const dims = args.dims('dims')
      return ops.call('aten::repeat', [self, [...Array<number>(Math.max(0, self.shape.length - dims.length)).fill(1), ...dims]])
    },
  }),
  'aten::pixel_shuffle': pixelShuffle('pixel_shuffle', 'upscale_factor', (ops, x, r, lead, c, h, w) => {
    const n = lead.length
    const split = ops.call('aten::reshape', [x, [...lead, dimFloorDiv(c, r * r), r, r, h, w]])
    const order = [...range(n), n, n + 3, n + 1, n + 4, n + 2]
    return ops.call('aten::reshape', [
      ops.call('aten::permute', [split, order]),
      [...lead, dimFloorDiv(c, r * r), dimMul(h, r), dimMul(w, r)],
    ])
  }),
  'aten::pixel_unshuffle': pixelShuffle('pixel_unshuffle', 'downscale_factor', (ops, x, r, lead, c, h, w) => {
    const n = lead.length
    const split = ops.call('aten::reshape', [x, [...lead, c, dimFloorDiv(h, r), r, dimFloorDiv(w, r), r]])
    const order = [...range(n), n, n + 2, n + 4, n + 1, n + 3]
    return ops.call('aten::reshape', [
      ops.call('aten::permute', [split, order]),
      [...lead, dimMul(c, r * r), dimFloorDiv(h, r), dimFloorDiv(w, r)],
    ])
  }),
  'aten::channel_shuffle': composite({
    schemas: ['channel_shuffle(Tensor self, int groups) -> Tensor'],
    homes: ['torch', 'F'],
    decompose(ops, args) {
      const self = args.tensor('self')
      const groups = args.int('groups')
      const channels = at(self.shape, 1)
      if (isConst(channels) && channels % groups !== 0)
        throw new OperatorError('S3007', `channel_shuffle: ${channels} channels are not a multiple of ${groups} groups`)
      const [n, ...rest] = self.shape as readonly [Dim, ...Dim[]]
      const split = ops.call('aten::reshape', [self, [n, groups, dimFloorDiv(channels, groups), ...rest.slice(1)]])
      return ops.call('aten::reshape', [ops.call('aten::transpose', [split, 1, 2]), self.shape])
    },
  }),
  'aten::kron': composite({
    schemas: ['kron(Tensor self, Tensor other) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose(ops, args) {
      const [a, b] = [args.tensor('self'), args.tensor('other')]
      const rank = Math.max(a.shape.length, b.shape.length)
      const padded = (x: typeof a): readonly Dim[] => [...Array<number>(rank - x.shape.length).fill(1), ...x.shape]
      const [sa, sb] = [padded(a), padded(b)]
      const left = ops.call('aten::reshape', [a, sa.flatMap((size) => [size, 1])])
      const right = ops.call('aten::reshape', [b, sb.flatMap((size) => [1, size])])
      return ops.call('aten::reshape', [ops.call('aten::mul', [left, right]), sa.map((size, i) => dimMul(size, at(sb, i)))])
    },
  }),
  'aten::trace': composite({
    schemas: ['trace(Tensor self) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose(ops, args) {
      if (args.tensor('self').shape.length !== 2)
        throw new OperatorError('S3001', `trace: needs a matrix, the shape is ${formatShape(args.tensor('self').shape)}`)
      return ops.call('aten::sum', [ops.call('aten::diagonal', [args.tensor('self')])])
    },
  }),
  'aten::diag': composite({
    schemas: ['diag(Tensor self, int diagonal=0) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose(ops, args) {
      const self = args.tensor('self')
      return self.shape.length === 1
        ? ops.call('aten::diag_embed', [self, args.int('diagonal')])
        : ops.call('aten::clone', [ops.call('aten::diagonal', [self, args.int('diagonal')])])
    },
  }),
  'aten::diagflat': composite({
    schemas: ['diagflat(Tensor self, int offset=0) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose: (ops, args) => ops.call('aten::diag_embed', [ops.call('aten::reshape', [args.tensor('self'), [-1]]), args.int('offset')]),
  }),
  'aten::diff': composite({
    schemas: ['diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose(ops, args) {
      const self = args.tensor('self')
      const dim = normalizeDim('diff', args.int('dim'), self.shape.length)
      const parts = [args.tensorOrNull('prepend'), self, args.tensorOrNull('append')].filter((part) => part !== null)
      let x = parts.length > 1 ? ops.call('aten::cat', [parts, dim]) : self
      for (let i = 0; i < args.int('n'); i++) {
        const size = at(x.shape, dim)
        if (size === 0) break
        const [later, earlier] = [ops.call('aten::slice', [x, dim, 1]), ops.call('aten::slice', [x, dim, 0, -1])]
        x = ops.call(x.dtype === 'bool' ? 'aten::logical_xor' : 'aten::sub', [later, earlier])
      }
      return x
    },
  }),
  'aten::cross': crossProduct('cross', ['torch', 'Tensor'], 'int? dim=None'),
  'aten::linalg_cross': crossProduct('linalg_cross', ['linalg'], '*, int dim=-1'),
  'aten::sum_to_size': composite({
    schemas: ['sum_to_size(Tensor self, SymInt[] size) -> Tensor'],
    homes: ['Tensor'],
    variadic: true,
    decompose(ops, args) {
      const self = args.tensor('self')
      const size = args.dims('size')
      const lead = self.shape.length - size.length
      if (lead < 0)
        throw new OperatorError('S3001', `sum_to_size: shape ${formatShape(self.shape)} cannot be summed to ${formatShape(size)}`)
      const dims = self.shape.flatMap((own, i) => (i < lead || (size[i - lead] === 1 && own !== 1) ? [i] : []))
      const summed = dims.length === 0 ? self : ops.call('aten::sum', [self, dims, true])
      return lead === 0 ? summed : ops.call('aten::squeeze', [summed, range(lead)] as ArgValue<typeof self>[])
    },
  }),
  'aten::swapaxes': composite({
    schemas: ['swapaxes(Tensor self, int axis0, int axis1) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose: (ops, args) => ops.call('aten::transpose', [args.tensor('self'), args.int('axis0'), args.int('axis1')]),
  }),
})

/** Each component is the difference of two products of the other two: rolls by one and two along the dim of size 3. */
function crossProduct(name: string, homes: readonly ('torch' | 'Tensor' | 'linalg')[], dimSchema: string): OperatorSpec<'decompose'> {
  return composite({
    schemas: [`${name}(Tensor self, Tensor other, ${dimSchema}) -> Tensor`],
    homes,
    decompose(ops, args) {
      const [self, other] = [args.tensor('self'), args.tensor('other')]
      const found = args.intOrNull('dim') ?? self.shape.indexOf(3)
      const rank = Math.max(self.shape.length, other.shape.length)
      const dim = normalizeDim(name, found, rank) - rank
      if (self.shape.at(dim) !== 3 || other.shape.at(dim) !== 3) {
        throw new OperatorError(
          'S3001',
          `${name}: dim ${found} must have size 3, the shapes are ${formatShape(self.shape)} and ${formatShape(other.shape)}`,
        )
      }
      const rolled = (x: typeof self, by: number) => ops.call('aten::roll', [x, [-by], [dim]])
      const product = (a: number, b: number) => ops.call('aten::mul', [rolled(self, a), rolled(other, b)])
      return ops.call('aten::sub', [product(1, 2), product(2, 1)])
    },
  })
}
