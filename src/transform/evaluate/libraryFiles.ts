/**
 * Where the evaluation worker and the eager library are as JavaScript files. In the published package they are entries of `dist`. Run
 * from its own sources (tests of this repository) the package bundles them once into the cache, under the hash of those sources.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

export interface LibraryFiles {
  /** File URLs. */
  readonly library: string
  readonly worker: string
}

let prepared: Promise<LibraryFiles> | undefined

export function libraryFiles(): Promise<LibraryFiles> {
  prepared ??= prepare()
  return prepared
}

async function prepare(): Promise<LibraryFiles> {
  const here = fileURLToPath(import.meta.url)
  const root = packageRoot(here)
  if (!here.endsWith('.ts')) return filesIn(join(root, 'dist'))
  const target = join(root, 'node_modules/.cache/tensorscript', `library-${hashFolder(join(root, 'src'), /\.ts$/)}`)
  if (!existsSync(target)) {
    const building = `${target}.${process.pid}`
    const bundle = await rolldown({
      input: { index: join(root, 'src/index.ts'), 'transform/evaluate/worker': join(root, 'src/transform/evaluate/worker.ts') },
      platform: 'node',
      logLevel: 'silent',
      external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    })
    await bundle.write({ dir: building, format: 'esm' })
    await bundle.close()
    try {
      renameSync(building, target)
    } catch {
      // Another process was first, with the same content.
      rmSync(building, { recursive: true, force: true })
    }
  }
  return filesIn(target)
}

const filesIn = (folder: string): LibraryFiles => ({
  library: pathToFileURL(join(folder, 'index.js')).href,
  worker: pathToFileURL(join(folder, 'transform/evaluate/worker.js')).href,
})

let version: string | undefined

/** What caches depend on besides their inputs: the version and, as that may stand still during development, the code of this package. */
export function compilerVersion(): string {
  if (version === undefined) {
    const here = fileURLToPath(import.meta.url)
    const root = packageRoot(here)
    const { version: number } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    version = `${number}-${hashFolder(join(root, here.endsWith('.ts') ? 'src' : 'dist'), /\.(?:js|ts)$/)}`
  }
  return version
}

/** The folder of the package this file belongs to. */
export function packageRoot(file: string): string {
  let folder = dirname(file)
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

function hashFolder(folder: string, filter: RegExp): string {
  const hash = createHash('sha256')
  for (const name of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    const file = join(folder, name)
    if (filter.test(name) && !name.endsWith('.d.ts') && statSync(file).isFile()) hash.update(name).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
