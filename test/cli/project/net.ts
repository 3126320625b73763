import { F, nn, script, type Tensor, torch } from 'tensorscript'

torch.manualSeed(0)

class Net extends nn.Module {
  fc1 = new nn.Linear(16, 64)
  fc2 = new nn.Linear(64, 3)

  forward(x: Tensor<'float32', ['N', 16]>): Tensor {
    return F.softmax(this.fc2(F.relu(this.fc1(x))), 1)
  }
}

export const net = script(new Net())

/** @script */
export function classify(x: Tensor<'float32', [16]>): Tensor {
  return net(x.reshape([1, 16])).argmax(1)
}
