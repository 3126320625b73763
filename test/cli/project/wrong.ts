import { type Tensor, torch } from 'tensorscript'

/** @script */
export function fine(x: Tensor<'float32', [4]>): Tensor {
  return x.relu()
}

/** @script */
export function product(x: Tensor<'float32', [2, 3]>, y: Tensor<'float32', [4, 5]>): Tensor {
  return torch.mm(x, y)
}
