/**
 * What stands beside a row of the language table: a program of the conformance set, a fixture, a test, or a source of the row's own that runs
 * alike uncompiled and compiled, or that is refused with a code. `language.test.ts` runs the last two, and looks for the others.
 */

import type { Exports } from '../programs/program.ts'
import { tensor } from '../programs/program.ts'

export type Evidence =
  | { readonly kind: 'program'; readonly id: string }
  | { readonly kind: 'fixture'; readonly name: string }
  | { readonly kind: 'test'; readonly file: string; readonly title: string }
  | { readonly kind: 'runs'; readonly source: string; readonly call: (exports: Exports) => unknown; readonly throws: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly source: string }

/** Evidence by row number. */
export type Rows = { readonly [row: number]: readonly Evidence[] }

export const program = (id: string): Evidence => ({ kind: 'program', id })
export const fixture = (name: string): Evidence => ({ kind: 'fixture', name })
export const test = (file: string, title: string): Evidence => ({ kind: 'test', file: `test/${file}.test.ts`, title })

/** Exported functions of a source are script functions. */
const annotated = (source: string): string => source.replaceAll(/^export function/gm, '/** @script */\nexport function')

export const runs = (source: string, call: (exports: Exports) => unknown): Evidence => ({
  kind: 'runs',
  source: annotated(source),
  call,
  throws: false,
})

/** The uncompiled run throws, and so does the compiled one, the same message. */
export const throws = (source: string, call: (exports: Exports) => unknown): Evidence => ({
  kind: 'runs',
  source: annotated(source),
  call,
  throws: true,
})

export const refused = (code: string, source: string): Evidence => ({ kind: 'refused', code, source: annotated(source) })

export const vector = "Tensor<'float32', [3]>"
export const matrix = "Tensor<'float32', [2, 3]>"
export const x3 = () => tensor([1, -2, 3])
export const x23 = () =>
  tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])
