/**
 * Builds the library: rolldown bundles every entry of package.json's exports into dist/ (shared code in chunks, dependencies external),
 * tsc writes the declarations into dist/types/. tsdown would do the same but needs Node 22, and the package supports 20.19.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** `dist/plugin/vite.js` -> `plugin/vite`, for each entry. */
const targets = [...Object.values(manifest.exports).flatMap((entry) => (entry.default ? [entry.default] : [])), manifest.bin.tensorscript]
const entries = targets.map((target) => target.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, ''))

/** The evaluation worker is loaded by file name, so it is an entry though nobody imports it. */
const workers = ['transform/evaluate/worker']

/** `import text from './file.ts?raw'`: the file as a string, as Vite and Vitest have it. */
const raw = {
  name: 'raw',
  resolveId(id, importer) {
    if (id.endsWith('?raw') && importer) return join(dirname(importer), id)
  },
  load(id) {
    if (id.endsWith('?raw')) return { code: `export default ${JSON.stringify(readFileSync(id.slice(0, -4), 'utf8'))}`, moduleType: 'js' }
  },
}

rmSync(join(root, 'dist'), { recursive: true, force: true })
const input = Object.fromEntries(
  [...entries, ...workers].map((name) => [name, join(root, 'src', `${name}.ts`)]).filter(([, file]) => existsSync(file)),
)
const bundle = await rolldown({ input, platform: 'node', plugins: [raw], external: (id) => !id.startsWith('.') && !id.startsWith('/') })
await bundle.write({
  dir: join(root, 'dist'),
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
  sourcemap: true,
  hoistTransitiveImports: false,
})
await bundle.close()
const bin = join(root, manifest.bin.tensorscript)
if (existsSync(bin)) chmodSync(bin, 0o755)

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
