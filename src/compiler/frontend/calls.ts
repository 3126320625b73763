/** Calls: operators, methods of values, script functions, local functions, modules, and what the library and JavaScript offer. */
import type * as t from '@babel/types'
import { findByApi } from '../../ops/registry.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { callTraced } from '../trace/replay.ts'
import { callBuiltin, callConsole, callConversion, callMath, scalarCall, tryScalar } from './builtins.ts'
import { fieldSugar } from './capture.ts'
import { chooseByName, withChoice } from './choices.ts'
import { constantBool, constantInt, constantString } from './constants.ts'
import { entriesOf, recordOf, sequenceOf } from './containers.ts'
import { type FunctionContext, fail } from './context.ts'
import { callDictMethod, callObject } from './dicts.ts'
import { isOfClasses, withExactClass } from './dispatch.ts'
import { emitExpression, isHostGlobal } from './expressions.ts'
import { emitFilled } from './filledArrays.ts'
import { misspelt } from './fixes.ts'
import { callFunction, inlineClosure } from './functions.ts'
import { resolved } from './futures.ts'
import { callHost } from './hostCalls.ts'
import { callIndexing } from './indexing.ts'
import { callArrayFrom, callListMethod, callSequenceMethod } from './listMethods.ts'
import { noProperty, property } from './members.ts'
import { callMethod, callSuper, findMethod } from './methods.ts'
import { constructBase, objectClass } from './objects.ts'
import { type CallArguments, callApi, namesOf, scalarType, unknownOperator } from './operatorCalls.ts'
import { emitOptionalChain } from './optionalChain.ts'
import { fieldsOf, recordField } from './records.ts'
import { emitArguments, emitElements, spreadArgument } from './spread.ts'
import { callStringMethod } from './stringMethods.ts'
import type { FunctionSugar, ScriptValue, Sugared } from './sugar.ts'
import { listOf } from './typeRelations.ts'
import { typeTestValue } from './unions.ts'
import { constantOf, describe, emit, materialize, typeOf } from './values.ts'
import { wantedArguments } from './wanted.ts'

export function emitCall(f: FunctionContext, node: t.CallExpression | t.OptionalCallExpression): Sugared {
  if (node.type === 'OptionalCallExpression') return emitOptionalChain(f, node) ?? emitCall(f, plainCall(node))
  const { callee } = node
  if (callee.type === 'Import') return fail(messages.unsupportedExpression(f.span(node), { what: 'a dynamic import' }))
  if (callee.type === 'Identifier' && (callee.name === 'eval' || callee.name === 'Function'))
    return fail(messages.dynamicCode(f.span(node), { what: `\`${callee.name}\``, hint: 'write the code itself' }))
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier') {
    if (callee.object.type === 'Super') return callSuper(f, callee.property.name, openArguments(f, node), node)
    if (callee.object.type === 'Identifier' && isHostGlobal(f, callee.object.name))
      return fail(messages.hostCall(f.span(node), { name: f.shortText(node) }))
    return emitFilled(f, callee, node) ?? memberCall(f, emitExpression(f, callee.object), callee.property.name, callee, node)
  }
  const base = callee.type === 'Super' ? constructBase(f, openArguments(f, node).positional, node) : null
  if (base) return base
  if (callee.type === 'Super' || callee.type === 'V8IntrinsicIdentifier')
    return fail(messages.unsupportedExpression(f.span(node), { what: '`super(...)` outside a constructor' }))
  return callSugar(f, emitExpression(f, callee), node)
}

/** A chain whose `?.` were all read is an ordinary call. */
function plainCall(node: t.OptionalCallExpression): t.CallExpression {
  const { callee } = node
  const plain = callee.type === 'OptionalMemberExpression' ? ({ ...callee, type: 'MemberExpression' } as t.MemberExpression) : callee
  return { ...node, type: 'CallExpression', callee: plain } as t.CallExpression
}

/** Arguments of script code, which may have a rest parameter. */
function openArguments(f: FunctionContext, node: t.CallExpression, callee?: FunctionSugar): CallArguments {
  const nodes = node.arguments as (t.Expression | t.SpreadElement)[]
  return { positional: emitArguments(f, nodes, node, callee && wantedArguments(f, callee)), named: {}, nodes }
}

export function readArguments(f: FunctionContext, node: t.CallExpression): CallArguments {
  const positional = emitElements(f, node.arguments as (t.Expression | t.SpreadElement)[], node)
  return { positional, named: {}, nodes: node.arguments }
}

/** Operators take their options in one object at the end. */
function operatorArguments(f: FunctionContext, node: t.CallExpression, self: Sugared | null): CallArguments {
  const { positional, nodes } = readArguments(f, node)
  const last = positional.at(-1)
  const rest = last?.kind === 'object' ? positional.slice(0, -1) : positional
  const named = last?.kind === 'object' ? Object.fromEntries(last.fields) : {}
  return { positional: self ? [self, ...rest] : rest, named, nodes: self ? [node.callee, ...nodes] : nodes }
}

