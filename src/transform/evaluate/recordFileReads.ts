/**
 * Runs in the worker: notes every file that the user's modules read (weights, vocabularies, configuration), so that a change of one of
 * them rebuilds. Reading goes through `node:fs`, also in the library, so it is observed there.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'

type AnyFunction = (...args: unknown[]) => unknown

export function recordFileReads(into: Set<string>): void {
  const note = (path: unknown): void => {
    if (path instanceof URL ? path.protocol === 'file:' : typeof path === 'string')
      into.add(
        path instanceof URL ? fileURLToPath(path) : (path as string).startsWith('file:') ? fileURLToPath(path as string) : (path as string),
      )
  }
  const wrap = (owner: object, name: string): void => {
    const holder = owner as Record<string, AnyFunction>
    const original = holder[name]!
    holder[name] = function (this: unknown, ...args: unknown[]) {
      note(args[0])
      return original.apply(this, args)
    }
  }
  for (const name of ['readFileSync', 'openSync', 'readFile', 'open', 'createReadStream', 'existsSync', 'statSync']) wrap(fs, name)
  for (const name of ['readFile', 'open', 'stat']) wrap(fs.promises, name)
  syncBuiltinESMExports()
}
