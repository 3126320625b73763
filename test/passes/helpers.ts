/** Programs from graph text, and passes on them. */
import type { ClassInfo, ConstantId, Graph, Program, TensorConstant } from '../../src/compiler/ir/graph.ts'
import { parseGraph } from '../../src/compiler/ir/parseGraph.ts'
import { printGraph } from '../../src/compiler/ir/printGraph.ts'
import { verifyProgram } from '../../src/compiler/ir/verifyGraph.ts'
import { type Pass, type PassContext, passes, runPasses } from '../../src/compiler/passes/index.ts'
import type { CompileOptions } from '../../src/compiler/program.ts'

export const options = (overrides: Partial<CompileOptions> = {}): CompileOptions => ({
  targets: ['wasm'],
  optimize: true,
  exact: false,
  verify: 'every-pass',
  ...overrides,
})

export interface ProgramParts {
  readonly functions?: { readonly [name: string]: string }
  readonly classes?: readonly ClassInfo[]
  readonly constants?: readonly TensorConstant[]
}

/** A program whose entry `forward` has this text. */
export function programOf(text: string, parts: ProgramParts = {}): Program {
  const functions = new Map<string, Graph>([['forward', parseGraph(text, 'forward')]])
  for (const [name, source] of Object.entries(parts.functions ?? {})) functions.set(name, parseGraph(source, name))
  return {
    name: 'test',
    entry: 'forward',
    functions,
    classes: new Map((parts.classes ?? []).map((info) => [info.name, info])),
    constants: new Map((parts.constants ?? []).map((constant) => [constant.id, constant])),
  }
}

export const entryOf = (program: Program): Graph => program.functions.get(program.entry)!

export const textOf = (program: Program): string => printGraph(entryOf(program), { ranges: 'none' })

type Run = Pass['run']

/** The entry's text after some passes. */
export const textAfter = (program: Program, ...run: readonly Run[]): string => textOf(apply(program, ...run))

export const apply = (program: Program, ...run: readonly Run[]): Program =>
  run.reduce((current, pass) => pass(current, { options: options() }), program)

export const optimized = (program: Program, context: Partial<PassContext> = {}): Program =>
  runPasses(program, { options: options(), ...context })

export const allPasses = passes

export const floats = (id: string, name: string, shape: readonly number[], values: readonly number[]): TensorConstant => ({
  id: id as ConstantId,
  name,
  dtype: 'float32',
  shape,
  data: new Float32Array(values),
})

export const count = (text: string, part: string): number => text.split(part).length - 1

/** All passes, the verifier after each; the text after every pass by name (the last run of a pass wins). */
export function runVerified(
  program: Program,
  context: Partial<PassContext> = {},
): { readonly program: Program; readonly texts: ReadonlyMap<string, string> } {
  const texts = new Map<string, string>()
  const result = runPasses(program, { options: options(), ...context }, (pass, current) => {
    verifyProgram(current, pass.name)
    texts.set(pass.name, textOf(current))
  })
  return { program: result, texts }
}
