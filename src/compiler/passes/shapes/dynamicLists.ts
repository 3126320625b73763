/**
 * Operators on lists whose length the build does not know: they are the host's (ops/tensorListOps.ts), and what is known of their results
 * follows from the type that all elements share.
 */
import { isDType } from '../../../ops/args.ts'
import type { Dim } from '../../../ops/dim.ts'
import { normalizeDim } from '../../../ops/shape.ts'
import { listForms } from '../../../ops/tensorListOps.ts'
import type { Node } from '../../ir/graph.ts'
import type { Fact } from '../../ir/operatorCall.ts'
import type { TensorType, Type } from '../../ir/types.ts'
import { anyDim } from './joinTypes.ts'

const forms = new Set([...Object.values(listForms), 'js::tensor_rows'])

/** The host's operator for a node, or null: its own kind when it is one already. `first` is the type of the list or tensor it takes. */
export function listFormOf(node: Node, first: Type): Node['kind'] | null {
  if (forms.has(node.kind)) return node.kind
  const form = (listForms[node.kind] ?? null) as Node['kind'] | null
  if (form !== 'js::tensor') return form
  if (first.kind !== 'list') return null
  return first.element.kind === 'list' || first.element.kind === 'tuple' ? 'js::tensor_rows' : form
}

/** The type of `tensor(data)`; null for what is neither numbers nor rows of them. */
export function tensorOfListType(data: Type, dtype: Fact | undefined): Type | null {
  if (data.kind !== 'list' || (dtype !== null && !isDType(dtype))) return null
  const { element } = data
  const columns = element.kind === 'list' ? anyDim : element.kind === 'tuple' ? element.elements.length : null
  const kinds = new Set(
    (element.kind === 'tuple' ? element.elements : [element.kind === 'list' ? element.element : element]).map(({ kind }) => kind),
  )
  const isBool = kinds.size === 1 && kinds.has('bool')
  if (!isBool && ![...kinds].every((kind) => kind === 'int' || kind === 'float')) return null
  return { kind: 'tensor', dtype: dtype ?? (isBool ? 'bool' : 'float32'), shape: columns === null ? [anyDim] : [anyDim, columns] }
}

/** The type of what it gives; null when dtype, rank or dim are not known. `first` is the type of the list or tensor it takes. */
export function listFormType(kind: Node['kind'], first: Type, dim: Fact | undefined): Type | null {
  const element = first.kind === 'list' ? first.element : first
  if (element.kind !== 'tensor' || element.dtype === null || element.shape === null || typeof dim !== 'number') return null
  const { shape, dtype } = element
  const at = normalizeDim(kind.slice(4), dim, kind === 'js::stack' ? shape.length + 1 : shape.length)
  const tensor = (sizes: readonly Dim[]): TensorType => ({ kind: 'tensor', dtype, shape: sizes })
  const without = shape.filter((_, i) => i !== at)
  switch (kind) {
    case 'js::cat':
      return shape.length === 0 ? null : tensor(shape.with(at, anyDim))
    case 'js::stack':
      return tensor([...shape.slice(0, at), anyDim, ...shape.slice(at)])
    case 'js::unbind':
      return { kind: 'list', element: tensor(without) }
    default:
      return { kind: 'list', element: tensor(shape.with(at, anyDim)) }
  }
}
