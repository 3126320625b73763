// Operators whose rows are serial and independent of each other: one thread a row.
import { script, type Tensor, torch } from 'tensorscript'

type Block = Tensor<'float32', ['A', 'B', 'C']>
type Places = Tensor<'int64', ['D', 'B', 'C']>
type Values = Tensor<'float32', ['E', 'B', 'C']>

export const sorted = script((x: Block): [Tensor, Tensor] => torch.sort(x, { dim: 1, descending: true }) as unknown as [Tensor, Tensor])
export const largest = script((x: Block): [Tensor, Tensor] => torch.topk(x, 3, { dim: 0 }) as unknown as [Tensor, Tensor])
export const sums = script((x: Block): Tensor => x.cumsum(1))
export const extremes = script((x: Block): [Tensor, Tensor] => torch.cummax(x, 2) as unknown as [Tensor, Tensor])
export const added = script((x: Block, at: Places, y: Values): Tensor => x.scatterAdd(0, at, y))
export const means = script((x: Block, at: Places, y: Values): Tensor => x.scatterReduce(0, at, y, 'mean', { includeSelf: false }))
