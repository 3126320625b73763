/**
 * A compiled program at run time: `defineProgram` makes the callable that replaces the user's function, `run` executes one of its
 * segments. A program is not re-entrant; results are copied out into arrays that the caller owns.
 */
import { fail, initialise, load, readNow, request } from './load.ts'
import { bytes, floats, reserveArena, words } from './memory.ts'
import { type LoadRequest, loadable } from './ready.ts'
import { Tensor } from './tensor.ts'
import { formatVersion, type ProgramManifest } from './types.ts'

/** Where bytes come from: an address (`https:`, `data:`, in Node `file:`), the bytes themselves or, for code, a compiled module. */
export type Asset = string | URL | Uint8Array | ArrayBuffer | WebAssembly.Module

export interface ProgramAssets {
  readonly simd?: Asset
  readonly relaxed?: Asset
  readonly native?: Asset
  /** A safetensors file; absent when the program has no weights. */
  readonly weights?: Asset
  /** WGSL text and the weights as its kernels read them. */
  readonly wgsl?: Asset
  readonly gpuWeights?: Asset
  /** JSON with `graph` and `code`. */
  readonly ir?: Asset
  /** Lengths in bytes of the files simd, relaxed, weights and native; needed for those that are fetched. */
  readonly sizes?: readonly [simd: number, relaxed: number, weights: number, native?: number]
}

/** A program on a device: runs a segment there and gives tensors that stay there until they are read. */
export interface DeviceProgram {
  run(index: number, inputs: readonly Tensor[], scalars: readonly (number | boolean)[], shapes: readonly (readonly number[])[]): Tensor[]
}

/** Makes a program's DeviceProgram from its WGSL and its weights file. */
export type DeviceLoader = (wgsl: string, weights: Uint8Array | undefined, dtypes: ProgramManifest['segments']) => Promise<DeviceProgram>

export type SegmentFunction = (arena: number, weights: number, ...scalars: (number | boolean)[]) => void

/** The `$` of emitted code. */
export class ProgramInstance {
  readonly manifest: ProgramManifest
  readonly assets: () => ProgramAssets
  /** One a segment; undefined until loaded. A program without segments has nothing to load. */
  functions: readonly SegmentFunction[] | undefined
  /** Address of the weights. */
  weights = 0
  /** What makes it a program of a device, and the device's program once it is one. */
  readonly gpu: (() => Promise<DeviceLoader>) | undefined
  device: DeviceProgram | undefined

  constructor(manifest: ProgramManifest, assets: () => ProgramAssets, gpu?: () => Promise<DeviceLoader>) {
    this.gpu = gpu
    this.manifest = manifest
    this.assets = assets
    this.functions = manifest.segments.length > 0 ? undefined : []
  }
}

/** What a compiled function has besides its call. */
export interface Compiled<F extends (...args: never[]) => unknown> {
  /** Waits for the program, then calls it. */
  readonly async: (...args: Parameters<F>) => Promise<Awaited<ReturnType<F>>>
  /** The frozen program as TorchScript prints it, and as TypeScript. Fetched when asked for. */
  readonly graph: Promise<string>
  readonly code: Promise<string>
  readonly forward: F
}

/**
 * Makes the callable of a program; `entry` is the JavaScript that the compiler printed, `waiting` the same as an `async` function, which can read values from a
 * device in between.
 */
export function defineProgram<F extends (...args: never[]) => unknown>(
  manifest: ProgramManifest,
  assets: () => ProgramAssets,
  entry: ($: ProgramInstance) => F,
  gpu?: () => Promise<DeviceLoader>,
  waiting?: ($: ProgramInstance) => F,
): F & Compiled<F> {
  const program = new ProgramInstance(manifest, assets, gpu)
  const { name, format } = manifest
  if (format !== formatVersion)
    fail(program, `has format ${format}, this runtime reads ${formatVersion}: build it with the version of tensorscript that it runs with`)
  const body = entry(program)
  const call = (...args: Parameters<F>): unknown => {
    if (!program.functions && !program.device) initialise(program)
    return body(...args)
  }
  const text = async (key: 'graph' | 'code'): Promise<string> => {
    const { ir } = assets()
    if (!ir) return fail(program, 'was built without its IR')
    const now = readNow(ir)
    return (now ? JSON.parse(new TextDecoder().decode(now)) : await (await request(program, ir as string)).json())[key]
  }
  return Object.defineProperties(call, {
    name: { value: name },
    [loadable]: { value: (request: LoadRequest) => load(program, request) },
    async: {
      value: async (...args: Parameters<F>) => {
        if (!program.device) await load(program, { report() {} })
        return (program.device && waiting ? waiting(program) : body)(...args)
      },
    },
    graph: { get: () => text('graph') },
    code: { get: () => text('code') },
    forward: { value: call },
  }) as F & Compiled<F>
}

/**
 * Runs a segment: copies `inputs` into the arena, calls the kernels, copies the results out.
 * @throws RangeError where an index tensor holds what is out of range.
 * `arenaBytes` and `offsets` (inputs, then outputs, in bytes from the arena) are given where they depend on symbolic dims.
 */
export function run(
  program: ProgramInstance,
  index: number,
  inputs: readonly Tensor[],
  scalars: readonly (number | boolean)[],
  shapes: readonly (readonly number[])[],
  arenaBytes: number = program.manifest.arenaBytes,
  offsets?: readonly number[],
): Tensor[] {
  if (program.device) return program.device.run(index, inputs, scalars, shapes)
  const segment = program.manifest.segments[index]!
  const arena = reserveArena(arenaBytes)
  const { length } = inputs
  for (let i = 0; i < length; i++) {
    const { dtype, offset } = segment.inputs[i]!
    const start = arena + (offset ?? offsets![i]!)
    const data = inputs[i]!.dataSync()
    if (dtype === 'float32') floats.set(data, start >> 2)
    else if (dtype === 'bool' || dtype === 'uint8') bytes.set(data, start)
    else words.set(data, start >> 2)
  }
  try {
    program.functions![index]!(arena, program.weights, ...scalars)
  } catch (cause) {
    throw segment.indexed ? new RangeError(`${program.manifest.name}: an index is out of range in ${segment.indexed}`, { cause }) : cause
  }
  return segment.outputs.map(({ dtype, offset }, i) => {
    const shape = shapes[i]!
    const start = arena + (offset ?? offsets![length + i]!)
    let end = 1
    for (const dim of shape) end *= dim
    const word = start >> 2
    return new Tensor(
      dtype,
      shape,
      dtype === 'float32'
        ? floats.slice(word, word + end)
        : dtype === 'bool' || dtype === 'uint8'
          ? bytes.slice(start, start + end)
          : words.slice(word, word + end),
    )
  })
}
