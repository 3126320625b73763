/**
 * Loops. Every form becomes one prim::Loop: a trip count and/or a condition, and the variables that the body changes as carried
 * values. Which variables those are and what types they have is found by reading the body until nothing changes: a first guess from
 * the assignments in the source, then again with what the body really changed and with joined types (int and float give float,
 * null and T give `T | null`, tensors lose what differs). Readings that are thrown away leave neither nodes nor diagnostics.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import type { Diagnostic } from '../program.ts'
import { assignedNames, containsReturn } from './assigned.ts'
import { constantBool, constantInt } from './constants.ts'
import type { FunctionContext, LoopContext } from './context.ts'
import { type Condition, emitBranch, joinDeclared, jumped, noRefinements, refine } from './control.ts'
import { openBlock } from './emitter.ts'
import { forgetWritten } from './narrowedFields.ts'
import { type Binding, copyState, type JumpTarget, jumpTarget, Scope, type State } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { erase, types } from './typeRelations.ts'
import { describe, emit, materialize, typeOf, value } from './values.ts'
import { expectSame } from './widening.ts'

export interface LoopForm {
  readonly node: t.Node
  readonly label: string | null
  /** null: only the condition ends the loop. */
  readonly trip: Sugared | null
  /** Declares what the body sees of the iteration. */
  readonly bind: (iteration: ScriptValue) => void
  /** Read before the first iteration (unless `testAfter`) and after each; null: always true. */
  readonly test: (() => Condition) | null
  readonly testAfter?: boolean
  readonly body: () => void
  readonly update: (() => void) | null
  readonly iterationName: string | null
}

/** TorchScript's trip count of a loop that only its condition ends. */
const unbounded = 2 ** 53 - 1

export function emitLoop(f: FunctionContext, form: LoopForm): void {
  forgetWritten(f, form.node)
  const entry = f.state
  const block = f.emitter.block
  const [nodes, diagnostics] = [block.nodes.length, f.program.diagnostics.length]
  const carried = new Map<Binding, Type | null>()
  for (const name of assignedNames(form.node)) {
    const binding = f.scope.lookup(name)
    if (binding && entry.values.has(binding)) carried.set(binding, null)
  }
  if (containsReturn(form.node)) {
    carried.set(f.frame.target.flag, types.bool)
    carried.set(f.frame.slot, null)
  }
  /** Variables with no one type; what reads them is not reported again. */
  const conflicts = new Map<Binding, Diagnostic>()
  for (let attempt = 0; ; attempt++) {
    block.nodes.length = nodes
    f.program.diagnostics.length = diagnostics
    f.state = copyState(entry)
    for (const binding of conflicts.keys()) f.state.values.set(binding, { kind: 'poison' })
    if (!readLoop(f, form, carried, attempt > 8, conflicts)) {
      for (const diagnostic of conflicts.values()) f.program.report(diagnostic)
      return
    }
    if (attempt > 40)
      throw new Error(`the carried values of a loop do not settle: ${[...carried.keys()].map((binding) => binding.name).join(', ')}`)
  }
}

