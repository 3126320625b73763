/**
 * Step 1b: the module graph of script code. Starting from the entries of a file it follows what they read, through imports (resolved by
 * the bundler's own resolver) and re-exports, into every function, class, type and constant they use; only files that are reached are
 * read. Circular imports are harmless. `Reach` says, per entry, what belongs to its program and which values need evaluation.
 */

import { posix } from 'node:path'
import type { Expression, Node } from '@babel/types'
import type { SourceModule } from '../compiler/program.ts'
import { analyzeModule, type Item, initializerOf, isConst, isPackage, type ModuleAnalysis, packageName, unwrap } from './analyze.ts'
import { importedName, isHostItem, isScriptIfTracing, isScriptReference, isTrace } from './find.ts'
import { parseSource } from './parse.ts'
import { freeReferences } from './references.ts'

/** How files are found and read: the bundler's resolver, or the command line's. */
export interface ModuleHost {
  /** Absolute path of a source file; null when the specifier leads to none that can be read (built-in, external, virtual). */
  resolve(specifier: string, importer: string): Promise<string | null>
  readFile(file: string): Promise<string>
}

export interface LoadedModule extends SourceModule {
  readonly imports: Map<string, string>
  readonly analysis: ModuleAnalysis
}

/** Parsed files by path, valid while the text is the same; one a build. */
export type ParseCache = Map<string, LoadedModule>

export interface ModuleGraph {
  readonly modules: Map<string, LoadedModule>
  readonly host: ModuleHost
  readonly cache: ParseCache
  /** Evaluate every constant, also literals that the compiler could read itself. */
  readonly always: boolean
}

/** What one entry needs: declarations by `file#name`, and the names among them whose values only evaluation can tell. */
export interface Reach {
  readonly items: Map<string, { readonly file: string; readonly item: Item }>
  readonly evaluate: Set<string>
}

export function parseModule(file: string, code: string, cache: ParseCache): LoadedModule {
  const known = cache.get(file)
  if (known?.code === code) return known
  const ast = parseSource(file, code)
  const module: LoadedModule = { file, code, ast, imports: new Map(), analysis: analyzeModule(file, ast) }
  cache.set(file, module)
  return module
}

export function createModuleGraph(host: ModuleHost, cache: ParseCache = new Map(), always = false): ModuleGraph {
  return { modules: new Map(), host, cache, always }
}

export function addModule(graph: ModuleGraph, file: string, code: string): LoadedModule {
  const parsed = parseModule(file, code, graph.cache)
  // Resolution belongs to this graph: what a specifier means may change between builds though the text did not.
  const module = { ...parsed, imports: new Map<string, string>() }
  graph.modules.set(file, module)
  return module
}

/** The module of a file, read when it is new. @throws SourceSyntaxError */
export async function moduleOf(graph: ModuleGraph, file: string): Promise<LoadedModule> {
  return graph.modules.get(file) ?? addModule(graph, file, await graph.host.readFile(file))
}

/** Adds everything that `name` of `file` uses to `reach`. */
export async function reachFrom(graph: ModuleGraph, file: string, name: string, reach: Reach = newReach()): Promise<Reach> {
  const key = `${file}#${name}`
  if (reach.items.has(key)) return reach
  const module = await moduleOf(graph, file)
  const item = module.analysis.bindings.get(name)
  if (!item || item.kind === 'import') {
    const binding = module.analysis.imports.get(name)
    if (binding) await reachImport(graph, module, binding.source, binding.imported, reach)
    return reach
  }
  reach.items.set(key, { file, item })
  if (needsEvaluation(module.analysis, item, graph.always)) {
    const target = await evaluatedOnly(graph, module, item)
    if (target) {
      reach.evaluate.add(key)
      // The class behind `new Net(...)` is compiled from its source; arguments and everything else are only run. A trace may call any
      // script function that it reaches, and its nodes point into all that ran.
      const references =
        target.type === 'CallExpression' && isTrace(module.analysis, target.callee)
          ? item.references.filter(({ isType }) => !isType).map(({ name: used }) => used)
          : classReferences(target)
      for (const reference of references) await reachFrom(graph, file, reference, reach)
      return reach
    }
  }
  for (const { name: used } of item.references) await reachFrom(graph, file, used, reach)
  // Overload signatures and merged declarations share the name.
  for (const other of module.analysis.items) {
    if (other !== item && other.names.includes(name))
      for (const { name: used } of other.references) await reachFrom(graph, file, used, reach)
  }
  return reach
}

export const newReach = (): Reach => ({ items: new Map(), evaluate: new Set() })

async function reachImport(graph: ModuleGraph, module: LoadedModule, specifier: string, imported: string, reach: Reach): Promise<void> {
  const target = await resolveImport(graph, module, specifier)
  if (target !== null && target !== packageName) await reachExport(graph, target, imported, reach, new Set())
}

