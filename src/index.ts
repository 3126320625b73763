/**
 * `tensorscript`: what model files import. Uncompiled, everything executes eagerly; the plugin compiles what is marked with `script` and
 * replaces the import by `tensorscript/runtime`.
 */

export { Future, fork, wait } from './lang/future.ts'
export type { Index } from './lang/indexTypes.ts'
export type { StateDict } from './lang/module.ts'
export * as nn from './lang/nn/index.ts'
export {
  annotate,
  assert,
  exported,
  isScripting,
  ready,
  type Scripted,
  type ScriptFunction,
  type ScriptModule,
  type ScriptOptions,
  script,
  unused,
} from './lang/script.ts'
export { slice } from './lang/slice.ts'
export type { Dimension, Shape } from './lang/tensorTypes.ts'
export { F, Tensor, tensor, torch } from './lang/torch.ts'
export { isTracing, scriptIfTracing, type TraceOptions, trace, traceModule } from './lang/trace/trace.ts'
export type { Weights } from './lang/weights.ts'
export type { DType } from './ops/dtype.ts'
export { OperatorError } from './ops/operator.ts'
export type { Device, ReadyOptions } from './runtime/ready.ts'
export { divmod, floordiv, ignore, mod, range, roundHalfEven } from './runtime/values.ts'

/** A `number` that is an integer; erased by TypeScript, read by the compiler. */
export type int = number
/** A `number` that need not be an integer; the same as `number` in script code. */
export type float = number
/** An argument that the function writes to: the caller sees it. */
export type Mut<T> = T
