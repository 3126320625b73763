/**
 * Branches and joins. `emitBranch` reads both arms of a condition, each with its own copy of the state, and makes one prim::If whose
 * outputs are the variables that differ afterwards. Early exits need no flags where the structure allows: when one arm always jumps
 * away, the statements that follow are read inside the other arm; otherwise flags guard them (TorchScript's exit transform).
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { constantBool } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { fitsRecord } from './discriminants.ts'
import { type OpenBlock, openBlock } from './emitter.ts'
import { compare } from './fixes.ts'
import { fieldsOf, typeOfObject } from './records.ts'
import { type Binding, copyState, type Exit, type JumpTarget, type State } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { fits, join, types } from './typeRelations.ts'
import { constantOf, describe, emit, materialize, typeOf, value } from './values.ts'
import { expectSame } from './widening.ts'

/** A condition: known now, or a boolean value; with the types that variables have where it holds and where it does not. */
export interface Condition {
  readonly test: boolean | ScriptValue
  readonly whenTrue: Refinements
  readonly whenFalse: Refinements
}

/** Narrower types of variables. */
export type Refinements = ReadonlyMap<Binding, Type>
export const noRefinements: Refinements = new Map()

interface Arm {
  readonly block: OpenBlock
  state: State
  result: Sugared | null
}

/** An arm may give a value: the value of a conditional expression. */
export type ArmBody = () => Sugared | null

/**
 * @param rest reads the statements after the branch; called here only when exactly one arm always jumps (then they belong to the
 * other arm), in which case `tookRest` is true.
 */
export function emitBranch(
  f: FunctionContext,
  node: t.Node,
  condition: Condition,
  whenTrue: ArmBody,
  whenFalse: ArmBody,
  rest?: () => void,
): { readonly result: Sugared | null; readonly tookRest: boolean } {
  if (typeof condition.test === 'boolean') {
    refine(f, condition.test ? condition.whenTrue : condition.whenFalse, node)
    return { result: condition.test ? whenTrue() : whenFalse(), tookRest: false }
  }
  const base = f.state
  const arms = [readArm(f, base, condition.whenTrue, node, whenTrue), readArm(f, base, condition.whenFalse, node, whenFalse)] as const
  let tookRest = false
  const jumps = arms.map((arm) => arm.state.exit?.kind === 'jumps' && arm.state.exit.always)
  const falls = arms.map((arm) => arm.state.exit === null)
  if (rest && ((jumps[0] && falls[1]) || (jumps[1] && falls[0]))) {
    const open = arms[jumps[0] ? 1 : 0]
    f.state = open.state
    f.emitter.within(open.block, rest)
    open.state = f.state
    tookRest = true
  }
  const result = joinArms(f, node, condition, base, arms)
  return { result, tookRest }
}

function readArm(f: FunctionContext, base: State, refinements: Refinements, node: t.Node, body: ArmBody): Arm {
  const block = openBlock()
  f.state = copyState(base)
  const result = f.emitter.within(block, () => {
    refine(f, refinements, node)
    return body()
  })
  return { block, state: f.state, result }
}

/** Narrows variables at the current point: a prim::unchecked_cast of each. */
export function refine(f: FunctionContext, refinements: Refinements, node: t.Node): void {
  for (const [binding, type] of refinements) {
    if (binding.field) f.state.values.set(binding, constantBool(true))
    const current = f.state.values.get(binding)
    if (current?.kind !== 'value' || !wider(current.type, type)) continue
    const narrowed = emit(f, 'prim::unchecked_cast', [current], type, node)
    f.emitter.rename(narrowed.id, binding.name)
    f.state.values.set(binding, { ...narrowed, refinedFrom: current })
  }
}

const wider = (current: Type, type: Type): boolean =>
  (current.kind === 'optional' || current.kind === 'union' || current.kind === 'class') && !fits(current, type)

