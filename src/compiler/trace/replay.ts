/**
 * Repeats a recording in the graph that is being built: every step goes through the frontend's own operator calls, so that a trace gets
 * the types, facts and checks that source gets. Nodes point at the calls in the user's code that were recorded.
 */
import * as t from '@babel/types'
import type { Traced } from '../../ops/traced.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import { addTensor } from '../frontend/capture.ts'
import { constantBool, constantNull, constantNumber, constantString } from '../frontend/constants.ts'
import { type FunctionContext, fail } from '../frontend/context.ts'
import { constructDict, readEntry } from '../frontend/dicts.ts'
import { compileFunction } from '../frontend/functions.ts'
import { moduleScope } from '../frontend/moduleScope.ts'
import { callOperator } from '../frontend/operatorCalls.ts'
import { fieldsOfRecord } from '../frontend/records.ts'
import type { Sugared, TracedSugar } from '../frontend/sugar.ts'
import { describe, materialize, value } from '../frontend/values.ts'
import type { SourceRange } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import type { Recording, TraceStep } from '../program.ts'

/** A call of a traced function from script code: its operators, in place. */
export function callTraced(f: FunctionContext, { name, recording }: TracedSugar, args: readonly Sugared[], node: t.Node): Sugared {
  const expected = recording.inputs.length
  if (args.length !== expected)
    fail(messages.argumentCount(f.span(node), { name, expected: `${expected} argument${expected === 1 ? '' : 's'}`, actual: args.length }))
  return replay(f, recording, args, node)
}

/** `node` stands for the whole trace, where a step has no place of its own. */
export function replay(f: FunctionContext, recording: Recording, args: readonly Sugared[], node: t.Node): Sugared {
  const tensors = new Map<number, Sugared>()
  recording.inputs.forEach((input, i) => {
    bind(f, input, args[i]!, tensors, node)
  })
  for (const { id, name, value: tensor, fresh } of recording.constants) {
    const written = recording.written.includes(id)
    if (written && !fresh) fail(messages.writtenCapture(f.span(node)))
    const type: Type = { kind: 'tensor', dtype: tensor.dtype, shape: tensor.shape }
    const constant = f.emitter.constant({ kind: 'tensor', id: addTensor(f.program, tensor, name ?? `constant${id}`) }, type, f.range(node))
    const captured = value(constant, type, f.range(node))
    tensors.set(id, written ? callOperator(f, 'aten::clone', [captured], node) : captured)
  }
  for (const step of recording.steps) replayStep(f, step, tensors, node)
  return sugarOf(f, recording.result, tensors, node)
}

/** Gives the tensors of an input their values: those of an argument of this structure. */
function bind(f: FunctionContext, input: Traced, given: Sugared, tensors: Map<number, Sugared>, node: t.Node): void {
  switch (input.kind) {
    case 'tensor':
      tensors.set(input.id, given)
      return
    case 'array':
      elementsOf(f, given, input.elements.length, node).forEach((element, i) => {
        bind(f, input.elements[i]!, element, tensors, node)
      })
      return
    case 'record': {
      const fields = given.kind === 'object' ? given.fields : fieldsOfRecord(f, given, node)
      for (const [name, field] of input.fields) {
        const found = fields?.get(name)
        if (!found) fail(messages.noSuchProperty(f.span(node), { type: describe(given), name }))
        bind(f, field, found, tensors, node)
      }
      return
    }
    case 'map': {
      const map = materialize(f, given, node)
      for (const [key, item] of input.entries)
        bind(f, item, readEntry(f, map, typeof key === 'number' ? constantNumber(key) : constantString(key), node), tensors, node)
      return
    }
    default:
  }
}

function elementsOf(f: FunctionContext, given: Sugared, length: number, node: t.Node): readonly Sugared[] {
  if (given.kind === 'array') return given.elements
  const list = materialize(f, given, node)
  const range = f.range(node)
  const { type } = list
  const types =
    type.kind === 'tuple'
      ? type.elements
      : type.kind === 'list'
        ? Array<Type>(length).fill(type.element)
        : fail(messages.notAssignable(f.span(node), { source: describe(given), target: 'an array', where: '' }))
  const ids = f.emitter.node(type.kind === 'tuple' ? 'prim::TupleUnpack' : 'prim::ListUnpack', [list.id], types, range)
  return ids.map((id, i) => value(id, types[i]!, range))
}

function replayStep(f: FunctionContext, step: TraceStep, tensors: Map<number, Sugared>, whole: t.Node): void {
  at(f, step.at, whole, (node) => {
    const args = step.args.map((arg) => sugarOf(f, arg, tensors, node))
    if (step.kind === 'call') {
      bind(f, step.result, callScript(f, step.file, step.name, args, node), tensors, node)
      return
    }
    const named = Object.fromEntries(step.named.map(([name, arg]) => [name, sugarOf(f, arg, tensors, node)]))
    const made = callOperator(f, step.operator, args, node, named)
    if (step.many)
      elementsOf(f, made, step.outputs.length, node).forEach((element, i) => {
        tensors.set(step.outputs[i]!, element)
      })
    else tensors.set(step.outputs[0]!, made)
  })
}

/** Reads with the file and the place of a step, where its file is one of the program's. */
function at<R>(f: FunctionContext, range: SourceRange | null, whole: t.Node, read: (node: t.Node) => R): R {
  if (!range || !f.program.request.modules.has(range.file)) return read(whole)
  const { file, start, end, line, column } = range
  const outer = f.file
  f.file = file
  try {
    const loc = { start: { line, column, index: start }, end: { line, column, index: end }, filename: file, identifierName: undefined }
    return read({ ...t.identifier('traced'), start, end, loc })
  } finally {
    f.file = outer
  }
}

function callScript(f: FunctionContext, file: string, name: string, args: readonly Sugared[], node: t.Node): Sugared {
  const entry = moduleScope(f.program, file)?.names.get(name)
  if (entry?.kind !== 'function')
    return fail(messages.capturedHostValue(f.span(node), { name, reason: 'its source is not available to the compiler' }))
  const given = args.map((arg) => materialize(f, arg, node))
  const compiled = compileFunction(
    f,
    { kind: 'function', file, name, node: entry.node },
    given.map(({ type }) => type),
    node,
  )
  const range = f.range(node)
  const inputs = given.map(({ id }) => id)
  const attributes = { name: { kind: 'name', value: compiled.key } } as const
  return value(f.emitter.op('prim::CallFunction', inputs, compiled.result, range, { attributes }), compiled.result, range)
}

function sugarOf(f: FunctionContext, traced: Traced, tensors: ReadonlyMap<number, Sugared>, node: t.Node): Sugared {
  switch (traced.kind) {
    case 'tensor':
      return tensors.get(traced.id)!
    case 'number':
      return constantNumber(traced.value)
    case 'boolean':
      return constantBool(traced.value)
    case 'string':
      return constantString(traced.value)
    case 'null':
      return constantNull
    case 'array':
      return { kind: 'array', elements: traced.elements.map((element) => sugarOf(f, element, tensors, node)) }
    case 'record':
      return { kind: 'object', fields: new Map(traced.fields.map(([name, field]) => [name, sugarOf(f, field, tensors, node)])) }
    case 'map': {
      const pairs = traced.entries.map(([key, item]): readonly [Sugared, Sugared] => [
        typeof key === 'number' ? constantNumber(key) : constantString(key),
        sugarOf(f, item, tensors, node),
      ])
      return constructDict(f, 'map', pairs, null, node)
    }
    default:
      return traced satisfies never
  }
}
