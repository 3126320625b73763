/**
 * 'compute' operators become loop stages: loads are resolved to accesses, single-element constants to numbers. The result's layout
 * follows that of the operands, as PyTorch's memory formats propagate. Concatenation is one stage an operand, each into its slice.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimEqual, dimMul } from '../../../ops/dimMath.ts'
import type { Compute, Expr } from '../../../ops/expr.ts'
import type { Args, TensorMeta } from '../../../ops/operator.ts'
import { normalizeDim } from '../../../ops/shape.ts'
import type { TensorValue } from '../../ir/operatorCall.ts'
import { denseOrder } from '../access.ts'
import type { Access, StageExpr } from '../stage.ts'
import { loadsOf, normalizeLoads } from '../stageExpr.ts'
import type { LoweringContext } from './context.ts'

interface Computed {
  readonly inputs: readonly TensorValue[]
  readonly results: readonly Compute[]
}

export function lowerCompute(
  context: LoweringContext,
  operator: string,
  { inputs, results }: Computed,
  args: Args<TensorValue>,
  outputs: readonly TensorMeta[],
  names: readonly string[],
): readonly Access[] {
  if (operator === 'aten::cat') return [concatenate(context, args.tensors('tensors'), args.int('dim'), outputs[0]!, names[0]!)]
  const accesses = inputs.map((input) => context.accessOf(input.value))
  return results.map((result, i) => lowerResult(context, accesses, result, outputs[i]!, names[i]!))
}

function lowerResult(context: LoweringContext, accesses: readonly Access[], compute: Compute, meta: TensorMeta, name: string): Access {
  const axes = [...compute.axes, ...(compute.reduce?.axes ?? [])]
  const body = normalizeLoads(lowerExpr(context, compute.body, accesses), axes)
  const out = context.temporary(name, meta, compute.reduce ? undefined : commonOrder(body, meta.shape))
  context.stages.push({
    kind: 'loop',
    axes: compute.axes,
    reduce: compute.reduce ?? null,
    body,
    epilogue: null,
    out,
  })
  return out
}

/** `guarded`: inside an arm of a select, where only the chosen one need be in range. */
function lowerExpr(context: LoweringContext, expr: Expr, accesses: readonly Access[], guarded = false): StageExpr {
  const go = (e: Expr, inArm = guarded): StageExpr => lowerExpr(context, e, accesses, inArm)
  switch (expr.e) {
    case 'scalar':
      return { s: 'scalar', value: expr.value, dtype: expr.dtype }
    case 'index':
      return { s: 'index', axis: expr.axis, dtype: expr.dtype }
    case 'load': {
      const access = accesses[expr.input]!
      const indices = expr.indices.map((index, k) => {
        const lowered = go(index)
        return !guarded && isData(index) ? inRange(lowered, access.shape[k]!) : lowered
      })
      return constantElement(context, access) ?? { s: 'load', access, indices, dtype: expr.dtype }
    }
    case 'unary':
      return { s: 'unary', fn: expr.fn, a: go(expr.a), dtype: expr.dtype }
    case 'binary':
      return { s: 'binary', fn: expr.fn, a: go(expr.a), b: go(expr.b), dtype: expr.dtype }
    case 'select':
      return { s: 'select', condition: go(expr.condition), a: go(expr.a, true), b: go(expr.b, true), dtype: expr.dtype }
    case 'cast':
      return { s: 'cast', a: go(expr.a), dtype: expr.dtype }
    default:
      return expr satisfies never
  }
}

/** An index that is read from a tensor, and not brought into range. */
function isData(index: Expr): boolean {
  switch (index.e) {
    case 'load':
      return true
    case 'unary':
    case 'cast':
      return isData(index.a)
    case 'binary':
      return index.fn !== 'minimum' && (isData(index.a) || isData(index.b))
    case 'select':
      return isData(index.a) || isData(index.b)
    default:
      return false
  }
}

/** The index; one that is out of range is divided by zero, which traps. */
function inRange(index: StageExpr, size: Dim): StageExpr {
  const int = (value: Dim): StageExpr => ({ s: 'scalar', value, dtype: 'int64' })
  const test = (fn: 'ge' | 'lt', value: Dim): StageExpr => ({ s: 'binary', fn, a: index, b: int(value), dtype: 'bool' })
  const inside: StageExpr = { s: 'binary', fn: 'and', a: test('ge', 0), b: test('lt', size), dtype: 'bool' }
  return { s: 'binary', fn: 'floordiv', a: index, b: { s: 'cast', a: inside, dtype: 'int64' }, dtype: 'int64' }
}

/** The number behind a constant of one element. */
function constantElement(context: LoweringContext, access: Access): StageExpr | null {
  const declaration = context.declarationOf(access.buffer)
  if (declaration.role !== 'weight' || declaration.size !== 1 || declaration.constant === undefined) return null
  const value = context.constantOf(declaration.constant).data[0] as number
  return { s: 'scalar', value: access.dtype === 'bool' ? value !== 0 : value, dtype: access.dtype }
}

/** The axis order of the first operand that has the result's full shape; row-major where none says otherwise. */
function commonOrder(body: StageExpr, shape: readonly Dim[]): readonly number[] | undefined {
  for (const { access } of loadsOf(body)) {
    const isFull =
      access.shape.length === shape.length &&
      shape.every((size, i) => dimEqual(size, access.shape[i]!) && (size === 1 || access.strides[i] !== 0))
    const order = isFull ? denseOrder(access) : null
    if (order) return order
  }
  return undefined
}

/** The axis order that at least half of the operands share and that is not row-major: skip connections keep channels last. */
function prevailingOrder(parts: readonly Access[]): readonly number[] | undefined {
  const orders = parts.map(denseOrder)
  const isRowMajorOrder = (order: readonly number[]): boolean => order.every((axis, i) => axis === i)
  const same = (a: readonly number[] | null, b: readonly number[]): boolean => a?.every((axis, i) => axis === b[i]) === true
  return orders.find(
    (order): order is readonly number[] =>
      order !== null && !isRowMajorOrder(order) && orders.filter((other) => same(other, order)).length * 2 >= parts.length,
  )
}

/** Each operand is copied into its slice of one buffer; fusion lets the producer write there at once. */
function concatenate(context: LoweringContext, tensors: readonly TensorValue[], dimension: number, meta: TensorMeta, name: string): Access {
  // Operands of shape [0] take part in no dim, whatever their rank.
  const parts = tensors.filter((tensor) => tensor.shape.length === meta.shape.length)
  const dim = normalizeDim('cat', dimension, meta.shape.length)
  const out = context.temporary(name, meta, prevailingOrder(parts.map(({ value }) => context.accessOf(value))))
  let start: Dim = 0
  for (const part of parts) {
    const access = context.accessOf(part.value)
    const slice: Access = { ...out, shape: part.shape, offset: dimMul(start, out.strides[dim]!) }
    if (access.dtype === meta.dtype) context.copy(access, slice)
    else {
      const indices = part.shape.map((_, axis) => ({ s: 'index', axis, dtype: 'int64' }) as const)
      const load: StageExpr = { s: 'load', access, indices, dtype: access.dtype }
      context.stages.push({
        kind: 'loop',
        axes: part.shape,
        reduce: null,
        body: normalizeLoads({ s: 'cast', a: load, dtype: meta.dtype }, part.shape),
        epilogue: null,
        out: slice,
      })
    }
    start = dimAdd(start, part.shape[dim]!)
  }
  return out
}
