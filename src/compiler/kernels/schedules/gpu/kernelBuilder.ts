/**
 * Makes one GPU kernel of a stage: hands out parameters for buffers and symbolic dims as the schedule mentions them, translates stage expressions
 * into scalar loop IR, and closes with the call that runs it. Buffers are named by order of first use, so that equal work on others is one kernel.
 */
import type { Dim } from '../../../../ops/dim.ts'
import { dimProduct, isConst } from '../../../../ops/dimMath.ts'
import { type DType, type StorageType, storageOf } from '../../../../ops/dtype.ts'
import type { BinaryFn } from '../../../../ops/expr.ts'
import { bound, eachPoint } from '../../grid.ts'
import type { KernelArg, KernelCall, KernelFunction, LoopBinary, LoopExpr, LoopParam, LoopStmt, LoopType, Scalar } from '../../loop.ts'
import type { Access, BufferId, StageExpr } from '../../stage.ts'
import { operandsOf, visitExpr } from '../../stageExpr.ts'
import { add, compare, convert, f32, i32, loopBinary, mul, select, store, unary, variable } from './scalarCode.ts'

/** Where the value of the stage's own reduction stands, and the loop variables of its axes. */
export interface Scope {
  readonly indices: readonly LoopExpr[]
  readonly accumulator?: LoopExpr | readonly LoopExpr[]
  /** Row temporaries: the workgroup array each lives in. */
  readonly locals?: ReadonlyMap<BufferId, string>
  /** Where statements that must run before the value go. */
  readonly into: LoopStmt[]
}

/** Words of workgroup memory that a kernel may take: WebGPU grants 16 KiB everywhere. */
export const sharedWords = 3840
export class KernelBuilder {
  readonly #name: string
  readonly #params = new Map<string, { param: LoopParam; arg: KernelArg }>()
  readonly #shared: LoopParam[] = []
  #names = 0

  constructor(name: string) {
    this.#name = name
  }

  /** A fresh local name. */
  fresh(hint: string): string {
    return `${hint}${this.#names++}`
  }

  dim(dim: Dim): LoopExpr {
    if (isConst(dim)) return i32(dim)
    if (dim.op === 'var') {
      const type: Scalar = dim.type === 'float' ? 'f32' : 'i32'
      const name = `s_${dim.name.replace(/\W/g, '_')}`
      this.#params.set(name, { param: { p: 'scalar', name, type }, arg: { scalar: dim, type } })
      return variable(name, type)
    }
    const fns: { readonly [O in typeof dim.op]: LoopBinary } = {
      add: 'add',
      mul: 'mul',
      floordiv: 'floordiv',
      mod: 'floormod',
      max: 'max',
      min: 'min',
    }
    return dim.args.map((arg) => this.dim(arg)).reduce((a, b) => loopBinary(fns[dim.op], a, b))
  }

