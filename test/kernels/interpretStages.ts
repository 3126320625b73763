/**
 * A reference interpreter of stages: what a SegmentProgram means, element by element, in double precision rounded to float32 after each
 * operation. Buffers are separate arrays filled with NaN or a poison value, so that reading what was never written shows.
 */

import type { TensorConstant } from '../../src/compiler/ir/graph.ts'
import type {
  Access,
  ConvStage,
  GemmStage,
  LoopStage,
  PoolStage,
  RecurrentStage,
  SegmentProgram,
  Stage,
  StageExpr,
  TemplateStage,
} from '../../src/compiler/kernels/stage.ts'
import type { Dim } from '../../src/ops/dim.ts'
import { evaluateDim, isConst } from '../../src/ops/dimMath.ts'
import { type DType, storageOf, type TypedArray } from '../../src/ops/dtype.ts'

export type Env = { readonly [symbol: string]: number }
export type Constants = ReadonlyMap<string, TensorConstant>

const allocate = (dtype: DType, length: number): TypedArray => {
  const storage = storageOf[dtype]
  if (storage === 'f32') return new Float32Array(length).fill(Number.NaN)
  return storage === 'i32' ? new Int32Array(length).fill(-1234567) : new Uint8Array(length).fill(173)
}

export function interpretSegment(
  segment: SegmentProgram,
  inputs: readonly TypedArray[],
  constants: Constants,
  env: Env = {},
): readonly TypedArray[] {
  const interpreter = new Interpreter(segment, constants, env)
  segment.inputs.forEach((access, i) => {
    interpreter.memory.set(access.buffer, inputs[i]!)
  })
  for (const stage of segment.stages) interpreter.run(stage)
  return segment.outputs.map((access) => interpreter.memory.get(access.buffer)!)
}

class Interpreter {
  readonly memory = new Map<number, TypedArray>()
  private readonly env: Env

  constructor(segment: SegmentProgram, constants: Constants, env: Env) {
    this.env = env
    for (const buffer of segment.buffers) {
      if (buffer.role !== 'weight') {
        this.memory.set(buffer.id, allocate(buffer.dtype, this.dim(buffer.size)))
        continue
      }
      const constant = constants.get(buffer.constant!)!
      this.memory.set(buffer.id, constant.data)
    }
  }

  dim(dim: Dim): number {
    return isConst(dim) ? dim : evaluateDim(dim, this.env)
  }

  run(stage: Stage): void {
    switch (stage.kind) {
      case 'loop':
        this.loop(stage, [])
        break
      case 'row':
        this.each(stage.rows, (row) => {
          for (const local of stage.locals) this.memory.set(local.id, allocate(local.dtype, this.dim(local.size)))
          for (const step of stage.steps) this.loop(step, row)
        })
        break
      case 'gemm':
        this.gemm(stage)
        break
      case 'conv':
        this.conv(stage)
        break
      case 'pool':
        this.pool(stage)
        break
      case 'recurrent':
        this.recurrent(stage)
        break
      case 'template':
        this.template(stage)
        break
      default:
        stage satisfies never
    }
  }

  private each(axes: readonly Dim[], visit: (indices: readonly number[]) => void): void {
    const sizes = axes.map((axis) => this.dim(axis))
    const indices = sizes.map(() => 0)
    if (sizes.some((size) => size <= 0)) return
    for (;;) {
      visit([...indices])
      let axis = sizes.length - 1
      for (; axis >= 0; axis--) {
        indices[axis] = indices[axis]! + 1
        if (indices[axis]! < sizes[axis]!) break
        indices[axis] = 0
      }
      if (axis < 0) return
    }
  }

  private at(access: Access, indices: readonly number[]): number {
    return indices.reduce((sum, index, i) => sum + index * this.dim(access.strides[i]!), this.dim(access.offset))
  }

  read(access: Access, indices: readonly number[]): number {
    const data = this.memory.get(access.buffer)!
    const position = this.at(access, indices)
    if (position < 0 || position >= data.length) throw new RangeError(`read of ${position} in a buffer of ${data.length}`)
    return data[position]!
  }

  private write(access: Access, indices: readonly number[], value: number): void {
    const data = this.memory.get(access.buffer)!
    const position = this.at(access, indices)
    if (position < 0 || position >= data.length) throw new RangeError(`write of ${position} in a buffer of ${data.length}`)
    data[position] = value
  }

  private loop(stage: LoopStage, row: readonly number[]): void {
    this.each(stage.axes.slice(row.length), (own) => {
      const indices = [...row, ...own]
      if (!stage.reduce) {
        this.write(stage.out, indices, this.value(stage.body, indices))
        return
      }
      const { combiner, axes } = stage.reduce
      const values: number[] = []
      this.each(axes, (reduced) => void values.push(this.value(stage.body, [...indices, ...reduced])))
      const total = combine(combiner, values, stage.body.dtype)
      this.write(stage.out, indices, stage.epilogue ? this.value(stage.epilogue, indices, total) : total)
    })
  }

