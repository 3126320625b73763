/** How a family file writes its entries: the key is the name, and the table's type keeps each entry's kind of implementation. */
import type { Implementation, Operator } from './operator.ts'

/** An entry as written: the name is its key. */
export type OperatorSpec<K extends Implementation['kind'] = Implementation['kind']> = Omit<Operator, 'name' | 'implementation'> & {
  readonly implementation: Extract<Implementation, { readonly kind: K }>
}

export type OperatorOf<K extends Implementation['kind']> = Operator & {
  readonly implementation: Extract<Implementation, { readonly kind: K }>
}

type Family<T extends { readonly [name: string]: OperatorSpec }> = { readonly [K in keyof T]: OperatorOf<T[K]['implementation']['kind']> }

export function family<const T extends { readonly [name: `aten::${string}` | `nn::${string}`]: OperatorSpec }>(specs: T): Family<T> {
  return Object.fromEntries(Object.entries<OperatorSpec>(specs).map(([name, spec]) => [name, { name, ...spec }])) as unknown as Family<T>
}
