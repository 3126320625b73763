/**
 * Step 3 of the transform: what a module becomes once its programs are compiled. A program replaces its declaration (as a `const` at the
 * top, so that hoisted uses still work); what only removed code used goes with it, imports included; imports of the package that are left
 * point to the runtime where it has them. Exported leftovers that would drag the eager library in are marked so that bundlers may drop them.
 */
import type {
  ClassDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  ImportSpecifier,
  Node,
  Statement,
  VariableDeclaration,
} from '@babel/types'
import MagicString from 'magic-string'
import { defaultLocal, type Item, initializerOf, isConst, isPackage, type ModuleAnalysis, packageName, unwrap } from './analyze.ts'
import { importedName, isHostItem, isScriptReference, packageDecorators, type ScriptEntry } from './find.ts'
import type { LoadedModule, Reach } from './loadModules.ts'
import { runtimeNames } from './runtimeNames.ts'

export interface SwapPlan {
  /** Entries that become programs, in source order. */
  readonly programs: readonly ScriptEntry[]
  /** Items that are replaced or that only removed code used. */
  readonly removed: ReadonlySet<Item>
  /** Names that the programs use as they run. */
  readonly hosts: ReadonlySet<string>
}

/**
 * Which entries are programs: exported ones, those that app code uses, and those nobody uses (so that they are checked). Entries that only
 * other script code calls are part of its programs. An item goes when everything that refers to it goes.
 */
export function planSwap(module: ModuleAnalysis, entries: readonly ScriptEntry[], reaches: ReadonlyMap<ScriptEntry, Reach>): SwapPlan {
  const users = new Map<Item, Set<Item>>()
  for (const item of module.items) {
    for (const { name, isType } of item.references) {
      const target = module.bindings.get(name)
      if (!target || target === item || isType) continue
      users.set(target, (users.get(target) ?? new Set()).add(item))
    }
  }
  const exported = new Set(
    [...module.exports.values()].flatMap((binding) => ('local' in binding ? [module.bindings.get(binding.local)] : [])),
  )
  const callable = entries.filter(({ kind }) => kind !== 'class')
  const programs = new Set(callable.filter(({ item }) => exported.has(item) || !users.has(item)))
  const evaluated = new Set([...reaches.values()].flatMap((reach) => [...reach.evaluate]))
  for (;;) {
    const removed = new Set([...programs].map(({ item }) => item))
    const isGone = (item: Item): boolean => removed.has(item) || setupOf(module, item, evaluated) !== null
    for (let size = -1; size !== removed.size; ) {
      size = removed.size
      for (const item of module.items) {
        if (exported.has(item) || isHostItem(module, item) || item.names.length === 0 || item.kind === 'import' || item.kind === 'type')
          continue
        const by = users.get(item)
        if (by && [...by].every(isGone)) removed.add(item)
      }
    }
    for (const item of module.items) {
      const target = setupOf(module, item, evaluated)
      if (target === 'seed' || (target && removed.has(target))) removed.add(item)
    }
    const left = callable.filter((entry) => !programs.has(entry) && !removed.has(entry.item))
    if (left.length === 0) return { programs: callable.filter((entry) => programs.has(entry)), removed, hosts: new Set() }
    for (const entry of left) programs.add(entry)
  }
}

/** The plan when programs need names of their module: items of these names stay, and all that they use. */
export function keepHosts(module: ModuleAnalysis, plan: SwapPlan, hosts: Iterable<string>): SwapPlan {
  const removed = new Set(plan.removed)
  const programs = new Set(plan.programs.map(({ item }) => item))
  const keep = (name: string): void => {
    const item = module.bindings.get(name)
    if (!item || programs.has(item) || !removed.delete(item)) return
    for (const reference of item.references) if (!reference.isType) keep(reference.name)
  }
  const names = new Set(hosts)
  for (const name of names) keep(name)
  return { ...plan, removed, hosts: names }
}

/**
 * `net.eval()`, `net.loadStateDict(...)`, `torch.manualSeed(0)`: statements that prepare an instance which only exists during the build.
 * Gives the instance, or `seed`; null for everything that belongs to the app.
 */
