/** One model a layer of nn, for the test that compiles each from the library's own source. */
import { nn, script, type Tensor, tensor } from 'tensorscript'

class OneStep extends nn.Module {
  rnn = new nn.LSTM(3, 4, 2, { batchFirst: true })

  forward(x: Tensor<'float32', [2, 5, 3]>): Tensor {
    const [y] = this.rnn(x)
    return y
  }
}

class Vector extends nn.Module {
  layers = new nn.Sequential(
    new nn.Linear(8, 12),
    new nn.BatchNorm1d(12),
    new nn.GELU(),
    new nn.Linear(12, 16, { bias: false }),
    new nn.LayerNorm(16),
    new nn.SiLU(),
    new nn.RMSNorm(16),
    new nn.Hardswish(),
    new nn.LeakyReLU(0.1),
    new nn.ELU(0.5),
    new nn.PReLU(),
    new nn.Softplus(),
    new nn.GLU(),
    new nn.Dropout(0.5),
    new nn.Identity(),
    new nn.Mish(),
    new nn.Hardtanh(-0.5, 2),
    new nn.LogSoftmax(1),
  )

  forward(x: Tensor<'float32', ['N', 8]>): Tensor {
    return this.layers(x)
  }
}

class Image extends nn.Module {
  layers = new nn.Sequential(
    new nn.Conv2d(2, 4, 3, { padding: 'same' }),
    new nn.BatchNorm2d(4),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Conv2d(4, 4, 3, { groups: 2, padding: 1, paddingMode: 'reflect' }),
    new nn.GroupNorm(2, 4),
    new nn.ReLU6(),
    new nn.AvgPool2d(2, { ceilMode: true }),
    new nn.ConvTranspose2d(4, 3, 2, { stride: 2 }),
    new nn.Tanh(),
    new nn.AdaptiveAvgPool2d([2, 3]),
    new nn.Flatten(),
    new nn.Unflatten(1, [3, 6]),
    new nn.Sigmoid(),
    new nn.Hardsigmoid(),
    new nn.Softmax(2),
  )

  forward(x: Tensor<'float32', [2, 2, 10, 10]>): Tensor {
    return this.layers(x)
  }
}

class Sequence extends nn.Module {
  table = new nn.Embedding(10, 6)
  convs = new nn.ModuleList([new nn.Conv1d(6, 6, 3, { padding: 1 }), new nn.Conv1d(6, 6, 1)])
  heads = new nn.ModuleDict({ pool: new nn.MaxPool1d(2), average: new nn.AvgPool1d(2) })

  forward(ids: Tensor<'int64', [2, 8]>): Tensor {
    let x = this.table(ids).transpose(1, 2)
    for (const conv of this.convs) x = conv(x)
    return this.heads.get('pool')(x).add(this.heads.get('average')(x))
  }
}

export const oneStep = script(new OneStep())
export const vector = script(new Vector())
export const image = script(new Image())
export const sequence = script(new Sequence())

/** @script */
export function literals(x: Tensor<'float32', [3]>): Tensor {
  return x.mul(tensor([1, 2.5, 4])).add(tensor([[1], [2]]))
}
