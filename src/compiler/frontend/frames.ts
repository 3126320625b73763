/** Frames: where `return` goes, in a function or in one that is inlined, and what it leaves behind. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { constantBool, constantNull } from './constants.ts'
import { type Frame, type FunctionContext, fail } from './context.ts'
import { jump } from './control.ts'
import { jumpTarget } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { join, sharpen, typeText, unionOf } from './typeRelations.ts'
import { materialize } from './values.ts'
import { emitWanted } from './wanted.ts'

export function newFrame(
  name: string,
  declaredResult: Type | null,
  self: ScriptValue | null,
  owner: Frame['owner'],
  receiver: Sugared | null = null,
): Frame {
  return {
    name,
    target: jumpTarget('return'),
    slot: { name: 'return value', declared: null, kind: 'hidden', span: null },
    declaredResult,
    returns: [],
    self,
    receiver,
    owner,
  }
}

/** Starts a frame at the current point. */
export function enterFrame(f: FunctionContext, frame: Frame): void {
  f.frame = frame
  f.state.values.set(frame.target.flag, constantBool(false))
  f.state.values.set(frame.slot, { kind: 'uninitialized', name: 'return value' })
}

export function forgetFrame(f: FunctionContext, frame: Frame): void {
  f.state.values.delete(frame.target.flag)
  f.state.values.delete(frame.slot)
}

/** `return value`: kept in the frame's slot, in the declared type if there is one. */
export function emitReturn(f: FunctionContext, node: t.ReturnStatement): void {
  const { frame } = f
  const sugar = node.argument ? emitWanted(f, node.argument, frame.declaredResult) : constantNull
  // What was called throws.
  if (f.state.exit?.kind === 'throws') return
  const at = node.argument ?? node
  if (frame.declaredResult && sugar.kind !== 'void') {
    const made =
      frame.declaredResult.kind === 'none' && !node.argument ? materialize(f, sugar, at) : materialize(f, sugar, at, frame.declaredResult)
    f.state.values.set(frame.slot, {
      ...made,
      type: frame.declaredResult.kind === 'tensor' ? made.type : widenTo(made.type, frame.declaredResult),
    })
  } else {
    const made = sugar.kind === 'void' ? materialize(f, constantNull, at) : materialize(f, sugar, at)
    const earlier = frame.returns.find((other) => join(other.type, made.type) === null)
    const union = earlier && unionResult(f, [...frame.returns.map(({ type }) => type), made.type])
    if (earlier && !union) {
      const related = [{ message: 'the earlier `return`', ...earlier.span }]
      fail(messages.returnTypes(f.span(at), { left: typeText(earlier.type), right: typeText(made.type) }, { related }))
    }
    frame.returns.push({ type: made.type, span: f.span(at) })
    f.state.values.set(frame.slot, union ? { ...made, type: union } : made)
  }
  jump(f, frame.target)
}

/** Numbers, booleans and text of a function that declares no result; what the program itself returns is declared, or of one type. */
function unionResult(f: FunctionContext, returned: readonly Type[]): Type | null {
  const entry = f.program.callStack.length === 1 && f.inlining.length === 0
  return entry || !returned.every(({ kind }) => ['int', 'float', 'bool', 'string'].includes(kind)) ? null : unionOf(returned)
}

/** The declared type decides, but facts about tensors inside stay. */
const widenTo = (actual: Type, declared: Type): Type => (declared.kind === 'tuple' ? sharpen(declared, actual) : declared)
