/** mm and bmm: `out[b, m, n] = sum over k of self[b, m, k] * mat2[b, k, n]`. */
import type { Dim } from '../../../ops/dim.ts'
import type { Access, StageExpr } from '../stage.ts'
import { indexOf, normalizeLoads } from '../stageExpr.ts'
import type { KernelCallSite } from './kernelOps.ts'

export function lowerProduct({ context, args, outputs, names }: KernelCallSite, batch: readonly Dim[]): readonly Access[] {
  const a = context.accessOf(args.tensor('self').value)
  const b = context.accessOf(args.tensor('mat2').value)
  const out = context.temporary(names[0]!, outputs[0]!)
  const [m, n] = out.shape.slice(batch.length) as [Dim, Dim]
  const k = a.shape[batch.length + 1]!
  if (out.dtype === 'float32') {
    context.stages.push({ kind: 'gemm', batch, m, n, k, a, b, out, epilogue: null })
    return [out]
  }
  // Integers: exact in any order, and rare.
  const lead = batch.map((_, axis) => indexOf(axis))
  const [i, j, l] = [0, 1, 2].map((axis) => indexOf(batch.length + axis)) as [StageExpr, StageExpr, StageExpr]
  const load = (access: Access, indices: readonly StageExpr[]): StageExpr => ({
    s: 'load',
    access,
    indices: [...lead, ...indices],
    dtype: access.dtype,
  })
  const body: StageExpr = { s: 'binary', fn: 'mul', a: load(a, [i, l]), b: load(b, [l, j]), dtype: out.dtype }
  const axes = [...batch, m, n]
  context.stages.push({
    kind: 'loop',
    axes,
    reduce: { combiner: 'sum', axes: [k] },
    body: normalizeLoads(body, [...axes, k]),
    epilogue: null,
    out,
  })
  return [out]
}
