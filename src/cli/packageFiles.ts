/** Files of this package from wherever it runs: as built (`dist/*.js`) or from its sources (`src/*.ts`, in its own tests). */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(import.meta.url)

function findRoot(): string {
  for (let folder = dirname(here); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'tensorscript') return folder
    if (folder === dirname(folder)) throw new Error(`no package.json of tensorscript above ${here}`)
  }
}

export const packageRoot = findRoot()

/** The module of an entry of the package: 'index', 'runtime/index'. */
export const packageEntry = (name: string): string =>
  here.endsWith('.ts') ? join(packageRoot, 'src', `${name}.ts`) : join(packageRoot, 'dist', `${name}.js`)

export const packageVersion: string = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version
