/** What the evaluation worker is told and what it answers: structured-cloneable data only. */
import type { Evaluated } from '../../compiler/program.ts'

/** The bundle calls this global for every class and function of the user's modules, so that values can name where they were defined. */
export const siteKey = 'tensorscript.site'

/** The bundle wraps script functions in calls of this global, so that a trace sees them as one call. */
export const scriptedKey = 'tensorscript.scripted'

/** The options of `script(target, options)` calls, by `file#name` of the constant that holds the result: a Map under this global. */
export const optionsKey = 'tensorscript.options'

/** Wanted names may end in this: then the sample inputs among the options of that constant are meant. */
export const inputsSuffix = ':inputs'

/** The bundle's export: one thunk a wanted value, by `file#name`. */
export const valuesExport = 'values'

export interface WorkerTask {
  /** URL of the bundle, and of the eager library it imports. */
  readonly bundle: string
  readonly library: string
  /** Class names of the library's own modules by file: `tensorscript:nn/conv.ts` -> `['Conv2d']`. */
  readonly libraryClasses: readonly (readonly [file: string, names: readonly string[]])[]
}

export interface WorkerError {
  readonly name: string
  readonly message: string
  readonly stack: string
  /** System error code (`ENOENT`) and path, when a file could not be read. */
  readonly code: string | null
  readonly path: string | null
}

export type WorkerAnswer =
  | {
      readonly ok: true
      readonly values: readonly (readonly [key: string, value: Evaluated])[]
      /** Values that have no form as data, and why. */
      readonly unsupported: readonly (readonly [key: string, reason: string])[]
      readonly filesRead: readonly string[]
    }
  | { readonly ok: false; readonly error: WorkerError; readonly filesRead: readonly string[] }
