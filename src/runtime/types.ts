/**
 * What emitted JavaScript and the runtime agree on. The runtime imports nothing of the compiler; the compiler imports these types only.
 */
import type { DType } from '../ops/dtype.ts'

/** Checked against the runtime's own number when a program loads. */
export const formatVersion = 1

/** Constant data of a program, written as a literal into the emitted module. */
export interface ProgramManifest {
  readonly name: string
  readonly format: number
  /** One hash over IR, kernels and weight layout; also stands in a custom section `tensorscript` of the wasm files (artifact/emitProgram.ts puts it there). */
  readonly hash: string
  /** Bytes of the weights blob: the tensor data of the safetensors file, which is its end. */
  readonly weightBytes: number
  /**
   * What the wasm export `prepare(weights, derived)` fills once, when the program is loaded: where, in bytes from the first weight, and how much.
   * It may cover weights that only `prepare` reads: these are the program's own. Without `at` it is apart, and the weights are shared.
   */
  readonly derived?: { readonly at?: number; readonly bytes: number }
  /** Content hash of the weights (see artifact/weights.ts), so that programs with equal weights share one file and one copy; else `hash`. */
  readonly weightsHash?: string
  /** Arena bytes when static; a program with symbolic dims asks with the size of each call. */
  readonly arenaBytes: number
  /** Exported wasm function a segment. */
  readonly segments: readonly SegmentManifest[]
}

/**
 * Byte offsets are relative to the arena. `null` offsets: symbolic, the emitted JavaScript passes them.
 * The wasm function's parameters: (arena: i32, weights: i32, ...input offsets?: no - all offsets are computed inside the function
 * from the scalars), i.e. `(arena, weights, ...scalars)`, scalars in order, each i32 or f32.
 */
export interface SegmentManifest {
  readonly name: string
  readonly inputs: readonly { readonly dtype: DType; readonly offset: number | null }[]
  readonly outputs: readonly { readonly dtype: DType; readonly offset: number | null }[]
  /** What in it reads or writes by index, with places in the source: kernels trap where an index is out of range. */
  readonly indexed?: string
  /**
   * It may be run some rows at a time, and its places are those of a chunk: `scalar` is the position of the scalar that counts rows, `most` how many fit,
   * `elements` what a row of each input and then output has, 0 for inputs without rows.
   */
  readonly rows?: { readonly scalar: number; readonly most: number; readonly elements: readonly number[] }
}
