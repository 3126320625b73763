/**
 * `using`: what its object's `[Symbol.dispose]` does is read at every way out of the block, innermost first: once behind the statements that
 * follow the declaration (jumps are flags, so every path but a throw comes by there), and before each `throw`. So that the throws of what
 * is called are in sight, calls are read in place inside of such a block. What traps (an index out of range) ends the call at once.
 */
import * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { emitDeclarator } from './assignment.ts'
import { constantNull } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitBranch, noRefinements } from './control.ts'
import { callMethod, findMethod } from './methods.ts'
import type { ScriptValue } from './sugar.ts'
import { optionalOf, types } from './typeRelations.ts'
import { describe, emit, materialize, typeOf } from './values.ts'

/** A resource of a `using` that the current point is inside of. */
export interface Resource {
  readonly object: ScriptValue
  readonly node: t.VariableDeclarator
}

const disposeName = '[Symbol.dispose]'

type ClassNode = t.ClassDeclaration | t.ClassExpression

const isDispose = (member: t.Node): member is t.ClassMethod =>
  member.type === 'ClassMethod' && member.computed && t.matchesPattern(member.key, 'Symbol.dispose')

/** The class with its `[Symbol.dispose]()` under a plain name that no source has; itself where it has none. */
export function withDisposeNamed<N extends ClassNode>(node: N): N {
  if (!node.body.body.some(isDispose)) return node
  const rename = (member: N['body']['body'][number]) =>
    isDispose(member)
      ? { ...member, computed: false, key: { ...member.key, type: 'Identifier', name: disposeName } as t.Identifier }
      : member
  return { ...node, body: { ...node.body, body: node.body.body.map(rename) } }
}

export const isUsing = (node: t.Statement): node is t.VariableDeclaration => node.type === 'VariableDeclaration' && node.kind === 'using'

/** Reads the declarations one inside of the other, and `rest`, the statements that follow, inside of all. */
export function emitUsing(f: FunctionContext, { declarations }: t.VariableDeclaration, rest: () => void): void {
  const [node, ...others] = declarations
  if (!node) {
    rest()
    return
  }
  emitDeclarator(f, node, 'const')
  const object = resourceOf(f, node)
  const outer = f.resources
  if (object) f.resources = [...outer, { object, node }]
  try {
    emitUsing(f, { declarations: others } as t.VariableDeclaration, rest)
  } finally {
    f.resources = outer
  }
  const { exit } = f.state
  if (!object || exit?.kind === 'throws') return
  f.state.exit = null
  dispose(f, { object, node })
  f.state.exit ??= exit
}

/** What was declared, if there is anything to dispose of. */
function resourceOf(f: FunctionContext, node: t.VariableDeclarator): ScriptValue | null {
  const sugar = f.state.values.get(f.scope.lookup((node.id as t.Identifier).name)!)!
  if (typeOf(sugar)?.kind === 'none') return null
  const object = materialize(f, sugar, node)
  const type = object.type.kind === 'optional' ? object.type.element : object.type
  if (type.kind !== 'class' || !findMethod(f, { ...object, type }, disposeName, node))
    return fail(messages.noSuchProperty(f.span(node.init ?? node), { type: describe(sugar), name: disposeName }))
  return object
}

function dispose(f: FunctionContext, { object, node }: Resource): void {
  const call = { type: 'CallExpression', callee: node.id, arguments: [], start: node.start, end: node.end, loc: node.loc }
  const run = (one: ScriptValue): null => {
    callMethod(f, one, disposeName, { positional: [], named: {}, nodes: [] }, call as unknown as t.CallExpression)
    return null
  }
  const { type } = object
  if (type.kind !== 'optional') {
    run(object)
    return
  }
  const test = emit(f, 'aten::__isnot__', [object, materialize(f, constantNull, node, optionalOf(type.element))], types.bool, node)
  const condition = { test, whenTrue: noRefinements, whenFalse: noRefinements }
  emitBranch(
    f,
    node,
    condition,
    () => run(emit(f, 'prim::unchecked_cast', [object], type.element, node)),
    () => null,
  )
}

/** Before a throw at the current point. */
export function disposeAll(f: FunctionContext): void {
  const outer = f.resources
  for (let i = outer.length - 1; i >= 0; i--) {
    f.resources = outer.slice(0, i)
    dispose(f, outer[i]!)
  }
  f.resources = outer
}
