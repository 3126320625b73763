/** Row programs -> one loop over the rows that runs the steps in order. Row temporaries are scratch of one row, so they stay in the first cache. */

import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimProduct } from '../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { forLoop, i32, variable } from '../loopCode.ts'
import type { RowStage } from '../stage.ts'
import { KernelBuilder } from './kernelBuilder.ts'
import { emitLoopStage, loopFlops, type SizeOf } from './loopStage.ts'

export function scheduleRow(stage: RowStage, sizeOf: SizeOf): KernelCall {
  const builder = new KernelBuilder()
  const body: LoopStmt[] = []
  const names = stage.rows.map((extent) => (extent === 1 ? null : builder.fresh('row')))
  const indices = names.map((name): LoopExpr => (name === null ? i32(0) : variable(name, 'i32')))
  for (const step of stage.steps) emitLoopStage(builder, step, { indices, body }, sizeOf)
  const nest = names.reduceRight<readonly LoopStmt[]>(
    (inner, name, axis) => (name === null ? inner : [forLoop(name, i32(0), builder.dim(stage.rows[axis]!), 1, inner)]),
    body,
  )
  const flops = stage.steps.reduce<Dim>((sum, step) => dimAdd(sum, loopFlops(step)), 0)
  const reductions = stage.steps.flatMap(({ reduce }) => (reduce ? [reduce.combiner] : []))
  return builder.finish(['row', ...reductions, dimProduct(stage.rows) === 1 ? 'one' : ''].filter(Boolean).join('_'), nest, flops)
}
