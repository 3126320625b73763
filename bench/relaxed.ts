/** Relaxed SIMD where it is behind a flag (Node 20); later versions have it and do not know the flag. To be called before the first compilation. */
import { setFlagsFromString } from 'node:v8'

export function enableRelaxedSimd(): void {
  if (Number.parseInt(process.versions.node, 10) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd')
}
