/** WebGPU in Node: through the `webgpu` package, which brings Dawn, where the project has it installed. */
import { useGPU } from '../gpu/device.ts'

export async function useWebGPU(): Promise<void> {
  let webgpu: typeof import('webgpu')
  try {
    webgpu = await import('webgpu')
  } catch (error) {
    throw new Error("running on WebGPU in Node needs the package 'webgpu': npm install --save-dev webgpu", { cause: error })
  }
  Object.assign(globalThis, webgpu.globals)
  useGPU(webgpu.create([]))
}
