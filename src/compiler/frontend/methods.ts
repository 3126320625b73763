/** Methods of modules: found in the class of the instance or its bases, compiled for each instance, called by prim::CallMethod. */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import type { EvaluatedModule } from '../program.ts'
import { constantNull } from './constants.ts'
import { type CompiledFunction, type FunctionContext, fail, poisonFailed } from './context.ts'
import { declaredMember, declaresGetter, isExact, withExactClass } from './dispatch.ts'
import { emitExpression } from './expressions.ts'
import { misspelt } from './fixes.ts'
import { checkArgumentCount, compileBody, inlineClosure } from './functions.ts'
import { typeArgumentsFor, within } from './generics.ts'
import { libraryClass } from './members.ts'
import { moduleScope, resolveName } from './moduleScope.ts'
import { objectClass } from './objects.ts'
import type { CallArguments } from './operatorCalls.ts'
import { parametersOf } from './parameters.ts'
import { fieldsOf } from './records.ts'
import { Scope } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { fits, sharpen, typeText } from './typeRelations.ts'
import { describe, materialize, typeOf, value } from './values.ts'
import { noteCall } from './writtenTensors.ts'

interface FoundMethod {
  readonly node: t.ClassMethod
  readonly file: string
  readonly className: string
}

type ClassNode = t.ClassDeclaration | t.ClassExpression

export function classNode(f: FunctionContext, file: string, className: string): ClassNode | null {
  const entry = moduleScope(f.program, file)?.names.get(className)
  return entry?.kind === 'class' ? entry.node : null
}

/** The base class that has source here; null at `nn.Module` or where the chain leaves script code. */
export function baseOf(f: FunctionContext, file: string, node: ClassNode): { readonly file: string; readonly name: string } | null {
  const { superClass } = node
  if (!superClass) return null
  if (superClass.type === 'Identifier') {
    if (superClass.name === 'Module') return null
    const outer = f.file
    f.file = file
    try {
      const found = resolveName(f, file, superClass.name, superClass)
      return found?.kind === 'class' ? { file: found.file, name: found.name } : null
    } finally {
      f.file = outer
    }
  }
  if (superClass.type === 'MemberExpression' && superClass.property.type === 'Identifier' && superClass.property.name !== 'Module') {
    const found = libraryClass(f, superClass.property.name, superClass)
    return found?.kind === 'class' ? { file: found.file, name: found.name } : null
  }
  return null
}

export function findInClass(
  f: FunctionContext,
  file: string,
  className: string,
  name: string,
  kinds: readonly string[],
): FoundMethod | null {
  for (let at: { readonly file: string; readonly name: string } | null = { file, name: className }; at; ) {
    const node: ClassNode | null = classNode(f, at.file, at.name)
    if (!node) return null
    for (const member of node.body.body) {
      if (
        member.type === 'ClassMethod' &&
        !member.static &&
        kinds.includes(member.kind) &&
        member.key.type === 'Identifier' &&
        member.key.name === name &&
        member.body
      ) {
        return { node: member, file: at.file, className: at.name }
      }
    }
    at = baseOf(f, at.file, node)
  }
  return null
}

/** The class of an instance and its bases, as far as their source is known; the last is a library class or `Module`. */
export function classChain(f: FunctionContext, instance: EvaluatedModule): readonly string[] {
  const names: string[] = []
  for (let at: { readonly file: string; readonly name: string } | null = { file: instance.classFile, name: instance.className }; at; ) {
    names.push(at.name)
    const node: ClassNode | null = classNode(f, at.file, at.name)
    at = node && baseOf(f, at.file, node)
  }
  return names
}

const instanceOf = (f: FunctionContext, self: ScriptValue) =>
  self.type.kind === 'class' ? f.program.moduleClasses.get(self.type.name)?.instance : undefined

/** Where the class of a receiver is written: a module's, or that of an object. */
function sourceOf(f: FunctionContext, self: ScriptValue): { readonly file: string; readonly className: string } | null {
  const instance = instanceOf(f, self)
  return instance ? { file: instance.classFile, className: instance.className } : objectClass(f.program, self.type)
}

