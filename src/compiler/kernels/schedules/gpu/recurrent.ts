/**
 * A recurrence on the GPU: one workgroup a row of the batch runs all steps. Its threads share the units; the first state lies in workgroup memory, where
 * all threads read it, the others are read by the thread that wrote them.
 */
import { dimMul, dimSub } from '../../../../ops/dimMath.ts'
import { OperatorError } from '../../../../ops/operator.ts'
import { threads } from '../../grid.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../../loop.ts'
import type { RecurrentStage, StageExpr } from '../../stage.ts'
import { GridKernel, sharedWords } from './gridKernel.ts'
import { add, assign, constant, f32, forLoop, i32, local, loopBinary, store, variable } from './scalarCode.ts'

export function scheduleRecurrent(stage: RecurrentStage): KernelCall {
  const { steps, batch, units, reverse, weight, initial, cell, out, last } = stage
  const gates = weight.shape[0] as number
  if (units > sharedWords)
    throw new OperatorError('S7001', `recurrent layers of more than ${sharedWords} units do not fit the memory of a WebGPU workgroup`)
  const kernel = new GridKernel('recurrent')
  const hidden = kernel.shared('hidden', 'f32', units)
  const [row, unit, step, time, k] = ['gx', 'unit', 'step', 'time', 'k'].map((name) => variable(name, 'i32')) as [
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
  ]
  const ownUnits = (body: readonly LoopStmt[]): LoopStmt => forLoop('unit', i32(units), body, variable('tx', 'i32'), threads)
  const isHidden = (index: number): boolean => index === 0
  const stateAt = (index: number): LoopExpr =>
    isHidden(index) ? { l: 'load', type: 'f32', buffer: hidden, index: unit } : kernel.load(last[index]!, [row, unit])

  const start: LoopStmt[] = []
  initial.forEach((expr: StageExpr, index) => {
    const value = kernel.value(expr, { indices: [row, unit], into: start })
    start.push(isHidden(index) ? store(hidden, unit, value) : kernel.store(last[index]!, [row, unit], value))
  })

  const sum = (gate: number): string => `sum${gate}`
  const all = Array.from({ length: gates }, (_, gate) => gate)
  const element: LoopExpr = { l: 'load', type: 'f32', buffer: hidden, index: k }
  const own: LoopStmt[] = [
    ...all.map((gate) => local(sum(gate), f32(0))),
    forLoop(
      'k',
      i32(units),
      all.map((gate) =>
        assign(sum(gate), add(variable(sum(gate), 'f32'), loopBinary('mul', element, kernel.load(weight, [i32(gate), unit, k])))),
      ),
    ),
    ...last.map((_, index) => constant(`before${index}`, stateAt(index))),
  ]
  const accumulator = [...all.map((gate) => variable(sum(gate), 'f32')), ...last.map((_, index) => variable(`before${index}`, 'f32'))]
  const next = cell.map((expr, index) => {
    const value = kernel.value(expr, { indices: [time, row, unit], accumulator, into: own })
    own.push(constant(`next${index}`, value))
    return variable(`next${index}`, 'f32')
  })
  own.push(kernel.store(out, [time, row, unit], next[0]!))
  next.forEach((value, index) => void own.push(kernel.store(last[index]!, [row, unit], value)))

  const body: LoopStmt[] = [
    ownUnits(start),
    { t: 'barrier' },
    forLoop('step', kernel.dim(steps), [
      constant('time', reverse ? loopBinary('sub', kernel.dim(dimSub(steps, 1)), step) : step),
      ownUnits(own),
      { t: 'barrier' },
      ownUnits([store(hidden, unit, kernel.load(last[0]!, [row, unit]))]),
      { t: 'barrier' },
    ]),
    // Without steps, the last states are the first.
    ownUnits([kernel.store(last[0]!, [row, unit], stateAt(0))]),
  ]
  return kernel.call(
    kernel.grid({ gx: kernel.dim(batch) }, { x: threads }, body),
    [batch, 1, 1],
    dimMul(2, steps, batch, gates, units, units),
  )
}
