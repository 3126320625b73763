import { F, torch, type Tensor } from 'tensorscript'

/** @script */
export function sliceScatter_0(x0: Tensor, x1: Tensor): Tensor {
  return torch.sliceScatter(x0, x1, 0, 1, 3, 1)
}

/** @script */
export function sliceScatter_1(x0: Tensor, x1: Tensor): Tensor {
  return torch.sliceScatter(x0, x1, 1, null, null, 1)
}

/** @script */
export function sliceScatter_2(x0: Tensor, x1: Tensor): Tensor {
  return torch.sliceScatter(x0, x1, -1, 1, 6, 2)
}

/** @script */
export function sliceScatter_3(x0: Tensor, x1: Tensor): Tensor {
  return torch.sliceScatter(x0, x1, 0, -3, null, 1)
}

/** @script */
export function sliceScatter_4(x0: Tensor, x1: Tensor): Tensor {
  return torch.sliceScatter(x0, x1, 1, 2, 100, 3)
}

/** @script */
export function sliceScatter_5(x0: Tensor, x1: Tensor): Tensor {
  return torch.sliceScatter(x0, x1, 0, 3, 1, 1)
}

/** @script */
export function sliceScatter_6(x0: Tensor, x1: Tensor): Tensor {
  return torch.sliceScatter(x0, x1, 1, -7, -1, 4)
}
