/** Results put together from several tensors, or from copies and reorderings of one: index expressions over their inputs. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimAdd, dimMul, dimSub } from './dimMath.ts'
import type { DType } from './dtype.ts'
import type { Expr } from './expr.ts'
import { add, axisIndex, binary, cast, constant, int, load, lt, select, sub } from './exprs.ts'
import { type Args, type Home, type InferContext, OperatorError, type TensorMeta } from './operator.ts'
import { promoteTypes } from './promote.ts'
import { broadcastShapes, formatShape, normalizeDim, normalizeDims, numel, requireEqualDims } from './shape.ts'

const both: readonly Home[] = ['torch', 'Tensor']
export const at = <T>(values: readonly T[], index: number): T => values[index] as T
const replaced = <T>(values: readonly T[], index: number, value: T): T[] => values.map((old, i) => (i === index ? value : old))

/** The loop indices of a result of `rank` dims. */
export const axes = (rank: number): readonly Expr[] => Array.from({ length: rank }, (_, i) => axisIndex(i))

/** PyTorch still lets tensors of shape [0] take part in any concatenation. */
const isLegacyEmpty = (tensor: TensorMeta): boolean => tensor.shape.length === 1 && tensor.shape[0] === 0

const joinedDtype = (tensors: readonly TensorMeta[]): DType => tensors.map((tensor) => tensor.dtype).reduce(promoteTypes)

function catShape(tensors: readonly TensorMeta[], dim: number, context: InferContext): readonly Dim[] {
  const real = tensors.filter((tensor) => !isLegacyEmpty(tensor))
  const first = real[0]
  if (!first) return [0]
  const axis = normalizeDim('cat', dim, first.shape.length)
  if (first.shape.length === 0) throw new OperatorError('S3001', 'cat: 0-dim tensors cannot be concatenated; use stack')
  let total: Dim = 0
  for (const { shape } of real) {
    const message = () => `cat: shapes ${formatShape(first.shape)} and ${formatShape(shape)} differ in more than dim ${axis}`
    if (shape.length !== first.shape.length) throw new OperatorError('S3001', message())
    for (const [i, size] of shape.entries()) if (i !== axis) requireEqualDims(size, at(first.shape, i), message, context)
    total = dimAdd(total, at(shape, axis))
  }
  return replaced(first.shape, axis, total)
}

/** A rearrangement of one tensor: each result position names the source position. */
export interface Rearrangement {
  readonly schemas: readonly string[]
  readonly homes?: readonly Home[]
  readonly shape: (self: TensorMeta, args: Args<TensorMeta>) => readonly Dim[]
  readonly source: (self: TensorMeta, args: Args<TensorMeta>, indices: readonly Expr[]) => readonly Expr[]
}

export const rearrangement = (spec: Rearrangement): OperatorSpec<'compute'> => ({
  schemas: spec.schemas,
  homes: spec.homes ?? both,
  infer: (args) => [{ dtype: args.tensor('self').dtype, shape: spec.shape(args.tensor('self'), args) }],
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const self = args.tensor('self')
      const out = outputs[0] as TensorMeta
      const body = load(0, self, spec.source(self, args as unknown as Args<TensorMeta>, axes(out.shape.length)))
      return { inputs: [self], results: [{ dtype: out.dtype, axes: out.shape, body }] }
    },
  },
})

const flipped = (self: TensorMeta, dims: readonly number[], indices: readonly Expr[]): readonly Expr[] =>
  indices.map((index, i) => (dims.includes(i) ? sub(int(dimSub(at(self.shape, i), 1)), index) : index))

const triangle = (name: 'tril' | 'triu', keep: (distance: Expr, diagonal: number) => Expr): OperatorSpec<'compute'> => ({
  schemas: [`${name}(Tensor self, int diagonal=0) -> Tensor`],
  homes: both,
  inplace: true,
  infer(args) {
    const self = args.tensor('self')
    if (self.shape.length < 2) throw new OperatorError('S3001', `${name}: needs at least 2 dims, the shape is ${formatShape(self.shape)}`)
    return [{ dtype: self.dtype, shape: self.shape }]
  },
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const self = args.tensor('self')
      const rank = self.shape.length
      const distance = sub(axisIndex(rank - 1), axisIndex(rank - 2))
      const body = select(keep(distance, args.int('diagonal')), load(0, self, axes(rank)), 0)
      return { inputs: [self], results: [{ dtype: self.dtype, axes: (outputs[0] as TensorMeta).shape, body }] }
    },
  },
})

