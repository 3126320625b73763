/**
 * Functions. A top-level function is compiled once for each set of argument types and called (prim::CallFunction); one that takes
 * functions or modules, and every local function, is inlined at the call with the variables of its scope.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { callSugar } from './calls.ts'
import { constantNull } from './constants.ts'
import { type CompiledFunction, type Frame, FunctionContext, fail, poisonFailed } from './context.ts'
import { emitBranch, noRefinements } from './control.ts'
import { isOfClasses } from './dispatch.ts'
import { reportPending, untilKnown } from './empties.ts'
import { emitExpression } from './expressions.ts'
import { enterFrame, forgetFrame, newFrame } from './frames.ts'
import { mentionsFuture, refuseFuture } from './futures.ts'
import { inferred, typeArgumentsFor, typeNodesOf, typeParametersOf } from './generics.ts'
import type { CallArguments } from './operatorCalls.ts'
import { type Parameter, parametersOf, refuseAsync, resultAnnotation } from './parameters.ts'
import { assignPattern } from './patterns.ts'
import { conformObject, fieldsOf } from './records.ts'
import { Scope } from './scope.ts'
import { restArgument, spreadOf } from './spread.ts'
import { emitBody } from './statements.ts'
import type { ClosureSugar, FunctionNode, FunctionSugar, ScriptValue, Sugared } from './sugar.ts'
import { typeOfAnnotation } from './typeAnnotations.ts'
import { erase, fits, optionalOf, sharpen, types, typeText } from './typeRelations.ts'
import { asDeclared, describe, emit, materialize, typeOf, value } from './values.ts'
import { isWritten } from './writes.ts'
import { noteCall } from './writtenTensors.ts'

/** A function, and the file that declares its parameters. */
interface Named {
  readonly name: string
  readonly file: FunctionContext['file']
}

/** Arguments by parameter, null for those that are left out. */
function matchArguments(
  f: FunctionContext,
  callee: Named,
  parameters: readonly Parameter[],
  positional: readonly Sugared[],
  node: t.CallExpression,
): readonly (Sugared | null)[] {
  checkArgumentCount(f, callee, parameters, positional, node)
  return parameters.map((parameter, i) => (parameter.rest ? restArgument(f, positional.slice(i), node) : (positional[i] ?? null)))
}

/** Too few arguments are reported at what is called, too many at the first that has no parameter. */
export function checkArgumentCount(
  f: FunctionContext,
  { name, file }: Named,
  parameters: readonly Parameter[],
  positional: readonly Sugared[],
  node: t.CallExpression,
): void {
  const rest = parameters.findIndex((p) => p.rest)
  const spread = positional.findIndex(spreadOf)
  if (spread >= 0 && (rest < 0 || spread < rest)) fail(messages.spreadLength(f.span(spreadOf(positional[spread]!)!)))
  const required = parameters.filter((p) => !p.initial && !p.optional && !p.rest).length
  const most = parameters.some((p) => p.rest) ? Infinity : parameters.length
  if (positional.length >= required && positional.length <= most) return
  const expected = required === most ? count(required) : most === Infinity ? `at least ${count(required)}` : `${required} to ${count(most)}`
  const given = { name, expected, actual: positional.length }
  if (positional.length > most) {
    const spread = node.arguments.findIndex((argument) => argument.type === 'SpreadElement')
    const surplus = node.arguments[spread >= 0 && spread < most ? spread : most]
    fail(messages.argumentCount(f.span(surplus ?? node), given))
  }
  const missing = parameters[positional.length]!
  const declared = { message: `\`${missing.name}\` is declared here`, file, start: missing.node.start ?? 0, end: missing.node.end ?? 0 }
  fail(messages.argumentCount(f.span(node.callee), given, { related: [declared] }))
}

const count = (n: number): string => (n === 1 ? '1 argument' : `${n} arguments`)

export function callFunction(f: FunctionContext, callee: FunctionSugar, args: CallArguments, node: t.CallExpression): Sugared {
  return callFunctionWith(f, callee, args.positional, node)
}

