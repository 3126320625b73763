/**
 * The evaluation worker: imports the bundle of the user's modules with the eager library, turns the wanted values into data, hands them
 * over and ends. Nothing of the user's code or state outlives it.
 */
import { resolve } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { TraceInternals } from '../../lang/trace/trace.ts'
import { extractTrace } from './extractTrace.ts'
import { type ExtractContext, extractValue, NotData, type Site, transferables } from './extractValue.ts'
import { optionsKey, scriptedKey, siteKey, type WorkerAnswer, type WorkerTask } from './protocol.ts'
import { recordFileReads } from './recordFileReads.ts'

interface Library {
  readonly trace: { readonly [key: symbol]: unknown }
  readonly Tensor: abstract new (...args: never[]) => { dtype: never }
  readonly nn: Readonly<Record<string, unknown>> & { readonly Module: abstract new (...args: never[]) => object }
  ready(value: unknown): Promise<void>
  readonly torch: { manualSeed(seed: number): unknown }
}

async function evaluate(task: WorkerTask, filesRead: ReadonlySet<string>): Promise<WorkerAnswer> {
  const sites = new Map<unknown, Site>()
  const register = (value: unknown, file: string, name: string): void => {
    if (typeof value === 'function') sites.set(value, { file, name })
  }
  ;(globalThis as Record<symbol, unknown>)[Symbol.for(siteKey)] = register
  ;(globalThis as Record<symbol, unknown>)[Symbol.for(optionsKey)] = new Map<string, unknown>()
  const library: Library = await import(task.library)
  const tracing = library.trace[Symbol.for('tensorscript.trace')] as TraceInternals
  ;(globalThis as Record<symbol, unknown>)[Symbol.for(scriptedKey)] = tracing.asOneCall
  for (const [file, names] of task.libraryClasses) for (const name of names) register(library.nn[name], file, name)
  // Weights that the user did not seed are the same in every build.
  library.torch.manualSeed(0)
  const { values: thunks } = (await import(task.bundle)) as { values: Record<string, () => unknown> }
  const context: ExtractContext = {
    isTensor: (value): value is never => value instanceof library.Tensor,
    isModule: (value) => value instanceof library.nn.Module,
    sites,
    ids: new Map(),
    done: new Map(),
    roles: new Map(),
  }
  const values: (readonly [string, ReturnType<typeof extractValue>])[] = []
  const unsupported: (readonly [string, string])[] = []
  for (const [key, thunk] of Object.entries(thunks)) {
    try {
      const value = await thunk()
      // Weights from the network come with `ready`.
      await library.ready(value)
      const traced = extractTrace(value, tracing, task.bundle, sites, (tensor) => extractValue(tensor, context) as never)
      values.push([key, traced ?? extractValue(value, context, key.slice(key.lastIndexOf('#') + 1))])
    } catch (error) {
      if (!(error instanceof NotData)) throw error
      unsupported.push([key, error.message])
    }
  }
  return { ok: true, values, unsupported, filesRead: absolute(filesRead) }
}

const absolute = (files: ReadonlySet<string>): string[] => [...new Set([...files].map((file) => resolve(file)))]

const filesRead = new Set<string>()
recordFileReads(filesRead)
try {
  const answer = await evaluate(workerData as WorkerTask, filesRead)
  parentPort!.postMessage(answer, answer.ok ? transferables(answer.values) : [])
} catch (thrown) {
  const error = thrown instanceof Error ? (thrown as NodeJS.ErrnoException) : new Error(String(thrown))
  let cause: unknown = error
  while (cause instanceof Error && !('path' in cause) && cause.cause) cause = cause.cause
  const { code, path } = (cause ?? {}) as NodeJS.ErrnoException
  const answer: WorkerAnswer = {
    ok: false,
    error: { name: error.name, message: error.message, stack: error.stack ?? '', code: code ?? null, path: path ?? null },
    filesRead: absolute(filesRead),
  }
  parentPort!.postMessage(answer)
}
