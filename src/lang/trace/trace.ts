/**
 * `trace`: a program from a run instead of from source. Uncompiled the function runs as it is; the build records it on the example inputs
 * in the evaluation worker, which finds what to record by `recipesOfTraced`.
 */

import { activeRecorder, withRecorder } from '../../eager/recorder.ts'
import { Module } from '../module.ts'
import { type AnyFunction, type ScriptFunction, type ScriptModule, withFacts } from '../script.ts'
import { record } from './record.ts'

export interface TraceOptions {
  /** Records a second run, on the same inputs, and refuses to build when it differs. Default true. */
  readonly checkTrace?: boolean
  /** Further inputs whose runs must give the same program. */
  readonly checkInputs?: readonly (readonly unknown[])[]
}

/** One function to record: its inputs, and the state dict that names its weights. */
export interface Recipe {
  readonly target: (...args: readonly unknown[]) => unknown
  readonly examples: readonly unknown[]
  readonly options: TraceOptions
  /** Null: a function. */
  readonly module: Module | null
  readonly weights: () => ReadonlyMap<string, object>
}

/** Example inputs: an array of them, or the one input itself. */
const listOf = (examples: unknown): readonly unknown[] => (Array.isArray(examples) ? examples : [examples])

/**
 * Compiles what `target` does with `examples`: operators on tensors are recorded, control flow and numbers are those of this run.
 * @throws TypeError when `target` is neither a function nor an nn.Module.
 */
export function trace<M extends Module>(target: M, examples: Parameters<M['forward']> | unknown, options?: TraceOptions): ScriptModule<M>
export function trace<F extends AnyFunction>(target: F, examples: Parameters<F> | unknown, options?: TraceOptions): ScriptFunction<F>
export function trace(target: unknown, examples: unknown, options: TraceOptions = {}): unknown {
  if (target instanceof Module) return traceModule(target, { forward: examples }, options)
  if (typeof target !== 'function')
    throw new TypeError(`trace: needs a function or an nn.Module, not ${target === null ? 'null' : typeof target}`)
  const run = target as Recipe['target']
  const traced = (...args: readonly unknown[]): unknown => run(...args)
  return withRecipes(traced, [['', { target: run, examples: listOf(examples), options, module: null, weights: () => new Map() }]])
}

/** Traces several methods of a module, each with example inputs of its own: `forward` is the call of the result. */
export function traceModule<M extends Module>(
  target: M,
  examples: { readonly [method: string]: unknown },
  options: TraceOptions = {},
): ScriptModule<M> {
  if (!(target instanceof Module)) throw new TypeError('traceModule: needs an nn.Module')
  const methods = Object.entries(examples).map(([name, inputs]): readonly [string, Recipe] => {
    const method = (target as unknown as Record<string, unknown>)[name]
    if (typeof method !== 'function') throw new TypeError(`traceModule: ${target.constructor.name} has no method ${name}`)
    const run = (...args: readonly unknown[]): unknown => method.apply(target, args)
    return [
      name === 'forward' ? '' : name,
      { target: run, examples: listOf(inputs), options, module: target, weights: () => target.stateDict() },
    ]
  })
  if (!('forward' in examples)) throw new TypeError('traceModule: example inputs of `forward` are needed')
  // Not the module itself, which may be traced or scripted again with other inputs.
  const view = new Proxy(target as unknown as object, {
    get: (module, key) => {
      const value: unknown = Reflect.get(module, key, module)
      return typeof value === 'function' && !(value instanceof Module) && typeof key === 'string' && key in examples
        ? value.bind(module)
        : value
    },
  })
  return withRecipes(view, methods) as ScriptModule<M>
}

const recipesOf = new WeakMap<object, ReadonlyMap<string, Recipe>>()

/** What a traced function is recorded from, by method name; null for all other values. */
export const recipesOfTraced = (value: object): ReadonlyMap<string, Recipe> | null => recipesOf.get(value) ?? null

function withRecipes(target: object, recipes: readonly (readonly [string, Recipe])[]): object {
  recipesOf.set(target, new Map(recipes))
  return withFacts(target)
}

/** True while a trace records. */
export const isTracing = (): boolean => activeRecorder() !== null

/** Compiled from source where a trace calls it, so that its control flow stays; elsewhere it is the function itself. */
export const scriptIfTracing = <F extends AnyFunction>(target: F): F => target

/** A script function as a trace sees it: one call. The build wraps the script functions of the modules it evaluates. */
export function asOneCall<F extends (...args: readonly unknown[]) => unknown>(target: F, file: string, name: string): F {
  // A module is seen through: its weights belong to the trace.
  if (typeof target !== 'function' || (target as unknown) instanceof Module) return target
  const call = (...args: readonly unknown[]): unknown => {
    const recorder = activeRecorder()
    return recorder ? recorder.call(file, name, args, () => withRecorder(null, () => target(...args))) : target(...args)
  }
  return Object.defineProperties(call, Object.getOwnPropertyDescriptors(target)) as F
}
/** What the evaluation worker needs of this file: it has the library as a module, and users have no business with it. */
;(trace as unknown as Record<symbol, unknown>)[Symbol.for('tensorscript.trace')] = {
  recipesOfTraced,
  record,
  asOneCall,
} satisfies TraceInternals

export interface TraceInternals {
  recipesOfTraced(value: object): ReadonlyMap<string, Recipe> | null
  record: typeof record
  asOneCall: (target: (...args: readonly unknown[]) => unknown, file: string, name: string) => unknown
}
