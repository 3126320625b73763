/** esbuild emits a file when something imports it with the `file` loader: programs' files are modules of a namespace of their own. */
import type { PluginBuild } from 'esbuild'
import type { NativeContext } from './addressing.ts'
import { type Addressing, type Session, setRoot } from './session.ts'

const namespace = 'tensorscript-file'

export function esbuildAssets(session: Session, build: PluginBuild): void {
  setRoot(session, build.initialOptions.absWorkingDir ?? process.cwd())
  build.onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path }) => ({
    path: path.slice(namespace.length + 1),
    namespace,
    sideEffects: false,
  }))
  build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
    const file = session.files.get(path)
    return file ? { contents: file.bytes, loader: 'file' } : null
  })
}

/** The file loader gives a path relative to the output; what it is relative to depends on the output format. */
export function esbuildAddressing(native: NativeContext): Addressing {
  const context = native.getNativeBuildContext?.()
  const options = context?.framework === 'esbuild' ? context.build.initialOptions : {}
  const format =
    options.format ?? (options.bundle ? (options.platform === 'node' ? 'cjs' : options.platform === 'neutral' ? 'esm' : 'iife') : 'esm')
  const base =
    format === 'esm'
      ? 'import.meta.url'
      : format === 'cjs'
        ? 'require("node:url").pathToFileURL(__filename)'
        : '(globalThis.document?.baseURI ?? globalThis.location.href)'
  const names: string[] = []
  return {
    address({ name }) {
      let index = names.indexOf(name)
      if (index < 0) index = names.push(name) - 1
      return `new URL($tensorscriptFile${index}, ${base}).href`
    },
    preamble: () => names.map((name, i) => `import $tensorscriptFile${i} from ${JSON.stringify(`${namespace}:${name}`)};\n`).join(''),
  }
}
