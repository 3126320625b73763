/**
 * Runs an operator on constants during compilation: what `foldConstants` is given. The executor is the one of uncompiled code, a function
 * of the operator table alone; this is the one place where the compiler runs tensor code. Random and host operators are left to the run.
 */

import { execute } from '../eager/execute.ts'
import { BoundArgs } from '../ops/args.ts'
import type { ArgValue, DenseTensor, Operator } from '../ops/operator.ts'
import { Tensor } from '../runtime/tensor.ts'

export function evaluateOperator(operator: Operator, args: BoundArgs<DenseTensor>): readonly DenseTensor[] | null {
  const { kind } = operator.implementation
  if (operator.mutates || kind === 'host' || kind === 'meta') return null
  const values = args.values.map((value) => toTensors(value as ArgValue<DenseTensor>))
  return execute(operator, new BoundArgs(operator.name, args.schema, values)).map((result) => ({
    dtype: result.dtype,
    shape: result.shape,
    data: result.dataSync().slice(),
  }))
}

function toTensors(value: ArgValue<DenseTensor>): ArgValue<Tensor> {
  if (Array.isArray(value)) return value.map((item: ArgValue<DenseTensor>) => toTensors(item)) as unknown as ArgValue<Tensor>
  if (typeof value === 'object' && value !== null && 'data' in value) return new Tensor(value.dtype, value.shape, value.data)
  return value as ArgValue<Tensor>
}
