/**
 * What `import.meta.ROLLUP_FILE_URL_x` becomes: the address relative to the chunk it stands in, so that `base`, sub-folders, libraries,
 * workers and servers need no configuration. Where the default of the bundler is right, it is left to it.
 */
import { posix } from 'node:path'
import MagicString from 'magic-string'
import type { ResolvedConfig } from 'vite'

export interface FileUrlQuery {
  readonly chunkId: string
  readonly fileName: string
  readonly format: string
}

export function resolveFileUrl({ chunkId, fileName, format }: FileUrlQuery, config: ResolvedConfig | null): string | null {
  // The user decides about addresses.
  if (config?.experimental?.renderBuiltUrl) return null
  const path = JSON.stringify(posix.relative(posix.dirname(chunkId), fileName))
  if (format === 'es' || format === 'esm' || format === 'module') return `new URL(${path}, import.meta.url).href`
  // Vite would make it absolute on a host that a server does not have.
  if (format === 'cjs' && config) return `new URL(${path}, require("node:url").pathToFileURL(__filename)).href`
  return null
}

/**
 * Vite turns `import.meta` of classic worker scripts into an object of its own before the bundler sees it, so there the address is a
 * token until the place of the chunk is known.
 */
export const workerAddress = (fileName: string): string =>
  `new URL(${JSON.stringify(`tensorscript-file:${fileName}`)}, self.location.href).href`

export function placeWorkerFiles(code: string, chunkId: string): { code: string; map: ReturnType<MagicString['generateMap']> } | null {
  if (!code.includes('tensorscript-file:')) return null
  const text = new MagicString(code)
  for (const match of code.matchAll(/tensorscript-file:([\w./-]+)/g)) {
    text.update(match.index, match.index + match[0].length, posix.relative(posix.dirname(chunkId), match[1]!))
  }
  return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) }
}
