/**
 * Objects as instances of their class. Inside of a program an object is its fields; where its class shows (`instanceof`, a call of a method
 * that a subclass overrides, the host), it is made with the prototype of the class of that name in the program's own file.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Block, Node } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { nodesOf } from '../ir/walk.ts'
import { type FunctionContext, fail, type ProgramContext } from './context.ts'
import { moduleScope } from './moduleScope.ts'
import type { ScriptClass } from './objects.ts'
import { hadPrivateNames } from './privateNames.ts'
import type { ScriptValue } from './sugar.ts'
import { types } from './typeRelations.ts'

/** `object instanceof C`, asked when the program runs. */
export function emitInstanceTest(f: FunctionContext, object: ScriptValue, made: ScriptClass, node: t.Node): ScriptValue {
  f.program.identities.add(made.type.name)
  const host = hostName(f.program, made)
  if (host === null) return fail(notVisible(f.span(node), made))
  const range = f.range(node)
  const id = f.emitter.op('prim::isinstance', [object.id], types.bool, range, { attributes: { host: { kind: 'name', value: host } } })
  return { kind: 'value', id, type: types.bool, range }
}

const notVisible = (span: Parameters<typeof messages.capturedHostValue>[0], { className }: ScriptClass) =>
  messages.capturedHostValue(span, {
    name: className,
    reason: 'a class that objects are told apart by must be declared in the file of the program, or imported there',
    hint: `import ${className} there`,
  })

/** What the class is called in the program's own file. */
function hostName(program: ProgramContext, made: ScriptClass): string | null {
  const scope = moduleScope(program, program.request.file)
  if (made.file === program.request.file) return made.className
  for (const [name, entry] of scope?.names ?? []) {
    if (entry.kind !== 'import' || entry.typeOnly) continue
    const target = scope!.module.imports.get(entry.specifier)
    if (target === made.file && exportedAs(program, target, entry.imported) === made.className) return name
  }
  return null
}

function exportedAs(program: ProgramContext, file: string, exported: string): string | null {
  const entry = moduleScope(program, file)?.exports.get(exported)
  return entry && 'local' in entry ? entry.local : null
}

/** Whether values of a type may be objects of the class: the class itself, one it extends (null: some are), or none. */
export function instancePasses(type: Type, made: ScriptClass): boolean | null {
  if (type.kind !== 'class') return false
  if (type.name === made.type.name || type.bases?.includes(made.type.name)) return true
  return made.type.bases?.includes(type.name) ? null : false
}

/** Gives the objects whose class shows that class: a step at the end, when it is known of all classes. */
export function markInstances(program: ProgramContext, entries: ReadonlySet<string>): void {
  const crossed = crossing(program, entries)
  for (const name of crossed) refusePrivate(program, name)
  const shown = new Set([...program.identities, ...crossed])
  const isShown = (made: ScriptClass): boolean => shown.has(made.type.name) || made.type.bases?.some((base) => shown.has(base)) === true
  for (const [key, graph] of program.functions) {
    let changed = false
    const visit = (node: Node): Node => {
      const blocks = node.blocks.map(visitBlock)
      const type = node.kind === 'prim::CreateObject' ? graph.values.get(node.outputs[0]!)!.type : null
      const made = type?.kind === 'class' ? program.objectsByName.get(type.name) : undefined
      if (!made || !isShown(made)) return { ...node, blocks }
      changed = true
      const host = hostName(program, made)
      if (host === null) program.report(notVisible(node.range, made))
      return { ...node, blocks, attributes: { ...node.attributes, host: { kind: 'name', value: host ?? '' } } }
    }
    const visitBlock = (block: Block): Block => ({ ...block, nodes: block.nodes.map(visit) })
    const block = visitBlock(graph.block)
    if (changed) program.functions.set(key, { ...graph, block })
  }
}

/** Private names exist only in objects that the class itself made. */
function refusePrivate(program: ProgramContext, name: string): void {
  for (let made = program.objectsByName.get(name) ?? null; made; made = made.base) {
    if (!hadPrivateNames(made.node, made.className)) continue
    const { start, end } = made.node.id ?? made.node
    const hint = 'write `private` instead of `#`'
    const type = `${made.className}, whose private names the host cannot give or take,`
    program.report(messages.unsupportedType({ file: made.file, start: start ?? 0, end: end ?? 0 }, { type, hint }))
  }
}

/** Names of the classes whose objects the host may see: those that its arguments, results and calls hold. */
function crossing(program: ProgramContext, entries: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (type: Type): void => {
    const { name } = type.kind === 'class' ? type : { name: '' }
    if (type.kind === 'class' && !found.has(name)) {
      found.add(name)
      for (const field of program.records.get(name)?.values() ?? []) visit(field)
    }
    if ('elements' in type) type.elements.forEach(visit)
    if ('members' in type) type.members.forEach(visit)
    if ('element' in type) visit(type.element)
    if (type.kind === 'dict') [type.key, type.value].forEach(visit)
  }
  for (const [key, { block, values }] of program.functions) {
    const ids = entries.has(key) ? [...block.params, ...block.returns] : []
    for (const node of nodesOf(block))
      if (node.kind === 'prim::HostCall' || node.kind === 'prim::Print') ids.push(...node.inputs, ...node.outputs)
    for (const id of ids) visit(values.get(id)!.type)
  }
  return found
}
