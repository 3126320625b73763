/** Methods marked with `exported` (a JSDoc tag or a decorator): entry points of a module besides `forward`. Each is compiled as a program. */
import type * as t from '@babel/types'
import type { EvaluatedModule } from '../program.ts'
import type { FunctionContext } from './context.ts'
import { baseOf, classNode } from './methods.ts'
import { scriptReferences } from './moduleScope.ts'

export interface ExportedMethod {
  readonly name: string
  readonly node: t.ClassMethod
  readonly file: string
  readonly className: string
}

/** Of the class of an instance and its bases, in the order of the source; a method that is overridden counts as the overriding one is marked. */
export function exportedMethods(f: FunctionContext, instance: EvaluatedModule): readonly ExportedMethod[] {
  const found = new Map<string, ExportedMethod | null>()
  for (let at: { readonly file: string; readonly name: string } | null = { file: instance.classFile, name: instance.className }; at; ) {
    const node = classNode(f, at.file, at.name)
    const module = f.program.request.modules.get(at.file)
    if (!node || !module) break
    const isMark = scriptReferences(module, 'exported')
    for (const member of node.body.body) {
      if (member.type !== 'ClassMethod' || member.kind !== 'method' || member.static || !member.body) continue
      if (member.key.type !== 'Identifier' || found.has(member.key.name)) continue
      const { name } = member.key
      const marked = isTagged(member) || member.decorators?.some(({ expression }) => isMark(expression))
      found.set(name, marked && name !== 'forward' ? { name, node: member, file: at.file, className: at.name } : null)
    }
    at = baseOf(f, at.file, node)
  }
  return [...found.values()].filter((method) => method !== null)
}

const isTagged = (node: t.Node): boolean =>
  node.leadingComments?.some(({ type, value }) => type === 'CommentBlock' && /@exported(?![\w-])/.test(value)) === true
