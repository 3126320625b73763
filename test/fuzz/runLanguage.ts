/** Runs random programs of the language three ways, a batch at a time: one parsed file, one module a mode. */
import { parse } from '@babel/parser'
import { transformSync } from 'esbuild'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import { compileProgram } from '../../src/compiler/index.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import * as runtime from '../../src/runtime/index.ts'
import { differenceOf } from '../programs/compare.ts'
import { argumentsOf, type LanguageProgram, printLanguage, smallerLanguage } from './language.ts'
import { declarations } from './languageDeclarations.ts'
import type { Failure } from './run.ts'

type Run = (...args: unknown[]) => unknown

/** Refusals that a valid program may meet: a recursive function that is called in a block with `using`. */
const refusals = new Set(['S1104'])

/** null: all three agree. `refused` is called when the compiler says that it does not support a program. */
export async function runLanguage(
  programs: readonly LanguageProgram[],
  refused: (code: string) => void = () => {},
): Promise<readonly (Failure | null)[]> {
  const names = programs.map((_, i) => `f${i}`)
  const functions = programs.map((program, i) => printLanguage(program, names[i]!)).join('\n')
  const code = `import type { int } from 'tensorscript'\n${declarations}${functions}`
  const eager = uncompiled(code)
  const failures: (Failure | null)[] = programs.map(() => null)
  const fail = (i: number, key: string, message: string): void => {
    failures[i] ??= { seed: programs[i]!.seed, key, message }
  }
  const file = '/app/program.ts'
  const ast = parse(code, { sourceType: 'module', plugins: ['typescript'] })
  const modules = new Map([[file, { file, code, ast, imports: new Map([['tensorscript', 'tensorscript']]) }]])
  for (const optimize of [false, true]) {
    const mode = optimize ? 'optimised' : 'unoptimised'
    const made: { readonly i: number; readonly program: CompiledProgram }[] = []
    for (const [i, name] of names.entries()) {
      const options = { targets: ['wasm' as const], optimize, exact: false, verify: 'ends' as const }
      const result = compileProgram({ name, file, modules, evaluated: new Map(), options })
      if (result.ok) made.push({ i, program: result.program })
      else {
        const { code: number, message, start, end } = result.diagnostics[0]!
        if (refusals.has(number)) refused(number)
        else fail(i, `${mode} ${number}`, `${mode}: ${number} ${message} (at \`${code.slice(start, end)}\`)`)
      }
    }
    const runs = await instantiatePrograms(
      made.map(({ program }) => program),
      runtime,
      undefined,
      eager,
    )
    for (const [k, { i }] of made.entries()) {
      const { seed } = programs[i]!
      for (const variant of [0, 1, 2]) {
        const expected = outcome(eager[names[i]!]!, seed + variant)
        const actual = outcome(runs[k]!, seed + variant)
        if (actual.error !== expected.error)
          fail(i, `${mode} throws`, `${mode}: throws ${actual.error ?? 'nothing'}, uncompiled: ${expected.error ?? 'nothing'}`)
        const difference = differenceOf(actual.value, expected.value)
        if (difference !== null)
          fail(i, `${mode} differs`, `${mode}, arguments ${JSON.stringify(argumentsOf(seed + variant))}: ${difference}`)
      }
    }
  }
  return failures
}

/** A shorter program that fails in the same way. */
export async function reduceLanguage(program: LanguageProgram, key: string): Promise<LanguageProgram> {
  for (const candidate of smallerLanguage(program)) {
    const [failure] = await runLanguage([candidate]).catch(() => [null])
    if (failure?.key === key) return reduceLanguage(candidate, key)
  }
  return program
}

function uncompiled(code: string): { readonly [name: string]: Run } {
  const text = transformSync(code, { loader: 'ts', format: 'cjs', target: 'es2022' }).code
  const module = { exports: {} as { readonly [name: string]: Run } }
  new Function('module', 'exports', text)(module, module.exports)
  return module.exports
}

function outcome(run: Run, seed: number): { readonly value?: unknown; readonly error?: string } {
  try {
    return { value: run(...structuredClone(argumentsOf(seed))) }
  } catch (error) {
    return { error: (error as Error).message }
  }
}
