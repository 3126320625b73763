/**
 * A module as a list of top-level items (a declaration, one variable of a `const` list, or a statement) with what each reads, plus its
 * import and export tables. Shared by finding, loading, evaluation planning and the swap.
 */
import type { ParseResult } from '@babel/parser'
import type {
  ClassDeclaration,
  Expression,
  File,
  FunctionDeclaration,
  Node,
  Statement,
  VariableDeclaration,
  VariableDeclarator,
} from '@babel/types'
import { boundNames, freeReferences, type Reference } from './references.ts'

export interface ImportBinding {
  readonly local: string
  readonly source: string
  /** `default`, `*` for a namespace, else the exported name. */
  readonly imported: string
  readonly isType: boolean
}

export interface Item {
  readonly kind: 'function' | 'class' | 'variable' | 'type' | 'import' | 'statement'
  /** Names it binds at module level; a default export without a name binds `*default*`. */
  readonly names: readonly string[]
  /** The node that carries the meaning: declaration, declarator, or statement. */
  readonly node: Node
  /** The whole top-level statement (with `export`). */
  readonly statement: Statement
  readonly references: readonly Reference[]
}

export type ExportBinding = { readonly local: string } | { readonly source: string; readonly imported: string }

export interface ModuleAnalysis {
  readonly file: string
  readonly items: readonly Item[]
  readonly bindings: ReadonlyMap<string, Item>
  readonly imports: ReadonlyMap<string, ImportBinding>
  readonly exports: ReadonlyMap<string, ExportBinding>
  /** Sources of `export * from`. */
  readonly exportAll: readonly string[]
}

/** Local name of `export default <expression>` and of unnamed default functions and classes. */
export const defaultLocal = '*default*'

export const packageName = 'tensorscript'

/** Does this specifier mean the library itself (eager or runtime entry)? */
export const isPackage = (specifier: string): boolean => specifier === packageName || specifier === `${packageName}/runtime`

export function analyzeModule(file: string, ast: ParseResult<File>): ModuleAnalysis {
  const items: Item[] = []
  const imports = new Map<string, ImportBinding>()
  const exports = new Map<string, ExportBinding>()
  const exportAll: string[] = []
  const add = (kind: Item['kind'], names: readonly string[], node: Node, statement: Statement): void => {
    items.push({ kind, names, node, statement, references: kind === 'import' ? [] : freeReferences(node) })
  }
  for (const statement of ast.program.body) {
    switch (statement.type) {
      case 'ImportDeclaration': {
        const names: string[] = []
        for (const specifier of statement.specifiers) {
          const imported =
            specifier.type === 'ImportDefaultSpecifier'
              ? 'default'
              : specifier.type === 'ImportNamespaceSpecifier'
                ? '*'
                : exportedName(specifier.imported)
          const isType = statement.importKind === 'type' || (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type')
          names.push(specifier.local.name)
          imports.set(specifier.local.name, { local: specifier.local.name, source: statement.source.value, imported, isType })
        }
        add('import', names, statement, statement)
        break
      }
      case 'ExportAllDeclaration':
        exportAll.push(statement.source.value)
        add('statement', [], statement, statement)
        break
      case 'ExportNamedDeclaration': {
        if (statement.declaration) {
          for (const name of addDeclaration(statement.declaration, statement, add)) exports.set(name, { local: name })
          break
        }
        for (const specifier of statement.specifiers) {
          if (specifier.type === 'ExportNamespaceSpecifier') {
            exports.set(specifier.exported.name, { source: statement.source!.value, imported: '*' })
          } else if (specifier.type === 'ExportSpecifier') {
            const name = exportedName(specifier.exported)
            const local = exportedName(specifier.local)
            exports.set(name, statement.source ? { source: statement.source.value, imported: local } : { local })
          }
        }
        add('statement', [], statement, statement)
        break
      }
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement
        const isFunction = declaration.type === 'FunctionDeclaration'
        if (isFunction || declaration.type === 'ClassDeclaration') {
          const name = declaration.id?.name ?? defaultLocal
          exports.set('default', { local: name })
          add(isFunction ? 'function' : 'class', [name], declaration, statement)
        } else if (declaration.type === 'Identifier') {
          exports.set('default', { local: declaration.name })
          add('statement', [], statement, statement)
        } else {
          exports.set('default', { local: defaultLocal })
          add(declaration.type === ('TSInterfaceDeclaration' as never) ? 'type' : 'variable', [defaultLocal], declaration, statement)
        }
        break
      }
      default:
        if (addDeclaration(statement, statement, add).length === 0 && !isDeclaration(statement)) add('statement', [], statement, statement)
    }
  }
  const bindings = new Map<string, Item>()
  // A function's implementation follows its overload signatures: the last one with a body is the binding.
  for (const item of items) for (const name of item.names) if (!bindings.has(name) || item.kind !== 'type') bindings.set(name, item)
  return { file, items, bindings, imports, exports, exportAll }
}

const exportedName = (node: { type: string; name?: string; value?: string }): string => node.name ?? node.value ?? ''

const isDeclaration = (node: Node): boolean => node.type === 'VariableDeclaration' || node.type.endsWith('Declaration')

function addDeclaration(
  node: Node,
  statement: Statement,
  add: (kind: Item['kind'], names: readonly string[], node: Node, statement: Statement) => void,
): readonly string[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration': {
      const name = node.id!.name
      add(node.type === 'FunctionDeclaration' ? 'function' : 'class', [name], node, statement)
      return [name]
    }
    case 'VariableDeclaration': {
      const all: string[] = []
      for (const declarator of node.declarations) {
        const names = boundNames(declarator.id)
        all.push(...names)
        add('variable', names, declarator, statement)
      }
      return all
    }
    case 'TSEnumDeclaration':
      add('variable', [node.id.name], node, statement)
      return [node.id.name]
    case 'TSDeclareFunction':
      if (!node.id) return []
      add('type', [node.id.name], node, statement)
      return [node.id.name]
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      add('type', [node.id.name], node, statement)
      return [node.id.name]
    case 'TSModuleDeclaration':
      add(node.declare ? 'type' : 'variable', node.id.type === 'Identifier' ? [node.id.name] : [], node, statement)
      return []
    default:
      return []
  }
}

/** The initialiser behind a name: the function, class or expression that it stands for. */
export function initializerOf(item: Item): FunctionDeclaration | ClassDeclaration | Expression | null {
  if (item.kind === 'function' || item.kind === 'class') return item.node as FunctionDeclaration | ClassDeclaration
  if (item.kind !== 'variable') return null
  if (item.node.type === 'VariableDeclarator') return (item.node as VariableDeclarator).init ?? null
  return item.node.type.startsWith('TS') ? null : (item.node as Expression)
}

export const isConst = (item: Item): boolean => {
  const declaration = item.statement.type === 'ExportNamedDeclaration' ? item.statement.declaration : item.statement
  return item.kind === 'variable' && (declaration?.type !== 'VariableDeclaration' || (declaration as VariableDeclaration).kind === 'const')
}

/** Strips `x as T`, `x satisfies T`, `x!` and parentheses. */
export function unwrap(node: Expression): Expression {
  let inner = node
  while (
    inner.type === 'TSAsExpression' ||
    inner.type === 'TSSatisfiesExpression' ||
    inner.type === 'TSNonNullExpression' ||
    inner.type === 'ParenthesizedExpression' ||
    inner.type === 'TSTypeAssertion'
  )
    inner = inner.expression
  return inner
}