function callFunctionWith(f: FunctionContext, callee: FunctionSugar, positional: readonly Sugared[], node: t.CallExpression): Sugared {
  const probe = new FunctionContext(f.program, callee.file, new Scope(null), f.frame)
  const parameters = parametersOf(probe, callee.node)
  const inline =
    f.resources.length > 0 ||
    neverReturns(callee.node) ||
    parameters.some((p) => p.rest || p.pattern.type !== 'Identifier') ||
    (typeNodesOf(node).length > 0 && typeParametersOf(callee.node).length > 0) ||
    positional.some((argument, i) => (typeOf(argument) === null && !takesItsType(argument, parameters[i])) || isModule(f, argument)) ||
    (parameters.some((p) => p.buildTime) && !positional.every((argument) => isPlain(f, argument)))
  if (inline)
    return inlineClosure(
      f,
      { kind: 'closure', name: callee.name, node: callee.node, scope: new Scope(null), file: callee.file, self: null },
      positional,
      node,
    )
  const matched = matchArguments(f, callee, parameters, positional, node)
  const argumentTypes = parameters.map((parameter, i) => argumentType(f, callee.file, parameter, matched[i]!, node, i))
  const compiled = compileFunction(f, callee, argumentTypes, node)
  poisonFailed(f.program, compiled)
  const inputs = matched.map((argument, i) =>
    argument === null
      ? defaultArgument(f, callee, parameters[i]!, compiled.parameters[i]!)
      : materialize(f, argument, argumentNode(node, i), compiled.parameters[i]!),
  )
  noteCall(f, compiled, inputs, node)
  const range = f.range(node)
  const result = f.emitter.op(
    'prim::CallFunction',
    inputs.map((input) => input.id),
    compiled.result,
    range,
    { attributes: { name: { kind: 'name', value: compiled.key } } },
  )
  return compiled.result.kind === 'none' ? { kind: 'void' } : value(result, compiled.result, range)
}

/** A function that is declared to throw: where it is called, nothing follows. */
const neverReturns = ({ returnType }: FunctionNode): boolean =>
  returnType?.type === 'TSTypeAnnotation' && returnType.typeAnnotation.type === 'TSNeverKeyword'

const isModule = (f: FunctionContext, sugar: Sugared): boolean =>
  sugar.kind === 'value' && sugar.type.kind === 'class' && f.program.moduleClasses.has(sugar.type.name)
const isPlain = (f: FunctionContext, sugar: Sugared): boolean => typeOf(sugar) !== null && !isModule(f, sugar)
const argumentNode = (node: t.CallExpression, i: number): t.Node => node.arguments[i] ?? node

function argumentType(
  f: FunctionContext,
  file: string,
  parameter: Parameter,
  argument: Sugared | null,
  node: t.CallExpression,
  i: number,
): Type | null {
  if (argument === null) return null
  const type = typeOf(argument) ?? materialize(f, argument, argumentNode(node, i), parameter.declared ?? undefined).type
  if (parameter.declared === null) return type
  const isEmpty = argument.kind === 'array' && argument.elements.length === 0
  if (!isEmpty && !fits(type, parameter.declared) && !(argument.kind === 'array')) {
    const related = [
      { message: `\`${parameter.name}\` is declared here`, file, start: parameter.node.start ?? 0, end: parameter.node.end ?? 0 },
    ]
    if (type.kind === 'optional' && fits(type.element, parameter.declared))
      return fail(messages.possiblyNull(f.span(argumentNode(node, i)), { text: f.shortText(argumentNode(node, i)) }))
    return fail(
      messages.notAssignable(
        f.span(argumentNode(node, i)),
        { source: describe(argument), target: typeText(parameter.declared), where: ` of the parameter \`${parameter.name}\`` },
        { related },
      ),
    )
  }
  return sharpen(parameter.declared, type)
}

/** `[]` is of the type that the parameter declares. */
const takesItsType = (argument: Sugared, parameter: Parameter | undefined): boolean =>
  argument.kind === 'array' && argument.elements.length === 0 && parameter?.declared?.kind === 'list'

/** A default is read at the call, in the scope of the callee's file. */
function defaultArgument(f: FunctionContext, callee: FunctionSugar, parameter: Parameter, type: Type): ScriptValue {
  if (!parameter.initial) return materialize(f, constantNull, parameter.node, type)
  const outer = { file: f.file, scope: f.scope }
  f.file = callee.file
  f.scope = new Scope(null)
  try {
    return materialize(f, emitExpression(f, parameter.initial), parameter.initial, type)
  } finally {
    f.file = outer.file
    f.scope = outer.scope
  }
}

