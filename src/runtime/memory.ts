/**
 * The one WebAssembly memory of a realm, shared by all programs: `[weights | weights | ... | arena]`.
 * Weights stay where they are put; the arena is free again after every call, so it simply follows the last weights and moves up when
 * more arrive. Memory grows to what is asked, rounded to the 64 KiB page, and has no reserve.
 * The views are live bindings: growing detaches the old ones, so read them after every call that may grow.
 */
const page = 65536

let memory: WebAssembly.Memory | undefined
/** End of the last weights, and so the start of the arena: a multiple of 64. */
let arenaStart = 0

export let bytes = new Uint8Array(0)
export let words = new Int32Array(0)
export let floats = new Float32Array(0)

export function getMemory(): WebAssembly.Memory {
  memory ??= new WebAssembly.Memory({ initial: 0 })
  return memory
}

/** Makes `[0, end)` addressable. */
function growTo(end: number): void {
  const { buffer } = getMemory()
  if (end > buffer.byteLength) {
    try {
      getMemory().grow(Math.ceil((end - buffer.byteLength) / page))
    } catch {
      throw new RangeError(`tensorscript: ${Math.ceil(end / 2 ** 20)} MiB of WebAssembly memory are needed but were not granted`)
    }
  }
  if (bytes.buffer !== getMemory().buffer) {
    const grown = getMemory().buffer
    bytes = new Uint8Array(grown)
    words = new Int32Array(grown)
    floats = new Float32Array(grown)
  }
}

/** Room for `size` bytes that stay, 64-byte aligned, and for an arena of `arena` bytes behind them: one growth for both. */
export function allocateWeights(size: number, arena: number): number {
  const start = arenaStart
  const end = start + Math.ceil(size / 64) * 64
  growTo(end + arena)
  arenaStart = end
  return start
}

/** Takes back weights that never came to use (a download that failed). Only the last ones can be, as memory does not move. */
export function freeWeights(start: number, size: number): void {
  if (start + Math.ceil(size / 64) * 64 === arenaStart) arenaStart = start
}

/** Start of an arena of at least `size` bytes, valid until the next call that allocates. */
export function reserveArena(size: number): number {
  if (arenaStart + size > bytes.length) growTo(arenaStart + size)
  return arenaStart
}

/** Bytes of weights and of all memory: what the build report and tests compare with the plan. */
export const memoryUse = (): { weights: number; total: number } => ({ weights: arenaStart, total: memory?.buffer.byteLength ?? 0 })
