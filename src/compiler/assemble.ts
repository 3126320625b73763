/**
 * The last step of the pipeline: wasm modules, weights file, printed JavaScript, manifest and report of a program whose segments are
 * scheduled and planned. Same input, same bytes; one hash covers code, kernels and the layout of the weights.
 */

import type { Dim } from '../ops/dim.ts'
import { dimAdd, dimToString, isConst } from '../ops/dimMath.ts'
import { formatVersion, type ProgramManifest } from '../runtime/types.ts'
import { hashContent } from './artifact/hash.ts'
import { writeWeights } from './artifact/weights.ts'
import { assembleForGpu } from './assembleForGpu.ts'
import { emitModule, placeDerived, uniqueKernels } from './codegen/wasm/index.ts'
import { shortFileName } from './fileNames.ts'
import type { Graph, Node, Program } from './ir/graph.ts'
import { readsValues } from './ir/hostReads.ts'
import { printProgram } from './ir/printGraph.ts'
import { segmentOf } from './ir/segment.ts'
import { nodesOf } from './ir/walk.ts'
import type { RowChunks } from './kernels/chunkRows.ts'
import { countFusionGroups } from './kernels/fuse/index.ts'
import type { MemoryPlan, ScheduledSegment } from './kernels/loop.ts'
import type { SegmentProgram } from './kernels/stage.ts'
import { collectWeights } from './kernels/weights.ts'
import { printCode } from './print/code.ts'
import { printJavaScript, type SegmentCall } from './print/javascript.ts'
import { runtimeHelpers } from './print/runtimeHelpers.ts'
import { printState } from './print/state.ts'
import type { CompiledProgram, CompileOptions, ProgramReport } from './program.ts'

export interface CompiledSegment {
  readonly index: number
  readonly node: Node
  /** Before fusion, for the report. */
  readonly lowered: SegmentProgram
  readonly scheduled: ScheduledSegment
  /** How it is run in chunks; null: as a whole. The plan is that of a chunk. */
  readonly rows: RowChunks | null
  readonly plan: MemoryPlan
}

export interface Parts {
  readonly file: string
  readonly options: CompileOptions
  /** The program as `.graph` and `.code` show it. */
  readonly shown: Program
  readonly optimized: Program
  readonly graph: Graph
  readonly segments: readonly CompiledSegment[]
}

/** Weights that take longer to come in than code takes to compile. */
const warmFrom = 4 << 20

export function assembleProgram({ file, options, shown, optimized, graph, segments }: Parts): CompiledProgram {
  const { name } = optimized
  const constants = new Map([...optimized.constants, ...segments.flatMap(({ scheduled }) => [...(scheduled.segment.constants ?? [])])])
  const weightTensors = collectWeights(
    segments.map(({ scheduled }) => scheduled),
    constants,
  )
  const weights = writeWeights(weightTensors.tensors)
  const plans = segments.map(
    ({ plan }, i): MemoryPlan => ({ ...plan, offsets: new Map([...plan.offsets, ...weightTensors.offsets(i, weights.offsets)]) }),
  )
  const scheduled = segments.map((segment) => segment.scheduled)
  options.lowered?.({ scheduled, plans })
  const warm = weights.dataBytes >= warmFrom
  const wasm =
    segments.length > 0
      ? {
          simd: emitModule(scheduled, plans, { variant: 'simd', warm }),
          relaxed: emitModule(scheduled, plans, { variant: options.exact ? 'simd' : 'relaxed', warm }),
          ...(options.native && !options.exact ? { native: emitModule(scheduled, plans, { variant: 'native', warm }) } : {}),
        }
      : null

  const calls = new Map(segments.map((segment) => [segment.node.id, callOf(segment)]))
  const printing = { name, segment: (node: Node) => calls.get(node.id)!, runtime: runtimeHelpers }
  const { javascript, helpers, hosts, mappings, waits } = printJavaScript(optimized, printing)
  const gpu =
    options.targets.includes('webgpu') && segments.length > 0
      ? {
          ...assembleForGpu(
            scheduled.map(({ segment }) => segment),
            constants,
          ),
          asynchronous: waits ? printJavaScript(optimized, { ...printing, asynchronous: true }).javascript : null,
        }
      : null
  const state = printState(optimized)
  const derived = placeDerived(scheduled, plans)
  const ir = printProgram(shown, { fileName: shortFileName })
  const manifest: ProgramManifest = {
    name,
    format: formatVersion,
    hash: hashContent(
      ir,
      javascript,
      state?.text ?? '',
      ...(wasm ? [wasm.simd, wasm.relaxed, ...(wasm.native ? [wasm.native] : [])] : []),
      weights.hash,
      ...(gpu ? [gpu.wgsl, gpu.manifest, gpu.weightsHash, gpu.asynchronous ?? ''] : []),
    ),
    weightBytes: weights.dataBytes,
    ...(derived ? { derived } : {}),
    ...(weights.dataBytes > 0 ? { weightsHash: weights.hash } : {}),
    arenaBytes: Math.max(0, ...segments.map(({ plan }) => (isConst(plan.arenaBytes) ? plan.arenaBytes : 0))),
    segments: segments.map(manifestOf),
  }
  return {
    name,
    manifest,
    javascript,
    helpers,
    hosts,
    mappings,
    state,
    wasm,
    gpu,
    weights: weights.bytes,
    ir,
    code: printCode(shown),
    report: reportOf(file, manifest, javascript, { wasm, gpu }, graph, segments),
  }
}

