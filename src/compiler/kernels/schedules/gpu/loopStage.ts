/** Pointwise and reducing loops on the GPU: one thread an element of the result, reductions serial inside it. */
import { dimMul, dimProduct } from '../../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../../loop.ts'
import type { BufferId, LoopStage } from '../../stage.ts'
import { GridKernel } from './gridKernel.ts'
import { reduceSerially } from './reduce.ts'

export function scheduleLoop(stage: LoopStage): KernelCall {
  const kernel = new GridKernel(stage.reduce ? `reduce_${stage.reduce.combiner}` : 'pointwise')
  const points = dimMul(dimProduct(stage.axes), dimProduct(stage.reduce?.axes ?? []))
  return kernel.elementwise(
    stage.axes,
    (indices) => {
      const body: LoopStmt[] = []
      body.push(kernel.store(stage.out, indices, stageValue(kernel, stage, indices, body)))
      return body
    },
    points,
  )
}

/** The value of one element of a stage; what must run before goes into `into`. */
export function stageValue(
  kernel: GridKernel,
  stage: LoopStage,
  indices: readonly LoopExpr[],
  into: LoopStmt[],
  locals: ReadonlyMap<BufferId, string> = new Map(),
): LoopExpr {
  if (!stage.reduce) return kernel.value(stage.body, { indices, locals, into })
  const { combiner, axes } = stage.reduce
  const accumulator = reduceSerially(
    kernel,
    combiner,
    axes,
    stage.body.dtype,
    (reduced, inner) => kernel.value(stage.body, { indices: [...indices, ...reduced], locals, into: inner }),
    into,
  )
  return stage.epilogue ? kernel.value(stage.epilogue, { indices, accumulator, locals, into }) : accumulator
}
