/**
 * A compiled program made by hand, independent of the compiler: `f(x, k) = x * k + w` on four floats, and a variant whose size is the
 * symbol N. The bytes are written out instruction by instruction, so that the runtime is tested against the format and not against our encoder.
 */
import { writeWeights } from '../../src/compiler/artifact/weights.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import { formatVersion } from '../../src/runtime/types.ts'

const f32 = 0x7d
const i32 = 0x7f

const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)]
const section = (id: number, content: number[]): number[] => [id, content.length, ...content]

/** `(arena, weights, k, n) => for (i = 0; i < n; i++) arena[n * 4 + i] = arena[i] * k + weights[i]`, all f32, with an i32 loop. */
const body = [
  ...[1, 1, i32], // one local: 4 = the byte index i
  ...[0x03, 0x40], // loop
  ...[0x20, 0, 0x20, 3, 0x41, 2, 0x74, 0x6a, 0x20, 4, 0x6a], // arena + (n << 2) + i
  ...[0x20, 0, 0x20, 4, 0x6a, 0x2a, 2, 0], // f32.load arena + i
  ...[0x20, 2, 0x94], // * k
  ...[0x20, 1, 0x20, 4, 0x6a, 0x2a, 2, 0, 0x92], // + f32.load weights + i
  ...[0x38, 2, 0], // f32.store
  ...[0x20, 4, 0x41, 4, 0x6a, 0x22, 4, 0x20, 3, 0x41, 2, 0x74, 0x48, 0x0d, 0], // i += 4; br_if i < n << 2
  0x0b, // end loop
  0x0b, // end
]

const code = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 4, i32, i32, f32, i32, 0]),
  ...section(2, [1, ...name('env'), ...name('memory'), 2, 0, 0]),
  ...section(3, [1, 0]),
  ...section(7, [1, ...name('segment0'), 0, 0]),
  ...section(10, [1, body.length, ...body]),
])

export interface TinyOptions {
  readonly name?: string
  /** Size of x; null: any. */
  readonly size?: number | null
  readonly weights?: readonly number[]
  readonly hash?: string
}

export function tinyProgram({ name = 'tiny', size = 4, weights = [1, 2, 3, 4], hash = 'hash0' }: TinyOptions = {}): CompiledProgram {
  const n = weights.length
  const file = writeWeights([{ name: 'w', dtype: 'float32', shape: [n], data: Float32Array.from(weights) }])
  const dynamic = size === null
  return {
    name,
    manifest: {
      name,
      format: formatVersion,
      hash,
      weightsHash: file.hash,
      weightBytes: file.dataBytes,
      arenaBytes: dynamic ? 0 : size * 8,
      segments: [
        {
          name: 'segment0',
          inputs: [{ dtype: 'float32', offset: 0 }],
          outputs: [{ dtype: 'float32', offset: dynamic ? null : size * 4 }],
        },
      ],
    },
    javascript: dynamic
      ? `(x, k) => {
  $r.checkTensor(x, 'x', 'float32', ['N'])
  const N = x.shape[0]
  return $r.run($, 0, [x], [k, N], [[N]], N * 8, [0, N * 4])[0]
}`
      : `(x, k) => {
  $r.checkTensor(x, 'x', 'float32', [${size}])
  return $r.run($, 0, [x], [k, ${size}], [[${size}]])[0]
}`,
    hosts: [],
    helpers: ['checkTensor', 'run'],
    state: null,
    mappings: [
      { offset: 0, file: '/app/tiny.ts', line: 3, column: 2 },
      { offset: 14, file: '/app/tiny.ts', line: 4, column: 4 },
    ],
    wasm: { simd: code, relaxed: code },
    gpu: null,
    weights: file.bytes,
    ir: 'graph(%x : Tensor):\n  return (%x)\n',
    code: 'function tiny(x: Tensor) {}\n',
    report: {
      program: name,
      file: '/app/tiny.ts',
      segments: 1,
      kernels: 1,
      fusionGroups: 0,
      flops: 8,
      arenaBytes: 32,
      codeBytes: { javascript: 100, simd: code.length, relaxed: code.length, wgsl: 0 },
      weightBytes: file.dataBytes,
      synchronizations: [],
    },
  }
}
