/**
 * A WebAssembly module as bytes: types, one imported memory, functions, exports, custom sections. Equal function types are stored once.
 * Instructions are written by FunctionBuilder, opcodes stand in opcodes.ts.
 */
import { op } from './opcodes.ts'

export type ValueType = 'i32' | 'f32' | 'f64' | 'v128'

const valueTypeByte: { readonly [T in ValueType]: number } = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b }

/** A growing byte sequence with the encodings of the binary format. */
export class Bytes {
  #data = new Uint8Array(64)
  length = 0

  #reserve(count: number): number {
    const at = this.length
    if (at + count > this.#data.length) {
      const grown = new Uint8Array(Math.max(this.#data.length * 2, at + count))
      grown.set(this.#data)
      this.#data = grown
    }
    this.length = at + count
    return at
  }

  u8(value: number): this {
    const at = this.#reserve(1)
    this.#data[at] = value
    return this
  }

  bytes(values: Uint8Array | readonly number[]): this {
    const at = this.#reserve(values.length)
    this.#data.set(values, at)
    return this
  }

  /** Unsigned LEB128. */
  u32(value: number): this {
    let rest = value >>> 0
    while (rest > 0x7f) {
      this.u8((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    return this.u8(rest)
  }

  /** Signed LEB128. */
  s32(value: number): this {
    let rest = value | 0
    while (rest < -64 || rest > 63) {
      this.u8((rest & 0x7f) | 0x80)
      rest >>= 7
    }
    return this.u8(rest & 0x7f)
  }

  f32(value: number): this {
    return this.bytes(new Uint8Array(Float32Array.of(value).buffer))
  }

  f64(value: number): this {
    return this.bytes(new Uint8Array(Float64Array.of(value).buffer))
  }

  name(text: string): this {
    const utf8 = new TextEncoder().encode(text)
    return this.u32(utf8.length).bytes(utf8)
  }

  /** Its length first. */
  sized(content: Bytes): this {
    return this.u32(content.length).bytes(content.toUint8Array())
  }

  toUint8Array(): Uint8Array {
    return this.#data.slice(0, this.length)
  }
}

export interface FunctionType {
  readonly params: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** One function under construction. Parameters are the first locals. */
export class FunctionBuilder {
  readonly type: FunctionType
  readonly code = new Bytes()
  /** Code that runs first, once: constants that loops use. */
  readonly prologue = new Bytes()
  readonly #locals: ValueType[]
  #counter: number | null = null

  constructor(type: FunctionType) {
    this.type = type
    this.#locals = [...type.params]
  }

  local(type: ValueType): number {
    return this.#locals.push(type) - 1
  }

  op(code: number): this {
    this.code.u8(code)
    return this
  }

  /** An instruction of the SIMD group (prefix 0xfd). */
  simd(code: number): this {
    this.code.u8(0xfd).u32(code)
    return this
  }

  i32(value: number): this {
    this.code.u8(op.i32_const).s32(value)
    return this
  }

  f32(value: number): this {
    this.code.u8(op.f32_const).f32(value)
    return this
  }

  f64(value: number): this {
    this.code.u8(op.f64_const).f64(value)
    return this
  }

  get(local: number): this {
    this.code.u8(op.local_get).u32(local)
    return this
  }

  set(local: number): this {
    this.code.u8(op.local_set).u32(local)
    return this
  }

  tee(local: number): this {
    this.code.u8(op.local_tee).u32(local)
    return this
  }

  call(index: number): this {
    this.code.u8(op.call).u32(index)
    return this
  }

  /** Alignment exponent and offset of a memory instruction. */
  memory(align: number, offset: number): this {
    this.code.u32(align).u32(offset)
    return this
  }

  block(): this {
    this.code.u8(op.block).u8(0x40)
    return this
  }

  loop(): this {
    this.code.u8(op.loop).u8(0x40)
    return this
  }

  if(type?: ValueType): this {
    this.code.u8(op.if).u8(type ? valueTypeByte[type] : 0x40)
    return this
  }

  else(): this {
    return this.op(op.else)
  }

  end(): this {
    return this.op(op.end)
  }

  branch(depth: number): this {
    this.code.u8(op.br).u32(depth)
    return this
  }

  branchIf(depth: number): this {
    this.code.u8(op.br_if).u32(depth)
    return this
  }

  /**
   * Where the global is not 0, the function counts it down instead, by jumps back across its whole code: an engine takes it for hot (emitWarm.ts).
   * For functions without results.
   */
  countDown(global: number): this {
    this.#counter = global
    return this
  }

  /** The entry of the code section: runs of equal local types, then prologue, code and `end`. */
  encode(): Bytes {
    const runs: { type: ValueType; count: number }[] = []
    for (const type of this.#locals.slice(this.type.params.length)) {
      const last = runs.at(-1)
      if (last?.type === type) last.count++
      else runs.push({ type, count: 1 })
    }
    const body = new Bytes().u32(runs.length)
    for (const { type, count } of runs) body.u32(count).u8(valueTypeByte[type])
    const counter = this.#counter
    if (counter !== null) body.u8(op.loop).u8(0x40).u8(op.block).u8(0x40).u8(op.global_get).u32(counter).u8(op.br_if).u32(0)
    body.bytes(this.prologue.toUint8Array()).bytes(this.code.toUint8Array())
    if (counter !== null) {
      body.u8(op.return).u8(op.end).u8(op.global_get).u32(counter).u8(op.i32_const).s32(1).u8(op.i32_sub).u8(op.global_set).u32(counter)
      body.u8(op.global_get).u32(counter).u8(op.br_if).u32(0).u8(op.end)
    }
    return body.u8(op.end)
  }
}

export class ModuleBuilder {
  readonly #types: FunctionType[] = []
  readonly #functions: FunctionBuilder[] = []
  readonly #exports: { readonly name: string; readonly index: number }[] = []
  #globals = 0
  readonly #custom: { readonly name: string; readonly content: Uint8Array }[] = []

  /** Its index; the body may be filled in until `encode`. */
  addFunction(builder: FunctionBuilder): number {
    return this.#functions.push(builder) - 1
  }

  /** A mutable i32, zero at first; its index. */
  addGlobal(): number {
    return this.#globals++
  }

  exportFunction(name: string, index: number): void {
    this.#exports.push({ name, index })
  }

  custom(name: string, content: Uint8Array): void {
    this.#custom.push({ name, content })
  }

  #typeIndex(type: FunctionType): number {
    const same = (a: readonly ValueType[], b: readonly ValueType[]) => a.length === b.length && a.every((t, i) => t === b[i])
    const known = this.#types.findIndex((t) => same(t.params, type.params) && same(t.results, type.results))
    return known >= 0 ? known : this.#types.push(type) - 1
  }

  encode(): Uint8Array {
    const functions = new Bytes().u32(this.#functions.length)
    for (const f of this.#functions) functions.u32(this.#typeIndex(f.type))
    const types = new Bytes().u32(this.#types.length)
    for (const { params, results } of this.#types) {
      types.u8(0x60).u32(params.length)
      for (const type of params) types.u8(valueTypeByte[type])
      types.u32(results.length)
      for (const type of results) types.u8(valueTypeByte[type])
    }
    const imports = new Bytes().u32(1).name('env').name('memory').u8(2).u8(0).u32(0)
    const exports = new Bytes().u32(this.#exports.length)
    for (const { name, index } of this.#exports) exports.name(name).u8(0).u32(index)
    const code = new Bytes().u32(this.#functions.length)
    for (const f of this.#functions) code.sized(f.encode())
    const module = new Bytes().bytes([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
    module.u8(1).sized(types).u8(2).sized(imports).u8(3).sized(functions)
    if (this.#globals > 0) {
      const globals = new Bytes().u32(this.#globals)
      for (let i = 0; i < this.#globals; i++) globals.u8(valueTypeByte.i32).u8(1).u8(op.i32_const).s32(0).u8(op.end)
      module.u8(6).sized(globals)
    }
    module.u8(7).sized(exports).u8(10).sized(code)
    for (const { name, content } of this.#custom) module.u8(0).sized(new Bytes().name(name).bytes(content))
    return module.toUint8Array()
  }
}
