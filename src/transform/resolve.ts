/**
 * A module host without a bundler: Node's and TypeScript's resolution (extensions, `.js` for `.ts`, tsconfig paths, exports conditions) plus
 * aliases. The command line uses it, and the plugin where a bundler's resolver gives no file to read.
 */
import { readFile } from 'node:fs/promises'
import { ResolverFactory } from 'rolldown/experimental'
import { applyAlias, type BundleSettings } from './evaluate/bundleModules.ts'
import type { ModuleHost } from './loadModules.ts'

export function createModuleHost(settings: Pick<BundleSettings, 'alias' | 'conditions'>): ModuleHost {
  const resolver = new ResolverFactory({
    tsconfig: 'auto',
    extensions: ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.json'],
    extensionAlias: { '.js': ['.ts', '.tsx', '.js'], '.mjs': ['.mts', '.mjs'], '.jsx': ['.tsx', '.jsx'] },
    conditionNames: ['import', ...settings.conditions, 'node', 'module', 'default'],
    mainFields: ['module', 'main'],
  })
  return {
    async resolve(specifier, importer) {
      const { path } = await resolver.resolveFileAsync(importer, applyAlias(specifier, settings.alias))
      return path ?? null
    },
    readFile: (file) => readFile(file, 'utf8'),
  }
}

export const defaultSettings = (root: string): BundleSettings => ({ root, alias: [], conditions: [], define: {} })