  #buffer(access: Access, mode: 'read' | 'write'): string {
    const key = `buffer${access.buffer}`
    const known = this.#params.get(key)?.param
    const both = known?.p === 'buffer' && known.access !== mode
    const name = known?.name ?? `buffer${this.#params.size}`
    this.#params.set(key, {
      param: { p: 'buffer', name, element: storageOf[access.dtype], access: both ? 'readwrite' : mode },
      arg: { buffer: access.buffer, offset: 0 },
    })
    return name
  }

  #index(access: Access, indices: readonly LoopExpr[]): LoopExpr {
    return indices.reduce((sum, index, k) => add(sum, mul(index, this.dim(access.strides[k]!))), this.dim(access.offset))
  }

  /** `local`: the workgroup array that holds the buffer. */
  load(access: Access, indices: readonly LoopExpr[], local?: string): LoopExpr {
    const type = memoryType(access.dtype)
    const loaded: LoopExpr = { l: 'load', type, buffer: local ?? this.#buffer(access, 'read'), index: this.#index(access, indices) }
    return access.dtype === 'bool' ? convert('mask', loaded) : loaded
  }

  store(access: Access, indices: readonly LoopExpr[], value: LoopExpr, local?: string): LoopStmt {
    return store(local ?? this.#buffer(access, 'write'), this.#index(access, indices), convert(memoryType(access.dtype), value))
  }

  shared(hint: string, element: 'f32' | 'i32', length: number): string {
    const name = this.fresh(hint)
    this.#shared.push({ p: 'shared', name, element, length })
    return name
  }

  /** Flat position -> one index an axis, row-major; names them, so that later uses are variables. */
  unflatten(flat: LoopExpr, axes: readonly Dim[], into: LoopStmt[]): LoopExpr[] {
    let rest = flat
    const indices: LoopExpr[] = []
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const extent = axes[axis]!
      // An axis without elements: nothing runs, and WGSL refuses to divide by a constant zero.
      if (extent === 1 || extent === 0) {
        indices[axis] = i32(0)
        continue
      }
      const name = this.fresh('i')
      const last = axes.slice(0, axis).every((outer) => outer === 1)
      into.push({ t: 'let', name, type: 'i32', value: last ? rest : loopBinary('rem', rest, this.dim(extent)) })
      indices[axis] = variable(name, 'i32')
      if (!last) {
        const quotient = this.fresh('q')
        into.push({ t: 'let', name: quotient, type: 'i32', value: loopBinary('div', rest, this.dim(extent)) })
        rest = variable(quotient, 'i32')
      }
    }
    return indices
  }

  /** A stage expression as scalar code; nodes used more than once are computed once, into `scope.into`. bool is `mask`, ints are i32. */
  value(expr: StageExpr, scope: Scope): LoopExpr {
    const uses = new Map<StageExpr, number>()
    visitExpr(expr, (e) => {
      for (const operand of operandsOf(e)) uses.set(operand, (uses.get(operand) ?? 0) + 1)
    })
    const named = new Map<StageExpr, LoopExpr>()
    const go = (e: StageExpr): LoopExpr => {
      const known = named.get(e)
      if (known) return known
      const value = this.#node(e, scope, go)
      if ((uses.get(e) ?? 0) < 2 || value.l === 'var' || value.l === 'const') return value
      const name = this.fresh('t')
      scope.into.push({ t: 'let', name, type: value.type, value })
      named.set(e, variable(name, value.type))
      return variable(name, value.type)
    }
    return go(expr)
  }

  #node(expr: StageExpr, scope: Scope, go: (expr: StageExpr) => LoopExpr): LoopExpr {
    switch (expr.s) {
      case 'scalar':
        return this.#scalar(expr.value, expr.dtype)
      case 'index':
        return scope.indices[expr.axis]!
      case 'accumulator':
        return [scope.accumulator!].flat()[expr.which ?? 0]!
      case 'load':
        return this.load(expr.access, expr.indices.map(go), scope.locals?.get(expr.access.buffer))
      case 'unary':
        return unary(expr.fn, go(expr.a))
      case 'binary':
        return binary(expr.fn, go(expr.a), go(expr.b))
      case 'select':
        return select(go(expr.condition), go(expr.a), go(expr.b))
      case 'cast':
        return cast(go(expr.a), expr.dtype)
      default:
        return expr satisfies never
    }
  }

  #scalar(value: Dim | boolean, dtype: DType): LoopExpr {
    const storage: StorageType = storageOf[dtype]
    if (typeof value === 'boolean' || typeof value === 'number') {
      if (dtype === 'bool') return compare('ne', i32(value ? 1 : 0), i32(0))
      return storage === 'f32' ? f32(Number(value)) : i32(Math.trunc(Number(value)))
    }
    return cast(this.dim(value), dtype)
  }

  /** One thread an element of `axes`: `body` gets the indices. */
  elementwise(axes: readonly Dim[], body: (indices: readonly LoopExpr[]) => readonly LoopStmt[], flops: Dim): KernelCall {
    const total = dimProduct(axes)
    const at = this.fresh('at')
    const inner: LoopStmt[] = []
    const indices = this.unflatten(variable(at, 'i32'), axes, inner)
    inner.push(...body(indices))
    const points = eachPoint(at, total, this.dim(total), inner)
    return this.call(points.body, points.grid, flops)
  }

  /** Wraps a body in the grid's loops. */
  grid(groups: { gx?: LoopExpr; gy?: LoopExpr; gz?: LoopExpr }, sizes: { x: number; y?: number }, body: readonly LoopStmt[]): LoopStmt[] {
    let result: LoopStmt[] = [bound('tx', i32(sizes.x), 'thread.x', body)]
    if (sizes.y) result = [bound('ty', i32(sizes.y), 'thread.y', result)]
    if (groups.gx) result = [bound('gx', groups.gx, 'workgroup.x', result)]
    if (groups.gy) result = [bound('gy', groups.gy, 'workgroup.y', result)]
    if (groups.gz) result = [bound('gz', groups.gz, 'workgroup.z', result)]
    return result
  }

  call(body: readonly LoopStmt[], grid: readonly [Dim, Dim, Dim], flops: Dim): KernelCall {
    const params = [...this.#params.values()].sort((a, b) => rank(a.param) - rank(b.param))
    const kernel: KernelFunction = { name: this.#name, params: [...params.map(({ param }) => param), ...this.#shared], body }
    return { kernel, args: params.map(({ arg }) => arg), flops, grid }
  }
}

const memoryType = (dtype: DType): Scalar => (storageOf[dtype] === 'f32' ? 'f32' : 'i32')

const rank = (param: LoopParam): number => (param.p === 'buffer' ? 0 : 1)

const comparisons = new Set<BinaryFn>(['eq', 'ne', 'lt', 'le', 'gt', 'ge'])

function binary(fn: BinaryFn, a: LoopExpr, b: LoopExpr): LoopExpr {
  if (comparisons.has(fn)) {
    const numeric = (operand: LoopExpr) => (operand.type === 'mask' ? convert('i32', operand) : operand)
    return compare(fn as 'eq', numeric(a), numeric(b))
  }
  if (fn === 'maximum') return loopBinary('max', a, b)
  if (fn === 'minimum') return loopBinary('min', a, b)
  if (fn === 'remainder') return loopBinary('floormod', a, b)
  return loopBinary(fn as LoopBinary, a, b)
}

function cast(a: LoopExpr, dtype: DType): LoopExpr {
  if (dtype === 'bool') return a.type === 'mask' ? a : compare('ne', a, a.type === 'f32' ? f32(0) : i32(0))
  const type: LoopType = storageOf[dtype] === 'f32' ? 'f32' : 'i32'
  const converted = convert(type, a)
  return dtype === 'uint8' ? loopBinary('and', converted, i32(255)) : converted
}
