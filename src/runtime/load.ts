/**
 * Brings a program's code and weights in: at once where the bytes are at hand, else over the network with progress and cancellation.
 * What arrives is checked against the manifest, so that code, kernels and weights of different builds never meet.
 */
import { allocateWeights, bytes, freeWeights, getMemory } from './memory.ts'
import type { Asset, ProgramInstance, SegmentFunction } from './program.ts'
import type { LoadRequest } from './ready.ts'

/** A module that uses relaxed SIMD: validates only where that is on. */
const relaxedProbe = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11,
]

/** A weights file on its way. */
interface Download {
  readonly promise: Promise<number>
  readonly controller: AbortController
  readonly listeners: Set<(loaded: number) => void>
  waiting: number
}

/** By content hash, so that equal weights of several programs come once and are in memory once: addresses, and what is on its way. */
const placed = new Map<unknown, number>()
const downloads = new Map<unknown, Download>()

export function fail(program: ProgramInstance, message: string): never {
  throw new Error(`tensorscript: ${program.manifest.name} ${message}`)
}

/** Loads what is at hand (inline, a compiled module, a file in Node) without waiting. */
export function initialise(program: ProgramInstance): void {
  const code = pickCode(program)
  const found = code instanceof WebAssembly.Module ? code : readNow(code)
  const module = found instanceof Uint8Array ? new WebAssembly.Module(checkCode(program, found)) : found
  const exports = module && link(program, module)
  const address = exports && placeNow(program)
  if (!exports || address === undefined) fail(program, 'is not loaded yet: await ready(...) of it before the first call')
  start(program, exports, address)
}

export async function load(program: ProgramInstance, request: LoadRequest): Promise<void> {
  const { signal, device } = request
  const { manifest, functions } = program
  if (await wantsDevice(program, device)) return loadOnDevice(program, request)
  program.device = undefined
  const code = pickCode(program)
  const { simd, native } = program.assets()
  const codeSize = sizeOf(program, code === simd ? 0 : native ? 3 : 1)
  const weightsSize = manifest.weightBytes && sizeOf(program, 2)
  let codeLoaded = functions ? codeSize : 0
  let weightsLoaded = functions ? weightsSize : 0
  const report = (): void => request.report(codeLoaded + weightsLoaded, codeSize + weightsSize)
  report()
  if (functions) return
  const [exports, address] = await Promise.all([
    loadCode(program, code, codeSize, signal, (loaded) => {
      codeLoaded = loaded
      report()
    }).then((module) => link(program, module)),
    placeWeights(program, signal, (loaded) => {
      weightsLoaded = loaded
      report()
    }),
  ])
  if (!program.functions) start(program, exports, address)
}

/** `webgpu` must be possible; `auto` takes it where the program was built for it and the machine has it; nothing asked for is wasm. */
async function wantsDevice(program: ProgramInstance, device: LoadRequest['device']): Promise<boolean> {
  if (device === 'webgpu') {
    if (!program.gpu && program.manifest.segments.length > 0)
      fail(program, "was not built for WebGPU: add 'webgpu' to the plugin's targets")
    return program.gpu !== undefined
  }
  if (!program.gpu) return false
  if (!program.assets().simd) return true
  return device === 'auto' && typeof navigator !== 'undefined' && !!(await navigator.gpu?.requestAdapter())
}

async function loadOnDevice(program: ProgramInstance, { report, signal }: LoadRequest): Promise<void> {
  const { wgsl, gpuWeights } = program.assets()
  if (program.device) return report(0, 0)
  const fetched = async (asset: Asset): Promise<Uint8Array> =>
    readNow(asset) ?? new Uint8Array(await (await request(program, asset as string, signal)).arrayBuffer())
  const [loader, code, weights] = await Promise.all([program.gpu!(), fetched(wgsl!), gpuWeights ? fetched(gpuWeights) : undefined])
  report(code.length, code.length)
  program.device = await loader(new TextDecoder().decode(code), weights, program.manifest.segments)
}

function pickCode(program: ProgramInstance): Asset {
  const { simd, relaxed, native } = program.assets()
  if (native) return native
  return relaxed && WebAssembly.validate(new Uint8Array(relaxedProbe)) ? relaxed : (simd as Asset)
}

