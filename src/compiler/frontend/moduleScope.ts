/**
 * The top level of a source file: which name is what. Imports are followed to the file that defines the name; names of the library
 * become namespaces, builtins and operators; `const`s are captured as build-time constants, by evaluation or from their literal.
 */
import * as t from '@babel/types'
import { findByApi } from '../../ops/registry.ts'
import { didYouMean } from '../diagnostics/didYouMean.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { SourceModule } from '../program.ts'
import { builtinNames } from './builtins.ts'
import { evaluatedSugar } from './capture.ts'
import { constant, constantNumber } from './constants.ts'
import { type FunctionContext, fail, type ProgramContext } from './context.ts'
import { emitExpression } from './expressions.ts'
import { declareWith, isReassigned } from './fixes.ts'
import { withoutPrivateNames } from './privateNames.ts'
import { withDisposeNamed } from './resources.ts'
import { Scope } from './scope.ts'
import type { FunctionNode, Sugared } from './sugar.ts'

export type TopLevel =
  | { readonly kind: 'import'; readonly imported: string; readonly specifier: string; readonly typeOnly: boolean }
  | { readonly kind: 'function'; readonly node: FunctionNode; readonly name: string }
  | { readonly kind: 'class'; readonly node: t.ClassDeclaration | t.ClassExpression; readonly name: string }
  | { readonly kind: 'variable'; readonly keyword: string; readonly declarator: t.VariableDeclarator }
  /** A function that stays at the host: `ignore(...)`, or a declaration tagged with it. */
  | { readonly kind: 'host'; readonly node: FunctionNode; readonly name: string }
  | { readonly kind: 'enum'; readonly node: t.TSEnumDeclaration }
  | { readonly kind: 'type'; readonly node: t.TSTypeAliasDeclaration | t.TSInterfaceDeclaration }

export interface ModuleScope {
  readonly module: SourceModule
  readonly names: ReadonlyMap<string, TopLevel>
  /** Exported name -> local name, or a re-export. */
  readonly exports: ReadonlyMap<string, { readonly local: string } | { readonly imported: string; readonly specifier: string }>
  readonly exportAll: readonly string[]
}

export function moduleScope(program: ProgramContext, file: string): ModuleScope | null {
  const known = program.moduleScopes.get(file)
  if (known) return known
  const module = program.request.modules.get(file)
  if (!module) return null
  const scope = readTopLevel(module)
  program.moduleScopes.set(file, scope)
  return scope
}

function readTopLevel(module: SourceModule): ModuleScope {
  const names = new Map<string, TopLevel>()
  const exports = new Map<string, { readonly local: string } | { readonly imported: string; readonly specifier: string }>()
  const exportAll: string[] = []
  const [isMarked, isForTraces] = [scriptReferences(module), scriptReferences(module, 'scriptIfTracing')]
  const isScript = (callee: t.Node): boolean => isMarked(callee) || isForTraces(callee)
  const isIgnore = scriptReferences(module, 'ignore')
  const declare = (statement: t.Statement | t.Declaration | t.Expression, exported: boolean): void => {
    for (const [name, read] of declared(statement, isScript)) {
      const entry = hostEntry(read, isIgnore) ?? read
      names.set(name, entry)
      if (exported) exports.set(name, { local: name })
    }
  }
  for (const statement of module.ast.program.body) {
    if (statement.type === 'ImportDeclaration') {
      for (const specifier of statement.specifiers) {
        const imported =
          specifier.type === 'ImportDefaultSpecifier'
            ? 'default'
            : specifier.type === 'ImportNamespaceSpecifier'
              ? '*'
              : nameOf(specifier.imported)
        const typeOnly = statement.importKind === 'type' || ('importKind' in specifier && specifier.importKind === 'type')
        names.set(specifier.local.name, { kind: 'import', imported, specifier: statement.source.value, typeOnly })
      }
    } else if (statement.type === 'ExportNamedDeclaration') {
      if (statement.declaration) declare(statement.declaration, true)
      for (const specifier of statement.specifiers) {
        if (specifier.type !== 'ExportSpecifier') continue
        const exported = nameOf(specifier.exported)
        exports.set(
          exported,
          statement.source ? { imported: specifier.local.name, specifier: statement.source.value } : { local: specifier.local.name },
        )
      }
    } else if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement
      if (declaration.type === 'Identifier') exports.set('default', { local: declaration.name })
      else if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
        const name = declaration.id?.name ?? 'default'
        names.set(
          name,
          declaration.type === 'FunctionDeclaration' ? { kind: 'function', node: declaration, name } : classEntry(name, declaration),
        )
        exports.set('default', { local: name })
      } else if (t.isExpression(declaration)) {
        const declarator = t.variableDeclarator(t.identifier('default'), declaration)
        names.set('default', declaredConstant('default', declarator, isScript) ?? { kind: 'variable', keyword: 'const', declarator })
        exports.set('default', { local: 'default' })
      }
    } else if (statement.type === 'ExportAllDeclaration') exportAll.push(statement.source.value)
    else declare(statement, false)
  }
  return { module, names, exports, exportAll }
}

