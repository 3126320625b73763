/**
 * The frontend: from a request (parsed sources, evaluated instances) to a program of typed graphs, or to every diagnostic of it.
 * The entry is a script function, or the `forward` of a module instance and its exported methods; what they call is compiled along with them.
 */
import * as t from '@babel/types'
import { CompileError, diagnosticFromError } from '../diagnostics/diagnostic.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Program } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import type { Diagnostic, Evaluated, EvaluatedModule, ProgramRequest } from '../program.ts'
import { compileTrace } from '../trace/compileTrace.ts'
import { moduleClass } from './capture.ts'
import { FunctionContext, Poisoned, ProgramContext } from './context.ts'
import { type ExportedMethod, exportedMethods } from './exportedMethods.ts'
import { needsNoArguments, rewrite } from './fixes.ts'
import { newFrame } from './frames.ts'
import { compileBody, compileFunction } from './functions.ts'
import { markInstances } from './instances.ts'
import { compileMethod, findMethod } from './methods.ts'
import { localName, moduleScope, resolveExport, resolveName, scriptReferences, type TopLevel, unwrapScript } from './moduleScope.ts'
import { parametersOf } from './parameters.ts'
import { Scope } from './scope.ts'
import type { FunctionNode, ScriptValue } from './sugar.ts'
import { optionalOf } from './typeRelations.ts'
import { FieldFound, untilFieldsKnown } from './widening.ts'

