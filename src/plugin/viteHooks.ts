/**
 * What only Vite has: its configuration as data for evaluation, the same plugin in the bundles of workers, programs' files from the dev
 * server, and recompilation when a file changes that a model was made from but that no module imports.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createUnplugin } from 'unplugin'
import type { EnvironmentModuleNode, Plugin, ResolvedConfig } from 'vite'
import { devPath } from './addressing.ts'
import { pluginOf } from './index.ts'
import type { Session } from './session.ts'

export function viteHooks(session: Session): Partial<Plugin> {
  return {
    config: () => ({
      worker: { plugins: () => [createUnplugin(() => pluginOf(session, 'vite', true)).vite(undefined) as Plugin] },
      // The runtime is ES modules already; pre-bundled copies would be a second Tensor class.
      optimizeDeps: { exclude: ['tensorscript'] },
    }),
    configResolved(config) {
      session.vite = config
      if (config.plugins.some(({ name }) => name === 'vitest') && !session.options.alwaysEnabled) session.enabled = false
      session.settings = {
        root: config.root,
        alias: config.resolve.alias,
        conditions: [...session.options.conditions, config.isProduction ? 'production' : 'development', ...ownConditions(config)],
        define: { ...definesOf(config), ...session.options.define },
      }
      session.cacheFolder = session.options.cacheFolder ?? join(config.cacheDir, 'tensorscript')
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.replace(/[?#].*$/, '') ?? ''
        const at = path.lastIndexOf(`/${devPath}`)
        if (at < 0) return next()
        const name = decodeURIComponent(path.slice(at + devPath.length + 1))
        if (!/^[\w.-]+$/.test(name)) return next()
        fileOf(session, name).then((bytes) => {
          if (!bytes) return next()
          response.setHeader('Content-Type', contentType(name))
          response.setHeader('Content-Length', bytes.byteLength)
          // The name holds the content's hash.
          response.setHeader('Cache-Control', 'max-age=31536000, immutable')
          response.end(bytes)
        }, next)
      })
    },
    hotUpdate({ file, modules }) {
      const graph = this.environment.moduleGraph
      const affected = new Set<EnvironmentModuleNode>(modules)
      for (const [module, files] of session.dependencies) {
        if (files.has(file)) for (const node of graph.getModulesByFile(module) ?? []) affected.add(node)
      }
      // Vite does not reload for modules that the page never got; what failed last time is just what the page waits for.
      const failed = [...affected].filter((node) => node.file !== null && session.failed.has(node.file))
      if (failed.length > 0) {
        for (const node of affected) graph.invalidateModule(node)
        this.environment.hot.send({ type: 'full-reload', path: '*' })
        return []
      }
      return affected.size > modules.length ? [...affected] : undefined
    },
  }
}

async function fileOf(session: Session, name: string): Promise<Uint8Array | null> {
  const known = session.files.get(name)
  if (known) return known.bytes
  try {
    return await readFile(join(session.cacheFolder, 'assets', name))
  } catch {
    return null
  }
}

const contentType = (name: string): string =>
  name.endsWith('.wasm') ? 'application/wasm' : name.endsWith('.json') ? 'application/json' : 'application/octet-stream'

/** Conditions of the user's own; those of Vite are about browsers and modes. */
const ownConditions = ({ resolve }: ResolvedConfig): string[] =>
  (resolve.conditions ?? []).filter((name) => !['module', 'browser', 'import', 'default', 'development|production'].includes(name))

function definesOf(config: ResolvedConfig): Record<string, string> {
  const defines: Record<string, string> = {}
  for (const [name, value] of Object.entries(config.env)) defines[`import.meta.env.${name}`] = JSON.stringify(value)
  for (const [name, value] of Object.entries(config.define ?? {})) defines[name] = typeof value === 'string' ? value : JSON.stringify(value)
  return defines
}
