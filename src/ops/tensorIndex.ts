/**
 * `x[ids, :, mask]`: several index tensors, broadcast against each other; masks become the positions of their true elements.
 * Reading is an index expression (`nn::index`), writing a scatter into the flat tensor.
 */

import { family } from './define.ts'
import type { Dim } from './dim.ts'
import { isConst } from './dimMath.ts'
import { axisIndex, int, load } from './exprs.ts'
import { asInt, quiet, requireIndex, wrapped } from './indexArgs.ts'
import { type Args, type ArgValue, type Home, type InferContext, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { broadcastShapes, contiguousStrides, formatShape } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values[index] as T

const both: readonly Home[] = ['torch', 'Tensor']

/** Which dims of the result come from the indices: in place when the indexed dims are neighbours, in front otherwise. */
interface Indexing {
  readonly shape: readonly Dim[]
  readonly broadcast: readonly Dim[]
  /** First result axis of the broadcast index dims. */
  readonly at: number
  readonly dims: readonly number[]
}

function planIndex(name: string, self: TensorMeta, indices: readonly (TensorMeta | null)[], context: InferContext): Indexing {
  if (indices.length > self.shape.length)
    throw new OperatorError('S3004', `${name}: ${indices.length} indices are too many for a tensor of shape ${formatShape(self.shape)}`)
  const dims = indices.flatMap((index, i) => (index ? [i] : []))
  const tensors = indices.filter((index) => index !== null)
  for (const index of tensors) requireIndex(name, index)
  const broadcast = broadcastShapes(
    name,
    tensors.map((index) => index.shape),
    context,
  )
  const adjacent = dims.every((dim, i) => i === 0 || dim === at(dims, i - 1) + 1)
  const rest = self.shape.filter((_, i) => !dims.includes(i))
  const position = adjacent ? (dims[0] ?? 0) : 0
  return { shape: [...rest.slice(0, position), ...broadcast, ...rest.slice(position)], broadcast, at: position, dims }
}

/** Masks become the index tensors of their true elements; trailing dims stay as they are. */
function expandMasks<T extends TensorMeta>(
  ops: Ops<T>,
  name: string,
  self: TensorMeta,
  indices: readonly (T | null)[],
): readonly (T | null)[] {
  const result: (T | null)[] = []
  for (const index of indices) {
    if (index && (index.dtype === 'bool' || index.dtype === 'uint8')) {
      const own = self.shape.slice(result.length, result.length + index.shape.length)
      const differs = index.shape.some((size, i) => isConst(size) && isConst(own[i] as Dim) && size !== own[i])
      if (own.length !== index.shape.length || differs)
        throw new OperatorError(
          'S3001',
          `${name}: the mask of shape ${formatShape(index.shape)} does not fit ${formatShape(self.shape)} at dim ${result.length}`,
        )
      result.push(...ops.callMany('aten::nonzero_numpy', [index.dtype === 'bool' ? index : ops.call('aten::to', [index, 'bool'])]))
    } else result.push(index)
  }
  return result
}

const isMask = (index: TensorMeta | null): boolean => index !== null && (index.dtype === 'bool' || index.dtype === 'uint8')

/** What a mask would be replaced by, for shape inference. */
function maskMetas(indices: readonly (TensorMeta | null)[], context: InferContext): readonly (TensorMeta | null)[] {
  return indices.flatMap((index) => {
    if (!index || !isMask(index)) return [index]
    const count = context.fresh('selected')
    return Array.from({ length: index.shape.length }, () => ({ dtype: 'int64' as const, shape: [count] }))
  })
}

/** Flat positions in `self` of broadcast index tensors. */
function linearIndex<T extends TensorMeta>(ops: Ops<T>, self: TensorMeta, indices: readonly (T | null)[], plan: Indexing): T {
  const strides = contiguousStrides(self.shape)
  const rank = plan.shape.length
  const parts: T[] = []
  let rest = 0
  for (const [dim, stride] of strides.entries()) {
    const index = indices[dim] ?? null
    if (index) {
      const inside = ops.call('aten::where', [ops.call('aten::lt', [index, 0]), ops.call('aten::add', [index, at(self.shape, dim)]), index])
      const trailing = rank - plan.at - plan.broadcast.length
      const placed = ops.call('aten::reshape', [
        ops.call('aten::expand', [inside, plan.broadcast]),
        [...plan.broadcast, ...Array<number>(trailing).fill(1)],
      ])
      parts.push(ops.call('aten::mul', [placed, stride]))
    } else {
      const axis = rest < plan.at ? rest : rest + plan.broadcast.length
      rest++
      const own = ops.call('aten::arange', [at(self.shape, dim)], { dtype: 'int64' })
      parts.push(ops.call('aten::mul', [ops.call('aten::reshape', [own, [-1, ...Array<number>(rank - 1 - axis).fill(1)]]), stride]))
    }
  }
  const first = parts[0]
  if (!first) return ops.call('aten::zeros', [[1]], { dtype: 'int64' })
  return ops.call('aten::expand', [parts.slice(1).reduce((sum, part) => ops.call('aten::add', [sum, part]), first), plan.shape])
}

export const tensorIndexes = family({
  'aten::index': {
    schemas: ['index.Tensor(Tensor self, Tensor?[] indices) -> Tensor'],
    homes: [],
    infer(args, context) {
      const self = args.tensor('self')
      return [{ dtype: self.dtype, shape: planIndex('index', self, maskMetas(args.tensorsOrNulls('indices'), context), context).shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        return ops.call('nn::index', [self, expandMasks(ops, 'index', self, args.tensorsOrNulls('indices'))] as ArgValue<typeof self>[])
      },
    },
  },
  'nn::index': {
    schemas: ['index(Tensor self, Tensor?[] indices) -> Tensor'],
    homes: [],
    infer(args, context) {
      const self = args.tensor('self')
      return [{ dtype: self.dtype, shape: planIndex('index', self, args.tensorsOrNulls('indices'), context).shape }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const self = args.tensor('self')
        const out = outputs[0] as TensorMeta
        const indices = args.tensorsOrNulls('indices')
        const plan = planIndex('index', self, indices, quiet)
        const inputs: T[] = [self]
        let rest = 0
        const source = self.shape.map((size, dim) => {
          const index = indices[dim] ?? null
          if (!index) {
            const axis = rest < plan.at ? rest : rest + plan.broadcast.length
            rest++
            return axisIndex(axis)
          }
          inputs.push(index)
          const shift = plan.at + plan.broadcast.length - index.shape.length
          const position = load(
            inputs.length - 1,
            index,
            index.shape.map((n, i) => (n === 1 ? int(0) : axisIndex(shift + i))),
          )
          return wrapped(asInt(position), size)
        })
        return { inputs, results: [{ dtype: out.dtype, axes: out.shape, body: load(0, self, source) }] }
      },
    },
  },
  'aten::index_put': {
    schemas: ['index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor'],
    homes: both,
    inplace: true,
    infer(args, context) {
      const self = args.tensor('self')
      const plan = planIndex('index_put', self, maskMetas(args.tensorsOrNulls('indices'), context), context)
      const values = args.tensor('values')
      if (values.dtype !== self.dtype) throw new OperatorError('S3102', `index_put: self is ${self.dtype} but values is ${values.dtype}`)
      broadcastShapes('index_put', [plan.shape, values.shape], context)
      return [{ dtype: self.dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const indices = expandMasks(ops, 'index_put', self, args.tensorsOrNulls('indices'))
        const plan = planIndex('index_put', self, indices, quiet)
        const position = ops.call('aten::reshape', [linearIndex(ops, self, indices, plan), [-1]])
        const values = ops.call('aten::reshape', [ops.call('aten::expand', [args.tensor('values'), plan.shape]), [-1]])
        const flat = ops.call('aten::reshape', [self, [-1]])
        return ops.call('aten::reshape', [
          ops.call('nn::scatter', [flat, 0, position, values, args.bool('accumulate') ? 'sum' : 'replace', true]),
          self.shape,
        ])
      },
    },
  },
  'aten::put': {
    schemas: ['put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor'],
    homes: both,
    inplace: true,
    infer(args) {
      requireIndex('put', args.tensor('index'))
      return [{ dtype: args.tensor('self').dtype, shape: args.tensor('self').shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const flat = ops.call('aten::reshape', [self, [-1]])
        const result = ops.call('aten::index_put', [
          flat,
          [ops.call('aten::reshape', [args.tensor('index'), [-1]])],
          ops.call('aten::reshape', [args.tensor('source'), [-1]]),
          args.bool('accumulate'),
        ])
        return ops.call('aten::reshape', [result, self.shape])
      },
    },
  },
})