const sizeOf = (program: ProgramInstance, index: 0 | 1 | 2 | 3): number => program.assets().sizes?.[index] ?? 0

/** Links the code and, where there is much to load, starts its way to the engine's optimising tier. */
function link(program: ProgramInstance, module: WebAssembly.Module): WebAssembly.Exports {
  const [stamp] = WebAssembly.Module.customSections(module, 'tensorscript')
  if (!stamp || new TextDecoder().decode(stamp) !== program.manifest.hash)
    fail(program, 'and its .wasm file are of different builds: reload without cache, or deploy both')
  const { exports } = new WebAssembly.Instance(module, { env: { memory: getMemory() } })
  ;(exports.warm as (() => void) | undefined)?.()
  return exports
}

/** From here on the program can be called. */
function start(program: ProgramInstance, exports: WebAssembly.Exports, address: number): void {
  const { segments, arenaBytes, derived } = program.manifest
  allocateWeights(0, arenaBytes)
  if (derived)
    (exports.prepare as (weights: number, derived: number) => void)(
      address,
      derived.at === undefined ? allocateWeights(derived.bytes, arenaBytes) : address + derived.at,
    )
  program.weights = address
  program.functions = segments.map(({ name }) => exports[name] as SegmentFunction)
}

function checkCode(program: ProgramInstance, code: Uint8Array): Uint8Array<ArrayBuffer> {
  if (code[0] !== 0) fail(program, 'got something else than WebAssembly for its code: is the .wasm file deployed?')
  return code as Uint8Array<ArrayBuffer>
}

async function loadCode(
  program: ProgramInstance,
  code: Asset,
  size: number,
  signal: AbortSignal | undefined,
  progress: (loaded: number) => void,
): Promise<WebAssembly.Module> {
  if (code instanceof WebAssembly.Module) return code
  let raw = readNow(code)
  if (!raw) {
    const target = new Uint8Array(size)
    await download(program, code as string, size, signal, (chunk, at) => {
      target.set(chunk, at)
      progress(at + chunk.length)
    })
    raw = target
  }
  const module = await WebAssembly.compile(checkCode(program, raw))
  progress(size)
  return module
}

/** What can be read without waiting: a range at a time, to where it belongs. */
interface Readable {
  readonly size: number
  read(target: Uint8Array, from: number): void
}

/** The bytes of an asset where they can be had without waiting, or undefined. */
function open(asset: Asset): Readable | undefined {
  const data = asset instanceof Uint8Array ? asset : asset instanceof ArrayBuffer ? new Uint8Array(asset) : undefined
  return data ? inMemory(data) : openUrl(String(asset))
}

function openUrl(url: string): Readable | undefined {
  if (url.startsWith('data:'))
    return inMemory(Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0)))
  return url.startsWith('file:') ? openFile(url) : undefined
}

const inMemory = (data: Uint8Array): Readable => ({
  size: data.length,
  read: (target, from) => target.set(data.subarray(from, from + target.length)),
})

/** Node, Deno and Bun. Not an import, so that bundlers for browsers do not see it. */
function openFile(url: string): Readable | undefined {
  const fs = globalThis.process?.getBuiltinModule?.('node:fs')
  const path = new URL(url)
  return (
    fs && {
      size: fs.statSync(path).size,
      read(target, from) {
        const file = fs.openSync(path, 'r')
        // One read gives at most 2 GiB.
        for (let at = 0, count = 1; at < target.length && count; at += count)
          count = fs.readSync(file, target, at, Math.min(target.length - at, 2 ** 30), from + at)
        fs.closeSync(file)
      },
    }
  )
}

/** All bytes that can be had without waiting, or undefined. */
export function readNow(asset: Asset): Uint8Array | undefined {
  if (asset instanceof Uint8Array) return asset
  const source = open(asset)
  const data = source && new Uint8Array(source.size)
  source?.read(data!, 0)
  return data
}

/** A response that is what was asked for, as far as its head can say. */
export async function request(program: ProgramInstance, url: string | URL, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(url, signal ? { signal } : {})
  if (!response.ok) fail(program, `cannot load ${url}: HTTP ${response.status}`)
  if (response.headers.get('content-type')?.includes('text/html'))
    fail(program, `cannot load ${url}: the server answered with an HTML page (is the file deployed?)`)
  return response
}