  private finish(stage: GemmStage | ConvStage | PoolStage, indices: readonly number[], value: number): void {
    const rounded = Math.fround(value)
    this.write(stage.out, indices, stage.epilogue ? this.value(stage.epilogue, indices, rounded) : rounded)
  }

  private gemm(stage: GemmStage): void {
    this.each([...stage.batch, stage.m, stage.n], (indices) => {
      const batch = indices.slice(0, -2)
      const [i, j] = indices.slice(-2) as [number, number]
      let sum = 0
      for (let k = 0; k < this.dim(stage.k); k++) sum += this.read(stage.a, [...batch, i, k]) * this.read(stage.b, [...batch, k, j])
      this.finish(stage, indices, sum)
    })
  }

  private conv(stage: ConvStage): void {
    const [, , height, width] = stage.input.shape.map((size) => this.dim(size)) as [number, number, number, number]
    const [, perGroup, kh, kw] = stage.weight.shape.map((size) => this.dim(size)) as [number, number, number, number]
    const perGroupOut = this.dim(stage.weight.shape[0]!) / stage.groups
    this.each(stage.out.shape, (indices) => {
      const [n, co, y, x] = indices as [number, number, number, number]
      const first = Math.floor(co / perGroupOut) * perGroup
      let sum = 0
      for (let ci = 0; ci < perGroup; ci++)
        for (let i = 0; i < kh; i++)
          for (let j = 0; j < kw; j++) {
            const [py, px] = [
              y * stage.stride[0] + i * stage.dilation[0] - stage.padding[0],
              x * stage.stride[1] + j * stage.dilation[1] - stage.padding[1],
            ]
            if (py < 0 || px < 0 || py >= height || px >= width) continue
            sum += this.read(stage.input, [n, first + ci, py, px]) * this.read(stage.weight, [co, ci, i, j])
          }
      this.finish(stage, indices, sum)
    })
  }

  private pool(stage: PoolStage): void {
    const [, , height, width] = stage.input.shape.map((size) => this.dim(size)) as [number, number, number, number]
    this.each(stage.out.shape, (indices) => {
      const [n, c, y, x] = indices as [number, number, number, number]
      let value = stage.combiner === 'max' ? Number.NEGATIVE_INFINITY : 0
      for (let i = 0; i < stage.kernel[0]; i++)
        for (let j = 0; j < stage.kernel[1]; j++) {
          const [py, px] = [
            y * stage.stride[0] + i * stage.dilation[0] - stage.padding[0],
            x * stage.stride[1] + j * stage.dilation[1] - stage.padding[1],
          ]
          if (py < 0 || px < 0 || py >= height || px >= width) continue
          const element = this.read(stage.input, [n, c, py, px])
          value = stage.combiner === 'max' ? Math.max(value, element) : value + element
        }
      this.finish(stage, indices, value)
    })
  }

  private recurrent({ steps, batch, units, reverse, weight, initial, cell, out, last }: RecurrentStage): void {
    const points = [batch, units]
    this.each(points, (at) => initial.forEach((expr, k) => void this.write(last[k]!, at, this.value(expr, at))))
    const count = this.dim(steps)
    for (let step = 0; step < count; step++) {
      const time = reverse ? count - 1 - step : step
      const next: { readonly at: readonly number[]; readonly values: readonly number[] }[] = []
      this.each(points, (at) => {
        const [row, unit] = at as [number, number]
        const sums = Array.from({ length: weight.shape[0] as number }, (_, gate) => {
          let sum = 0
          for (let k = 0; k < units; k++) sum += this.read(weight, [gate, unit, k]) * this.read(last[0]!, [row, k])
          return Math.fround(sum)
        })
        const known = [...sums, ...last.map((state) => this.read(state, at))]
        next.push({ at, values: cell.map((expr) => this.value(expr, [time, ...at], known)) })
      })
      for (const { at, values } of next) {
        this.write(out, [time, ...at], values[0]!)
        values.forEach((value, k) => void this.write(last[k]!, at, value))
      }
    }
  }