function setupOf(module: ModuleAnalysis, item: Item, evaluated: ReadonlySet<string>): Item | 'seed' | null {
  if (item.kind !== 'statement' || item.statement.type !== 'ExpressionStatement' || evaluated.size === 0) return null
  let node: Node = item.statement.expression
  if (node.type === 'AwaitExpression') node = node.argument
  if (node.type === 'AssignmentExpression') node = node.left
  else if (node.type === 'CallExpression') node = node.callee
  if (node.type !== 'MemberExpression') return null
  const method = node.property.type === 'Identifier' ? node.property.name : null
  while (node.type === 'MemberExpression' || node.type === 'CallExpression')
    node = node.type === 'MemberExpression' ? node.object : node.callee
  if (node.type !== 'Identifier') return null
  const { name } = node
  if (method === 'manualSeed' && importedName(module, name) !== null) return 'seed'
  const target = module.bindings.get(name)
  const isExported = [...module.exports.values()].some((binding) => 'local' in binding && binding.local === name)
  return target && !isExported && evaluated.has(`${module.file}#${name}`) && !holdsScriptCall(module, target) ? target : null
}

function holdsScriptCall(module: ModuleAnalysis, item: Item): boolean {
  const value = initializerOf(item)
  const inner = value && value.type !== 'FunctionDeclaration' && value.type !== 'ClassDeclaration' ? unwrap(value) : null
  return inner?.type === 'CallExpression' && isScriptReference(module, inner.callee)
}

export interface SwapInput {
  readonly module: LoadedModule
  readonly plan: SwapPlan
  readonly entries: readonly ScriptEntry[]
  /** Everything script code of this file reaches. */
  readonly reached: ReadonlySet<Item>
  /** The expression of each program. */
  readonly expressions: ReadonlyMap<ScriptEntry, string>
  /** Statements that the expressions rely on. */
  readonly preamble: string
}

export interface Swapped {
  readonly text: MagicString
  /** The inserted block and where each program's expression starts in it. */
  readonly block: string
  readonly offsets: ReadonlyMap<ScriptEntry, number>
}

export function swapModule({ module, plan, entries, reached, expressions, preamble }: SwapInput): Swapped {
  const text = new MagicString(module.code)
  const { analysis, ast } = module
  const { removed } = plan
  removeItems(text, module, removed)
  for (const item of analysis.items) if (!removed.has(item) && item.kind !== 'import') tidyKept(text, module, item, entries, reached)
  rewriteImports(text, module, removed, plan.hosts)
  let block = ''
  const offsets = new Map<ScriptEntry, number>()
  if (plan.programs.length > 0) {
    const taken = analysis.bindings.has('$r')
    const namespace = taken ? '$tensorscript' : '$r'
    block += `${preamble}import * as ${namespace} from '${packageName}/runtime';\n`
    for (const entry of plan.programs) {
      const { head, tail } = declarationOf(entry)
      const [open, close] = taken ? ['/*#__PURE__*/ (($r) => ', `)(${namespace})`] : ['', '']
      block += head + open
      offsets.set(entry, block.length)
      block += `${expressions.get(entry)}${close};\n${tail}`
    }
    const at = ast.program.directives.at(-1)?.end ?? ast.program.interpreter?.end ?? 0
    text.appendLeft(at, at > 0 ? `\n${block}` : block)
  }
  return { text, block, offsets }
}

/** `const NAME = ` with the export that the declaration had. */
function declarationOf({ name, item }: ScriptEntry): { readonly head: string; readonly tail: string } {
  const local = name === defaultLocal ? '$default' : name
  if (item.statement.type === 'ExportDefaultDeclaration') return { head: `const ${local} = `, tail: `export { ${local} as default };\n` }
  return { head: `${item.statement.type === 'ExportNamedDeclaration' ? 'export ' : ''}const ${local} = `, tail: '' }
}

