/**
 * Types as TorchScript's graphs print them: `Tensor`, `Float(N, 28)`, `int[]`, `(int, Tensor)`, `Dict(str, int)`, `Tensor?`.
 * What TorchScript does not have is printed in its manner: `ScalarType` (dtype), `Set(int)`, enums with their values.
 * Symbolic dims stand where TorchScript has numbers; an unknown rank has no parentheses (`FloatTensor`).
 */
import { dimToString } from '../../ops/dimMath.ts'
import type { DType } from '../../ops/dtype.ts'
import type { Type } from './types.ts'

export const tensorTypeNames: { readonly [D in DType]: string } = {
  float32: 'Float',
  int64: 'Long',
  int32: 'Int',
  uint8: 'Byte',
  bool: 'Bool',
}

export function printType(type: Type): string {
  switch (type.kind) {
    case 'tensor':
      if (type.shape === null) return type.dtype === null ? 'Tensor' : `${tensorTypeNames[type.dtype]}Tensor`
      return `${type.dtype === null ? 'Tensor' : tensorTypeNames[type.dtype]}(${type.shape.map(dimToString).join(', ')})`
    case 'int':
    case 'float':
    case 'bool':
      return type.kind
    case 'string':
      return 'str'
    case 'none':
      return 'NoneType'
    case 'dtype':
      return 'ScalarType'
    case 'device':
      return 'Device'
    case 'list':
      return `${printType(type.element)}[]`
    case 'optional':
      return `${printType(type.element)}?`
    case 'tuple':
      return `(${type.elements.map(printType).join(', ')}${type.elements.length === 1 ? ',' : ''})`
    case 'dict':
      return `${type.form === 'map' ? 'Dict' : 'Record'}(${printType(type.key)}, ${printType(type.value)})`
    case 'set':
      return `Set(${printType(type.element)})`
    case 'future':
      return `Future(${printType(type.element)})`
    case 'union':
      return type.open ? 'Any' : `Union(${type.members.map(printType).join(', ')})`
    case 'enum':
      return `Enum(${[type.name, ...type.values].map((v) => JSON.stringify(v)).join(', ')})`
    case 'class':
      return /^[\w.$]+$/.test(type.name) ? `__torch__.${type.name}` : `__torch__(${JSON.stringify(type.name)})`
    case 'function':
      return `Function(${JSON.stringify(type.name)})`
    default:
      return type satisfies never
  }
}
