/**
 * A program as text, deterministic: its functions' graphs with full source ranges (sorted by name), its classes, and a table of its
 * tensor constants (name, dtype, shape by id; the data lies in the weights file). `deserialize` gives the program back, constants
 * from a callback. Files are shown through `fileName`, so that no path of the build host gets in.
 */
import type { DType } from '../../ops/dtype.ts'
import type { ClassInfo, ConstantId, ConstantValue, Graph, Program, TensorConstant } from './graph.ts'
import { parseGraph } from './parseGraph.ts'
import { parseType } from './parseType.ts'
import { printGraph } from './printGraph.ts'
import { printType } from './printType.ts'
import { TextCursor } from './textCursor.ts'

/** Format of the text. 1: first version. */
export const irVersion = 1

interface ProgramText {
  readonly version: number
  readonly name: string
  readonly entry: string
  readonly functions: readonly { readonly name: string; readonly graph: string }[]
  readonly classes: readonly {
    readonly name: string
    readonly attributes: readonly {
      readonly name: string
      readonly type: string
      readonly constant: ConstantValue | null
      readonly role: 'parameter' | 'buffer' | 'plain'
    }[]
    readonly methods: readonly (readonly [string, string])[]
    readonly object?: true
  }[]
  readonly constants: readonly { readonly id: string; readonly name: string; readonly dtype: DType; readonly shape: readonly number[] }[]
}

const byName = <T extends { readonly name: string }>(a: T, b: T): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

export function serialize(program: Program, options: { readonly fileName?: (file: string) => string } = {}): string {
  const text: ProgramText = {
    version: irVersion,
    name: program.name,
    entry: program.entry,
    functions: [...program.functions]
      .map(([name, graph]) => ({ name, graph: printGraph(graph, { ...options, ranges: 'full' }) }))
      .sort(byName),
    classes: [...program.classes.values()]
      .map((info) => ({
        name: info.name,
        attributes: [...info.attributes].map(([name, attribute]) => ({
          name,
          type: printType(attribute.type),
          constant: attribute.constant,
          role: attribute.isParameter ? ('parameter' as const) : attribute.isBuffer ? ('buffer' as const) : ('plain' as const),
        })),
        methods: [...info.methods],
        ...(info.object ? { object: true as const } : {}),
      }))
      .sort(byName),
    constants: [...program.constants.values()]
      .map(({ id, name, dtype, shape }) => ({ id, name, dtype, shape }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
  // Non-finite floats have no JSON form; graphs print them as words already, class constants need the same.
  return `${JSON.stringify(text, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? { float: String(value) } : value), 1)}\n`
}

export function deserialize(text: string, data: (id: ConstantId) => TensorConstant['data']): Program {
  const parsed = JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 1 && 'float' in value ? Number(value.float) : value,
  ) as ProgramText
  if (parsed.version !== irVersion) throw new Error(`IR version ${parsed.version} is not the version of this compiler, ${irVersion}`)
  const functions = new Map<string, Graph>(parsed.functions.map(({ name, graph }) => [name, parseGraph(graph, name)]))
  const classes = new Map<string, ClassInfo>(
    parsed.classes.map((info) => [
      info.name,
      {
        name: info.name,
        attributes: new Map(
          info.attributes.map(({ name, type, constant, role }) => [
            name,
            { type: parseType(new TextCursor(type), new Map()), constant, isParameter: role === 'parameter', isBuffer: role === 'buffer' },
          ]),
        ),
        methods: new Map(info.methods),
        ...(info.object ? { object: true as const } : {}),
      },
    ]),
  )
  const constants = new Map(
    parsed.constants.map(({ id, name, dtype, shape }) => {
      const key = id as ConstantId
      return [key, { id: key, name, dtype, shape, data: data(key) }] as const
    }),
  )
  return { name: parsed.name, entry: parsed.entry, functions, classes, constants }
}
