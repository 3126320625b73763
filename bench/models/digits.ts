// The MNIST network of examples/data, with weights filled by rule like its neighbours.
import { F, nn, script, type Tensor } from 'tensorscript'

class Digits extends nn.Module {
  conv1 = new nn.Conv2d(1, 16, 3, { padding: 1 })
  bn1 = new nn.BatchNorm2d(16)
  conv2 = new nn.Conv2d(16, 32, 3, { padding: 1 })
  bn2 = new nn.BatchNorm2d(32)
  fc1 = new nn.Linear(32 * 7 * 7, 64)
  fc2 = new nn.Linear(64, 10)

  forward(x: Tensor<'float32', ['N', 1, 28, 28]>): Tensor {
    x = F.maxPool2d(F.relu(this.bn1(this.conv1(x))), 2)
    x = F.maxPool2d(F.relu(this.bn2(this.conv2(x))), 2)
    return F.logSoftmax(this.fc2(F.relu(this.fc1(x.flatten(1)))), 1)
  }
}

export const model = script(new Digits(), { weights: new URL('../.cache/digits.safetensors', import.meta.url) })
