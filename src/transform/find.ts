/**
 * Step 1 of the transform: which declarations of a module are script code. Four spellings with one meaning: a JSDoc tag, a `'use script'`
 * directive, `script(...)`, and the class decorator. `script` counts only when it is really imported from the package, under any alias.
 * An annotation somewhere it cannot work is an error, never skipped.
 */
import type { ClassDeclaration, Comment, Decorator, Directive, Expression, Function as FunctionNode, Node } from '@babel/types'
import { annotationPlace, scriptedClass } from '../compiler/diagnostics/messages.generated.ts'
import type { Diagnostic } from '../compiler/program.ts'
import { type Item, initializerOf, isConst, isPackage, type ModuleAnalysis, unwrap } from './analyze.ts'
import { childrenOf } from './references.ts'

export type Spelling = 'tag' | 'directive' | 'call' | 'decorator'

export interface ScriptEntry {
  readonly spelling: Spelling
  /** `call`: whatever `script(...)` was given, a function or an instance. `instance`: a `const` made from an annotated class. */
  readonly kind: 'function' | 'class' | 'call' | 'instance'
  /** The module-level name. */
  readonly name: string
  readonly item: Item
  /** The argument of `script(...)`, or the function itself. */
  readonly target: Node
  /** The second argument of `script(...)`. */
  readonly options: Expression | null
}

