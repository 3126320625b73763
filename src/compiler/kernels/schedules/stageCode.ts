/**
 * Stage expressions -> loop IR, at one point of a loop nest, as scalars or as vectors of four along one axis. Values that inner loops leave alone are
 * computed at the level where they are known; values used more than once get a variable.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimMul, dimRange, dimSub, isConst } from '../../../ops/dimMath.ts'
import type { DType } from '../../../ops/dtype.ts'
import type { BinaryFn, UnaryFn } from '../../../ops/expr.ts'
import type { LoopBinary, LoopExpr, LoopStmt, LoopUnary } from '../loop.ts'
import {
  add,
  assign,
  binary,
  compare,
  constantOf,
  convert,
  f32,
  i32,
  isVector,
  lane,
  letStmt,
  localStmt,
  mul,
  select,
  splat,
  unary,
  variable,
  vectorOf,
} from '../loopCode.ts'
import type { Access, StageExpr } from '../stage.ts'
import { type Affine, affineOf, type LoadExpr, loadsOf, nodesOf, operandsOf, shareAllEqual, visitExpr } from '../stageExpr.ts'
import { type KernelBuilder, loopTypeOf } from './kernelBuilder.ts'

/** The value of an axis index and the loop level at which it is known (0: outside of all loops). */
export interface AxisIndex {
  readonly index: LoopExpr
  readonly level: number
}

export interface Point {
  readonly axes: readonly AxisIndex[]
  /** Statement lists of the open loops, outermost first; code goes into the last or, hoisted, into an earlier one. */
  readonly levels: readonly LoopStmt[][]
  /** The axis along which values are vectors: its index is that of the first lane. */
  readonly vectorAxis: number | null
  readonly accumulator?: LoopExpr | readonly LoopExpr[]
  /** Sizes of buffers where known: loads that stay inside of them need no guard. */
  readonly sizeOf: (access: Access) => Dim
}

interface Value {
  readonly expr: LoopExpr
  readonly level: number
}

/** Code for an expression: `value` may be called for several expressions at the same point. */
export class StageCode {
  readonly #builder: KernelBuilder
  readonly #point: Point
  #memo = new Map<StageExpr, Value>()
  #levels: readonly LoopStmt[][]
  #uses = new Map<StageExpr, number>()

  constructor(builder: KernelBuilder, point: Point) {
    this.#builder = builder
    this.#point = point
    this.#levels = point.levels
  }

  /** The value, as a vector when the point has a vector axis. */
  value(expr: StageExpr): LoopExpr {
    return this.values([expr])[0]!
  }

  /** Several values, which share what they have in common. */
  values(exprs: readonly StageExpr[]): readonly LoopExpr[] {
    const shared = shareAllEqual(exprs)
    const use = (e: StageExpr): void => {
      this.#uses.set(e, (this.#uses.get(e) ?? 0) + 1)
    }
    for (const e of nodesOf(shared)) operandsOf(e).forEach(use)
    if (shared.length > 1) shared.forEach(use)
    return shared.map((expr) => {
      const { expr: result } = this.#value(expr)
      return this.#point.vectorAxis === null ? result : splat(result)
    })
  }