  /** sort only: enough for the tests of lowering; templates have tests of their own. */
  private template(stage: TemplateStage): void {
    if (stage.name !== 'sort') throw new Error(`no reference for template ${stage.name}`)
    const [x, values, positions] = [stage.inputs[0]!, stage.outputs[0]!, stage.outputs[1]!]
    const [outer, size, inner] = x.shape.map((s) => this.dim(s)) as [number, number, number]
    const count = this.dim(values.shape[1]!)
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) {
        const row = Array.from({ length: size }, (_, k) => ({ k, v: this.read(x, [o, k, i]) })).sort((a, b) =>
          stage.params[0] ? b.v - a.v : a.v - b.v,
        )
        for (let k = 0; k < count; k++) {
          this.write(values, [o, k, i], row[k]!.v)
          this.write(positions, [o, k, i], row[k]!.k)
        }
      }
  }

  private value(expr: StageExpr, indices: readonly number[], accumulator: number | readonly number[] = Number.NaN): number {
    const go = (e: StageExpr): number => this.value(e, indices, accumulator)
    switch (expr.s) {
      case 'scalar':
        return round(typeof expr.value === 'boolean' ? Number(expr.value) : this.dim(expr.value), expr.dtype)
      case 'index':
        return indices[expr.axis]!
      case 'load':
        return this.read(expr.access, expr.indices.map(go))
      case 'accumulator':
        return [accumulator].flat()[expr.which ?? 0]!
      case 'unary':
        return round(unary(expr.fn, go(expr.a)), expr.dtype)
      case 'binary':
        return round(binary(expr.fn, go(expr.a), go(expr.b), expr.a.dtype), expr.dtype)
      case 'select':
        return go(go(expr.condition) ? expr.a : expr.b)
      case 'cast': {
        const value = go(expr.a)
        return expr.dtype === 'bool' ? Number(value !== 0) : round(expr.dtype === 'float32' ? value : Math.trunc(value), expr.dtype)
      }
      default:
        return expr satisfies never
    }
  }
}

const round = (value: number, dtype: DType): number =>
  dtype === 'float32' ? Math.fround(value) : dtype === 'uint8' ? value & 255 : dtype === 'bool' ? Number(Boolean(value)) : value | 0

function combine(combiner: NonNullable<LoopStage['reduce']>['combiner'], values: readonly number[], dtype: DType): number {
  switch (combiner) {
    case 'sum':
      return round(
        values.reduce((a, b) => a + b, 0),
        dtype,
      )
    case 'prod':
      return round(
        values.reduce((a, b) => a * b, 1),
        dtype,
      )
    case 'max':
      return values.reduce((a, b) => Math.max(a, b))
    case 'min':
      return values.reduce((a, b) => Math.min(a, b))
    case 'any':
      return Number(values.some(Boolean))
    case 'all':
      return Number(values.every(Boolean))
    case 'argmax':
      return values.findIndex((v) => Number.isNaN(v) || v === Math.max(...values))
    case 'argmin':
      return values.findIndex((v) => Number.isNaN(v) || v === Math.min(...values))
    default:
      return combiner satisfies never
  }
}

function unary(fn: Extract<StageExpr, { s: 'unary' }>['fn'], a: number): number {
  switch (fn) {
    case 'neg':
      return -a
    case 'rsqrt':
      return 1 / Math.sqrt(a)
    case 'sigmoid':
      return 1 / (1 + Math.exp(-a))
    case 'isnan':
      return Number(Number.isNaN(a))
    case 'logical_not':
      return Number(!a)
    case 'bitwise_not':
      return ~a
    case 'erf':
      return erf(a)
    case 'round':
      return Math.abs(a % 1) === 0.5 ? 2 * Math.round(a / 2) : Math.round(a)
    default: {
      const known = (Math as unknown as { readonly [name: string]: ((x: number) => number) | undefined })[fn]
      if (!known) throw new Error(`no reference for ${fn}`)
      return known(a)
    }
  }
}

/** Abramowitz and Stegun 7.1.5, the power series; enough terms for |x| < 5. */
function erf(x: number): number {
  if (Math.abs(x) > 5) return Math.sign(x)
  let [term, sum] = [x, x]
  for (let n = 1; n < 150; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

function binary(fn: Extract<StageExpr, { s: 'binary' }>['fn'], a: number, b: number, dtype: DType): number {
  switch (fn) {
    case 'add':
      return a + b
    case 'sub':
      return a - b
    case 'mul':
      return dtype === 'float32' ? a * b : Math.imul(a, b)
    case 'div':
      return dtype === 'float32' ? a / b : Math.trunc(a / b)
    case 'floordiv':
      return Math.floor(a / b)
    case 'fmod':
      return a % b
    case 'remainder':
      return a - b * Math.floor(a / b)
    case 'pow':
      return a ** b
    case 'atan2':
      return Math.atan2(a, b)
    case 'maximum':
      return Math.max(a, b)
    case 'minimum':
      return Math.min(a, b)
    case 'eq':
      return Number(a === b)
    case 'ne':
      return Number(a !== b)
    case 'lt':
      return Number(a < b)
    case 'le':
      return Number(a <= b)
    case 'gt':
      return Number(a > b)
    case 'ge':
      return Number(a >= b)
    case 'and':
      return a & b
    case 'or':
      return a | b
    case 'xor':
      return a ^ b
    case 'shl':
      return a << b
    case 'shr':
      return a >> b
    default:
      return fn satisfies never
  }
}
