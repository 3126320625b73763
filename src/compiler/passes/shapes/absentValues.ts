/**
 * Values that stand for a path that is not taken (prim::Uninitialized, and what joins only such) take the type of what they stand for, which the
 * analysis may have found to be narrower than the declared one: `null` instead of `P | null`; tensors keep theirs, whose sizes are nobody's. Outer blocks first, so that inner joins follow.
 */
import type { Block, NodeId, ValueId } from '../../ir/graph.ts'
import { hasTensor } from '../../ir/operatorCall.ts'
import type { Type } from '../../ir/types.ts'

export function settleAbsent(
  block: Block,
  types: Map<ValueId, Type>,
  absent: ReadonlySet<ValueId>,
  liveArm: ReadonlyMap<NodeId, 0 | 1>,
): void {
  const stand = (from: ValueId, to: ValueId): void => {
    const type = types.get(to)
    if (type && absent.has(from) && !hasTensor(type)) types.set(from, type)
  }
  for (const node of block.nodes) {
    const live = liveArm.get(node.id)
    const arms = live === undefined ? node.blocks : [node.blocks[live]!]
    if (node.kind === 'prim::If') {
      for (const arm of arms) for (const [i, output] of node.outputs.entries()) stand(arm.returns[i]!, output)
    } else if (node.kind === 'prim::Loop') {
      const [, ...params] = arms[0]!.params
      for (const [i, param] of params.entries()) {
        stand(node.inputs[i + 2]!, param)
        stand(arms[0]!.returns[i + 1]!, param)
      }
    }
    for (const arm of arms) settleAbsent(arm, types, absent, liveArm)
  }
}
