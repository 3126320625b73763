/**
 * From the script entries of one file to compiled programs: loads what they reach, evaluates what needs it, compiles what changed.
 * A program's cache key covers the declarations it reaches (text and place), the values it was given and the options, and nothing else of
 * its files: an edit elsewhere compiles nothing.
 */
import { serialize } from 'node:v8'
import type { ClassDeclaration, Node } from '@babel/types'
import { diagnosticFromError } from '../compiler/diagnostics/diagnostic.ts'
import { evaluationForbidden, syntaxError } from '../compiler/diagnostics/messages.generated.ts'
import type {
  CompiledProgram,
  CompileOptions,
  CompileResult,
  Diagnostic,
  Evaluated,
  ProgramRequest,
  SourceModule,
} from '../compiler/program.ts'
import type { DType } from '../ops/dtype.ts'
import { defaultLocal, initializerOf } from './analyze.ts'
import { readProgram, writeProgram } from './diskCache.ts'
import type { BundleSettings } from './evaluate/bundleModules.ts'
import { evaluateModules } from './evaluate/evaluateModules.ts'
import { compilerVersion } from './evaluate/libraryFiles.ts'
import { inputsSuffix } from './evaluate/protocol.ts'
import type { ScriptEntry } from './find.ts'
import { hashOf } from './hash.ts'
import { libraryModules } from './libraryModules.ts'
import {
  addModule,
  createModuleGraph,
  definitionOf,
  type ModuleGraph,
  type ModuleHost,
  moduleOf,
  newReach,
  type ParseCache,
  type Reach,
  reachFrom,
} from './loadModules.ts'
import { SourceSyntaxError } from './parse.ts'
import { boundNames } from './references.ts'

export type Compile = (request: ProgramRequest) => CompileResult | Promise<CompileResult>

export type EvaluateMode = 'auto' | 'never' | 'always'

export interface CompileContext {
  readonly host: ModuleHost
  readonly settings: BundleSettings
  readonly cacheFolder: string
  readonly evaluate: EvaluateMode
  readonly options: Omit<CompileOptions, 'dump'>
  readonly compile: Compile
  readonly parseCache: ParseCache
}

export interface CompiledEntry {
  readonly entry: ScriptEntry
  readonly program: CompiledProgram
  /** Taken from the cache. */
  readonly cached: boolean
}

export interface Prepared {
  readonly graph: ModuleGraph
  readonly reaches: ReadonlyMap<ScriptEntry, Reach>
  readonly evaluated: ReadonlyMap<string, Evaluated>
  /** From the sample inputs of `script(f, { inputs })`: dtype and shape by parameter name. */
  readonly signatures: ReadonlyMap<ScriptEntry, NonNullable<ProgramRequest['signature']>>
  readonly diagnostics: readonly Diagnostic[]
  /** Every file that was read; a change of one of them may change the result. */
  readonly files: readonly string[]
}

/** Loads and evaluates: everything the compiler needs to know about the entries of `file`. */
export async function prepareScripts(
  file: string,
  code: string,
  entries: readonly ScriptEntry[],
  context: CompileContext,
): Promise<Prepared> {
  const graph = createModuleGraph(context.host, context.parseCache, context.evaluate === 'always')
  const reaches = new Map<ScriptEntry, Reach>()
  const evaluated = new Map<string, Evaluated>()
  const signatures = new Map<ScriptEntry, NonNullable<ProgramRequest['signature']>>()
  const diagnostics: Diagnostic[] = []
  const files = new Set<string>()
  const done = (): Prepared => {
    for (const name of graph.modules.keys()) files.add(name)
    return { graph, reaches, evaluated, signatures, diagnostics, files: [...files].filter((name) => !name.startsWith('tensorscript:')) }
  }
  try {
    addModule(graph, file, code)
    for (const [name, text] of libraryModules()) addModule(graph, name, text)
    for (const entry of entries) reaches.set(entry, await reachFrom(graph, file, entry.name))
    // Evaluation may reveal classes that the text does not show (made by a factory); their methods may read further values.
    for (;;) {
      const keys = new Set([...reaches.values()].flatMap((reach) => [...reach.evaluate]))
      for (const entry of entries) if (hasInputs(entry)) keys.add(inputsKey(file, entry))
      if ([...keys].every((key) => evaluated.has(key))) {
        for (const entry of entries) if (hasInputs(entry)) signatures.set(entry, await signatureOf(graph, file, entry, evaluated))
        return done()
      }
      // All of them in one run, also those known from an earlier one: the ids of instances hold within a run.
      const wanted = new Map<string, Set<string>>()
      for (const key of keys) {
        const at = key.lastIndexOf('#')
        wanted.set(key.slice(0, at), (wanted.get(key.slice(0, at)) ?? new Set()).add(key.slice(at + 1)))
      }
      if (context.evaluate === 'never') {
        for (const [inFile, names] of wanted)
          for (const name of names) diagnostics.push(await forbidden(graph, inFile, name.replace(inputsSuffix, '')))
        return done()
      }
      const all = new Map([...wanted].map(([inFile, names]) => [inFile, [...names].sort()] as const))
      const result = await evaluateModules({
        names: all,
        sources: new Map([[file, code]]),
        settings: context.settings,
        cacheFolder: context.cacheFolder,
      })
      for (const name of result.files) files.add(name)
      diagnostics.push(...result.diagnostics)
      for (const diagnostic of result.diagnostics) files.add(diagnostic.file)
      if (result.diagnostics.length > 0) return done()
      for (const [key, value] of result.values) evaluated.set(key, value)
      for (const entry of entries)
        if (hasInputs(entry) && !evaluated.has(inputsKey(file, entry))) evaluated.set(inputsKey(file, entry), { kind: 'null' })
      for (const reach of reaches.values()) {
        // What has no form as data is left to the compiler to refuse, if script code really reads it.
        for (const key of [...reach.evaluate]) if (!evaluated.has(key)) reach.evaluate.delete(key)
        for (const key of [...reach.evaluate]) await reachClasses(graph, evaluated.get(key), reach, new Set())
      }
    }
  } catch (error) {
    if (!(error instanceof SourceSyntaxError)) throw error
    files.add(error.file)
    diagnostics.push(syntaxError({ file: error.file, start: error.position, end: error.position + 1 }, { message: error.message }))
    return done()
  }
}

