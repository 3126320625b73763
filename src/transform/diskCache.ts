/**
 * Compiled programs on disk, across builds: a file a key, weights beside them by content, so that an edit of code does not write them
 * again. What no build has used for a month goes. Anything unreadable counts as absent.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { CompiledProgram } from '../compiler/program.ts'
import { hashOf } from './hash.ts'

const month = 30 * 24 * 3600 * 1000
const pruned = new Set<string>()

export function readProgram(cacheFolder: string, key: string): CompiledProgram | null {
  try {
    const { weightsFile, program } = deserialize(readUsed(join(cacheFolder, 'programs', `${key}.bin`))) as Stored
    return { ...program, weights: weightsFile === null ? new Uint8Array() : readUsed(join(cacheFolder, 'weights', weightsFile)) }
  } catch {
    return null
  }
}

export function writeProgram(cacheFolder: string, key: string, program: CompiledProgram): void {
  prune(cacheFolder)
  const { weights } = program
  const weightsFile = weights.length > 0 ? `${hashOf(weights)}.bin` : null
  if (weightsFile !== null) writeOnce(join(cacheFolder, 'weights'), weightsFile, weights)
  const stored: Stored = { weightsFile, program: { ...program, weights: new Uint8Array() } }
  writeOnce(join(cacheFolder, 'programs'), `${key}.bin`, serialize(stored))
}

interface Stored {
  readonly weightsFile: string | null
  readonly program: CompiledProgram
}

function readUsed(file: string): Uint8Array {
  const bytes = readFileSync(file)
  const now = new Date()
  utimesSync(file, now, now)
  return bytes
}

/** Complete or not at all: other processes may read at any time. */
function writeOnce(folder: string, name: string, bytes: Uint8Array): void {
  const file = join(folder, name)
  if (existsSync(file)) return
  mkdirSync(folder, { recursive: true })
  const building = `${file}.${process.pid}`
  writeFileSync(building, bytes)
  renameSync(building, file)
}

/** Once a process and folder. */
function prune(cacheFolder: string): void {
  if (pruned.has(cacheFolder)) return
  pruned.add(cacheFolder)
  for (const name of ['programs', 'weights', 'assets', 'evaluate']) {
    const folder = join(cacheFolder, name)
    if (!existsSync(folder)) continue
    for (const entry of readdirSync(folder)) {
      const file = join(folder, entry)
      if (Date.now() - statSync(file).mtimeMs > month) rmSync(file, { force: true })
    }
  }
}
