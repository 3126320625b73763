/**
 * An entry point that was traced: parameters with the types of the example inputs (sizes as declared where the function declares them, else
 * those of the examples), the recording, and what is to be said about it.
 */
import * as t from '@babel/types'
import { dimEqual, dimToString } from '../../ops/dimMath.ts'
import { type Traced, tensorIds } from '../../ops/traced.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import { tryScalar } from '../frontend/builtins.ts'
import { constantBool, constantNumber, constantString } from '../frontend/constants.ts'
import { FunctionContext, fail, type ProgramContext } from '../frontend/context.ts'
import { emitBranch, noRefinements } from '../frontend/control.ts'
import { newFrame } from '../frontend/frames.ts'
import { moduleScope } from '../frontend/moduleScope.ts'
import { recordType } from '../frontend/records.ts'
import { Scope } from '../frontend/scope.ts'
import type { FunctionNode, ScriptValue, Sugared } from '../frontend/sugar.ts'
import { raise } from '../frontend/throws.ts'
import { typeOfAnnotation } from '../frontend/typeAnnotations.ts'
import { erase, types, typeText } from '../frontend/typeRelations.ts'
import { emit, materialize, value } from '../frontend/values.ts'
import { isRandom } from '../ir/effects.ts'
import { typeEqual } from '../ir/typeEqual.ts'
import type { Type } from '../ir/types.ts'
import type { Recording } from '../program.ts'
import { replay } from './replay.ts'

/** The key of its graph, and the types of its parameters. */
export interface TracedEntry {
  readonly key: string
  readonly types: readonly Type[]
}

/** `local` is the constant that holds the result of `trace`, `method` the traced one of `traceModule`. */
export function compileTrace(program: ProgramContext, recording: Recording, file: string, local: string, name: string): TracedEntry {
  const key = program.uniqueName(name)
  const f = new FunctionContext(program, file, new Scope(null), newFrame(name, null, null, null))
  const { node, target } = traceCall(program, file, local, recording.method)
  reportRecording(f, recording, node)
  program.callStack.push({ id: `trace ${key}`, name })
  try {
    const parameters = recording.inputs.map((input, i) => parameter(f, recording, input, target?.params[i] ?? null, i, node))
    const result = materialize(f, replay(f, recording, parameters, node), node)
    f.emitter.root.returns.push(result.id)
    program.functions.set(key, f.emitter.finish(key))
    return { key, types: parameters.map(({ type }) => type) }
  } finally {
    program.callStack.pop()
  }
}

/** The call of `trace`, and the function it was given: a method, or one of the same file. */
function traceCall(
  program: ProgramContext,
  file: string,
  local: string,
  method: Recording['method'],
): { readonly node: t.Node; readonly target: FunctionNode | null } {
  const names = moduleScope(program, file)?.names
  const entry = names?.get(local)
  const node = (entry?.kind === 'variable' && entry.declarator.init) || t.identifier(local)
  if (method) return { node, target: methodNode(program, method.file, method.className, method.name) }
  const [given] = node.type === 'CallExpression' ? node.arguments : []
  if (given?.type === 'ArrowFunctionExpression' || given?.type === 'FunctionExpression') return { node, target: given }
  const named = given?.type === 'Identifier' ? names?.get(given.name) : undefined
  return { node, target: named?.kind === 'function' ? named.node : null }
}

/** Of the class, or of what it extends in its file. */
function methodNode(program: ProgramContext, file: string, className: string, name: string): FunctionNode | null {
  const entry = moduleScope(program, file)?.names.get(className)
  if (entry?.kind !== 'class') return null
  const { body, superClass } = entry.node
  for (const member of body.body)
    if (member.type === 'ClassMethod' && member.key.type === 'Identifier' && member.key.name === name) return member
  return superClass?.type === 'Identifier' ? methodNode(program, file, superClass.name, name) : null
}

function parameter(
  f: FunctionContext,
  recording: Recording,
  input: Traced,
  declaration: t.Node | null,
  index: number,
  node: t.Node,
): ScriptValue {
  const pattern = declaration?.type === 'AssignmentPattern' ? declaration.left : declaration
  const name = pattern?.type === 'Identifier' ? pattern.name : `input${index}`
  const example = typeOfInput(f, recording, input, name, node)
  const type = declaredSizes(f, recording, input, example, pattern, name)
  const { emitter } = f
  const id = emitter.value(erase(type), name)
  emitter.root.params.push(id)
  emitter.facts.set(id, type)
  const given = value(id, type, f.range(pattern ?? node))
  checkConstants(f, input, given, name, node)
  // The caller's tensor, as it is when it is read: the caller sees what the program writes to it.
  const written = input.kind === 'tensor' && recording.written.includes(input.id)
  if (!written && tensorIds(input).some((tensor) => recording.written.includes(tensor))) fail(messages.writtenCapture(f.span(node)))
  return written ? emit(f, 'js::reread', [given], type, node) : given
}

