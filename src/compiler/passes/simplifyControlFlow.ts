/**
 * In: a graph whose scalar constants are folded. After: no branch on a constant and no loop that is known to run not at all or once with a
 * constant end; short loops with a constant trip count are unrolled, so that their tensor work joins what stands around them. Shapes
 * are those of the unrolled code (a dim that the loop changed is known in each copy), and lists that it grew are known.
 */
import type { Program } from '../ir/graph.ts'
import { simplifyGraph, unrollDefault } from './controlFlow/simplifyGraph.ts'
import { entryGraph, withEntry } from './pass.ts'
import { propagateShapes } from './propagateShapes.ts'
import { removeListMutation } from './removeListMutation.ts'

export function simplifyControlFlow(program: Program): Program {
  const graph = simplifyGraph(entryGraph(program), unrollDefault, true)
  return graph === null ? program : propagateShapes(removeListMutation(withEntry(program, graph)))
}