/** Compiles a function for these argument types (null: the argument is left to its default), or finds it compiled. */
export function compileFunction(
  f: FunctionContext,
  callee: FunctionSugar,
  argumentTypes: readonly (Type | null)[],
  at: t.Node,
): CompiledFunction {
  const { program } = f
  // The entry takes its arguments from the host: where it calls itself, that is another function.
  const place = program.callStack.length === 0 ? 'entry ' : ''
  const id = `${place}${callee.file}#${callee.name}(${argumentTypes.map((type) => (type ? typeText(type) : '')).join(', ')})`
  const known = program.compiled.get(id)
  if (known) return known
  if (known === null) return recursive(f, callee, id, argumentTypes, at)
  const key = program.uniqueName(callee.name)
  program.compiled.set(id, null)
  program.open.set(id, key)
  program.callStack.push({ id, name: callee.name })
  try {
    const compiled = compileBody(f, callee.file, callee.node, callee.name, argumentTypes, null, null, key)
    program.compiled.set(id, compiled)
    return compiled
  } finally {
    program.callStack.pop()
    program.open.delete(id)
    if (program.compiled.get(id) === null) program.compiled.delete(id)
  }
}

/** A function that is being compiled, as its declaration has it: it stays a function of the program, so it has no tensors. */
function recursive(
  f: FunctionContext,
  callee: FunctionSugar,
  id: string,
  argumentTypes: readonly (Type | null)[],
  at: t.Node,
): CompiledFunction {
  const stack = f.program.callStack
  const cycle = [...stack.slice(stack.findIndex((call) => call.id === id)).map((call) => call.name), callee.name].join(' -> ')
  const context = new FunctionContext(f.program, callee.file, new Scope(null), f.frame)
  const result = resultAnnotation(context, callee.node)
  const parameters = parametersOf(context, callee.node).map((parameter, i) => argumentTypes[i] ?? parameter.declared)
  const plain = (type: Type | null): type is Type => type !== null && isPlainData(f.program, type)
  if (!result || !plain(result) || !parameters.every(plain))
    return fail(
      messages.recursiveCall(f.span(at), {
        name: callee.name,
        cycle,
        hint: result ? 'write the recursion as a loop' : `declare the result type of \`${callee.name}\``,
      }),
    )
  return { key: f.program.open.get(id)!, parameters, result, writes: [], errors: [] }
}

function isPlainData(program: FunctionContext['program'], type: Type, seen: ReadonlySet<string> = new Set()): boolean {
  const inside = (inner: Type): boolean => isPlainData(program, inner, seen)
  switch (type.kind) {
    case 'optional':
    case 'list':
    case 'set':
      return inside(type.element)
    case 'tuple':
      return type.elements.every(inside)
    case 'dict':
      return inside(type.key) && inside(type.value)
    case 'class': {
      if (seen.has(type.name)) return true
      const fields = fieldsOf(program, type)
      const also = new Set([...seen, type.name])
      return fields !== null && [...fields.values()].every((field) => isPlainData(program, field, also))
    }
    default:
      return ['int', 'float', 'bool', 'string', 'none', 'enum'].includes(type.kind)
  }
}

/** Reads a function into a graph of its own. `self` is the class of the receiver of a method: its first parameter. */
export function compileBody(
  f: FunctionContext | { readonly program: FunctionContext['program'] },
  file: string,
  node: FunctionNode,
  name: string,
  argumentTypes: readonly (Type | null)[],
  self: Type | null,
  owner: Frame['owner'],
  key = f.program.uniqueName(name),
): CompiledFunction {
  const errors = f.program.diagnostics.length
  return untilKnown((empties) => {
    f.program.diagnostics.length = errors
    return readBody(f, file, node, name, key, argumentTypes, self, owner, empties)
  })
}

