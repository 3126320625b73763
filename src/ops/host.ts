/** Host operators call the functions that compiled programs call: one implementation, in the runtime. */
import { Tensor } from '../runtime/tensor.ts'
import { type BoundArgs, isTensorMeta } from './args.ts'
import type { Args, ArgValue, DenseTensor, Implementation } from './operator.ts'

type HostFunction = (...args: never[]) => Tensor | readonly Tensor[]

const dense = (tensor: Tensor): DenseTensor => ({ dtype: tensor.dtype, shape: tensor.shape, data: tensor.dataSync() })

const live = (value: ArgValue<DenseTensor>): unknown => {
  if (!isTensorMeta(value)) return value
  const { dtype, shape, data } = value as DenseTensor
  return new Tensor(dtype, shape, data)
}

/** The function takes the schema's arguments in order. */
export const hostCall = (fn: HostFunction): Extract<Implementation, { readonly kind: 'host' }> => ({
  kind: 'host',
  run(args: Args<DenseTensor>) {
    const results = fn(...((args as BoundArgs<DenseTensor>).values.map(live) as never[]))
    return (Array.isArray(results) ? (results as readonly Tensor[]) : [results as Tensor]).map(dense)
  },
})
