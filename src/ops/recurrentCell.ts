/**
 * The cells of recurrent layers as formulas over whatever they are computed in: numbers (reference/recurrent.ts) and stage expressions (kernels).
 * A gate has two summands: `given`, projected from the input of the step, and `own`, projected from the state before.
 */
export interface CellMath<E> {
  add(a: E, b: E): E
  sub(a: E, b: E): E
  mul(a: E, b: E): E
  sigmoid(a: E): E
  tanh(a: E): E
  relu(a: E): E
}

export interface RecurrentCell {
  readonly gates: number
  readonly states: number
  /** The next states; the first one is the output. */
  next<E>(math: CellMath<E>, given: readonly E[], own: readonly E[], states: readonly E[]): readonly E[]
}

/** (h, c) by Hochreiter and Schmidhuber; gates in PyTorch's order i, f, g, o. */
const lstm: RecurrentCell = {
  gates: 4,
  states: 2,
  next<E>(math: CellMath<E>, given: readonly E[], own: readonly E[], states: readonly E[]) {
    const [i, f, g, o] = given.map((value, k) => math.add(value, own[k] as E)) as [E, E, E, E]
    const cell = math.add(math.mul(math.sigmoid(f), states[1] as E), math.mul(math.sigmoid(i), math.tanh(g)))
    return [math.mul(math.sigmoid(o), math.tanh(cell)), cell]
  },
}

/** (h) by Cho et al.; gates in PyTorch's order r, z, n. What the state adds to n stays inside of the reset. */
const gru: RecurrentCell = {
  gates: 3,
  states: 1,
  next<E>(math: CellMath<E>, given: readonly E[], own: readonly E[], [h]: readonly E[]) {
    const gate = (k: 0 | 1): E => math.sigmoid(math.add(given[k] as E, own[k] as E))
    const fresh = math.tanh(math.add(given[2] as E, math.mul(gate(0), own[2] as E)))
    return [math.add(fresh, math.mul(gate(1), math.sub(h as E, fresh)))]
  },
}

/** (h) by Elman. */
const plain = (activation: 'tanh' | 'relu'): RecurrentCell => ({
  gates: 1,
  states: 1,
  next: <E>(math: CellMath<E>, given: readonly E[], own: readonly E[]) => [math[activation](math.add(given[0] as E, own[0] as E))],
})

export const recurrentCells = { lstm, gru, rnn_tanh: plain('tanh'), rnn_relu: plain('relu') } as const

export type CellName = keyof typeof recurrentCells
