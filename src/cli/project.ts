/**
 * Script code of one source file, ready to compile: the same finding, loading and evaluation as in a build, with the resolution of a
 * TypeScript project (tsconfig paths, `.js` that means `.ts`) in place of a bundler's.
 */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { ResolverFactory } from 'rolldown/experimental'
import { type RenderOptions, renderDiagnostic } from '../compiler/diagnostics/renderDiagnostic.ts'
import { compileProgram } from '../compiler/index.ts'
import type { CompiledProgram, CompileOptions, Diagnostic, ProgramRequest } from '../compiler/program.ts'
import type { TensorData } from '../runtime/safetensors.ts'
import { defaultLocal } from '../transform/analyze.ts'
import { type CompileContext, type Prepared, prepareScripts, requestFor } from '../transform/compileScripts.ts'
import { defaultCacheFolder } from '../transform/evaluate/evaluateModules.ts'
import { findScripts, type ScriptEntry } from '../transform/find.ts'
import { type ModuleHost, type ParseCache, parseModule } from '../transform/loadModules.ts'
import { SourceSyntaxError } from '../transform/parse.ts'
import type { Terminal } from './command.ts'

export const defaultOptions: CompileOptions = { targets: ['wasm'], optimize: true, exact: false, verify: 'ends' }

/** Diagnostics, already rendered with their code frames. */
export class CompilationError extends Error {
  readonly diagnostics: readonly Diagnostic[]
  constructor(diagnostics: readonly Diagnostic[], cwd: string) {
    super(renderAll(diagnostics, cwd))
    this.name = 'CompilationError'
    this.diagnostics = diagnostics
  }
}

export interface Project {
  readonly file: string
  /** Names of the functions and instances that can be compiled. */
  readonly names: readonly string[]
  /** `signature`: sample arguments by parameter name, for parameters whose type is not declared. @throws CompilationError */
  compile(name: string, settings?: CompileSettings): CompiledProgram
}

export interface CompileSettings {
  readonly signature?: ReadonlyMap<string, TensorData> | undefined
  readonly options?: Partial<CompileOptions>
  /** What gets warnings; they are printed without it. */
  readonly warn?: (warnings: readonly Diagnostic[]) => void
}

/** One a command: parsed files are shared by the projects it opens. */
export function createProjectLoader(terminal: Terminal): (file: string) => Promise<Project> {
  const parseCache: ParseCache = new Map()
  const host = createHost()
  return async (file) => {
    const root = terminal.cwd
    const code = await readFile(file, 'utf8')
    const context: CompileContext = {
      host,
      parseCache,
      settings: { root, alias: [], conditions: [], define: {} },
      cacheFolder: defaultCacheFolder(dirname(file)),
      evaluate: 'auto',
      options: defaultOptions,
      compile: compileProgram,
    }
    const { entries, prepared } = await prepare(file, code, context, root)
    const programs = entries.filter(({ kind }) => kind !== 'class')
    return {
      file,
      names: programs.map(nameOf),
      compile(name, { signature, options, warn = (warnings: readonly Diagnostic[]) => terminal.error(renderAll(warnings, root)) } = {}) {
        const entry = programs.find((candidate) => nameOf(candidate) === name)
        if (!entry)
          throw new Error(
            `${relative(root, file)} has no script function '${name}'${programs.length > 0 ? `; it has ${programs.map(nameOf).join(', ')}` : ''}`,
          )
        const result = compileProgram(requestOf(file, entry, prepared, { ...defaultOptions, ...options }, signature))
        if (!result.ok) throw new CompilationError(result.diagnostics, root)
        if (result.warnings.length > 0) warn(result.warnings)
        return result.program
      },
    }
  }
}

async function prepare(
  file: string,
  code: string,
  context: CompileContext,
  cwd: string,
): Promise<{ readonly entries: readonly ScriptEntry[]; readonly prepared: Prepared }> {
  let found: ReturnType<typeof findScripts>
  try {
    found = findScripts(parseModule(file, code, context.parseCache).analysis)
  } catch (error) {
    if (!(error instanceof SourceSyntaxError)) throw error
    // Loading meets the same error and gives its diagnostic.
    found = { entries: [], diagnostics: [] }
  }
  const prepared = await prepareScripts(file, code, found.entries, context)
  const errors = [...found.diagnostics, ...prepared.diagnostics].filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new CompilationError(errors, cwd)
  return { entries: found.entries, prepared }
}

const nameOf = ({ name }: ScriptEntry): string => (name === defaultLocal ? 'default' : name)

function requestOf(
  file: string,
  entry: ScriptEntry,
  prepared: Prepared,
  options: CompileOptions,
  signature: ReadonlyMap<string, TensorData> | undefined,
): ProgramRequest {
  return {
    ...requestFor(file, entry, prepared, options),
    ...(signature && { signature: new Map([...signature].map(([name, { dtype, shape }]) => [name, { dtype, shape }])) }),
  }
}

function createHost(): ModuleHost {
  const resolver = new ResolverFactory({
    tsconfig: 'auto',
    extensions: ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs'],
    extensionAlias: { '.js': ['.ts', '.tsx', '.js'], '.mjs': ['.mts', '.mjs'], '.jsx': ['.tsx', '.jsx'] },
    conditionNames: ['import', 'node', 'module', 'default'],
  })
  return {
    async resolve(specifier, importer) {
      return resolver.sync(dirname(importer), specifier).path ?? null
    },
    readFile: (file) => readFile(file, 'utf8'),
  }
}

function renderAll(diagnostics: readonly Diagnostic[], cwd: string): string {
  const options = renderOptions(cwd)
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join('\n\n')
}

/** Sources from the disk, files named from the working folder. */
export function renderOptions(cwd: string): RenderOptions {
  const source = (file: string): string | null => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return null
    }
  }
  const fileName = (file: string): string => (file.startsWith('tensorscript:') ? file : relative(cwd, file))
  return { source, fileName }
}
