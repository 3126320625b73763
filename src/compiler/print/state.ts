/** The object that keeps what the entry points of a module change between calls, as JavaScript: `$s` of the printed programs. */
import type { TypedArray } from '../../ops/dtype.ts'
import type { Program } from '../ir/graph.ts'
import type { CompiledProgram, Evaluated } from '../program.ts'

export function printState({ states, self }: Pick<Program, 'states' | 'self'>): CompiledProgram['state'] {
  if (!states || states.size === 0) return null
  const objects = [...states].map(([name, fields]) => `${name}: ${record(fields)}`)
  return { text: `{ ${objects.join(', ')} }`, self: self ?? null }
}

const record = (fields: ReadonlyMap<string, Evaluated>): string =>
  `{ ${[...fields].map(([name, evaluated]) => `${JSON.stringify(name)}: ${literal(evaluated)}`).join(', ')} }`

function literal(evaluated: Evaluated): string {
  switch (evaluated.kind) {
    case 'number':
      return number(evaluated.value)
    case 'boolean':
      return String(evaluated.value)
    case 'string':
      return JSON.stringify(evaluated.value)
    case 'null':
      return 'null'
    case 'array':
      return `[${evaluated.elements.map(literal).join(', ')}]`
    case 'map':
      return `new Map([${evaluated.entries.map(([key, entry]) => `[${JSON.stringify(key)}, ${literal(entry)}]`).join(', ')}])`
    case 'record':
      return record(evaluated.fields)
    case 'tensor':
      return `new $r.Tensor(${JSON.stringify(evaluated.dtype)}, ${JSON.stringify(evaluated.shape)}, ${array(evaluated.data)})`
    case 'module':
    case 'function':
    case 'trace':
      throw new Error(`a ${evaluated.kind} in a field that changes`)
    default:
      return evaluated satisfies never
  }
}

const number = (known: number): string => (Object.is(known, -0) ? '-0' : String(known))

/** Most states start as one number everywhere. */
function array(data: TypedArray): string {
  const type = data.constructor.name
  const first = data[0] ?? 0
  if (!data.every((element) => Object.is(element, first))) return `${type}.of(${Array.from(data, number).join(', ')})`
  return Object.is(first, 0) ? `new ${type}(${data.length})` : `new ${type}(${data.length}).fill(${number(first)})`
}