const root = (sugar: Sugared | undefined): Sugared | undefined =>
  sugar?.kind === 'value' && sugar.refinedFrom ? root(sugar.refinedFrom) : sugar

function joinArms(f: FunctionContext, node: t.Node, condition: Condition, base: State, arms: readonly [Arm, Arm]): Sugared | null {
  const dead = arms.map((arm) => arm.state.exit?.kind === 'throws')
  const outputs: { readonly type: Type; readonly name: string | null; readonly use: (value: ScriptValue) => void }[] = []
  const joined: State = { values: new Map(base.values), exit: joinExits(arms[0].state.exit, arms[1].state.exit) }
  let result: Sugared | null = null

  /** Both sides as an output of the If; a side that cannot be reached gives prim::Uninitialized. */
  const merge = (left: Sugared, right: Sugared, type: Type, name: string | null, use: (value: ScriptValue) => void): void => {
    for (const [i, side] of [left, right].entries()) {
      const arm = arms[i]!
      f.emitter.within(arm.block, () => {
        const filler = dead[i] || side.kind === 'uninitialized' || side.kind === 'void'
        const made = filler ? emit(f, 'prim::Uninitialized', [], type, node) : materialize(f, side, node, type)
        arm.block.returns.push(made.id)
      })
    }
    outputs.push({ type, name, use })
  }

  for (const binding of new Set([...arms[0].state.values.keys(), ...arms[1].state.values.keys()])) {
    if (binding.field) {
      const narrowed = arms.map((arm, i) => dead[i] || constantOf(arm.state.values.get(binding) ?? constantBool(false)) === true)
      joined.values.set(binding, constantBool(narrowed[0]! && narrowed[1]!))
      continue
    }
    const before = base.values.get(binding)
    if (before === undefined && binding.kind !== 'hidden') continue
    const [left, right] = arms.map((arm) => arm.state.values.get(binding) ?? { kind: 'uninitialized', name: binding.name }) as [
      Sugared,
      Sugared,
    ]
    if (root(left) === root(before) && root(right) === root(before)) {
      if (before)
        joined.values.set(
          binding,
          dead[0] ? carryRefinement(f, before, right, node) : dead[1] ? carryRefinement(f, before, left, node) : before,
        )
      continue
    }
    const merged = mergeSugar(f, binding.name, left, right, dead, arms, binding.declared, (type) =>
      merge(left, right, type, binding.name, (made) => joined.values.set(binding, made)),
    )
    joined.values.set(
      binding,
      merged.kind === 'uninitialized' && left.kind !== right.kind ? wayOf(f, merged, merged === left, node) : merged,
    )
  }
  if (arms[0].result && arms[1].result) {
    const [left, right] = [arms[0].result, arms[1].result]
    result = mergeSugar(f, 'the value', left, right, dead, arms, null, (type) => merge(left, right, type, null, (made) => (result = made)))
  }
  const range = f.range(node)
  f.state = joined
  const ids = f.emitter.node(
    'prim::If',
    [(condition.test as ScriptValue).id],
    outputs.map((output) => output.type),
    range,
    { blocks: [arms[0].block, arms[1].block] },
  )
  for (const [i, output] of outputs.entries()) {
    if (output.name !== null) f.emitter.rename(ids[i]!, output.name)
    output.use(value(ids[i]!, output.type, range))
  }
  return result
}

/** After `if (x === null) throw ...`: what the surviving arm knew of the variable still holds. */
function carryRefinement(f: FunctionContext, before: Sugared, survivor: Sugared, node: t.Node): Sugared {
  if (survivor === before || survivor.kind !== 'value' || before.kind !== 'value') return before
  const narrowed = emit(f, 'prim::unchecked_cast', [before], survivor.type, node)
  return { ...narrowed, refinedFrom: before }
}

