/**
 * max_pool2d and avg_pool2d over [..., h, w]. The result keeps the input's memory order. Averages divide in the epilogue, by the
 * window's size or by the number of taps that count at the position.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimEqual, dimMul, dimSub, isConst } from '../../../ops/dimMath.ts'
import { poolWindow } from '../../../ops/pool.ts'
import { denseOrder } from '../access.ts'
import type { Access, StageExpr } from '../stage.ts'
import { accumulator, affineExpr, intScalar, normalizeLoads } from '../stageExpr.ts'
import type { KernelCallSite } from './kernelOps.ts'
import { and, indices, pair, tapPosition, type Window2d } from './windows.ts'

export function lowerPool({ context, args, outputs, names }: KernelCallSite, combiner: 'max' | 'sum'): readonly Access[] {
  const w = poolWindow('pool', args, 2)
  const window: Window2d = { kernel: pair(w.kernel), stride: pair(w.stride), padding: pair(w.padding), dilation: pair(w.dilation) }
  const input = context.accessOf(args.tensor('self').value)
  const meta = outputs[0]!
  const out = context.temporary(names[0]!, meta, denseOrder(input) ?? undefined)
  const average =
    combiner === 'sum'
      ? divisor(window, input.shape.slice(-2) as [Dim, Dim], out, args.bool('count_include_pad'), args.intOrNull('divisor_override'))
      : null
  const divided = (sum: StageExpr, shift: number): StageExpr => ({ s: 'binary', fn: 'div', a: sum, b: average!(shift), dtype: 'float32' })
  if (meta.dtype === 'float32') {
    // Without a batch dim the stage sees a batch of one.
    const shift = 4 - meta.shape.length
    context.stages.push({
      kind: 'pool',
      combiner,
      input: batched(input),
      ...window,
      out: batched(out),
      epilogue: average ? divided(accumulator('float32'), shift) : null,
    })
    return [out]
  }
  const rank = meta.shape.length
  const y = tapPosition(window, 0, rank - 2, rank, input.shape[rank - 2]!)
  const x = tapPosition(window, 1, rank - 1, rank + 1, input.shape[rank - 1]!)
  const load: StageExpr = { s: 'load', access: input, indices: [...indices(rank - 2), y.position, x.position], dtype: meta.dtype }
  const lowest: StageExpr = { s: 'scalar', value: combiner === 'sum' || meta.dtype === 'uint8' ? 0 : -(2 ** 31), dtype: meta.dtype }
  const body: StageExpr = { s: 'select', condition: and(y.inside, x.inside), a: load, b: lowest, dtype: meta.dtype }
  context.stages.push({
    kind: 'loop',
    axes: meta.shape,
    reduce: { combiner, axes: window.kernel },
    body: normalizeLoads(body, [...meta.shape, ...window.kernel]),
    epilogue: average ? { s: 'cast', a: divided({ s: 'cast', a: accumulator(meta.dtype), dtype: 'float32' }, 0), dtype: meta.dtype } : null,
    out,
  })
  return [out]
}

const batched = (access: Access): Access =>
  access.shape.length === 4 ? access : { ...access, shape: [1, ...access.shape], strides: [0, ...access.strides] }

/** What a sum is divided by, as an expression over the axes of `out` shifted by `shift`. */
function divisor(
  window: Window2d,
  size: readonly [Dim, Dim],
  out: Access,
  includePad: boolean,
  override: number | null,
): (shift: number) => StageExpr {
  const area = window.kernel[0] * window.kernel[1]
  const number = (value: number): StageExpr => ({ s: 'scalar', value, dtype: 'float32' })
  if (override !== null) return () => number(override)
  const rank = out.shape.length
  // The last window ends inside of the (padded) input: every window is whole.
  const whole = ([0, 1] as const).every((i) => {
    const pad = window.padding[i]
    if (pad > 0 && !includePad) return false
    const last = dimAdd(dimMul(dimSub(out.shape[rank - 2 + i]!, 1), window.stride[i]), window.kernel[i] - pad)
    const room = dimAdd(size[i], pad)
    return isConst(last) && isConst(room) ? last <= room : dimEqual(last, room)
  })
  if (whole) return () => number(area)
  return (shift) =>
    ([0, 1] as const)
      .map((i): StageExpr => {
        const axis = shift + rank - 2 + i
        const pad = window.padding[i]
        const start = affineExpr({ constant: -pad, terms: new Map([[axis, window.stride[i]]]) })
        const end = affineExpr({ constant: window.kernel[i] - pad, terms: new Map([[axis, window.stride[i]]]) })
        const stop: StageExpr = {
          s: 'binary',
          fn: 'minimum',
          a: end,
          b: intScalar(includePad ? dimAdd(size[i], pad) : size[i]),
          dtype: 'int64',
        }
        const begin: StageExpr = includePad ? start : { s: 'binary', fn: 'maximum', a: start, b: intScalar(0), dtype: 'int64' }
        return { s: 'cast', a: { s: 'binary', fn: 'sub', a: stop, b: begin, dtype: 'int64' }, dtype: 'float32' }
      })
      .reduce((a, b) => ({ s: 'binary', fn: 'mul', a, b, dtype: 'float32' }))
}