export const joins = family({
  'aten::cat': {
    schemas: ['cat(Tensor[] tensors, int dim=0) -> Tensor'],
    homes: ['torch'],
    infer(args, context) {
      const tensors = args.tensors('tensors')
      if (tensors.length === 0) throw new OperatorError('S3001', 'cat: needs at least one tensor')
      return [{ dtype: joinedDtype(tensors), shape: catShape(tensors, args.int('dim'), context) }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const out = outputs[0] as TensorMeta
        const inputs = args.tensors('tensors').filter((tensor) => !isLegacyEmpty(tensor))
        const axis = inputs.length === 0 ? 0 : normalizeDim('cat', args.int('dim'), out.shape.length)
        let start: Dim = 0
        const starts = inputs.map((tensor) => {
          const from = start
          start = dimAdd(start, at(tensor.shape, axis))
          return from
        })
        const element = (i: number): Expr => {
          const tensor = at(inputs, i)
          const indices = axes(out.shape.length)
          const from = at(starts, i)
          return cast(
            load(i, tensor, replaced(indices, axis, from === 0 ? at(indices, axis) : sub(at(indices, axis), int(from)))),
            out.dtype,
          )
        }
        let body: Expr = inputs.length === 0 ? constant(0, out.dtype) : element(inputs.length - 1)
        for (let i = inputs.length - 2; i >= 0; i--) body = select(lt(axisIndex(axis), int(at(starts, i + 1))), element(i), body)
        return { inputs, results: [{ dtype: out.dtype, axes: out.shape, body }] }
      },
    },
  },
  'aten::stack': {
    schemas: ['stack(Tensor[] tensors, int dim=0) -> Tensor'],
    homes: ['torch'],
    infer(args, context) {
      const tensors = args.tensors('tensors')
      const first = tensors[0]
      if (!first) throw new OperatorError('S3001', 'stack: needs at least one tensor')
      for (const { shape } of tensors) {
        const message = () => `stack: shapes ${formatShape(first.shape)} and ${formatShape(shape)} must be equal`
        if (shape.length !== first.shape.length) throw new OperatorError('S3001', message())
        for (const [i, size] of shape.entries()) requireEqualDims(size, at(first.shape, i), message, context)
      }
      const dim = normalizeDim('stack', args.int('dim'), first.shape.length + 1)
      return [{ dtype: joinedDtype(tensors), shape: [...first.shape.slice(0, dim), tensors.length, ...first.shape.slice(dim)] }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const tensors = args.tensors('tensors')
        const dim = normalizeDim('stack', args.int('dim'), (tensors[0] as TensorMeta).shape.length + 1)
        return ops.call('aten::cat', [tensors.map((tensor) => ops.call('aten::unsqueeze', [tensor, dim])), dim])
      },
    },
  },
  'aten::broadcast_tensors': {
    schemas: ['broadcast_tensors(Tensor[] tensors) -> Tensor[]'],
    homes: ['torch'],
    variadic: true,
    infer(args, context) {
      const tensors = args.tensors('tensors')
      const shape = broadcastShapes(
        'broadcast_tensors',
        tensors.map((tensor) => tensor.shape),
        context,
      )
      return tensors.map(({ dtype }) => ({ dtype, shape }))
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const tensors = args.tensors('tensors')
        const shape = broadcastShapes(
          'broadcast_tensors',
          tensors.map((tensor) => tensor.shape),
          { fresh: () => 0, requireEqual: () => {} },
        )
        return tensors.map((tensor) => ops.call('aten::expand', [tensor, shape]))
      },
    },
  },
  'aten::meshgrid': {
    schemas: ["meshgrid.indexing(Tensor[] tensors, *, str indexing='ij') -> Tensor[]"],
    homes: ['torch'],
    variadic: true,
    infer(args) {
      const tensors = args.tensors('tensors')
      const shape = gridShape(tensors, args.string('indexing'))
      return tensors.map(({ dtype }) => ({ dtype, shape }))
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const tensors = args.tensors('tensors')
        const swap = args.string('indexing') === 'xy' && tensors.length > 1
        const shape = gridShape(tensors, args.string('indexing'))
        return tensors.map((tensor, i) => {
          const axis = swap && i < 2 ? 1 - i : i
          const own = shape.map((size, j) => (j === axis ? size : 1))
          return ops.call('aten::expand', [ops.call('aten::reshape', [tensor, own]), shape])
        })
      },
    },
  },
  'aten::flip': rearrangement({
    schemas: ['flip(Tensor self, int[] dims) -> Tensor'],
    shape: (self) => self.shape,
    source: (self, args, indices) => flipped(self, normalizeDims('flip', args.ints('dims'), self.shape.length, false), indices),
  }),
  'aten::fliplr': rearrangement({
    schemas: ['fliplr(Tensor self) -> Tensor'],
    shape(self) {
      if (self.shape.length < 2) throw new OperatorError('S3001', `fliplr: needs at least 2 dims, the shape is ${formatShape(self.shape)}`)
      return self.shape
    },
    source: (self, _, indices) => flipped(self, [1], indices),
  }),
  'aten::flipud': rearrangement({
    schemas: ['flipud(Tensor self) -> Tensor'],
    shape(self) {
      if (self.shape.length < 1) throw new OperatorError('S3001', 'flipud: needs at least one dim')
      return self.shape
    },
    source: (self, _, indices) => flipped(self, [0], indices),
  }),
  'aten::roll': rearrangement({
    schemas: ['roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor'],
    shape: (self) => self.shape,
    source(self, args, indices) {
      const shifts = args.dims('shifts')
      const given = args.ints('dims')
      if (given.length === 0 && shifts.length === 1 && self.shape.length > 0) {
        // Without dims the tensor is rolled as if it were flat.
        return unflattenIndex(
          binary('remainder', sub(flattenIndex(indices, self.shape), int(at(shifts, 0))), int(numel(self.shape))),
          self.shape,
        )
      }
      if (given.length !== shifts.length) throw new OperatorError('S3004', 'roll: shifts and dims must have the same length')
      let result = indices
      for (const [i, dim] of given.entries()) {
        const axis = normalizeDim('roll', dim, self.shape.length)
        if (self.shape.length === 0 || self.shape[axis] === 0) continue
        result = replaced(result, axis, binary('remainder', sub(at(result, axis), int(at(shifts, i))), int(at(self.shape, axis))))
      }
      return result
    },
  }),
  'aten::rot90': rearrangement({
    schemas: ['rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor'],
    shape(self, args) {
      const [a, b] = rotationDims(self, args)
      return args.int('k') % 2 === 0
        ? self.shape
        : self.shape.map((size, i) => (i === a ? at(self.shape, b) : i === b ? at(self.shape, a) : size))
    },
    source(self, args, indices) {
      const [a, b] = rotationDims(self, args)
      const turns = ((args.int('k') % 4) + 4) % 4
      const back = (dim: number, index: Expr): Expr => sub(int(dimSub(at(self.shape, dim), 1)), index)
      const [i, j] = [at(indices, a), at(indices, b)]
      const [x, y] = turns === 0 ? [i, j] : turns === 1 ? [j, back(b, i)] : turns === 2 ? [back(a, i), back(b, j)] : [back(a, j), i]
      return indices.map((index, k) => (k === a ? x : k === b ? y : index))
    },
  }),
  'aten::repeat': rearrangement({
    schemas: ['repeat(Tensor self, SymInt[] repeats) -> Tensor'],
    homes: ['Tensor'],
    shape(self, args) {
      const repeats = args.dims('repeats')
      const shift = repeats.length - self.shape.length
      if (shift < 0) throw new OperatorError('S3001', `repeat: ${repeats.length} repeats are too few for shape ${formatShape(self.shape)}`)
      return repeats.map((count, i) => (i < shift ? count : dimMul(count, at(self.shape, i - shift))))
    },
    source(self, _, indices) {
      const shift = indices.length - self.shape.length
      return self.shape.map((size, i) => (size === 1 ? int(0) : binary('remainder', at(indices, shift + i), int(size))))
    },
  }),
  'aten::tril': triangle('tril', (distance, diagonal) => binary('le', distance, diagonal)),
  'aten::triu': triangle('triu', (distance, diagonal) => binary('ge', distance, diagonal)),
  'aten::repeat_interleave': rearrangement({
    schemas: ['repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor'],
    shape(self, args) {
      const dim = args.intOrNull('dim')
      const repeats = args.dim('repeats')
      if (dim === null) return [self.shape.reduce<Dim>((count, size) => dimMul(count, size), repeats)]
      const axis = normalizeDim('repeat_interleave', dim, self.shape.length)
      return replaced(self.shape, axis, dimMul(at(self.shape, axis), repeats))
    },
    source(self, args, indices) {
      const dim = args.intOrNull('dim')
      const repeats = int(args.dim('repeats'))
      if (dim !== null) {
        const axis = normalizeDim('repeat_interleave', dim, self.shape.length)
        return replaced(indices, axis, binary('floordiv', at(indices, axis), repeats))
      }
      return unflattenIndex(binary('floordiv', at(indices, 0), repeats), self.shape)
    },
  }),
  'aten::diag_embed': {
    schemas: ['diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor'],
    homes: both,
    infer(args) {
      const self = args.tensor('self')
      const { shape } = embedded(self, args)
      return [{ dtype: self.dtype, shape }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const self = args.tensor('self')
        const out = outputs[0] as TensorMeta
        const { dim1, dim2 } = embedded(self, args as unknown as Args<TensorMeta>)
        const offset = args.int('offset')
        const [row, column] = [axisIndex(dim1), axisIndex(dim2)]
        const onDiagonal = binary('eq', sub(column, row), offset)
        const position = offset >= 0 ? row : column
        const rest = axes(out.shape.length).filter((_, i) => i !== dim1 && i !== dim2)
        return {
          inputs: [self],
          results: [{ dtype: out.dtype, axes: out.shape, body: select(onDiagonal, load(0, self, [...rest, position]), 0) }],
        }
      },
    },
  },
})

