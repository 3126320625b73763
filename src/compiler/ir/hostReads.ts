/** Nodes between segments for which JavaScript needs the values of their tensors: there the program waits for a device. */
import { findOperator } from '../../ops/registry.ts'
import { sharedTensorOps } from '../../ops/sharedTensorOps.ts'
import { tensorListOps } from '../../ops/tensorListOps.ts'
import type { Node } from './graph.ts'
import type { Type } from './types.ts'

const kinds: ReadonlySet<string> = new Set([
  'aten::item',
  'aten::Bool',
  'aten::tolist',
  'aten::str',
  'prim::HostCall',
  ...[...tensorListOps, ...sharedTensorOps].map(({ name }) => name),
])

const holdsTensors = (type: Type): boolean =>
  type.kind === 'tensor' || ((type.kind === 'list' || type.kind === 'optional') && holdsTensors(type.element))

/** Whether the node reads the values of an operand of this type. */
export const readsValues = ({ kind }: Node, operand: Type): boolean =>
  (kinds.has(kind) || findOperator(kind)?.implementation.kind === 'host') && holdsTensors(operand)
