/**
 * Makes callables of compiled programs in this process: tests, `verify`, `bench`. The printed JavaScript goes through a real module
 * import, of a temporary file that takes the runtime as an argument, as nothing here evaluates text.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CompiledProgram } from '../program.ts'
import { emitProgram } from './emitProgram.ts'
import type { ProgramFile } from './programFiles.ts'
import { shareWeights } from './shareWeights.ts'

/** The callables, in order. `runtime` and `gpu` are the namespaces of 'tensorscript/runtime', whose tensors they take and give, and 'tensorscript/gpu'; `host`: what the programs need of their own module. */
export async function instantiatePrograms(
  programs: readonly CompiledProgram[],
  runtime: object,
  gpu?: object,
  host: object = {},
): Promise<((...args: unknown[]) => unknown)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tensorscript-'))
  try {
    const file = join(folder, 'programs.mjs')
    const files: Uint8Array[] = []
    const address = ({ bytes }: ProgramFile): string => `$files[${files.push(bytes) - 1}]`
    const options = { inlineLimit: 0, address, gpu: 'Promise.resolve($gpu)', host: (name: string) => `$host.${name}` }
    const expressions = shareWeights(programs).map((program) => emitProgram(program, options).code)
    await writeFile(file, `export default ($r, $gpu, $host, $files) => [\n${expressions.join(',\n')}\n]\n`)
    const module: { default(...given: unknown[]): ((...args: unknown[]) => unknown)[] } = await import(
      /* @vite-ignore */ pathToFileURL(file).href
    )
    return module.default(runtime, gpu, host, files)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
