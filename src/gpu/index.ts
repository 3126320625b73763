/** `tensorscript/gpu`: what ships for WebGPU besides the runtime core. */
export { getDevice, useDevice, useGPU } from './device.ts'
export { deviceLoader } from './deviceLoader.ts'
export { GpuTensor } from './gpuTensor.ts'
export { GpuProgram, readBuffer } from './program.ts'
export type { GpuCall, GpuKernel, GpuManifest, GpuSegment } from './types.ts'