/** Says which branch of an `if` leaves a variable without a value. */
function wayOf(f: FunctionContext, sugar: Extract<Sugared, { kind: 'uninitialized' }>, whenTrue: boolean, node: t.Node): Sugared {
  if (sugar.way || node.type !== 'IfStatement') return sugar
  const branch = whenTrue ? node.consequent : node.alternate
  const message = branch ? 'this branch does not assign it' : 'where this is false nothing assigns it'
  return { ...sugar, way: { message, ...f.span(branch ?? node.test) } }
}

/** What a variable holds after the join. `emitMerge` makes it an output of the If, and then sets it. */
function mergeSugar(
  f: FunctionContext,
  name: string,
  left: Sugared,
  right: Sugared,
  dead: readonly boolean[],
  arms: readonly [Arm, Arm],
  declared: Type | null,
  emitMerge: (type: Type) => void,
): Sugared {
  if (left === right) return left
  if (left.kind === 'poison' || right.kind === 'poison') return { kind: 'poison' }
  const [leftConstant, rightConstant] = [constantOf(left), constantOf(right)]
  if (leftConstant !== undefined && leftConstant === rightConstant && left.kind === right.kind) return left
  const leaves = arms.map((arm) => arm.state.exit?.kind === 'jumps' && arm.state.exit.always)
  const missing = [left, right].map((side, i) => dead[i] || (side.kind === 'uninitialized' && (leaves[i] || name === 'return value')))
  if (missing[0] && missing[1]) return left.kind === 'uninitialized' ? left : { kind: 'uninitialized', name }
  if (left.kind === 'uninitialized' && !missing[0]) return left
  if (right.kind === 'uninitialized' && !missing[1]) return right
  const typeOfSide = (side: Sugared): Type | null => typeOf(side) ?? (side.kind === 'object' ? typeOfObject(f.program, side.fields) : null)
  const [leftType, rightType] = [typeOfSide(left), typeOfSide(right)]
  const type = missing[0]
    ? rightType
    : missing[1]
      ? leftType
      : ((leftType && rightType && joinDeclared(leftType, rightType, declared)) ??
        recordOf(f, left, rightType) ??
        recordOf(f, right, leftType))
  const conflict: Sugared = { kind: 'conflict', name, left, right, inLoop: false }
  if (type === null) {
    // Things that are no values survive a branch when the other arm cannot be here.
    if (missing[0]) return right
    if (missing[1]) return left
    if (leftType && rightType) expectSame(f, leftType, rightType)
    return left.kind === 'array' && left.elements.length === 0 && rightType
      ? arrayMerge(rightType, emitMerge)
      : right.kind === 'array' && right.elements.length === 0 && leftType
        ? arrayMerge(leftType, emitMerge)
        : conflict
  }
  emitMerge(type)
  return conflict
}

/** The record type of one side, where the other is a literal of such a record. */
function recordOf(f: FunctionContext, side: Sugared, type: Type | null): Type | null {
  if (!type || side.kind !== 'object') return null
  const record = type.kind === 'optional' ? type.element : type
  const wanted = fitsRecord(f.program, side.fields, record) ? fieldsOf(f.program, record) : null
  const fit = wanted && [...side.fields].every(([name, field]) => fitsField(f, field, wanted.get(name)!))
  return fit ? type : null
}

function fitsField(f: FunctionContext, field: Sugared, wanted: Type): boolean {
  if (field.kind === 'array' && field.elements.length === 0) return wanted.kind === 'list'
  const type = typeOf(field)
  return type === null ? recordOf(f, field, wanted) !== null : fits(type, wanted)
}

function arrayMerge(type: Type, emitMerge: (type: Type) => void): Sugared {
  emitMerge(type)
  return { kind: 'poison' }
}

export function joinDeclared(left: Type, right: Type, declared: Type | null): Type | null {
  const joined = join(left, right)
  if (joined) return joined
  return declared && fits(left, declared) && fits(right, declared) ? declared : null
}

export function joinExits(left: Exit | null, right: Exit | null): Exit | null {
  if (left?.kind === 'throws') return right
  if (right?.kind === 'throws') return left
  if (left === null && right === null) return null
  const targets = new Set<JumpTarget>([...(left?.targets ?? []), ...(right?.targets ?? [])])
  return { kind: 'jumps', targets, always: left !== null && right !== null && left.always && right.always }
}

