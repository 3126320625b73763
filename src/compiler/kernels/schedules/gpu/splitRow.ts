/** A row program as separate loop stages: each row temporary becomes a buffer with one row of it for every row. */
import type { Dim } from '../../../../ops/dim.ts'
import { dimMul, dimProduct } from '../../../../ops/dimMath.ts'
import type { Access, BufferDecl, LoopStage, RowStage } from '../../stage.ts'
import { mapExpr } from '../../stageExpr.ts'

export function splitRow({ rows, locals, steps }: RowStage): {
  readonly buffers: readonly BufferDecl[]
  readonly steps: readonly LoopStage[]
} {
  const sizes = new Map(locals.map(({ id, size }) => [id, size]))
  /** Row temporaries have stride 0 along the rows: give them the row's length. */
  const widen = (access: Access): Access => {
    const size = sizes.get(access.buffer)
    if (size === undefined) return access
    const strides: Dim[] = [...access.strides]
    let stride = size
    for (let axis = rows.length - 1; axis >= 0; axis--) {
      strides[axis] = stride
      stride = dimMul(stride, rows[axis]!)
    }
    return { ...access, strides }
  }
  const rewrite = (expr: LoopStage['body']) => mapExpr(expr, (e) => (e.s === 'load' ? { ...e, access: widen(e.access) } : e))
  return {
    buffers: locals.map((buffer) => ({ ...buffer, size: dimMul(buffer.size, dimProduct(rows)) })),
    steps: steps.map((step) => ({
      ...step,
      body: rewrite(step.body),
      epilogue: step.epilogue && rewrite(step.epilogue),
      out: widen(step.out),
    })),
  }
}
