// A 512 x 512 x 512 float32 product: the roofline case.
import { nn, script, type Tensor, torch } from 'tensorscript'

class Matmul extends nn.Module {
  w = new nn.Parameter(torch.zeros([512, 512]))

  forward(x: Tensor<'float32', ['N', 512]>): Tensor {
    return x.matmul(this.w)
  }
}

export const model = script(new Matmul(), { weights: new URL('../.cache/matmul512.safetensors', import.meta.url) })