function typeOfInput(f: FunctionContext, recording: Recording, input: Traced, name: string, node: t.Node): Type {
  const inside = (traced: Traced): Type => typeOfInput(f, recording, traced, name, node)
  switch (input.kind) {
    case 'tensor': {
      const { dtype, shape } = recording.tensors.find(({ id }) => id === input.id)!
      return { kind: 'tensor', dtype, shape }
    }
    case 'number':
      return types.float
    case 'boolean':
      return types.bool
    case 'string':
      return types.string
    case 'null':
      return types.none
    case 'array':
      return { kind: 'tuple', elements: input.elements.map(inside) }
    case 'record':
      return recordType(f.program, new Map(input.fields.map(([field, traced]) => [field, inside(traced)])))
    case 'map': {
      const values = input.entries.map(([, item]) => inside(item))
      const other = values.find((held) => !typeEqual(held, values[0]!))
      if (other) fail(messages.tracedMap(f.span(node), { name, left: typeText(values[0]!), right: typeText(other) }))
      const key: Type = typeof input.entries[0]?.[0] === 'number' ? types.int : types.string
      return { kind: 'dict', form: 'map', key, value: values[0] ?? types.tensor }
    }
    default:
      return input satisfies never
  }
}

/** A declared `Tensor<...>` says which sizes are symbols; the example must be one of its tensors. */
function declaredSizes(
  f: FunctionContext,
  recording: Recording,
  input: Traced,
  example: Type,
  pattern: t.Node | null | undefined,
  name: string,
): Type {
  const annotation = pattern?.type === 'Identifier' ? pattern.typeAnnotation : null
  if (example.kind !== 'tensor' || annotation?.type !== 'TSTypeAnnotation' || !/^Tensor</.test(f.text(annotation.typeAnnotation)))
    return example
  const declared = typeOfAnnotation(f, annotation.typeAnnotation)
  if (declared?.kind !== 'tensor') return example
  const shape = declared.shape ?? example.shape
  const fits =
    (declared.dtype ?? example.dtype) === example.dtype &&
    shape?.length === example.shape?.length &&
    shape?.every((dim, i) => typeof dim !== 'number' || dimEqual(dim, example.shape![i]!))
  if (!fits) fail(messages.exampleType(f.span(pattern!), { name, actual: typeText(example), declared: typeText(declared) }))
  const at = recording.tensors.findIndex(({ id }) => input.kind === 'tensor' && id === input.id)
  shape?.forEach((dim, i) => {
    const size = example.shape![i]!
    if (typeof dim === 'number' || recording.checked.some((shapes) => shapes[at]?.[i] !== size)) return
    fail(messages.unprovenSize(f.span(pattern!), { symbol: dimToString(dim), name, size: dimToString(size) }))
  })
  return { kind: 'tensor', dtype: example.dtype, shape }
}

/** Numbers, booleans and strings are constants of the trace: the program throws when it is called with others. */
function checkConstants(f: FunctionContext, input: Traced, given: ScriptValue, name: string, node: t.Node): void {
  if (input.kind !== 'number' && input.kind !== 'boolean' && input.kind !== 'string') return
  const text = JSON.stringify(input.value)
  f.program.report(messages.specialisedInput(f.span(node), { name, value: text }, { severity: 'warning' }))
  const wanted: Sugared =
    input.kind === 'number'
      ? constantNumber(input.value)
      : input.kind === 'boolean'
        ? constantBool(input.value)
        : constantString(input.value)
  const differs = materialize(f, tryScalar(f, 'aten::ne', [given, wanted], node)!, node)
  const condition = { test: differs, whenTrue: noRefinements, whenFalse: noRefinements }
  emitBranch(
    f,
    node,
    condition,
    () => {
      raise(f, constantString(`the trace was made for ${text} as ${name}`), 'Error', node)
      return null
    },
    () => null,
  )
}

/** What makes the trace less than the function: an error where two runs differed, else warnings, one a site. */
function reportRecording(f: FunctionContext, recording: Recording, node: t.Node): void {
  const { program } = f
  const spanOf = (range: Recording['steps'][number]['at']) => (range && program.request.modules.has(range.file) ? range : f.span(node))
  const { difference } = recording
  if (difference) {
    const run = difference.run === 0 ? 'a second run' : `the run on checkInputs[${difference.run - 1}]`
    const { first, other } = difference
    program.report(messages.traceDiffers(spanOf(difference.at), { run, first, other }))
  }
  for (const { member, at } of recording.escapes) program.report(messages.escapedValue(spanOf(at), { member }, { severity: 'warning' }))
  for (const step of recording.steps) {
    if (step.kind === 'operator' && isRandom(step.operator) && ![...step.args, ...step.named.map(([, arg]) => arg)].some(isFalse))
      program.report(messages.randomTrace(spanOf(step.at), { operator: step.operator.replace('aten::', '') }, { severity: 'warning' }))
  }
}

/** `train: false` of dropout: random operators have no other argument that is false. */
const isFalse = (arg: Traced): boolean => arg.kind === 'boolean' && !arg.value
