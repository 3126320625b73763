/**
 * Loop stages -> loop nests. Loops follow the memory order of what is written, adjacent axes that all accesses walk as one become one, and the
 * innermost runs in vectors of four with a scalar rest. Reductions run in vectors along the reduced axis (several accumulators, then across lanes) or,
 * where the result is contiguous and the reduced axis is not, along the result.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimMul, dimProduct, isConst } from '../../../ops/dimMath.ts'
import type { Combiner } from '../../../ops/expr.ts'
import type { KernelCall, LoopExpr, LoopStmt, LoopType } from '../loop.ts'
import {
  add,
  assign,
  binary,
  compare,
  constantOf,
  convert,
  forLoop,
  i32,
  isVector,
  lane,
  letStmt,
  localStmt,
  mul,
  select,
  splat,
  variable,
  vectorOf,
} from '../loopCode.ts'
import type { Access, LoopStage, StageExpr } from '../stage.ts'
import { isNormalized, loadsOf, visitExpr } from '../stageExpr.ts'
import { KernelBuilder, loopTypeOf } from './kernelBuilder.ts'
import { type AxisIndex, canVectorize, StageCode } from './stageCode.ts'
import { isHeavy } from './strips.ts'

export type SizeOf = (access: Access) => Dim

/** Axes of a stage that run as one loop: the last member carries the index, the others stand at 0. */
interface LoopAxis {
  readonly members: readonly number[]
  readonly extent: Dim
}

export function scheduleLoop(stage: LoopStage, sizeOf: SizeOf): KernelCall {
  const builder = new KernelBuilder()
  const body: LoopStmt[] = []
  emitLoopStage(builder, stage, { indices: [], body }, sizeOf)
  return builder.finish(nameOf(stage), body, loopFlops(stage))
}

const nameOf = (stage: LoopStage): string => {
  const fns = new Set<string>()
  for (const expr of [stage.body, stage.epilogue])
    if (expr) visitExpr(expr, (e) => (e.s === 'unary' || e.s === 'binary') && e.dtype === 'float32' && fns.add(e.fn))
  return [stage.reduce?.combiner ?? (fns.size > 0 ? 'map' : 'copy'), ...fns].slice(0, 5).join('_')
}

export function loopFlops(stage: LoopStage): Dim {
  const count = (expr: StageExpr | null): number => {
    let operations = 0
    if (expr) visitExpr(expr, (e) => (e.s === 'unary' || e.s === 'binary') && e.dtype === 'float32' && operations++)
    return operations
  }
  const points = dimMul(dimProduct(stage.axes), dimProduct(stage.reduce?.axes ?? []))
  return dimMul(points, count(stage.body) + (stage.reduce ? 1 : 0))
}

export interface Outer {
  /** Indices of the leading axes of the stage, already in loops. */
  readonly indices: readonly LoopExpr[]
  /** Code goes here. */
  readonly body: LoopStmt[]
}

/** Emits the stage, the first `outer.indices.length` axes being fixed. */
export function emitLoopStage(builder: KernelBuilder, stage: LoopStage, outer: Outer, sizeOf: SizeOf): void {
  new LoopStageEmitter(builder, stage, outer, sizeOf).emit()
}

class LoopStageEmitter {
  readonly #builder: KernelBuilder
  readonly #stage: LoopStage
  readonly #sizeOf: SizeOf
  readonly #axes: AxisIndex[]
  readonly #levels: LoopStmt[][]
  readonly #outerCount: number

  constructor(builder: KernelBuilder, stage: LoopStage, outer: Outer, sizeOf: SizeOf) {
    this.#builder = builder
    this.#stage = stage
    this.#sizeOf = sizeOf
    this.#outerCount = outer.indices.length
    const all = [...stage.axes, ...(stage.reduce?.axes ?? [])]
    // Levels are the stage's own: it may read what an earlier step wrote, so nothing moves before it.
    this.#axes = all.map((_, axis) => ({ index: outer.indices[axis] ?? i32(0), level: 0 }))
    this.#levels = [[]]
    this.#target = outer.body
  }

  readonly #target: LoopStmt[]

