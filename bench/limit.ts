/**
 * The limit of this machine in this run: a register-tiled float32 multiply-add kernel whose operands stay in the first cache, and streaming reads.
 * Ratios to it are what the goals in docs/performance.md speak of; absolute times drift with the machine's load.
 */

import { emitModule, type Variant } from '../src/compiler/codegen/wasm/index.ts'
import type { KernelFunction, LoopStmt } from '../src/compiler/kernels/loop.ts'
import {
  add,
  assign,
  constantOf,
  fma,
  forLoop,
  i32,
  load,
  localStmt,
  mul,
  splat,
  store,
  variable,
} from '../src/compiler/kernels/loopCode.ts'
import { enableRelaxedSimd } from './relaxed.ts'

enableRelaxedSimd()

const steps = 256
const rounds = 2000

/** `rounds` products of a rows x steps and a steps x columns panel, accumulated in registers. */
function microKernel(rows: number, vectors: number): KernelFunction {
  const k = variable('k', 'i32')
  const acc = (r: number, v: number): string => `acc${r}_${v}`
  const all = Array.from({ length: rows * vectors }, (_, i) => [Math.floor(i / vectors), i % vectors] as const)
  const step: LoopStmt[] = []
  for (let u = 0; u < 1; u++) {
    for (let v = 0; v < vectors; v++)
      step.push({ t: 'let', name: `b${u}_${v}`, type: 'f32x4', value: load('f32x4', 'b', add(mul(add(k, u), vectors * 4), v * 4)) })
    for (let r = 0; r < rows; r++) {
      step.push({ t: 'let', name: `a${u}_${r}`, type: 'f32x4', value: splat(load('f32', 'a', add(add(k, u), r * steps))) })
      for (let v = 0; v < vectors; v++)
        step.push(assign(acc(r, v), fma(variable(`a${u}_${r}`, 'f32x4'), variable(`b${u}_${v}`, 'f32x4'), variable(acc(r, v), 'f32x4'))))
    }
  }
  return {
    name: 'limit',
    params: [
      { p: 'buffer', name: 'a', element: 'f32', access: 'read' },
      { p: 'buffer', name: 'b', element: 'f32', access: 'read' },
      { p: 'buffer', name: 'c', element: 'f32', access: 'write' },
    ],
    body: [
      ...all.map(([r, v]) => localStmt(acc(r, v), constantOf('f32x4', 0))),
      forLoop('round', i32(0), i32(rounds), 1, [forLoop('k', i32(0), i32(steps), 1, step)]),
      ...all.map(([r, v]) => store('c', i32((r * vectors + v) * 4), variable(acc(r, v), 'f32x4'))),
    ],
  }
}

export function instantiateKernel(
  kernel: KernelFunction,
  offsets: readonly number[],
  memory: WebAssembly.Memory,
  variant: Variant,
): () => void {
  const buffers = kernel.params.map((param, id) => ({
    id,
    name: param.name,
    dtype: 'float32' as const,
    size: 0,
    role: 'temporary' as const,
  }))
  const bytes = emitModule(
    [
      {
        segment: { name: 'run', buffers, inputs: [], outputs: [], scalars: [], stages: [] },
        buffers: [],
        calls: [{ kernel, args: offsets.map((_, buffer) => ({ buffer, offset: 0 })), flops: 0 }],
      },
    ],
    [{ arenaBytes: 0, offsets: new Map(offsets.map((offset, id) => [id, offset])) }],
    { variant },
  )
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), { env: { memory } })
  const run = instance.exports.run as (arena: number, weights: number) => void
  return () => run(0, 0)
}

/** The register-tiled micro-kernel: a call, and its floating-point operations. */
export function microKernelCall(variant: Variant, rows = 4, vectors = 2): { readonly call: () => void; readonly operations: number } {
  const memory = new WebAssembly.Memory({ initial: 2 })
  const call = instantiateKernel(microKernel(rows, vectors), [0, 32768, 65536], memory, variant)
  return { call, operations: 2 * rows * vectors * 4 * steps * rounds }
}

/** Reads `bytes` of memory once: much more than the last cache holds, and written before, as untouched pages are all one page. */
export function streamingCall(bytes = 1 << 28): { readonly call: () => void; readonly bytes: number } {
  const i = variable('i', 'i32')
  const accs = Array.from({ length: 8 }, (_, n) => `acc${n}`)
  const kernel: KernelFunction = {
    name: 'stream',
    params: [
      { p: 'buffer', name: 'a', element: 'f32', access: 'read' },
      { p: 'buffer', name: 'c', element: 'f32', access: 'write' },
    ],
    body: [
      ...accs.map((name) => localStmt(name, constantOf('f32x4', 0))),
      forLoop(
        'i',
        i32(0),
        i32(bytes / 4),
        32,
        accs.map((name, n) => assign(name, add(variable(name, 'f32x4'), load('f32x4', 'a', add(i, n * 4))))),
      ),
      store(
        'c',
        i32(0),
        accs.map((name) => variable(name, 'f32x4')).reduce((a, b) => add(a, b)),
      ),
    ],
  }
  const memory = new WebAssembly.Memory({ initial: bytes / 65536 + 1 })
  new Float32Array(memory.buffer).fill(1)
  return { call: instantiateKernel(kernel, [0, bytes], memory, 'simd'), bytes }
}
