/** Syntactic questions about a piece of source, answered by walking its AST. */
import * as t from '@babel/types'

/** Calls `visit` for every node below `node` (itself included), in source order; `false` skips what is below. */
export function walk(node: t.Node, visit: (node: t.Node) => boolean | undefined): void {
  if (visit(node) === false) return
  for (const key of t.VISITOR_KEYS[node.type] ?? []) {
    const child = (node as unknown as { readonly [key: string]: unknown })[key]
    for (const item of Array.isArray(child) ? child : [child]) {
      if (item && typeof item === 'object' && 'type' in item) walk(item as t.Node, visit)
    }
  }
}

/** Names that an assignment, `++` or destructuring below `node` writes (a superset: shadowing is not resolved). */
export function assignedNames(node: t.Node): ReadonlySet<string> {
  const names = new Set<string>()
  walk(node, (inner) => {
    if (inner.type === 'AssignmentExpression') for (const name of patternNames(inner.left)) names.add(name)
    else if (inner.type === 'UpdateExpression') for (const name of patternNames(inner.argument)) names.add(name)
    else if ((inner.type === 'ForOfStatement' || inner.type === 'ForInStatement') && inner.left.type !== 'VariableDeclaration')
      for (const name of patternNames(inner.left)) names.add(name)
  })
  return names
}

export function patternNames(pattern: t.Node): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []))
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => patternNames(property.type === 'RestElement' ? property.argument : property.value))
    case 'AssignmentPattern':
      return patternNames(pattern.left)
    case 'RestElement':
      return patternNames(pattern.argument)
    case 'TSNonNullExpression':
    case 'TSAsExpression':
      return patternNames(pattern.expression)
    default:
      return []
  }
}

const isFunction = (node: t.Node): boolean => t.isFunction(node)

/** Whether a `return` of the enclosing function stands below `node`. */
export function containsReturn(node: t.Node): boolean {
  let found = false
  walk(node, (inner) => {
    if (inner !== node && isFunction(inner)) return false
    if (inner.type === 'ReturnStatement') found = true
    return !found
  })
  return found
}

export const listWrites = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'add', 'set', 'delete', 'clear'])

/** Functions of the library that change nothing. */
const harmless = new Set([
  'floordiv',
  'mod',
  'divmod',
  'roundHalfEven',
  'range',
  'tensor',
  'slice',
  'assert',
  'Number',
  'String',
  'Boolean',
])

/** Whether the code may change the length of an array it can reach: then a loop over an array reads the length anew each time. */
export function mayChangeLists(node: t.Node): boolean {
  let found = false
  walk(node, (inner) => {
    if (inner.type === 'CallExpression') {
      const callee = inner.callee
      if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && listWrites.has(callee.property.name)) found = true
      if (callee.type === 'Identifier' && !harmless.has(callee.name)) found = true
      if (callee.type === 'MemberExpression' && (callee.object.type === 'ThisExpression' || callee.object.type === 'Super')) found = true
    }
    if (
      inner.type === 'AssignmentExpression' &&
      inner.left.type === 'MemberExpression' &&
      inner.left.property.type === 'Identifier' &&
      inner.left.property.name === 'length'
    )
      found = true
    return !found
  })
  return found
}
