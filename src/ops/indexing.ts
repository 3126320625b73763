/**
 * `x.index([0, slice(1, 3), null, '...', mask, ids])`, PyTorch's C++ indexing, as operators: select, slice and unsqueeze in order, then one
 * `aten::index` where tensors take part. One plan for the eager library and the compiler's frontend.
 */
import type { Dim } from './dim.ts'
import { OperatorError } from './operator.ts'

export type IndexItem<T> =
  | { readonly kind: 'int'; readonly value: Dim }
  | { readonly kind: 'slice'; readonly start: Dim | null; readonly end: Dim | null; readonly step: Dim }
  | { readonly kind: 'none' }
  | { readonly kind: 'ellipsis' }
  /** `consumes`: dims of self that it stands for: 1 for ints, the rank of a mask. */
  | { readonly kind: 'tensor'; readonly value: T; readonly consumes: number }

export type IndexStep =
  | { readonly op: 'aten::select'; readonly dim: number; readonly index: Dim }
  | { readonly op: 'aten::slice'; readonly dim: number; readonly start: Dim | null; readonly end: Dim | null; readonly step: Dim }
  | { readonly op: 'aten::unsqueeze'; readonly dim: number }

export interface IndexPlan<T> {
  /** Views, applied in order to self. */
  readonly steps: readonly IndexStep[]
  /** Indices of `aten::index` on the result, or null when no tensor takes part. */
  readonly tensors: readonly (T | null)[] | null
}

/** @param rank of self; needed where there is an ellipsis. */
export function planIndexing<T>(items: readonly IndexItem<T>[], rank: number | null): IndexPlan<T> {
  const steps: IndexStep[] = []
  const tensors: (T | null)[] = []
  const consumed = items.reduce(
    (count, item) => count + (item.kind === 'tensor' ? item.consumes : item.kind === 'int' || item.kind === 'slice' ? 1 : 0),
    0,
  )
  if (rank !== null && consumed > rank)
    throw new OperatorError('S3004', `index: ${consumed} indices are too many for a tensor of ${rank} dims`)
  if (items.filter((item) => item.kind === 'ellipsis').length > 1) throw new OperatorError('S3004', "index: '...' may occur only once")
  let dim = 0
  for (const item of items) {
    switch (item.kind) {
      case 'int':
        steps.push({ op: 'aten::select', dim, index: item.value })
        break
      case 'slice':
        if (item.start !== null || item.end !== null || item.step !== 1)
          steps.push({ op: 'aten::slice', dim, start: item.start, end: item.end, step: item.step })
        tensors.push(null)
        dim++
        break
      case 'none':
        steps.push({ op: 'aten::unsqueeze', dim })
        tensors.push(null)
        dim++
        break
      case 'ellipsis': {
        if (rank === null) throw new OperatorError('S3002', "index: '...' needs a tensor whose number of dims is known")
        const skipped = rank - consumed
        for (let i = 0; i < skipped; i++) tensors.push(null)
        dim += skipped
        break
      }
      case 'tensor':
        tensors.push(item.value)
        dim += item.consumes
        break
      default:
        item satisfies never
    }
  }
  while (tensors.at(-1) === null) tensors.pop()
  return { steps, tensors: tensors.length > 0 ? tensors : null }
}
