/** Layouts of values in buffers: making them, comparing them, and finding how two views of one buffer correspond. */
import type { Dim } from '../../ops/dim.ts'
import { dimAdd, dimEqual, dimFloorDiv, dimMul, dimRange, dimSub, isConst, substituteDim } from '../../ops/dimMath.ts'
import { contiguousStrides } from '../../ops/shape.ts'
import type { Access } from './stage.ts'
import type { Affine } from './stageExpr.ts'

export type Layout = Pick<Access, 'shape' | 'strides' | 'offset'>

/** Row-major strides, unless `order` gives the axes from the slowest to the fastest. */
export function stridesInOrder(shape: readonly Dim[], order: readonly number[]): readonly Dim[] {
  const dense = contiguousStrides(order.map((axis) => shape[axis] as Dim))
  const strides: Dim[] = []
  order.forEach((axis, i) => {
    strides[axis] = dense[i] as Dim
  })
  return strides
}

/** Slowest to fastest axis of `[n, c, ...spatial]` with channels last. */
export const channelsLast = (rank: number): readonly number[] => [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1]

/** Whether the strides of all axes longer than 1 are those of row-major order. */
export function isRowMajor({ shape, strides }: Pick<Layout, 'shape' | 'strides'>): boolean {
  const dense = contiguousStrides(shape)
  return shape.every((size, i) => size === 1 || dimEqual(strides[i] as Dim, dense[i] as Dim))
}

/**
 * The axes from slowest to fastest when the layout is a permutation of dense storage, else null. Axes of extent 1 stand where row-major
 * order would have them, before their right neighbour.
 */
export function denseOrder({ shape, strides }: Pick<Layout, 'shape' | 'strides'>): readonly number[] | null {
  const axes = shape.map((_, axis) => axis)
  if (isRowMajor({ shape, strides })) return axes
  const long = axes.filter((axis) => shape[axis] !== 1)
  const order: number[] = []
  let wanted: Dim = 1
  const left = new Set(long)
  while (left.size > 0) {
    const next = [...left].find((axis) => dimEqual(strides[axis] as Dim, wanted))
    if (next === undefined) return null
    left.delete(next)
    order.unshift(next)
    wanted = dimMul(wanted, shape[next] as Dim)
  }
  return [...axes.filter((axis) => shape[axis] === 1), ...order]
}

/**
 * How the axes of `from` follow from the axes of `to` where both address the same element: one affine form over `to`'s axes for each axis of
 * `from`. null when there is no such form, or none that can be proved to stay in range. `from` must be injective (what a stage writes).
 * Algorithm: each stride of `to` and the common offset are written as multiples of `from`'s strides, largest first.
 */
export function solveIndices(from: Layout, to: Layout): readonly Affine[] | null {
  const axes = from.shape.map((size, axis) => ({ axis, size, stride: from.strides[axis] as Dim })).filter(({ size }) => size !== 1)
  const terms: Map<number, Dim>[] = from.shape.map(() => new Map())
  /** What the axis may still grow to: size - 1 - (offset part) - sum of (extent - 1) * coefficient. */
  const reach: Dim[] = from.shape.map(() => 0)
  const positive = positiveSymbols([...from.shape, ...to.shape])
  const fits = (axis: number, more: Dim): boolean => {
    const rest = dimSub(dimSub(from.shape[axis] as Dim, 1), dimAdd(reach[axis] as Dim, more))
    return dimRange(substituteDim(rest, positive)).min >= 0
  }
  const sorted = [...axes].sort((a, b) => descending(a.stride, b.stride))
  const constants: Dim[] = from.shape.map(() => 0)
  // The offset: greedy in the strides' order; symbolic offsets only as an exact multiple of one stride.
  let rest = dimSub(to.offset, from.offset)
  for (const { axis, stride } of sorted) {
    if (rest === 0) break
    const quotient = isConst(rest) && isConst(stride) ? Math.floor(rest / stride) : exactQuotient(rest, stride)
    if (quotient === null || quotient === 0 || !fits(axis, quotient)) continue
    constants[axis] = quotient
    reach[axis] = quotient
    rest = dimSub(rest, dimMul(quotient, stride))
  }
  if (rest !== 0) return null
  const walked = to.shape
    .map((size, k) => ({ k, size, stride: to.strides[k] as Dim }))
    .filter(({ size, stride }) => size !== 1 && stride !== 0)
  for (const { k, size, stride } of walked.sort((a, b) => descending(a.stride, b.stride))) {
    const candidates = sorted
      .map(({ axis, stride: own }) => ({ axis, coefficient: exactQuotient(stride, own) }))
      .filter(
        (c): c is { axis: number; coefficient: Dim } => c.coefficient !== null && dimRange(substituteDim(c.coefficient, positive)).min > 0,
      )
    const chosen = candidates.find(({ axis, coefficient }) => fits(axis, dimMul(coefficient, dimSub(size, 1))))
    if (!chosen) return null
    terms[chosen.axis]?.set(k, chosen.coefficient)
    reach[chosen.axis] = dimAdd(reach[chosen.axis] as Dim, dimMul(chosen.coefficient, dimSub(size, 1)))
  }
  return from.shape.map((_, axis) => ({ constant: constants[axis] as Dim, terms: terms[axis] as Map<number, Dim> }))
}

/** Where there are elements, sizes are at least 1, and so are the symbols that they are products of. */
function positiveSymbols(shape: readonly Dim[]): ReadonlyMap<string, Dim> {
  const found = new Map<string, Dim>()
  for (const size of shape) {
    if (isConst(size)) continue
    for (const factor of size.op === 'mul' ? size.args : [size])
      if (!isConst(factor) && factor.op === 'var' && factor.min === 0) found.set(factor.name, { ...factor, min: 1 })
  }
  return found
}

/** a / b when that is a whole number (or polynomial), else null. */
function exactQuotient(a: Dim, b: Dim): Dim | null {
  if (b === 0) return null
  const quotient = dimFloorDiv(a, b)
  return dimEqual(dimMul(quotient, b), a) ? quotient : null
}

/** Larger strides first; symbolic ones by what is known of their ratio. */
function descending(a: Dim, b: Dim): number {
  if (isConst(a) && isConst(b)) return b - a
  const { min, max } = dimRange(dimSub(a, b))
  if (min >= 0) return -1
  if (max <= 0) return 1
  if (exactQuotient(a, b) !== null) return -1
  return exactQuotient(b, a) !== null ? 1 : 0
}
