/**
 * Loop IR expressions -> instructions that leave one value. Masks are i32 0/1 as scalars and all-ones lanes as vectors.
 * What wasm has no instruction for comes from the math table: as a call, or for common functions of vectors as code in place.
 */

import { inlineMathOf } from '../../kernels/inlineMath.ts'
import type { LoopExpr, LoopStmt, LoopType, LoopUnary } from '../../kernels/loop.ts'
import { constantOf, isVector, lane as laneOf, letStmt, variable } from '../../kernels/loopCode.ts'
import type { Variant } from './emitKernel.ts'
import { Bytes, type FunctionBuilder, type ValueType } from './encoder.ts'
import type { MathTable } from './mathTable.ts'
import { op, saturating, simd } from './opcodes.ts'

const valueTypes: { readonly [T in LoopType]: ValueType } = {
  f32: 'f32',
  i32: 'i32',
  mask: 'i32',
  f32x4: 'v128',
  i32x4: 'v128',
  maskx4: 'v128',
}
export const valueTypeOf = (type: LoopType): ValueType => valueTypes[type]

type Expr<L extends LoopExpr['l']> = Extract<LoopExpr, { readonly l: L }>

const scalarUnary: { readonly [F in LoopUnary]?: number } = {
  neg: op.f32_neg,
  abs: op.f32_abs,
  floor: op.f32_floor,
  ceil: op.f32_ceil,
  trunc: op.f32_trunc,
  nearest: op.f32_nearest,
  sqrt: op.f32_sqrt,
}
const vectorUnary: { readonly [F in LoopUnary]?: number } = {
  floor: simd.f32x4_floor,
  ceil: simd.f32x4_ceil,
  trunc: simd.f32x4_trunc,
  nearest: simd.f32x4_nearest,
  sqrt: simd.f32x4_sqrt,
}
type Table = { readonly [fn: string]: number }
const floatBinary: Table = { add: op.f32_add, sub: op.f32_sub, mul: op.f32_mul, div: op.f32_div, min: op.f32_min, max: op.f32_max }
const intBinary: Table = {
  add: op.i32_add,
  sub: op.i32_sub,
  mul: op.i32_mul,
  div: op.i32_div_s,
  rem: op.i32_rem_s,
  fmod: op.i32_rem_s,
  and: op.i32_and,
  or: op.i32_or,
  xor: op.i32_xor,
  shl: op.i32_shl,
  shr: op.i32_shr_s,
}
const bits: Table = { and: simd.v128_and, or: simd.v128_or, xor: simd.v128_xor }
const floatVectorBinary: Table = {
  add: simd.f32x4_add,
  sub: simd.f32x4_sub,
  mul: simd.f32x4_mul,
  div: simd.f32x4_div,
  min: simd.f32x4_min,
  max: simd.f32x4_max,
  pmin: simd.f32x4_pmin,
  pmax: simd.f32x4_pmax,
}
const intVectorBinary: Table = {
  ...bits,
  add: simd.i32x4_add,
  sub: simd.i32x4_sub,
  mul: simd.i32x4_mul,
  min: simd.i32x4_min_s,
  max: simd.i32x4_max_s,
  pmin: simd.i32x4_min_s,
  pmax: simd.i32x4_max_s,
}
const compares: { readonly [T in 'f32' | 'i32' | 'f32x4' | 'i32x4']: Table } = {
  f32: { eq: op.f32_eq, ne: op.f32_ne, lt: op.f32_lt, le: op.f32_le, gt: op.f32_gt, ge: op.f32_ge },
  i32: { eq: op.i32_eq, ne: op.i32_ne, lt: op.i32_lt_s, le: op.i32_le_s, gt: op.i32_gt_s, ge: op.i32_ge_s },
  f32x4: { eq: simd.f32x4_eq, ne: simd.f32x4_ne, lt: simd.f32x4_lt, le: simd.f32x4_le, gt: simd.f32x4_gt, ge: simd.f32x4_ge },
  i32x4: { eq: simd.i32x4_eq, ne: simd.i32x4_ne, lt: simd.i32x4_lt_s, le: simd.i32x4_le_s, gt: simd.i32x4_gt_s, ge: simd.i32x4_ge_s },
}

export class ExprEmitter {
  readonly f: FunctionBuilder
  readonly math: MathTable
  readonly variant: Variant
  readonly variables = new Map<string, number>()
  /** Loops around the current position: constants of vectors move out of loops. */
  depth = 0
  readonly #constants = new Map<string, number>()
  #temporaries = 0