function removeItems(text: MagicString, { analysis, code }: LoadedModule, removed: ReadonlySet<Item>): void {
  const byStatement = new Map<Statement, Item[]>()
  for (const item of analysis.items) byStatement.set(item.statement, [...(byStatement.get(item.statement) ?? []), item])
  for (const [statement, items] of byStatement) {
    const gone = items.filter((item) => removed.has(item))
    if (gone.length === 0) continue
    if (gone.length === items.length) {
      text.remove(annotationStart(statement, code), statement.end!)
      continue
    }
    const declaration = (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement) as VariableDeclaration
    const list = declaration.declarations
    const lastKept = list.map((declarator) => gone.some(({ node }) => node === declarator)).lastIndexOf(false)
    list.forEach((declarator, i) => {
      if (!gone.some(({ node }) => node === declarator)) return
      if (i < lastKept) text.remove(declarator.start!, list[i + 1]!.start!)
      else text.remove(list[i - 1]!.end!, declarator.end!)
    })
  }
}

/** A statement with the JSDoc blocks directly before it: left alone, a tag would annotate whatever follows. */
function annotationStart(statement: Statement, code: string): number {
  let start = statement.start!
  for (const comment of (statement.leadingComments ?? []).toReversed()) {
    const isDocumentation = comment.type === 'CommentBlock' && comment.value.startsWith('*')
    if (!isDocumentation || /\n\s*\n/.test(code.slice(comment.end!, start))) break
    start = comment.start!
  }
  return start
}

/** What stays: annotations go, and exported parts of models may be dropped when nobody imports them. */
function tidyKept(text: MagicString, module: LoadedModule, item: Item, entries: readonly ScriptEntry[], reached: ReadonlySet<Item>): void {
  const { statement } = item
  const entry = entries.find((candidate) => candidate.item === item)
  if (entry?.spelling === 'tag') {
    const comment = [...(statement.leadingComments ?? []), ...(item.node.leadingComments ?? [])].findLast(({ value }) =>
      value.includes('@script'),
    )
    if (comment) text.update(comment.start!, comment.end!, `/*${comment.value.replace(/@script(?![\w-])/g, '')}*/`)
  }
  if (item.kind === 'class')
    for (const { start, end } of packageDecorators(module.analysis, item.node as ClassDeclaration)) text.remove(start!, end!)
  if (!reached.has(item) && entry?.kind !== 'class') return
  const isExported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
  if (item.kind === 'class' && isExported) {
    const node = item.node as ClassDeclaration
    if (!node.superClass) return
    const name = node.id?.name
    const [head, tail] =
      statement.type === 'ExportDefaultDeclaration'
        ? ['export default /*#__PURE__*/ (() => (', '))()']
        : [`export const ${name} = /*#__PURE__*/ (() => (`, '))();']
    // Decorators may stand before or after `export`; what is left of them must be with the class.
    const from = Math.min(statement.start!, ...(node.decorators ?? []).map(({ start }) => start!))
    const keyword = module.code.slice(from, node.end!).search(/\bexport\b/) + from
    const afterKeyword =
      statement.type === 'ExportDefaultDeclaration'
        ? keyword + /^export\s+default\s*/.exec(module.code.slice(keyword))![0].length
        : keyword + /^export\s*/.exec(module.code.slice(keyword))![0].length
    text.remove(keyword, afterKeyword)
    text.prependLeft(from, head)
    text.appendRight(node.end!, tail)
    return
  }
  if (item.kind === 'variable' && isExported && isConst(item)) {
    const value = initializerOf(item)
    const inner = value && unwrap(value as never)
    if (inner && (inner as Node).type.match(/^(?:New|Call)Expression$/)) text.appendLeft((inner as Node).start!, '/*#__PURE__*/ ')
  }
}

