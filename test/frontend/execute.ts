/**
 * Running printed JavaScript in tests: programs without tensors need no kernels, so the text is evaluated against the runtime as it stands.
 * `uncompiled` runs the same source with its types stripped, as a user's own bundler would.
 */
import { transformSync } from 'esbuild'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import { compileProgram } from '../../src/compiler/index.ts'
import { runPasses } from '../../src/compiler/passes/index.ts'
import { printJavaScript } from '../../src/compiler/print/javascript.ts'
import * as tensorscript from '../../src/index.ts'
import * as runtime from '../../src/runtime/index.ts'
import { compileText, type RequestParts, requestFor, testOptions } from './helpers.ts'

export type Callable = (...args: unknown[]) => unknown

const noSegments = { segment: () => ({ index: 0, arenaBytes: null, offsets: null, rows: false }) }

/** The JavaScript of one export, after the passes. */
export function javascriptOf(code: string, name: string, optimize: boolean, parts: RequestParts = {}): string {
  const options = { ...testOptions, optimize }
  const result = compileText(code, { ...parts, name, options })
  if (!result.ok) throw new Error(result.diagnostics.map((d) => `${d.code}: ${d.message} at ${d.start}`).join('\n'))
  const done = runPasses(result.program, { options })
  return printJavaScript(done, { name, runtime: new Set(Object.keys(runtime)), ...noSegments }).javascript
}

export function compiled(code: string, name: string, optimize: boolean, parts: RequestParts = {}): Callable {
  return new Function('$', '$r', `return ${javascriptOf(code, name, optimize, parts)}`)({}, runtime) as Callable
}

/** The whole pipeline, wasm included. */
export async function loaded(code: string, name: string, optimize: boolean, parts: RequestParts = {}): Promise<Callable> {
  const result = compileProgram(requestFor(code, { ...parts, name, options: { optimize } }))
  if (!result.ok) throw new Error(result.diagnostics.map((d) => `${d.code}: ${d.message} at ${d.start}`).join('\n'))
  const [callable] = await instantiatePrograms([result.program], runtime)
  return callable!
}

export function uncompiled(code: string, name: string): Callable {
  const text = transformSync(code, { loader: 'ts', format: 'cjs' }).code
  const module = { exports: {} as Record<string, Callable> }
  new Function('module', 'exports', 'require', text)(module, module.exports, () => tensorscript)
  return module.exports[name]!
}
