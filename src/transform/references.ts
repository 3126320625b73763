/**
 * Which module-level names a piece of source reads. Scopes are JavaScript's: hoisted `var` and functions, block-level `let`, `const` and
 * classes, parameters, catch clauses. Names used only as types are told apart, because they vanish at run time.
 */
import type { Identifier, Node } from '@babel/types'

export interface Reference {
  readonly name: string
  readonly node: Identifier
  readonly isType: boolean
}

type Scope = { readonly names: Set<string>; readonly parent: Scope | null }

const skippedKeys = new Set([
  'loc',
  'range',
  'extra',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'tokens',
  'errors',
  'comments',
])

/** The child nodes, in source order of their keys. */
export function* childrenOf(node: Node): Generator<readonly [key: string, child: Node]> {
  for (const [key, value] of Object.entries(node)) {
    if (skippedKeys.has(key) || value === null || typeof value !== 'object') continue
    if (Array.isArray(value)) {
      for (const item of value) if (item && typeof item.type === 'string') yield [key, item]
    } else if (typeof (value as Node).type === 'string') yield [key, value as Node]
  }
}

/** Free names of `root`, each occurrence. Names that `root` itself declares at its top (a function's own name) count as bound only inside it. */
export function freeReferences(root: Node): Reference[] {
  const found: Reference[] = []
  visit(root, { names: new Set(), parent: null }, false, found)
  return found
}

/** The names a pattern binds. */
export function boundNames(pattern: Node, into: string[] = []): string[] {
  switch (pattern.type) {
    case 'Identifier':
      into.push(pattern.name)
      break
    case 'ObjectPattern':
      for (const property of pattern.properties) boundNames(property.type === 'RestElement' ? property.argument : property.value, into)
      break
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) boundNames(element, into)
      break
    case 'AssignmentPattern':
      boundNames(pattern.left, into)
      break
    case 'RestElement':
      boundNames(pattern.argument, into)
      break
    case 'TSParameterProperty':
      boundNames(pattern.parameter, into)
      break
    default:
  }
  return into
}

const isBound = (name: string, scope: Scope | null): boolean => scope !== null && (scope.names.has(name) || isBound(name, scope.parent))

function visit(node: Node, scope: Scope, isType: boolean, found: Reference[]): void {
  const reference = (identifier: Identifier, type: boolean): void => {
    if (!isBound(identifier.name, scope)) found.push({ name: identifier.name, node: identifier, isType: type })
  }
  switch (node.type) {
    case 'Identifier':
      reference(node, isType)
      if (node.typeAnnotation) visit(node.typeAnnotation, scope, true, found)
      return
    case 'JSXIdentifier':
      if (!isBound(node.name, scope)) found.push({ name: node.name, node: node as unknown as Identifier, isType: false })
      return
    case 'JSXAttribute':
      if (node.value) visit(node.value, scope, false, found)
      return
    case 'JSXMemberExpression':
      visit(node.object, scope, false, found)
      return
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      visit(node.object, scope, isType, found)
      if (node.computed) visit(node.property, scope, isType, found)
      return
    case 'MetaProperty':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return
    case 'LabeledStatement':
      visit(node.body, scope, false, found)
      return
    case 'ObjectProperty':
      if (node.computed) visit(node.key, scope, isType, found)
      visit(node.value, scope, isType, found)
      return
    case 'ExportSpecifier':
      if (node.local.type === 'Identifier') reference(node.local, node.exportKind === 'type')
      return
    case 'ExportNamedDeclaration':
      if (node.source) return
      for (const specifier of node.specifiers) visit(specifier, scope, node.exportKind === 'type', found)
      if (node.declaration) visit(node.declaration, scope, false, found)
      return
    case 'TSTypeReference':
    case 'TSExpressionWithTypeArguments':
    case 'TSClassImplements' as never:
    case 'TSInterfaceHeritage' as never:
      for (const [, child] of childrenOf(node)) visit(child, scope, true, found)
      return
    case 'TSQualifiedName':
      visit(node.left, scope, true, found)
      return
    case 'TSPropertySignature':
    case 'TSMethodSignature':
    case 'TSNamedTupleMember' as never:
      for (const [key, child] of childrenOf(node)) {
        if ((key === 'key' && !(node as { computed?: boolean }).computed) || key === 'label') continue
        visit(child, scope, true, found)
      }
      return
    case 'TSEnumMember':
      if (node.initializer) visit(node.initializer, scope, false, found)
      return
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      for (const [key, child] of childrenOf(node)) if (key !== 'id') visit(child, scope, isType, found)
      return
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration': {
      const inner = withTypeParameters(node, scope)
      for (const [key, child] of childrenOf(node)) if (key !== 'id') visit(child, inner, true, found)
      return
    }
    case 'VariableDeclarator':
      visitPattern(node.id, scope, found)
      if (node.init) visit(node.init, scope, false, found)
      return
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
    case 'TSDeclareFunction':
    case 'TSDeclareMethod':
      visitFunction(node, scope, found)
      return
    case 'ClassDeclaration':
    case 'ClassExpression': {
      const inner = withTypeParameters(node, scope)
      if (node.id) inner.names.add(node.id.name)
      for (const [key, child] of childrenOf(node)) {
        if (key === 'id') continue
        visit(child, key === 'decorators' ? scope : inner, key === 'implements' || key.includes('ype'), found)
      }
      return
    }
    case 'ClassProperty':
    case 'ClassAccessorProperty':
      for (const [key, child] of childrenOf(node)) {
        if (key === 'key' && !node.computed) continue
        visit(child, scope, key === 'typeAnnotation', found)
      }
      return
    case 'CatchClause': {
      const inner: Scope = { names: new Set(node.param ? boundNames(node.param) : []), parent: scope }
      if (node.param) visitPattern(node.param, inner, found)
      visit(node.body, inner, false, found)
      return
    }
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement': {
      const head = node.type === 'ForStatement' ? node.init : node.left
      const inner: Scope = { names: new Set(), parent: scope }
      if (head?.type === 'VariableDeclaration') declare(head, inner)
      for (const [, child] of childrenOf(node)) visit(child, inner, false, found)
      return
    }
    case 'BlockStatement':
    case 'StaticBlock':
    case 'SwitchStatement': {
      const inner: Scope = { names: new Set(), parent: scope }
      const statements = node.type === 'SwitchStatement' ? node.cases.flatMap((item) => item.consequent) : node.body
      for (const statement of statements) declare(statement, inner)
      for (const [, child] of childrenOf(node)) visit(child, inner, false, found)
      return
    }
    default: {
      const type = isType || isTypeNode(node)
      for (const [, child] of childrenOf(node)) visit(child, scope, type, found)
    }
  }
}

