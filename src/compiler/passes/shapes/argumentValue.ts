/** Arguments of operator calls as SSA values: what a pass appends when it makes a call from facts. */
import type { Dim } from '../../../ops/dim.ts'
import type { ArgValue } from '../../../ops/operator.ts'
import type { SchemaType } from '../../../ops/schema.ts'
import type { GraphBuilder } from '../../ir/builder.ts'
import type { FactTable } from '../../ir/facts.ts'
import type { ConstantValue, SourceRange, ValueId } from '../../ir/graph.ts'
import { type Fact, isTensorValue, type TensorValue } from '../../ir/operatorCall.ts'
import type { Type } from '../../ir/types.ts'
import type { DimScope } from './materializeDims.ts'

export interface CallSite {
  readonly builder: GraphBuilder
  readonly facts: FactTable
  /** Where symbols are bound. */
  readonly scope: DimScope
  /** Constants and lists made before, in straight-line code: each stands once. */
  readonly made?: Map<string, ValueId>
}

/** Appends what it takes (constants, lists, arithmetic on symbols) and returns the value; its fact is recorded. */
export function argumentValue(site: CallSite, arg: ArgValue<TensorValue> | Fact, type: SchemaType, range: SourceRange): ValueId {
  if (isTensorValue(arg as Fact)) return (arg as TensorValue).value
  const inner = type.t === 'optional' ? type.element : type
  if (typeof arg === 'object' && arg !== null && !Array.isArray(arg)) return makeValue(site, arg, inner, range)
  const items = Array.isArray(arg)
    ? arg.map((item: Fact) => argumentValue(site, item, inner.t === 'list' ? inner.element : inner, range))
    : null
  const key = items
    ? `${inner.t === 'list' ? inner.element.t : inner.t}[${items.join()}]`
    : JSON.stringify([inner.t === 'dtype' || inner.t === 'float' ? inner.t : '', Object.is(arg, -0) ? '-0' : String(arg), typeof arg])
  const known = site.made?.get(key)
  if (known !== undefined) return known
  const value = items ? makeList(site, items, arg as readonly Fact[], inner, range) : makeValue(site, arg, inner, range)
  site.made?.set(key, value)
  return value
}

function makeList(
  { builder, facts }: CallSite,
  items: readonly ValueId[],
  arg: readonly Fact[],
  inner: SchemaType,
  range: SourceRange,
): ValueId {
  const element = inner.t === 'list' ? inner.element : inner
  const list = builder.op('prim::ListConstruct', items, { kind: 'list', element: typeOfSchema(element) }, range)
  facts.freeze(list)
  facts.set(list, arg)
  return list
}

function makeValue(site: CallSite, arg: ArgValue<TensorValue> | Fact, inner: SchemaType, range: SourceRange): ValueId {
  const { builder, facts } = site
  const value =
    typeof arg === 'object' && arg !== null
      ? site.scope.materialize(builder, arg as Dim, range)
      : builder.constant(constantArgument(arg as number | boolean | string | null, inner), range)
  facts.set(value, arg as Fact)
  return value
}

function constantArgument(arg: number | boolean | string | null, type: SchemaType): ConstantValue {
  if (arg === null) return { kind: 'none' }
  if (typeof arg === 'boolean') return { kind: 'bool', value: arg }
  if (typeof arg === 'string')
    return type.t === 'dtype'
      ? { kind: 'dtype', value: arg as Extract<ConstantValue, { kind: 'dtype' }>['value'] }
      : { kind: 'string', value: arg }
  return { kind: type.t === 'float' || !Number.isInteger(arg) ? 'float' : 'int', value: arg }
}

export function typeOfSchema(type: SchemaType): Type {
  switch (type.t) {
    case 'tensor':
      return { kind: 'tensor', dtype: null, shape: null }
    case 'int':
    case 'float':
    case 'bool':
    case 'dtype':
      return { kind: type.t }
    case 'scalar':
      return { kind: 'float' }
    case 'str':
    case 'opaque':
      return { kind: 'string' }
    case 'optional':
      return { kind: 'optional', element: typeOfSchema(type.element) }
    case 'list':
      return { kind: 'list', element: typeOfSchema(type.element) }
    default:
      return type satisfies never
  }
}
