/**
 * Row programs (softmax, LayerNorm) on the GPU: one workgroup a row. Its threads share the points of each step; reductions combine thread by
 * thread through workgroup memory, where the row's temporaries live too. Rows that do not fit run as separate kernels (splitRow.ts).
 */
import type { Dim } from '../../../../ops/dim.ts'
import { dimAdd, dimCeilDiv, dimMin, dimMul, dimProduct, isConst } from '../../../../ops/dimMath.ts'
import { storageOf } from '../../../../ops/dtype.ts'
import type { Combiner } from '../../../../ops/expr.ts'
import { gridWidth, threads } from '../../grid.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../../loop.ts'
import type { BufferId, LoopStage, RowStage } from '../../stage.ts'
import { GridKernel, sharedWords } from './gridKernel.ts'
import { stageValue } from './loopStage.ts'
import { accumulate, combined, identity } from './reduce.ts'
import { add, assign, compare, constant, forLoop, i32, local, mul, store, variable } from './scalarCode.ts'

/** Row programs that run in one workgroup a row: static row temporaries, and combiners that need no position. */
export function fitsWorkgroup(stage: RowStage): boolean {
  const size = stage.locals.reduce<Dim>((sum, buffer) => dimAdd(sum, buffer.size), 0)
  return (
    isConst(size) &&
    size <= sharedWords &&
    stage.steps.every(({ reduce }) => reduce?.combiner !== 'argmax' && reduce?.combiner !== 'argmin')
  )
}

export function scheduleRow(stage: RowStage): KernelCall {
  const kernel = new GridKernel('row')
  const word = (dtype: LoopStage['body']['dtype']) => (storageOf[dtype] === 'f32' ? 'f32' : 'i32')
  const locals = new Map<BufferId, string>(
    stage.locals.map((buffer) => [buffer.id, kernel.shared('row', word(buffer.dtype), buffer.size as number)]),
  )
  const partials = new Map<'f32' | 'i32', string>()
  const partialOf = (type: 'f32' | 'i32'): string => {
    if (!partials.has(type)) partials.set(type, kernel.shared('partial', type, threads))
    return partials.get(type)!
  }
  const row = add(mul(variable('gy', 'i32'), i32(gridWidth)), variable('gx', 'i32'))
  const body: LoopStmt[] = [constant('row', row)]
  const rowIndices = kernel.unflatten(variable('row', 'i32'), stage.rows, body)
  for (const step of stage.steps) {
    const own = step.axes.slice(stage.rows.length)
    const write = (indices: readonly LoopExpr[], value: LoopExpr): LoopStmt =>
      kernel.store(step.out, [...rowIndices, ...indices], value, locals.get(step.out.buffer))
    if (step.reduce && own.every((extent) => extent === 1)) {
      body.push(...reduceTogether(kernel, step, rowIndices, own, locals, partialOf(word(step.body.dtype)), write))
    } else {
      const inner: LoopStmt[] = []
      const at = kernel.fresh('at')
      const indices = kernel.unflatten(variable(at, 'i32'), own, inner)
      const value = stageValue(kernel, step, [...rowIndices, ...indices], inner, locals)
      inner.push(write(indices, value))
      body.push(forLoop(at, kernel.dim(dimProduct(own)), inner, variable('tx', 'i32'), threads))
    }
    body.push({ t: 'barrier' })
  }
  const rows = dimProduct(stage.rows)
  const flops = stage.steps.reduce<Dim>((sum, { axes, reduce }) => dimAdd(sum, dimMul(dimProduct(axes), dimProduct(reduce?.axes ?? []))), 0)
  const guarded: LoopStmt[] = [{ t: 'if', condition: compare('lt', row, kernel.dim(rows)), then: body, else: [] }]
  return kernel.call(
    kernel.grid({ gx: i32(gridWidth), gy: i32(1) }, { x: threads }, guarded),
    [dimMin(rows, gridWidth), dimCeilDiv(rows, gridWidth), 1],
    flops,
  )
}

/** Each thread combines every 64th point, then thread 0 combines the 64 partial values and writes. */
function reduceTogether(
  kernel: GridKernel,
  step: LoopStage,
  rowIndices: readonly LoopExpr[],
  own: readonly Dim[],
  locals: ReadonlyMap<BufferId, string>,
  partial: string,
  write: (indices: readonly LoopExpr[], value: LoopExpr) => LoopStmt,
): LoopStmt[] {
  const { axes } = step.reduce!
  const combiner = step.reduce!.combiner as Exclude<Combiner, 'argmax' | 'argmin'>
  const type = step.body.dtype === 'float32' ? 'f32' : 'i32'
  const zeros = own.map(() => i32(0))
  const accumulator = kernel.fresh('acc')
  const at = kernel.fresh('at')
  const inner: LoopStmt[] = []
  const reduced = kernel.unflatten(variable(at, 'i32'), axes, inner)
  const value = kernel.value(step.body, { indices: [...rowIndices, ...zeros, ...reduced], locals, into: inner })
  inner.push(assign(accumulator, accumulate(combiner, variable(accumulator, type), value)))
  const other = kernel.fresh('t')
  const total = kernel.fresh('total')
  const last: LoopStmt[] = [
    local(total, identity(combiner, type)),
    forLoop(other, i32(threads), [
      assign(total, accumulate(combiner, variable(total, type), { l: 'load', type, buffer: partial, index: variable(other, 'i32') })),
    ]),
  ]
  const result = combined(combiner, variable(total, type))
  const written = step.epilogue
    ? kernel.value(step.epilogue, { indices: [...rowIndices, ...zeros], accumulator: result, locals, into: last })
    : result
  last.push(write(zeros, written))
  return [
    local(accumulator, identity(combiner, type)),
    forLoop(at, kernel.dim(dimProduct(axes)), inner, variable('tx', 'i32'), threads),
    store(partial, variable('tx', 'i32'), variable(accumulator, type)),
    { t: 'barrier' },
    { t: 'if', condition: compare('eq', variable('tx', 'i32'), i32(0)), then: last, else: [] },
  ]
}