function readBody(
  f: FunctionContext | { readonly program: FunctionContext['program'] },
  file: string,
  node: FunctionNode,
  name: string,
  key: string,
  argumentTypes: readonly (Type | null)[],
  self: Type | null,
  owner: Frame['owner'],
  empties: Map<string, Type>,
): CompiledFunction {
  const errors = f.program.diagnostics.length
  const scope = new Scope(null)
  const inner = new FunctionContext(f.program, file, scope, newFrame(name, null, null, owner), empties)
  const { emitter } = inner
  const entry = f.program.callStack.length === 1
  refuseAsync(inner, node)
  let selfValue: ScriptValue | null = null
  if (self) {
    const id = emitter.value(self, 'self')
    emitter.root.params.push(id)
    selfValue = value(id, self)
  }
  inner.typeArguments = inferred(inner, node, typeArgumentsFor(inner, self && { type: self }, owner), argumentTypes)
  enterFrame(inner, newFrame(name, resultAnnotation(inner, node), selfValue, owner))
  const parameterTypes: Type[] = []
  for (const [i, parameter] of parametersOf(inner, node).entries()) {
    const type = argumentTypes[i] ?? parameter.declared ?? defaultType(inner, parameter)
    if (type === null) fail(messages.untypedParameter(inner.span(parameter.node), { name: parameter.name }))
    if (entry) refuseFuture(inner, type, parameter.node)
    parameterTypes.push(type)
    // Callers of the program may leave the argument out; calls inside of it have the default filled in.
    const maybe = entry && parameter.initial !== null
    const id = emitter.value(
      maybe ? optionalOf(type) : parameter.declared && !mentionsFuture(parameter.declared) ? parameter.declared : erase(type),
      parameter.name,
    )
    emitter.root.params.push(id)
    emitter.facts.set(id, maybe ? optionalOf(type) : type)
    const given = value(id, type, inner.range(parameter.node))
    inner.roots.set(id, { kind: 'parameter', index: i })
    // The caller's tensor, as it is when it is read.
    const made = entry && parameter.mutable && type.kind === 'tensor' ? emit(inner, 'js::reread', [given], type, parameter.node) : given
    declareParameter(inner, parameter, maybe ? withDefault(inner, made, parameter) : made)
  }
  const result = emitBody(inner, node)
  if (entry) refuseFuture(inner, result.type, node)
  emitter.root.returns.push(result.id)
  reportPending(inner)
  const graph = emitter.finish(key)
  f.program.functions.set(key, graph)
  return {
    key,
    parameters: parameterTypes,
    result: result.type,
    writes: [...inner.writtenParameters],
    errors: f.program.diagnostics.slice(errors),
  }
}

/** An argument of the program, or its default where it is left out. */
function withDefault(f: FunctionContext, argument: ScriptValue, parameter: Parameter): Sugared {
  const { node, initial } = parameter
  const given: ScriptValue = { ...argument, type: optionalOf(argument.type) }
  const nullable = parameter.declared?.kind === 'optional'
  const test = nullable
    ? emit(f, 'js::isAbsent', [given], types.bool, node)
    : emit(f, 'aten::__is__', [given, materialize(f, constantNull, node)], types.bool, node)
  return emitBranch(
    f,
    node,
    { test, whenTrue: noRefinements, whenFalse: noRefinements },
    () => materialize(f, emitExpression(f, initial!), initial!, argument.type),
    () => emit(f, 'prim::unchecked_cast', [given], argument.type, node),
  ).result!
}

function defaultType(f: FunctionContext, parameter: Parameter): Type | null {
  const { initial } = parameter
  if (!initial) return null
  const type = typeOf(emitExpression(f, initial))
  return type
}

function declareParameter(f: FunctionContext, parameter: Parameter, argument: Sugared): void {
  if (parameter.pattern.type === 'Identifier') {
    const { name, declared } = parameter
    const annotation = parameter.annotation && { node: parameter.annotation, file: f.file }
    const binding = f.scope.declare({ name, declared, kind: 'parameter', span: f.span(parameter.node), annotation })
    f.state.values.set(binding, argument)
  } else assignPattern(f, parameter.pattern, argument, 'const', parameter.node)
}