function gridShape(tensors: readonly TensorMeta[], indexing: string): readonly Dim[] {
  if (indexing !== 'ij' && indexing !== 'xy') throw new OperatorError('S2103', `meshgrid: indexing must be 'ij' or 'xy', not '${indexing}'`)
  const sizes = tensors.map((tensor) => {
    if (tensor.shape.length > 1)
      throw new OperatorError('S3001', `meshgrid: tensors must have at most one dim, one has shape ${formatShape(tensor.shape)}`)
    return tensor.shape[0] ?? 1
  })
  return indexing === 'xy' && sizes.length > 1 ? [at(sizes, 1), at(sizes, 0), ...sizes.slice(2)] : sizes
}

function rotationDims(self: TensorMeta, args: Args<TensorMeta>): readonly [number, number] {
  const dims = normalizeDims('rot90', args.ints('dims'), self.shape.length, false)
  if (dims.length !== 2) throw new OperatorError('S3004', 'rot90: needs two different dims')
  return [at(dims, 0), at(dims, 1)]
}

function embedded(
  self: TensorMeta,
  args: Args<TensorMeta>,
): { readonly shape: readonly Dim[]; readonly dim1: number; readonly dim2: number } {
  const rank = self.shape.length + 1
  const dim1 = normalizeDim('diag_embed', args.int('dim1'), rank)
  const dim2 = normalizeDim('diag_embed', args.int('dim2'), rank)
  if (dim1 === dim2) throw new OperatorError('S3004', `diag_embed: dim1 and dim2 are both ${dim1}`)
  const size = dimAdd(at(self.shape, self.shape.length - 1), Math.abs(args.int('offset')))
  const rest = self.shape.slice(0, -1)
  let next = 0
  return { dim1, dim2, shape: Array.from({ length: rank }, (_, i) => (i === dim1 || i === dim2 ? size : at(rest, next++))) }
}

/** The multi-index of a flat row-major position. */
export function unflattenIndex(flat: Expr, shape: readonly Dim[]): readonly Expr[] {
  const result: Expr[] = []
  let rest = flat
  for (let i = shape.length - 1; i >= 0; i--) {
    const size = int(at(shape, i))
    result.unshift(i === 0 ? rest : binary('remainder', rest, size))
    rest = binary('floordiv', rest, size)
  }
  return result
}

/** The flat row-major position of a multi-index. */
export function flattenIndex(indices: readonly Expr[], shape: readonly Dim[]): Expr {
  return indices.reduce<Expr>(
    (flat, index, i) => (i === 0 ? index : add({ e: 'binary', fn: 'mul', a: flat, b: int(at(shape, i)), dtype: 'int64' }, index)),
    int(0),
  )
}