  get #depth(): number {
    return this.#levels.length - 1
  }

  #value(expr: StageExpr): Value {
    const known = this.#memo.get(expr)
    if (known) return known
    const made = this.#make(expr)
    const leaf = made.expr.l === 'const' || made.expr.l === 'var'
    const bound = !leaf && (made.level < this.#depth || (this.#uses.get(expr) ?? 0) > 1) ? this.#bind(made) : made
    this.#memo.set(expr, bound)
    return bound
  }

  #bind({ expr, level }: Value): Value {
    const name = this.#builder.fresh('v')
    this.#levels[level]!.push(letStmt(name, expr))
    return { expr: variable(name, expr.type), level }
  }

  #make(expr: StageExpr): Value {
    switch (expr.s) {
      case 'scalar':
        return { expr: this.#scalar(expr.value, expr.dtype), level: 0 }
      case 'index':
        return this.#index(expr.axis)
      case 'accumulator':
        return { expr: [this.#point.accumulator!].flat()[expr.which ?? 0]!, level: this.#depth }
      case 'load':
        return this.#load(expr)
      case 'unary': {
        const a = this.#value(expr.a)
        return { expr: wrap(unaryCode(expr.fn, a.expr), expr.dtype, expr.fn), level: a.level }
      }
      case 'binary': {
        const [a, b] = this.#same([this.#value(expr.a), this.#value(expr.b)])
        return { expr: wrap(binaryCode(expr.fn, a!.expr, b!.expr, expr), expr.dtype, expr.fn), level: Math.max(a!.level, b!.level) }
      }
      case 'select':
        return this.#select(expr)
      case 'cast': {
        const a = this.#value(expr.a)
        return { expr: castCode(a.expr, expr.dtype, expr.a.dtype), level: a.level }
      }
      default:
        return expr satisfies never
    }
  }

  /** Scalars become vectors where another operand is one. */
  #same(values: readonly Value[]): readonly Value[] {
    if (!values.some(({ expr }) => isVector(expr.type))) return values
    return values.map(({ expr, level }) => {
      if (isVector(expr.type)) return { expr, level }
      const vector = splat(expr)
      return level < this.#depth && expr.l !== 'const' ? this.#bind({ expr: vector, level }) : { expr: vector, level }
    })
  }

  #scalar(value: Dim | boolean, dtype: DType): LoopExpr {
    if (typeof value === 'boolean' || typeof value === 'number') {
      if (dtype === 'bool') return { l: 'convert', type: 'mask', a: i32(value ? 1 : 0) }
      return dtype === 'float32' ? f32(Number(value)) : i32(Math.trunc(Number(value)))
    }
    const loaded = this.#builder.dim(value)
    return castCode(loaded, dtype, loaded.type === 'f32' ? 'float32' : 'int64')
  }

  #index(axis: number): Value {
    const { index, level } = this.#point.axes[axis]!
    if (axis !== this.#point.vectorAxis) return { expr: index, level }
    const lanes: LoopExpr = { l: 'vector', type: 'i32x4', lanes: [0, 1, 2, 3].map(i32) as [LoopExpr, LoopExpr, LoopExpr, LoopExpr] }
    return { expr: add(splat(index), lanes), level: this.#depth }
  }

  #load({ access, indices }: LoadExpr): Value {
    const { vectorAxis, axes } = this.#point
    let affine: Affine = { constant: 0, terms: new Map() }
    const opaque: { readonly value: Value; readonly stride: Dim }[] = []
    for (const [k, index] of indices.entries()) {
      const stride = access.strides[k] as Dim
      const form = affineOf(index)
      if (form) affine = sum(affine, form, stride)
      else opaque.push({ value: this.#value(index), stride })
    }
    let level = 0
    let scalar: LoopExpr = i32(0)
    let along: Dim = 0
    for (const [axis, coefficient] of affine.terms) {
      if (coefficient === 0) continue
      const at = axes[axis]!
      if (axis === vectorAxis) {
        along = coefficient
        level = this.#depth
      }
      if (at.index.l === 'const' && at.index.value === 0) continue
      level = Math.max(level, at.level)
      scalar = add(scalar, mul(at.index, this.#builder.dim(coefficient)))
    }
    const lanes: { readonly value: LoopExpr; readonly stride: Dim }[] = []
    for (const { value, stride } of opaque) {
      level = Math.max(level, value.level)
      if (isVector(value.expr.type)) lanes.push({ value: this.#bindVector(value.expr), stride })
      else scalar = add(scalar, mul(value.expr, this.#builder.dim(stride)))
    }
    // A symbolic constant part goes into the index, a number into the argument.
    const more = affine.constant
    if (lanes.length === 0 && along === 0) return { expr: this.#builder.load(access, scalar, false, more), level }
    if (lanes.length === 0 && along === 1) return { expr: this.#builder.load(access, scalar, true, more), level }
    const elements = [0, 1, 2, 3].map((at) => {
      const shifted = isConst(along) ? add(scalar, i32(along * at)) : add(scalar, mul(this.#builder.dim(along), i32(at)))
      const index = lanes.reduce((total, { value, stride }) => add(total, mul(lane(value, at), this.#builder.dim(stride))), shifted)
      const loaded = this.#builder.load(access, index, false, more)
      return access.dtype === 'bool' ? convert('i32', loaded) : loaded
    }) as [LoopExpr, LoopExpr, LoopExpr, LoopExpr]
    const vector: LoopExpr = { l: 'vector', type: access.dtype === 'float32' ? 'f32x4' : 'i32x4', lanes: elements }
    return { expr: access.dtype === 'bool' ? convert('maskx4', vector) : vector, level }
  }

  #bindVector(expr: LoopExpr): LoopExpr {
    return expr.l === 'var' ? expr : this.#bind({ expr, level: this.#depth }).expr
  }

  /** Arms that only may be loaded when chosen become branches. */
  #select(expr: StageExpr & { readonly s: 'select' }): Value {
    const condition = this.#value(expr.condition)
    if (![expr.a, expr.b].some((arm) => loadsOf(arm).some((load) => !isSafe(load, this.#point.sizeOf)))) {
      const [a, b] = this.#same([this.#value(expr.a), this.#value(expr.b)])
      const vector = isVector(condition.expr.type)
      const arms = vector ? [splat(a!.expr), splat(b!.expr)] : [a!.expr, b!.expr]
      return { expr: select(condition.expr, arms[0]!, arms[1]!), level: Math.max(condition.level, a!.level, b!.level) }
    }
    if (isVector(condition.expr.type)) throw new Error('a guarded load in vectors of its guard')
    const type = this.#point.vectorAxis === null ? loopTypeOf(expr.dtype) : vectorOf(loopTypeOf(expr.dtype))
    const name = this.#builder.fresh('chosen')
    const zero =
      type === 'mask' || type === 'maskx4' ? convert(type, constantOf(type === 'mask' ? 'i32' : 'i32x4', 0)) : constantOf(type, 0)
    const current = this.#levels[this.#depth]!
    current.push(localStmt(name, zero))
    const outer = { memo: this.#memo, levels: this.#levels }
    const arm = (of: StageExpr): LoopStmt[] => {
      const stmts: LoopStmt[] = []
      // What is computed in an arm stays in it.
      this.#levels = outer.levels.map(() => stmts)
      this.#memo = new Map(outer.memo)
      const { expr: result } = this.#value(of)
      stmts.push(assign(name, isVector(type) ? splat(result) : result))
      return stmts
    }
    const [yes, no] = [arm(expr.a), arm(expr.b)]
    this.#levels = outer.levels
    this.#memo = outer.memo
    current.push({ t: 'if', condition: condition.expr, then: yes, else: no })
    return { expr: variable(name, type), level: this.#depth }
  }
}

function sum(total: Affine, form: Affine, stride: Dim): Affine {
  const terms = new Map(total.terms)
  for (const [axis, coefficient] of form.terms) terms.set(axis, dimAdd(terms.get(axis) ?? 0, dimMul(coefficient, stride)))
  return { constant: dimAdd(total.constant, dimMul(form.constant, stride)), terms }
}

/** The load provably stays inside of its buffer at every point of its axes: then it may be made whether chosen or not. */
export function isSafe({ access, indices }: LoadExpr, sizeOf: (access: Access) => Dim): boolean {
  if (!indices.every((index, axis) => index.s === 'index' && index.axis === axis)) return false
  let [low, high] = [access.offset, access.offset]
  for (const [axis, extent] of access.shape.entries()) {
    const stride = access.strides[axis] as Dim
    if (extent === 1 || stride === 0) continue
    const reach = dimMul(stride, dimSub(extent, 1))
    const { min, max } = dimRange(stride)
    if (min >= 0) high = dimAdd(high, reach)
    else if (max <= 0) low = dimAdd(low, reach)
    else return false
  }
  return dimRange(low).min >= 0 && dimRange(dimSub(dimSub(sizeOf(access), 1), high)).min >= 0
}

/** Whether `value` can run as vectors along `axis`: no guarded load depends on it. */
export function canVectorize(expr: StageExpr, axis: number, sizeOf: (access: Access) => Dim): boolean {
  let possible = true
  visitExpr(expr, (e) => {
    if (e.s !== 'select') return
    const guarded = [e.a, e.b].some((arm) => loadsOf(arm).some((load) => !isSafe(load, sizeOf)))
    if (guarded && dependsOn(e.condition, axis)) possible = false
  })
  return possible
}

export function dependsOn(expr: StageExpr, axis: number): boolean {
  let found = false
  visitExpr(expr, (e) => {
    if (e.s === 'index' && e.axis === axis) found = true
  })
  return found
}

/** uint8 results keep their low byte. */
function wrap(expr: LoopExpr, dtype: DType, fn: UnaryFn | BinaryFn): LoopExpr {
  return dtype === 'uint8' && ['add', 'sub', 'mul', 'neg', 'shl', 'bitwise_not', 'pow'].includes(fn) ? binary('and', expr, 255) : expr
}

const renamed: { readonly [F in UnaryFn]?: LoopUnary } = { round: 'nearest', bitwise_not: 'bitnot' }
const rounding = new Set<UnaryFn>(['floor', 'ceil', 'trunc', 'round'])

function unaryCode(fn: UnaryFn, a: LoopExpr): LoopExpr {
  const float = a.type === 'f32' || a.type === 'f32x4'
  switch (fn) {
    case 'isnan':
      return float ? compare('ne', a, a) : compare('ne', constantOf(isVector(a.type) ? 'i32x4' : 'i32', 0), 0)
    case 'logical_not':
      return a.type === 'mask' || a.type === 'maskx4' ? unary('not', a) : compare('eq', a, 0)
    case 'bitwise_not':
      return unary(a.type === 'mask' || a.type === 'maskx4' ? 'not' : 'bitnot', a)
    case 'sign':
      return select(compare('gt', a, 0), constantOf(a.type, 1), select(compare('lt', a, 0), constantOf(a.type, -1), constantOf(a.type, 0)))
    default:
      return rounding.has(fn) && !float ? a : unary(renamed[fn] ?? (fn as LoopUnary), a)
  }
}

const comparisons = new Set<BinaryFn>(['eq', 'ne', 'lt', 'le', 'gt', 'ge'])
const isMask = (expr: LoopExpr): boolean => expr.type === 'mask' || expr.type === 'maskx4'
const numeric = (expr: LoopExpr): LoopExpr => (isMask(expr) ? convert(isVector(expr.type) ? 'i32x4' : 'i32', expr) : expr)

function binaryCode(fn: BinaryFn, a: LoopExpr, b: LoopExpr, source: StageExpr & { readonly s: 'binary' }): LoopExpr {
  if (comparisons.has(fn)) return compare(fn as 'eq', numeric(a), numeric(b))
  if (isMask(a)) {
    // bool arithmetic of PyTorch: addition is or, multiplication and.
    const fns: { readonly [F in BinaryFn]?: LoopBinary } = {
      add: 'or',
      maximum: 'or',
      mul: 'and',
      minimum: 'and',
      and: 'and',
      or: 'or',
      xor: 'xor',
      sub: 'xor',
      ne: 'xor',
    }
    return binary(fns[fn] ?? 'and', a, b)
  }
  if (fn === 'maximum' || fn === 'minimum') {
    // One instruction instead of several where the other operand is a number: pmax(x, c) keeps a NaN of x, its first operand.
    const fast = fn === 'maximum' ? 'pmax' : 'pmin'
    if (isNumber(source.b)) return binary(fast, a, b)
    if (isNumber(source.a)) return binary(fast, b, a)
    return binary(fn === 'maximum' ? 'max' : 'min', a, b)
  }
  return binary(fn === 'remainder' ? 'floormod' : (fn as LoopBinary), a, b)
}

const isNumber = (expr: StageExpr): boolean => expr.s === 'scalar' && typeof expr.value === 'number' && !Number.isNaN(expr.value)

export function castCode(a: LoopExpr, dtype: DType, from: DType): LoopExpr {
  const vector = isVector(a.type)
  const type = loopTypeOf(dtype)
  const converted = convert(vector ? vectorOf(type) : type, a)
  return dtype === 'uint8' && from !== 'uint8' && from !== 'bool' ? binary('and', converted, 255) : converted
}
