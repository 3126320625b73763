// Programs that need values before they end: conditions, loops, results of the host in between, lists of tensors.
import { script, type Tensor, torch } from 'tensorscript'

type Row = Tensor<'float32', ['N']>

/** Newton's method until the step is small; the bound depends on values. */
export const root = script((x: Row): Tensor => {
  let y = x.mul(0.5).add(0.5)
  while ((y.mul(y).sub(x).abs().max().item() as number) > 1e-4) y = y.add(x.div(y)).mul(0.5)
  return y
})

/** Its size depends on values. */
export const positive = script((x: Row): Tensor => x.maskedSelect(x.gt(0)).mul(2))

const larger = (a: Tensor, b: Tensor): Tensor => (a.sum().gt(b.sum()) ? a : b)

export const choose = script((a: Row, b: Row): Tensor => larger(a.mul(2), b.add(1)).neg())

/** Pieces whose number depends on values. */
export const pieces = script((x: Row): Tensor => {
  const parts: Tensor[] = []
  for (let i = 0; i < (x.max().item() as number); i++) parts.push(x.add(i))
  return torch.stack(parts).sum(0)
})
