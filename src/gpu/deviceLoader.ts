/** Brings a program onto the WebGPU device: what the emitted JavaScript hands to the runtime (`DeviceLoader`). */
import type { DeviceLoader } from '../runtime/program.ts'
import { getDevice } from './device.ts'
import { GpuTensor } from './gpuTensor.ts'
import { GpuProgram } from './program.ts'
import type { GpuManifest } from './types.ts'

/** `weightsHash` and `weightBytes` are of the GPU's weights file, whose end the weights are. */
export function deviceLoader(manifest: GpuManifest, weightsHash: string, weightBytes: number): DeviceLoader {
  return async (wgsl, file, segments) => {
    const device = await getDevice()
    if (file) checkWeights(file, weightsHash, weightBytes)
    const weights = file ? file.subarray(file.length - weightBytes) : new Uint8Array(0)
    const program = await GpuProgram.create(device, wgsl, manifest, weights)
    return {
      run(index, inputs, scalars, shapes) {
        const sources = inputs.map((input) => (input instanceof GpuTensor && input.gpu === device ? input.buffer : input.dataSync()))
        const buffers = program.run(index, sources, scalars.map(Number))
        return buffers.map((buffer, i) => new GpuTensor(segments[index]!.outputs[i]!.dtype, shapes[i]!, device, buffer))
      },
    }
  }
}

function checkWeights(file: Uint8Array, hash: string, weightBytes: number): void {
  let found: unknown
  try {
    found = JSON.parse(new TextDecoder().decode(file.subarray(8, file.length - weightBytes))).__metadata__['tensorscript.hash']
  } catch {
    throw new Error('tensorscript: cannot read the WebGPU weights: the file is truncated or no safetensors file')
  }
  if (found !== hash)
    throw new Error('tensorscript: the program and its WebGPU weights are of different builds: reload without cache, or deploy both')
}