export function findMethod(f: FunctionContext, self: ScriptValue, name: string, node: t.Node): FoundMethod | null {
  const source = sourceOf(f, self)
  if (!source) return null
  if (!classNode(f, source.file, source.className))
    fail(messages.moduleNotAvailable(f.span(node), { name: source.className, specifier: source.file }))
  return findInClass(f, source.file, source.className, name, ['method'])
}

/** `this.module(x)`, `module.method(x)`. */
export function callMethod(
  f: FunctionContext,
  self: ScriptValue,
  name: string,
  args: CallArguments,
  node: t.CallExpression,
  callee?: t.MemberExpression,
): Sugared {
  if (isExact(f, self)) return callExact(f, self, name, args, node, callee)
  return withExactClass(f, self, node, declaredMember(f, self.type, name), (exact) => callExact(f, exact, name, args, node, callee))
}

function callExact(
  f: FunctionContext,
  self: ScriptValue,
  name: string,
  args: CallArguments,
  node: t.CallExpression,
  callee: t.MemberExpression | undefined,
): Sugared {
  const found = findMethod(f, self, name, node)
  if (found) return callFound(f, self, found, name, args.positional, node)
  const source = sourceOf(f, self)!
  const fields = instanceOf(f, self)?.fields ?? fieldsOf(f.program, self.type) ?? new Map<string, Type>()
  const names = [...fields.keys(), ...methodNames(f, source.file, source.className)]
  const at = callee?.property ?? node.callee
  const { hint, extra } = misspelt(name, names, at)
  return fail(messages.noSuchProperty(f.span(at), { type: source.className, name, ...hint }, extra))
}

function methodNames(f: FunctionContext, file: string, className: string): readonly string[] {
  return (
    classNode(f, file, className)?.body.body.flatMap((member) =>
      member.type === 'ClassMethod' && member.key.type === 'Identifier' ? [member.key.name] : [],
    ) ?? []
  )
}

export function callSuper(f: FunctionContext, name: string, args: CallArguments, node: t.CallExpression): Sugared {
  const { self, owner } = f.frame
  const own = owner && classNode(f, owner.file, owner.className)
  const base = own && baseOf(f, owner.file, own)
  const found = base && findInClass(f, base.file, base.name, name, ['method'])
  if (!self || !found) return fail(messages.noSuchProperty(f.span(node.callee), { type: 'the base class', name }))
  return callFound(f, self, found, `super.${name}`, args.positional, node)
}

