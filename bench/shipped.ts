/**
 * What an app that uses one model ships besides its weights: the compiled module, bundled with the runtime and minified, and the variant of the wasm
 * that most engines take. Also the bundle that cold starts are measured with.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { folderOf, path } from './compiled.ts'

export interface ShippedBytes {
  readonly javascript: number
  readonly wasm: number
}

/** An app that exports the model, `ready` and `tensor`, as one minified module. */
async function bundleApp(model: string): Promise<string> {
  const text = `export { model } from 'model'\nexport { ready, tensor } from 'tensorscript/runtime'`
  const ids: { readonly [name: string]: string | { readonly id: string; readonly moduleSideEffects: false } } = {
    app: 'app',
    model: `${folderOf(model, 'relaxed')}/${model}.js`,
    'tensorscript/runtime': { id: path('src/runtime/index.ts'), moduleSideEffects: false },
  }
  const build = await rolldown({
    input: 'app',
    platform: 'neutral',
    plugins: [{ name: 'app', resolveId: (id) => ids[id] ?? null, load: (id) => (id === 'app' ? text : null) }],
  })
  const { output } = await build.generate({ format: 'esm', minify: true })
  await build.close()
  return output[0].code
}

function wasmOf(model: string, code: string): Buffer {
  const [file] = code.match(/[\w-]+\.relaxed\.wasm/) ?? code.match(/[\w-]+\.simd\.wasm/)!
  return readFileSync(`${folderOf(model, 'relaxed')}/${file}`)
}

/** Bytes after Brotli. The model must be compiled. */
export async function shippedBytes(model: string): Promise<ShippedBytes> {
  const code = await bundleApp(model)
  return { javascript: brotliCompressSync(code).length, wasm: brotliCompressSync(wasmOf(model, code)).length }
}

/** Writes the app beside the model's files and gives its path. */
export async function writeApp(model: string): Promise<string> {
  const file = `${folderOf(model, 'relaxed')}/app.mjs`
  writeFileSync(file, await bundleApp(model))
  return file
}
