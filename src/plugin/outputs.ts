/**
 * The end of a build: files of programs that were tree-shaken are taken out again, budgets are checked, the report is printed. Vite leaves
 * out assets of server builds; the server reads them from its own folder, so they are written there.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Compiler as RspackCompiler } from '@rspack/core'
import type { Compiler as WebpackCompiler } from 'webpack'
import { reportJson, reportTable } from '../report/buildReport.ts'
import { exceededBudgets } from './budgets.ts'
import { type FileUrlQuery, placeWorkerFiles, resolveFileUrl } from './fileUrls.ts'
import type { OutputAsset, OutputBundle, PluginContext, RollupPlugin } from './rollupTypes.ts'
import { type Session, setRoot } from './session.ts'

/** `emitted`: file name -> reference, of this plugin instance. */
export function finishBundle(session: Session, emitted: ReadonlyMap<string, string>, isWorker: boolean): RollupPlugin {
  let kept: readonly OutputAsset[] = []
  return {
    resolveFileUrl: (query: FileUrlQuery) => (emitted.has(query.fileName) ? resolveFileUrl(query, session.vite) : null),
    renderChunk: (code: string, { fileName }: { fileName: string }) => (isWorker ? placeWorkerFiles(code, fileName) : null),
    generateBundle(this: PluginContext, _options: object, bundle: OutputBundle) {
      const code = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? [output.code] : []))
      const assets: OutputAsset[] = []
      for (const fileName of emitted.keys()) {
        const asset = bundle[fileName]
        if (asset?.type !== 'asset') continue
        const name = fileName.slice(fileName.lastIndexOf('/') + 1)
        if (code.some((text) => text.includes(name))) assets.push(asset)
        else delete bundle[fileName]
      }
      kept = assets
      if (isWorker) return
      const problem = budgetProblem(session)
      if (problem) this.error(problem)
      const { log, json } = session.options.report
      const report = session.report()
      if (report.programs.length === 0) return
      if (json) this.emitFile({ type: 'asset', fileName: json, source: reportJson(report) })
      if (log) this.info(`\n${reportTable(report)}`)
    },
    writeBundle(options: { dir?: string; file?: string }) {
      const folder = options.dir ?? (options.file && dirname(options.file))
      for (const { fileName, source } of folder ? kept : []) {
        const path = join(folder!, fileName)
        if (existsSync(path)) continue
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, source)
      }
    },
  }
}

function budgetProblem(session: Session): string | null {
  const lines = exceededBudgets(session.report().programs, session.options.budgets)
  return lines.length > 0 ? `budgets exceeded:\n${lines.map((line) => `  ${line}`).join('\n')}` : null
}

/** webpack and Rspack: the same through their compilation. */
export function logReport(session: Session, compiler: WebpackCompiler | RspackCompiler): void {
  setRoot(session, compiler.context)
  const { hooks, webpack } = compiler as WebpackCompiler
  hooks.thisCompilation.tap('tensorscript', (compilation) => {
    compilation.hooks.processAssets.tap('tensorscript', () => {
      const problem = budgetProblem(session)
      if (problem) compilation.errors.push(new webpack.WebpackError(`tensorscript: ${problem}`))
      const { log, json } = session.options.report
      const report = session.report()
      if (report.programs.length === 0) return
      if (json) compilation.emitAsset(json, new webpack.sources.RawSource(reportJson(report)))
      if (log) compilation.getLogger('tensorscript').info(`\n${reportTable(report)}`)
    })
  })
}
