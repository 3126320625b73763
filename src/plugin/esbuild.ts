/** The plugin for esbuild. */
import type { Plugin } from 'esbuild'
import unplugin, { type TensorScriptOptions } from './index.ts'

export type { Budget, FilterPattern, TensorScriptOptions } from './index.ts'

export default function tensorscript(options?: TensorScriptOptions): Plugin {
  return unplugin.esbuild(options) as Plugin
}
