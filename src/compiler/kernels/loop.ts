/**
 * Loop IR: what a schedule produces and a code generator prints. Structured, typed, imperative; no control flow but loops and ifs.
 * One `KernelFunction` becomes one wasm function or one WGSL entry point. Buffers are typed element arrays; an index is in elements.
 * Generators strength-reduce: an index that is affine in loop variables becomes a moving pointer plus a constant offset, so schedules
 * simply write the index they mean.
 */
export type Scalar = 'f32' | 'i32'
/** `mask` is a vector of lane masks (all ones / all zeros) and, scalar, an i32 0/1. */
export type LoopType = Scalar | 'f32x4' | 'i32x4' | 'mask' | 'maskx4'
/** How elements lie in memory; u8 loads zero-extend to i32, stores take the low byte. */
export type Element = 'f32' | 'i32' | 'u8'

export type LoopExpr =
  | { readonly l: 'const'; readonly type: Scalar; readonly value: number }
  | { readonly l: 'var'; readonly type: LoopType; readonly name: string }
  /** A vector type loads 4 adjacent elements (no alignment needed). */
  | { readonly l: 'load'; readonly type: Scalar | 'f32x4' | 'i32x4'; readonly buffer: string; readonly index: LoopExpr }
  | { readonly l: 'splat'; readonly type: 'f32x4' | 'i32x4' | 'maskx4'; readonly a: LoopExpr }
  | { readonly l: 'unary'; readonly type: LoopType; readonly fn: LoopUnary; readonly a: LoopExpr }
  | { readonly l: 'binary'; readonly type: LoopType; readonly fn: LoopBinary; readonly a: LoopExpr; readonly b: LoopExpr }
  /** Gives mask / maskx4. */
  | {
      readonly l: 'compare'
      readonly type: 'mask' | 'maskx4'
      readonly fn: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'
      readonly a: LoopExpr
      readonly b: LoopExpr
    }
  | { readonly l: 'select'; readonly type: LoopType; readonly condition: LoopExpr; readonly a: LoopExpr; readonly b: LoopExpr }
  /** a * b + c: fused in the relaxed variant and in WGSL, two roundings in the baseline. */
  | { readonly l: 'fma'; readonly type: 'f32' | 'f32x4'; readonly a: LoopExpr; readonly b: LoopExpr; readonly c: LoopExpr }
  /** f32 <-> i32 (truncating, saturating), mask -> i32 / f32 (0 or 1), i32 -> mask (!= 0); lane count is kept. */
  | { readonly l: 'convert'; readonly type: LoopType; readonly a: LoopExpr }
  | { readonly l: 'lane'; readonly type: Scalar; readonly a: LoopExpr; readonly lane: 0 | 1 | 2 | 3 }
  /** Lanes picked from a (0-3) and b (4-7). */
  | {
      readonly l: 'shuffle'
      readonly type: 'f32x4' | 'i32x4'
      readonly a: LoopExpr
      readonly b: LoopExpr
      readonly lanes: readonly [number, number, number, number]
    }
  /** A vector of four scalars. */
  | { readonly l: 'vector'; readonly type: 'f32x4' | 'i32x4'; readonly lanes: readonly [LoopExpr, LoopExpr, LoopExpr, LoopExpr] }
  /** Reinterprets bits, f32 <-> i32, lane count kept. */
  | { readonly l: 'bitcast'; readonly type: 'f32' | 'i32' | 'f32x4' | 'i32x4'; readonly a: LoopExpr }

/** Transcendentals are our own approximations (math.ts, codegen/wasm/doubleMath.ts); WGSL uses its builtins where they are accurate enough. */
export type LoopUnary =
  | 'neg'
  | 'abs'
  | 'floor'
  | 'ceil'
  | 'trunc'
  | 'nearest'
  | 'sqrt'
  | 'not'
  | 'bitnot'
  | 'rsqrt'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'asinh'
  | 'acosh'
  | 'atanh'
  | 'erf'
  | 'erfc'
  | 'erfinv'
  | 'exp2'
  | 'log2'
  | 'log10'
  | 'lgamma'
  | 'digamma'
  | 'sigmoid'

/** `min`/`max` propagate NaN; `pmin`/`pmax` are the fast ones: b < a ? b : a and a < b ? b : a. `div` on i32 truncates and traps on zero. */
export type LoopBinary =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'rem'
  | 'floordiv'
  | 'floormod'
  | 'min'
  | 'max'
  | 'pmin'
  | 'pmax'
  | 'pow'
  | 'atan2'
  | 'fmod'
  | 'and'
  | 'or'
  | 'xor'
  | 'shl'
  | 'shr'

