/** A compile request from source text: script code that imports only the package. */
import { parse } from '@babel/parser'
import type { CompileOptions, Evaluated, ProgramRequest } from '../../src/compiler/program.ts'

export interface TextRequest {
  readonly name?: string
  readonly file?: string
  readonly signature?: ProgramRequest['signature']
  readonly options?: Partial<CompileOptions>
  /** Values of module-level names. */
  readonly evaluated?: { readonly [name: string]: Evaluated }
}

export function requestOf(
  code: string,
  { name = 'f', file = '/app/model.ts', signature, options, evaluated = {} }: TextRequest = {},
): ProgramRequest {
  const ast = parse(code, { sourceType: 'module', plugins: ['typescript', 'decorators'] })
  return {
    name,
    file,
    modules: new Map([[file, { file, code, ast, imports: new Map([['tensorscript', 'tensorscript']]) }]]),
    evaluated: new Map(Object.entries(evaluated).map(([key, value]) => [`${file}#${key}`, value])),
    ...(signature ? { signature } : {}),
    options: { targets: ['wasm'], optimize: true, exact: false, verify: 'every-pass', ...options },
  }
}