/** Resolves once a specifier and module; records it in `imports` for the compiler. */
export async function resolveImport(graph: ModuleGraph, module: LoadedModule, specifier: string): Promise<string | null> {
  const known = module.imports.get(specifier)
  if (known !== undefined) return known
  const resolved = isPackage(specifier)
    ? packageName
    : module.file.startsWith(libraryPrefix)
      ? libraryFile(graph, specifier, module.file)
      : await graph.host.resolve(specifier, module.file)
  if (resolved === null || (resolved !== packageName && !/\.[cm]?[jt]sx?(?:[?#]|$)/.test(resolved))) return null
  module.imports.set(specifier, resolved)
  return resolved
}

/** The library's own modules, compiled like the user's. */
const libraryPrefix = 'tensorscript:'

/** Among the library's modules; what is not one of them (the namespaces of operators) the compiler knows by name. */
function libraryFile(graph: ModuleGraph, specifier: string, importer: string): string | null {
  const file = libraryPrefix + posix.join(posix.dirname(importer.slice(libraryPrefix.length)), specifier)
  return graph.modules.has(file) ? file : null
}

async function reachExport(graph: ModuleGraph, file: string, exported: string, reach: Reach, seen: Set<string>): Promise<boolean> {
  const key = `${file}#${exported}`
  if (seen.has(key)) return false
  seen.add(key)
  const module = await moduleOf(graph, file)
  const { exports, exportAll } = module.analysis
  if (exported === '*') {
    for (const name of exports.keys()) await reachExport(graph, file, name, reach, seen)
    for (const source of exportAll) await reachThrough(graph, module, source, '*', reach, seen)
    return true
  }
  const binding = exports.get(exported)
  if (binding && 'local' in binding) {
    await reachFrom(graph, file, binding.local, reach)
    return true
  }
  if (binding) return reachThrough(graph, module, binding.source, binding.imported, reach, seen)
  for (const source of exportAll) if (await reachThrough(graph, module, source, exported, reach, seen)) return true
  return false
}

async function reachThrough(graph: ModuleGraph, module: LoadedModule, source: string, name: string, reach: Reach, seen: Set<string>) {
  const target = await resolveImport(graph, module, source)
  return target !== null && target !== packageName && reachExport(graph, target, name, reach, seen)
}

/** The item behind a local name, through imports and re-exports; null for the package, built-ins and globals. */
export async function definitionOf(
  graph: ModuleGraph,
  file: string,
  name: string,
): Promise<{ readonly file: string; readonly name: string; readonly item: Item } | null> {
  const module = await moduleOf(graph, file)
  const item = module.analysis.bindings.get(name)
  if (item && item.kind !== 'import') return { file, name, item }
  const binding = module.analysis.imports.get(name)
  if (!binding || binding.imported === '*') return null
  const find = async (
    from: LoadedModule,
    source: string,
    exported: string,
    depth: number,
  ): Promise<{ file: string; name: string; item: Item } | null> => {
    const target = await resolveImport(graph, from, source)
    if (target === null || target === packageName || depth > 50) return null
    const next = await moduleOf(graph, target)
    const to = next.analysis.exports.get(exported)
    if (to && 'local' in to) return definitionOf(graph, target, to.local)
    if (to) return find(next, to.source, to.imported, depth + 1)
    for (const all of next.analysis.exportAll) {
      const found = await find(next, all, exported, depth + 1)
      if (found) return found
    }
    return null
  }
  return find(module, binding.source, binding.imported, 0)
}

/** Could this constant's value only be known by running the module? Literals, functions, classes and enums never do. */
function needsEvaluation(module: ModuleAnalysis, item: Item, always: boolean): boolean {
  if (item.kind !== 'variable' || !isConst(item)) return false
  const value = initializerOf(item)
  if (value === null || value.type === 'FunctionDeclaration' || value.type === 'ClassDeclaration' || isHostItem(module, item)) return false
  const inner = unwrap(value)
  return !isStatic(module, inner) || (always && !/Function|Class|Identifier|Member/.test(inner.type))
}

/** Values that the compiler reads from the source text. */
export function isStatic(module: ModuleAnalysis, value: Expression): boolean {
  const inner = unwrap(value)
  switch (inner.type) {
    case 'NumericLiteral':
    case 'StringLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
      return true
    case 'TemplateLiteral':
      return inner.expressions.length === 0
    case 'UnaryExpression':
      return isStatic(module, inner.argument)
    case 'ArrayExpression':
      return inner.elements.every((element) => element !== null && element.type !== 'SpreadElement' && isStatic(module, element))
    case 'MemberExpression':
      // An operator under another name: `const relu = F.relu`.
      return inner.object.type === 'Identifier' && !inner.computed && importedName(module, inner.object.name) !== null
    case 'Identifier':
      return importedName(module, inner.name) !== null
    default:
      return false
  }
}

/**
 * `script(f)` and `const g = f` of a script function compile from source. Everything else is evaluated: returns the expression that is.
 */
async function evaluatedOnly(graph: ModuleGraph, module: LoadedModule, item: Item): Promise<Expression | null> {
  const value = unwrap(initializerOf(item) as Expression)
  let target: Node = value
  if (value.type === 'CallExpression' && isTrace(module.analysis, value.callee)) return value
  if (value.type === 'CallExpression' && isScriptIfTracing(module.analysis, value.callee)) return null
  if (value.type === 'CallExpression' && isScriptReference(module.analysis, value.callee) && value.arguments[0]) target = value.arguments[0]
  if (target.type === 'FunctionExpression' || target.type === 'ArrowFunctionExpression') return null
  if (target.type !== 'Identifier') return value
  const definition = await definitionOf(graph, module.file, target.name)
  if (!definition) return value
  const behind = initializerOf(definition.item)
  if (!behind || behind.type === 'FunctionDeclaration' || behind.type === 'ClassDeclaration') return null
  return isStatic((await moduleOf(graph, definition.file)).analysis, behind) ? null : value
}

function classReferences(value: Expression): string[] {
  const names = new Set<string>()
  const visit = (node: Node): void => {
    if (node.type === 'NewExpression') for (const { name } of freeReferences(node.callee)) names.add(name)
    if (node.type === 'CallExpression' || node.type === 'NewExpression') for (const argument of node.arguments) visit(argument)
    if (node.type === 'ArrayExpression') for (const element of node.elements) if (element) visit(element)
    if (node.type === 'ObjectExpression')
      for (const property of node.properties) if (property.type === 'ObjectProperty') visit(property.value)
    if (node.type === 'Identifier') names.add(node.name)
  }
  visit(value)
  return [...names]
}
