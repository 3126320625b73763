/**
 * How a bundler emits a program's files and what the module writes for their address. Files are always emitted from the user's module:
 * Rollup's asset API (Vite, Rollup, Rolldown), an asset module (webpack, Rspack), an import with the file loader (esbuild), the dev
 * server's own address (Vite), or the bytes themselves (Farm, Bun).
 */
import { pathToFileURL } from 'node:url'
import type { NativeBuildContext } from 'unplugin'
import type { ProgramFile } from '../compiler/artifact/programFiles.ts'
import { esbuildAddressing } from './esbuildAssets.ts'
import { workerAddress } from './fileUrls.ts'
import { type Addressing, type Session, writeAsset } from './session.ts'

/** The parts of bundlers' plugin contexts that are used, where present. */
export interface NativeContext {
  resolve?(specifier: string, importer: string, options: { skipSelf: boolean }): Promise<{ id: string; external?: boolean | string } | null>
  emitFile?(file: { type: 'asset'; fileName: string; source: Uint8Array }): string
  getNativeBuildContext?(): NativeBuildContext
  readonly environment?: {
    readonly mode: string
    readonly config: {
      readonly consumer?: string
      readonly command?: string
      readonly base: string
      readonly build: { readonly assetsDir: string }
    }
  }
  readonly meta?: { readonly watchMode?: boolean }
}

/** Under this path the dev server answers with programs' files. */
export const devPath = '@tensorscript/'

export function addressing(
  session: Session,
  native: NativeContext,
  framework: string,
  emitted: Map<string, string>,
  isWorker: boolean,
): Addressing {
  const plain = (address: (file: ProgramFile) => string): Addressing => ({ address, preamble: () => '' })
  const { environment } = native
  if (framework === 'vite' && environment?.mode === 'dev') {
    if (environment.config.consumer === 'server') return plain((file) => JSON.stringify(pathToFileURL(writeAsset(session, file)).href))
    return plain(
      (file) => `new URL(/* @vite-ignore */ ${JSON.stringify(`${environment.config.base}${devPath}${file.name}`)}, import.meta.url).href`,
    )
  }
  switch (framework) {
    case 'vite':
    case 'rollup':
    case 'rolldown':
    case 'unloader':
      return plain((file) => {
        const fileName = assetName(native, file)
        const reference = emitted.get(fileName) ?? native.emitFile!({ type: 'asset', fileName, source: file.bytes })
        emitted.set(fileName, reference)
        return isWorker && session.vite?.worker.format === 'iife' ? workerAddress(fileName) : `import.meta.ROLLUP_FILE_URL_${reference}`
      })
    case 'webpack':
    case 'rspack':
      return plain((file) => `new URL(${JSON.stringify(writeAsset(session, file))}, import.meta.url).href`)
    case 'esbuild':
      return esbuildAddressing(native)
    default:
      // Farm and Bun: neither emits what a plugin makes in a way that the code could refer to.
      return plain((file) => JSON.stringify(`data:application/octet-stream;base64,${Buffer.from(file.bytes).toString('base64')}`))
  }
}

/** Names carry their own content hash, so no pattern of the bundler adds another. */
const assetName = ({ environment }: NativeContext, { name }: ProgramFile): string =>
  `${environment?.config.build.assetsDir ?? 'assets'}/${name}`.replace(/^\/+/, '')
