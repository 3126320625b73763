/**
 * `tsx bench/profile.ts MODEL [--batch=N] [--json]`: time, GFLOP/s and share of the machine's limit of every kernel of a compiled model. The kernels run in their order
 * in the memory that the program would have, each call an exported function of its own; the symbol N has the batch size of the
 * model's inputs or the asked one, T is 128. A program that runs a chunk of rows at a time is profiled for one chunk.
 */
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { emitModule, type Variant } from '../src/compiler/codegen/wasm/index.ts'
import type { KernelCall, MemoryPlan, ScheduledSegment } from '../src/compiler/kernels/loop.ts'
import type { Lowered } from '../src/compiler/program.ts'
import { evaluateDim } from '../src/ops/dimMath.ts'
import { elementBytes } from '../src/ops/dtype.ts'
import { microKernelCall } from './limit.ts'
import { writeWeights } from './models/writeWeights.ts'
import { zoo } from './models/zoo.ts'
import { enableRelaxedSimd } from './relaxed.ts'

enableRelaxedSimd()
register('./rawModules.mjs', import.meta.url)

export interface KernelProfile {
  /** Position among the calls of the program. */
  readonly call: number
  readonly name: string
  /** Milliseconds, the best of all rounds. */
  readonly time: number
  readonly gflops: number
  /** Of the limit measured in the same run; of one that does no multiply-adds it says nothing. */
  readonly share: number
  /** GB/s, when it touches each element of its buffers once. */
  readonly gigabytes: number
}

/** Profiles the kernels of a model at `batch`, over `seconds`. */
export async function profileModel(
  name: string,
  { batch = zoo[name]!()[0]!.shape[0]!, seconds = 2, variant = 'relaxed' as Variant } = {},
): Promise<readonly KernelProfile[]> {
  writeWeights([name])
  const { createProjectLoader } = await import('../src/cli/project.ts')
  const errors: string[] = []
  const open = createProjectLoader({ cwd: process.cwd(), out() {}, error: (text: string) => void errors.push(text) } as never)
  const project = await open(fileURLToPath(new URL(`models/${name}.ts`, import.meta.url)))
  let lowered: Lowered | undefined
  const program = project.compile('model', {
    options: {
      lowered: (made) => {
        lowered = made
      },
    },
  })
  const { weightBytes, segments } = program.manifest
  const rows = Math.min(batch, ...segments.map((segment) => segment.rows?.most ?? batch))
  const layout = layOut(lowered!, weightBytes)
  const bytes = emitModule(layout.segments, layout.plans, { variant })
  const symbols = (segment: ScheduledSegment): Record<string, number> =>
    Object.fromEntries(segment.segment.scalars.map((scalar) => [scalar.name, scalar.name === 'N' ? rows : 128]))
  const arena = Math.ceil((weightBytes + layout.derivedBytes) / 65536) * 65536
  const arenaBytes = Math.max(...lowered!.scheduled.map((segment, i) => evaluateDim(lowered!.plans[i]!.arenaBytes, symbols(segment))))
  const memory = new WebAssembly.Memory({ initial: Math.ceil((arena + arenaBytes) / 65536) + 1 })
  const weights = program.weights
  new Uint8Array(memory.buffer).set(weights.subarray(weights.length - weightBytes))
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), { env: { memory } })

  const times = new Map<string, number>()
  const calls = layout.segments.map(({ segment, calls: [call] }, i) => {
    const values = symbols(layout.segments[i]!)
    const run = exports[segment.name] as (arena: number, weights: number, ...scalars: number[]) => void
    const known = [...segment.buffers, ...layout.segments[i]!.buffers]
    const sizes = new Map(known.map(({ id, size, dtype }) => [id, evaluateDim(size, values) * elementBytes[dtype]]))
    const bytes = [...new Set(call!.args.flatMap((arg) => ('buffer' in arg ? [arg.buffer] : [])))].reduce(
      (sum, id) => sum + sizes.get(id)!,
      0,
    )
    return {
      name: segment.name,
      call: call!,
      values,
      bytes,
      run: () => run(arena, 0, ...segment.scalars.map((scalar) => values[scalar.name]!)),
    }
  })
  const micro = microKernelCall(variant)
  let microTime = Number.POSITIVE_INFINITY
  const end = performance.now() + seconds * 1000
  const timed = (call: () => void): number => {
    const start = performance.now()
    call()
    return performance.now() - start
  }
  for (let round = 0; round < 3 || performance.now() < end; round++) {
    microTime = Math.min(microTime, timed(micro.call))
    // Places are handed on between the kernels: every round starts from fresh inputs.
    new Uint8Array(memory.buffer, arena).fill(0)
    placeInputs(name, lowered!, memory, arena, symbols)
    for (const { name: call, run } of calls) {
      times.set(call, Math.min(times.get(call) ?? Number.POSITIVE_INFINITY, timed(run)))
    }
  }
  return calls
    .filter(({ name: call }) => !call.startsWith('prepare'))
    .map(({ name: call, call: { kernel, flops }, values, bytes }, position) => {
      const time = times.get(call)!
      const gflops = evaluateDim(flops, values) / time / 1e6
      const share = (gflops * microTime * 1e6) / micro.operations
      return { call: position, name: kernel.name, time, gflops, share, gigabytes: bytes / time / 1e6 }
    })
}

