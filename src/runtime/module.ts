/** A compiled module with entry points besides `forward`: a callable with its exported methods, which load together. */
import type { Compiled } from './program.ts'
import { type Loadable, type LoadRequest, loadAll, loadable } from './ready.ts'

type Entry = (...args: never[]) => unknown

/** Gives a callable the fields of a module that its programs keep between calls: to be read and set like those of the module. */
export function defineState<F extends Entry, S extends { [field: string]: unknown }>(callable: F, state: S): F & S {
  for (const field of Object.keys(state))
    Object.defineProperty(callable, field, {
      enumerable: true,
      configurable: true,
      get: () => state[field],
      set(value: unknown) {
        ;(state as { [field: string]: unknown })[field] = value
      },
    })
  return callable as F & S
}

export function defineModule<F extends Entry, M extends { readonly [name: string]: Entry }>(
  forward: F & Compiled<F>,
  methods: M,
): F & Compiled<F> & M {
  const parts = [forward, ...Object.values(methods)] as unknown as readonly Loadable[]
  const load = (request: LoadRequest): Promise<void> => loadAll(parts, request)
  const call = (...args: Parameters<F>): unknown => forward(...args)
  return Object.defineProperties(call, {
    name: { value: forward.name },
    [loadable]: { value: load },
    async: {
      value: (...args: Parameters<F>) => forward.async(...args),
    },
    graph: { get: () => forward.graph },
    code: { get: () => forward.code },
    forward: { value: call },
    ...Object.fromEntries(Object.entries(methods).map(([name, value]) => [name, { value }])),
  }) as unknown as F & Compiled<F> & M
}
