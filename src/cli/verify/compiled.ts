/** Case functions compiled for a device, each for the dtypes and shapes of its stored arguments, and run in this process. */
import { instantiatePrograms } from '../../compiler/artifact/instantiatePrograms.ts'
import type { CompileOptions } from '../../compiler/program.ts'
import { GpuTensor } from '../../gpu/gpuTensor.ts'
import * as gpu from '../../gpu/index.ts'
import * as runtime from '../../runtime/index.ts'
import type { TensorData } from '../../runtime/safetensors.ts'
import type { Terminal } from '../command.ts'
import { createProjectLoader } from '../project.ts'
import type { Device, LoadedFile } from './device.ts'
import { readParameters } from './parameters.ts'

export function openCompiled(terminal: Terminal, device: 'wasm' | 'webgpu', options: Partial<CompileOptions>): Device {
  const openProject = createProjectLoader(terminal)
  return {
    async load(source): Promise<LoadedFile> {
      const [project, parameters] = await Promise.all([openProject(source), readParameters(source)])
      return {
        async call(name, inputs) {
          const names = parameters.get(name) ?? []
          const signature = new Map(
            inputs.flatMap((input, i): [string, TensorData][] => (typeof input === 'object' ? [[names[i] as string, input]] : [])),
          )
          const program = project.compile(name, { signature, options: { ...options, targets: [device] } })
          const [callable] = await instantiatePrograms([program], runtime, gpu)
          await runtime.ready(callable, { device })
          const call = callable as unknown as runtime.Compiled<(...args: unknown[]) => unknown>
          const result = await call.async(
            ...inputs.map((input) =>
              typeof input === 'object' ? runtime.tensor(input.data, { dtype: input.dtype, shape: input.shape }) : input,
            ),
          )
          return device === 'webgpu' ? readBack(result) : result
        },
      }
    },
    async close() {},
  }
}

/** The same result with its tensors read from the device. */
async function readBack(result: unknown): Promise<unknown> {
  if (result instanceof GpuTensor) return new runtime.Tensor(result.dtype, result.shape, await result.data())
  return Array.isArray(result) ? Promise.all(result.map(readBack)) : result
}
