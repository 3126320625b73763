/** The plugin for Vite. */
import type { Plugin } from 'vite'
import unplugin, { type TensorScriptOptions } from './index.ts'

export type { Budget, FilterPattern, TensorScriptOptions } from './index.ts'

export default function tensorscript(options?: TensorScriptOptions): Plugin {
  return unplugin.vite(options) as Plugin
}
