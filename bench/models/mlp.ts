// A tabular classifier: 16 -> 64 -> 64 -> 3.
import { F, nn, script, type Tensor } from 'tensorscript'

class Mlp extends nn.Module {
  fc1 = new nn.Linear(16, 64)
  fc2 = new nn.Linear(64, 64)
  fc3 = new nn.Linear(64, 3)

  forward(x: Tensor<'float32', ['N', 16]>): Tensor {
    return F.softmax(this.fc3(F.relu(this.fc2(F.relu(this.fc1(x))))), -1)
  }
}

export const model = script(new Mlp(), { weights: new URL('../.cache/mlp.safetensors', import.meta.url) })
