/** The plugin for webpack. */
import type { WebpackPluginInstance } from 'webpack'
import unplugin, { type TensorScriptOptions } from './index.ts'

export type { Budget, FilterPattern, TensorScriptOptions } from './index.ts'

export default function tensorscript(options?: TensorScriptOptions): WebpackPluginInstance {
  return unplugin.webpack(options) as WebpackPluginInstance
}