export type LoopStmt =
  /** An immutable local. */
  | { readonly t: 'let'; readonly name: string; readonly type: LoopType; readonly value: LoopExpr }
  /** A mutable local; `assign` changes it. */
  | { readonly t: 'local'; readonly name: string; readonly type: LoopType; readonly value: LoopExpr }
  | { readonly t: 'assign'; readonly name: string; readonly value: LoopExpr }
  | { readonly t: 'store'; readonly buffer: string; readonly index: LoopExpr; readonly value: LoopExpr }
  /** for (name = start; name < end; name += step), step > 0. `bind` maps the loop onto the GPU grid; ignored by wasm. */
  | {
      readonly t: 'for'
      readonly name: string
      readonly start: LoopExpr
      readonly end: LoopExpr
      readonly step: number
      readonly body: readonly LoopStmt[]
      readonly bind?: 'workgroup.x' | 'workgroup.y' | 'workgroup.z' | 'thread.x' | 'thread.y' | 'thread.z'
    }
  | { readonly t: 'if'; readonly condition: LoopExpr; readonly then: readonly LoopStmt[]; readonly else: readonly LoopStmt[] }
  | { readonly t: 'while'; readonly condition: LoopExpr; readonly body: readonly LoopStmt[] }
  /** GPU workgroup barrier; nothing in wasm. */
  | { readonly t: 'barrier' }

export type LoopParam =
  /** `below`: a call may pass an address before the buffer (a padded border), of which only what is inside is accessed. */
  | {
      readonly p: 'buffer'
      readonly name: string
      readonly element: Element
      readonly access: 'read' | 'write' | 'readwrite'
      readonly below?: boolean
    }
  /** `natural`: never negative, as extents are. */
  | { readonly p: 'scalar'; readonly name: string; readonly type: Scalar; readonly natural?: boolean }
  /** GPU workgroup memory. */
  | { readonly p: 'shared'; readonly name: string; readonly element: 'f32' | 'i32'; readonly length: number }

export interface KernelFunction {
  /** A readable name (`gemm_4x8_relu`), made unique by the content hash. */
  readonly name: string
  readonly params: readonly LoopParam[]
  readonly body: readonly LoopStmt[]
}

/** One call in a segment: which function, with which buffers (by byte offset in the arena, weights...) and scalars. Dims may be symbolic. */
export interface KernelCall {
  readonly kernel: KernelFunction
  readonly args: readonly KernelArg[]
  /**
   * wasm: the function is called with 0, 1 ... repeat - 1 as a last argument more (its last parameter, an i32 scalar): one call a panel,
   * so that engines replace a first slow tier soon and threads can share the panels.
   */
  readonly repeat?: import('../../ops/dim.ts').Dim
  /** Workgroups of a GPU schedule along x, y and z; absent for wasm. */
  readonly grid?: readonly [import('../../ops/dim.ts').Dim, import('../../ops/dim.ts').Dim, import('../../ops/dim.ts').Dim]
  /** Floating-point operations that the call does. */
  readonly flops: import('../../ops/dim.ts').Dim
  /** Those of its layer, which the report counts, where a schedule gets by with fewer: Winograd. */
  readonly operations?: import('../../ops/dim.ts').Dim
  /** What the `native` variant calls instead: the same work by a tile that suits twice as wide vectors. */
  readonly native?: readonly KernelCall[]
}

/** `offset` is in elements, added to the buffer's start. */
export type KernelArg =
  | { readonly buffer: import('./stage.ts').BufferId; readonly offset: import('../../ops/dim.ts').Dim }
  | { readonly scalar: import('../../ops/dim.ts').Dim; readonly type: Scalar }

/** A segment after scheduling: calls in order, and additional buffers the schedules asked for (packed weights, scratch). */
export interface ScheduledSegment {
  readonly segment: import('./stage.ts').SegmentProgram
  readonly buffers: readonly import('./stage.ts').BufferDecl[]
  readonly calls: readonly KernelCall[]
  /** wasm: calls made once when the program is loaded. They read weights and fill derived ones. */
  readonly prepare?: readonly KernelCall[]
}

/**
 * Where each temporary, input copy and output lies: byte offsets into the arena, 64-byte aligned; symbolic where shapes are.
 * Weights lie at byte offsets into the weights blob, in the same map.
 */
export interface MemoryPlan {
  readonly arenaBytes: import('../../ops/dim.ts').Dim
  readonly offsets: ReadonlyMap<import('./stage.ts').BufferId, import('../../ops/dim.ts').Dim>
}
