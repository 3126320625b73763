/** What emitted JavaScript and the WebGPU runtime agree on. Numbers only, so that a description is a literal in the emitted module. */

/** An entry point of the program's WGSL module and its scalar parameters in order: `i` is i32, `f` is f32. */
export interface GpuKernel {
  readonly entry: string
  readonly scalars: string
  /** Which buffer parameters it writes, in binding order. */
  readonly writes: readonly boolean[]
}

/** Buffers are slots of the segment (0, 1, ...) or weights (-1, -2, ... counting from the first). Offsets are in elements. */
export interface GpuCall {
  readonly kernel: number
  readonly grid: readonly [number, number, number]
  readonly buffers: readonly number[]
  readonly offsets: readonly number[]
  readonly scalars: readonly number[]
}

/** A segment with its symbolic dims filled in. `slots` are byte lengths; u8 elements take four bytes on the device. */
export interface GpuSegment {
  readonly slots: readonly number[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly calls: readonly GpuCall[]
}

/** Constant data of a program for the device. */
export interface GpuManifest {
  readonly kernels: readonly GpuKernel[]
  /** Byte range of each weight in the weights blob, and its element storage. */
  readonly weights: readonly { readonly offset: number; readonly length: number; readonly element: 'f32' | 'i32' | 'u8' }[]
  /** One a segment: called with the segment's scalars. */
  readonly segments: readonly ((...scalars: number[]) => GpuSegment)[]
}
