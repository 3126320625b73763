/** Content hashes: names of emitted files, keys of equal weights and caches. SHA-256, the first 80 bits as 16 letters of a URL-safe, case-insensitive alphabet. */
import { createHash } from 'node:crypto'

/** Hash of the parts in order; each part is delimited, so that moving a byte between parts changes the result. */
export function hashContent(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    const bytes = typeof part === 'string' ? new TextEncoder().encode(part) : part
    hash.update(`${typeof part === 'string' ? 's' : 'b'}${bytes.length}:`)
    hash.update(bytes)
  }
  return base32(hash.digest().subarray(0, 10))
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(value >> bits) & 31]
    }
    value &= (1 << bits) - 1
  }
  return text
}
