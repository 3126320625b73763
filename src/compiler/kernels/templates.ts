/**
 * The template stages: kernels that are no loop nest of expressions. Operands are dense and row-major, seen as [outer, size, inner] along the dim
 * that the operator works on. Each target has a builder a name (`{ [K in TemplateName]: Builder }`).
 */
export type TemplateName = 'sort' | 'scan' | 'scanExtreme' | 'scatter'

/**
 * sort: inputs [x], outputs [values [outer, count, inner], indices (int64)], params [descending 0/1]: the first `count` elements of each row in
 * stable order, NaN as the largest value. The indices buffer may serve as scratch only when count = size; `scratch` is a third output:
 * int64 [outer, size, inner] for the order under construction.
 * scan: inputs [x], outputs [out], params [kind]: running sum (0), product (1), log of the sum of exponentials (2); ints wrap.
 * scanExtreme: inputs [x], outputs [values, indices], params [largest 0/1]: running extreme with its last position; NaN stays once met.
 * scatter: inputs [self, index, src], outputs [out, counts (int64, like out)], params [dim, mode, includeSelf 0/1]; shapes are the tensors' own:
 * out = self, then each element of src with a place in index is combined into `out` at index[...] of `dim` (negative counts from the end;
 * out of range traps); mode: replace, sum, prod, mean, amax, amin (0..5).
 */
export const templateOutputs: { readonly [K in TemplateName]: number } = { sort: 3, scan: 1, scanExtreme: 2, scatter: 2 }

export const scanKinds = ['sum', 'prod', 'logsumexp'] as const
export const scatterModes = ['replace', 'sum', 'prod', 'mean', 'amax', 'amin'] as const
