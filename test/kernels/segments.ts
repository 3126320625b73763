/** Segments of small programs, lowered and fused, and runs of them by the interpreter of stages. */
import { compileSource } from '../../src/compiler/frontend/compileSource.ts'
import type { Program } from '../../src/compiler/ir/graph.ts'
import { segmentOf } from '../../src/compiler/ir/segment.ts'
import { nodesOf } from '../../src/compiler/ir/walk.ts'
import { fuseStages } from '../../src/compiler/kernels/fuse/index.ts'
import { operandAccesses, readsOf, writesOf } from '../../src/compiler/kernels/fuse/stages.ts'
import type { ScheduledSegment } from '../../src/compiler/kernels/loop.ts'
import { lowerSegment } from '../../src/compiler/kernels/lower/lowerSegment.ts'
import type { SegmentProgram } from '../../src/compiler/kernels/stage.ts'
import { runPasses } from '../../src/compiler/passes/index.ts'
import { evaluateDim } from '../../src/ops/dimMath.ts'
import { type DType, storageOf, type TypedArray } from '../../src/ops/dtype.ts'
import { requestOf } from '../compile/requestText.ts'
import type { Env } from './interpretStages.ts'

export interface Lowered {
  readonly program: Program
  readonly plain: SegmentProgram
  readonly fused: SegmentProgram
}

/** The only segment of `f(parameters) { body }`. */
export function segmentOfBody(parameters: string, body: string): Lowered {
  const code = `import { F, torch, type Tensor } from 'tensorscript'\nexport function f(${parameters}) {\n  'use script'\n  ${body}\n}\n`
  const source = compileSource(requestOf(code))
  if (!source.ok) throw new Error(source.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  const program = runPasses(source.program, { options: { targets: ['wasm'], optimize: true, exact: false, verify: 'ends' } })
  const nodes = [...nodesOf(program.functions.get(program.entry)!.block)].filter((node) => node.kind === 'prim::Segment')
  if (nodes.length !== 1) throw new Error(`${nodes.length} segments`)
  const { graph, symbols } = segmentOf(nodes[0]!)
  const plain = lowerSegment(graph, symbols, program.constants)
  return { program, plain, fused: fuseStages(plain, true, program.constants) }
}

/** Seeded values: floats around zero, small non-negative ints. */
export function sample(dtype: DType, length: number, seed: number): TypedArray {
  let state = seed * 2654435761 + 1
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const values = Array.from({ length }, () => (dtype === 'float32' ? next() * 4 - 2 : Math.floor(next() * (dtype === 'bool' ? 2 : 3))))
  const storage = storageOf[dtype]
  return storage === 'f32' ? Float32Array.from(values) : storage === 'i32' ? Int32Array.from(values) : Uint8Array.from(values)
}

export const sampleInputs = (segment: SegmentProgram, env: Env = {}): readonly TypedArray[] =>
  segment.inputs.map((access, i) => sample(access.dtype, evaluateDim(segment.buffers[access.buffer]!.size, env), i + 1))

/** A schedule with one call a stage, which names the buffers that the stage needs. */
export function scheduleTrivially(segment: SegmentProgram): ScheduledSegment {
  return {
    segment,
    buffers: [],
    calls: segment.stages.map((stage, i) => {
      const reads = [...readsOf(stage), ...operandAccesses(stage).map(({ buffer }) => buffer)]
      const buffers = [...new Set([...reads, ...writesOf(stage).map(({ buffer }) => buffer)])]
      return { kernel: { name: `stage${i}`, params: [], body: [] }, args: buffers.map((buffer) => ({ buffer, offset: 0 })), flops: 0 }
    }),
  }
}
