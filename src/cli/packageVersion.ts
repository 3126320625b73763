/** The version of this package, from wherever it runs: as built (`dist`) or from its sources. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function readVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file)) {
      const { name, version } = JSON.parse(readFileSync(file, 'utf8'))
      if (name === 'tensorscript') return version
    }
    if (folder === dirname(folder)) throw new Error('the package.json of tensorscript is missing')
  }
}

export const packageVersion = readVersion()
