/** LSTM, GRU, RNN and attention against results of PyTorch 2.13 (test/data/recurrent.json: seed 0, two layers, both directions, batch first). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { F, nn, type Tensor, tensor } from '../../src/index.ts'
import type { NestedArray } from '../../src/runtime/tensor.ts'

interface Recorded {
  readonly state: { readonly [key: string]: readonly [shape: readonly number[], values: readonly number[]] }
  readonly x: NestedArray
  readonly y: NestedArray
  readonly s: readonly NestedArray[]
}

const recorded = JSON.parse(readFileSync(new URL('../data/recurrent.json', import.meta.url), 'utf8')) as {
  readonly LSTM: Recorded
  readonly GRU: Recorded
  readonly RNN: Recorded
  readonly RNN_relu: Recorded
  readonly sdpa: { readonly q: NestedArray; readonly k: NestedArray; readonly v: NestedArray; readonly causal: NestedArray }
}

const distance = (a: Tensor, b: NestedArray): number => Number(a.sub(tensor(b)).abs().max().item())
const stateOf = ({ state }: Recorded) =>
  Object.fromEntries(Object.entries(state).map(([key, [shape, values]]) => [key, tensor(values, { shape })]))
const options = { batchFirst: true, bidirectional: true }

describe('recurrent layers', () => {
  it('LSTM gives the outputs and both last states', () => {
    const layer = new nn.LSTM(3, 4, 2, options)
    layer.loadStateDict(stateOf(recorded.LSTM))
    const [y, [h, c]] = layer(tensor(recorded.LSTM.x))
    expect(distance(y, recorded.LSTM.y)).toBeLessThan(1e-6)
    expect(distance(h, recorded.LSTM.s[0]!)).toBeLessThan(1e-6)
    expect(distance(c, recorded.LSTM.s[1]!)).toBeLessThan(1e-6)
  })

  it('GRU gives the outputs and the last state', () => {
    const layer = new nn.GRU(3, 4, 2, options)
    layer.loadStateDict(stateOf(recorded.GRU))
    const [y, h] = layer.forward(tensor(recorded.GRU.x))
    expect(distance(y, recorded.GRU.y)).toBeLessThan(1e-6)
    expect(distance(h, recorded.GRU.s[0]!)).toBeLessThan(1e-6)
  })

  it.each(['tanh', 'relu'] as const)('RNN with %s', (nonlinearity) => {
    const expected = nonlinearity === 'tanh' ? recorded.RNN : recorded.RNN_relu
    const layer = new nn.RNN(3, 5, 2, { ...options, nonlinearity })
    layer.loadStateDict(stateOf(expected))
    const [y, h] = layer(tensor(expected.x))
    expect(distance(y, expected.y)).toBeLessThan(1e-6)
    expect(distance(h, expected.s[0]!)).toBeLessThan(1e-6)
  })

  it('continue from given states', () => {
    const layer = new nn.LSTM(3, 4)
    const x = tensor(recorded.LSTM.x).transpose(0, 1)
    const [whole] = layer(x)
    const [first, states] = layer(x.slice(0, 0, 2))
    const [second] = layer(x.slice(0, 2), states)
    expect(Number(whole.slice(0, 0, 2).sub(first).abs().max().item())).toBeLessThan(1e-6)
    expect(Number(whole.slice(0, 2).sub(second).abs().max().item())).toBeLessThan(1e-6)
  })
})

it('attention with a causal mask', () => {
  const { q, k, v, causal } = recorded.sdpa
  expect(distance(F.scaledDotProductAttention(tensor(q), tensor(k), tensor(v), { isCausal: true }), causal)).toBeLessThan(1e-6)
})
