/** Windows over two spatial dims as index expressions, for what the conv and pool stages do not take. */
import type { Dim } from '../../../ops/dim.ts'
import { dimMul } from '../../../ops/dimMath.ts'
import type { StageExpr } from '../stage.ts'
import { affineExpr, indexOf, intScalar } from '../stageExpr.ts'

export interface Window2d {
  readonly kernel: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: readonly [number, number]
  readonly dilation: readonly [number, number]
}

export const pair = (values: readonly number[]): readonly [number, number] => [
  values[0] as number,
  (values.length > 1 ? values[1] : values[0]) as number,
]

/** Input position of tap `index(tapAxis)` at output position `index(axis)`, and whether it lies in 0..size-1 (always true without padding). */
export function tapPosition(
  window: Window2d,
  i: 0 | 1,
  axis: number,
  tapAxis: number,
  size: Dim,
): { readonly position: StageExpr; readonly inside: StageExpr } {
  const terms = new Map<number, Dim>([
    [axis, window.stride[i]],
    [tapAxis, dimMul(1, window.dilation[i])],
  ])
  const position = affineExpr({ constant: -window.padding[i], terms })
  const compare = (fn: 'ge' | 'lt', value: Dim): StageExpr => ({ s: 'binary', fn, a: position, b: intScalar(value), dtype: 'bool' })
  return { position, inside: and(compare('ge', 0), compare('lt', size)) }
}

export const and = (a: StageExpr, b: StageExpr): StageExpr => ({ s: 'binary', fn: 'and', a, b, dtype: 'bool' })
export const indices = (count: number, from = 0): readonly StageExpr[] => Array.from({ length: count }, (_, i) => indexOf(from + i))
