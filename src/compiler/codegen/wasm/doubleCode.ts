/** Writes straight-line code on doubles and ints, an expression being what emits it. Plain numbers are constants. */
import type { FunctionBuilder } from './encoder.ts'
import { op, saturating } from './opcodes.ts'

export type Emit = () => void
type Value = Emit | number

export interface Variable {
  readonly get: Emit
  set(value: Value): void
}

const intOps = {
  add: op.i32_add,
  sub: op.i32_sub,
  mul: op.i32_mul,
  div: op.i32_div_s,
  rem: op.i32_rem_s,
  and: op.i32_and,
  xor: op.i32_xor,
  shl: op.i32_shl,
  shr: op.i32_shr_s,
  eq: op.i32_eq,
  ne: op.i32_ne,
  lt: op.i32_lt_s,
  gt: op.i32_gt_s,
} as const

const bitsOfSqrtHalf = 0x3fe6a09e667f3bcdn

export class DoubleCode {
  readonly #f: FunctionBuilder
  readonly #function: (name: string) => number

  constructor(f: FunctionBuilder, functionOf: (name: string) => number) {
    this.#f = f
    this.#function = functionOf
  }

  number(value: number): void {
    this.#f.f64(value)
  }

  #push(value: Value): void {
    typeof value === 'number' ? this.#f.f64(value) : value()
  }

  #operation =
    (code: number) =>
    (...operands: Value[]): Emit =>
    () => {
      for (const operand of operands) this.#push(operand)
      this.#f.op(code)
    }

  readonly add = this.#operation(op.f64_add)
  readonly sub = this.#operation(op.f64_sub)
  readonly mul = this.#operation(op.f64_mul)
  readonly div = this.#operation(op.f64_div)
  readonly min = this.#operation(op.f64_min)
  readonly max = this.#operation(op.f64_max)
  readonly abs = this.#operation(op.f64_abs)
  readonly neg = this.#operation(op.f64_neg)
  readonly sqrt = this.#operation(op.f64_sqrt)
  readonly floor = this.#operation(op.f64_floor)
  readonly nearest = this.#operation(op.f64_nearest)
  readonly copySign = this.#operation(op.f64_copysign)
  readonly eq = this.#operation(op.f64_eq)
  readonly lt = this.#operation(op.f64_lt)
  readonly le = this.#operation(op.f64_le)
  readonly gt = this.#operation(op.f64_gt)
  readonly ge = this.#operation(op.f64_ge)

  /** Of doubles, or of conditions. */
  ne(a: Value, b: Value, conditions = false): Emit {
    return this.#operation(conditions ? op.i32_ne : op.f64_ne)(a, b)
  }

  and(a: Emit, b: Emit): Emit {
    return this.#operation(op.i32_and)(a, b)
  }

  or(a: Emit, b: Emit): Emit {
    return this.#operation(op.i32_or)(a, b)
  }

  int(fn: keyof typeof intOps, a: Value, b: Value): Emit {
    const push = (value: Value): void => {
      typeof value === 'number' ? this.#f.i32(value) : value()
    }
    return () => {
      push(a)
      push(b)
      this.#f.op(intOps[fn])
    }
  }

  call(name: string, ...args: Value[]): Emit {
    const index = this.#function(name)
    return () => {
      for (const arg of args) this.#push(arg)
      this.#f.call(index)
    }
  }

  /** Evaluates now, once. */
  let(value: Value): Emit {
    return this.variable(value).get
  }

  letInt(value: Value): Emit {
    return this.intVariable(value).get
  }

  variable(value: Value): Variable {
    const local = this.#f.local('f64')
    const set = (v: Value): void => {
      this.#push(v)
      this.#f.set(local)
    }
    set(value)
    return { get: () => void this.#f.get(local), set }
  }

  intVariable(value: Value): Variable {
    const local = this.#f.local('i32')
    const set = (v: Value): void => {
      typeof v === 'number' ? this.#f.i32(v) : v()
      this.#f.set(local)
    }
    set(value)
    return { get: () => void this.#f.get(local), set }
  }

  if(condition: Emit, a: Value, b: Value): Emit {
    return () => {
      condition()
      this.#f.if('f64')
      this.#push(a)
      this.#f.else()
      this.#push(b)
      this.#f.end()
    }
  }

  ifInt(condition: Emit, a: Emit, b: Emit): Emit {
    return () => {
      a()
      b()
      condition()
      this.#f.op(op.select)
    }
  }

  when(condition: Emit, then: () => void, otherwise?: () => void): void {
    condition()
    this.#f.if()
    then()
    if (otherwise) {
      this.#f.else()
      otherwise()
    }
    this.#f.end()
  }

  while(condition: Emit, body: () => void): void {
    this.#f.block().loop()
    condition()
    this.#f.op(op.i32_eqz).branchIf(1)
    body()
    this.#f.branch(0).end().end()
  }

  polynomial(x: Emit, coefficients: readonly number[]): Emit {
    return coefficients.slice(0, -1).reduceRight((sum: Value, c) => this.add(this.mul(sum, x), c), coefficients.at(-1) as number) as Emit
  }

  /** 2^n for a whole n between -1022 and 1023. */
  powerOfTwo(n: Value): Emit {
    return () => {
      this.#push(n)
      this.#f.op(op.saturating).code.u32(saturating.i32_trunc_f64_s)
      this.#f.i32(1023).op(op.i32_add).op(op.i64_extend_i32_s)
      this.#long(52n)
      this.#f.op(op.i64_shl).op(op.f64_reinterpret_i64)
    }
  }

  /** |x| or x = mantissa * 2^exponent: the mantissa in [sqrt(1/2), sqrt(2)), or in [1, 2) when `fromOne`. x > 0 and normal, or |x| when `fromOne`. */
  split(x: Emit, fromOne = false): { readonly exponent: Emit; readonly mantissa: Emit } {
    const f = this.#f
    const origin = fromOne ? 0x3ff0000000000000n : bitsOfSqrtHalf
    const exponent = this.intVariable(() => {
      fromOne ? this.abs(x)() : x()
      f.op(op.i64_reinterpret_f64)
      this.#long(origin)
      f.op(op.i64_sub)
      this.#long(52n)
      f.op(op.i64_shr_s).op(op.i32_wrap_i64)
    })
    const mantissa = this.let(() => {
      fromOne ? this.abs(x)() : x()
      f.op(op.i64_reinterpret_f64)
      exponent.get()
      f.op(op.i64_extend_i32_s)
      this.#long(52n)
      f.op(op.i64_shl).op(op.i64_sub).op(op.f64_reinterpret_i64)
    })
    const whole = this.let(() => {
      exponent.get()
      f.op(op.f64_convert_i32_s)
    })
    return { exponent: whole, mantissa }
  }

  #long(value: bigint): void {
    this.#f.op(0x42)
    let rest = value
    while (rest < -64n || rest > 63n) {
      this.#f.op(Number(rest & 0x7fn) | 0x80)
      rest >>= 7n
    }
    this.#f.op(Number(rest & 0x7fn))
  }
}
