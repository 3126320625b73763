/** The options of the plugin, the same for every bundler. Unknown names and wrong values are refused when the configuration is read. */
import { didYouMean } from '../compiler/diagnostics/didYouMean.ts'
import type { EvaluateMode } from '../transform/compileScripts.ts'

export type FilterPattern = string | RegExp | readonly (string | RegExp)[]

/** Upper limits, in bytes where sizes are meant. A build that exceeds one fails and says by how much. */
export interface Budget {
  /** JavaScript plus the larger of the wasm variants. */
  readonly codeBytes?: number
  readonly weightBytes?: number
  /** Working memory of a call; programs with symbolic dims have no fixed size and always exceed a limit on it. */
  readonly arenaBytes?: number
  readonly kernels?: number
}

export interface TensorScriptOptions {
  /**
   * false: nothing is compiled; script code runs eagerly and operators on tensors work. `TENSORSCRIPT=0` in the environment does the same.
   * Default true, under Vitest false.
   */
  readonly enabled?: boolean
  /** What code is made for. Default `['wasm']`. */
  readonly targets?: readonly ('wasm' | 'webgpu')[]
  /** Files that may hold script code. Default: all scripts outside node_modules. */
  readonly include?: FilterPattern
  readonly exclude?: FilterPattern
  /** Whether modules may be run during the build to get weights and computed constants. Default `auto`: only where needed. */
  readonly evaluate?: EvaluateMode
  /** Programs whose code and weights are at most this many bytes are part of the JavaScript and need no `ready`. Default 8192. */
  readonly inlineLimit?: number
  /** Bit-equal results everywhere: no relaxed arithmetic, no Winograd. Default false. */
  readonly exact?: boolean
  /**
   * Also code for Node 24 and newer on x64: programs turn on V8's `--experimental-wasm-revectorize` for their process, which makes products about
   * twice as fast. Default false. Other engines run the usual code.
   */
  readonly native?: boolean
  /** Fusion and graph optimisation. Default true. */
  readonly optimize?: boolean
  /** Emit the IR that `.graph` and `.code` fetch on demand. Default true. */
  readonly inspect?: boolean
  /** The table in the build log; with a file name, also as JSON among the build's files. Default true. */
  readonly report?: boolean | { readonly log?: boolean; readonly json?: string }
  /** Limits for the programs named, `*` for every program. */
  readonly budgets?: Readonly<Record<string, Budget>>
  /** Compile-time definitions and import conditions for evaluation, where the bundler's own are not known (webpack, Rspack, Farm, Bun). */
  readonly define?: Readonly<Record<string, string>>
  readonly conditions?: readonly string[]
  /** Folder of the caches. Default: the bundler's, else `node_modules/.cache/tensorscript`. */
  readonly cacheFolder?: string
}

export interface ResolvedOptions {
  readonly enabled: boolean
  /** `enabled: true` was written. */
  readonly alwaysEnabled: boolean
  readonly targets: readonly ('wasm' | 'webgpu')[]
  readonly include: readonly (string | RegExp)[]
  readonly exclude: readonly (string | RegExp)[]
  readonly evaluate: EvaluateMode
  readonly inlineLimit: number
  readonly exact: boolean
  readonly native: boolean
  readonly optimize: boolean
  readonly inspect: boolean
  readonly report: { readonly log: boolean; readonly json: string | null }
  readonly budgets: Readonly<Record<string, Budget>>
  readonly define: Readonly<Record<string, string>>
  readonly conditions: readonly string[]
  readonly cacheFolder: string | null
}

type Check = (value: unknown) => string | null

const isBoolean: Check = (value) => (typeof value === 'boolean' ? null : 'true or false')
const isCount: Check = (value) => (typeof value === 'number' && value >= 0 ? null : 'a number that is not negative')
const isText: Check = (value) => (typeof value === 'string' ? null : 'a string')
const isTexts: Check = (value) => (Array.isArray(value) && value.every((item) => typeof item === 'string') ? null : 'an array of strings')
const isRecord: Check = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'an object')
const isPattern: Check = (value) =>
  [value].flat().every((item) => typeof item === 'string' || item instanceof RegExp)
    ? null
    : 'a string, a regular expression or an array of them'
