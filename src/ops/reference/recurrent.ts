/** A recurrence step by step, in double precision but for the states, which are float32. */
import type { DenseTensor } from '../operator.ts'
import { type CellMath, type CellName, recurrentCells } from '../recurrentCell.ts'

const numbers: CellMath<number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  tanh: Math.tanh,
  relu: (a) => (a < 0 ? 0 : a),
}

export interface Recurrence {
  readonly cell: CellName
  /** [steps, batch, gates * units]. */
  readonly projected: DenseTensor
  /** [gates * units, units]. */
  readonly weight: DenseTensor
  /** [gates * units]. */
  readonly bias: DenseTensor | null
  /** [batch, units] each. */
  readonly states: readonly DenseTensor[]
  readonly reverse: boolean
}

/** Outputs of all steps [steps, batch, units], then the last states. */
export function referenceRecurrence(
  { cell, projected, weight, bias, states, reverse }: Recurrence,
  [output, ...last]: readonly DenseTensor[],
): void {
  const { gates, next } = recurrentCells[cell]
  const [steps, batch] = projected.shape as [number, number]
  const units = weight.shape[1] as number
  for (const [k, state] of states.entries()) (last[k] as DenseTensor).data.set(state.data)
  const hidden = (last[0] as DenseTensor).data
  const all = Array.from({ length: gates }, (_, gate) => gate)
  for (let step = 0; step < steps; step++) {
    const time = reverse ? steps - 1 - step : step
    for (let row = 0; row < batch; row++) {
      const before = hidden.slice(row * units, (row + 1) * units)
      for (let unit = 0; unit < units; unit++) {
        const own = all.map((gate) => {
          const at = gate * units + unit
          let sum = (bias?.data[at] as number | undefined) ?? 0
          for (let k = 0; k < units; k++) sum += (before[k] as number) * (weight.data[at * units + k] as number)
          return sum
        })
        const given = all.map((gate) => projected.data[((time * batch + row) * gates + gate) * units + unit] as number)
        const at = row * units + unit
        const current = last.map((state, k) => (k === 0 ? before[unit] : state.data[at]) as number)
        next(numbers, given, own, current).forEach((value, k) => {
          ;(last[k] as DenseTensor).data[at] = value
        })
        ;(output as DenseTensor).data[(time * batch + row) * units + unit] = hidden[at] as number
      }
    }
  }
}
