/** The parts of Rollup's output hooks that are used; Vite, Rollup and Rolldown agree on them. */

export interface OutputAsset {
  readonly type: 'asset'
  readonly fileName: string
  readonly source: string | Uint8Array
}

export interface OutputChunk {
  readonly type: 'chunk'
  readonly fileName: string
  readonly code: string
}

export type OutputBundle = Record<string, OutputAsset | OutputChunk>

export interface PluginContext {
  error(message: string): never
  info(message: string): void
  emitFile(file: { type: 'asset'; fileName: string; source: string }): string
}

export type RollupPlugin = NonNullable<
  ReturnType<Parameters<typeof import('unplugin').createUnplugin>[0]> extends infer P ? (P extends { rollup?: infer R } ? R : never) : never
>
