/**
 * The library's own modules (`nn.*`) as source text: the compiler compiles them like the user's classes, under virtual names. The text is
 * embedded in the package when it is built. A test compares the list with the folder.
 */
import activation from '../lang/nn/activation.ts?raw'
import container from '../lang/nn/container.ts?raw'
import conv from '../lang/nn/conv.ts?raw'
import linear from '../lang/nn/linear.ts?raw'
import norm from '../lang/nn/norm.ts?raw'
import pooling from '../lang/nn/pooling.ts?raw'
import recurrent from '../lang/nn/recurrent.ts?raw'
import shape from '../lang/nn/shape.ts?raw'
import sparse from '../lang/nn/sparse.ts?raw'
import { type ParseCache, parseModule } from './loadModules.ts'

const sources: Readonly<Record<string, string>> = {
  'tensorscript:nn/activation.ts': activation,
  'tensorscript:nn/container.ts': container,
  'tensorscript:nn/conv.ts': conv,
  'tensorscript:nn/linear.ts': linear,
  'tensorscript:nn/norm.ts': norm,
  'tensorscript:nn/pooling.ts': pooling,
  'tensorscript:nn/recurrent.ts': recurrent,
  'tensorscript:nn/shape.ts': shape,
  'tensorscript:nn/sparse.ts': sparse,
}

const cache: ParseCache = new Map()

export function libraryModules(): readonly (readonly [file: string, code: string])[] {
  return Object.entries(sources)
}

/** Exported class names by file. */
export function libraryClasses(): readonly (readonly [file: string, names: readonly string[]])[] {
  return libraryModules().map(([file, code]) => {
    const { analysis } = parseModule(file, code, cache)
    const names = [...analysis.exports].flatMap(([name, binding]) =>
      'local' in binding && analysis.bindings.get(binding.local)?.kind === 'class' ? [name] : [],
    )
    return [file, names] as const
  })
}
