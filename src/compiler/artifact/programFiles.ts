/**
 * The files of a program: `NAME-HASH.simd.wasm`, `NAME-HASH.relaxed.wasm`, `NAME-HASH.native.wasm`, `NAME-HASH.safetensors`, `NAME-HASH.ir.json`.
 * Code files carry the program's hash in a custom section `tensorscript`, which the runtime compares with the manifest. A variant
 * that equals another is left out, the native one becoming that one's second name; so are empty files. The weights' hash is that of their content: programs with equal weights
 * have equal files.
 */
import type { CompiledProgram } from '../program.ts'
import { hashContent } from './hash.ts'

export interface ProgramFile {
  readonly role: 'simd' | 'relaxed' | 'native' | 'weights' | 'wgsl' | 'gpuWeights' | 'ir'
  readonly name: string
  readonly bytes: Uint8Array
  /** The code is that of the native variant too: no tile in it depends on the width of vectors, and V8 joins its vectors all the same. */
  readonly native?: true
}

export function programFiles(program: CompiledProgram): readonly ProgramFile[] {
  const { manifest, wasm, weights } = program
  const name = manifest.name.replaceAll(/[^\w.-]/g, '_')
  const files: ProgramFile[] = []
  if (wasm) {
    const roles = (['simd', 'relaxed', 'native'] as const).filter((role) => wasm[role])
    for (const [i, role] of roles.entries()) {
      const same = (other: 'simd' | 'relaxed' | 'native'): boolean => equalBytes(wasm[other]!, wasm[role]!)
      if (roles.slice(0, i).some(same)) continue
      const native = role !== 'native' && wasm.native && same('native') ? { native: true as const } : {}
      files.push({ role, name: `${name}-${manifest.hash}.${role}.wasm`, bytes: stampCode(wasm[role]!, manifest.hash), ...native })
    }
  }
  if (manifest.weightBytes > 0) {
    files.push({ role: 'weights', name: `${name}-${manifest.weightsHash ?? manifest.hash}.safetensors`, bytes: weights })
  }
  if (program.gpu) {
    const { wgsl, weights: gpuWeights, weightsHash, weightBytes } = program.gpu
    files.push({ role: 'wgsl', name: `${name}-${manifest.hash}.wgsl`, bytes: new TextEncoder().encode(wgsl) })
    if (weightBytes > 0) files.push({ role: 'gpuWeights', name: `${name}-${weightsHash}.gpu.safetensors`, bytes: gpuWeights })
  }
  const ir = JSON.stringify({ format: manifest.format, name: manifest.name, hash: manifest.hash, graph: program.ir, code: program.code })
  const irBytes = new TextEncoder().encode(ir)
  files.push({ role: 'ir', name: `${name}-${hashContent(irBytes)}.ir.json`, bytes: irBytes })
  return files
}

/** A custom section at the end: id 0, then name and content (https://webassembly.github.io/spec/core/binary/modules.html#custom-section). */
function stampCode(code: Uint8Array, hash: string): Uint8Array {
  const name = new TextEncoder().encode('tensorscript')
  const content = new TextEncoder().encode(hash)
  const length = 1 + name.length + content.length
  if (length > 127) throw new Error(`the program hash is too long: ${hash}`)
  const result = new Uint8Array(code.length + 2 + length)
  result.set(code)
  result.set([0, length, name.length], code.length)
  result.set(name, code.length + 3)
  result.set(content, code.length + 3 + name.length)
  return result
}

const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])