const inputsKey = (file: string, { name }: ScriptEntry): string => `${file}#${name}${inputsSuffix}`

const hasInputs = ({ options }: ScriptEntry): boolean =>
  options !== null &&
  (options.type !== 'ObjectExpression' ||
    options.properties.some(
      (property) => property.type !== 'ObjectProperty' || (property.key.type === 'Identifier' && property.key.name === 'inputs'),
    ))

/** Sample inputs by the names of the parameters they stand for. */
async function signatureOf(graph: ModuleGraph, file: string, entry: ScriptEntry, evaluated: ReadonlyMap<string, Evaluated>) {
  const signature = new Map<string, { readonly dtype: DType; readonly shape: readonly number[] }>()
  const inputs = evaluated.get(inputsKey(file, entry))
  if (inputs?.kind !== 'array') return signature
  const names = await parameterNames(graph, file, entry, evaluated)
  inputs.elements.forEach((value, i) => {
    const name = names[i]
    if (value.kind === 'tensor' && name !== undefined) signature.set(name, { dtype: value.dtype, shape: value.shape })
  })
  return signature
}

/** Of the function, or of the `forward` method of an instance. */
async function parameterNames(graph: ModuleGraph, file: string, entry: ScriptEntry, evaluated: ReadonlyMap<string, Evaluated>) {
  let node: Node | null = entry.target
  if (node.type === 'Identifier') {
    const definition = await definitionOf(graph, file, node.name)
    node = definition ? initializerOf(definition.item) : null
  }
  const instance = evaluated.get(`${file}#${entry.name}`)
  if (instance?.kind === 'module') {
    const definition = await definitionOf(graph, instance.classFile, instance.className)
    const declaration = definition?.item.kind === 'class' ? (definition.item.node as ClassDeclaration) : null
    node =
      declaration?.body.body.find(
        (member) => member.type === 'ClassMethod' && member.key.type === 'Identifier' && member.key.name === 'forward',
      ) ?? null
  }
  const parameters = node && 'params' in node ? (node.params as readonly Node[]) : []
  return parameters.map((parameter) => boundNames(parameter)[0])
}

async function forbidden(graph: ModuleGraph, file: string, name: string): Promise<Diagnostic> {
  const definition = await definitionOf(graph, file, name)
  const { start, end } = definition?.item.node ?? { start: 0, end: 1 }
  return evaluationForbidden({ file, start: start ?? 0, end: end ?? 1 }, { name })
}

/** Adds the classes and functions that a value mentions. */
async function reachClasses(graph: ModuleGraph, value: Evaluated | undefined, reach: Reach, seen: Set<Evaluated>): Promise<void> {
  if (!value || seen.has(value)) return
  seen.add(value)
  switch (value.kind) {
    case 'module':
      await reachFrom(graph, value.classFile, value.className, reach)
      for (const field of value.fields.values()) await reachClasses(graph, field, reach, seen)
      return
    case 'function':
      await reachFrom(graph, value.file, value.name, reach)
      return
    case 'record':
      for (const field of value.fields.values()) await reachClasses(graph, field, reach, seen)
      return
    case 'array':
      for (const element of value.elements) await reachClasses(graph, element, reach, seen)
      return
    case 'trace':
      for (const { steps, method } of [value.recording, ...value.methods.map(([, recording]) => recording)]) {
        if (method) await reachFrom(graph, method.file, method.className, reach)
        for (const step of steps) if (step.kind === 'call') await reachFrom(graph, step.file, step.name, reach)
      }
      return
    case 'map':
      for (const [, item] of value.entries) await reachClasses(graph, item, reach, seen)
      return
    default:
  }
}

