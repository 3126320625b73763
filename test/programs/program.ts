/**
 * A program of PyTorch's conformance set, ported to TypeScript: its source, calls with the values PyTorch gave, and variants that must
 * be refused. `id` is the program's id in that set. Sources leave out their import line: `run.ts` adds one for the names they mention.
 */
import { type Tensor, torch } from '../../src/index.ts'
import type { DType } from '../../src/ops/dtype.ts'

/** The exports of a source, under their names. */
// biome-ignore lint/suspicious/noExplicitAny: each program has exports of its own, and tests call them as a host would.
export type Exports = Readonly<Record<string, any>>

/** What only a compiled source has. */
export interface Inspection {
  graph(name: string): string
  code(name: string): string
  /** Compiles another source in the same mode. */
  compile(source: string): Promise<Inspection>
}

export interface Run {
  /** Calls whose subscript traps when compiled and gives undefined when not; questions about the compiled program. */
  readonly only?: 'compiled'
  readonly call: (exports: Exports, inspection: Inspection) => unknown
  /** The value; or what is thrown; or what `console.log` got, a list a call. */
  readonly gives?: unknown
  readonly throws?: { readonly type: abstract new (...args: never[]) => Error; readonly message: RegExp }
  readonly prints?: readonly (readonly unknown[])[]
}

/** A source that the build refuses: our code, and the text of the span it points at. */
export interface Refusal {
  readonly source: string
  readonly code: string
  readonly at: string
  /** Part of the message that the caller relies on. */
  readonly message?: RegExp
}

export interface Program {
  readonly id: string
  /** The property that the program checks. */
  readonly checks: string
  readonly source: string
  /** The source gives tensors to operators and conditions, which uncompiled code gets from the plugin with `enabled: false`. */
  readonly operators?: boolean
  readonly runs: readonly Run[]
  readonly refused?: readonly Refusal[]
}

export const gives = (call: Run['call'], value: unknown): Run => ({ call, gives: value })

export const compiledOnly = (call: Run['call'], value: unknown): Run => ({ only: 'compiled', call, gives: value })

export const throws = (call: Run['call'], message: RegExp, type: abstract new (...args: never[]) => Error = Error): Run => ({
  call,
  throws: { type, message },
})

export const refused = (source: string, code: string, at: string, message?: RegExp): Refusal => ({
  source,
  code,
  at,
  ...(message && { message }),
})

type Nested = number | boolean | readonly Nested[]

/** A tensor with its dtype: float32 unless told. */
export const tensor = (data: Nested, dtype?: DType): Tensor => torch.tensor(data as number[], dtype ? { dtype } : {})
