/**
 * Fields that are known not to be null: after `if (p.a !== null)`, `p.a` is read and unwrapped. A path (`p.a`, `this.b.c`) has a binding of its own
 * whose value says whether it is narrowed. Writing a field or a variable of the path forgets that; what a called function writes is found when the
 * field is unwrapped.
 */
import type * as t from '@babel/types'
import { assignedNames, walk } from './assigned.ts'
import { constantBool } from './constants.ts'
import type { FunctionContext } from './context.ts'
import type { Binding } from './scope.ts'
import { constantOf } from './values.ts'

export interface FieldPath {
  /** A variable, or the value that `this` is. */
  readonly root: Binding | number
  readonly names: readonly string[]
  readonly binding: Binding
}

function pathOf(f: FunctionContext, node: t.Node): Pick<FieldPath, 'root' | 'names'> | null {
  if (node.type === 'TSNonNullExpression' || node.type === 'ParenthesizedExpression') return pathOf(f, node.expression)
  if (node.type === 'Identifier') {
    const root = f.scope.lookup(node.name)
    return root && { root, names: [] }
  }
  if (node.type === 'ThisExpression') return f.frame.self && { root: f.frame.self.id, names: [] }
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return null
  const object = pathOf(f, node.object)
  return object && { root: object.root, names: [...object.names, node.property.name] }
}

function find(f: FunctionContext, node: t.Node) {
  const path = node.type === 'MemberExpression' ? pathOf(f, node) : null
  const known = path && f.fieldPaths.find(({ root, names }) => root === path.root && names.join('.') === path.names.join('.'))
  return { path, known }
}

/** The binding of a path of fields; null for other expressions. */
export function fieldBinding(f: FunctionContext, node: t.Node): Binding | null {
  const { path, known } = find(f, node)
  if (!path) return null
  const binding: Binding = known?.binding ?? { name: path.names.join('.'), declared: null, kind: 'const', span: null, field: true }
  if (!known) f.fieldPaths.push({ ...path, binding })
  if (!f.state.values.has(binding)) f.state.values.set(binding, constantBool(false))
  return binding
}

export function isNarrowed(f: FunctionContext, node: t.Node): boolean {
  if (f.fieldPaths.length === 0) return false
  const binding = find(f, node).known?.binding
  const sugar = binding && f.state.values.get(binding)
  return sugar !== undefined && constantOf(sugar) === true
}

/** A field of that name, or a variable, is written. */
export function forgetFields(f: FunctionContext, written: string | Binding): void {
  for (const { root, names, binding } of f.fieldPaths)
    if ((root === written || names.includes(written as string)) && f.state.values.has(binding))
      f.state.values.set(binding, constantBool(false))
}

/** What a loop writes is not known where its next turn starts. */
export function forgetWritten(f: FunctionContext, loop: t.Node): void {
  if (f.fieldPaths.length === 0) return
  for (const name of assignedNames(loop)) {
    const binding = f.scope.lookup(name)
    if (binding) forgetFields(f, binding)
  }
  walk(loop, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : null
    if (target)
      walk(target, (inner) => {
        if (inner.type === 'MemberExpression' && inner.property.type === 'Identifier') forgetFields(f, inner.property.name)
        return undefined
      })
    return undefined
  })
}