const nameOf = (node: t.Identifier | t.StringLiteral): string => (node.type === 'Identifier' ? node.name : node.value)

function declared(statement: t.Node, isScript: (callee: t.Node) => boolean): readonly (readonly [string, TopLevel])[] {
  switch (statement.type) {
    case 'FunctionDeclaration':
      return statement.id ? [[statement.id.name, { kind: 'function', node: statement, name: statement.id.name }]] : []
    case 'ClassDeclaration':
      return statement.id ? [[statement.id.name, classEntry(statement.id.name, statement)]] : []
    case 'TSEnumDeclaration':
      return [[statement.id.name, { kind: 'enum', node: statement }]]
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return [[statement.id.name, { kind: 'type', node: statement }]]
    case 'VariableDeclaration':
      return statement.declarations.flatMap((declarator): readonly (readonly [string, TopLevel])[] => {
        if (declarator.id.type !== 'Identifier') return []
        const name = declarator.id.name
        const made = statement.kind === 'const' ? declaredConstant(name, declarator, isScript) : null
        if (made) return [[name, made]]
        return [[name, { kind: 'variable', keyword: statement.kind, declarator }]]
      })
    default:
      return []
  }
}

const classEntry = (name: string, node: t.ClassDeclaration | t.ClassExpression): TopLevel => ({
  kind: 'class',
  node: withDisposeNamed(withoutPrivateNames(node, name)),
  name,
})

/** `const f = ignore(() => ...)`, `/** @ignore *\/ function f`. */
function hostEntry(entry: TopLevel, isIgnore: (callee: t.Node) => boolean): TopLevel | null {
  if (entry.kind === 'function' && entry.node.leadingComments?.some(({ value }) => /@ignore\b/.test(value)))
    return { kind: 'host', node: entry.node, name: entry.name }
  const init = entry.kind === 'variable' && entry.keyword === 'const' ? entry.declarator.init : null
  const inner = init?.type === 'CallExpression' && isIgnore(init.callee) ? init.arguments[0] : null
  if (inner?.type !== 'ArrowFunctionExpression' && inner?.type !== 'FunctionExpression') return null
  return { kind: 'host', node: inner, name: ((entry as { declarator: t.VariableDeclarator }).declarator.id as t.Identifier).name }
}

