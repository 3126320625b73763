/**
 * The three ways a program runs: its source with the types stripped against the eager library, and compiled without and with the
 * optimiser, through the same finding, evaluation and emission as in a build. A source is loaded once, and compiled once a mode.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import { compileProgram } from '../../src/compiler/index.ts'
import { partsOf } from '../../src/compiler/joinPrograms.ts'
import type { CompiledProgram, CompileOptions, Diagnostic } from '../../src/compiler/program.ts'
import * as tensorscript from '../../src/index.ts'
import * as runtime from '../../src/runtime/index.ts'
import { type CompileContext, prepareScripts, requestFor } from '../../src/transform/compileScripts.ts'
import { findScripts } from '../../src/transform/find.ts'
import { parseModule } from '../../src/transform/loadModules.ts'
import { rewriteOperators } from '../../src/transform/rewriteOperators.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import type { Exports, Inspection } from './program.ts'

const values = [...Object.keys(tensorscript).filter((name) => name !== 'Tensor'), 'freeze', 'isInstance']
const types = ['int', 'float', 'Tensor', 'Mut', 'Device', 'DType', 'Index']

/** The import line of a source, for the names of the package that it mentions. */
export function withImports(source: string): string {
  const used = (name: string) => new RegExp(`(?<![.\\w])${name}(?!\\w)`).test(source)
  const names = [...values.filter(used), ...types.filter(used).map((name) => `type ${name}`)]
  return `import { ${names.join(', ')} } from 'tensorscript'\n${source}\n`
}

const withOperators = (code: string): string => rewriteOperators(code, 'main.ts', new Map())?.code ?? code

/** What the source exports when nothing compiles it. */
export function uncompiled(source: string, operators = false): Exports {
  const text = transformSync(operators ? withOperators(withImports(source)) : withImports(source), {
    loader: 'ts',
    format: 'cjs',
    target: 'es2022',
  }).code
  const module = { exports: {} as Exports }
  // The build seeds the generator before it makes instances.
  tensorscript.torch.manualSeed(0)
  new Function('module', 'exports', 'require', text)(module, module.exports, () => tensorscript)
  return module.exports
}

const cacheFolder = temporaryFolder('programs')
const parseCache: CompileContext['parseCache'] = new Map()
const host: CompileContext['host'] = {
  resolve: async () => null,
  readFile: async (file) => {
    throw new Error(`${file} is not part of a program`)
  },
}

export class Refused extends Error {
  readonly diagnostics: readonly (Diagnostic & { readonly text: string })[]
  constructor(diagnostics: readonly Diagnostic[], code: string) {
    super(diagnostics.map((d) => `${d.code}: ${d.message} (at \`${code.slice(d.start, d.end)}\`)`).join('\n'))
    this.diagnostics = diagnostics.map((d) => ({ ...d, text: code.slice(d.start, d.end) }))
  }
}

const options: CompileOptions = { targets: ['wasm'], optimize: true, exact: true, verify: 'every-pass' }

export interface Compiled {
  /** As the build leaves the module: its programs compiled, its other exports as they are. */
  readonly exports: Exports
  readonly inspection: Inspection
}

/** In a build, programs see every name of their module. */
function withHosts(source: string, programs: readonly CompiledProgram[]): string {
  const exported = (name: string) => new RegExp(`export (?:abstract )?(?:class|function|const) ${name}\\b`).test(source)
  const names = [...new Set(programs.flatMap(partsOf).flatMap(({ hosts }) => hosts))].filter((name) => !exported(name))
  return names.length > 0 ? `${source}\nexport { ${names.join(', ')} }` : source
}

/** Loads a source; the result compiles all its entries. @throws Refused */
export async function load(id: string, source: string): Promise<(optimize: boolean) => Promise<Compiled>> {
  const file = join(cacheFolder, `${id}.ts`)
  const code = withImports(source)
  writeFileSync(file, code)
  const { entries, diagnostics } = findScripts(parseModule(file, code, parseCache).analysis)
  const settings = { root: cacheFolder, alias: [], conditions: [], define: {} }
  const context: CompileContext = { host, parseCache, settings, cacheFolder, evaluate: 'auto', options, compile: compileProgram }
  const prepared = await prepareScripts(file, code, entries, context)
  const errors = [...diagnostics, ...prepared.diagnostics].filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Refused(errors, code)
  return async (optimize) => {
    const programs: CompiledProgram[] = []
    for (const entry of entries.filter(({ kind }) => kind !== 'class')) {
      const result = compileProgram(requestFor(file, entry, prepared, { ...options, optimize }))
      if (!result.ok) throw new Refused(result.diagnostics, code)
      programs.push(result.program)
    }
    const host = uncompiled(withHosts(source, programs))
    const callables = await instantiatePrograms(programs, runtime, undefined, host)
    const byName = new Map(programs.map((program) => [program.name, program]))
    return {
      exports: { ...host, ...Object.fromEntries(programs.map(({ name }, i) => [name, callables[i]])) },
      inspection: {
        graph: (name) => byName.get(name)!.ir,
        code: (name) => byName.get(name)!.code,
        compile: async (text) => (await (await load(`${id}-again`, text))(optimize)).inspection,
      },
    }
  }
}
