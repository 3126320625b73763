// What a module keeps between calls, with tensors written in place and replaced.
import { F, nn, script, type Tensor, torch } from 'tensorscript'

class Attention extends nn.Module {
  keys = this.registerBuffer('keys', torch.zeros([4, 2]))
  held = this.registerBuffer('held', torch.zeros([4, 2]))
  sum = this.registerBuffer('sum', torch.ones([2]))
  steps = 0
  forward(q: Tensor<'float32', [2]>, v: Tensor<'float32', [2]>): Tensor {
    this.keys.narrow(0, this.steps, 1).copy_(q.unsqueeze(0))
    this.held.select(0, this.steps).copy_(v)
    this.sum = this.sum.mul(0.5).add(q)
    this.steps++
    const weights = F.softmax(this.keys.narrow(0, 0, this.steps).matmul(q), 0)
    return weights.matmul(this.held.narrow(0, 0, this.steps)).add(this.sum)
  }
}
export const attention = script(new Attention())