/** A call of what an expression stands for. */
export function callSugar(f: FunctionContext, callee: Sugared, node: t.CallExpression): Sugared {
  switch (callee.kind) {
    case 'function':
      return callFunction(f, callee, openArguments(f, node, callee), node)
    case 'choice':
      return withChoice(f, callee, node, (option) => callSugar(f, option, node))
    case 'host':
      return callHost(f, callee, readArguments(f, node), node)
    case 'traced':
      return callTraced(f, callee, readArguments(f, node).positional, node)
    case 'closure':
      return inlineClosure(f, callee, openArguments(f, node).positional, node, callee.ignoresExtra)
    case 'operator':
      return (
        callApi(f, callee.home, callee.name, operatorArguments(f, node, null), node) ??
        fail(unknownOperator(f, callee.home, callee.name, node.callee.type === 'MemberExpression' ? node.callee.property : node.callee))
      )
    case 'builtin':
      return dottedBuiltin(f, callee.name, node)
    case 'namespace':
      if (callee.name === 'Number' || callee.name === 'String') return callConversion(f, callee.name, readArguments(f, node), node)
      return fail(messages.notCallable(f.span(node.callee), { type: describe(callee) }))
    case 'value':
      if (callee.type.kind === 'class') return callMethod(f, callee, 'forward', openArguments(f, node), node)
      if (callee.type.kind === 'optional') return fail(messages.possiblyNull(f.span(node.callee), { text: f.shortText(node.callee) }))
      return fail(messages.notCallable(f.span(node.callee), { type: describe(callee) }))
    case 'class':
      return fail(messages.notCallable(f.span(node.callee), { type: describe(callee) }))
    case 'poison':
    case 'uninitialized':
    case 'conflict':
      return materialize(f, callee, node.callee)
    default:
      return fail(messages.notCallable(f.span(node.callee), { type: describe(callee) }))
  }
}

function dottedBuiltin(f: FunctionContext, name: string, node: t.CallExpression): Sugared {
  if (name === 'Array.isArray')
    return (
      typeTestValue(f, node) ?? fail(messages.argumentCount(f.span(node), { name, expected: '1 argument', actual: node.arguments.length }))
    )
  // `Math.max(...xs)` of an array whose length only the run knows.
  const all = name === 'Math.min' || name === 'Math.max' ? spreadArgument(f, node) : null
  if (all) return scalarCall(f, `prim::${name.slice(5)}`, [all], node, name)
  const args = readArguments(f, node)
  if (name === 'tensor') return callBuiltin(f, name, operatorArguments(f, node, null), node)
  const dot = name.indexOf('.')
  if (dot < 0) return name === 'Boolean' ? callConversion(f, 'Boolean', args, node) : callBuiltin(f, name, args, node)
  const [home, method] = [name.slice(0, dot), name.slice(dot + 1)]
  switch (home) {
    case 'Math':
      return callMath(f, method, args, node)
    case 'console':
      return callConsole(f, method, args, node)
    case 'Number':
      if (['isInteger', 'isSafeInteger', 'isFinite', 'isNaN'].includes(method))
        return scalarCall(f, `js::Number.${method}`, args.positional, node, name)
      if (method === 'parseFloat' || method === 'parseInt') return scalarCall(f, `js::${method}`, args.positional, node, name)
      break
    case 'String':
      if (method === 'fromCharCode')
        return (
          tryScalar(f, 'js::fromCharCode', args.positional, node) ??
          fail(messages.notAssignable(f.span(node), { source: args.positional.map(describe).join(', '), target: 'int', where: '' }))
        )
      break
    case 'Object':
      if (method === 'is') return scalarCall(f, 'js::Object.is', args.positional, node, name)
      return callObject(f, method, args.positional, node)
    case 'Array':
      if (method === 'from') return callArrayFrom(f, args, node)
      break
  }
  return fail(messages.unsupportedExpression(f.span(node), { what: `\`${name}\`` }))
}

export function memberCall(f: FunctionContext, object: Sugared, name: string, callee: t.MemberExpression, node: t.CallExpression): Sugared {
  const type = typeOf(object)
  if (object.kind === 'array') return callListMethod(f, object, name, callee, node)
  if (object.kind === 'choice') return withChoice(f, object, node, (option) => memberCall(f, option, name, callee, node))
  if (object.kind === 'sequence') return callSequenceMethod(f, object, name, callee, node)
  if (type?.kind === 'string') return callStringMethod(f, object, name, callee, node)
  if (type?.kind === 'int' || type?.kind === 'float') return callNumberMethod(f, object, name, callee, node)
  if (object.kind !== 'value') return callSugar(f, property(f, object, name, callee), node)
  switch (object.type.kind) {
    case 'tensor':
      return callTensorMethod(f, object, name, callee, node)
    case 'dict':
    case 'set':
      return callDictMethod(f, object, name, callee, node)
    case 'list':
    case 'tuple':
      return callListMethod(f, object, name, callee, node)
    case 'class':
      {
        const field = recordField(f, object, name, callee)
        if (field) return callSugar(f, field, node)
        if (fieldsOf(f.program, object.type) && !objectClass(f.program, object.type))
          return noProperty(f, object, name, callee, fieldsOf(f.program, object.type)!.keys())
      }
      {
        const container = callContainer(f, object, name, callee, node)
        if (container) return container
        // `this.conv(x)`: the arguments are read where the field is called.
        const field = findMethod(f, object, name, node) ? null : fieldSugar(f, object, name, callee)
        if (field) return callSugar(f, field, node)
      }
      return callMethod(f, object, name, openArguments(f, node), node, callee)
    case 'future':
      return name === 'wait' ? resolved(object, object.type) : noProperty(f, object, name, callee, ['wait'])
    case 'optional':
      return fail(messages.possiblyNull(f.span(callee.object), { text: f.shortText(callee.object) }))
    case 'union':
      if (isOfClasses(f, object)) return withExactClass(f, object, node, null, (one) => memberCall(f, one, name, callee, node))
      return noProperty(f, object, name, callee, [])
    default:
      return noProperty(f, object, name, callee, [])
  }
}

