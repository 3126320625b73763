/** Parameter names of the functions a case file exports, from its source: cases store arguments by name, calls need them in order. */
import { readFile } from 'node:fs/promises'
import { parse } from '@babel/parser'
import type { Node } from '@babel/types'

export async function readParameters(source: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { program } = parse(await readFile(source, 'utf8'), { sourceType: 'module', plugins: ['typescript', 'decorators'] })
  const found = new Map<string, readonly string[]>()
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue
    const { declaration } = statement
    if (declaration.type === 'FunctionDeclaration' && declaration.id) found.set(declaration.id.name, names(declaration.params))
    if (declaration.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations) {
      const value = init?.type === 'CallExpression' ? init.arguments[0] : init
      if (id.type === 'Identifier' && (value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression'))
        found.set(id.name, names(value.params))
    }
  }
  return found
}

const names = (parameters: readonly Node[]): readonly string[] =>
  parameters.map((parameter) => {
    const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
    return target.type === 'Identifier' ? target.name : ''
  })
