/**
 * One kernel under construction, of either target: hands out parameters for buffers and symbols as a schedule mentions them and closes with the call.
 * Parameters are named by order of first use and an access's offset is an argument, so that equal work on other buffers is the same function.
 */
import type { Dim, SymOp } from '../../../ops/dim.ts'
import { dimAdd, dimRange, dimSub, isConst } from '../../../ops/dimMath.ts'
import { type DType, elementBytes, storageOf } from '../../../ops/dtype.ts'
import type { KernelArg, KernelCall, LoopBinary, LoopExpr, LoopParam, LoopStmt, LoopType } from '../loop.ts'
import { add, binary, convert, i32, load, store, variable } from '../loopCode.ts'
import type { Access, BufferDecl, BufferId } from '../stage.ts'

const dimFns: { readonly [O in SymOp]: LoopBinary } = {
  add: 'add',
  mul: 'mul',
  floordiv: 'floordiv',
  mod: 'floormod',
  max: 'max',
  min: 'min',
}

interface BufferParam {
  readonly id: BufferId
  readonly offset: Dim
  readonly name: string
  readonly element: 'f32' | 'i32' | 'u8'
  access: 'read' | 'write' | 'readwrite'
}

/** The type that a value of a dtype has in code. */
export const loopTypeOf = (dtype: DType): 'f32' | 'i32' | 'mask' => (dtype === 'float32' ? 'f32' : dtype === 'bool' ? 'mask' : 'i32')

export class KernelBuilder {
  readonly #buffers: BufferParam[] = []
  readonly #scalars = new Map<
    string,
    { readonly name: string; readonly type: 'i32' | 'f32'; readonly natural: boolean; readonly arg: KernelArg }
  >()
  #names = 0

  fresh(hint: string): string {
    return `${hint}${this.#names++}`
  }

  /** A dim as an i32 expression (a lone float symbol: f32). */
  dim(dim: Dim): LoopExpr {
    if (isConst(dim)) return i32(dim)
    if (dim.op === 'var') {
      const type = dim.type === 'float' ? 'f32' : 'i32'
      let known = this.#scalars.get(dim.name)
      if (!known) {
        known = { name: `s${this.#scalars.size}`, type, natural: (dim.min ?? -1) >= 0, arg: { scalar: dim, type } }
        this.#scalars.set(dim.name, known)
      }
      return variable(known.name, type)
    }
    return dim.args.map((arg) => this.dim(arg)).reduce((a, b) => binary(dimFns[dim.op], a, b))
  }

  /**
   * The parameter that stands for `buffer + offset`, and how far the offset lies from it: offsets that differ by a number share a parameter,
   * and so a pointer.
   */
  #place(id: BufferId, dtype: DType, offset: Dim, mode: 'read' | 'write'): { readonly name: string; readonly delta: number } {
    for (const known of this.#buffers) {
      if (known.id !== id) continue
      const delta = dimSub(offset, known.offset)
      if (!isConst(delta)) continue
      if (known.access !== mode) known.access = 'readwrite'
      return { name: known.name, delta }
    }
    const name = `b${this.#buffers.length}`
    this.#buffers.push({ id, offset, name, element: storageOf[dtype], access: mode })
    return { name, delta: 0 }
  }

  /** Loads one element or four adjacent ones; `more` is added to the access's offset. bool comes as a mask. */
  load(access: Access, index: LoopExpr, vector = false, more: Dim = 0): LoopExpr {
    const { name, delta } = this.#place(access.buffer, access.dtype, dimAdd(access.offset, more), 'read')
    const type = storageOf[access.dtype] === 'f32' ? (vector ? 'f32x4' : 'f32') : vector ? 'i32x4' : 'i32'
    const loaded = load(type, name, add(index, delta))
    return access.dtype === 'bool' ? convert(vector ? 'maskx4' : 'mask', loaded) : loaded
  }

  store(access: Access, index: LoopExpr, value: LoopExpr): LoopStmt {
    const { name, delta } = this.#place(access.buffer, access.dtype, access.offset, 'write')
    return store(name, add(index, delta), value)
  }

  finish(name: string, body: readonly LoopStmt[], flops: Dim, repeat?: { readonly count: Dim; readonly panel: string }): KernelCall {
    const buffers = this.#buffers
    const scalars = [...this.#scalars.values()]
    const params: LoopParam[] = [
      ...buffers.map(({ name: param, element, access, offset }): LoopParam => {
        const below = dimRange(offset).min < 0
        return { p: 'buffer', name: param, element, access, ...(below ? { below } : {}) }
      }),
      ...scalars.map(({ name: param, type, natural }): LoopParam => ({ p: 'scalar', name: param, type, ...(natural ? { natural } : {}) })),
    ]
    if (repeat) params.push({ p: 'scalar', name: repeat.panel, type: 'i32', natural: true })
    const args: KernelArg[] = [...buffers.map(({ id, offset }) => ({ buffer: id, offset })), ...scalars.map(({ arg }) => arg)]
    return { kernel: { name, params, body }, args, flops, ...(repeat ? { repeat: repeat.count } : {}) }
  }
}

/** Gives out ids for the buffers that schedules add: packed and derived weights, scratch; and collects the calls that fill derived ones. */
export class SegmentBuffers {
  readonly added: BufferDecl[] = []
  readonly prepare: KernelCall[] = []
  readonly #known: Map<BufferId, BufferDecl>
  #next: number

  /** Whether products get calls for the `native` variant too. */
  readonly native: boolean

  constructor(buffers: readonly BufferDecl[], native: boolean) {
    this.native = native
    this.#known = new Map(buffers.map((buffer) => [buffer.id, buffer]))
    this.#next = buffers.reduce((max, { id }) => Math.max(max, id), -1) + 1
  }

  get(id: BufferId): BufferDecl {
    const buffer = this.#known.get(id)
    if (!buffer) throw new Error(`no buffer ${id}`)
    return buffer
  }

  add(decl: Omit<BufferDecl, 'id'>): BufferDecl {
    const buffer = { ...decl, id: this.#next++ }
    this.added.push(buffer)
    this.#known.set(buffer.id, buffer)
    return buffer
  }

  /** A weight in another order; the same packing of the same constant is one buffer. */
  packed(constant: BufferDecl, packing: NonNullable<BufferDecl['packing']>, size: number): BufferDecl {
    const key = JSON.stringify([constant.constant, packing])
    const known = this.added.find((buffer) => JSON.stringify([buffer.constant, buffer.packing]) === key)
    return (
      known ??
      this.add({
        name: `${constant.name}_${packing.name}`,
        dtype: constant.dtype,
        size,
        role: 'weight',
        constant: constant.constant!,
        packing,
      })
    )
  }

  /** Floats that a call of `prepare` fills when the program is loaded. */
  derived(name: string, size: number): BufferDecl {
    return this.add({ name, dtype: 'float32', size, role: 'weight', derived: true })
  }

  scratch(name: string, dtype: DType, size: Dim): BufferDecl {
    return this.add({ name, dtype, size, role: 'temporary' })
  }
}

export const bytesOf = (dtype: DType): number => elementBytes[dtype]

export const typeOfVector = (type: LoopType): 'f32x4' | 'i32x4' | 'maskx4' =>
  type === 'f32' || type === 'f32x4' ? 'f32x4' : type === 'mask' || type === 'maskx4' ? 'maskx4' : 'i32x4'
