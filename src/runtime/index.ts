/** `tensorscript/runtime`: what ships with a compiled app. Everything here tree-shakes; nothing imports the compiler or the eager library. */
export { checkTensor, guard } from './checks.ts'
export * from './host.ts'
export { memoryUse } from './memory.ts'
export { type Asset, type Compiled, defineProgram, type ProgramAssets, type ProgramInstance, run } from './program.ts'
export { type Device, type Loadable, type LoadRequest, loadable, type ReadyOptions, ready } from './ready.ts'
export { Tensor, tensor } from './tensor.ts'
export type { ProgramManifest, SegmentManifest } from './types.ts'
export * from './values.ts'
