/** Schedules a segment, compiles it and runs it on arrays: what the runtime does, without the runtime. */
import { expect } from 'vitest'
import { emitModule, placeDerived, type Variant } from '../../src/compiler/codegen/wasm/index.ts'
import type { MemoryPlan } from '../../src/compiler/kernels/loop.ts'
import { packConstant } from '../../src/compiler/kernels/packing.ts'
import { planMemory } from '../../src/compiler/kernels/planMemory.ts'
import { scheduleSegment } from '../../src/compiler/kernels/schedules/index.ts'
import type { Access, BufferDecl, BufferId, SegmentProgram, Stage } from '../../src/compiler/kernels/stage.ts'
import type { Dim } from '../../src/ops/dim.ts'
import { evaluateDim, symbolsOf } from '../../src/ops/dimMath.ts'
import { type DType, storageOf, type TypedArray } from '../../src/ops/dtype.ts'
import { contiguousStrides } from '../../src/ops/shape.ts'
import type { Constants, Env } from '../kernels/interpretStages.ts'

export function runSegment(
  segment: SegmentProgram,
  inputs: readonly TypedArray[],
  constants: Constants,
  variant: Variant,
  env: Env = {},
): readonly TypedArray[] {
  const scheduled = scheduleSegment(segment, { exact: false, native: variant === 'native' })
  const plan = planMemory(scheduled)
  const weights = new Map<BufferId, number>()
  const packed: { readonly data: TypedArray; readonly at: number }[] = []
  let end = 0
  for (const buffer of [...segment.buffers, ...scheduled.buffers].filter(({ role, derived }) => role === 'weight' && !derived)) {
    const constant = constants.get(buffer.constant!)!
    const data = buffer.packing ? packConstant(buffer.packing, constant) : constant.data
    weights.set(buffer.id, end)
    packed.push({ data, at: end })
    end = Math.ceil((end + data.byteLength) / 64) * 64
  }
  const all: MemoryPlan = { ...plan, offsets: new Map([...plan.offsets, ...weights]) }
  const bytes = emitModule([scheduled], [all], { variant })
  expect(WebAssembly.validate(bytes as BufferSource)).toBe(true)
  const derived = placeDerived([scheduled], [all]) ?? { at: 0, bytes: 0 }
  const arena = Math.max(end, derived.at + derived.bytes)
  const arenaBytes = evaluateDim(plan.arenaBytes, env)
  // Nothing behind the arena: reading past it in the last page shows as a trap only at its end, reading what was never written as NaN.
  const memory = new WebAssembly.Memory({ initial: Math.ceil((arena + arenaBytes) / 65536) })
  new Uint8Array(memory.buffer).fill(0xff)
  const view = (dtype: DType, at: number, length: number): TypedArray =>
    storageOf[dtype] === 'f32'
      ? new Float32Array(memory.buffer, at, length)
      : storageOf[dtype] === 'i32'
        ? new Int32Array(memory.buffer, at, length)
        : new Uint8Array(memory.buffer, at, length)
  for (const { data, at } of packed) new Uint8Array(memory.buffer, at).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  const placeOf = (id: BufferId): number => arena + evaluateDim(plan.offsets.get(id)!, env)
  const sizeOf = (id: BufferId): number => evaluateDim(segment.buffers.find((buffer) => buffer.id === id)!.size, env)
  segment.inputs.forEach((access, i) => {
    const data = inputs[i]!
    view(access.dtype, placeOf(access.buffer), data.length).set(data)
  })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), { env: { memory } })
  ;(instance.exports.prepare as ((weights: number, derived: number) => void) | undefined)?.(0, derived.at)
  const scalars = segment.scalars.map(({ name }) => env[name]!)
  ;(instance.exports[segment.name] as (...args: number[]) => void)(arena, 0, ...scalars)
  return segment.outputs.map((access) => view(access.dtype, placeOf(access.buffer), sizeOf(access.buffer)).slice())
}

/** Makes a segment buffer by buffer. */
export class SegmentMaker {
  readonly buffers: BufferDecl[] = []
  readonly inputs: Access[] = []
  readonly outputs: Access[] = []
  readonly stages: Stage[] = []
  readonly constants = new Map<string, { id: never; name: string; dtype: DType; shape: readonly number[]; data: TypedArray }>()

  /** `order`: axes from slowest to fastest; row-major without. */
  #add(role: BufferDecl['role'], dtype: DType, shape: readonly Dim[], order: readonly number[], constant?: string): Access {
    const strides: Dim[] = []
    contiguousStrides(order.map((axis) => shape[axis]!)).forEach((stride, i) => {
      strides[order[i]!] = stride
    })
    const dense = contiguousStrides([...shape, 1])
    const size = shape.length === 0 ? 1 : dense[0] === undefined ? 1 : mulDims(shape)
    const id = this.buffers.length
    this.buffers.push({
      id,
      name: `${role}${id}`,
      dtype,
      size,
      role,
      ...(constant === undefined ? {} : { constant: constant as never, packing: null }),
    })
    return { buffer: id, dtype, shape, strides, offset: 0 }
  }

  input(shape: readonly Dim[], dtype: DType = 'float32', order = shape.map((_, i) => i)): Access {
    const access = this.#add('input', dtype, shape, order)
    this.inputs.push(access)
    return access
  }

  output(shape: readonly Dim[], dtype: DType = 'float32', order = shape.map((_, i) => i)): Access {
    const access = this.#add('output', dtype, shape, order)
    this.outputs.push(access)
    return access
  }

  temporary(shape: readonly Dim[], dtype: DType = 'float32', order = shape.map((_, i) => i)): Access {
    return this.#add('temporary', dtype, shape, order)
  }

  weight(shape: readonly number[], data: TypedArray, order = shape.map((_, i) => i)): Access {
    const name = `c${this.constants.size}`
    this.constants.set(name, { id: name as never, name, dtype: 'float32', shape, data })
    return this.#add('weight', 'float32', shape, order, name)
  }

  finish(): SegmentProgram {
    const dims = this.buffers.flatMap(({ size }) => [size])
    return {
      name: 'segment0',
      buffers: this.buffers,
      inputs: this.inputs,
      outputs: this.outputs,
      scalars: symbolsOf(...dims).map(({ name, type }) => ({ name, type })),
      stages: this.stages,
    }
  }
}

const mulDims = (shape: readonly Dim[]): Dim => contiguousStrides([0, ...shape])[0]!
