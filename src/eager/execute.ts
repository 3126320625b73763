/**
 * Runs one operator on eager tensors, by the kind of its implementation. Decompositions call back into this file, so every operator of
 * the registry runs uncompiled with the same rules that the compiler uses.
 */
import { BoundArgs as Bound, type BoundArgs, isTensorMeta } from '../ops/args.ts'
import { symVar } from '../ops/dimMath.ts'
import type { ArgValue, DenseTensor, InferContext, Operator, Ops, StridedMeta, TensorMeta } from '../ops/operator.ts'
import { findOperator } from '../ops/registry.ts'
import { bindValues } from '../ops/valueDomain.ts'
import { storageClass, Tensor } from '../runtime/tensor.ts'
import { evaluateCompute } from './compute.ts'
import { activeRecorder, withRecorder } from './recorder.ts'

/** Everything is known; a shape that depends on data is found by running. */
const context: InferContext = {
  fresh: (hint) => symVar(hint, 'int', { min: 0 }),
  requireEqual: () => {},
}

/** All results, in order. A running trace sees the operator, but not what it is made of. */
export function execute(operator: Operator, args: BoundArgs<Tensor>): readonly Tensor[] {
  const recorder = activeRecorder()
  if (!recorder) return run(operator, args)
  return recorder.operator(operator, args, () => withRecorder(null, () => run(operator, args)), hasManyResults(args))
}

function run(operator: Operator, args: BoundArgs<Tensor>): readonly Tensor[] {
  const { implementation } = operator
  // Host operators find the shape by running.
  if (implementation.kind === 'host')
    return implementation.run(denseArgs(args)).map(({ dtype, shape, data }) => new Tensor(dtype, shape, data))
  const outputs = operator.infer(args as unknown as BoundArgs<TensorMeta>, context)
  switch (implementation.kind) {
    case 'compute': {
      const { inputs, results } = implementation.compute(args, outputs)
      return results.map((compute) => evaluateCompute(compute, inputs))
    }
    case 'view': {
      const self = args.tensor('self')
      const metas = args as unknown as BoundArgs<TensorMeta>
      const views = implementation.view(self, metas, outputs)
      if (views) return views.map((view) => asView(self, view))
      const copy = contiguous(self)
      return (implementation.view(copy, metas, outputs) as readonly StridedMeta[]).map((view) => asView(copy, view))
    }
    case 'decompose': {
      const result = implementation.decompose(eagerOps, args)
      const results = Array.isArray(result) ? (result as readonly Tensor[]) : [result as Tensor]
      if (!operator.mutates) return results
      const self = args.tensor('self')
      copyInto(self, results[0] as Tensor)
      return [self]
    }
    case 'kernel': {
      const results = outputs.map(({ dtype, shape }) => {
        const sizes = shape as readonly number[]
        return new Tensor(dtype, sizes, new (storageClass(dtype))(sizes.reduce((a, b) => a * b, 1)))
      })
      implementation.reference(
        denseArgs(args),
        results.map((tensor) => ({ dtype: tensor.dtype, shape: tensor.shape, data: tensor.storage })),
      )
      return results
    }
    case 'meta':
      throw new Error(`internal error: ${operator.name} gives no tensor`)
    default:
      return implementation satisfies never
  }
}

/** Several results (a tuple or a list), or one. */
export const hasManyResults = ({ schema }: BoundArgs<Tensor>): boolean =>
  schema.returns.length !== 1 || schema.returns[0]?.type.t === 'list'

const asView = (self: Tensor, view: StridedMeta): Tensor =>
  new Tensor(self.dtype, view.shape as readonly number[], self.storage, view.strides as readonly number[], view.offset as number)

/** The tensor itself when dense, else a copy that is. */
export const contiguous = (self: Tensor): Tensor =>
  self.isContiguous() && self.offset === 0 ? self : new Tensor(self.dtype, self.shape, self.dataSync())

/** Writes through views: the in-place operators. `source` has self's dtype and shape. */
export function copyInto(self: Tensor, source: Tensor): void {
  const values = source.storage === self.storage ? source.dataSync().slice() : source.dataSync()
  const { storage, shape, strides } = self
  if (self.isContiguous()) {
    storage.set(values, self.offset)
    return
  }
  let at = 0
  const write = (axis: number, to: number): void => {
    if (axis === shape.length) {
      storage[to] = values[at++] as number
      return
    }
    for (let i = 0; i < (shape[axis] as number); i++) write(axis + 1, to + i * (strides[axis] as number))
  }
  write(0, self.offset)
}

function denseArgs(args: BoundArgs<Tensor>): BoundArgs<DenseTensor> {
  const dense = (value: ArgValue<Tensor>): ArgValue<DenseTensor> => {
    if (Array.isArray(value)) return value.map((element) => dense(element as ArgValue<Tensor>)) as unknown as ArgValue<DenseTensor>
    if (isTensorMeta(value)) return { dtype: value.dtype, shape: value.shape, data: (value as Tensor).dataSync() } as DenseTensor
    return value as ArgValue<DenseTensor>
  }
  return new Bound<DenseTensor>(args.operator, args.schema, args.values.map(dense))
}

function operatorNamed(name: string): Operator {
  const operator = findOperator(name)
  if (!operator) throw new Error(`internal error: no operator ${name}`)
  return operator
}

/** What decompositions call when they run uncompiled. */
export const eagerOps: Ops<Tensor> = {
  call(name, args, named) {
    const operator = operatorNamed(name)
    return execute(operator, bindValues(operator, args, named))[0] as Tensor
  },
  callMany(name, args, named) {
    const operator = operatorNamed(name)
    return execute(operator, bindValues(operator, args, named))
  },
}
