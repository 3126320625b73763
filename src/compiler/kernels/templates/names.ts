/**
 * The template stages: kernels that are no loop nest of expressions. Operands are dense and row-major; all but scatter see them as
 * [outer, size, inner] around the dim that the operator works on.
 *
 * sort: inputs [x], outputs [values, indices (int64), scratch (int64 [2 * size])], params [descending 0/1]: each row in stable order, NaN being the
 *   largest value.
 * topk: inputs [x], outputs [values, indices (int64), scratch (int64 [size + 192])], params [largest 0/1, sorted 0/1]: the first elements of each row,
 *   as many as `values` has, equal ones in the order in which PyTorch's CPU kernel leaves them.
 * scan: inputs [x], outputs [out], params [kind]: running sum, product, or log of the sum of exponentials; ints wrap.
 * scanExtreme: inputs [x], outputs [values, indices], params [largest 0/1]: running extreme with its last position; NaN stays once met.
 * scatter: inputs [self, index, src], outputs [out, counts (int64, like out)], params [dim, mode, includeSelf 0/1]; shapes are the tensors' own:
 *   out = self, then each element of src that has a place in index is combined into `out` at position index[...] of `dim`; negative ones count
 *   from the end, and out of range traps.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimMul, dimProduct } from '../../../ops/dimMath.ts'
import type { BufferId, TemplateStage } from '../stage.ts'

export type TemplateName = 'sort' | 'topk' | 'scan' | 'scanExtreme' | 'scatter'

export const scanKinds = ['sum', 'prod', 'logsumexp'] as const
export const scatterModes = ['replace', 'sum', 'prod', 'mean', 'amax', 'amin'] as const

/** Entries of the explicit stack of topk's introsort, behind the positions in its scratch buffer: three ints a level. */
export const topkStack = 192

/** The scratch buffers of a template, and their sizes when all rows run at the same time. */
export function scratchOfRows({ name, inputs, outputs }: TemplateStage): readonly { readonly buffer: BufferId; readonly size: Dim }[] {
  if (name !== 'sort' && name !== 'topk') return []
  const [outer, , inner] = inputs[0]!.shape as [Dim, Dim, Dim]
  const { buffer, shape } = outputs[2]!
  return [{ buffer, size: dimMul(dimProduct(shape), outer, inner) }]
}
