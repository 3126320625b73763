/**
 * Operators on lists of tensors whose length the build does not know: they are the host's (ops/tensorListOps.ts), and what is known of
 * their results follows from the type that all elements share.
 */
import type { Dim } from '../../../ops/dim.ts'
import { normalizeDim } from '../../../ops/shape.ts'
import { listForms } from '../../../ops/tensorListOps.ts'
import type { Node } from '../../ir/graph.ts'
import type { Fact } from '../../ir/operatorCall.ts'
import type { TensorType, Type } from '../../ir/types.ts'
import { anyDim } from './joinTypes.ts'

const forms = new Set(Object.values(listForms))

/** The host's operator for a node, or null: its own kind when it is one already. */
export const listFormOf = (node: Node): Node['kind'] | null =>
  (forms.has(node.kind) ? node.kind : (listForms[node.kind] ?? null)) as Node['kind'] | null

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
