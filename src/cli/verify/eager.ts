/**
 * Case functions without the compiler: the sources are bundled with the library (the eager reference) into a temporary folder, one entry a
 * file over shared chunks, and imported. Tensors come from that very bundle.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Plugin, rolldown } from 'rolldown'
import type { Tensor } from '../../runtime/tensor.ts'
import { packageEntry } from '../packageFiles.ts'
import type { Device, LoadedFile } from './device.ts'

const libraryId = 'tensorscript:library'

/** `tensorscript` is this package; `?raw` imports, in its sources, are texts. */
const resolveLibrary: Plugin = {
  name: 'tensorscript-library',
  resolveId(specifier, importer) {
    if (specifier === libraryId || specifier === 'tensorscript') return packageEntry('index')
    if (specifier === 'tensorscript/runtime') return packageEntry('runtime/index')
    if (specifier.endsWith('?raw') && importer !== undefined) return `\0raw:${resolve(dirname(importer), specifier.slice(0, -4))}`
    return null
  },
  async load(id) {
    return id.startsWith('\0raw:') ? `export default ${JSON.stringify(await readFile(id.slice(5), 'utf8'))}` : null
  },
}

interface Library {
  tensor(data: unknown, options: object): Tensor
}

/** Loads all `sources`; a file that cannot be bundled or imported gives its error alone. */
export async function openEager(sources: readonly string[]): Promise<Device> {
  const folder = await mkdtemp(join(tmpdir(), 'tensorscript-verify-'))
  const input = Object.fromEntries(sources.map((source, i) => [`case${i}`, source]))
  const failures = new Map<string, Error>()
  const broken: Plugin = {
    name: 'tensorscript-broken',
    // A file that does not parse must not stop the others: each is tried alone first.
    async load(id) {
      const source = sources.find((file) => file === id)
      if (source === undefined) return null
      const text = await readFile(source, 'utf8')
      try {
        this.parse(text, { lang: 'ts' })
      } catch (error) {
        failures.set(source, error as Error)
        return 'export {}'
      }
      return null
    },
  }
  const build = await rolldown({
    input: { library: libraryId, ...input },
    platform: 'node',
    plugins: [resolveLibrary, broken],
    logLevel: 'silent',
  })
  await build.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' })
  await build.close()
  const load = (name: string): Promise<Record<string, unknown>> =>
    import(/* @vite-ignore */ pathToFileURL(join(folder, `${name}.mjs`)).href)
  const library = (await load('library')) as unknown as Library
  return {
    async load(source): Promise<LoadedFile> {
      const failure = failures.get(source)
      if (failure) throw failure
      const module = await load(`case${sources.indexOf(source)}`)
      return {
        async call(name, inputs) {
          const found = module[name]
          if (typeof found !== 'function') throw new Error(`${basename(source)} exports no function '${name}'`)
          return found(...inputs.map((input) => input && library.tensor(input.data, { dtype: input.dtype, shape: input.shape })))
        },
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
