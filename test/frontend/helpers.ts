/** Compiling source text in tests, without a bundler: modules by name, parsed as the transform parses them. */
import { parse } from '@babel/parser'
import { compileSource, type SourceResult } from '../../src/compiler/frontend/compileSource.ts'
import type { CompileOptions, Evaluated, ProgramRequest, SourceModule } from '../../src/compiler/program.ts'

export const testOptions: CompileOptions = { targets: ['wasm'], optimize: true, exact: true, verify: 'every-pass' }

export function sourceModule(file: string, code: string, others: readonly string[] = []): SourceModule {
  const ast = parse(code, { sourceType: 'module', plugins: ['typescript', 'decorators'], errorRecovery: false })
  const imports = new Map<string, string>([['tensorscript', 'tensorscript']])
  for (const other of others) imports.set(`./${other.replace(/\.ts$/, '')}`, other).set(`./${other}`, other)
  return { file, code, ast, imports }
}

export interface RequestParts {
  readonly name?: string
  readonly files?: { readonly [file: string]: string }
  readonly evaluated?: { readonly [key: string]: Evaluated }
  readonly signature?: ProgramRequest['signature']
  readonly options?: Partial<CompileOptions>
}

/** A request for one export of `main.ts`; without a name, its last exported function. */
export function requestFor(code: string, parts: RequestParts = {}): ProgramRequest {
  const files = { 'main.ts': code, ...parts.files }
  const names = Object.keys(files)
  const name = parts.name ?? [...code.matchAll(/^export (?:default )?(?:function|const) (\w+)/gm)].at(-1)?.[1] ?? 'f'
  return {
    name,
    file: 'main.ts',
    modules: new Map(names.map((file) => [file, sourceModule(file, files[file as keyof typeof files], names)])),
    evaluated: new Map(Object.entries(parts.evaluated ?? {})),
    ...(parts.signature ? { signature: parts.signature } : {}),
    options: { ...testOptions, ...parts.options },
  }
}

export const compileText = (code: string, parts: RequestParts = {}): SourceResult => compileSource(requestFor(code, parts))
