/** Types of the script language, as they stand on SSA values. Plain readonly data, compared structurally (see typeEqual.ts). */
import type { Dim } from '../../ops/dim.ts'
import type { DType } from '../../ops/dtype.ts'

export type Type =
  | TensorType
  | { readonly kind: 'int' }
  | { readonly kind: 'float' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'string' }
  | { readonly kind: 'none' }
  | { readonly kind: 'dtype' }
  | { readonly kind: 'device' }
  | { readonly kind: 'list'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  /** A `Map`, or a `Record` (a plain object, whose keys are strings). */
  | { readonly kind: 'dict'; readonly form: 'map' | 'record'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'set'; readonly element: Type }
  | { readonly kind: 'optional'; readonly element: Type }
  /** `open`: a value of any type (TypeScript's unknown, TorchScript's Any); it has no members. */
  | { readonly kind: 'union'; readonly members: readonly Type[]; readonly open?: true }
  | { readonly kind: 'enum'; readonly name: string; readonly values: readonly (string | number)[] }
  /** A module, class or record instance; `name` is unique in the program and names an entry of Program.classes; `bases` are the classes it extends. */
  | { readonly kind: 'class'; readonly name: string; readonly bases?: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'future'; readonly element: Type }

export interface TensorType {
  readonly kind: 'tensor'
  /** null: not known (yet). */
  readonly dtype: DType | null
  /** null: rank not known (yet). Each dim a number or a symbol. */
  readonly shape: readonly Dim[] | null
}
