// TorchScript's own fusion case: a chain of pointwise operators over a million elements.
import { F, type Tensor, torch } from 'tensorscript'

/** @script */
export function model(x: Tensor<'float32', ['N', 1024]>, y: Tensor<'float32', ['N', 1024]>): Tensor {
  let z = x.mul(2).add(y)
  z = F.gelu(z).mul(torch.sigmoid(x)).sub(torch.tanh(y))
  z = torch.clamp(z, -1, 1).div(torch.exp(z.abs().neg()).add(1))
  return torch.where(z.gt(0), z.sqrt(), z.square())
}
