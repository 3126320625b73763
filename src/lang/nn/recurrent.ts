/** Recurrent layers. Input [steps, batch, features] (batchFirst: [batch, steps, features]) or without the batch dim. */
import { Module, type Parameter } from '../module.ts'
import { type Tensor, torch } from '../torch.ts'
import { moduleArguments } from './arguments.ts'
import { uniform } from './init.ts'

export interface RecurrentOptions {
  readonly numLayers?: number
  readonly bias?: boolean
  readonly batchFirst?: boolean
  readonly dropout?: number
  readonly bidirectional?: boolean
}

interface RecurrentArguments extends Required<RecurrentOptions> {
  readonly inputSize: number
  readonly hiddenSize: number
  readonly nonlinearity?: string
}

const recurrentArguments = (name: string, args: readonly unknown[]): RecurrentArguments =>
  moduleArguments<RecurrentArguments>(
    `${name}(int input_size, int hidden_size, int num_layers=1, ${name === 'RNN' ? "str nonlinearity='tanh', " : ''}bool bias=True, bool batch_first=False, float dropout=0, bool bidirectional=False) -> Tensor`,
    args,
  )

/** Fields of all recurrent layers. Parameters have PyTorch's names (`weight_ih_l0`, `bias_hh_l1_reverse`) and stand in `flatWeights` in its order. */
abstract class RecurrentBase extends Module {
  readonly inputSize: number
  readonly hiddenSize: number
  readonly numLayers: number
  readonly bias: boolean
  readonly batchFirst: boolean
  readonly dropout: number
  readonly bidirectional: boolean
  readonly flatWeights: readonly Parameter[]

  constructor(name: string, gates: number, args: readonly unknown[]) {
    super()
    const options = recurrentArguments(name, args)
    this.inputSize = options.inputSize
    this.hiddenSize = options.hiddenSize
    this.numLayers = options.numLayers
    this.bias = options.bias
    this.batchFirst = options.batchFirst
    this.dropout = options.dropout
    this.bidirectional = options.bidirectional
    const { hiddenSize, bidirectional } = options
    const bound = 1 / Math.sqrt(hiddenSize)
    const flat: Parameter[] = []
    for (let layer = 0; layer < options.numLayers; layer++) {
      const width = layer === 0 ? options.inputSize : hiddenSize * (bidirectional ? 2 : 1)
      for (const suffix of bidirectional ? [`l${layer}`, `l${layer}_reverse`] : [`l${layer}`]) {
        const shapes: [string, readonly number[]][] = [
          [`weight_ih_${suffix}`, [gates * hiddenSize, width]],
          [`weight_hh_${suffix}`, [gates * hiddenSize, hiddenSize]],
          ...(options.bias
            ? ([`bias_ih_${suffix}`, `bias_hh_${suffix}`].map((key) => [key, [gates * hiddenSize]]) as [string, readonly number[]][])
            : []),
        ]
        for (const [key, shape] of shapes) {
          const parameter = uniform(shape, bound)
          this.registerParameter(key, parameter)
          flat.push(parameter)
        }
      }
    }
    this.flatWeights = flat
  }
}

export interface LSTM {
  (input: Tensor): [Tensor, [Tensor, Tensor]]
  (input: Tensor, hx: readonly [Tensor, Tensor] | null): [Tensor, [Tensor, Tensor]]
}

/** Gives the outputs of the last layer for all steps, and the last hidden and cell states [layers * directions, batch, hidden]. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: instances are callable with forward's type
export class LSTM extends RecurrentBase {
  constructor(inputSize: number, hiddenSize: number, numLayers?: number | RecurrentOptions, options?: RecurrentOptions)
  constructor(...args: readonly unknown[]) {
    super('LSTM', 4, args)
  }

  forward(input: Tensor, hx: readonly [Tensor, Tensor] | null = null): [Tensor, [Tensor, Tensor]] {
    if (hx === null) {
      const [output, h, c] = torch.lstm(
        input,
        [],
        this.flatWeights,
        this.bias,
        this.numLayers,
        this.dropout,
        this.training,
        this.bidirectional,
        this.batchFirst,
      )
      return [output, [h, c]]
    }
    const [output, h, c] = torch.lstm(
      input,
      [hx[0], hx[1]],
      this.flatWeights,
      this.bias,
      this.numLayers,
      this.dropout,
      this.training,
      this.bidirectional,
      this.batchFirst,
    )
    return [output, [h, c]]
  }
}

export interface GRU {
  (input: Tensor): [Tensor, Tensor]
  (input: Tensor, hx: Tensor | null): [Tensor, Tensor]
}

/** Gives the outputs of the last layer for all steps, and the last hidden states [layers * directions, batch, hidden]. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: instances are callable with forward's type
export class GRU extends RecurrentBase {
  constructor(inputSize: number, hiddenSize: number, numLayers?: number | RecurrentOptions, options?: RecurrentOptions)
  constructor(...args: readonly unknown[]) {
    super('GRU', 3, args)
  }

  forward(input: Tensor, hx: Tensor | null = null): [Tensor, Tensor] {
    return torch.gru(
      input,
      hx,
      this.flatWeights,
      this.bias,
      this.numLayers,
      this.dropout,
      this.training,
      this.bidirectional,
      this.batchFirst,
    )
  }
}

export interface RNN {
  (input: Tensor): [Tensor, Tensor]
  (input: Tensor, hx: Tensor | null): [Tensor, Tensor]
}

export interface RNNOptions extends RecurrentOptions {
  readonly nonlinearity?: 'tanh' | 'relu'
}

/** Gives the outputs of the last layer for all steps, and the last hidden states [layers * directions, batch, hidden]. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: instances are callable with forward's type
export class RNN extends RecurrentBase {
  readonly nonlinearity: string

  constructor(inputSize: number, hiddenSize: number, numLayers?: number | RNNOptions, options?: RNNOptions)
  constructor(...args: readonly unknown[]) {
    super('RNN', 1, args)
    const { nonlinearity } = recurrentArguments('RNN', args)
    if (nonlinearity !== 'tanh' && nonlinearity !== 'relu')
      throw new Error(`RNN: nonlinearity must be 'tanh' or 'relu', got ${JSON.stringify(nonlinearity)}`)
    this.nonlinearity = nonlinearity
  }

  forward(input: Tensor, hx: Tensor | null = null): [Tensor, Tensor] {
    if (this.nonlinearity === 'relu')
      return torch.rnnRelu(
        input,
        hx,
        this.flatWeights,
        this.bias,
        this.numLayers,
        this.dropout,
        this.training,
        this.bidirectional,
        this.batchFirst,
      )
    return torch.rnnTanh(
      input,
      hx,
      this.flatWeights,
      this.bias,
      this.numLayers,
      this.dropout,
      this.training,
      this.bidirectional,
      this.batchFirst,
    )
  }
}
