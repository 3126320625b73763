/**
 * `script` and the marks of the language, uncompiled: a call executes eagerly in the user's own source. What only a compiled program has
 * (`.graph`, `.code`) says how to get it.
 */
import { type Loadable, type LoadRequest, loadable, type ReadyOptions, ready as readyOf } from '../runtime/ready.ts'
import { Module } from './module.ts'
import { fetchWeights, readWeightsNow, type Weights } from './weights.ts'

export interface ScriptOptions {
  /** A safetensors file (address or bytes) or a state dict, loaded into the module with `loadStateDict`. */
  readonly weights?: Weights
  /** false: keys may be missing or left over. */
  readonly strict?: boolean
  /** Sample inputs: dtype and shape of parameters that the source does not declare. */
  readonly inputs?: readonly unknown[]
}

/** Every function, with its parameters kept. */
export type AnyFunction = (...args: never[]) => unknown

/** What a script function or module has besides its call. */
export interface Scripted<F extends AnyFunction> {
  /** Waits for code and weights, then calls; on a device, the form that can read back. */
  readonly async: (...args: Parameters<F>) => Promise<Awaited<ReturnType<F>>>
  /** The frozen program in TorchScript's notation; of compiled programs only. */
  readonly graph: Promise<string>
  /** The frozen program as TypeScript; of compiled programs only. */
  readonly code: Promise<string>
}

export type ScriptFunction<F extends AnyFunction> = F & Scripted<F>
export type ScriptModule<M extends { forward: AnyFunction }> = M &
  ((...args: Parameters<M['forward']>) => ReturnType<M['forward']>) &
  Scripted<M['forward']>

type Class = abstract new (...args: never[]) => unknown

const isClass = (target: unknown): target is Class =>
  typeof target === 'function' && /^class\b/.test(Function.prototype.toString.call(target))

/**
 * Marks a function or a module for compilation. Uncompiled it is returned as it is, with its weights loaded.
 * Also a class decorator: `@script class Net extends nn.Module`.
 * @throws when a weights file is missing or damaged, or does not fit the module.
 */
export function script<C extends Class>(target: C, context: ClassDecoratorContext): C
export function script<M extends Module>(target: M, options?: ScriptOptions): ScriptModule<M>
export function script<F extends AnyFunction>(target: F, options?: ScriptOptions): ScriptFunction<F>
export function script(target: unknown, options: ScriptOptions | ClassDecoratorContext = {}): unknown {
  if (isClass(target) || 'kind' in options) return target
  if (!(target instanceof Module) && typeof target !== 'function') {
    throw new TypeError(`script: needs a function or an nn.Module, not ${target === null ? 'null' : typeof target}`)
  }
  const { weights, strict = true } = options as ScriptOptions
  if (weights !== undefined) {
    if (!(target instanceof Module)) throw new TypeError('script: only a module has weights to load')
    loadWeights(target, weights, strict)
  }
  return withFacts(target)
}

/** Modules whose weights are not there yet. */
const waiting = new Set<Loadable>()

/**
 * `ready` of uncompiled code. A plain function does not tell which modules it calls, so this waits for the weights of every module that
 * `script` was given so far.
 */
export function ready(target: unknown, options?: ReadyOptions): Promise<void> {
  return readyOf([target, ...[...waiting].filter((module) => module !== target)], options)
}

function loadWeights(module: Module, weights: Weights, strict: boolean): void {
  const stateDict = readWeightsNow(weights)
  if (stateDict) {
    module.loadStateDict(stateDict, { strict })
    return
  }
  // Until `ready` has fetched them, a call says what is missing.
  const name = module.constructor.name || 'This module'
  Object.defineProperty(module, 'forward', {
    configurable: true,
    value: () => {
      throw new Error(`${name} has no weights yet: await ready(...) of it before the first call`)
    },
  })
  let loading: Promise<void> | undefined
  waiting.add(module as unknown as Loadable)
  Object.defineProperty(module, loadable, {
    value: ({ report, signal }: LoadRequest): Promise<void> => {
      report(0, 0)
      loading ??= fetchWeights(weights as URL | string, signal, report).then(
        (fetched) => {
          module.loadStateDict(fetched, { strict })
          Reflect.deleteProperty(module, 'forward')
          waiting.delete(module as unknown as Loadable)
        },
        (error: unknown) => {
          loading = undefined
          throw error
        },
      )
      return loading
    },
  })
}

const notCompiled = (what: string) => async (): Promise<never> => {
  throw new Error(
    `${what}: this program runs uncompiled; build it with the plugin of tensorscript, or see it with \`tensorscript inspect\``,
  )
}

export function withFacts<T extends object>(target: T): T {
  const call = target as unknown as (...args: readonly unknown[]) => unknown
  const facts: PropertyDescriptorMap = {
    async: { value: async (...args: readonly unknown[]) => call(...args) },
    graph: { get: notCompiled('.graph') },
    code: { get: notCompiled('.code') },
  }
  for (const [name, descriptor] of Object.entries(facts))
    if (!(name in target)) Object.defineProperty(target, name, { ...descriptor, configurable: true })
  return target
}

type Mark = <T>(target: T, context?: DecoratorContext) => T
const mark: Mark = (target) => target

/** A method that is an entry point of its own, besides `forward`. */
export const exported: Mark = mark
/** A function that is not compiled; calling it from script code throws. */
export const unused: Mark = mark

/** false here, true in compiled code; a condition on it is decided at build time. */
export const isScripting = (): boolean => false

/** States the type of a value: `annotate<int[]>([])`. The compiler reads the type. */
export const annotate = <T>(value: T): T => value

/** @throws Error with the message when the condition does not hold. */
export function assert(condition: unknown, message = 'assertion failed'): asserts condition {
  if (!condition) throw new Error(message)
}