export function callGetter(
  f: FunctionContext,
  self: ScriptValue,
  name: string,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared | null {
  const source = sourceOf(f, self)
  if (!source || !(declaresGetter(f, self.type, name) || findInClass(f, source.file, source.className, name, ['get']))) return null
  return withExactClass(f, self, node, declaredMember(f, self.type, name), (exact) => runGetter(f, exact, name, node))
}

function runGetter(f: FunctionContext, self: ScriptValue, name: string, node: t.MemberExpression | t.OptionalMemberExpression): Sugared {
  const { file, className } = sourceOf(f, self)!
  const found = findInClass(f, file, className, name, ['get'])
  if (!found) return fail(messages.noSuchProperty(f.span(node.property), { type: className, name }))
  const call = {
    type: 'CallExpression',
    callee: node,
    arguments: [],
    start: node.start,
    end: node.end,
    loc: node.loc,
  } as unknown as t.CallExpression
  return inlineClosure(
    f,
    { kind: 'closure', name, node: found.node, scope: new Scope(null), file: found.file, self, owner: ownerOf(found) },
    [],
    call,
  )
}

const ownerOf = ({ file, className }: FoundMethod): { readonly file: string; readonly className: string } => ({ file, className })

function callFound(
  f: FunctionContext,
  self: ScriptValue,
  found: FoundMethod,
  name: string,
  positional: readonly Sugared[],
  node: t.CallExpression,
): Sugared {
  const parameters = within(f, found.file, typeArgumentsFor(f, self, ownerOf(found)), () => parametersOf(f, found.node))
  checkArgumentCount(f, { name: name === 'forward' ? found.className : name, file: found.file }, parameters, positional, node)
  if (
    f.resources.length > 0 ||
    parameters.some((p) => p.rest || p.buildTime || p.pattern.type !== 'Identifier') ||
    positional.some((argument) => typeOf(argument) === null)
  ) {
    return f.program.atSite(found.file, f.span(node), () =>
      inlineClosure(
        f,
        { kind: 'closure', name, node: found.node, scope: new Scope(null), file: found.file, self, owner: ownerOf(found) },
        positional,
        node,
      ),
    )
  }
  const types = parameters.map((parameter, i): Type | null => {
    const argument = positional[i]
    if (!argument) return null
    const at = node.arguments[i] ?? node
    const type = typeOf(argument)!
    if (parameter.declared === null) return type
    if (!fits(type, parameter.declared) && argument.kind !== 'array') {
      if (type.kind === 'optional' && fits(type.element, parameter.declared))
        return fail(messages.possiblyNull(f.span(at), { text: f.shortText(at) }))
      return fail(
        messages.notAssignable(f.span(at), {
          source: describe(argument),
          target: typeText(parameter.declared),
          where: ` of the parameter \`${parameter.name}\``,
        }),
      )
    }
    return sharpen(parameter.declared, type)
  })
  const compiled = f.program.atSite(found.file, f.span(node), () => compileMethod(f, self, found, name, types, node))
  poisonFailed(f.program, compiled.function)
  const inputs = parameters.map((parameter, i) => {
    const argument = positional[i]
    if (argument) return materialize(f, argument, node.arguments[i] ?? node, compiled.function.parameters[i]!)
    return materialize(
      f,
      parameter.initial ? readDefault(f, found.file, parameter.initial) : constantNull,
      node,
      compiled.function.parameters[i]!,
    )
  })
  noteCall(f, compiled.function, inputs, node)
  const range = f.range(node)
  const id = f.emitter.op('prim::CallMethod', [self.id, ...inputs.map((input) => input.id)], compiled.function.result, range, {
    attributes: { name: { kind: 'name', value: compiled.method } },
  })
  return compiled.function.result.kind === 'none' ? { kind: 'void' } : value(id, compiled.function.result, range)
}

function readDefault(f: FunctionContext, file: string, initial: t.Expression): Sugared {
  const outer = { file: f.file, scope: f.scope }
  f.file = file
  f.scope = new Scope(null)
  try {
    return emitExpression(f, initial)
  } finally {
    f.file = outer.file
    f.scope = outer.scope
  }
}

/** Compiles a method of one instance for these argument types; registers it in the class under `method`. */
export function compileMethod(
  f: FunctionContext | { readonly program: FunctionContext['program'] },
  self: ScriptValue,
  found: FoundMethod,
  name: string,
  argumentTypes: readonly (Type | null)[],
  at: t.Node,
): { readonly method: string; readonly function: CompiledFunction } {
  const className = (self.type as Extract<Type, { kind: 'class' }>).name
  const id = `${className}.${found.className}.${name}(${argumentTypes.map((type) => (type ? typeText(type) : '')).join(', ')})`
  const { program } = f
  const methods = program.classes.get(className)!.methods as Map<string, string>
  let compiled = program.compiled.get(id)
  if (compiled === null) {
    const stack = program.callStack
    const cycle = [...stack.slice(stack.findIndex((call) => call.id === id)).map((call) => call.name), `${className}.${name}`].join(' -> ')
    return fail(
      messages.recursiveCall(
        { file: 'file' in f ? f.file : found.file, start: at.start ?? 0, end: at.end ?? 0 },
        { name, cycle, hint: 'write the recursion as a loop' },
      ),
    )
  }
  if (!compiled) {
    program.compiled.set(id, null)
    program.callStack.push({ id, name: `${className}.${name}` })
    try {
      compiled = compileBody(f, found.file, found.node, `${className}.${name}`, argumentTypes, self.type, {
        file: found.file,
        className: found.className,
      })
      program.compiled.set(id, compiled)
      let free = name
      for (let i = 1; methods.has(free); i++) free = `${name}_${i}`
      methods.set(free, compiled.key)
    } finally {
      program.callStack.pop()
      if (program.compiled.get(id) === null) program.compiled.delete(id)
    }
  }
  const { key } = compiled
  const method = [...methods].find(([, value]) => value === key)![0]
  return { method, function: compiled }
}
