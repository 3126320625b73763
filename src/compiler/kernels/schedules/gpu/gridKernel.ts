/**
 * Makes one GPU kernel of a stage: what every kernel under construction does (../kernelBuilder.ts), with elements named by their indices, stage expressions as
 * scalar loop IR, workgroup memory, and a grid.
 */
import type { Dim } from '../../../../ops/dim.ts'
import { dimProduct } from '../../../../ops/dimMath.ts'
import { type DType, type StorageType, storageOf } from '../../../../ops/dtype.ts'
import type { BinaryFn } from '../../../../ops/expr.ts'
import { bound, eachPoint } from '../../grid.ts'
import type { KernelCall, LoopBinary, LoopExpr, LoopParam, LoopStmt, LoopType, Scalar } from '../../loop.ts'
import type { Access, BufferId, StageExpr } from '../../stage.ts'
import { operandsOf, visitExpr } from '../../stageExpr.ts'
import { KernelBuilder } from '../kernelBuilder.ts'
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
export class GridKernel {
  readonly #name: string
  readonly #kernel = new KernelBuilder()
  readonly #shared: LoopParam[] = []

  constructor(name: string) {
    this.#name = name
  }

  /** A fresh local name. */
  fresh(hint: string): string {
    return this.#kernel.fresh(hint)
  }

  dim(dim: Dim): LoopExpr {
    return this.#kernel.dim(dim)
  }

  /** A buffer is bound once, from its start: bindings of one buffer must not overlap where one of them is written. */
  #index(access: Access, indices: readonly LoopExpr[]): LoopExpr {
    return indices.reduce((sum, index, k) => add(sum, mul(index, this.dim(access.strides[k]!))), this.dim(access.offset))
  }

  /** `local`: the workgroup array that holds the buffer. */
  load(access: Access, indices: readonly LoopExpr[], local?: string): LoopExpr {
    const index = this.#index(access, indices)
    if (local === undefined) return this.#kernel.load({ ...access, offset: 0 }, index)
    const loaded: LoopExpr = { l: 'load', type: memoryType(access.dtype), buffer: local, index }
    return access.dtype === 'bool' ? convert('mask', loaded) : loaded
  }

  store(access: Access, indices: readonly LoopExpr[], value: LoopExpr, local?: string): LoopStmt {
    const index = this.#index(access, indices)
    const stored = convert(memoryType(access.dtype), value)
    return local === undefined ? this.#kernel.store({ ...access, offset: 0 }, index, stored) : store(local, index, stored)
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
    const { kernel, ...call } = this.#kernel.finish(this.#name, body, flops)
    return { ...call, kernel: { ...kernel, params: [...kernel.params, ...this.#shared] }, grid }
  }
}

const memoryType = (dtype: DType): Scalar => (storageOf[dtype] === 'f32' ? 'f32' : 'i32')

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