export type SourceResult =
  | {
      readonly ok: true
      readonly program: Program
      /** One an exported method, called `module.method`. */
      readonly methods: readonly Program[]
      readonly warnings: readonly Diagnostic[]
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

export const compileSource = (request: ProgramRequest): SourceResult =>
  untilFieldsKnown((fieldTypes) => readSource(request, new ProgramContext(request, fieldTypes)))

function readSource(request: ProgramRequest, program: ProgramContext): SourceResult {
  let entries: readonly EntryPoint[] = []
  try {
    entries = compileEntries(program, request)
  } catch (error) {
    if (error instanceof FieldFound) throw error
    if (!(error instanceof Poisoned)) program.report(diagnosticFromError(error, { file: request.file, start: 0, end: 0 }))
    if (!(error instanceof Poisoned) && !(error instanceof CompileError) && process.env.TENSORSCRIPT_DEBUG) throw error
  }
  const hasErrors = (): boolean => program.diagnostics.some((diagnostic) => diagnostic.severity === 'error')
  if (!hasErrors()) markInstances(program, new Set(entries.map(({ key }) => key)))
  const { functions, classes, constants, states } = program
  const self = [...program.stateTypes].find(([name]) => program.moduleClasses.get(name)?.instance === program.root)?.[1].name
  const [first, ...methods] = entries.map(({ name, key }): Program => ({ name, entry: key, functions, classes, constants, states, self }))
  if (!first || hasErrors()) return { ok: false, diagnostics: program.diagnostics }
  return { ok: true, program: first, methods, warnings: program.diagnostics }
}

/** A name, and the key of a function of the program. */
interface EntryPoint {
  readonly name: string
  readonly key: string
}

/** None: what is wrong was reported. */
function compileEntries(program: ProgramContext, request: ProgramRequest): readonly EntryPoint[] {
  const scope = moduleScope(program, request.file)
  const whole = { file: request.file, start: 0, end: 0 }
  if (!scope) return notScript(program, request, whole)
  const name = localName(scope, request.name)
  const evaluated = request.evaluated.get(`${request.file}#${name}`)
  if (evaluated?.kind === 'trace') return compileTraces(program, evaluated, request, name)
  if (evaluated?.kind === 'module') return compileModule(program, evaluated, request)
  const found =
    evaluated?.kind === 'function'
      ? { file: evaluated.file, entry: moduleScope(program, evaluated.file)?.names.get(evaluated.name), name: evaluated.name }
      : { file: request.file, entry: scope.names.get(name), name }
  const definition = followFunction(program, request, found)
  if (!definition) return notScript(program, request, whole)
  return [{ name: request.name, key: compileFunctionEntry(program, definition.file, definition.node, request) }]
}

/** What `trace` gave, and the further methods of `traceModule`: a program each. */
function compileTraces(
  program: ProgramContext,
  { recording, methods }: Extract<Evaluated, { kind: 'trace' }>,
  { file, name: exported }: ProgramRequest,
  local: string,
): readonly EntryPoint[] {
  return [['', recording] as const, ...methods].map(([method, recorded]) => {
    const name = method === '' ? exported : `${exported}.${method}`
    const { key, types } = compileTrace(program, recorded, file, local, name)
    declareParameters(program, key, types, false)
    return { name, key }
  })
}

function notScript(
  program: ProgramContext,
  request: ProgramRequest,
  span: { readonly file: string; readonly start: number; readonly end: number },
): readonly [] {
  if (program.diagnostics.length === 0) program.report(messages.notScript(span, { name: request.name }))
  return []
}

function followFunction(
  program: ProgramContext,
  request: ProgramRequest,
  found: { readonly file: string; readonly entry: TopLevel | undefined; readonly name: string },
): { readonly file: string; readonly node: FunctionNode } | null {
  const { entry, file } = found
  if (entry?.kind === 'function') return { file, node: entry.node }
  const f = new FunctionContext(program, file, new Scope(null), newFrame(request.name, null, null, null))
  if (entry?.kind === 'import' || entry === undefined) {
    const sugar = resolveExport(f, request.file, request.name, t.identifier(request.name))
    return sugar?.kind === 'function' ? { file: sugar.file, node: sugar.node } : null
  }
  if (entry.kind === 'class')
    program.report(messages.scriptedClass({ file, start: entry.node.id?.start ?? 0, end: entry.node.id?.end ?? 0 }, { name: entry.name }))
  // `export const g = script(f)`: f may come from another file.
  const module = request.modules.get(file)
  const init = entry.kind === 'variable' && module ? unwrapScript(entry.declarator.init, scriptReferences(module)) : null
  if (init?.type === 'Identifier') {
    const target = resolveName(f, file, init.name, init)
    if (target?.kind === 'function') return { file: target.file, node: target.node }
    if (target?.kind === 'class')
      program.report(
        messages.scriptedClass(
          { file, start: init.start ?? 0, end: init.end ?? 0 },
          { name: init.name },
          needsNoArguments(target.node) ? rewrite(init, `new ${init.name}()`) : {},
        ),
      )
  }
  return null
}

/** The types of the entry's parameters: declared ones, completed from sample inputs; every tensor has a rank afterwards. */
function entryTypes(f: FunctionContext, node: FunctionNode, signature: ProgramRequest['signature']): readonly (Type | null)[] {
  return parametersOf(f, node).map((parameter): Type | null => {
    const sample = signature?.get(parameter.name)
    const declared = parameter.declared ?? (sample ? ({ kind: 'tensor', dtype: null, shape: null } as const) : null)
    if (declared?.kind !== 'tensor') return parameter.declared
    const dtype = declared.dtype ?? sample?.dtype ?? 'float32'
    const shape = declared.shape ?? sample?.shape ?? null
    if (shape === null) f.program.report(messages.unknownRank(f.span(parameter.node), { name: parameter.name }))
    return { kind: 'tensor', dtype, shape }
  })
}

function compileFunctionEntry(program: ProgramContext, file: string, node: FunctionNode, request: ProgramRequest): string {
  const f = new FunctionContext(program, file, new Scope(null), newFrame(request.name, null, null, null))
  const types = entryTypes(f, node, request.signature)
  const { key } = compileFunction(f, { kind: 'function', file, name: request.name, node }, types, node)
  declareParameters(program, key, types, false)
  return key
}

function compileModule(program: ProgramContext, instance: EvaluatedModule, request: ProgramRequest): readonly EntryPoint[] {
  const type: Type = { kind: 'class', name: moduleClass(program, instance).name }
  program.root = instance
  const f = new FunctionContext(program, request.file, new Scope(null), newFrame(request.name, null, null, null))
  const self: ScriptValue = { kind: 'value', id: f.emitter.value(type, 'self'), type }
  const at = t.identifier(request.name)
  const found = findMethod(f, self, 'forward', at)
  if (!found) {
    program.report(messages.noSuchProperty({ file: request.file, start: 0, end: 0 }, { type: instance.className, name: 'forward' }))
    return []
  }
  f.file = found.file
  const types = entryTypes(f, found.node, request.signature)
  const { function: compiled } = compileMethod(f, self, found, 'forward', types, found.node)
  declareParameters(program, compiled.key, types, true)
  const methods = exportedMethods(f, instance).map((method) => compileExported(f, type, method, request.name))
  return [{ name: request.name, key: compiled.key }, ...methods]
}

/** A graph of its own, also where other methods call this one: arguments of an entry come from the host. */
function compileExported(f: FunctionContext, self: Type, method: ExportedMethod, module: string): EntryPoint {
  const { program } = f
  const { name, file, node, className } = method
  f.file = file
  const types = entryTypes(f, node, undefined)
  program.callStack.push({ id: `exported ${name}`, name: `${className}.${name}` })
  try {
    const { key } = compileBody(f, file, node, `${className}.${name}`, types, self, { file, className })
    declareParameters(program, key, types, true)
    return { name: `${module}.${name}`, key }
  } finally {
    program.callStack.pop()
  }
}

/** The entry's graph says what its tensors are: shape propagation starts there. */
function declareParameters(program: ProgramContext, key: string, types: readonly (Type | null)[], method: boolean): void {
  const graph = program.functions.get(key)
  if (!graph) return
  const values = new Map(graph.values)
  for (const [i, type] of types.entries()) {
    const id = graph.block.params[method ? i + 1 : i]
    const info = id === undefined ? undefined : values.get(id)
    if (info && type) values.set(info.id, { ...info, type: info.type.kind === 'optional' ? optionalOf(type) : type })
  }
  program.functions.set(key, { ...graph, values })
}