/** Places that symbolic dims decide are handed in at each call. */
function callOf({ index, scheduled: { segment }, rows, plan }: CompiledSegment): SegmentCall {
  const offsets = [...segment.inputs, ...segment.outputs].map(({ buffer }) => plan.offsets.get(buffer)!)
  return {
    index,
    arenaBytes: isConst(plan.arenaBytes) ? null : plan.arenaBytes,
    offsets: offsets.every(isConst) ? null : offsets,
    rows: rows !== null,
  }
}

function manifestOf({ node, scheduled: { segment }, rows, plan }: CompiledSegment): ProgramManifest['segments'][number] {
  const offsets = [...segment.inputs, ...segment.outputs].map(({ buffer }) => plan.offsets.get(buffer)!)
  const known = offsets.every(isConst)
  const place = (access: SegmentProgram['inputs'][number], i: number) => ({
    dtype: access.dtype,
    offset: known ? (offsets[i] as number) : null,
  })
  return {
    name: segment.name,
    inputs: segment.inputs.map(place),
    outputs: segment.outputs.map((access, i) => place(access, segment.inputs.length + i)),
    ...indexedIn(node),
    ...(rows
      ? {
          rows: {
            scalar: segment.scalars.findIndex(({ name }) => name === rows.symbol),
            most: rows.most,
            elements: [...segment.inputs, ...segment.outputs].map(({ buffer }) => rows.elements.get(buffer) ?? 0),
          },
        }
      : {}),
  }
}

/** Operators whose kernels check the indices they are given. */
const indexing: ReadonlySet<string> = new Set([
  'aten::gather',
  'aten::index_select',
  'aten::take',
  'aten::embedding',
  'nn::index',
  'nn::index_mask',
  'nn::scatter',
])

function indexedIn(node: Node): { readonly indexed?: string } {
  const places = [...nodesOf(segmentOf(node).graph.block)]
    .filter(({ kind }) => indexing.has(kind))
    .map(({ kind, range }) => `${kind.slice(kind.indexOf('::') + 2)} at ${shortFileName(range.file)}:${range.line}:${range.column + 1}`)
  return places.length > 0 ? { indexed: [...new Set(places)].join(' or ') } : {}
}

function reportOf(
  file: string,
  manifest: ProgramManifest,
  javascript: string,
  { wasm, gpu }: Pick<CompiledProgram, 'wasm' | 'gpu'>,
  graph: Graph,
  segments: readonly CompiledSegment[],
): ProgramReport {
  const flops = segments
    .flatMap(({ scheduled }) => scheduled.calls.map((call) => call.operations ?? call.flops))
    .reduce<Dim>((sum, dim) => dimAdd(sum, dim), 0)
  const symbolic = segments.find(({ plan }) => !isConst(plan.arenaBytes))
  return {
    program: manifest.name,
    file,
    segments: segments.length,
    kernels: uniqueKernels(segments.map(({ scheduled }) => scheduled)),
    fusionGroups: segments.reduce((sum, { lowered, scheduled }) => sum + countFusionGroups(lowered, scheduled.segment), 0),
    flops: isConst(flops) ? flops : dimToString(flops),
    arenaBytes: symbolic ? dimToString(symbolic.plan.arenaBytes) : manifest.arenaBytes,
    codeBytes: {
      javascript: new TextEncoder().encode(javascript).length,
      simd: wasm?.simd.length ?? 0,
      relaxed: wasm?.relaxed.length ?? 0,
      wgsl: gpu ? new TextEncoder().encode(gpu.wgsl).length : 0,
    },
    weightBytes: manifest.weightBytes,
    synchronizations: synchronizationsOf(graph),
  }
}

/** Where JavaScript needs the value of a tensor before it can go on. */
function synchronizationsOf(graph: Graph): readonly string[] {
  return [...nodesOf(graph.block)]
    .filter((node) => node.inputs.some((id) => readsValues(node, graph.values.get(id)!.type)))
    .map(({ kind, range }) => `${kind.slice(kind.indexOf('::') + 2)} at ${shortFileName(range.file)}:${range.line}:${range.column}`)
}