  constructor(f: FunctionBuilder, math: MathTable, variant: Variant) {
    this.f = f
    this.math = math
    this.variant = variant
  }

  localOf(name: string): number {
    const local = this.variables.get(name)
    if (local === undefined) throw new Error(`no variable ${name}`)
    return local
  }

  protected load(expr: Expr<'load'>): void {
    throw new Error(`no buffer ${expr.buffer}`)
  }

  /** A load and splat in one; false where the element type has none. */
  protected loadSplat(_expr: Expr<'load'>): boolean {
    return false
  }

  expr(expr: LoopExpr): void {
    const { f } = this
    switch (expr.l) {
      case 'const':
        expr.type === 'f32' ? f.f32(expr.value) : f.i32(expr.value)
        return
      case 'var':
        f.get(this.localOf(expr.name))
        return
      case 'load':
        this.load(expr)
        return
      case 'splat':
        this.#splat(expr)
        return
      case 'unary':
        this.#unary(expr)
        return
      case 'binary':
        this.#binary(expr)
        return
      case 'compare':
        this.#compare(expr)
        return
      case 'select':
        this.expr(expr.a)
        this.expr(expr.b)
        this.expr(expr.condition)
        if (!isVector(expr.condition.type)) f.op(op.select)
        // Masks are all ones or all zeros, so the lane-wise form gives the same: one instruction on x86 instead of three.
        else f.simd(this.variant === 'simd' ? simd.v128_bitselect : simd.i32x4_relaxed_laneselect)
        return
      case 'fma':
        this.#fma(expr)
        return
      case 'convert':
        this.#convert(expr)
        return
      case 'lane':
        this.expr(expr.a)
        f.simd(expr.type === 'f32' ? simd.f32x4_extract_lane : simd.i32x4_extract_lane).op(expr.lane)
        return
      case 'shuffle':
        this.expr(expr.a)
        this.expr(expr.b)
        f.simd(simd.i8x16_shuffle).code.bytes(expr.lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)))
        return
      case 'bitcast':
        this.expr(expr.a)
        if (expr.type === 'f32' && expr.a.type !== 'f32') f.op(op.f32_reinterpret_i32)
        if (expr.type === 'i32' && expr.a.type === 'f32') f.op(op.i32_reinterpret_f32)
        return
      case 'vector':
        this.#lanes(expr.type, (lane) => this.expr(expr.lanes[lane] as LoopExpr))
        return
      default:
        expr satisfies never
        return
    }
  }

  maskToInts(): void {
    this.#vectorConstant('i32', 1)
    this.f.simd(simd.v128_and)
  }

  /** A vector from what `push` leaves for each lane. */
  #lanes(type: LoopType, push: (lane: number) => void): void {
    const float = type === 'f32x4'
    push(0)
    this.f.simd(float ? simd.f32x4_splat : simd.i32x4_splat)
    for (const lane of [1, 2, 3]) {
      push(lane)
      this.f.simd(float ? simd.f32x4_replace_lane : simd.i32x4_replace_lane).op(lane)
    }
  }

  #vectorConstant(type: 'f32' | 'i32', value: number): void {
    const one = new Bytes()
    type === 'f32' ? one.f32(value) : one.bytes(new Uint8Array(Int32Array.of(value).buffer))
    const word = [...one.toUint8Array()]
    const write = (code: Bytes): Bytes =>
      code
        .u8(0xfd)
        .u32(simd.v128_const)
        .bytes([...word, ...word, ...word, ...word])
    if (this.depth === 0) {
      write(this.f.code)
      return
    }
    const key = word.join()
    let local = this.#constants.get(key)
    if (local === undefined) {
      local = this.f.local('v128')
      this.#constants.set(key, local)
      write(this.f.prologue).u8(op.local_set).u32(local)
    }
    this.f.get(local)
  }

  #splat({ a }: Expr<'splat'>): void {
    if (a.l === 'const') {
      this.#vectorConstant(a.type, a.value)
      return
    }
    if (a.l === 'load' && this.loadSplat(a)) return
    // A mask lane is all ones: 0 - (0 or 1).
    if (a.type === 'mask') this.f.i32(0)
    this.expr(a)
    if (a.type === 'mask') this.f.op(op.i32_sub)
    this.f.simd(a.type === 'f32' ? simd.f32x4_splat : simd.i32x4_splat)
  }

  #unary(expr: Expr<'unary'>): void {
    const { f } = this
    const { fn, a, type } = expr
    if (fn === 'not' || fn === 'bitnot') {
      this.expr(a)
      if (isVector(type)) f.simd(simd.v128_not)
      else if (type === 'mask') f.op(op.i32_eqz)
      else f.i32(-1).op(op.i32_xor)
      return
    }
    if (type === 'i32x4') {
      this.expr(a)
      if (fn === 'neg') f.simd(simd.i32x4_neg)
      else if (fn === 'abs') f.simd(simd.i32x4_abs)
      return
    }
    if (type === 'i32' || type === 'mask') {
      this.#intUnary(fn, a)
      return
    }
    if (fn === 'rsqrt') {
      this.expr(constantOf(type, 1))
      this.expr(a)
      type === 'f32' ? f.op(op.f32_sqrt).op(op.f32_div) : f.simd(simd.f32x4_sqrt).simd(simd.f32x4_div)
      return
    }
    if (type === 'f32x4' && (fn === 'neg' || fn === 'abs')) {
      // V8 makes the mask of its own instructions anew each time.
      const negated = fn === 'neg' && a.l === 'unary' && a.fn === 'abs'
      this.expr(negated ? a.a : a)
      this.#vectorConstant('i32', fn === 'abs' ? 0x7fffffff : -2147483648)
      f.simd(fn === 'abs' ? simd.v128_and : negated ? simd.v128_or : simd.v128_xor)
      return
    }
    const direct = type === 'f32' ? scalarUnary[fn] : vectorUnary[fn]
    if (direct !== undefined) {
      this.expr(a)
      type === 'f32' ? f.op(direct) : f.simd(direct)
      return
    }
    if (type === 'f32') {
      this.expr(a)
      f.call(this.math.function(`${fn}_f32`))
      return
    }
    const inlined = inlineMathOf(expr)
    if (inlined) this.inline(inlined.define, inlined.argument)
    else this.#eachLane('f32', `${fn}_f32`, [a])
  }

  /** neg and abs; rounding leaves integers as they are. */
  #intUnary(fn: LoopUnary, a: LoopExpr): void {
    const { f } = this
    if (fn === 'neg') {
      f.i32(0)
      this.expr(a)
      f.op(op.i32_sub)
      return
    }
    this.expr(a)
    if (fn !== 'abs') return
    const value = this.#temporary('i32')
    f.set(value).i32(0).get(value).op(op.i32_sub).get(value).get(value).i32(0).op(op.i32_lt_s).op(op.select)
  }

  /** The statements of a math definition, with the argument in a variable of its own. */
  inline(definition: (x: LoopExpr, name: (hint: string, value: LoopExpr) => LoopExpr) => LoopExpr, a: LoopExpr): void {
    const define = (stmt: LoopStmt & { readonly t: 'let' }): void => {
      this.expr(stmt.value)
      const local = this.f.local(valueTypeOf(stmt.type))
      this.variables.set(stmt.name, local)
      this.f.set(local)
    }
    const name = (hint: string, value: LoopExpr): LoopExpr => {
      const unique = `${hint}#${this.#temporaries++}`
      define(letStmt(unique, value) as LoopStmt & { readonly t: 'let' })
      return variable(unique, value.type)
    }
    this.expr(definition(name('x', a), name))
  }

  /** A scalar helper function for each lane of the operands. */
  #eachLane(scalar: 'f32' | 'i32', helper: string, operands: readonly LoopExpr[]): void {
    const { f } = this
    const names = operands.map((operand) => {
      this.expr(operand)
      const local = f.local('v128')
      f.set(local)
      const name = `lanes#${this.#temporaries++}`
      this.variables.set(name, local)
      return variable(name, operand.type)
    })
    const index = this.math.function(helper)
    this.#lanes(scalar === 'f32' ? 'f32x4' : 'i32x4', (lane) => {
      for (const name of names) this.expr(laneOf(name, lane))
      f.call(index)
    })
  }

  #temporary(type: ValueType): number {
    return this.f.local(type)
  }

  #binary(expr: Expr<'binary'>): void {
    const { f } = this
    const { fn, a, b, type } = expr
    const both = (): FunctionBuilder => {
      this.expr(a)
      this.expr(b)
      return f
    }
    switch (type) {
      case 'f32': {
        const direct = floatBinary[fn]
        if (direct !== undefined) return void both().op(direct)
        if (fn === 'pmin' || fn === 'pmax') {
          this.#choose(type, a, b, fn === 'pmin' ? op.f32_lt : op.f32_gt)
          return
        }
        return void both().call(this.math.function(`${fn === 'rem' ? 'fmod' : fn}_f32`))
      }
      case 'i32': {
        const direct = intBinary[fn]
        if (direct !== undefined) return void both().op(direct)
        if (fn === 'min' || fn === 'pmin') {
          this.#choose(type, a, b, op.i32_lt_s)
          return
        }
        if (fn === 'max' || fn === 'pmax') {
          this.#choose(type, a, b, op.i32_gt_s)
          return
        }
        if (this.#dividedByPower(expr)) return
        return void both().call(this.math.function(`${fn}_i32`))
      }
      case 'mask':
        return void both().op(intBinary[fn] as number)
      case 'maskx4':
        return void both().simd(bits[fn] as number)
      case 'f32x4': {
        const inlined = inlineMathOf(expr)
        if (inlined) return void this.inline(inlined.define, inlined.argument)
        const direct = floatVectorBinary[fn]
        if (direct !== undefined) return void both().simd(direct)
        this.#eachLane('f32', `${fn === 'rem' ? 'fmod' : fn}_f32`, [a, b])
        return
      }
      case 'i32x4': {
        const direct = intVectorBinary[fn]
        if (direct !== undefined) return void both().simd(direct)
        if ((fn === 'shl' || fn === 'shr') && b.l === 'splat' && b.a.l === 'const') {
          this.expr(a)
          return void f.i32(b.a.value).simd(fn === 'shl' ? simd.i32x4_shl : simd.i32x4_shr_s)
        }
        this.#eachLane('i32', `${fn === 'fmod' ? 'rem' : fn}_i32`, [a, b])
        return
      }
      default:
        throw new Error(`no type ${type satisfies never}`)
    }
  }

  /** b if it comes before a (by `compareOp`), else a. */
  #choose(type: 'f32' | 'i32', a: LoopExpr, b: LoopExpr, compareOp: number): void {
    const [x, y] = [this.#temporary(type), this.#temporary(type)]
    this.expr(a)
    this.f.set(x)
    this.expr(b)
    this.f.tee(y).get(x).get(y).get(x).op(compareOp).op(op.select)
  }

  /** Floored division by a power of two is a shift, the remainder a mask. */
  #dividedByPower({ fn, a, b }: Expr<'binary'>): boolean {
    if ((fn !== 'floordiv' && fn !== 'floormod') || b.l !== 'const' || b.value <= 0 || !Number.isInteger(Math.log2(b.value))) return false
    this.expr(a)
    if (fn === 'floordiv') this.f.i32(Math.log2(b.value)).op(op.i32_shr_s)
    else this.f.i32(b.value - 1).op(op.i32_and)
    return true
  }

  #compare({ fn, a, b }: Expr<'compare'>): void {
    this.expr(a)
    this.expr(b)
    const type = a.type === 'mask' ? 'i32' : a.type === 'maskx4' ? 'i32x4' : a.type
    const code = compares[type][fn] as number
    isVector(a.type) ? this.f.simd(code) : this.f.op(code)
  }

  #fma({ a, b, c, type }: Expr<'fma'>): void {
    const { f } = this
    this.expr(a)
    this.expr(b)
    if (type === 'f32x4' && this.variant !== 'simd') {
      this.expr(c)
      f.simd(simd.f32x4_relaxed_madd)
      return
    }
    type === 'f32' ? f.op(op.f32_mul) : f.simd(simd.f32x4_mul)
    this.expr(c)
    type === 'f32' ? f.op(op.f32_add) : f.simd(simd.f32x4_add)
  }

  #convert({ a, type }: Expr<'convert'>): void {
    const { f } = this
    const from = a.type
    this.expr(a)
    if (from === type) return
    switch (type) {
      case 'i32':
        if (from === 'f32') f.op(op.saturating).code.u32(saturating.i32_trunc_f32_s)
        return
      case 'f32':
        f.op(op.f32_convert_i32_s)
        return
      case 'mask':
        from === 'f32' ? f.f32(0).op(op.f32_ne) : f.i32(0).op(op.i32_ne)
        return
      case 'i32x4':
        from === 'f32x4' ? f.simd(simd.i32x4_trunc_sat_f32x4_s) : this.maskToInts()
        return
      case 'f32x4':
        if (from === 'i32x4') f.simd(simd.f32x4_convert_i32x4_s)
        else {
          this.#vectorConstant('f32', 1)
          f.simd(simd.v128_and)
        }
        return
      case 'maskx4':
        this.#vectorConstant(from === 'f32x4' ? 'f32' : 'i32', 0)
        f.simd(from === 'f32x4' ? simd.f32x4_ne : simd.i32x4_ne)
        return
      default:
        throw new Error(`no type ${type satisfies never}`)
    }
  }
}
