/** Recurrent layers over any number of steps and rows; random weights, the same in every run. */
import { nn, script, type Tensor } from 'tensorscript'

class Memory extends nn.Module {
  rnn = new nn.LSTM(3, 6, 2, { bidirectional: true })

  forward(x: Tensor<'float32', ['T', 'N', 3]>): [Tensor, Tensor, Tensor] {
    const [y, [h, c]] = this.rnn(x)
    return [y, h, c]
  }
}

class Gated extends nn.Module {
  rnn = new nn.GRU(3, 9, { batchFirst: true })
  head = new nn.Linear(9, 2)

  forward(x: Tensor<'float32', ['N', 'T', 3]>, start: Tensor<'float32', [1, 'N', 9]>): [Tensor, Tensor] {
    const [y, h] = this.rnn(x, start)
    return [this.head(y.select(1, -1)), h]
  }
}

class Plain extends nn.Module {
  up = new nn.RNN(3, 4, { bias: false })
  down = new nn.RNN(4, 5, 1, { nonlinearity: 'relu', bidirectional: true })

  forward(x: Tensor<'float32', ['T', 3]>): [Tensor, Tensor] {
    const [y] = this.up(x)
    return this.down(y)
  }
}

export const memory = script(new Memory())
export const gated = script(new Gated())
export const plain = script(new Plain())
