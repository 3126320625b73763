/** The plugin for Bun. */
import unplugin, { type TensorScriptOptions } from './index.ts'

export type { Budget, FilterPattern, TensorScriptOptions } from './index.ts'

export default function tensorscript(options?: TensorScriptOptions): ReturnType<typeof unplugin.bun> {
  return unplugin.bun(options)
}
