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
import type { Argument, Device, LoadedFile } from './device.ts'

interface Library {
  tensor(data: unknown, options: object): Tensor
}

/** Functions of a file, with `bind` for repeated calls on the same arguments. */
export interface EagerFile extends LoadedFile {
  bind(name: string, inputs: readonly Argument[]): () => unknown
}

export interface EagerDevice extends Device {
  load(source: string): Promise<EagerFile>
}

export async function openEager(): Promise<EagerDevice> {
  const { library: libraryUrl } = await libraryFiles()
  const load = (url: string): Promise<unknown> => import(/* @vite-ignore */ url)
  const library = (await load(libraryUrl)) as Library
  const folder = await mkdtemp(join(tmpdir(), 'tensorscript-verify-'))
  const plugin: Plugin = {
    name: 'tensorscript-verify',
    resolveId: (specifier) => (isPackage(specifier) ? { id: libraryUrl, external: true } : null),
    // Weights are found beside the source.
    transform: (code, id) => code.replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(id).href)),
  }
  let count = 0
  return {
    async load(source) {
      const file = join(folder, `${count++}.mjs`)
      const build = await rolldown({ input: source, platform: 'node', plugins: [plugin], logLevel: 'silent' })
      await build.write({ file, format: 'esm', codeSplitting: false })
      await build.close()
      const module = (await load(pathToFileURL(file).href)) as Record<string, unknown>
      const bind: EagerFile['bind'] = (name, inputs) => {
        const found = module[name]
        if (typeof found !== 'function') throw new Error(`${basename(source)} exports no function '${name}'`)
        const args = inputs.map((input) =>
          typeof input === 'object' ? library.tensor(input.data, { dtype: input.dtype, shape: input.shape }) : input,
        )
        return () => found(...args)
      }
      return { bind, call: async (name, inputs) => bind(name, inputs)() }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
