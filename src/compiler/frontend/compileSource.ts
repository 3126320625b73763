/**
 * The frontend: from a request (parsed sources, evaluated instances) to a program of typed graphs, or to every diagnostic of it.
 * The entry is a script function, or the `forward` of a module instance; what it calls is compiled along with it.
 */
import * as t from '@babel/types'
import { CompileError, diagnosticFromError } from '../diagnostics/diagnostic.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Program } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import type { Diagnostic, EvaluatedModule, ProgramRequest } from '../program.ts'
import { moduleClass } from './capture.ts'
import { FunctionContext, Poisoned, ProgramContext } from './context.ts'
import { newFrame } from './frames.ts'
import { compileFunction } from './functions.ts'
import { markInstances } from './instances.ts'
import { compileMethod, findMethod } from './methods.ts'
import { localName, moduleScope, resolveExport, resolveName, scriptReferences, type TopLevel, unwrapScript } from './moduleScope.ts'
import { parametersOf } from './parameters.ts'
import { Scope } from './scope.ts'
import type { FunctionNode, ScriptValue } from './sugar.ts'
import { optionalOf } from './typeRelations.ts'

export type SourceResult =
  | { readonly ok: true; readonly program: Program; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

export function compileSource(request: ProgramRequest): SourceResult {
  const program = new ProgramContext(request)
  let entry: string | null = null
  try {
    entry = compileEntry(program, request)
  } catch (error) {
    if (!(error instanceof Poisoned)) program.report(diagnosticFromError(error, { file: request.file, start: 0, end: 0 }))
    if (!(error instanceof Poisoned) && !(error instanceof CompileError) && process.env.TENSORSCRIPT_DEBUG) throw error
  }
  const hasErrors = (): boolean => program.diagnostics.some((diagnostic) => diagnostic.severity === 'error')
  if (entry !== null && !hasErrors()) markInstances(program, entry)
  if (entry === null || hasErrors()) return { ok: false, diagnostics: program.diagnostics }
  const { functions, classes, constants } = program
  return { ok: true, program: { name: request.name, entry, functions, classes, constants }, warnings: program.diagnostics }
}

function compileEntry(program: ProgramContext, request: ProgramRequest): string | null {
  const scope = moduleScope(program, request.file)
  const whole = { file: request.file, start: 0, end: 0 }
  if (!scope) return notScript(program, request, whole)
  const name = localName(scope, request.name)
  const evaluated = request.evaluated.get(`${request.file}#${name}`)
  if (evaluated?.kind === 'module') return compileModule(program, evaluated, request)
  const found =
    evaluated?.kind === 'function'
      ? { file: evaluated.file, entry: moduleScope(program, evaluated.file)?.names.get(evaluated.name), name: evaluated.name }
      : { file: request.file, entry: scope.names.get(name), name }
  const definition = followFunction(program, request, found)
  if (!definition) return notScript(program, request, whole)
  return compileFunctionEntry(program, definition.file, definition.node, request)
}

function notScript(
  program: ProgramContext,
  request: ProgramRequest,
  span: { readonly file: string; readonly start: number; readonly end: number },
): null {
  if (program.diagnostics.length === 0) program.report(messages.notScript(span, { name: request.name }))
  return null
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
      program.report(messages.scriptedClass({ file, start: init.start ?? 0, end: init.end ?? 0 }, { name: init.name }))
  }
  return null
}

/** The types of the entry's parameters: declared ones, completed from sample inputs; every tensor has a rank afterwards. */
function entryTypes(f: FunctionContext, node: FunctionNode, request: ProgramRequest): readonly (Type | null)[] {
  return parametersOf(f, node).map((parameter): Type | null => {
    const sample = request.signature?.get(parameter.name)
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
  const types = entryTypes(f, node, request)
  const { key } = compileFunction(f, { kind: 'function', file, name: request.name, node }, types, node)
  declareParameters(program, key, types, false)
  return key
}

function compileModule(program: ProgramContext, instance: EvaluatedModule, request: ProgramRequest): string | null {
  const type: Type = { kind: 'class', name: moduleClass(program, instance).name }
  const f = new FunctionContext(program, request.file, new Scope(null), newFrame(request.name, null, null, null))
  const self: ScriptValue = { kind: 'value', id: f.emitter.value(type, 'self'), type }
  const at = t.identifier(request.name)
  const found = findMethod(f, self, 'forward', at)
  if (!found) {
    program.report(messages.noSuchProperty({ file: request.file, start: 0, end: 0 }, { type: instance.className, name: 'forward' }))
    return null
  }
  f.file = found.file
  const types = entryTypes(f, found.node, request)
  const { function: compiled } = compileMethod(f, self, found, 'forward', types, found.node)
  declareParameters(program, compiled.key, types, true)
  return compiled.key
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