  emit(): void {
    const stage = this.#stage
    const own = stage.axes.map((_, axis) => axis).slice(this.#outerCount)
    const loops = this.#collapse(this.#inMemoryOrder(own), [stage.body, stage.epilogue], stage.out)
    if (stage.reduce) this.#reduction(loops)
    else this.#pointwise(loops)
    this.#target.push(...this.#levels[0]!)
  }

  /** Slowest to fastest axis of the result; symbolic strides keep their order. Axes of one element need no loop. */
  #inMemoryOrder(axes: readonly number[]): readonly number[] {
    const { axes: extents, out } = this.#stage
    const stride = (axis: number): number => {
      const own = out.strides[axis] as Dim
      return isConst(own) ? own : Number.POSITIVE_INFINITY
    }
    const long = axes.filter((axis) => extents[axis] !== 1)
    const order = long.map((axis, at) => ({ axis, at }))
    order.sort((a, b) => {
      const [x, y] = [stride(a.axis), stride(b.axis)]
      return x === y ? a.at - b.at : y - x
    })
    return order.map(({ axis }) => axis)
  }

  #extent(axis: number): Dim {
    const { axes, reduce } = this.#stage
    return axis < axes.length ? axes[axis]! : reduce!.axes[axis - axes.length]!
  }

  /** Joins an axis to its right neighbour when every access steps through both as through one. */
  #collapse(order: readonly number[], exprs: readonly (StageExpr | null)[], out: Access | null): readonly LoopAxis[] {
    const loads = exprs.flatMap((expr) => (expr ? loadsOf(expr) : []))
    const plain = loads.every(isNormalized)
    const indexed = new Set<number>()
    for (const expr of exprs) if (expr) visitOutsideLoads(expr, (axis) => indexed.add(axis))
    const joins = (left: number, right: number): boolean => {
      if (!plain || indexed.has(left) || indexed.has(right)) return false
      const extent = this.#extent(right)
      const fits = (a: Access): boolean => dimEqual(a.strides[left] ?? 0, dimMul(a.strides[right] ?? 0, extent))
      return loads.every(({ access }) => fits(access)) && (out === null || fits(out))
    }
    const loops: LoopAxis[] = []
    for (const axis of order) {
      const last = loops.at(-1)
      if (last && joins(last.members.at(-1)!, axis))
        loops[loops.length - 1] = { members: [...last.members, axis], extent: dimMul(last.extent, this.#extent(axis)) }
      else loops.push({ members: [axis], extent: this.#extent(axis) })
    }
    return loops
  }

  /** A loop over an axis; `body` fills a new innermost level. */
  #loop(axis: LoopAxis, start: LoopExpr, end: LoopExpr, step: number, body: (index: LoopExpr) => void): void {
    const name = this.#builder.fresh('i')
    const index = variable(name, 'i32')
    const own = axis.members.at(-1)!
    const before = this.#axes[own]!
    const inner: LoopStmt[] = []
    const parent = this.#levels.at(-1)!
    this.#levels.push(inner)
    this.#axes[own] = { index, level: this.#levels.length - 1 }
    body(index)
    this.#levels.pop()
    this.#axes[own] = before
    parent.push(forLoop(name, start, end, step, inner))
  }

  #nest(loops: readonly LoopAxis[], body: () => void): void {
    const [first, ...rest] = loops
    if (!first) {
      body()
      return
    }
    this.#loop(first, i32(0), this.#builder.dim(first.extent), 1, () => this.#nest(rest, body))
  }

  /** Runs `body` along the axis in steps of `width` vectors, then of one, then in scalars (`vectors` 0). */
  #vectorLoop(axis: LoopAxis, widths: readonly number[], body: (vectors: number) => void): void {
    const end = this.#builder.dim(axis.extent)
    let start: LoopExpr = i32(0)
    for (const vectors of [...widths, 0]) {
      const step = Math.max(vectors * 4, 1)
      const stop = vectors === 0 ? end : add(start, mul(binary('floordiv', binary('sub', end, start), i32(step)), i32(step)))
      if (stop.l === 'const' && start.l === 'const' && stop.value <= start.value) continue
      const bound = stop.l === 'const' ? stop : this.#name(stop)
      this.#loop(axis, start, bound, step, () => body(vectors))
      start = bound
    }
  }

  #name(value: LoopExpr, hint = 'n'): LoopExpr {
    const name = this.#builder.fresh(hint)
    this.#levels.at(-1)!.push(letStmt(name, value))
    return variable(name, value.type)
  }

  #code(vectorAxis: number | null, shift = 0, accumulator?: LoopExpr): StageCode {
    const axes =
      shift === 0 || vectorAxis === null
        ? this.#axes
        : this.#axes.map((at, axis) => (axis === vectorAxis ? { ...at, index: add(at.index, i32(shift)) } : at))
    return new StageCode(this.#builder, {
      axes,
      levels: this.#levels,
      vectorAxis,
      sizeOf: this.#sizeOf,
      ...(accumulator ? { accumulator } : {}),
    })
  }

  #store(value: LoopExpr, shift = 0): void {
    const { out } = this.#stage
    const index = this.#stage.axes.reduce(
      (sum: LoopExpr, _, axis) => add(sum, mul(this.#axes[axis]!.index, this.#builder.dim(out.strides[axis] as Dim))),
      i32(shift),
    )
    this.#levels.at(-1)!.push(this.#builder.store(out, index, value))
  }

  #pointwise(loops: readonly LoopAxis[]): void {
    const { body, out } = this.#stage
    const inner = loops.at(-1)
    const axis = inner?.members.at(-1)
    const vectorizes =
      inner !== undefined &&
      axis !== undefined &&
      out.strides[axis] === 1 &&
      atLeast(inner.extent, 4) &&
      canVectorize(body, axis, this.#sizeOf)
    if (!vectorizes) {
      this.#nest(loops, () => this.#store(this.#code(null).value(body)))
      return
    }
    const width = vectorsPerStep(body, inner.extent)
    this.#nest(loops.slice(0, -1), () =>
      this.#vectorLoop(inner, [width], (vectors) => {
        if (vectors === 0) {
          this.#store(this.#code(null).value(body))
          return
        }
        // Values in pairs before their stores: V8 computes side by side what no store parts, joins such pairs (`native`), and would spill more of them.
        for (let at = 0; at < vectors; at += 2) {
          const pair = [at, at + 1]
            .filter((i) => i < vectors)
            .map((i) => ({ i, value: this.#name(this.#code(axis, i * 4).value(body), 'value') }))
          for (const { i, value } of pair) this.#store(value, i * 4)
        }
      }),
    )
  }

  #reduction(loops: readonly LoopAxis[]): void {
    const { body, axes, out } = this.#stage
    const { combiner, axes: reduced } = this.#stage.reduce!
    const order = reduced.map((_, i) => axes.length + i).filter((axis) => this.#extent(axis) !== 1)
    if (combiner === 'argmax' || combiner === 'argmin') {
      this.#nest(loops, () => this.#position(combiner))
      return
    }
    const inner = this.#collapse(order, [body], null)
    const result = loops.at(-1)
    const along = result?.members.at(-1)
    const last = inner.at(-1)
    const lastAxis = last?.members.at(-1)
    const loads = loadsOf(body)
    const adjacent = (axis: number): number => loads.filter((load) => !isNormalized(load) || load.access.strides[axis] === 1).length
    const scattered = (axis: number): number =>
      loads.filter((load) => isNormalized(load) && ![0, 1].includes(load.access.strides[axis] as number)).length
    const alongReduced =
      last !== undefined &&
      lastAxis !== undefined &&
      atLeast(last.extent, 4) &&
      adjacent(lastAxis) > 0 &&
      canVectorize(body, lastAxis, this.#sizeOf)
    const alongResult =
      result !== undefined &&
      along !== undefined &&
      out.strides[along] === 1 &&
      atLeast(result.extent, 4) &&
      [body, this.#stage.epilogue].every((expr) => !expr || canVectorize(expr, along, this.#sizeOf))
    if (alongReduced && !(alongResult && scattered(lastAxis) > scattered(along)))
      this.#nest(loops, () => this.#reduceAlong(inner, lastAxis))
    else if (alongResult) {
      const widths = atLeast(result.extent, 16) ? [4, 1] : [1]
      this.#nest(loops.slice(0, -1), () => this.#vectorLoop(result, widths, (vectors) => this.#reduceEach(inner, along, vectors)))
    } else this.#nest(loops, () => this.#reduceEach(inner, null, 0))
  }

  #finish(accumulator: LoopExpr, vectorAxis: number | null, shift: number): void {
    const { epilogue } = this.#stage
    this.#store(epilogue ? this.#code(vectorAxis, shift, accumulator).value(epilogue) : accumulator, shift)
  }

  /** `vectors` accumulators along an axis of the result (0: one scalar), each over all reduced points. */
  #reduceEach(inner: readonly LoopAxis[], axis: number | null, vectors: number): void {
    const { combiner } = this.#stage.reduce!
    const scalar = loopTypeOf(this.#stage.body.dtype)
    const type = vectors === 0 ? scalar : vectorOf(scalar)
    const vectorAxis = vectors === 0 ? null : axis
    const names = Array.from({ length: Math.max(vectors, 1) }, () => this.#builder.fresh('acc'))
    for (const name of names) this.#levels.at(-1)!.push(localStmt(name, identity(combiner, type)))
    this.#nest(inner, () => {
      names.forEach((name, i) => {
        const value = this.#code(vectorAxis, i * 4).value(this.#stage.body)
        this.#levels.at(-1)!.push(assign(name, combine(combiner, variable(name, type), value)))
      })
    })
    names.forEach((name, i) => {
      this.#finish(variable(name, type), vectorAxis, i * 4)
    })
  }

  /** Vectors along the reduced axis: four accumulators where it is long, then one, then scalars. */
  #reduceAlong(inner: readonly LoopAxis[], axis: number): void {
    const { combiner } = this.#stage.reduce!
    const scalar = loopTypeOf(this.#stage.body.dtype)
    const type = vectorOf(scalar)
    const last = inner.at(-1)!
    const count = atLeast(last.extent, 16) ? 4 : 1
    const names = Array.from({ length: count }, () => this.#builder.fresh('acc'))
    const rest = this.#builder.fresh('rest')
    const declare = (): void => {
      for (const name of names) this.#levels.at(-1)!.push(localStmt(name, identity(combiner, type)))
    }
    declare()
    this.#levels.at(-1)!.push(localStmt(rest, identity(combiner, scalar)))
    const accumulate = (vectors: number): void => {
      for (let i = 0; i < Math.max(vectors, 1); i++) {
        const name = vectors === 0 ? rest : names[i]!
        const value = this.#code(vectors === 0 ? null : axis, i * 4).value(this.#stage.body)
        this.#levels.at(-1)!.push(assign(name, combine(combiner, variable(name, vectors === 0 ? scalar : type), value)))
      }
    }
    this.#nest(inner.slice(0, -1), () => this.#vectorLoop(last, count > 1 ? [count, 1] : [1], accumulate))
    const total = this.#builder.fresh('total')
    const joined = names.map((name) => variable(name, type)).reduce((a, b) => combine(combiner, a, b))
    this.#levels.at(-1)!.push({ t: 'let', name: total, type, value: joined })
    const across = [0, 1, 2, 3]
      .map((at) => laneOf(variable(total, type), at))
      .reduce((a, b) => combine(combiner, a, b), variable(rest, scalar))
    const reduced = this.#builder.fresh('reduced')
    this.#levels.at(-1)!.push({ t: 'let', name: reduced, type: scalar, value: across })
    this.#finish(variable(reduced, scalar), null, 0)
  }

  /** The first position of the extreme value in the reduced points; NaN counts as the most extreme. */
  #position(combiner: 'argmax' | 'argmin'): void {
    const { body, axes } = this.#stage
    const reduced = this.#stage.reduce!.axes
    const type = loopTypeOf(body.dtype) === 'f32' ? 'f32' : 'i32'
    const [best, at] = [this.#builder.fresh('best'), this.#builder.fresh('at')]
    const start =
      type === 'f32'
        ? combiner === 'argmax'
          ? Number.NEGATIVE_INFINITY
          : Number.POSITIVE_INFINITY
        : combiner === 'argmax'
          ? -(2 ** 31)
          : 2 ** 31 - 1
    this.#levels.at(-1)!.push(localStmt(best, constantOf(type, start)), localStmt(at, i32(0)))
    const loops = reduced.map((extent, i): LoopAxis => ({ members: [axes.length + i], extent }))
    this.#nest(loops, () => {
      const value = this.#builder.fresh('value')
      this.#levels.at(-1)!.push({ t: 'let', name: value, type, value: convert(type, this.#code(null).value(body)) })
      const [x, y] = [variable(value, type), variable(best, type)]
      const better = compare(combiner === 'argmax' ? 'gt' : 'lt', x, y)
      const taken = type === 'f32' ? binary('or', better, binary('and', compare('ne', x, x), compare('eq', y, y))) : better
      const position = reduced.reduce(
        (flat: LoopExpr, extent, i) => add(mul(flat, this.#builder.dim(extent)), this.#axes[axes.length + i]!.index),
        i32(0),
      )
      this.#levels.at(-1)!.push({ t: 'if', condition: taken, then: [assign(best, x), assign(at, position)], else: [] })
    })
    this.#finish(variable(at, 'i32'), null, 0)
  }
}

