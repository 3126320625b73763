/**
 * Case functions without the compiler: the sources become JavaScript in a temporary folder, one file each, import the eager library and
 * are imported in turn. Tensors come from that same library.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Plugin, rolldown } from 'rolldown'
import type { Tensor } from '../../runtime/tensor.ts'
import { isPackage } from '../../transform/analyze.ts'
import { libraryFiles } from '../../transform/evaluate/libraryFiles.ts'
import type { Device, LoadedFile } from './device.ts'

interface Library {
  tensor(data: unknown, options: object): Tensor
}

export async function openEager(): Promise<Device> {
  const { library: libraryUrl } = await libraryFiles()
  const load = (url: string): Promise<unknown> => import(/* @vite-ignore */ url)
  const library = (await load(libraryUrl)) as Library
  const folder = await mkdtemp(join(tmpdir(), 'tensorscript-verify-'))
  const plugin: Plugin = {
    name: 'tensorscript-verify',
    resolveId: (specifier) => (isPackage(specifier) ? { id: libraryUrl, external: true } : null),
  }
  let count = 0
  return {
    async load(source): Promise<LoadedFile> {
      const file = join(folder, `${count++}.mjs`)
      const build = await rolldown({ input: source, platform: 'node', plugins: [plugin], logLevel: 'silent' })
      await build.write({ file, format: 'esm', codeSplitting: false })
      await build.close()
      const module = (await load(pathToFileURL(file).href)) as Record<string, unknown>
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
