/** Nodes that both dialects write alike: constants, lists, tuples, records, casts, output, guards. */
import { precedence } from '../../ops/scalarOp.ts'
import type { ConstantValue, Node, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { arrayText, atom, compound, type Expression, numberText, stringText, wrap } from './expression.ts'
import type { PrintedNode } from './printFunction.ts'

export interface PrintSite {
  helper(name: string): string
  host(name: string): string
  /** A new object of a class at the host, without fields. */
  instance(name: string): string
  /** How often a value is used. */
  uses(id: ValueId): number
  typeOf(id: ValueId): Type
  /** Whether the program writes to a field of that name. */
  writes(field: string): boolean
}

/** Lists, tuples, casts: the same in both dialects. */
export function printStructural(node: Node, inputs: readonly Expression[], site: PrintSite): PrintedNode | null {
  switch (node.kind) {
    case 'prim::ListConstruct': {
      const expression = arrayText(inputs)
      const frozen = node.inputs.length > 0 && site.uses(node.outputs[0]!) === 1
      return { expression, movable: frozen }
    }
    case 'prim::HostCall': {
      const { host } = node.attributes
      const call = `${site.host(host?.kind === 'name' ? host.value : '')}(${inputs.map((part) => part.text).join(', ')})`
      if (node.outputs.length === 0) return { statement: call, movable: false }
      return { expression: compound(call, precedence.postfix, inputs), movable: false }
    }
    case 'prim::TupleConstruct':
      return { expression: arrayText(inputs), movable: true }
    case 'prim::DictConstruct': {
      const type = site.typeOf(node.outputs[0]!)
      const isMap = type.kind === 'dict' && type.form === 'map'
      const pairs = Array.from({ length: inputs.length / 2 }, (_, i) => {
        const [key, value] = [inputs[2 * i]!.text, inputs[2 * i + 1]!.text]
        return isMap ? `[${key}, ${value}]` : `[${key}]: ${value}`
      }).join(', ')
      const text = isMap ? `new Map(${pairs === '' ? '' : `[${pairs}]`})` : pairs === '' ? '{}' : `{ ${pairs} }`
      return { expression: compound(text, isMap ? precedence.postfix : precedence.primary, inputs), movable: false }
    }
    case 'prim::CreateObject': {
      const names = node.attributes.names?.kind === 'names' ? node.attributes.names.value : []
      const parts = inputs
      const { host } = node.attributes
      if (host?.kind === 'name') return { expression: compound(site.instance(host.value), precedence.postfix, parts), movable: false }
      const fields = names.map((name, i) => (parts[i]!.text === name ? name : `${name}: ${parts[i]!.text}`))
      return { expression: compound(fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`, precedence.primary, parts), movable: false }
    }
    case 'prim::State': {
      const { name } = node.attributes
      return { expression: atom(`$s.${name?.kind === 'name' ? name.value : ''}`), movable: true }
    }
    case 'prim::isinstance': {
      const { host } = node.attributes
      const text = `${wrap(inputs[0]!, precedence.relational)} instanceof ${site.host(host?.kind === 'name' ? host.value : '')}`
      return { expression: compound(text, precedence.relational, inputs), movable: true }
    }
    case 'prim::SetAttr': {
      const { name } = node.attributes
      const [object, value] = inputs as [Expression, Expression]
      return {
        statement: `${wrap(object, precedence.postfix)}.${name?.kind === 'name' ? name.value : ''} = ${value.text}`,
        movable: false,
      }
    }
    case 'prim::GetAttr': {
      const { name } = node.attributes
      const field = compound(
        `${wrap(inputs[0]!, precedence.postfix)}.${name?.kind === 'name' ? name.value : ''}`,
        precedence.postfix,
        inputs,
      )
      // A field that may be left out reads as null, not as undefined.
      const optional = site.typeOf(node.outputs[0]!).kind === 'optional'
      return {
        expression: optional ? compound(`${field.text} ?? null`, precedence.conditional, inputs) : field,
        movable: !site.writes(name?.kind === 'name' ? name.value : ''),
      }
    }
    case 'prim::TupleUnpack':
      return { tuple: inputs[0]!, movable: false }
    case 'prim::ListUnpack':
      return {
        tuple: compound(`${site.helper('unpack')}(${inputs[0]!.text}, ${node.outputs.length})`, precedence.postfix, inputs),
        movable: false,
      }
    case 'prim::TupleIndex': {
      const [tuple, index] = inputs as [Expression, Expression]
      return {
        expression: compound(`${wrap(tuple, precedence.postfix)}[${index.text}]`, precedence.postfix, [tuple, index]),
        movable: true,
      }
    }
    case 'prim::unchecked_cast':
    case 'prim::Symbol':
      return { expression: inputs[0]!, movable: true }
    case 'prim::Print':
    case 'aten::warn':
      return {
        statement: `console.${node.kind === 'prim::Print' ? 'log' : 'warn'}(${inputs.map((part) => part.text).join(', ')})`,
        movable: false,
      }
    case 'prim::Guard': {
      const [a, b] = inputs as [Expression, Expression]
      const relation = node.attributes.relation
      const operator =
        { eq: '===', le: '<=', lt: '<', ge: '>=', gt: '>', ne: '!==' }[relation?.kind === 'name' ? relation.value : 'eq'] ?? '==='
      const message = node.attributes.message
      return {
        statement: `${site.helper('guard')}(${wrap(a, precedence.shift)} ${operator} ${wrap(b, precedence.shift)}, ${JSON.stringify(message?.kind === 'name' ? message.value : '')}, ${a.text}, ${b.text})`,
        movable: false,
      }
    }
    default:
      return null
  }
}

export function printConstant(node: Node, tensorConstant: (id: string, node: Node) => Expression): Expression {
  const value = node.attributes.value as ConstantValue | undefined
  if (value === undefined) return atom('null')
  switch (value.kind) {
    case 'int':
    case 'float':
      return numberText(value.value)
    case 'bool':
      return atom(String(value.value))
    case 'string':
    case 'dtype':
      return stringText(value.value)
    case 'none':
      return atom('null')
    case 'ints':
    case 'floats':
      return arrayText(value.value.map(numberText))
    case 'tensor':
      return tensorConstant(value.id, node)
    default:
      return value satisfies never
  }
}