/** Axes whose index occurs elsewhere than as a plain index of a normalized load. */
function visitOutsideLoads(expr: StageExpr, found: (axis: number) => void): void {
  visitExpr(expr, (e) => {
    const operands = e.s === 'load' ? (isNormalized(e) ? [] : e.indices) : operandList(e)
    for (const operand of operands) if (operand.s === 'index') found(operand.axis)
  })
  if (expr.s === 'index') found(expr.axis)
}

function operandList(e: StageExpr): readonly StageExpr[] {
  if (e.s === 'unary' || e.s === 'cast') return [e.a]
  if (e.s === 'binary') return [e.a, e.b]
  return e.s === 'select' ? [e.condition, e.a, e.b] : []
}

/**
 * Several vectors a step where that leaves no rest: counters and pointers advance less often, constants that have no register are read less often.
 * Long expressions would spill: more than one transcendental function, or a logarithm.
 */
function vectorsPerStep(body: StageExpr, extent: Dim): number {
  let operations = 0
  const heavy: string[] = []
  visitExpr(body, (e) => {
    if (e.s === 'unary' && isHeavy(e)) heavy.push(e.fn)
    if (e.s === 'unary' || e.s === 'binary' || e.s === 'select') operations++
  })
  const most = heavy.length > 0 ? (heavy.length > 1 || heavy[0] === 'log' ? 2 : 4) : operations <= 12 ? 4 : 1
  return [4, 2].find((width) => width <= most && isConst(extent) && extent % (width * 4) === 0) ?? 1
}