/** The body of a local function, a callback or a function with function parameters, read at the call. */
export function inlineClosure(
  f: FunctionContext,
  callee: ClosureSugar,
  positional: readonly Sugared[],
  node: t.CallExpression,
  ignoreExtra = false,
): Sugared {
  if (f.inlining.includes(callee.node))
    return fail(
      messages.recursiveCall(f.span(node), {
        name: callee.name,
        cycle: `${callee.name} -> ${callee.name}`,
        hint: f.resources.length > 0 ? 'call it before the `using` of this block' : 'make it a function of the file, or write a loop',
      }),
    )
  const outer = { file: f.file, scope: f.scope, frame: f.frame, loops: f.loops, typeArguments: f.typeArguments }
  const callSite = { file: f.file, node }
  const written = typeNodesOf(node).map((type) => typeOfAnnotation(f, type))
  f.inlining.push(callee.node)
  f.sites.push(node)
  f.file = callee.file
  f.scope = new Scope(callee.scope)
  f.loops = []
  try {
    refuseAsync(f, callee.node)
    const around = callee.typeArguments ?? typeArgumentsFor(f, callee.self, callee.owner)
    f.typeArguments = inferred(f, callee.node, around, positional.map(typeOf), written)
    const parameters = parametersOf(f, callee.node)
    const given = ignoreExtra ? positional.slice(0, Math.max(parameters.length, 0)) : positional
    f.file = callSite.file
    const matched = matchArguments(f, callee, parameters, given, node)
    f.file = callee.file
    const receiver = callee.receiver ?? (callee.self ? null : outer.frame.receiver)
    const frame = newFrame(callee.name, resultAnnotation(f, callee.node), callee.self, callee.owner ?? outer.frame.owner, receiver)
    enterFrame(f, frame)
    for (const [i, parameter] of parameters.entries()) {
      const argument = matched[i] ?? (parameter.initial ? emitExpression(f, parameter.initial) : constantNull)
      declareParameter(f, parameter, inlineArgument(f, parameter, argument, argumentNode(node, i), callSite.file))
    }
    callee.prologue?.()
    return emitInlineBody(f, callee.node)
  } finally {
    f.inlining.pop()
    f.sites.pop()
    f.file = outer.file
    f.scope = outer.scope
    f.frame = outer.frame
    f.loops = outer.loops
    f.typeArguments = outer.typeArguments
  }
}

function inlineArgument(f: FunctionContext, parameter: Parameter, argument: Sugared, node: t.Node, file: string): Sugared {
  if (argument.kind === 'object' && [...argument.fields.keys()].some((name) => isWritten(f.program, name)))
    return materialize(f, argument, node, parameter.declared ?? undefined)
  if (argument.kind === 'object' && parameter.declared !== null) return conformObject(f, argument, parameter.declared, node)
  if (typeOf(argument) === null || parameter.declared === null)
    return argument.kind === 'array' && !parameter.rest && typeOf(argument) !== null ? materialize(f, argument, node) : argument
  const outer = f.file
  f.file = file
  try {
    if (argument.kind === 'constant' && fits(typeOf(argument)!, parameter.declared) && parameter.declared.kind !== 'optional')
      return argument
    const made = materialize(f, argument, node, parameter.declared)
    // What a parameter is, is what it is declared as: only assignments narrow.
    return parameter.declared.kind === 'union' && !isOfClasses(f, { ...made, type: parameter.declared })
      ? { ...made, type: parameter.declared }
      : asDeclared(made, parameter.declared)
  } finally {
    f.file = outer
  }
}

function emitInlineBody(f: FunctionContext, node: FunctionNode): Sugared {
  const { frame } = f
  if (node.body.type !== 'BlockStatement') {
    const result = emitExpression(f, node.body)
    forgetFrame(f, frame)
    return frame.declaredResult && typeOf(result) !== null ? materialize(f, result, node.body, frame.declaredResult) : result
  }
  const made = emitBody(f, node, true)
  forgetFrame(f, frame)
  return made.type.kind === 'none' ? { kind: 'void' } : made
}

/** Calls what an expression stands for with values at hand: callbacks of array methods. Arguments it does not declare are dropped, as in JavaScript. */
export function callWith(f: FunctionContext, callee: Sugared, positional: readonly Sugared[], node: t.CallExpression): Sugared {
  if (callee.kind === 'closure') return inlineClosure(f, callee, positional, node, true)
  if (callee.kind === 'function') return callFunctionWith(f, callee, positional.slice(0, callee.node.params.length), node)
  const names = positional.slice(0, 1)
  const scope = new Scope(f.scope)
  const outer = f.scope
  f.scope = scope
  try {
    const identifiers = names.map((argument, i) => {
      const binding = scope.declare({ name: `__tsjit_${i}`, declared: null, kind: 'const', span: null })
      f.state.values.set(binding, argument)
      return { type: 'Identifier', name: binding.name, start: node.start, end: node.end, loc: node.loc } as t.Identifier
    })
    return callSugar(f, callee, { ...node, arguments: identifiers })
  } finally {
    f.scope = outer
  }
}
