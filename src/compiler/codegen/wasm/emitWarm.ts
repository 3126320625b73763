/**
 * The exported function `warm()`: calls every kernel so often, with nothing to do, that an engine which counts calls takes it for hot and compiles it
 * with its optimising tier in the background. Called while weights are still to be read, it takes the slow first tier out of the first result.
 */
import { FunctionBuilder, type ValueType } from './encoder.ts'
import { op } from './opcodes.ts'

/** V8 charges a call with the size of the code up to its end: this many use up the budget of all but small functions. */
const rounds = 1000

export interface WarmKernel {
  readonly index: number
  readonly params: readonly ValueType[]
}

/** `skip` is the global that makes kernels return at once. */
export function emitWarm(kernels: readonly WarmKernel[], skip: number): FunctionBuilder {
  const f = new FunctionBuilder({ params: [], results: [] })
  const round = f.local('i32')
  f.i32(1).op(op.global_set).code.u32(skip)
  f.loop()
  for (const { index, params } of kernels) {
    for (const type of params) type === 'f32' ? f.f32(0) : f.i32(0)
    f.call(index)
  }
  f.get(round).i32(1).op(op.i32_add).tee(round).i32(rounds).op(op.i32_ne).branchIf(0).end()
  f.i32(0).op(op.global_set).code.u32(skip)
  return f
}
