/**
 * Step 2 of the transform: values that only running the user's modules can tell. Bundles them, runs the bundle once in a worker with the
 * eager library, takes the values as data. Results are cached under the content of every file that went in or was read, the settings and
 * the version of this package. An error of the user's code becomes a diagnostic at the user's line.
 */
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Diagnostic, Evaluated } from '../../compiler/program.ts'
import { hashFile, hashOf } from '../hash.ts'
import { libraryClasses } from '../libraryModules.ts'
import { type BundleSettings, bundleModules, type EvaluationBundle } from './bundleModules.ts'
import { bundleFailure, evaluationFailure } from './evaluationErrors.ts'
import { compilerVersion, libraryFiles } from './libraryFiles.ts'
import { placeTraces } from './placeTraces.ts'
import type { WorkerAnswer, WorkerTask } from './protocol.ts'

export interface EvaluationRequest {
  /** Wanted module-level names by file. */
  readonly names: ReadonlyMap<string, readonly string[]>
  /** Text of files as the bundler has it; all others are read from disk. */
  readonly sources: ReadonlyMap<string, string>
  readonly settings: BundleSettings
  readonly cacheFolder: string
  /** Milliseconds until a module that does not finish is stopped. */
  readonly timeout?: number
}

export interface Evaluation {
  readonly values: ReadonlyMap<string, Evaluated>
  /** Values that have no form as data, by key, and why. */
  readonly unsupported: ReadonlyMap<string, string>
  /** Modules that ran and files that they read. */
  readonly files: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  readonly cached: boolean
}

interface Stored {
  readonly dependencies: readonly (readonly [file: string, hash: string])[]
  readonly values: readonly (readonly [string, Evaluated])[]
  readonly unsupported: readonly (readonly [string, string])[]
}

export async function evaluateModules(request: EvaluationRequest): Promise<Evaluation> {
  const before = inFlight.get(request.cacheFolder) ?? new Map<string, Promise<Evaluation>>()
  inFlight.set(request.cacheFolder, before)
  // The same modules may be asked for at once by several environments of one build: the second finds what the first stored.
  const key = JSON.stringify([...request.names])
  const earlier = before.get(key)
  const running = (
    earlier
      ? earlier.then(
          () => undefined,
          () => undefined,
        )
      : Promise.resolve()
  ).then(() => evaluate(request))
  before.set(key, running)
  try {
    return await running
  } finally {
    if (before.get(key) === running) before.delete(key)
  }
}

const inFlight = new Map<string, Map<string, Promise<Evaluation>>>()

async function evaluate(request: EvaluationRequest): Promise<Evaluation> {
  const { names, sources, settings, cacheFolder } = request
  const folder = join(cacheFolder, 'evaluate')
  const key = hashOf(
    compilerVersion(),
    process.version,
    JSON.stringify([...names].sort(([a], [b]) => (a < b ? -1 : 1))),
    JSON.stringify({ ...settings, alias: settings.alias.map(({ find, replacement }) => [String(find), replacement]) }),
  )
  const file = join(folder, `${key}.bin`)
  const hash = (path: string): string => {
    const text = sources.get(path)
    return text === undefined ? hashFile(path) : hashOf(new TextEncoder().encode(text))
  }
  const stored = readStored(file)
  if (stored?.dependencies.every(([path, expected]) => hash(path) === expected)) {
    return {
      values: new Map(stored.values),
      unsupported: new Map(stored.unsupported),
      files: stored.dependencies.map(([path]) => path),
      diagnostics: [],
      cached: true,
    }
  }
  mkdirSync(folder, { recursive: true })
  const files = await libraryFiles()
  let bundle: EvaluationBundle
  try {
    bundle = await bundleModules(names, sources, files.library, settings)
  } catch (error) {
    const diagnostic = bundleFailure(error, [...names.keys()][0]!)
    return { values: new Map(), unsupported: new Map(), files: [...names.keys()], diagnostics: [diagnostic], cached: false }
  }
  const task = { library: files.library, libraryClasses: libraryClasses() }
  const bundleFile = join(folder, `${key}-${process.pid}-${sequence++}.mjs`)
  const answer = await withWorkerSlot(() => runBundle(bundle, task, files.worker, bundleFile, request.timeout ?? 120_000))
  const dependencies = [...new Set([...bundle.files, ...answer.filesRead.filter((path) => !isOwn(path, folder, files.library))])].sort()
  const source = (path: string): string => sources.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8') : '')
  if (!answer.ok) {
    const diagnostic = evaluationFailure(answer.error, bundle, [...names.keys()][0]!, settings.root, source)
    return { values: new Map(), unsupported: new Map(), files: dependencies, diagnostics: [diagnostic], cached: false }
  }
  const values = placeTraces(answer.values, bundle, settings.root, source)
  const record: Stored = {
    dependencies: dependencies.map((path) => [path, hash(path)]),
    values,
    unsupported: answer.unsupported,
  }
  const building = `${file}.${process.pid}`
  writeFileSync(building, serialize(record))
  renameSync(building, file)
  return { values: new Map(values), unsupported: new Map(answer.unsupported), files: dependencies, diagnostics: [], cached: false }
}

let sequence = 0

/** A worker holds a copy of the library and of the weights it loads: so many at a time, the others wait. */
const maximumWorkers = Math.min(4, availableParallelism())
let running = 0
const waiting: (() => void)[] = []

async function withWorkerSlot<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maximumWorkers) await new Promise<void>((start) => waiting.push(start))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** The library's own files and the bundle are not the user's. */
const isOwn = (path: string, folder: string, library: string): boolean =>
  [folder, dirname(fileURLToPath(library))].some((own) => path.startsWith(own) || path.startsWith(realpathSync(own)))

function readStored(file: string): Stored | null {
  try {
    return deserialize(readFileSync(file)) as Stored
  } catch {
    return null
  }
}

async function runBundle(
  bundle: EvaluationBundle,
  task: Omit<WorkerTask, 'bundle'>,
  workerFile: string,
  file: string,
  timeout: number,
): Promise<WorkerAnswer> {
  writeFileSync(file, bundle.code)
  const workerData: WorkerTask = { ...task, bundle: pathToFileURL(file).href }
  // Without this process's flags: loaders and inspectors of the build are not the user's code's.
  const worker = new Worker(new URL(workerFile), { workerData, execArgv: [] })
  try {
    return await new Promise<WorkerAnswer>((done) => {
      const failed = (name: string, message: string, stack = ''): void =>
        done({ ok: false, error: { name, message, stack, code: null, path: null }, filesRead: [] })
      const timer = setTimeout(() => failed('TimeoutError', `it did not finish in ${timeout / 1000} seconds`), timeout)
      worker.once('message', (answer: WorkerAnswer) => {
        clearTimeout(timer)
        done(answer)
      })
      worker.once('error', (error: Error) => {
        clearTimeout(timer)
        failed(error.name, error.message, error.stack)
      })
      worker.once('exit', (code) => {
        clearTimeout(timer)
        failed('Error', `the module ended the process (exit code ${code})`)
      })
    })
  } finally {
    await worker.terminate()
    rmSync(file, { force: true })
  }
}

/** Where caches go when the bundler has no folder of its own: beside the project's dependencies. */
export function defaultCacheFolder(root: string): string {
  let folder = resolve(root)
  for (;;) {
    if (existsSync(join(folder, 'node_modules'))) return join(folder, 'node_modules/.cache/tensorscript')
    if (dirname(folder) === folder) return join(root, 'node_modules/.cache/tensorscript')
    folder = dirname(folder)
  }
}
