/** A result that stays on its device until it is read: `await y.data()` waits for it; whatever needs the value before says so. */

import { type DType, storageOf, type TypedArray } from '../ops/dtype.ts'
import { Tensor } from '../runtime/tensor.ts'
import { giveBuffer } from './bufferPool.ts'
import { readBuffer } from './program.ts'

/** Buffers of results that nobody holds any more. */
const released = new FinalizationRegistry<{ readonly gpu: GPUDevice; readonly buffer: GPUBuffer }>(({ gpu, buffer }) =>
  giveBuffer(gpu, buffer),
)

function fail(): never {
  throw new Error('tensorscript: the value is on a WebGPU device: use `await y.data()`, or call the function through `await f.async(...)`')
}

export class GpuTensor extends Tensor {
  readonly gpu: GPUDevice
  #buffer: GPUBuffer | undefined
  #reading: Promise<TypedArray> | undefined
  #values: TypedArray | undefined

  constructor(dtype: DType, shape: readonly number[], gpu: GPUDevice, buffer: GPUBuffer) {
    super(dtype, shape, new Uint8Array(0))
    this.gpu = gpu
    this.#buffer = buffer
    Object.defineProperty(this, 'storage', { get: fail })
    released.register(this, { gpu, buffer }, this)
  }

  /** Where the elements are. @throws after disposal. */
  get buffer(): GPUBuffer {
    if (!this.#buffer) throw new Error('tensorscript: the tensor was disposed of')
    return this.#buffer
  }

  override get device(): 'webgpu' {
    return 'webgpu'
  }

  /** Resolves when the device has finished; the values are then kept. */
  override data(): Promise<TypedArray> {
    this.#reading ??= readBuffer(this.gpu, this.buffer, storageOf[this.dtype], this.numel()).then((values) => {
      this.#values = values
      return values
    })
    return this.#reading
  }

  /** @throws before `data()` has given the values: a device is not waited for synchronously. */
  override dataSync(): TypedArray {
    if (!this.#values) fail()
    return this.#values
  }

  override item(): number | boolean {
    return new Tensor(this.dtype, this.shape, this.dataSync()).item()
  }

  /** Hands the device's memory to results to come at once instead of when the tensor is collected. Values that were read stay. */
  [Symbol.dispose](): void {
    if (!this.#buffer) return
    released.unregister(this)
    giveBuffer(this.gpu, this.#buffer)
    this.#buffer = undefined
  }
}
