/**
 * The whole compilation, from a request to everything that emission needs, as one list of named steps. Each step is a pure function of what
 * came before; `options.dump` sees the result of every one under the step's own name. Nothing here depends on the machine.
 */

import { assembleProgram, type CompiledSegment } from './assemble.ts'
import { errorsAt } from './errors.ts'
import { evaluateOperator } from './evaluateOperator.ts'
import { shortFileName } from './fileNames.ts'
import { compileSource } from './frontend/compileSource.ts'
import type { Graph, Program } from './ir/graph.ts'
import { printProgram } from './ir/printGraph.ts'
import { segmentOf } from './ir/segment.ts'
import { verifyProgram } from './ir/verifyGraph.ts'
import { nodesOf } from './ir/walk.ts'
import { joinPrograms } from './joinPrograms.ts'
import { chunkRows } from './kernels/chunkRows.ts'
import { fuseStages } from './kernels/fuse/index.ts'
import { lowerSegment } from './kernels/lower/lowerSegment.ts'
import { planMemory } from './kernels/planMemory.ts'
import { printPlan, printScheduled, printStages } from './kernels/print.ts'
import { printKernels } from './kernels/printLoop.ts'
import { scheduleSegment } from './kernels/schedules/index.ts'
import { runPasses } from './passes/index.ts'
import type { CompileOptions, CompileResult, ProgramRequest } from './program.ts'

export function compileProgram(request: ProgramRequest): CompileResult {
  const whole = { file: request.file, start: 0, end: 0 }
  try {
    const source = compileSource(request)
    if (!source.ok) return source
    const compile = (program: Program) => compileGraphs(program, request.file, request.options)
    const methods = source.methods.map(compile)
    const program = compile(source.program)
    return { ok: true, program: methods.length > 0 ? joinPrograms(program, methods) : program, warnings: source.warnings }
  } catch (error) {
    return { ok: false, diagnostics: errorsAt(error, whole) }
  }
}

/** Everything after the frontend: the same for source, traces and imports. */
function compileGraphs(source: Program, file: string, options: CompileOptions): ReturnType<typeof assembleProgram> {
  const dump = (name: string, text: () => string): void => options.dump?.(name, text())
  const check = (pass: string, program: Program): void => {
    if (options.verify === 'every-pass' || pass === 'compileSource' || pass === 'formSegments') verifyProgram(program, pass)
  }
  dump(compileSource.name, () => printProgram(source, { fileName: shortFileName }))
  check(compileSource.name, source)

  // Graph passes. What `.graph` and `.code` show is the program as written, typed and frozen: before it is optimized and cut into segments.
  let shown = source
  const optimized = runPasses(source, { options, evaluate: evaluateOperator }, (pass, program) => {
    dump(pass.name, () => printProgram(program, { fileName: shortFileName }))
    check(pass.name, program)
    if (pass.name === 'propagateShapes' && shown === source) shown = program
  })

  // Kernels, a segment at a time.
  const graph = optimized.functions.get(optimized.entry)!
  const segments = segmentNodes(graph).map((node, index): CompiledSegment => {
    const { graph: work, symbols } = segmentOf(node)
    const lowered = lowerSegment(work, symbols, optimized.constants)
    dump(lowerSegment.name, () => printStages(lowered))
    const fused = fuseStages(lowered, options.optimize, optimized.constants)
    dump(fuseStages.name, () => printStages(fused))
    const scheduled = scheduleSegment(fused, { exact: options.exact, native: options.native === true && !options.exact })
    dump('scheduleSegments', () => printScheduled(scheduled))
    dump('kernels', () => printKernels(scheduled))
    const rows = options.optimize ? chunkRows(scheduled) : null
    const plan = planMemory(scheduled, options.optimize, rows ? new Map([[rows.symbol, rows.most]]) : undefined)
    dump(planMemory.name, () => printPlan(scheduled, plan))
    return { index, node, lowered, scheduled, rows, plan }
  })

  return assembleProgram({ file, options, shown, optimized, graph, segments })
}

/** Segments in order of appearance, those inside of control flow included. */
const segmentNodes = (graph: Graph) => [...nodesOf(graph.block)].filter((node) => node.kind === 'prim::Segment')