export interface Found {
  readonly entries: readonly ScriptEntry[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Text that a module with script code must contain; checked before anything is parsed. */
export const markerPattern = /\btensorscript\b|@script\b|['"]use script['"]/

export const directiveText = 'use script'

/** What compiled programs need of the module as it is: functions marked with `ignore`, and error classes. */
export function isHostItem(module: ModuleAnalysis, item: Item): boolean {
  const value = initializerOf(item)
  if (value?.type === 'ClassDeclaration' || value?.type === 'ClassExpression') return isErrorClass(module, value.superClass ?? null)
  const comments = [...(item.statement.leadingComments ?? []), ...(item.node.leadingComments ?? [])]
  if (value?.type === 'FunctionDeclaration') return comments.some((comment) => /@ignore\b/.test(comment.value))
  const inner = value && unwrap(value)
  return inner?.type === 'CallExpression' && inner.callee.type === 'Identifier' && importedName(module, inner.callee.name) === 'ignore'
}

function isErrorClass(module: ModuleAnalysis, base: Node | null, depth = 0): boolean {
  if (base?.type !== 'Identifier' || depth > 20) return false
  if (/^(?:|Range|Type|Syntax|Eval|Reference|URI)Error$/.test(base.name)) return true
  const item = module.bindings.get(base.name)
  return item?.kind === 'class' && isErrorClass(module, (item.node as ClassDeclaration).superClass ?? null, depth + 1)
}

export function findScripts(module: ModuleAnalysis): Found {
  const entries: ScriptEntry[] = []
  const diagnostics: Diagnostic[] = []
  const accepted = new Set<Node>()
  for (const item of module.items) {
    const entry = findEntry(module, item, accepted, diagnostics)
    if (entry) entries.push(entry)
  }
  const classes = new Set(entries.filter(({ kind }) => kind === 'class').map(({ name }) => name))
  for (const item of module.items) {
    const value = item.kind === 'variable' && isConst(item) ? initializerOf(item) : null
    const made = value && unwrap(value as Expression)
    if (made?.type === 'NewExpression' && made.callee.type === 'Identifier' && classes.has(made.callee.name) && item.names.length === 1)
      entries.push({ spelling: 'decorator', kind: 'instance', name: item.names[0]!, item, target: made, options: null })
  }
  for (const item of module.items) if (item.kind !== 'import') findStray(module, item.node, item, accepted, diagnostics)
  return { entries, diagnostics }
}

function findEntry(module: ModuleAnalysis, item: Item, accepted: Set<Node>, diagnostics: Diagnostic[]): ScriptEntry | null {
  const [name] = item.names
  const tag = tagOf(item.statement) ?? tagOf(item.node)
  const value = initializerOf(item)
  const inner = value && value.type !== 'FunctionDeclaration' && value.type !== 'ClassDeclaration' ? unwrap(value) : value
  const span = (node: { start?: number | null; end?: number | null }) => ({ file: module.file, start: node.start ?? 0, end: node.end ?? 0 })
  if (inner && name !== undefined) {
    if (inner.type === 'CallExpression' && isScriptReference(module, inner.callee)) {
      accepted.add(inner)
      const annotation = `\`${markOf(module, inner.callee)}(...)\``
      const [target, options] = inner.arguments
      if (!target || target.type === 'SpreadElement' || target.type === 'ArgumentPlaceholder') {
        diagnostics.push(
          annotationPlace(span(inner), {
            annotation,
            reason: 'it has no argument',
            hint: 'pass a function or an instance of nn.Module',
          }),
        )
        return null
      }
      if (!isConst(item) || item.names.length !== 1) {
        diagnostics.push(
          annotationPlace(span(inner), {
            annotation,
            reason: 'its result may be assigned again later',
            hint: 'keep the result in a `const`',
          }),
        )
        return null
      }
      if (target.type === 'Identifier' && module.bindings.get(target.name)?.kind === 'class') {
        diagnostics.push(scriptedClass(span(target), { name: target.name }))
        return null
      }
      return {
        spelling: 'call',
        kind: 'call',
        name,
        item,
        target,
        options: isTrace(module, inner.callee) ? null : ((options as Expression | undefined) ?? null),
      }
    }
    const functionNode = isFunction(inner) ? inner : null
    const directive = functionNode && scriptDirective(functionNode)
    if (functionNode && (tag || directive)) {
      if (directive) accepted.add(directive)
      if (item.kind === 'variable' && !isConst(item)) {
        diagnostics.push(
          annotationPlace(span(item.node), {
            annotation: `\`${name}\``,
            reason: 'a variable may be assigned again later',
            hint: 'declare it with `const`',
          }),
        )
        return null
      }
      return { spelling: tag ? 'tag' : 'directive', kind: 'function', name, item, target: functionNode, options: null }
    }
    if (item.kind === 'class') {
      const decorator = ((inner as ClassDeclaration).decorators ?? []).find(({ expression }) =>
        isScriptReference(module, expression.type === 'CallExpression' ? expression.callee : expression),
      )
      if (decorator || tag) return { spelling: decorator ? 'decorator' : 'tag', kind: 'class', name, item, target: inner, options: null }
    }
  }
  if (tag && item.kind !== 'import' && item.kind !== 'type')
    diagnostics.push(
      annotationPlace(
        { file: module.file, start: tag.start ?? 0, end: tag.end ?? 0 },
        {
          annotation: '`@script`',
          reason: 'what follows is neither a function nor a class',
          hint: 'put it before a function, a class, or `const f = (...) => ...`',
        },
      ),
    )
  return null
}

/** Annotations below the top level: nothing there has a name that a program could be made for. */
function findStray(module: ModuleAnalysis, node: Node, item: Item, accepted: ReadonlySet<Node>, diagnostics: Diagnostic[]): void {
  const report = (at: { start?: number | null; end?: number | null }, annotation: string, reason: string, hint: string): void => {
    diagnostics.push(annotationPlace({ file: module.file, start: at.start ?? 0, end: at.end ?? 0 }, { annotation, reason, hint }))
  }
  const topLevel = 'move the function to the top level of the file, and pass in what it uses of its surroundings'
  for (const [, child] of childrenOf(node)) {
    if (
      child.type === 'CallExpression' &&
      !accepted.has(child) &&
      isScriptReference(module, child.callee) &&
      !isShadowed(item, child.callee)
    )
      report(
        child,
        `\`${markOf(module, child.callee)}(...)\``,
        'its result is not a `const` of this file',
        `write \`const compiled = ${markOf(module, child.callee)}(...)\` at the top level of the file`,
      )
    if (child.type === 'Directive' && child.value.value === directiveText && !accepted.has(child))
      report(child, `\`'use script'\``, 'it is not in a function at the top level of the file', topLevel)
    const isDeclaration = isFunction(child) || child.type === 'ClassDeclaration' || child.type === 'VariableDeclaration'
    const tag = isDeclaration && child !== item.node ? tagOf(child) : null
    if (tag) report(tag, '`@script`', 'the declaration is not at the top level of the file', topLevel)
    findStray(module, child, item, accepted, diagnostics)
  }
}

/** A local of the same name hides the import: then the callee is not among the item's free names. */
const isShadowed = (item: Item, callee: Node): boolean => {
  const root = callee.type === 'MemberExpression' ? callee.object : callee
  return !item.references.some(({ node }) => node === root)
}

const isFunction = (node: Node): node is FunctionNode =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'

export function scriptDirective(node: FunctionNode): Directive | null {
  return (node.body.type === 'BlockStatement' && node.body.directives.find(({ value }) => value.value === directiveText)) || null
}

const programMarks = ['script', 'trace', 'traceModule']

/** `script`, `trace` or `traceModule`, under whatever name it was imported, or a member of the package's namespace; null for others. */
function markOf(module: ModuleAnalysis, callee: Node, marks: readonly string[] = programMarks): string | null {
  const name =
    callee.type === 'Identifier'
      ? importedName(module, callee.name)
      : callee.type === 'MemberExpression' &&
          !callee.computed &&
          callee.object.type === 'Identifier' &&
          callee.property.type === 'Identifier' &&
          importedName(module, callee.object.name) === '*'
        ? callee.property.name
        : null
  return name !== null && marks.includes(name) ? name : null
}

/** A callee whose result is a program. */
export const isScriptReference = (module: ModuleAnalysis, callee: Node): boolean => markOf(module, callee) !== null

/** `trace`, `traceModule`: the program comes from a run. */
export const isTrace = (module: ModuleAnalysis, callee: Node): boolean => markOf(module, callee, ['trace', 'traceModule']) !== null

/** `scriptIfTracing`: a script function for traces alone. */
export const isScriptIfTracing = (module: ModuleAnalysis, callee: Node): boolean => markOf(module, callee, ['scriptIfTracing']) !== null

/** Decorators of a class and its members that come from the package: they mark, and do nothing when the code runs. */
export function packageDecorators(module: ModuleAnalysis, node: ClassDeclaration): Decorator[] {
  const all = [node, ...node.body.body].flatMap((owner) => ('decorators' in owner && owner.decorators) || [])
  return all.filter(({ expression }) => {
    let root: Node = expression
    while (root.type === 'CallExpression' || root.type === 'MemberExpression')
      root = root.type === 'CallExpression' ? root.callee : root.object
    return root.type === 'Identifier' && importedName(module, root.name) !== null
  })
}

/** What a local name is in the package: `script`, `nn`, `*` for the namespace; null when it is not from there. */
export function importedName(module: ModuleAnalysis, local: string): string | null {
  const binding = module.imports.get(local)
  return binding && isPackage(binding.source) ? binding.imported : null
}

/** The `@script` tag of the JSDoc block directly before a declaration. */
function tagOf(node: Node): Comment | null {
  const blocks = (node.leadingComments ?? []).filter(({ type, value }) => type === 'CommentBlock' && value.startsWith('*'))
  const last = blocks.at(-1)
  return last && /(?:^\*|\n)[ \t]*\*?[ \t]*@script(?![\w-])/.test(last.value) ? last : null
}
