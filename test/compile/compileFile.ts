/** Programs of a source file, compiled as the command line does and made callable in this process. */
import { resolve } from 'node:path'
import { createProjectLoader } from '../../src/cli/project.ts'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import type { CompiledProgram, CompileOptions } from '../../src/compiler/program.ts'
import * as gpu from '../../src/gpu/index.ts'
import * as runtime from '../../src/runtime/index.ts'

export interface CompiledFile {
  readonly programs: ReadonlyMap<string, CompiledProgram>
  call(name: string, ...args: unknown[]): unknown
  /** What `ready` takes. */
  callable(name: string): unknown
}

export async function compileFile(file: string, options: Partial<CompileOptions> = {}): Promise<CompiledFile> {
  const failures: string[] = []
  const open = createProjectLoader({ cwd: process.cwd(), out: () => {}, error: (text: string) => void failures.push(text) } as Parameters<
    typeof createProjectLoader
  >[0])
  const project = await open(resolve(file))
  const programs = project.names.map((name) => project.compile(name, { options: { verify: 'every-pass', ...options } }))
  const callables = await instantiatePrograms(programs, runtime, gpu)
  const byName = new Map(programs.map((program, i) => [program.name, { program, callable: callables[i]! }]))
  return {
    programs: new Map(programs.map((program) => [program.name, program])),
    callable: (name) => byName.get(name)!.callable,
    call: (name, ...args) => byName.get(name)!.callable(...args),
  }
}