/** A constant that stands for a function or a class. */
function declaredConstant(name: string, declarator: t.VariableDeclarator, isScript: (callee: t.Node) => boolean): TopLevel | null {
  const init = unwrapScript(declarator.init, isScript)
  if (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression') return { kind: 'function', node: init, name }
  return init?.type === 'ClassExpression' ? classEntry(name, init) : null
}

/** `script(fn, options)` and type assertions around a function stand for the function. */
export function unwrapScript(init: t.Node | null | undefined, isScript: (callee: t.Node) => boolean): t.Node | null | undefined {
  if (init?.type === 'TSAsExpression' || init?.type === 'TSSatisfiesExpression' || init?.type === 'ParenthesizedExpression')
    return unwrapScript(init.expression, isScript)
  if (init?.type === 'CallExpression' && isScript(init.callee)) return unwrapScript(init.arguments[0], isScript)
  return init
}

/** Whether an expression is the library's `script` (or another mark), under the name it was imported by or as a member of the library's namespace. */
export function scriptReferences({ ast }: SourceModule, mark = 'script'): (callee: t.Node) => boolean {
  const locals = new Set<string>()
  const namespaces = new Set<string>()
  for (const statement of ast.program.body) {
    if (statement.type !== 'ImportDeclaration' || !isLibrary(statement.source.value)) continue
    for (const specifier of statement.specifiers) {
      if (specifier.type === 'ImportNamespaceSpecifier') namespaces.add(specifier.local.name)
      if (specifier.type === 'ImportSpecifier' && nameOf(specifier.imported) === mark) locals.add(specifier.local.name)
    }
  }
  return (callee) =>
    callee.type === 'Identifier'
      ? locals.has(callee.name)
      : callee.type === 'MemberExpression' &&
        !callee.computed &&
        callee.object.type === 'Identifier' &&
        namespaces.has(callee.object.name) &&
        callee.property.type === 'Identifier' &&
        callee.property.name === mark
}

export const isLibrary = (file: string | undefined): boolean => file === 'tensorscript' || file === 'tensorscript/runtime'

/** What a name means at the top level of `file`, or null when it is not declared there. */
export function resolveName(f: FunctionContext, file: string, name: string, node: t.Node): Sugared | null {
  const scope = moduleScope(f.program, file)
  if (!scope) return null
  const evaluated = f.program.request.evaluated.get(`${file}#${name}`)
  if (evaluated && evaluated.kind !== 'function') return evaluatedSugar(f, evaluated, name, node)
  const entry = scope.names.get(name)
  if (!entry) return null
  switch (entry.kind) {
    case 'import':
      return resolveImport(f, scope, entry.imported, entry.specifier, name, node)
    case 'function':
      return { kind: 'function', file, name, node: entry.node }
    case 'class':
      return { kind: 'class', file, name, node: entry.node }
    case 'host':
      return { kind: 'host', file, name, node: entry.node }
    case 'enum':
      return enumSugar(entry.node)
    case 'variable':
      return captureVariable(f, file, name, entry, node)
    case 'type':
      return null
    default:
      return entry satisfies never
  }
}

function resolveImport(f: FunctionContext, scope: ModuleScope, imported: string, specifier: string, local: string, node: t.Node): Sugared {
  const target = scope.module.imports.get(specifier) ?? (isLibrary(specifier) ? specifier : undefined)
  if (target !== undefined && f.program.request.modules.has(target))
    return resolveExport(f, target, imported, node) ?? fail(unknownExport(f, target, imported, specifier, node))
  if (isLibrary(target) || (scope.module.file.startsWith('tensorscript:') && libraryName(imported) !== null)) {
    const found = imported === '*' ? ({ kind: 'namespace', name: 'library' } as const) : libraryName(imported)
    return (
      found ?? fail(messages.capturedHostValue(f.span(node), { name: local, reason: 'script code cannot use this export of tensorscript' }))
    )
  }
  return fail(messages.moduleNotAvailable(f.span(node), { name: local, specifier }))
}

function unknownExport(f: FunctionContext, file: string, name: string, specifier: string, node: t.Node) {
  const hint = didYouMean(name, moduleScope(f.program, file)!.exports.keys()) ?? `check the exports of ${specifier}`
  return messages.unknownName(f.span(node), { name, hint })
}

export function resolveExport(f: FunctionContext, file: string, name: string, node: t.Node): Sugared | null {
  const scope = moduleScope(f.program, file)
  if (!scope) return null
  const entry = scope.exports.get(name)
  if (entry && 'local' in entry) return resolveName(f, file, entry.local, node)
  if (entry) return resolveImport(f, scope, entry.imported, entry.specifier, name, node)
  for (const specifier of scope.exportAll) {
    const target = scope.module.imports.get(specifier)
    const found = target && resolveExport(f, target, name, node)
    if (found) return found
  }
  return null
}

/** The local name behind an export of a file: keys of ProgramRequest.evaluated use it. */
export function localName(scope: ModuleScope, exported: string): string {
  const entry = scope.exports.get(exported)
  return entry && 'local' in entry ? entry.local : exported
}

const namespaces: { readonly [name: string]: Sugared } = {
  torch: { kind: 'namespace', name: 'torch' },
  F: { kind: 'namespace', name: 'F' },
  nn: { kind: 'namespace', name: 'nn' },
}

/** An export of the library, as script code sees it. */
export function libraryName(name: string): Sugared | null {
  if (Object.hasOwn(namespaces, name)) return namespaces[name]!
  if (builtinNames.has(name)) return { kind: 'builtin', name }
  return findByApi('torch', name) ? { kind: 'operator', home: 'torch', name } : null
}

export function enumSugar(node: t.TSEnumDeclaration): Sugared {
  const members = new Map<string, string | number>()
  let next = 0
  for (const member of node.body?.members ?? node.members ?? []) {
    const name = member.id.type === 'Identifier' ? member.id.name : 'value' in member.id ? String(member.id.value) : ''
    const init = member.initializer
    if (init?.type === 'StringLiteral') members.set(name, init.value)
    else {
      if (init?.type === 'NumericLiteral') next = init.value
      else if (init?.type === 'UnaryExpression' && init.operator === '-' && init.argument.type === 'NumericLiteral')
        next = -init.argument.value
      members.set(name, next++)
    }
  }
  return { kind: 'enum', name: node.id.name, members }
}

/** A module-level variable that was not evaluated: constants are read from their source text, in place. */
function captureVariable(
  f: FunctionContext,
  file: string,
  name: string,
  entry: Extract<TopLevel, { kind: 'variable' }>,
  node: t.Node,
): Sugared {
  const { declarator, keyword } = entry
  if (keyword !== 'const') {
    const related = [{ message: `\`${name}\` is declared here`, file, start: declarator.start ?? 0, end: declarator.end ?? 0 }]
    const fix = isReassigned(f.program, file, name)
      ? {}
      : declareWith(f.program, f.file, { file, start: declarator.start ?? 0, end: 0 }, 'const')
    return fail(messages.capturedVariable(f.span(node), { name, keyword }, { related, ...fix }))
  }
  const { init } = declarator
  if (!init || !isConstantExpression(init)) {
    const reason =
      init?.type === 'NewExpression'
        ? 'it is an instance, and this program was compiled without evaluating it'
        : 'its value is not known without running the module'
    return fail(messages.capturedHostValue(f.span(node), { name, reason, hint: 'pass it in as an argument' }))
  }
  const literal = literalOf(init)
  if (literal) return literal
  const outer = { file: f.file, scope: f.scope }
  f.file = file
  f.scope = new Scope(null)
  try {
    return emitExpression(f, init)
  } finally {
    f.file = outer.file
    f.scope = outer.scope
  }
}

function literalOf(init: t.Expression): Sugared | null {
  if (init.type === 'NumericLiteral') return constantNumber(init.value)
  if (init.type === 'StringLiteral') return constant({ kind: 'string', value: init.value })
  if (init.type === 'BooleanLiteral') return constant({ kind: 'bool', value: init.value })
  return null
}

/** Literals, and arithmetic, arrays and objects of them: reading them at the use gives the same value as at the module's start. */
export function isConstantExpression(node: t.Node): boolean {
  switch (node.type) {
    case 'NumericLiteral':
    case 'StringLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'Identifier':
      return true
    case 'TemplateLiteral':
      return node.expressions.every(isConstantExpression)
    case 'UnaryExpression':
      return node.operator !== 'delete' && isConstantExpression(node.argument)
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isConstantExpression(node.left) && isConstantExpression(node.right)
    case 'ConditionalExpression':
      return [node.test, node.consequent, node.alternate].every(isConstantExpression)
    case 'ArrayExpression':
      return node.elements.every((element) => element !== null && isConstantExpression(element))
    case 'ObjectExpression':
      return node.properties.every((p) => p.type === 'ObjectProperty' && !p.computed && isConstantExpression(p.value))
    case 'MemberExpression':
      return isConstantExpression(node.object) && (!node.computed || isConstantExpression(node.property))
    case 'CallExpression':
      return (
        node.callee.type === 'MemberExpression' &&
        node.callee.object.type === 'Identifier' &&
        node.callee.object.name === 'Math' &&
        node.arguments.every(isConstantExpression)
      )
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return isConstantExpression(node.expression)
    default:
      return false
  }
}