async function download(
  program: ProgramInstance,
  url: string | URL,
  size: number,
  signal: AbortSignal | undefined,
  write: (chunk: Uint8Array, at: number) => void,
): Promise<void> {
  const { body } = await request(program, url, signal)
  const reader = body!.getReader()
  let at = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    if (at + value.length <= size) write(value, at)
    at += value.length
  }
  if (at !== size) fail(program, `got ${at} bytes instead of ${size} from ${url}: truncated, or of another build`)
}

const weightsHash = ({ manifest }: ProgramInstance): string => manifest.weightsHash ?? manifest.hash

/** Bytes of the weights and of what is derived of them at the same place. */
const roomOf = ({ manifest: { weightBytes, derived } }: ProgramInstance): number =>
  Math.max(weightBytes, derived?.at === undefined ? 0 : derived.at + derived.bytes)

/** Bytes that will follow them: room for all is made at once. */
const behindWeights = ({ manifest: { derived, arenaBytes } }: ProgramInstance): number =>
  arenaBytes + (derived && derived.at === undefined ? derived.bytes : 0)

/** What may share weights: all programs with equal ones, but not those that cover some of theirs. */
const sharing = (program: ProgramInstance): unknown => (program.manifest.derived?.at === undefined ? weightsHash(program) : program)

/** Address of weights that are in memory or at hand; 0 when there are none; undefined when they must be fetched. */
function placeNow(program: ProgramInstance): number | undefined {
  const { weightBytes } = program.manifest
  if (!weightBytes) return 0
  const known = placed.get(sharing(program))
  if (known !== undefined) return known
  const file = open(program.assets().weights as Asset)
  if (!file) return undefined
  const header = new Uint8Array(Math.max(0, file.size - weightBytes))
  file.read(header, 0)
  checkHeader(program, header)
  const address = allocateWeights(roomOf(program), behindWeights(program))
  file.read(bytes.subarray(address, address + weightBytes), header.length)
  placed.set(sharing(program), address)
  return address
}

async function placeWeights(
  program: ProgramInstance,
  signal: AbortSignal | undefined,
  progress: (loaded: number) => void,
): Promise<number> {
  const address = placeNow(program)
  if (address !== undefined) {
    progress(program.manifest.weightBytes && sizeOf(program, 2))
    return address
  }
  const shared = downloads.get(sharing(program)) ?? downloadWeights(program)
  shared.waiting++
  shared.listeners.add(progress)
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      if (--shared.waiting === 0) {
        downloads.delete(sharing(program))
        shared.controller.abort(signal?.reason)
      }
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort)
    shared.promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort))
  })
}

/** Streams a weights file to its place in memory. */
function downloadWeights(program: ProgramInstance): Download {
  const { weightBytes } = program.manifest
  const key = sharing(program)
  const size = sizeOf(program, 2)
  const header = new Uint8Array(size - weightBytes)
  const address = allocateWeights(roomOf(program), behindWeights(program))
  const controller = new AbortController()
  const listeners = new Set<(loaded: number) => void>()
  const promise = download(program, program.assets().weights as string, size, controller.signal, (chunk, at) => {
    if (at < header.length) header.set(chunk.subarray(0, header.length - at), at)
    const skip = Math.max(0, header.length - at)
    bytes.set(chunk.subarray(skip), address + Math.max(0, at - header.length))
    for (const listener of listeners) listener(at + chunk.length)
  })
    .then(() => {
      checkHeader(program, header)
      placed.set(key, address)
      return address
    })
    .catch((error) => {
      freeWeights(address, roomOf(program))
      throw error
    })
    .finally(() => {
      if (downloads.get(key)?.promise === promise) downloads.delete(key)
    })
  const shared: Download = { promise, controller, listeners, waiting: 0 }
  downloads.set(key, shared)
  return shared
}

/** The first bytes of a safetensors file, up to the data, must carry the hash that the program was built with. */
function checkHeader(program: ProgramInstance, header: Uint8Array): void {
  let found: unknown
  try {
    found = JSON.parse(new TextDecoder().decode(header.subarray(8))).__metadata__['tensorscript.hash']
  } catch {
    fail(program, 'cannot read its weights: the file is truncated or no safetensors file')
  }
  if (found !== weightsHash(program)) fail(program, 'and its weights file are of different builds: reload without cache, or deploy both')
}
