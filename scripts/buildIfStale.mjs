/**
 * Makes `dist/` fit the sources: installs the library's dependencies when they are missing and builds when any source is newer
 * than the last build. The examples depend on the library through a link and run this first, so that each works on a fresh clone.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The entry written last by a complete build: the declarations come after the JavaScript. */
const witness = join(root, 'dist/types/index.d.ts')

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function npm(...args) {
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

export function buildIfStale() {
  if (!existsSync(join(root, 'node_modules/rolldown'))) npm('ci')
  const sources = ['src', 'scripts/build.mjs', 'package.json'].map((name) => newest(join(root, name)))
  if (existsSync(witness) && statSync(witness).mtimeMs > Math.max(...sources)) return
  rmSync(witness, { force: true })
  npm('run', 'build')
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) buildIfStale()
