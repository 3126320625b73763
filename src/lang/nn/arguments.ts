/** Constructor arguments of modules: PyTorch's order, or by name in one trailing options object. Runs when an instance is made, never compiled. */

import { bindArguments } from '../../ops/bind.ts'
import type { Operator } from '../../ops/operator.ts'
import { camelCase, parseSchema } from '../../ops/schema.ts'
import { valueDomain } from '../../ops/valueDomain.ts'
import { isOptions } from '../dispatch.ts'

/** @param schemaText `Linear(int in_features, int out_features, bool bias=True) -> Tensor` */
export function moduleArguments<T>(schemaText: string, args: readonly unknown[]): T {
  const schema = parseSchema(schemaText)
  const last = args.at(-1)
  const [positional, named] = isOptions(last) ? [args.slice(0, -1), last] : [args, {}]
  const candidate = { operator: { name: schema.name } as Operator, schema, form: null }
  const given = positional.filter((value, i) => value !== undefined || positional.slice(i).some((later) => later !== undefined))
  const { values } = bindArguments<unknown>(`nn.${schema.name}`, [candidate], given, named, valueDomain)
  return Object.fromEntries(schema.params.map((param, i) => [camelCase(param.name), values[i]])) as T
}
