/** Calls by name of the user API: separates the trailing options object, binds, executes, and gives a tensor or a tuple of them. */

import { execute, hasManyResults } from '../eager/execute.ts'
import { BoundArgs } from '../ops/args.ts'
import type { Dim, Scalar } from '../ops/dim.ts'
import type { ArgValue, TensorMeta } from '../ops/operator.ts'
import { type ApiEntry, bindArguments } from '../ops/registry.ts'
import { valueDomain } from '../ops/valueDomain.ts'
import type { Tensor } from '../runtime/tensor.ts'

export const isOptions = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** What a call gives: tensors, or facts about one (`size`, `dim`...). */
export type CallResult = Tensor | readonly Tensor[] | Scalar | string | readonly Dim[]

export function callApi(entry: ApiEntry, args: readonly unknown[]): CallResult {
  const last = args.at(-1)
  const named = isOptions(last) ? last : {}
  const positional = isOptions(last) ? args.slice(0, -1) : args
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
  const { operator, schema, values } = bindArguments<unknown>(entry, withoutTrailingUndefined(positional), given, valueDomain)
  const bound = new BoundArgs<Tensor>(operator.name, schema, values as readonly ArgValue<Tensor>[])
  if (operator.implementation.kind === 'meta') return operator.implementation.value(bound as unknown as BoundArgs<TensorMeta>)
  const results = execute(operator, bound)
  return hasManyResults(bound) ? results : (results[0] as Tensor)
}

/** `f(x, undefined)` is `f(x)`. */
function withoutTrailingUndefined(values: readonly unknown[]): readonly unknown[] {
  let end = values.length
  while (end > 0 && values[end - 1] === undefined) end--
  return end === values.length ? values : values.slice(0, end)
}
