/**
 * How constants are rearranged at build time for the kernels that read them. One layout serves products and convolutions: panels.
 * A matrix [k, n] (k possibly several nested axes, with a copy a group) becomes panels of `width` columns, each stored row after row:
 * `[group][panel][k][width]`. The last panel is as narrow as the columns that are left, rounded up to 4 with zeros.
 */
import type { TypedArray } from '../../ops/dtype.ts'
import type { TensorConstant } from '../ir/graph.ts'
import type { Packing } from './stage.ts'

export interface PanelLayout {
  readonly width: number
  readonly groups: number
  readonly groupStride: number
  readonly columns: number
  readonly columnStride: number
  readonly offset: number
  /** Extent and stride of each axis of k, outermost first. */
  readonly reduction: readonly (readonly [extent: number, stride: number])[]
}

export const panelPacking = (layout: PanelLayout): Packing => ({
  name: 'panels',
  params: [layout.width, layout.groups, layout.groupStride, layout.columns, layout.columnStride, layout.offset, ...layout.reduction.flat()],
})

const layoutOf = (params: readonly number[]): PanelLayout => {
  const [width, groups, groupStride, columns, columnStride, offset, ...rest] = params as [
    number,
    number,
    number,
    number,
    number,
    number,
    ...number[],
  ]
  return {
    width,
    groups,
    groupStride,
    columns,
    columnStride,
    offset,
    reduction: Array.from({ length: rest.length / 2 }, (_, i) => [rest[2 * i]!, rest[2 * i + 1]!]),
  }
}

export const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to

/** Columns that the panels of one group hold, zeros included. */
export const paddedColumns = (columns: number, width: number): number => Math.floor(columns / width) * width + roundUp(columns % width, 4)

export const reductionSize = (reduction: readonly (readonly [number, number])[]): number =>
  reduction.reduce((size, [extent]) => size * extent, 1)

export const packedSize = ({ width, groups, columns, reduction }: PanelLayout): number =>
  groups * reductionSize(reduction) * paddedColumns(columns, width)

export function packConstant(packing: Packing, constant: Pick<TensorConstant, 'data'>): TypedArray {
  if (packing.name !== 'panels') throw new Error(`no packing ${packing.name}`)
  const layout = layoutOf(packing.params)
  const { data } = constant
  const packed = new (data.constructor as new (length: number) => TypedArray)(packedSize(layout))
  const rows = rowOffsets(layout.reduction)
  let at = 0
  for (let group = 0; group < layout.groups; group++)
    for (let first = 0; first < layout.columns; first += layout.width) {
      const left = layout.columns - first
      const width = left >= layout.width ? layout.width : roundUp(left, 4)
      for (const row of rows) {
        const start = layout.offset + group * layout.groupStride + row
        for (let lane = 0; lane < width; lane++, at++)
          packed[at] = lane < left ? (data[start + (first + lane) * layout.columnStride] as number) : 0
      }
    }
  return packed
}

/** Where each row of k starts. */
function rowOffsets(reduction: readonly (readonly [number, number])[]): readonly number[] {
  return reduction.reduce<readonly number[]>(
    (starts, [extent, stride]) => starts.flatMap((start) => Array.from({ length: extent }, (_, i) => start + i * stride)),
    [0],
  )
}