const atLeast = (extent: Dim, count: number): boolean => !isConst(extent) || extent >= count

const laneOf = (vector: LoopExpr, at: number): LoopExpr =>
  vector.type === 'maskx4' ? convert('mask', lane(convert('i32x4', vector), at)) : lane(vector, at)

export function identity(combiner: Combiner, type: LoopType): LoopExpr {
  if (type === 'mask' || type === 'maskx4') {
    const value = combiner === 'all' || combiner === 'min' || combiner === 'prod' ? 1 : 0
    return convert(type, constantOf(type === 'mask' ? 'i32' : 'i32x4', value))
  }
  const float = type === 'f32' || type === 'f32x4'
  switch (combiner) {
    case 'sum':
    case 'any':
      return constantOf(type, 0)
    case 'prod':
    case 'all':
      return constantOf(type, 1)
    case 'max':
    case 'argmax':
      return constantOf(type, float ? Number.NEGATIVE_INFINITY : -(2 ** 31))
    case 'min':
    case 'argmin':
      return constantOf(type, float ? Number.POSITIVE_INFINITY : 2 ** 31 - 1)
    default:
      return combiner satisfies never
  }
}

export function combine(combiner: Combiner, a: LoopExpr, b: LoopExpr): LoopExpr {
  const mask = a.type === 'mask' || a.type === 'maskx4'
  const right = isVector(a.type) ? splat(b) : b
  switch (combiner) {
    case 'sum':
      return binary(mask ? 'or' : 'add', a, right)
    case 'prod':
      return binary(mask ? 'and' : 'mul', a, right)
    case 'max':
      return binary(mask ? 'or' : 'max', a, right)
    case 'min':
      return binary(mask ? 'and' : 'min', a, right)
    case 'any':
      return mask ? binary('or', a, right) : select(compare('ne', a, 0), a, right)
    case 'all':
      return mask ? binary('and', a, right) : select(compare('eq', a, 0), a, right)
    default:
      throw new Error(`${combiner} does not combine values alone`)
  }
}