/** Every call as a segment of its own, the derived weights right behind the weights. */
function layOut({ scheduled, plans }: Lowered, weightBytes: number) {
  const segments: ScheduledSegment[] = []
  const all: MemoryPlan[] = []
  let end = Math.ceil(weightBytes / 64) * 64
  const start = end
  scheduled.forEach((whole, s) => {
    const offsets = new Map(plans[s]!.offsets)
    const buffers = whole.buffers.map(({ derived, ...buffer }) => {
      if (derived) {
        offsets.set(buffer.id, end)
        end += Math.ceil(((buffer.size as number) * elementBytes[buffer.dtype]) / 64) * 64
      }
      return buffer
    })
    const add = (name: string, call: KernelCall): void => {
      segments.push({ segment: { ...whole.segment, name }, buffers, calls: [call] })
      all.push({ ...plans[s]!, offsets })
    }
    whole.prepare?.forEach((call, i) => {
      add(`prepare${s}_${i}`, call)
    })
    whole.calls.forEach((call, i) => {
      add(`call${s}_${i}`, call)
    })
  })
  return { segments, plans: all, derivedBytes: end - start }
}

/** The model's own inputs where the first segment takes them as they are, repeated over the batch; zeros elsewhere. */
function placeInputs(
  name: string,
  { scheduled, plans }: Lowered,
  memory: WebAssembly.Memory,
  arena: number,
  symbols: (segment: ScheduledSegment) => Record<string, number>,
): void {
  const [first] = scheduled
  const inputs = zoo[name]!()
  if (!first || first.segment.inputs.length !== inputs.length) return
  first.segment.inputs.forEach(({ buffer }, i) => {
    const { data } = inputs[i]!
    const at = arena + evaluateDim(plans[0]!.offsets.get(buffer)!, symbols(first))
    const size = evaluateDim(first.segment.buffers.find(({ id }) => id === buffer)!.size, symbols(first))
    const taken = data.subarray(0, size)
    for (let n = 0; (n + 1) * taken.length <= size; n++)
      new Uint8Array(memory.buffer).set(new Uint8Array(taken.buffer, taken.byteOffset, taken.byteLength), at + n * taken.byteLength)
  })
}

if (import.meta.filename === process.argv[1]) {
  const options = process.argv.slice(2)
  const batch = options.find((option) => option.startsWith('--batch='))?.slice(8)
  for (const name of options.filter((option) => !option.startsWith('--'))) {
    const kernels = await profileModel(name, batch === undefined ? {} : { batch: Number(batch) })
    if (options.includes('--json')) {
      console.log(JSON.stringify(kernels))
      continue
    }
    const total = kernels.reduce((sum, { time }) => sum + time, 0)
    console.log(`${name}: ${total.toFixed(3)} ms in ${kernels.length} calls`)
    for (const { call, name: kernel, time, gflops, share, gigabytes } of [...kernels].sort((a, b) => b.time - a.time).slice(0, 40))
      console.log(
        `  ${String(call).padStart(3)} ${kernel.padEnd(36)} ${(time * 1000).toFixed(0).padStart(7)} us ${((100 * time) / total).toFixed(1).padStart(5)}% ${gflops.toFixed(1).padStart(6)} GFLOP/s ${(100 * share).toFixed(0).padStart(4)}% of the limit ${gigabytes.toFixed(1).padStart(6)} GB/s`,
      )
  }
}
