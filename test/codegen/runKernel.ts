/** Compiles one kernel, both variants validated, and runs it on arrays: buffers are laid out one after another and read back. */
import { expect } from 'vitest'
import { emitModule, type Variant } from '../../src/compiler/codegen/wasm/index.ts'
import type { KernelArg, KernelFunction, MemoryPlan, ScheduledSegment } from '../../src/compiler/kernels/loop.ts'
import type { TypedArray } from '../../src/ops/dtype.ts'

export const variants: readonly Variant[] = ['simd', 'relaxed']

export function runKernel(kernel: KernelFunction, values: Readonly<Record<string, TypedArray | number>>, variant: Variant): void {
  const offsets = new Map<number, number>()
  const args: KernelArg[] = []
  const arrays: { array: TypedArray; at: number }[] = []
  let end = 0
  for (const [id, param] of kernel.params.entries()) {
    const value = values[param.name]
    if (param.p === 'scalar') args.push({ scalar: value as number, type: param.type })
    else {
      const array = value as TypedArray
      args.push({ buffer: id, offset: 0 })
      offsets.set(id, end)
      arrays.push({ array, at: end })
      end += Math.ceil(array.byteLength / 64) * 64
    }
  }
  const buffers = kernel.params.flatMap((param, id) =>
    param.p === 'buffer'
      ? [
          {
            id,
            name: param.name,
            dtype: param.element === 'f32' ? ('float32' as const) : param.element === 'i32' ? ('int32' as const) : ('uint8' as const),
            size: 0,
            role: 'temporary' as const,
          },
        ]
      : [],
  )
  const scheduled: ScheduledSegment = {
    segment: { name: 'run', buffers, inputs: [], outputs: [], scalars: [], stages: [] },
    buffers: [],
    calls: [{ kernel, args, flops: 0 }],
  }
  const plan: MemoryPlan = { arenaBytes: end, offsets }
  const bytes = emitModule([scheduled], [plan], { variant })
  expect(WebAssembly.validate(bytes as BufferSource)).toBe(true)
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / 65536) + 1 })
  const all = new Uint8Array(memory.buffer)
  for (const { array, at } of arrays) all.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), { env: { memory } })
  ;(instance.exports.run as (arena: number, weights: number) => void)(0, 0)
  for (const { array, at } of arrays)
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(all.subarray(at, at + array.byteLength))
}
