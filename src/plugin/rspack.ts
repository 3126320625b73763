/** The plugin for Rspack. */
import type { RspackPluginInstance } from '@rspack/core'
import unplugin, { type TensorScriptOptions } from './index.ts'

export type { Budget, FilterPattern, TensorScriptOptions } from './index.ts'

export default function tensorscript(options?: TensorScriptOptions): RspackPluginInstance {
  return unplugin.rspack(options) as RspackPluginInstance
}