/** A jump at the current point. */
export function jump(f: FunctionContext, target: JumpTarget): void {
  f.state.values.set(target.flag, constantBool(true))
  f.state.exit = { kind: 'jumps', targets: new Set([target]), always: true }
}

/** Whether one of the targets was jumped to, as a value of the current block. */
export function jumped(f: FunctionContext, targets: Iterable<JumpTarget>, node: t.Node): boolean | ScriptValue {
  let result: boolean | ScriptValue = false
  for (const target of targets) {
    const flag = f.state.values.get(target.flag)
    if (!flag || constantOf(flag) === false) continue
    if (constantOf(flag) === true) return true
    const made = materialize(f, flag, node, types.bool)
    result = result === false ? made : emit(f, 'aten::__or__', [result as ScriptValue, made], types.bool, node)
  }
  return result
}

/** Reads `rest` only where no jump was taken, at a point that is left by a jump on some paths. */
export function guardRest(f: FunctionContext, node: t.Node, rest: () => void): void {
  const exit = f.state.exit
  if (exit?.kind !== 'jumps' || exit.always) return
  const flag = jumped(f, exit.targets, node)
  emitBranch(
    f,
    node,
    { test: flag, whenTrue: noRefinements, whenFalse: noRefinements },
    () => {
      f.state.exit = { kind: 'jumps', targets: exit.targets, always: true }
      return null
    },
    () => {
      f.state.exit = null
      rest()
      return null
    },
  )
}

/** A value as a condition, by JavaScript's truth rules where they are not surprising. */
export function toCondition(f: FunctionContext, sugar: Sugared, node: t.Node): boolean | ScriptValue {
  const known = constantOf(sugar)
  if (known !== undefined) return Boolean(known)
  const type = typeOf(sugar)
  const text = f.shortText(node)
  if (sugar.kind !== 'value' || type === null) {
    if (['value', 'array', 'conflict', 'uninitialized', 'poison', 'void'].includes(sugar.kind) && sugar.kind !== 'array')
      materialize(f, sugar, node)
    return fail(
      messages.objectCondition(f.span(node), {
        type: describe(sugar),
        ...(sugar.kind === 'array' || sugar.kind === 'sequence' ? { hint: `write \`${text}.length > 0\`` } : {}),
      }),
    )
  }
  switch (type.kind) {
    case 'bool':
      return sugar
    case 'int':
    case 'float':
    case 'string':
      return emit(f, 'aten::Bool', [sugar], types.bool, node)
    case 'tensor':
      if (type.shape?.every((dim) => typeof dim === 'number') && type.shape.reduce<number>((n, dim) => n * (dim as number), 1) !== 1) {
        return fail(messages.tensorCondition(f.span(node), { shape: type.shape.join(', ') }))
      }
      return emit(f, 'aten::Bool', [sugar], types.bool, node)
    case 'none':
      return false
    case 'optional': {
      const falsy: { readonly [kind: string]: string } = { int: '0', float: '0', string: "''", bool: 'false' }
      const inner = falsy[type.element.kind]
      if (inner === undefined && type.element.kind !== 'tensor')
        return emit(f, 'aten::__isnot__', [sugar, materialize(f, { kind: 'constant', value: { kind: 'none' } }, node)], types.bool, node)
      return fail(
        messages.nullableCondition(f.span(node), { type: describe(sugar), falsy: inner ?? 'a zero', text }, compare(f, node, ' !== null')),
      )
    }
    default:
      return fail(
        messages.objectCondition(
          f.span(node),
          { type: describe(sugar), ...(type.kind === 'list' ? { hint: `write \`${text}.length > 0\`` } : {}) },
          type.kind === 'list' ? compare(f, node, '.length > 0') : {},
        ),
      )
  }
}
