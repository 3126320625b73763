/** Sample arguments of a function: from a safetensors file (`PARAM` or `FUNCTION/in/PARAM`), or made up from the types of a compiled program. */
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ValueInfo } from '../compiler/ir/graph.ts'
import { parseGraph } from '../compiler/ir/parseGraph.ts'
import { parseDim } from '../compiler/ir/parseType.ts'
import { TextCursor } from '../compiler/ir/textCursor.ts'
import type { Type } from '../compiler/ir/types.ts'
import type { CompiledProgram } from '../compiler/program.ts'
import type { Dim } from '../ops/dim.ts'
import { evaluateDim, symbolsOf } from '../ops/dimMath.ts'
import type { DType, TypedArray } from '../ops/dtype.ts'
import { decodeEntry, readSafetensors, type TensorData } from '../runtime/safetensors.ts'
import { type Terminal, UsageError } from './command.ts'

/** The tensors of the file that belong to the function, by parameter name; undefined when no file is given. */
export async function readInputs(
  path: string | undefined,
  name: string,
  terminal: Terminal,
): Promise<ReadonlyMap<string, TensorData> | undefined> {
  if (path === undefined) return undefined
  const { tensors } = readSafetensors(await readFile(resolve(terminal.cwd, path)), basename(path))
  const inputs = new Map<string, TensorData>()
  for (const entry of tensors.values()) {
    const key = entry.name.startsWith(`${name}/in/`) ? entry.name.slice(name.length + 4) : entry.name
    if (!key.includes('/')) inputs.set(key, decodeEntry(entry))
  }
  if (inputs.size === 0) throw new UsageError(`${path} has no tensors named PARAM or ${name}/in/PARAM`)
  return inputs
}

/** What a parameter of a compiled function takes. */
export interface Parameter {
  readonly name: string
  readonly type: Type
}

/** The parameters of the entry, as its frozen graph has them. */
export function parametersOf(program: CompiledProgram): readonly Parameter[] {
  const { block, values } = parseGraph(program.ir)
  return block.params.map((id) => {
    const { name, type } = values.get(id) as ValueInfo
    return { name: (name ?? `%${id}`).replace(/\.\d+$/, ''), type }
  })
}

/**
 * Arguments for the parameters: given tensors, else tensors of the declared type with values between 0 and 1 (0 to 9 for ints), the same in
 * every run. Symbolic dims have the size that `dims` gives them, 1 otherwise.
 */
export function makeArguments(
  parameters: readonly Parameter[],
  inputs: ReadonlyMap<string, TensorData> | undefined,
  dims: ReadonlyMap<string, number>,
): (TensorData | number | boolean)[] {
  let state = 1
  const random = (): number => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return parameters.map(({ name, type }) => {
    const given = inputs?.get(name)
    if (given) return given
    if (type.kind === 'int' || type.kind === 'float') return dims.get(name) ?? 1
    if (type.kind === 'bool') return true
    if (type.kind !== 'tensor' || !type.shape) throw new UsageError(`parameter '${name}' needs a value: give --inputs`)
    const { dtype } = type
    const shape = type.shape.map((dim) => sizeOf(dim, dims))
    const count = shape.reduce((product, dim) => product * dim, 1)
    const element =
      dtype === null || dtype === 'float32' ? random : dtype === 'bool' ? () => Number(random() < 0.5) : () => Math.floor(random() * 10)
    return { dtype: dtype ?? 'float32', shape, data: storageFor(dtype ?? 'float32', Array.from({ length: count }, element)) }
  })
}

function sizeOf(dim: Dim, dims: ReadonlyMap<string, number>): number {
  const symbols = [...symbolsOf(dim)]
  return evaluateDim(dim, new Map(symbols.map(({ name }) => [name, dims.get(name) ?? 1])))
}

function storageFor(dtype: DType, values: readonly number[]): TypedArray {
  if (dtype === 'float32') return Float32Array.from(values)
  return dtype === 'uint8' || dtype === 'bool' ? Uint8Array.from(values) : Int32Array.from(values)
}

/** A symbolic size of the report for these arguments: the dims that parameters declare by name have the arguments' sizes. */
export function sizeFor(
  formula: number | string,
  parameters: readonly Parameter[],
  values: readonly (TensorData | number | boolean)[],
): number {
  if (typeof formula === 'number') return formula
  const sizes = new Map<string, number>()
  for (const [i, { name, type }] of parameters.entries()) {
    const value = values[i]
    if (typeof value === 'number') sizes.set(name, value)
    if (type.kind !== 'tensor' || typeof value !== 'object') continue
    for (const [axis, dim] of (type.shape ?? []).entries())
      if (typeof dim === 'object' && dim.op === 'var') sizes.set(dim.name, value.shape[axis] ?? 1)
  }
  return sizeOf(parseDim(new TextCursor(formula), new Map()), sizes)
}

/** `N=8,M=4`. */
export function parseDims(text: string | undefined): ReadonlyMap<string, number> {
  const dims = new Map<string, number>()
  for (const part of text?.split(',') ?? []) {
    const [, name, size] = /^\s*(\w+)\s*=\s*(\d+)\s*$/.exec(part) ?? []
    if (name === undefined) throw new UsageError(`--dims takes NAME=SIZE,..., got '${part}'`)
    dims.set(name, Number(size))
  }
  return dims
}
