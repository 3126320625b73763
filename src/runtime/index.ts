/** `tensorscript/runtime`: what ships with a compiled app. Everything here tree-shakes; nothing imports the compiler or the eager library. */
export { checkTensor, guard } from './checks.ts'
export {
  host_bincount,
  host_gcd_dense,
  host_lcm_dense,
  host_one_hot_counted,
  host_repeat_interleave_by,
  host_tensor_split_at,
} from './host/counting.ts'
export * from './host/linalg.ts'
export * from './host/lists.ts'
export * from './host.ts'
export { instances } from './instances.ts'
export { memoryUse } from './memory.ts'
export { defineModule, defineState } from './module.ts'
export { nativeCode } from './native.ts'
export {
  type Asset,
  type Compiled,
  type DeviceLoader,
  type DeviceProgram,
  defineProgram,
  type ProgramAssets,
  type ProgramInstance,
  run,
} from './program.ts'
export { type Device, type Loadable, type LoadRequest, loadable, type ReadyOptions, ready } from './ready.ts'
export { runRows } from './runRows.ts'
export { assign, own, read } from './shared.ts'
export { Tensor, tensor } from './tensor.ts'
export type { ProgramManifest, SegmentManifest } from './types.ts'
export * from './values.ts'
