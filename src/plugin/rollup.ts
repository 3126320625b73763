/** The plugin for Rollup. */
import type { Plugin } from 'rollup'
import unplugin, { type TensorScriptOptions } from './index.ts'

export type { Budget, FilterPattern, TensorScriptOptions } from './index.ts'

export default function tensorscript(options?: TensorScriptOptions): Plugin {
  return unplugin.rollup(options) as Plugin
}
