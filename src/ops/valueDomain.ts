/** The binder's view of plain values: JavaScript numbers, strings, arrays, symbols, and tensors of whatever kind. */
import { BoundArgs, isTensorMeta } from './args.ts'
import { type ArgDomain, type ArgKind, bindArguments, candidatesOf } from './bind.ts'
import type { ArgValue, Operator, TensorMeta } from './operator.ts'
import { camelCase, type DefaultValue } from './schema.ts'

export function kindOfValue(value: unknown): ArgKind {
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float'
    case 'boolean':
      return 'bool'
    case 'string':
      return 'string'
    case 'undefined':
      return 'none'
    case 'object':
      if (value === null) return 'none'
      if (Array.isArray(value)) return 'list'
      if (isTensorMeta(value)) return 'tensor'
      if ('op' in value) return 'type' in value ? (value.type as 'int' | 'float' | 'bool') : 'int'
      return 'other'
    default:
      return 'other'
  }
}

export const valueDomain: ArgDomain<unknown> = {
  kindOf: kindOfValue,
  elementKinds: (value) => (value as readonly unknown[]).map(kindOfValue),
  elements: (value) => (Array.isArray(value) ? value : null),
  constantOf: (value) => {
    const kind = kindOfValue(value)
    if (kind === 'tensor' || kind === 'other' || (typeof value === 'object' && value !== null && 'op' in value)) return undefined
    return (value ?? null) as DefaultValue
  },
  fromDefault: (value) => value,
  makeList: (elements) => elements,
  describe(value) {
    const kind = kindOfValue(value)
    if (kind === 'tensor') return 'a Tensor'
    if (kind === 'list') return `[${(value as readonly unknown[]).map((element) => valueDomain.describe(element)).join(', ')}]`
    if (kind === 'string') return `'${value}'`
    if (kind === 'int' || kind === 'float') return typeof value === 'number' ? String(value) : kind
    if (kind === 'bool') return String(value)
    return kind === 'none' ? 'null' : `a value of type ${typeof value}`
  },
}

/** Binds a call of `operator` from positional and named (snake_case or camelCase) values: what `Ops.call` of every implementation does. */
export function bindValues<T extends TensorMeta>(
  operator: Operator,
  positional: readonly ArgValue<T>[],
  named: { readonly [name: string]: ArgValue<T> } = {},
): BoundArgs<T> {
  const camel: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(named)) camel[camelCase(name)] = value
  const bound = bindArguments<unknown>(operator.name, candidatesOf(operator), positional, camel, valueDomain)
  return new BoundArgs<T>(operator.name, bound.schema, bound.values as readonly ArgValue<T>[])
}