/** TypeScript's value-level wrappers (`x as T`, `x!`, `x satisfies T`) contain values; every other TS node is a type. */
const isTypeNode = ({ type }: Node): boolean =>
  type.startsWith('TS') &&
  ![
    'TSAsExpression',
    'TSSatisfiesExpression',
    'TSNonNullExpression',
    'TSInstantiationExpression',
    'TSExportAssignment',
    'TSParameterProperty',
    'TSTypeAssertion',
    'TSModuleBlock',
  ].includes(type)

function withTypeParameters(node: Node, parent: Scope): Scope {
  const parameters = (node as { typeParameters?: Node | null }).typeParameters
  const names = new Set<string>()
  if (parameters?.type === 'TSTypeParameterDeclaration') for (const { name } of parameters.params) names.add(name)
  return { names, parent }
}

function visitPattern(pattern: Node, scope: Scope, found: Reference[]): void {
  if ('typeAnnotation' in pattern && pattern.typeAnnotation) visit(pattern.typeAnnotation as Node, scope, true, found)
  switch (pattern.type) {
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') visitPattern(property.argument, scope, found)
        else {
          if (property.computed) visit(property.key, scope, false, found)
          visitPattern(property.value, scope, found)
        }
      }
      break
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) visitPattern(element, scope, found)
      break
    case 'AssignmentPattern':
      visitPattern(pattern.left, scope, found)
      visit(pattern.right, scope, false, found)
      break
    case 'RestElement':
      visitPattern(pattern.argument, scope, found)
      break
    case 'TSParameterProperty':
      visitPattern(pattern.parameter, scope, found)
      break
    default:
  }
}

function visitFunction(node: Node & { params: readonly Node[] }, scope: Scope, found: Reference[]): void {
  const inner = withTypeParameters(node, scope)
  const { id, body, key, computed, decorators, returnType, params } = node as unknown as {
    id?: Identifier | null
    body?: Node | null
    key?: Node
    computed?: boolean
    decorators?: Node[] | null
    returnType?: Node | null
    params: Node[]
  }
  if (key && computed) visit(key, scope, false, found)
  for (const decorator of decorators ?? []) visit(decorator, scope, false, found)
  const { typeParameters } = node as { typeParameters?: Node | null }
  if (typeParameters) visit(typeParameters, inner, true, found)
  if (id) inner.names.add(id.name)
  inner.names.add('arguments')
  for (const parameter of params) for (const name of boundNames(parameter)) inner.names.add(name)
  for (const parameter of params) {
    for (const decorator of (parameter as { decorators?: Node[] | null }).decorators ?? []) visit(decorator, scope, false, found)
    visitPattern(parameter, inner, found)
  }
  if (returnType) visit(returnType, inner, true, found)
  if (!body) return
  hoistVars(body, inner)
  visit(body, inner, false, found)
}

/** Block-level names of a statement: let, const, class, function, enum. */
function declare(statement: Node, scope: Scope): void {
  switch (statement.type) {
    case 'VariableDeclaration':
      for (const { id } of statement.declarations) for (const name of boundNames(id)) scope.names.add(name)
      break
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      if (statement.id) scope.names.add(statement.id.name)
      break
    default:
  }
}

/** `var` names anywhere in a function body, not in nested functions. */
function hoistVars(node: Node, scope: Scope): void {
  if (node.type === 'VariableDeclaration' && node.kind === 'var') declare(node, scope)
  for (const [, child] of childrenOf(node)) {
    if (/Function|Method|^Class/.test(child.type) && child.type !== 'ClassBody') continue
    hoistVars(child, scope)
  }
}
