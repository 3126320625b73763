/** The GPU's grid for independent points: one thread each, in workgroups that fold into a second dimension where there are many. */
import type { Dim } from '../../ops/dim.ts'
import { dimCeilDiv, dimMin } from '../../ops/dimMath.ts'
import type { LoopExpr, LoopStmt } from './loop.ts'
import { add, compare, i32, letStmt, mul, variable } from './loopCode.ts'

/** Threads of a workgroup. */
export const threads = 64
/** Workgroups along x before the grid folds into y: WebGPU allows 65,535 a dimension. */
export const gridWidth = 32768

/** A loop that the grid runs: its variable comes from the place in it. */
export const bound = (
  name: string,
  end: LoopExpr,
  bind: NonNullable<(LoopStmt & { t: 'for' })['bind']>,
  body: readonly LoopStmt[],
): LoopStmt => ({ t: 'for', name, start: i32(0), end, step: 1, bind, body })

/** `body` for each of `total` points, whose number is the variable `point`. `limit` is `total` in loop IR. */
export function eachPoint(
  point: string,
  total: Dim,
  limit: LoopExpr,
  body: readonly LoopStmt[],
): { readonly body: readonly LoopStmt[]; readonly grid: readonly [Dim, Dim, Dim] } {
  const groups = dimCeilDiv(total, threads)
  const group = add(mul(variable('gy', 'i32'), i32(gridWidth)), variable('gx', 'i32'))
  const guarded: LoopStmt[] = [
    letStmt(point, add(mul(group, i32(threads)), variable('tx', 'i32'))),
    { t: 'if', condition: compare('lt', variable(point, 'i32'), limit), then: body, else: [] },
  ]
  return {
    body: [
      bound('gy', i32(1), 'workgroup.y', [bound('gx', i32(gridWidth), 'workgroup.x', [bound('tx', i32(threads), 'thread.x', guarded)])]),
    ],
    grid: [dimMin(groups, gridWidth), dimCeilDiv(groups, gridWidth), 1],
  }
}
