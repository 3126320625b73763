/**
 * The exported function `warm()`: has every kernel jump back over its own code so often (`countDown`) that an engine which charges for that takes it for hot
 * and compiles it with its optimising tier in the background. Called while weights are still to be read, it takes the slow first tier out of the first result.
 */
import { FunctionBuilder, type ValueType } from './encoder.ts'
import { op } from './opcodes.ts'

/**
 * V8 charges a jump back with the machine code it crosses and compiles a function again when the sum reaches this: 1.8 million in Node 20, 13 million from
 * V8 12 on (`--wasm-tiering-budget`). Its first tier makes 2.5 bytes of code or more of a byte of wasm.
 */
const budget = 13e6
const expansion = 2.5

export interface WarmKernel {
  readonly index: number
  readonly params: readonly ValueType[]
  /** Bytes of wasm. */
  readonly size: number
}

/** In the order given. `counter` is the global that kernels count down. */
export function emitWarm(kernels: readonly WarmKernel[], counter: number): FunctionBuilder {
  const f = new FunctionBuilder({ params: [], results: [] })
  for (const { index, params, size } of kernels) {
    f.i32(Math.ceil(budget / (expansion * size)))
      .op(op.global_set)
      .code.u32(counter)
    for (const type of params) type === 'f32' ? f.f32(0) : f.i32(0)
    f.call(index)
  }
  return f
}
