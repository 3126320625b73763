/**
 * What a segment computes, before any schedule: buffers with strided accesses, and an ordered list of stages over them.
 * Lowering makes one or more stages from each operator; fusion inlines pointwise producers (prologues) and consumers (epilogues);
 * a schedule of the target then turns each stage into loop IR (loop.ts). Both targets share everything up to this point.
 */
import type { Dim } from '../../ops/dim.ts'
import type { DType } from '../../ops/dtype.ts'
import type { BinaryFn, Combiner, UnaryFn } from '../../ops/expr.ts'
import type { ConstantId, TensorConstant } from '../ir/graph.ts'

export type BufferId = number

/** A piece of dense storage: a segment input, an output, a weight or an arena temporary. `size` in elements. */
export interface BufferDecl {
  readonly id: BufferId
  readonly name: string
  readonly dtype: DType
  readonly size: Dim
  readonly role: 'input' | 'output' | 'weight' | 'temporary'
  /** The constant behind a weight; `packing` says how it must be laid out (see packing.ts); null: as it is. */
  readonly constant?: ConstantId
  readonly packing?: Packing | null
  /** A weight that no file holds: computed from others when the program is loaded (ScheduledSegment.prepare). */
  readonly derived?: boolean
}

/** How a weight is rearranged at build time; `name` keys a pure function in packing.ts, `params` are its numbers. */
export interface Packing {
  readonly name: string
  readonly params: readonly number[]
}

/** Element `i...` of a tensor value: `buffer[offset + sum(i[k] * strides[k])]`. A value's physical layout is its strides. */
export interface Access {
  readonly buffer: BufferId
  readonly dtype: DType
  readonly shape: readonly Dim[]
  readonly strides: readonly Dim[]
  readonly offset: Dim
}

/**
 * Like ops/expr.ts, with loads resolved to accesses, plus `accumulator`: the value of the stage's own reduction or contraction, in an epilogue.
 * A stage with several of them numbers them in `which`.
 */
export type StageExpr =
  | { readonly s: 'scalar'; readonly value: Dim | boolean; readonly dtype: DType }
  | { readonly s: 'index'; readonly axis: number; readonly dtype: 'int64' }
  | { readonly s: 'load'; readonly access: Access; readonly indices: readonly StageExpr[]; readonly dtype: DType }
  | { readonly s: 'accumulator'; readonly which?: number; readonly dtype: DType }
  | { readonly s: 'unary'; readonly fn: UnaryFn; readonly a: StageExpr; readonly dtype: DType }
  | { readonly s: 'binary'; readonly fn: BinaryFn; readonly a: StageExpr; readonly b: StageExpr; readonly dtype: DType }
  | { readonly s: 'select'; readonly condition: StageExpr; readonly a: StageExpr; readonly b: StageExpr; readonly dtype: DType }
  | { readonly s: 'cast'; readonly a: StageExpr; readonly dtype: DType }

/** Where a stage writes: one element per point of its axes, `out` is indexed by the axes in order. */
interface Written {
  readonly out: Access
}

export type Stage = LoopStage | RowStage | GemmStage | ConvStage | PoolStage | RecurrentStage | TemplateStage

/** Pointwise or reducing loops: `out[axes] = epilogue(combine over reduce of body)`. Without `reduce`, `epilogue` is null. */
export interface LoopStage extends Written {
  readonly kind: 'loop'
  readonly axes: readonly Dim[]
  readonly reduce: { readonly combiner: Combiner; readonly axes: readonly Dim[] } | null
  readonly body: StageExpr
  readonly epilogue: StageExpr | null
}

/**
 * A row program (softmax, LayerNorm...): for each point of `rows` the steps run in order. Step axes are `[...rows, ...own]`;
 * values passed between steps are row temporaries: buffers listed in `locals`, indexed by the step's own axes only.
 */
export interface RowStage {
  readonly kind: 'row'
  readonly rows: readonly Dim[]
  readonly locals: readonly BufferDecl[]
  readonly steps: readonly LoopStage[]
}

/** `out[b, m, n] = epilogue(sum over k of a[b, m, k] * b[b, k, n])`; accesses carry the strides, broadcast batch dims have stride 0. Axes of the epilogue: [...batch, m, n]. */
export interface GemmStage extends Written {
  readonly kind: 'gemm'
  readonly batch: readonly Dim[]
  readonly m: Dim
  readonly n: Dim
  readonly k: Dim
  readonly a: Access
  readonly b: Access
  readonly epilogue: StageExpr | null
}

/** `out[n, co, y, x]` (indexed in this logical order whatever the strides), float32. Axes of the epilogue: [n, co, y, x]. 1-D convolutions have height 1. */
export interface ConvStage extends Written {
  readonly kind: 'conv'
  readonly input: Access // [n, ci, h, w]
  readonly weight: Access // [co, ci / groups, kh, kw]
  readonly stride: readonly [number, number]
  readonly padding: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly groups: number
  readonly epilogue: StageExpr | null
}

/** `out[n, c, y, x]` = epilogue(max or sum over the window); out-of-range taps are skipped. Averages divide in the epilogue. */
export interface PoolStage extends Written {
  readonly kind: 'pool'
  readonly combiner: 'max' | 'sum'
  readonly input: Access
  readonly kernel: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly epilogue: StageExpr | null
}

/**
 * A recurrence over time. For each of `steps` (backwards when `reverse`), every point of [batch, unit]: `cell` gives the next states from the accumulators,
 * which are the products `sum over k of weight[gate, unit, k] * h[batch, k]` of the first state before, one a gate, and then the states before.
 * Axes of `cell`: [step, batch, unit]; of `initial`: [batch, unit]. The first state is written to `out` at each step; `last` (dense) holds all of them after.
 */
export interface RecurrentStage extends Written {
  readonly kind: 'recurrent'
  readonly steps: Dim
  readonly batch: Dim
  readonly units: number
  readonly reverse: boolean
  readonly weight: Access // [gate, unit, k]
  readonly initial: readonly StageExpr[]
  readonly cell: readonly StageExpr[]
  readonly last: readonly Access[] // [batch, unit]
}

/** A kernel that is no loop nest of expressions (sort, topk, scans...). `name` keys a template that builds loop IR (templates/, `scheduleTemplate`); dense row-major operands. */
export interface TemplateStage {
  readonly kind: 'template'
  readonly name: string
  readonly inputs: readonly Access[]
  readonly outputs: readonly Access[]
  readonly params: readonly (number | Dim)[]
}

/** A straight-line run of tensor work: what becomes one exported wasm function and one GPU pass. */
export interface SegmentProgram {
  readonly name: string
  readonly buffers: readonly BufferDecl[]
  /** Values passed in and out, in the order of the prim::Segment node. Inputs are dense row-major; outputs too. */
  readonly inputs: readonly Access[]
  readonly outputs: readonly Access[]
  /** Symbols (ints and floats) the segment takes besides tensors, in order: every SymVar that occurs in it. */
  readonly scalars: readonly { readonly name: string; readonly type: 'int' | 'float' | 'bool' }[]
  readonly stages: readonly Stage[]
  /** Weights made while lowering and fusing (rearranged ones), besides the program's own. */
  readonly constants?: ReadonlyMap<ConstantId, TensorConstant>
}