const oneOf =
  (...names: readonly string[]): Check =>
  (value) =>
    names.includes(value as string) ? null : names.map((name) => `'${name}'`).join(' or ')

const checks: { readonly [K in keyof Required<TensorScriptOptions>]: Check } = {
  enabled: isBoolean,
  targets: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => item === 'wasm' || item === 'webgpu')
      ? null
      : "an array of 'wasm' and 'webgpu'",
  include: isPattern,
  exclude: isPattern,
  evaluate: oneOf('auto', 'never', 'always'),
  inlineLimit: isCount,
  exact: isBoolean,
  native: isBoolean,
  optimize: isBoolean,
  inspect: isBoolean,
  report: (value) => (typeof value === 'boolean' || isRecord(value) === null ? null : 'true, false or an object'),
  budgets: isRecord,
  define: isRecord,
  conditions: isTexts,
  cacheFolder: isText,
}

const budgetNames = ['codeBytes', 'weightBytes', 'arenaBytes', 'kernels']

/** Scripts of any kind, with a query or without, but not what other plugins make of a file (`?raw`, `?url`). */
export const scriptFiles = /\.[cm]?[jt]sx?(?:\?(?!(?:.*&)?(?:raw|url|inline)\b).*)?$|[?&]lang\.[jt]sx?\b/

/** @throws TypeError naming the option, what was given and what is expected. */
export function resolveOptions(options: TensorScriptOptions = {}): ResolvedOptions {
  for (const [name, value] of Object.entries(options)) {
    const check = checks[name as keyof TensorScriptOptions]
    if (!check) throw new TypeError(`tensorscript: unknown option \`${name}\`${suggestion(name, Object.keys(checks))}`)
    if (value === undefined) continue
    const expected = check(value)
    if (expected !== null) throw new TypeError(`tensorscript: option \`${name}\` must be ${expected}, got ${JSON.stringify(value)}`)
  }
  for (const [program, budget] of Object.entries(options.budgets ?? {})) {
    for (const [name, limit] of Object.entries(budget)) {
      if (!budgetNames.includes(name))
        throw new TypeError(`tensorscript: unknown budget \`${name}\` of ${program}${suggestion(name, budgetNames)}`)
      if (isCount(limit) !== null)
        throw new TypeError(`tensorscript: budget \`${name}\` of ${program} must be a number, got ${JSON.stringify(limit)}`)
    }
  }
  const { report = true } = options
  return {
    enabled: (options.enabled ?? true) && process.env.TENSORSCRIPT !== '0',
    alwaysEnabled: options.enabled === true,
    targets: [...new Set(options.targets ?? ['wasm' as const])].sort(),
    include: list(options.include ?? scriptFiles),
    // Packages are compiled when they are asked for, or as part of the programs that call them.
    exclude: [...list(options.exclude ?? []), ...(options.include ? [] : [/[\\/]node_modules[\\/]/])],
    evaluate: options.evaluate ?? 'auto',
    inlineLimit: options.inlineLimit ?? 8192,
    exact: options.exact ?? false,
    native: options.native ?? false,
    optimize: options.optimize ?? true,
    inspect: options.inspect ?? true,
    report: typeof report === 'boolean' ? { log: report, json: null } : { log: report.log ?? true, json: report.json ?? null },
    budgets: options.budgets ?? {},
    define: options.define ?? {},
    conditions: options.conditions ?? [],
    cacheFolder: options.cacheFolder ?? null,
  }
}

const list = (pattern: FilterPattern): readonly (string | RegExp)[] => (Array.isArray(pattern) ? pattern : [pattern as string | RegExp])

const suggestion = (name: string, names: readonly string[]): string => {
  const near = didYouMean(name, names)
  return near ? ` (${near})` : `; known are ${names.join(', ')}`
}
