/** Parses one source file with the syntax its extension allows. The original text is parsed, before any other transpiler: tags and types are still there. */
import { type ParseResult, type ParserOptions, type ParserPlugin, parse } from '@babel/parser'
import type { File } from '@babel/types'

/** A file that is not JavaScript or TypeScript as far as the parser can tell; the position is in the file. */
export class SourceSyntaxError extends Error {
  readonly file: string
  readonly position: number

  constructor(file: string, message: string, position: number) {
    super(message)
    this.name = 'SourceSyntaxError'
    this.file = file
    this.position = position
  }
}

export function parseSource(file: string, code: string): ParseResult<File> {
  const path = file.replace(/[?#].*$/, '')
  const plugins: ParserPlugin[] = ['decorators', 'decoratorAutoAccessors', 'explicitResourceManagement']
  const typed = /\.[cm]?tsx?$/.test(path) || /[?&]lang\.tsx?\b/.test(file)
  if (typed) plugins.push(['typescript', { dts: path.endsWith('.d.ts') }])
  if (!/\.[cm]?ts$/.test(path)) plugins.push('jsx')
  const options: ParserOptions = {
    sourceType: 'module',
    sourceFilename: path,
    allowReturnOutsideFunction: true,
    attachComment: true,
    createParenthesizedExpressions: false,
    plugins,
  }
  try {
    return parse(code, options)
  } catch (error) {
    const { message, pos } = error as Error & { pos?: number }
    throw new SourceSyntaxError(file, message.replace(/\s*\(\d+:\d+\)$/, ''), pos ?? 0)
  }
}
