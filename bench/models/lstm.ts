// A two-layer LSTM over 100 frames of 80 features, hidden 256 (keyword spotting).
import { nn, script, type Tensor } from 'tensorscript'

class Lstm extends nn.Module {
  rnn = new nn.LSTM(80, 256, 2, { batchFirst: true })
  fc = new nn.Linear(256, 12)

  forward(x: Tensor<'float32', ['N', 100, 80]>): Tensor {
    const [y] = this.rnn(x)
    return this.fc(y.select(1, -1))
  }
}

export const model = script(new Lstm(), { weights: new URL('../.cache/lstm.safetensors', import.meta.url) })
