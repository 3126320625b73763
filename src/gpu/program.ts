/**
 * A compiled program on a WebGPU device: pipelines made in parallel, weights uploaded once, and for each segment and set of scalars the buffers,
 * uniforms and bind groups made once and kept. A call is: upload what is not resident, one encoder, one pass, one submit.
 * Results stay on the device until they are read.
 */
import { giveBuffer, takeBuffer } from './bufferPool.ts'
import type { GpuCall, GpuManifest, GpuSegment } from './types.ts'

/** Element storage of a tensor on the device; u8 is widened to u32. */
export type GpuElement = 'f32' | 'i32' | 'u8'

interface Dispatch {
  readonly pipeline: GPUComputePipeline
  readonly group: GPUBindGroup
  readonly grid: readonly [number, number, number]
}

interface Prepared {
  readonly segment: GpuSegment
  readonly slots: readonly GPUBuffer[]
  readonly dispatches: readonly Dispatch[]
}

const storageUse = 0x80 | 0x8 | 0x4 // STORAGE | COPY_DST | COPY_SRC
const uniformUse = 0x40 | 0x8 // UNIFORM | COPY_DST
const readUse = 0x1 | 0x8 // MAP_READ | COPY_DST
/** Prepared segments kept for each segment of a program; the least recently used goes first. */
const keep = 8

export class GpuProgram {
  readonly device: GPUDevice
  readonly #manifest: GpuManifest
  readonly #pipelines: readonly GPUComputePipeline[]
  readonly #weights: readonly GPUBuffer[]
  readonly #prepared: readonly Map<string, Prepared>[]

  private constructor(device: GPUDevice, manifest: GpuManifest, pipelines: readonly GPUComputePipeline[], weights: readonly GPUBuffer[]) {
    this.device = device
    this.#manifest = manifest
    this.#pipelines = pipelines
    this.#weights = weights
    this.#prepared = manifest.segments.map(() => new Map())
  }

  /**
   * Compiles all pipelines at once and uploads the weights.
   * @throws with the compiler's messages when the WGSL does not compile.
   */
  static async create(device: GPUDevice, wgsl: string, manifest: GpuManifest, weights: Uint8Array): Promise<GpuProgram> {
    const module = device.createShaderModule({ code: wgsl })
    const pipelines = manifest.kernels.map(({ entry }) =>
      device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: entry } }),
    )
    const buffers = manifest.weights.map(({ offset, length, element }) => {
      const bytes = weights.subarray(offset, offset + length)
      return upload(
        device,
        createStorage(device, element === 'u8' ? length * 4 : length),
        element === 'u8' ? Uint32Array.from(bytes) : bytes,
      )
    })
    return new GpuProgram(device, manifest, await Promise.all(pipelines), buffers)
  }

  /** Runs a segment. Inputs are host arrays or device buffers of earlier results; gives one device buffer a result. */
  run(index: number, inputs: readonly (ArrayBufferView | GPUBuffer)[], scalars: readonly number[]): GPUBuffer[] {
    const { segment, slots, dispatches } = this.#prepare(index, scalars)
    const encoder = this.device.createCommandEncoder()
    segment.inputs.forEach((slot, i) => {
      const input = inputs[i]!
      if (input instanceof Uint8Array) upload(this.device, slots[slot]!, Uint32Array.from(input))
      else if (ArrayBuffer.isView(input)) upload(this.device, slots[slot]!, input)
      else encoder.copyBufferToBuffer(input, 0, slots[slot]!, 0, slots[slot]!.size)
    })
    const pass = encoder.beginComputePass()
    for (const { pipeline, group, grid } of dispatches) {
      pass.setPipeline(pipeline)
      pass.setBindGroup(0, group)
      pass.dispatchWorkgroups(...grid)
    }
    pass.end()
    const results = segment.outputs.map((slot) => {
      const result = takeBuffer(this.device, slots[slot]!.size, storageUse)
      encoder.copyBufferToBuffer(slots[slot]!, 0, result, 0, result.size)
      return result
    })
    this.device.queue.submit([encoder.finish()])
    return results
  }

  /** Number of dispatches of a segment: what a call costs most. */
  dispatches(index: number, scalars: readonly number[]): number {
    return this.#manifest.segments[index]!(...scalars).calls.length
  }

  #prepare(index: number, scalars: readonly number[]): Prepared {
    const cache = this.#prepared[index]!
    const key = scalars.join()
    const found = cache.get(key)
    if (found) {
      cache.delete(key)
      cache.set(key, found)
      return found
    }
    const segment = this.#manifest.segments[index]!(...scalars)
    const slots = segment.slots.map((bytes) => createStorage(this.device, bytes))
    const prepared = {
      segment,
      slots,
      dispatches: segment.calls.filter(({ grid }) => grid.every((extent) => extent > 0)).map((call) => this.#dispatch(call, slots)),
    }
    cache.set(key, prepared)
    if (cache.size > keep) {
      const [oldest, { slots: unused }] = cache.entries().next().value!
      cache.delete(oldest)
      for (const buffer of unused) giveBuffer(this.device, buffer)
    }
    return prepared
  }

  #dispatch(call: GpuCall, slots: readonly GPUBuffer[]): Dispatch {
    const { device } = this
    const { scalars } = this.#manifest.kernels[call.kernel]!
    const pipeline = this.#pipelines[call.kernel]!
    const words = new ArrayBuffer(Math.ceil((call.offsets.length + call.scalars.length) / 4) * 16)
    const view = new DataView(words)
    call.offsets.forEach((offset, i) => {
      view.setInt32(i * 4, offset, true)
    })
    call.scalars.forEach((value, i) => {
      const at = (call.offsets.length + i) * 4
      if (scalars[i] === 'f') view.setFloat32(at, value, true)
      else view.setInt32(at, value, true)
    })
    const uniform = device.createBuffer({ size: words.byteLength, usage: uniformUse })
    device.queue.writeBuffer(uniform, 0, words)
    const buffers = [...call.buffers.map((id) => (id < 0 ? this.#weights[-1 - id]! : slots[id]!)), uniform]
    const group = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    })
    return { pipeline, group, grid: call.grid }
  }
}

/** Reads a result back: resolves when the device has finished. */
export async function readBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  element: GpuElement,
  length: number,
): Promise<Float32Array | Int32Array | Uint8Array> {
  if (length === 0) return element === 'f32' ? new Float32Array(0) : element === 'i32' ? new Int32Array(0) : new Uint8Array(0)
  const staging = takeBuffer(device, length * 4, readUse)
  const encoder = device.createCommandEncoder()
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, length * 4)
  device.queue.submit([encoder.finish()])
  await staging.mapAsync(0x1)
  const bytes = staging.getMappedRange(0, length * 4).slice(0)
  staging.unmap()
  giveBuffer(device, staging)
  return element === 'f32' ? new Float32Array(bytes) : element === 'i32' ? new Int32Array(bytes) : Uint8Array.from(new Uint32Array(bytes))
}

function createStorage(device: GPUDevice, bytes: number): GPUBuffer {
  return takeBuffer(device, bytes, storageUse)
}

function upload(device: GPUDevice, buffer: GPUBuffer, data: ArrayBufferView): GPUBuffer {
  if (data.byteLength > 0) device.queue.writeBuffer(buffer, 0, data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
  return buffer
}
