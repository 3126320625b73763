/**
 * The transform of one module, independent of any bundler: find, load and evaluate, compile, swap. Returns null when the module has nothing
 * to do with the library. Applied to its own output it changes nothing.
 */
import { addMapping, GenMapping, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping'
import { emitProgram } from '../compiler/artifact/emitProgram.ts'
import type { ProgramFile } from '../compiler/artifact/programFiles.ts'
import { shareWeights } from '../compiler/artifact/shareWeights.ts'
import { syntaxError } from '../compiler/diagnostics/messages.generated.ts'
import { partsOf } from '../compiler/joinPrograms.ts'
import type { CompiledProgram, Diagnostic } from '../compiler/program.ts'
import { type CompileContext, type CompiledEntry, compileScript, type ProgramCache, prepareScripts } from './compileScripts.ts'
import { findScripts, markerPattern, type ScriptEntry } from './find.ts'
import { parseModule } from './loadModules.ts'
import { SourceSyntaxError } from './parse.ts'
import { keepHosts, planSwap, type SwapPlan, swapModule } from './swap.ts'

export interface TransformContext extends CompileContext {
  readonly programCache: ProgramCache
  readonly inlineLimit: number
  /** A JavaScript expression for the address of a file that the bundler emits. */
  address(file: ProgramFile): string
  /** Statements that the addresses asked for rely on; called after all of them. */
  preamble?(): string
}

export interface SourceMap {
  readonly version: 3
  readonly sources: (string | null)[]
  readonly sourcesContent?: (string | null)[]
  readonly names: string[]
  readonly mappings: string
  readonly file?: string | null
}

export interface TransformResult {
  /** Null when the text stays as it is. */
  readonly code: string | null
  readonly map: SourceMap | null
  readonly programs: readonly CompiledEntry[]
  readonly diagnostics: readonly Diagnostic[]
  /** Files besides this one whose change asks for a new transform. */
  readonly watchFiles: readonly string[]
}

export async function transformModule(code: string, file: string, context: TransformContext): Promise<TransformResult | null> {
  if (!markerPattern.test(code)) return null
  const failed = (diagnostics: readonly Diagnostic[], watchFiles: readonly string[] = []): TransformResult => ({
    code: null,
    map: null,
    programs: [],
    diagnostics,
    watchFiles,
  })
  try {
    const { entries, diagnostics } = findScripts(parseModule(file, code, context.parseCache).analysis)
    if (diagnostics.length > 0) return failed(diagnostics)
    const prepared = await prepareScripts(file, code, entries, context)
    const watchFiles = prepared.files.filter((name) => name !== file)
    if (prepared.diagnostics.length > 0) return failed(prepared.diagnostics, watchFiles)
    const module = prepared.graph.modules.get(file)!
    const plan = planSwap(module.analysis, entries, prepared.reaches)
    const compiled: CompiledEntry[] = []
    const errors: Diagnostic[] = []
    const warnings: Diagnostic[] = []
    for (const entry of plan.programs) {
      const result = await compileScript(file, entry, prepared, context, context.programCache)
      if (result.ok) {
        compiled.push(result.compiled)
        warnings.push(...result.warnings)
      } else errors.push(...result.diagnostics)
    }
    if (errors.length > 0) return failed(errors, watchFiles)
    const reached = new Set(
      [...prepared.reaches.values()].flatMap((reach) =>
        [...reach.items.values()].filter((found) => found.file === file).map(({ item }) => item),
      ),
    )
    const kept = keepHosts(
      module.analysis,
      plan,
      compiled.flatMap(({ program }) => partsOf(program).flatMap(({ hosts }) => hosts)),
    )
    const output = print(module, kept, entries, reached, compiled, context, (name) => prepared.graph.modules.get(name)?.code ?? null)
    return { ...output, programs: compiled, diagnostics: warnings, watchFiles }
  } catch (error) {
    if (!(error instanceof SourceSyntaxError)) throw error
    // Other plugins may know this syntax; only files with annotations are ours to complain about.
    if (!/@script\b|use script|\bscript\s*\(/.test(code)) return null
    return failed([syntaxError({ file, start: error.position, end: error.position + 1 }, { message: error.message })])
  }
}

function print(
  module: Parameters<typeof swapModule>[0]['module'],
  plan: SwapPlan,
  entries: readonly ScriptEntry[],
  reached: Parameters<typeof swapModule>[0]['reached'],
  compiled: readonly CompiledEntry[],
  context: TransformContext,
  source: (file: string) => string | null,
): { code: string | null; map: SourceMap | null } {
  const expressions = new Map<ScriptEntry, string>()
  const mappings = new Map<ScriptEntry, CompiledProgram['mappings']>()
  const programs = shareWeights(compiled.map(({ program }) => program))
  for (const [i, program] of programs.entries()) {
    const { entry } = compiled[i]!
    const emitted = emitProgram(program, { inlineLimit: context.inlineLimit, address: context.address })
    expressions.set(entry, emitted.code)
    mappings.set(entry, emitted.mappings)
  }
  const { text, block, offsets } = swapModule({ module, plan, entries, reached, expressions, preamble: context.preamble?.() ?? '' })
  if (!text.hasChanged()) return { code: null, map: null }
  const code = text.toString()
  const map = new GenMapping()
  const decoded = text.generateDecodedMap({ hires: 'boundary' })
  // One list in generated order: the kept text's own segments, and those of the inserted programs.
  const inserted: { line: number; column: number; file: string; original: { line: number; column: number } }[] = []
  const blockStart = block === '' ? 0 : code.indexOf(block)
  const lineStarts = [0]
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  for (const [entry, list] of mappings) {
    const start = blockStart + offsets.get(entry)!
    const end = start + expressions.get(entry)!.length
    const { line: declared, column } = entry.item.node.loc?.start ?? { line: 1, column: 0 }
    // Every line of a program stands for something: what the compiler did not place belongs to the statement before it, what comes
    // before the first one to the declaration. Otherwise a stack trace would end in generated code.
    let latest = { file: module.file, original: { line: declared, column } }
    let next = 0
    for (let line = lineStarts.findLastIndex((at) => at <= start); line < lineStarts.length && lineStarts[line]! < end; line++) {
      const lineStart = Math.max(lineStarts[line]!, start)
      const lineEnd = Math.min(lineStarts[line + 1] ?? end, end)
      const first = lineStart + code.slice(lineStart, lineEnd).search(/\S|$/)
      if (next >= list.length || start + list[next]!.offset > first) inserted.push({ line, column: first - lineStarts[line]!, ...latest })
      for (; next < list.length && start + list[next]!.offset < lineEnd; next++) {
        const mapping = list[next]!
        latest = { file: mapping.file, original: { line: mapping.line, column: mapping.column } }
        inserted.push({ line, column: start + mapping.offset - lineStarts[line]!, ...latest })
      }
    }
  }
  decoded.mappings.forEach((segments, line) => {
    for (const segment of segments) {
      if (segment.length > 1)
        addMapping(map, {
          generated: { line: line + 1, column: segment[0] },
          source: module.file,
          original: { line: segment[2]! + 1, column: segment[3]! },
        })
    }
  })
  for (const { line, column, file, original } of inserted)
    addMapping(map, { generated: { line: line + 1, column }, source: file, original })
  const encoded = toEncodedMap(map)
  for (const name of encoded.sources) if (name !== null) setSourceContent(map, name, source(name))
  return { code, map: toEncodedMap(map) as SourceMap }
}