/** Reads the loop once. True when `carried` had to grow, so that it must be read again. */
function readLoop(
  f: FunctionContext,
  form: LoopForm,
  carried: Map<Binding, Type | null>,
  last: boolean,
  conflicts: Map<Binding, Diagnostic>,
): boolean {
  const range = f.range(form.node)
  const first: Condition = form.test && !form.testAfter ? form.test() : { test: true, whenTrue: noRefinements, whenFalse: noRefinements }
  if (first.test === false) return false
  const before = f.state
  const initials = new Map<Binding, ScriptValue>()
  for (const [binding, known] of carried) {
    const sugar = before.values.get(binding)
    if (!sugar) continue
    const type = known ?? (sugar.kind === 'uninitialized' ? null : typeOf(sugar))
    if (type === null) continue
    initials.set(
      binding,
      sugar.kind === 'uninitialized'
        ? emit(f, 'prim::Uninitialized', [], type, form.node)
        : { ...materialize(f, sugar, form.node, type), type },
    )
  }
  const trip = materialize(f, form.trip ?? constantInt(unbounded), form.node, types.int)
  const start = first.test === true ? materialize(f, constantBool(true), form.node) : first.test

  const body = openBlock()
  const breakTarget = jumpTarget('break')
  const continueTarget = jumpTarget('continue')
  const loop: LoopContext = { label: form.label, breakTarget, continueTarget }
  const iteration = value(f.emitter.value(types.int, form.iterationName), types.int, range)
  body.params.push(iteration.id)
  f.state = copyState(before)
  const starts = new Map<Binding, Sugared>(before.values)
  for (const [binding, initial] of initials) {
    const param = value(f.emitter.value(erase(initial.type), binding.name), initial.type, initial.range)
    body.params.push(param.id)
    f.state.values.set(binding, param)
    starts.set(binding, param)
  }
  for (const target of [breakTarget, continueTarget]) f.state.values.set(target.flag, constantBool(false))

  const outer = { scope: f.scope, loops: f.loops }
  let leaving = new Set<JumpTarget>()
  let alwaysLeaves = false
  let endless = false
  f.emitter.within(body, () => {
    f.scope = new Scope(outer.scope)
    f.loops = [...outer.loops, loop]
    refine(f, first.whenTrue, form.node)
    form.bind(iteration)
    form.body()
    f.scope = outer.scope
    f.loops = outer.loops
    const end = finishIteration(f, form, continueTarget)
    leaving = end.leaving
    alwaysLeaves = end.always
    endless = end.endless
    body.returns.push(materialize(f, end.condition, form.node, types.bool).id)
  })

  const after = f.state
  let grown = false
  for (const [binding, initial] of initials) {
    const final = after.values.get(binding)!
    const type = final.kind === 'uninitialized' ? initial.type : typeOf(final)
    const joined = type && joinDeclared(initial.type, type, binding.declared)
    if (joined === null) {
      if (type) expectSame(f, initial.type, type)
      if (final.kind === 'poison')
        body.returns.push(f.emitter.within(body, () => emit(f, 'prim::Uninitialized', [], initial.type, form.node)).id)
      else {
        conflicts.set(binding, typeChange(f, binding, initial, final, form))
        carried.delete(binding)
        return true
      }
    } else if (!typeEqual(last ? erase(joined) : joined, initial.type)) {
      carried.set(binding, last ? erase(joined) : joined)
      grown = true
    } else {
      body.returns.push(
        f.emitter.within(body, () =>
          final.kind === 'uninitialized'
            ? emit(f, 'prim::Uninitialized', [], initial.type, form.node)
            : materialize(f, final, form.node, initial.type),
        ).id,
      )
    }
  }
  for (const [binding, sugar] of starts) {
    const now = after.values.get(binding)
    if (binding.field || initials.has(binding) || now === undefined || unrefined(now) === unrefined(sugar) || now.kind === 'poison')
      continue
    if (carried.get(binding) != null && sugar.kind !== 'uninitialized') continue
    const type = typeOf(now)
    if (type === null) {
      const what = `assigning ${describe(now)} to \`${binding.name}\` in a loop`
      conflicts.set(binding, messages.unsupportedStatement(f.span(form.node), { what }))
      grown = true
      continue
    }
    carried.set(binding, sugar.kind === 'uninitialized' ? type : null)
    grown = true
  }
  if (grown) return true
  finishLoop(f, form, { before, after, first, trip, start, initials, body, leaving, alwaysLeaves, endless, breakTarget, continueTarget })
  return false
}

const unrefined = (sugar: Sugared): Sugared => (sugar.kind === 'value' && sugar.refinedFrom ? unrefined(sugar.refinedFrom) : sugar)

