/**
 * Case files of `verify`: `NAME.ts` with exported script functions, `NAME.safetensors` with `FUNCTION/in/PARAM` and `FUNCTION/out/I`, and
 * the tolerances `rtol` and `atol` as metadata.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { decodeEntry, readSafetensors, type SafetensorsEntry, type TensorData } from '../../runtime/safetensors.ts'

export interface Expected extends TensorData {
  /** The format's dtype: exact, where ours may be wider (F64 is read as float32). */
  readonly storedDtype: string
}

export interface Case {
  /** The function's name in the file. */
  readonly name: string
  readonly inputs: ReadonlyMap<string, TensorData>
  readonly outputs: readonly Expected[]
}

export interface CaseFile {
  readonly name: string
  readonly source: string
  readonly cases: readonly Case[]
  readonly rtol: number
  readonly atol: number
}

/** PyTorch's own tolerances for float32 (torch.testing.assert_close), where a file names none. */
const defaultTolerance = { rtol: 1.3e-6, atol: 1e-5 }

/**
 * Paths of the sources of a folder's case files, or of the one file given. `incomplete` are halves: values without functions.
 * A source without values beside it is not a case file.
 */
export async function findCaseFiles(
  path: string,
): Promise<{ readonly sources: readonly string[]; readonly incomplete: readonly string[] }> {
  if ((await stat(path)).isFile()) return { sources: [path], incomplete: [] }
  const names = new Set(await readdir(path))
  const values = [...names].filter((name) => name.endsWith('.safetensors')).sort()
  const hasSource = (name: string): boolean => names.has(name.replace(/\.safetensors$/, '.ts'))
  return {
    sources: values.filter(hasSource).map((name) => join(path, name.replace(/\.safetensors$/, '.ts'))),
    incomplete: values.filter((name) => !hasSource(name)),
  }
}

/** @throws SafetensorsError or Error when the values cannot be read or are not named as cases are. */
export async function readCaseFile(source: string): Promise<CaseFile> {
  const values = source.replace(/\.ts$/, '.safetensors')
  const { tensors, metadata } = readSafetensors(await readFile(values), basename(values))
  const cases = new Map<string, { inputs: Map<string, TensorData>; outputs: Expected[] }>()
  for (const entry of tensors.values()) {
    const [, name, direction, key] = /^(.+)\/(in|out)\/([^/]+)$/.exec(entry.name) ?? []
    if (name === undefined || key === undefined)
      throw new Error(`${basename(values)}: '${entry.name}' is not FUNCTION/in/PARAM or FUNCTION/out/I`)
    const found = cases.get(name) ?? { inputs: new Map(), outputs: [] }
    cases.set(name, found)
    if (direction === 'in') found.inputs.set(key, decodeEntry(entry))
    else found.outputs[outputIndex(key, entry, values)] = { ...decodeEntry(entry), storedDtype: entry.storedDtype }
  }
  const tolerance = (name: 'rtol' | 'atol'): number => (metadata[name] === undefined ? defaultTolerance[name] : Number(metadata[name]))
  return {
    name: basename(source, '.ts'),
    source,
    cases: [...cases].map(([name, { inputs, outputs }]) => ({ name, inputs, outputs })),
    rtol: tolerance('rtol'),
    atol: tolerance('atol'),
  }
}

function outputIndex(key: string, entry: SafetensorsEntry, file: string): number {
  if (!/^\d+$/.test(key)) throw new Error(`${basename(file)}: '${entry.name}': outputs are numbered`)
  return Number(key)
}