/** Specifiers that nothing uses any more go; those of the package that the runtime has come from there. */
function rewriteImports(text: MagicString, { analysis }: LoadedModule, removed: ReadonlySet<Item>, hosts: ReadonlySet<string>): void {
  const usedBefore = new Set<string>()
  const valuesUsed = new Set(hosts)
  const typesUsed = new Set<string>()
  for (const item of analysis.items) {
    const marks = item.kind === 'class' ? packageDecorators(analysis, item.node as ClassDeclaration) : []
    for (const { name, node, isType } of item.references) {
      usedBefore.add(name)
      const isMark = marks.some(({ start, end }) => start! <= node.start! && node.end! <= end!)
      if (!removed.has(item) && !isMark) (isType ? typesUsed : valuesUsed).add(name)
    }
  }
  for (const { statement } of analysis.items) {
    if (statement.type === 'ExportNamedDeclaration' && statement.source?.value === packageName && statement.exportKind !== 'type')
      rewriteExports(text, statement)
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue
    const ours = isPackage(statement.source.value)
    const keep: { readonly specifier: ImportDeclaration['specifiers'][number]; readonly type: boolean }[] = []
    for (const specifier of statement.specifiers) {
      const { name } = specifier.local
      const declaredType = specifier.type === 'ImportSpecifier' && specifier.importKind === 'type'
      if (!usedBefore.has(name) && !ours) keep.push({ specifier, type: declaredType })
      else if (valuesUsed.has(name)) keep.push({ specifier, type: declaredType })
      else if (typesUsed.has(name)) keep.push({ specifier, type: true })
    }
    const replacement = printImports(statement, keep)
    if (replacement === null) continue
    if (replacement === '') text.remove(statement.start!, statement.end!)
    else text.update(statement.start!, statement.end!, replacement)
  }
}

/** `export { ready } from 'tensorscript'`. */
function rewriteExports(text: MagicString, { specifiers, start, end }: ExportNamedDeclaration): void {
  const groups = new Map<string, string[]>()
  for (const specifier of specifiers) {
    if (specifier.type !== 'ExportSpecifier') return
    const { local, exported } = specifier
    const isType = specifier.exportKind === 'type'
    const source = !isType && runtimeNames.has(local.name) ? `${packageName}/runtime` : packageName
    const name = exported.type === 'StringLiteral' ? JSON.stringify(exported.value) : exported.name
    const printed = `${isType ? 'type ' : ''}${local.name === name ? name : `${local.name} as ${name}`}`
    groups.set(source, [...(groups.get(source) ?? []), printed])
  }
  if (!groups.has(`${packageName}/runtime`)) return
  text.update(start!, end!, [...groups].map(([source, names]) => `export { ${names.join(', ')} } from '${source}';`).join(' '))
}

/** The import statements for the specifiers that stay; null when nothing changes, empty when nothing stays. */
function printImports(
  statement: ImportDeclaration,
  keep: readonly { readonly specifier: ImportDeclaration['specifiers'][number]; readonly type: boolean }[],
): string | null {
  const source = statement.source.value
  const moves = source === packageName && keep.some(({ specifier, type }) => !type && isRuntimeName(specifier))
  if (keep.length === statement.specifiers.length && !moves) return null
  const groups = new Map<string, string[]>()
  const put = (key: string, specifier: ImportDeclaration['specifiers'][number]): void => {
    groups.set(key, [...(groups.get(key) ?? []), printSpecifier(specifier)])
  }
  for (const { specifier, type } of keep)
    put(type ? `type ${source}` : moves && isRuntimeName(specifier) ? ` ${packageName}/runtime` : ` ${source}`, specifier)
  return [...groups]
    .flatMap(([key, names]) => {
      const [kind, from] = key.split(' ') as [string, string]
      const named = names.filter((name) => !name.startsWith('!'))
      const whole = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1))
      return [...whole, ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].map(
        (list) => `import ${kind ? `${kind} ` : ''}${list} from '${from}';`,
      )
    })
    .join(' ')
}

function printSpecifier(specifier: ImportDeclaration['specifiers'][number]): string {
  if (specifier.type === 'ImportDefaultSpecifier') return `!${specifier.local.name}`
  if (specifier.type === 'ImportNamespaceSpecifier') return `!* as ${specifier.local.name}`
  const name = specifierName(specifier)
  const imported = specifier.imported.type === 'StringLiteral' ? JSON.stringify(name) : name
  return name === specifier.local.name ? imported : `${imported} as ${specifier.local.name}`
}

const specifierName = ({ imported }: ImportSpecifier): string => (imported.type === 'StringLiteral' ? imported.value : imported.name)

const isRuntimeName = (specifier: ImportDeclaration['specifiers'][number]): boolean =>
  specifier.type === 'ImportSpecifier' && runtimeNames.has(specifierName(specifier))