function typeChange(f: FunctionContext, binding: Binding, initial: ScriptValue, final: Sugared, form: LoopForm): Diagnostic {
  const at = final.kind === 'value' && final.range ? final.range : f.span(form.node)
  const related = binding.span
    ? [{ message: `${describe(initial)} established here`, file: binding.span.file, start: binding.span.start, end: binding.span.end }]
    : []
  return messages.loopChangesType(at, { name: binding.name, before: describe(initial), after: describe(final) }, { related })
}

/** The end of the body: the update and the test of the next iteration, unless the loop was left. */
function finishIteration(
  f: FunctionContext,
  form: LoopForm,
  continueTarget: JumpTarget,
): { readonly condition: Sugared; readonly leaving: Set<JumpTarget>; readonly always: boolean; readonly endless: boolean } {
  let endless = false
  const next = (): Sugared => {
    form.update?.()
    const condition = form.test ? form.test().test : true
    endless = condition === true
    return typeof condition === 'boolean' ? constantBool(condition) : condition
  }
  const exit = f.state.exit
  if (exit === null) return { condition: next(), leaving: new Set(), always: false, endless }
  if (exit.kind === 'throws') {
    f.state.exit = null
    return { condition: constantBool(false), leaving: new Set(), always: true, endless }
  }
  const leaving = new Set([...exit.targets].filter((target) => target !== continueTarget))
  const always = exit.always && leaving.size === exit.targets.size
  f.state.exit = null
  if (leaving.size === 0) return { condition: next(), leaving, always: false, endless }
  if (always) return { condition: constantBool(false), leaving, always, endless }
  const left = jumped(f, leaving, form.node)
  const { result } = emitBranch(
    f,
    form.node,
    { test: left, whenTrue: noRefinements, whenFalse: noRefinements },
    () => constantBool(false),
    next,
  )
  return { condition: result!, leaving, always: false, endless }
}

interface ReadLoop {
  readonly before: State
  readonly after: State
  readonly first: Condition
  readonly trip: ScriptValue
  readonly start: ScriptValue
  readonly initials: ReadonlyMap<Binding, ScriptValue>
  readonly body: ReturnType<typeof openBlock>
  readonly leaving: ReadonlySet<JumpTarget>
  readonly alwaysLeaves: boolean
  /** Every test after the first is known to hold. */
  readonly endless: boolean
  readonly breakTarget: JumpTarget
  readonly continueTarget: JumpTarget
}

function finishLoop(f: FunctionContext, form: LoopForm, loop: ReadLoop): void {
  const range = f.range(form.node)
  const names = [...loop.initials]
  const inputs = [loop.trip.id, loop.start.id, ...names.map(([, initial]) => initial.id)]
  const outputs = f.emitter.node(
    'prim::Loop',
    inputs,
    names.map(([, initial]) => initial.type),
    range,
    { blocks: [loop.body] },
  )
  f.state = copyState(loop.before)
  for (const [i, [binding, initial]] of names.entries()) {
    f.emitter.rename(outputs[i]!, binding.name)
    f.state.values.set(binding, value(outputs[i]!, initial.type, initial.range ?? range))
  }
  // What the loop assigned but could not carry was reported; a variable first assigned to a non-value inside stays unknown.
  for (const [binding, sugar] of loop.after.values)
    if (sugar.kind === 'poison' && loop.before.values.has(binding)) f.state.values.set(binding, sugar)
  for (const target of [loop.breakTarget, loop.continueTarget]) f.state.values.delete(target.flag)
  const outer = new Set([...loop.leaving].filter((target) => target !== loop.breakTarget))
  const broken = loop.leaving.has(loop.breakTarget)
  const endless =
    (form.test === null || (loop.first.test === true && (loop.endless || loop.alwaysLeaves))) &&
    form.trip === null &&
    !broken &&
    !form.testAfter
  if (outer.size > 0) f.state.exit = { kind: 'jumps', targets: outer, always: endless }
  else if (!broken && form.test && !form.testAfter) refine(f, loop.first.whenFalse, form.node)
}