/** What `ModuleList` and `ModuleDict` offer besides their children. */
function callContainer(
  f: FunctionContext,
  object: ScriptValue,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared | null {
  const children = ['at', 'map', 'forEach', 'reduce', 'slice', 'entries', 'children', 'values'].includes(name)
    ? sequenceOf(f, object, callee.object)
    : null
  if (children && name === 'entries') {
    return {
      kind: 'array',
      elements: Array.from({ length: children.length }, (_, i) => ({ kind: 'array', elements: [constantInt(i), children.element(i)] })),
    }
  }
  if (children && (name === 'children' || name === 'values')) return children
  if (children) return callSequenceMethod(f, children, name, callee, node)
  const record = ['get', 'has', 'keys', 'values', 'entries'].includes(name) ? recordOf(f, object, callee.object) : null
  if (!record) return null
  if (name === 'entries') return entriesOf(record)
  if (name === 'keys') return { kind: 'array', elements: [...record.keys()].map(constantString) }
  if (name === 'values') return { kind: 'array', elements: [...record.values()] }
  const [wanted = constantString('')] = readArguments(f, node).positional
  const key = constantOf(wanted)
  if (name === 'get' && key === undefined && typeOf(wanted)?.kind === 'string') return chooseByName(f, record, wanted, node)
  if (typeof key !== 'string') return fail(messages.constantNeeded(f.span(node), { what: 'the name of the module' }))
  if (name === 'has') return constantBool(record.has(key))
  return record.get(key) ?? noProperty(f, object, key, callee, record.keys())
}

function callTensorMethod(
  f: FunctionContext,
  tensor: Extract<Sugared, { kind: 'value' }>,
  name: string,
  callee: t.MemberExpression,
  node: t.CallExpression,
): Sugared {
  if (name === 'index' || name === 'indexPut_' || name === 'at') {
    const made = callIndexing(f, tensor, name, readArguments(f, node), node)
    if (made) return made
  }
  const read = readBack(f, tensor, name, node)
  if (read) return read
  const entry = findByApi('Tensor', name)
  if (!entry) {
    const { hint, extra } = misspelt(name, namesOf('Tensor'), callee.property)
    return fail(
      hint.hint || !findByApi('torch', name)
        ? messages.noSuchProperty(f.span(callee.property), { type: 'Tensor', name, ...hint }, extra)
        : unknownOperator(f, 'Tensor', name, callee.property),
    )
  }
  return callApi(f, 'Tensor', name, operatorArguments(f, node, tensor), node)!
}

/** `x.item()`, `x.toArray()`: tensors as numbers of the program. */
function readBack(f: FunctionContext, tensor: ScriptValue, name: string, node: t.CallExpression): Sugared | null {
  if (name === 'item') return emit(f, 'aten::item', [tensor], scalarType(tensor.type), node)
  if (name !== 'toArray' || tensor.type.kind !== 'tensor') return null
  if (tensor.type.shape === null) return fail(messages.constantNeeded(f.span(node), { what: 'the rank of a tensor that becomes an array' }))
  let type: Type = scalarType(tensor.type)
  for (const _ of tensor.type.shape) type = listOf(type)
  return emit(f, 'aten::tolist', [tensor], type, node)
}

function callNumberMethod(f: FunctionContext, object: Sugared, name: string, callee: t.MemberExpression, node: t.CallExpression): Sugared {
  const { positional } = readArguments(f, node)
  if (numberMethods.includes(name)) {
    if ((name === 'toString' || name === 'toPrecision') && positional.length === 0) return tryScalar(f, 'aten::str', [object], node)!
    const digits = positional[0] ?? ({ kind: 'constant', value: { kind: 'int', value: 0 } } as const)
    const made = tryScalar(f, `js::${name}`, [object, digits], node)
    if (made) return made
  }
  return noProperty(f, object, name, callee, numberMethods)
}

const numberMethods = ['toFixed', 'toPrecision', 'toExponential', 'toString']
