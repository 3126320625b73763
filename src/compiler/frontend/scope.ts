/**
 * Names and what they hold. A `Binding` is one declared variable; scopes map names to bindings lexically; a `State` maps bindings to
 * what they hold at one point of the control flow, and says whether that point can still be reached. Branches copy the state, joins
 * compare two (control.ts). Jumps (`return`, `break`, `continue`) set a boolean variable of their target, so loops and
 * joins treat them like any other variable.
 */

import type * as t from '@babel/types'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Type } from '../ir/types.ts'
import type { Sugared } from './sugar.ts'

export interface Binding {
  readonly name: string
  /** As written; null: inferred from what is assigned. */
  readonly declared: Type | null
  readonly kind: 'const' | 'let' | 'parameter' | 'hidden'
  readonly span: Span | null
  readonly annotation?: Annotation | null
  /** Stands for a path of fields: whether it is known not to be null. */
  readonly field?: true
}

/** A type as the source writes it, and where. */
export interface Annotation {
  readonly node: t.TSType
  readonly file: string
}

export class Scope {
  readonly parent: Scope | null
  private readonly names = new Map<string, Binding>()

  constructor(parent: Scope | null) {
    this.parent = parent
  }

  declare(binding: Binding): Binding {
    this.names.set(binding.name, binding)
    return binding
  }

  lookup(name: string): Binding | null {
    return this.names.get(name) ?? this.parent?.lookup(name) ?? null
  }

  visible(): string[] {
    return [...this.names.keys(), ...(this.parent?.visible() ?? [])]
  }
}

/** Where a jump goes. `flag` holds whether it was taken on the way to the current point. */
export interface JumpTarget {
  readonly kind: 'return' | 'break' | 'continue'
  readonly flag: Binding
}

export function jumpTarget(kind: JumpTarget['kind']): JumpTarget {
  return { kind, flag: { name: `did_${kind}`, declared: null, kind: 'hidden', span: null } }
}

/** How control leaves before the end of the statements read so far. */
export type Exit =
  | { readonly kind: 'throws' }
  /** One of these jumps was taken: surely (`always`) or where a flag says so. */
  | { readonly kind: 'jumps'; readonly targets: ReadonlySet<JumpTarget>; readonly always: boolean }

export interface State {
  readonly values: Map<Binding, Sugared>
  exit: Exit | null
}

export const copyState = (state: State): State => ({ values: new Map(state.values), exit: state.exit })
