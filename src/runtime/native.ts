/**
 * The opt-in variant for Node 24 and newer on x64: V8 pairs its vectors into AVX2 when `--experimental-wasm-revectorize` is on before the code is compiled.
 * Older V8 lacks the flag or gains nothing by it. In a module of its own, so that only programs built with `native` ship it.
 */
import type { Asset } from './program.ts'

let ready: boolean | undefined

function enableRevectorization(): boolean {
  const { process } = globalThis
  const { node, bun, deno } = (process?.versions ?? {}) as Record<string, string | undefined>
  if (bun || deno || process?.arch !== 'x64' || !(Number.parseInt(node ?? '0', 10) >= 24)) return false
  process.getBuiltinModule('node:v8').setFlagsFromString('--experimental-wasm-revectorize')
  return true
}

/** The variant's code where it is the right one, else undefined. */
export function nativeCode(asset: Asset): Asset | undefined {
  ready ??= enableRevectorization()
  return ready ? asset : undefined
}
