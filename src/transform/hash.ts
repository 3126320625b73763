/** Content hashes of the caches: over everything that goes in, in a fixed order. Text and bytes are delimited, so no two lists collide. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${typeof part === 'string' ? 's' : 'b'}${part.length}:`).update(part)
  return hash.digest('hex').slice(0, 32)
}

/** Hash of a file's bytes; a fixed word when it cannot be read, so that its appearance is a change too. */
export function hashFile(file: string): string {
  try {
    return hashOf(readFileSync(file))
  } catch {
    return 'missing'
  }
}
