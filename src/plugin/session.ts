/**
 * What one plugin instance knows across modules and rebuilds: settings of the bundler, caches, the programs of each module and the files
 * they need. Bundler hooks call it; it knows no bundler.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResolvedConfig } from 'vite'
import type { ProgramFile } from '../compiler/artifact/programFiles.ts'
import type { ProgramReport } from '../compiler/program.ts'
import { type BuildReport, buildReport } from '../report/buildReport.ts'
import type { Compile, ProgramCache } from '../transform/compileScripts.ts'
import type { BundleSettings } from '../transform/evaluate/bundleModules.ts'
import { defaultCacheFolder } from '../transform/evaluate/evaluateModules.ts'
import type { ModuleHost, ParseCache } from '../transform/loadModules.ts'
import { rewriteOperators } from '../transform/rewriteOperators.ts'
import { type SourceMap, type TransformResult, transformModule } from '../transform/transformModule.ts'
import type { ResolvedOptions } from './options.ts'

/** How the module writes the address of a file, and statements that these expressions rely on. */
export interface Addressing {
  address(file: ProgramFile): string
  preamble(): string
}

export interface Session {
  readonly options: ResolvedOptions
  /** Set when the bundler's configuration is known. */
  settings: BundleSettings
  cacheFolder: string
  /** Vite's configuration, under Vite. */
  vite: ResolvedConfig | null
  /** Every file that some module's programs need now, by name: the dev server serves from here. */
  readonly files: Map<string, ProgramFile>
  /** Off: nothing is compiled. Under Vitest code runs uncompiled unless the options say otherwise. */
  enabled: boolean
  /** Module -> files whose change asks for a new transform of it. */
  readonly dependencies: Map<string, ReadonlySet<string>>
  /** Modules whose last transform had errors. */
  readonly failed: Set<string>
  /** Module -> its programs' reports, and whether each was taken from the cache. */
  readonly reports: Map<string, readonly { readonly report: ProgramReport; readonly cached: boolean }[]>
  transform(
    code: string,
    file: string,
    host: ModuleHost,
    addressing: Addressing,
  ): Promise<TransformResult | { readonly code: string; readonly map: SourceMap } | null>
  report(): BuildReport
}

export function createSession(options: ResolvedOptions, root: string, compile?: Compile): Session {
  const parseCache: ParseCache = new Map()
  const programCache: ProgramCache = new Map()
  const filesOf = new Map<string, ReadonlySet<string>>()
  const session: Session = {
    options,
    settings: { root, alias: [], conditions: options.conditions, define: options.define },
    cacheFolder: options.cacheFolder ?? defaultCacheFolder(root),
    vite: null,
    files: new Map(),
    enabled: options.enabled,
    dependencies: new Map(),
    failed: new Set(),
    reports: new Map(),
    async transform(code, file, host, addressing) {
      if (!session.enabled) return rewriteOperators(code, file, parseCache)
      const needed = new Set<string>()
      const result = await transformModule(code, file, {
        host,
        settings: session.settings,
        cacheFolder: session.cacheFolder,
        evaluate: options.evaluate,
        options: { targets: options.targets, optimize: options.optimize, exact: options.exact, native: options.native, verify: 'ends' },
        // Loaded when there is something to compile.
        compile: compile ?? (async (request) => (await import('../compiler/index.ts')).compileProgram(request)),
        parseCache,
        programCache,
        inlineLimit: options.inlineLimit,
        address: (programFile) => {
          if (programFile.role === 'ir' && !options.inspect) return 'undefined'
          const stored = storedOnce(programFile)
          session.files.set(stored.name, stored)
          needed.add(stored.name)
          return addressing.address(stored)
        },
        preamble: addressing.preamble,
      })
      const outdated = filesOf.get(file) ?? []
      filesOf.set(file, needed)
      const current = new Set([...filesOf.values()].flatMap((names) => [...names]))
      for (const name of outdated) if (!current.has(name)) session.files.delete(name)
      session.dependencies.delete(file)
      session.reports.delete(file)
      session.failed.delete(file)
      if (result) {
        if (result.diagnostics.some(({ severity }) => severity === 'error')) session.failed.add(file)
        if (result.watchFiles.length > 0) session.dependencies.set(file, new Set(result.watchFiles))
        if (result.programs.length > 0)
          session.reports.set(
            file,
            result.programs.map(({ program, cached }) => ({ report: program.report, cached })),
          )
      }
      return result
    },
    report: () => buildReport([...session.reports.values()].flat().map(({ report }) => report)),
  }
  return session
}

/** The bundler's idea of the project's folder, once it is known. */
export function setRoot(session: Session, root: string): void {
  session.settings = { ...session.settings, root }
  session.cacheFolder = session.options.cacheFolder ?? defaultCacheFolder(root)
}

/** Weights are named by their content alone: programs that share them share the file, in whatever order modules are transformed. */
const storedOnce = (file: ProgramFile): ProgramFile =>
  file.role === 'weights' ? { ...file, name: `weights${file.name.slice(file.name.lastIndexOf('-'))}` } : file

/** Writes a file beside the caches, for bundlers and servers that read assets from disk. Its name has its hash, so it never changes. */
export function writeAsset(session: Session, { name, bytes }: ProgramFile): string {
  const folder = join(session.cacheFolder, 'assets')
  const path = join(folder, name)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, bytes)
  }
  return path
}
