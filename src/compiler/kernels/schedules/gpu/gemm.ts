/** Matrix products on the GPU: operands through their strides. */
import type { Dim } from '../../../../ops/dim.ts'
import { dimMul, dimProduct } from '../../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../../loop.ts'
import type { Access, GemmStage } from '../../stage.ts'
import { GridKernel } from './gridKernel.ts'
import { variable } from './scalarCode.ts'
import { type ProductOperand, scheduleProduct } from './tiledProduct.ts'

export function scheduleGemm(stage: GemmStage): KernelCall {
  const { batch, m, n, k, epilogue, out } = stage
  const kernel = new GridKernel('gemm')
  const before: LoopStmt[] = []
  const batchIndices = kernel.unflatten(variable('gz', 'i32'), batch, before)
  const operand = (access: Access, indices: (own: LoopExpr, k: LoopExpr) => LoopExpr[], strideOfK: Dim): ProductOperand => ({
    position: (own) => [own],
    inside: () => null,
    load: ([own], step) => kernel.load(access, [...batchIndices, ...indices(own!, step)]),
    alongK: strideOfK === 1,
  })
  return scheduleProduct(kernel, {
    m,
    n,
    k,
    a: operand(stage.a, (row, step) => [row, step], stage.a.strides.at(-1)!),
    b: operand(stage.b, (column, step) => [step, column], stage.b.strides.at(-2)!),
    before,
    around: (body) => body,
    result(row, column, value) {
      const indices = [...batchIndices, row, column]
      const into: LoopStmt[] = []
      const result = epilogue ? kernel.value(epilogue, { indices, accumulator: value, into }) : value
      return [...into, kernel.store(out, indices, result)]
    },
    batch: dimProduct(batch),
    flops: dimMul(2, dimProduct(batch), m, n, k),
  })
}
