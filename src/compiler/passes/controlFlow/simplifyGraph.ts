/**
 * Branches on constants and short loops of constant trip count, replaced by their code. Inner control flow first; an unrolled body is
 * copied with fresh ids, its iteration number a constant. Types are left as they were: shapes must be propagated again.
 */
import { constantOf, GraphBuilder } from '../../ir/builder.ts'
import { cloneNodes, type ValueMap } from '../../ir/cloneNodes.ts'
import type { Block, ConstantValue, Graph, Node, ValueId } from '../../ir/graph.ts'
import { hasTensor } from '../../ir/operatorCall.ts'
import { definitions, nodesOf } from '../../ir/walk.ts'

/** Loops are unrolled up to this many iterations and copied nodes: about what one segment may hold without growing the code noticeably. */
export const unrollDefault = { trips: 8, nodes: 256 }

/** For loops whose shapes are only known when they are unrolled. */
export const unrollToKnowShapes = { trips: 256, nodes: 8192 }

/** The simplified graph, or null when there was nothing to do. `tensorsOnly`: loops without tensor work are left as they are. */
export function simplifyGraph(graph: Graph, limits: typeof unrollDefault, tensorsOnly: boolean): Graph | null {
  const defined = definitions(graph)
  const builder = GraphBuilder.from(graph)
  let changed = false

  const known = (id: ValueId): ConstantValue | null => {
    const node = defined.get(id)
    return node?.kind === 'prim::Constant' ? constantOf(node) : null
  }
  const isTrue = (id: ValueId): boolean => {
    const value = known(id)
    return value?.kind === 'bool' && value.value
  }
  const isFalse = (id: ValueId): boolean => {
    const value = known(id)
    return value?.kind === 'bool' && !value.value
  }

  const inline = (block: Block, node: Node): void => {
    changed = true
    for (const inner of block.nodes) visit(inner)
    node.outputs.forEach((output, i) => {
      builder.replaceUses(output, block.returns[i]!)
    })
  }

  /** How often the body runs, when that is known and few. */
  const tripCount = (node: Node): number | null => {
    const [trip, start] = node.inputs as [ValueId, ValueId]
    const body = node.blocks[0]!
    const count = known(trip)
    if (isFalse(start)) return 0
    if (count?.kind !== 'int') return null
    if (count.value <= 0) return 0
    if (!isTrue(start)) return null
    const again = body.returns[0]!
    if (isFalse(again)) return 1
    return isTrue(again) ? count.value : null
  }

  const visit = (node: Node): void => {
    if (node.kind === 'prim::If') {
      const [condition] = node.inputs as [ValueId]
      const arm = isTrue(condition) ? node.blocks[0] : isFalse(condition) ? node.blocks[1] : undefined
      if (arm) {
        inline(arm, node)
        return
      }
    }
    const trips = node.kind === 'prim::Loop' ? tripCount(node) : null
    if (trips !== null && worthUnrolling(node, trips)) unroll(node, trips)
    else builder.emit(node, visit)
  }

  const worthUnrolling = (node: Node, trips: number): boolean => {
    if (trips <= 1) return true
    const nodes = [...nodesOf(node.blocks[0]!)]
    if (trips > limits.trips || trips * nodes.length > limits.nodes) return false
    return !tensorsOnly || nodes.some((inner) => inner.outputs.some((id) => hasTensor(graph.values.get(id)!.type)))
  }

  const unroll = (node: Node, trips: number): void => {
    changed = true
    const body = node.blocks[0]!
    let carried: readonly ValueId[] = node.inputs.slice(2).map((id) => builder.resolve(id))
    for (let i = 0; i < trips; i++) {
      const map: ValueMap = new Map()
      map.set(body.params[0]!, builder.int(i, node.range))
      body.params.slice(1).forEach((param, k) => {
        map.set(param, carried[k]!)
      })
      cloneNodes(builder, graph, body.nodes, map)
      carried = body.returns.slice(1).map((id) => map.get(id) ?? builder.resolve(id))
    }
    node.outputs.forEach((output, i) => {
      builder.replaceUses(output, carried[i]!)
    })
  }

  for (const node of graph.block.nodes) visit(node)
  if (!changed) return null
  const simplified = builder.finish(graph.block.returns)
  // What was unrolled or inlined may decide further branches and inner loops.
  return simplifyGraph(simplified, limits, tensorsOnly) ?? simplified
}