/** What the compiler is asked: the entry with the values it needs, and no others. */
export function requestFor(file: string, entry: ScriptEntry, prepared: Prepared, options: CompileOptions): ProgramRequest {
  const evaluated = new Map<string, Evaluated>()
  for (const key of [...(prepared.reaches.get(entry)?.evaluate ?? [])].sort()) {
    const value = prepared.evaluated.get(key)
    if (value) evaluated.set(key.replace(`#${defaultLocal}`, '#default'), value)
  }
  const signature = prepared.signatures.get(entry)
  return {
    name: entry.name === defaultLocal ? 'default' : entry.name,
    file,
    modules: prepared.graph.modules as ReadonlyMap<string, SourceModule>,
    evaluated: renumber(evaluated),
    ...(signature && { signature }),
    options,
  }
}

/** The latest program of each entry (`file#name`) with its key, for the life of a dev server; all of them are on disk. */
export type ProgramCache = Map<string, { readonly key: string; readonly program: CompiledProgram }>

export async function compileScript(
  file: string,
  entry: ScriptEntry,
  prepared: Prepared,
  context: CompileContext,
  cache: ProgramCache,
): Promise<
  | { readonly ok: true; readonly compiled: CompiledEntry; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
> {
  const request = requestFor(file, entry, prepared, context.options)
  const key = await programKey(request, prepared.reaches.get(entry) ?? newReach(), prepared.graph)
  const place = `${file}#${entry.name}`
  const latest = cache.get(place)
  const known = latest?.key === key ? latest.program : readProgram(context.cacheFolder, key)
  if (known) {
    cache.set(place, { key, program: known })
    return { ok: true, compiled: { entry, program: known, cached: true }, warnings: [] }
  }
  let result: CompileResult
  try {
    result = await context.compile(request)
  } catch (error) {
    const { start, end } = entry.item.node
    result = {
      ok: false,
      diagnostics: [diagnosticFromError(error, { file, start: start ?? 0, end: Math.min(end ?? 1, (start ?? 0) + 80) })],
    }
  }
  if (!result.ok) return result
  cache.set(place, { key, program: result.program })
  // A program with warnings is compiled again next time, so that they are seen again.
  if (result.warnings.length === 0) writeProgram(context.cacheFolder, key, result.program)
  return { ok: true, compiled: { entry, program: result.program, cached: false }, warnings: result.warnings }
}

/** Instance ids in the order this program meets them: those of the run depend on what else was evaluated in it. */
function renumber(evaluated: ReadonlyMap<string, Evaluated>): Map<string, Evaluated> {
  const made = new Map<Evaluated, Evaluated>()
  const ids = new Map<number, number>()
  const copy = (value: Evaluated): Evaluated => {
    const known = made.get(value)
    if (known) return known
    switch (value.kind) {
      case 'module': {
        if (!ids.has(value.id)) ids.set(value.id, ids.size)
        const fields = new Map<string, Evaluated>()
        const result: Evaluated = { ...value, id: ids.get(value.id)!, fields }
        made.set(value, result)
        for (const [name, field] of value.fields) fields.set(name, copy(field))
        return result
      }
      case 'record':
        return { kind: 'record', fields: new Map([...value.fields].map(([name, field]) => [name, copy(field)])) }
      case 'array':
        return { kind: 'array', elements: value.elements.map(copy) }
      case 'map':
        return { kind: 'map', entries: value.entries.map(([name, item]) => [name, copy(item)] as const) }
      default:
        return value
    }
  }
  return new Map([...evaluated].map(([key, value]) => [key, copy(value)]))
}

async function programKey(request: ProgramRequest, reach: Reach, graph: ModuleGraph): Promise<string> {
  const parts: (string | Uint8Array)[] = [compilerVersion(), request.name, request.file, JSON.stringify(request.options)]
  for (const [name, { file, item }] of [...reach.items].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { code } = await moduleOf(graph, file)
    const { start, end } = item.statement
    const { line, column } = item.statement.loc!.start
    parts.push(`${name}@${line}:${column}`, code.slice(start!, end!))
    for (const comment of item.statement.leadingComments ?? []) parts.push(comment.value)
  }
  parts.push(serialize([request.evaluated, request.signature ?? null]))
  return hashOf(...parts)
}
