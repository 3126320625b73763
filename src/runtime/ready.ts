/**
 * `ready(x)`: resolves when everything that `x` needs is there. Whatever has something to load (a compiled program, an uncompiled module
 * with a weights address) carries a `[loadable]` method; everything else is ready already.
 */
export const loadable: unique symbol = Symbol.for('tensorscript.loadable') as never

export interface LoadRequest {
  /** Called at once with the total, then as bytes arrive. */
  report(loaded: number, total: number): void
  readonly signal?: AbortSignal | undefined
  readonly device?: Device | undefined
}

export interface Loadable {
  [loadable](request: LoadRequest): Promise<void>
}

export type Device = 'auto' | 'wasm' | 'webgpu'

export interface ReadyOptions {
  /** Where programs run. `auto` takes what the program was built for and the machine has. */
  readonly device?: Device
  /** At most this many threads. Programs of this version run on one. */
  readonly threads?: number
  /** Bytes of code and weights, over everything that is awaited. */
  readonly onProgress?: (progress: { readonly loaded: number; readonly total: number }) => void
  /** Stops the downloads that nobody else waits for; `ready` then rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Loads the code and weights of a compiled function or module, or of all in an array or plain object. Resolves at once for what is not
 * compiled or loaded before.
 * @throws when a file is missing, truncated or of another build, or when `signal` aborts. A later call tries again.
 */
export async function ready(target: unknown, options: ReadyOptions = {}): Promise<void> {
  const { onProgress, signal, device } = options
  signal?.throwIfAborted()
  await loadAll(collect(target), { signal, device, report: (loaded, total) => onProgress?.({ loaded, total }) })
}

/** Loads several as one: reports their sums once all have told theirs. */
export async function loadAll(items: readonly Loadable[], { report, ...request }: LoadRequest): Promise<void> {
  const progress: [number, number][] = []
  let known = 0
  const sum = (part: 0 | 1): number => progress.reduce((total, entry) => total + entry[part], 0)
  await Promise.all(
    items.map((item, i) =>
      item[loadable]({
        ...request,
        report(loaded, total) {
          if (!progress[i]) known++
          progress[i] = [loaded, total]
          if (known === items.length) report(sum(0), sum(1))
        },
      }),
    ),
  )
}

function collect(target: unknown): Loadable[] {
  if (target === null || (typeof target !== 'object' && typeof target !== 'function')) return []
  if (loadable in target) return [target as Loadable]
  const plain = Array.isArray(target) || [null, Object.prototype].includes(Object.getPrototypeOf(target))
  return plain ? Object.values(target).flatMap(collect) : []
}
