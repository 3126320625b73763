/**
 * The bridge between a node and the operator table: which operator a node calls, with which overload, and its arguments as the rules see
 * them. A `Fact` is what the compiler knows of a value: a number or symbolic int, a string, null, a list of facts, or a tensor's dtype and
 * shape together with its ValueId.
 */
import { BoundArgs } from '../../ops/args.ts'
import type { Dim, Sym } from '../../ops/dim.ts'
import type { ArgValue, Operator, TensorMeta } from '../../ops/operator.ts'
import { OperatorError } from '../../ops/operator.ts'
import { findOperator } from '../../ops/registry.ts'
import { findScalarOp } from '../../ops/scalarOps.ts'
import { camelCase, parseSchema, type Schema, type SchemaType } from '../../ops/schema.ts'
import { kindOfValue } from '../../ops/valueDomain.ts'
import type { Node, ValueId } from './graph.ts'
import { eraseShapes } from './typeEqual.ts'
import type { TensorType, Type } from './types.ts'

/** A tensor value of a graph whose dtype and shape are known. */
export interface TensorValue extends TensorMeta {
  readonly value: ValueId
}

export type Fact = number | boolean | string | null | Sym | TensorValue | readonly Fact[]

export const isTensorValue = (fact: Fact | undefined): fact is TensorValue =>
  typeof fact === 'object' && fact !== null && !Array.isArray(fact) && 'value' in fact

export const isDimFact = (fact: Fact | undefined): fact is Dim =>
  typeof fact === 'number' || (typeof fact === 'object' && fact !== null && !Array.isArray(fact) && 'op' in fact)

export const hasTensor = (type: Type): boolean => {
  switch (type.kind) {
    case 'tensor':
      return true
    case 'list':
    case 'set':
    case 'optional':
    case 'future':
      return hasTensor(type.element)
    case 'tuple':
      return type.elements.some(hasTensor)
    case 'union':
      return type.members.some(hasTensor)
    case 'dict':
      return hasTensor(type.value)
    default:
      return false
  }
}

export const tensorFact = (type: Type, value: ValueId): TensorValue | null =>
  type.kind === 'tensor' && type.dtype !== null && type.shape !== null ? { dtype: type.dtype, shape: type.shape, value } : null

export const tensorTypeOf = (meta: TensorMeta): TensorType => ({ kind: 'tensor', dtype: meta.dtype, shape: meta.shape })

/**
 * The tensor operator that a node calls, or null: scalar and list operators share names with tensor operators, the types of the
 * inputs decide.
 */
export function operatorOf(node: Node, typeOf: (id: ValueId) => Type): Operator | null {
  if (node.kind.startsWith('prim::')) return null
  const operator = findOperator(node.kind)
  if (!operator) return null
  return scalarCallOf(node, typeOf) === null ? operator : null
}

/** The operator of the scalar table that a node calls, or null. Shapes of tensors inside containers play no part. */
export const scalarCallOf = (node: Node, typeOf: (id: ValueId) => Type): ReturnType<typeof findScalarOp> =>
  findScalarOp(
    node.kind,
    node.inputs.map((id) => eraseShapes(typeOf(id))),
  )

/** The arguments of a node that calls `operator`. Throws OperatorError when an input is not known well enough or fits no overload. */
export function bindNode(
  node: Node,
  operator: Operator,
  factOf: (id: ValueId) => Fact | undefined,
  nameOf: (id: ValueId) => string | null,
): BoundArgs<TensorValue> {
  const facts = node.inputs.map(factOf)
  const sameLength = operator.schemas.map(parseSchema).filter((schema) => schema.params.length === facts.length)
  const schema = sameLength.find((candidate) => candidate.params.every((param, i) => facts[i] === undefined || fits(param.type, facts[i]!)))
  if (!schema) throw new OperatorError('S2103', `${operator.name}: no overload takes (${facts.map(describe).join(', ')})`)
  facts.forEach((fact, i) => {
    if (fact === undefined) unknownArgument(operator, schema, i, nameOf(node.inputs[i]!))
  })
  return new BoundArgs(operator.name, schema, facts as readonly ArgValue<TensorValue>[])
}

function unknownArgument(operator: Operator, schema: Schema, index: number, name: string | null): never {
  const param = schema.params[index]!
  const element = param.type.t === 'optional' ? param.type.element : param.type
  const what = name ?? camelCase(param.name)
  if (element.t === 'tensor')
    throw new OperatorError('S3101', `${operator.name}: the dtype and rank of '${what}' must be known at build time`)
  throw new OperatorError(
    'S3002',
    `${operator.name}: ${camelCase(param.name)} must be known at build time${name === null ? '' : ` ('${name}' is not)`}`,
  )
}

const describe = (fact: Fact | undefined): string => {
  if (fact === undefined) return '?'
  if (isTensorValue(fact)) return `Tensor of ${fact.dtype}`
  if (Array.isArray(fact)) return `[${fact.map(describe).join(', ')}]`
  return typeof fact === 'object' && fact !== null ? kindOfValue(fact) : JSON.stringify(fact)
}

/** Whether a fact may stand for a parameter of a schema. */
function fits(type: SchemaType, fact: Fact): boolean {
  if (type.t === 'optional') return fact === null || fits(type.element, fact)
  if (type.t === 'list') return Array.isArray(fact) && fact.every((element: Fact) => fits(type.element, element))
  const kind = Array.isArray(fact) ? 'list' : kindOfValue(fact)
  switch (type.t) {
    case 'tensor':
      return kind === 'tensor'
    case 'scalar':
      return kind === 'int' || kind === 'float' || kind === 'bool'
    case 'int':
      return kind === 'int'
    case 'float':
      return kind === 'int' || kind === 'float'
    case 'bool':
      return kind === 'bool'
    case 'str':
    case 'dtype':
      return kind === 'string'
    case 'opaque':
      // An enumerator such as memory_format=0 is an int.
      return kind === 'string' || kind === 'none' || kind === 'int'
    default:
      return type satisfies never
  }
}
