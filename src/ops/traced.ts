/** Values of a recorded run: a tensor by its number, or plain data around such. */
export type Traced =
  | { readonly kind: 'tensor'; readonly id: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'array'; readonly elements: readonly Traced[] }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [string, Traced])[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string | number, Traced])[] }

/** The numbers of its tensors, in order. */
export function tensorIds(value: Traced): readonly number[] {
  switch (value.kind) {
    case 'tensor':
      return [value.id]
    case 'array':
      return value.elements.flatMap(tensorIds)
    case 'record':
      return value.fields.flatMap(([, field]) => tensorIds(field))
    case 'map':
      return value.entries.flatMap(([, item]) => tensorIds(item))
    default:
      return []
  }
}
