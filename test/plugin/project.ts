/**
 * A project in a temporary folder with the package installed in its node_modules (bundled from these sources), as users have it, and the
 * plugin with the recording compiler: what is tested is how each bundler takes in and gives out what the plugin makes.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { createUnplugin } from 'unplugin'
import { createFactory } from '../../src/plugin/index.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { recordingCompiler } from '../transform/fakeCompile.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** An app of four modules: two programs that are used, one that is not, and a constant. */
export const sources: Readonly<Record<string, string>> = {
  'index.html': '<script type="module" src="/main.js"></script>',
  'main.js': `import { ready, tensor } from 'tensorscript'
import { f, limit } from './model.js'

export const result = async () => {
  await ready(f)
  return [...f(tensor([1, 2, 3, 4]), limit).dataSync()]
}
globalThis.report?.(result)
`,
  'model.js': `import { helper } from './helper.js'

/** @script */
export function f(x, k) {
  return helper(x, k)
}

/** @script */
export function unused(x, k) {
  return helper(x, k)
}

export const limit = 10
`,
  'helper.js': `export const helper = (x, k) => x.mul(k)\n`,
}

export interface Project {
  readonly root: string
  readonly recorded: ReturnType<typeof recordingCompiler>
  /** The unplugin instance; `.vite(options)`, `.rollup(options)`, ... */
  readonly plugin: ReturnType<typeof createUnplugin<Parameters<ReturnType<typeof createFactory>>[0], false>>
  write(name: string, text: string | Uint8Array): string
  /** Files of an output folder by path. */
  outputs(folder?: string): Map<string, Uint8Array>
}

let installed: Promise<string> | undefined

/** The package's entries, bundled into a folder once a test file. */
function installPackage(): Promise<string> {
  installed ??= (async () => {
    const folder = temporaryFolder('package')
    const bundle = await rolldown({
      input: { index: join(root, 'src/index.ts'), runtime: join(root, 'src/runtime/index.ts') },
      platform: 'neutral',
      logLevel: 'silent',
    })
    await bundle.write({ dir: folder, format: 'esm' })
    await bundle.close()
    return folder
  })()
  return installed
}

/** `real`: with the compiler itself. */
export async function createProject(files: Readonly<Record<string, string | Uint8Array>> = sources, real = false): Promise<Project> {
  const folder = temporaryFolder('project')
  const recorded = recordingCompiler()
  const write = (name: string, text: string | Uint8Array): string => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }
  const exports = { '.': './index.js', './runtime': './runtime.js' }
  write('package.json', JSON.stringify({ name: 'project', type: 'module', private: true }))
  write(
    'node_modules/tensorscript/package.json',
    JSON.stringify({ name: 'tensorscript', version: '0.0.0', type: 'module', sideEffects: false, exports }),
  )
  const built = await installPackage()
  for (const name of readdirSync(built)) write(`node_modules/tensorscript/${name}`, readFileSync(join(built, name), 'utf8'))
  for (const [name, text] of Object.entries(files)) write(name, text)
  return {
    root: folder,
    recorded,
    plugin: createUnplugin(createFactory(real ? undefined : recorded.compile)),
    write,
    outputs(name = 'dist') {
      const outputs = new Map<string, Uint8Array>()
      for (const entry of readdirSync(join(folder, name), { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue
        const path = join(entry.parentPath, entry.name)
        outputs.set(path.slice(join(folder, name).length + 1), readFileSync(path))
      }
      return outputs
    },
  }
}

/** What f gives for [1, 2, 3, 4] and 10: x * k + w with the weights 1 to 4. */
export const expected = [11, 22, 33, 44]
