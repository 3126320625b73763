/**
 * Runs a random program three ways: uncompiled on the eager library, compiled without and with the optimiser; and compares what they give.
 * dtypes and shapes must be equal, ints and bools too; floats within a tolerance that follows from the sizes of the values involved.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import { compileProgram } from '../../src/compiler/index.ts'
import * as tensorscript from '../../src/index.ts'
import * as runtime from '../../src/runtime/index.ts'
import { requestOf } from '../compile/requestText.ts'
import { type Parameter, type ProgramTree, printProgram } from './program.ts'

export interface Failure {
  readonly seed: number
  /** Where it went wrong; the reducer keeps to failures with the same key. */
  readonly key: string
  readonly message: string
}

type Result = { readonly ok: true; readonly values: readonly unknown[] } | { readonly ok: false; readonly error: string }

/** Refusals that a valid program may meet: a write that more than one tensor might have to show. */
const refusals = new Set(['S3303', 'S3304'])

/** null: all three agree. `refused` is called when the compiler says that it does not support the program. */
export async function runProgram(program: ProgramTree, refused: (code: string) => void = () => {}): Promise<Failure | null> {
  const fail = (key: string, message: string): Failure => ({ seed: program.seed, key, message })
  const entry = program.functions.at(-1)!
  const eager = call(await uncompiled(program), entry.parameters)
  if (!eager.ok) return fail('eager', `the uncompiled run throws: ${eager.error}`)
  const text = printProgram(program, true)
  for (const optimize of [false, true]) {
    const mode = optimize ? 'optimised' : 'unoptimised'
    const compiled = compileProgram(
      requestOf(text, { name: entry.name, options: { optimize, verify: program.seed % 4 === 0 ? 'every-pass' : 'ends' } }),
    )
    if (!compiled.ok) {
      const { code, message } = compiled.diagnostics[0]!
      if (refusals.has(code)) {
        refused(code)
        return null
      }
      return fail(`${mode} ${code} ${withoutNames(message)}`, `${mode}: refused: ${code} ${message}`)
    }
    let result: Result
    try {
      const [run] = await instantiatePrograms([compiled.program], runtime)
      result = call(run!, entry.parameters)
    } catch (error) {
      return fail(`${mode} instantiate`, `${mode}: does not load: ${String(error)}`)
    }
    if (!result.ok) return fail(`${mode} throws ${withoutNames(result.error)}`, `${mode}: throws: ${result.error}`)
    const difference = compare(eager.values, result.values)
    if (difference) return fail(`${mode} differs`, `${mode}: ${difference}`)
  }
  return null
}

const withoutNames = (message: string): string =>
  message
    .split('\n')[0]!
    .replace(/%?\b\w*\d[\w.]*\b/g, '#')
    .slice(0, 90)

const uncompiled = (program: ProgramTree): Promise<(...args: unknown[]) => unknown> =>
  loadUncompiled(printProgram(program, false), program.functions.at(-1)!.name)

/** A function of plain JavaScript text that uses `torch` and `F`, on the eager library. */
export async function loadUncompiled(text: string, name: string): Promise<(...args: unknown[]) => unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'tensorscript-fuzz-'))
  try {
    const file = join(folder, 'program.mjs')
    await writeFile(file, `export default ({ F, torch }) => {\n${text}\nreturn ${name}\n}\n`)
    const module: { default(api: object): (...args: unknown[]) => unknown } = await import(/* @vite-ignore */ pathToFileURL(file).href)
    return module.default(tensorscript)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function call(run: (...args: unknown[]) => unknown, parameters: readonly Parameter[]): Result {
  const args = parameters.map(({ type, value }) =>
    type.kind === 'tensor' ? tensorscript.tensor([...value], { dtype: type.dtype, shape: [...type.shape] }) : value[0],
  )
  try {
    const result = run(...args)
    return { ok: true, values: Array.isArray(result) ? result : [result] }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) }
  }
}

interface TensorLike {
  readonly dtype: string
  readonly shape: readonly number[]
  dataSync(): ArrayLike<number>
}

const isTensor = (value: unknown): value is TensorLike => typeof value === 'object' && value !== null && 'dataSync' in value

/** What differs, or null. */
export function compare(expected: readonly unknown[], actual: readonly unknown[]): string | null {
  if (expected.length !== actual.length) return `${actual.length} results instead of ${expected.length}`
  for (const [i, want] of expected.entries()) {
    const got = actual[i]
    if (!isTensor(want)) {
      if (typeof want === 'number' && typeof got === 'number' ? !close(want, got, Math.max(1, Math.abs(want))) : want !== got)
        return `result ${i} is ${String(got)} instead of ${String(want)}`
      continue
    }
    if (!isTensor(got)) return `result ${i} is no tensor`
    if (want.dtype !== got.dtype || want.shape.join() !== got.shape.join())
      return `result ${i} is ${got.dtype}[${got.shape.join()}] instead of ${want.dtype}[${want.shape.join()}]`
    const [a, b] = [want.dataSync(), got.dataSync()]
    const scale = Array.from(a).reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 1)
    for (let k = 0; k < a.length; k++) {
      const same = want.dtype === 'float32' ? close(a[k]!, b[k]!, scale) : a[k] === b[k]
      if (!same) return `result ${i} has ${b[k]} instead of ${a[k]} at ${k} (${want.dtype}[${want.shape.join()}])`
    }
  }
  return null
}

function close(want: number, got: number, scale: number): boolean {
  if (Number.isNaN(want) || Number.isNaN(got)) return Number.isNaN(want) && Number.isNaN(got)
  return want === got || Math.abs(want - got) <= 2e-4 * scale
}
