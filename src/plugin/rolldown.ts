/** The plugin for Rolldown. */
import type { Plugin } from 'rolldown'
import unplugin, { type TensorScriptOptions } from './index.ts'

export type { Budget, FilterPattern, TensorScriptOptions } from './index.ts'

export default function tensorscript(options?: TensorScriptOptions): Plugin {
  return unplugin.rolldown(options) as Plugin
}
