/**
 * How products and convolutions walk their result: units of (a block of rows) x (a run of panels), so that the rows of `a` that a unit reads stay in the
 * second cache, or in the first where all panels together are small. A call covers units of about a million operations.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimCeilDiv, dimMul, isConst } from '../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, binary, forLoop, i32, letStmt, mul, variable } from '../loopCode.ts'
import type { KernelBuilder } from './kernelBuilder.ts'

/** Operations that one call of a kernel should do: tens of microseconds. */
export const callOperations = 1 << 20
/** Bytes of rows a block, when panels stream from the second cache and when all of them stay there beside the rows. */
const [largeBlock, smallBlock] = [96 * 1024, 32 * 1024]
/** All panels of a constant operand up to this size count as small. */
const smallPanels = 64 * 1024

/** Rows a block: `rowBytes` are read and `resultBytes` written for each row, `panelBytes` is the size of all panels. */
export function rowsPerBlock(rows: Dim, multiple: number, rowBytes: Dim, resultBytes: Dim, panelBytes: Dim): Dim {
  const known = (dim: Dim): number => (isConst(dim) ? dim : 4096)
  const small = isConst(panelBytes) && panelBytes <= smallPanels
  const fitting = small ? smallBlock / (known(rowBytes) + known(resultBytes)) : largeBlock / known(rowBytes)
  const count = Math.max(multiple, Math.floor(fitting / multiple) * multiple)
  // A short last block would cost a pass over the panels for nothing.
  return isConst(rows) && rows <= count * 1.5 ? rows : count
}

/** A count that code generation sees to be at least 1, so that what is divided by it is known not to be negative. */
export const positive = (builder: KernelBuilder, count: Dim): LoopExpr =>
  isConst(count) ? builder.dim(count) : binary('max', builder.dim(count), i32(1))

export interface Walk {
  readonly name: string
  /** Blocks of rows and panels; and the operations of one block with one panel. */
  readonly blocks: Dim
  readonly panels: Dim
  readonly operations: Dim
  readonly flops: Dim
  /** Code for one block and panel. */
  readonly body: (block: LoopExpr, panel: LoopExpr) => readonly LoopStmt[]
}

/** The loops over blocks and panels, split into calls. Panels are the inner loop. */
export function finishWalk(builder: KernelBuilder, { name, blocks, panels, operations, flops, body }: Walk): KernelCall {
  const [block, panel] = [builder.fresh('block'), builder.fresh('panel')]
  const inner = body(variable(block, 'i32'), variable(panel, 'i32'))
  const each = isConst(operations) ? Math.max(operations, 1) : callOperations / 8
  const whole = isConst(panels) ? panels * each : Number.POSITIVE_INFINITY
  const over = (count: Dim, loopName: string, statements: readonly LoopStmt[]): LoopStmt =>
    forLoop(loopName, i32(0), builder.dim(count), 1, statements)
  const total = isConst(blocks) && isConst(panels) ? blocks * panels * each : Number.POSITIVE_INFINITY
  if (total <= callOperations) return builder.finish(name, [over(blocks, block, [over(panels, panel, inner)])], flops)
  const unit = builder.fresh('unit')
  /** `count` things shared out to calls of `size`. */
  const part = (index: LoopExpr, count: Dim, size: number, loopName: string, statements: readonly LoopStmt[]): LoopStmt => {
    const start = mul(index, size)
    const end = isConst(count) && count % size === 0 ? add(start, size) : binary('min', add(start, size), builder.dim(count))
    return forLoop(loopName, start, end, 1, statements)
  }
  if (whole <= callOperations) {
    const size = Math.max(1, Math.floor(callOperations / whole))
    const calls = dimCeilDiv(blocks, size)
    return builder.finish(name, [part(variable(unit, 'i32'), blocks, size, block, [over(panels, panel, inner)])], flops, {
      count: calls,
      panel: unit,
    })
  }
  const size = Math.max(1, Math.floor(callOperations / each))
  const runs = dimCeilDiv(panels, size)
  if (blocks === 1)
    return builder.finish(name, [letStmt(block, i32(0)), part(variable(unit, 'i32'), panels, size, panel, inner)], flops, {
      count: runs,
      panel: unit,
    })
  const run = builder.fresh('run')
  const statements = [
    letStmt(block, binary('div', variable(unit, 'i32'), positive(builder, runs))),
    letStmt(run, binary('rem', variable(unit, 'i32'), positive(builder, runs))),
    part(variable(run, 'i32'), panels, size, panel, inner),
  ]
  return builder.finish(name, statements, flops, { count: dimMul(blocks, runs), panel: unit })
}
