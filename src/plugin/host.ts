/** How files of script code are found: by the bundler's own resolver where it has one, else like Node and TypeScript do. */
import { isAbsolute } from 'node:path'
import type { ModuleHost } from '../transform/loadModules.ts'
import { createModuleHost } from '../transform/resolve.ts'
import type { NativeContext } from './addressing.ts'
import type { Session } from './session.ts'

export function moduleHost(session: Session, native: NativeContext, framework: string): ModuleHost {
  const own = createModuleHost(session.settings)
  const bundler = bundlerResolver(native, framework)
  return {
    async resolve(specifier, importer) {
      const resolved = await bundler(specifier, importer)
      const file = resolved?.replace(/[?#].*$/, '')
      // Virtual modules, externals and pre-bundled dependencies are no source files.
      if (file && isAbsolute(file) && !/[\\/]\.vite[\\/]deps/.test(file)) return file
      return own.resolve(specifier, importer)
    },
    readFile: own.readFile,
  }
}

type Resolver = (specifier: string, importer: string) => Promise<string | null>

function bundlerResolver(native: NativeContext, framework: string): Resolver {
  if (native.resolve) {
    return async (specifier, importer) => {
      const found = await native.resolve!(specifier, importer, { skipSelf: true })
      return found && !found.external ? found.id : null
    }
  }
  const context = native.getNativeBuildContext?.()
  if (context?.framework === 'esbuild') {
    return async (path, importer) => {
      const found = await context.build.resolve(path, {
        importer,
        resolveDir: importer.replace(/[\\/][^\\/]*$/, ''),
        kind: 'import-statement',
      })
      return found.errors.length === 0 && !found.external && found.namespace === 'file' ? found.path : null
    }
  }
  if (context && (framework === 'webpack' || framework === 'rspack') && 'loaderContext' in context && context.loaderContext?.getResolve) {
    const resolve = context.loaderContext.getResolve({ dependencyType: 'esm' })
    return (specifier, importer) =>
      new Promise((done) =>
        resolve(importer.replace(/[\\/][^\\/]*$/, ''), specifier, (error, path) => done(error || typeof path !== 'string' ? null : path)),
      )
  }
  return async () => null
}
