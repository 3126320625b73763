/**
 * The WebGPU device that programs run on: the one the application gave (`useDevice`), else one of our own, asked for once a realm.
 * A device that the application gave is never destroyed here.
 */

let chosen: Promise<GPUDevice> | undefined
/** `navigator.gpu`, or what the application handed over (Node: `create([])` of the `webgpu` package). */
let provider: GPU | undefined

/** Runs programs on a device of the application's. Call before `ready`. */
export function useDevice(device: GPUDevice): void {
  chosen = Promise.resolve(device)
}

/** Where adapters come from when there is no `navigator.gpu`, as in Node. */
export function useGPU(gpu: GPU): void {
  provider = gpu
  chosen = undefined
}

/** @throws when there is no WebGPU, no adapter or no device. */
export function getDevice(): Promise<GPUDevice> {
  chosen ??= requestDevice().catch((error) => {
    chosen = undefined
    throw error
  })
  return chosen
}

async function requestDevice(): Promise<GPUDevice> {
  const gpu = provider ?? (typeof navigator === 'undefined' ? undefined : navigator.gpu)
  if (!gpu)
    throw new Error(
      "tensorscript: there is no WebGPU here: use device 'wasm', or in Node give one with useGPU(create([])) of the webgpu package",
    )
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new Error("tensorscript: WebGPU has no adapter here: use device 'wasm'")
  const { maxStorageBufferBindingSize, maxBufferSize, maxStorageBuffersPerShaderStage, maxComputeWorkgroupStorageSize } = adapter.limits
  const device = await adapter.requestDevice({
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize, maxStorageBuffersPerShaderStage, maxComputeWorkgroupStorageSize },
  })
  device.lost.then(({ reason }) => {
    if (reason !== 'destroyed') chosen = undefined
  })
  return device
}
