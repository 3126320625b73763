/** What may stand in the array of `x.index([...])`. */
import type { Tensor as CoreTensor } from '../runtime/tensor.ts'
import type { Slice } from './slice.ts'

export type Index = number | Slice | null | '...' | CoreTensor | readonly number[]
