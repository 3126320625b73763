/**
 * What the source of the program writes to, by name alone: properties of objects, and arrays held in variables. An object none of whose
 * properties is written, and an array that is not, is known for good where it is made.
 */
import type * as t from '@babel/types'
import { listWrites, walk } from './assigned.ts'
import type { ProgramContext } from './context.ts'
import { mayBePrivate } from './privateNames.ts'

export interface Writes {
  readonly properties: ReadonlySet<string>
  readonly arrays: ReadonlySet<string>
}

/** Whether any code of the program writes to a property of that name. */
export function isWritten(program: ProgramContext, name: string): boolean {
  const { properties } = writesOf(program)
  return properties.has(name) || mayBePrivate(name, properties)
}

/** Whether any code of the program changes the array in a variable of that name, by a method or through an index. */
export const isWrittenArray = (program: ProgramContext, name: string): boolean => writesOf(program).arrays.has(name)

function writesOf(program: ProgramContext): Writes {
  program.writes ??= readWrites(program)
  return program.writes
}

function readWrites(program: ProgramContext): Writes {
  const properties = new Set<string>()
  const arrays = new Set<string>()
  const add = (target: t.Node): void =>
    walk(target, (inner) => {
      if (inner.type !== 'MemberExpression') return undefined
      if (inner.property.type === 'Identifier' && !inner.computed) properties.add(inner.property.name)
      if (inner.property.type === 'PrivateName') properties.add(`#${inner.property.id.name}`)
      if (inner.object.type === 'Identifier') arrays.add(inner.object.name)
      return undefined
    })
  for (const [file, module] of program.request.modules) {
    if (file.startsWith('tensorscript:')) continue
    walk(module.ast.program, (node) => {
      if (node.type === 'AssignmentExpression') add(node.left)
      if (node.type === 'UpdateExpression') add(node.argument)
      if (node.type === 'ForOfStatement') add(node.left)
      const callee = node.type === 'CallExpression' ? node.callee : null
      if (callee?.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.property.type === 'Identifier')
        if (listWrites.has(callee.property.name)) arrays.add(callee.object.name)
      return undefined
    })
  }
  return { properties, arrays }
}
