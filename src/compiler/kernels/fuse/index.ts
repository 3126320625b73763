/**
 * In: stages as lowered, one or more an operator. After: fewer stages with the same results. The passes run in this order; epilogues
 * and inlining feed each other and run until nothing changes. Without optimization stages only get their canonical form.
 */
import type { ConstantId, TensorConstant } from '../../ir/graph.ts'
import type { SegmentProgram, Stage } from '../stage.ts'
import { shareEqual } from '../stageExpr.ts'
import { bypassCopies } from './bypassCopies.ts'
import { canonicalizeLoops } from './canonicalizeLoops.ts'
import { formRows } from './formRows.ts'
import { fuseEpilogues } from './fuseEpilogues.ts'
import { inlineProducers } from './inlineProducers.ts'
import { permuteWeights } from './permuteWeights.ts'
import { placeInside } from './placeInside.ts'
import { dropUnread, removeDeadStages } from './removeDeadStages.ts'
import { type Fusion, type FusionPass, mapSites } from './stages.ts'

const rounds: readonly FusionPass[] = [fuseEpilogues, inlineProducers, bypassCopies, placeInside, dropUnread, canonicalizeLoops]

export function fuseStages(segment: SegmentProgram, optimize: boolean, constants: ReadonlyMap<ConstantId, TensorConstant>): SegmentProgram {
  let fusion: Fusion = canonicalizeLoops(segment)
  let made: SegmentProgram['constants'] = new Map()
  if (optimize) {
    for (let before = -1; before !== fusion.stages.length; ) {
      before = fusion.stages.length
      for (const pass of rounds) fusion = pass(fusion)
    }
    const permuted = permuteWeights(fusion, constants)
    made = permuted.constants
    fusion = formRows(permuted)
  }
  return removeDeadStages({ ...segment, buffers: fusion.buffers, stages: fusion.stages.map(share), constants: made })
}

const share = (stage: Stage): Stage => mapSites(stage, shareEqual)

/** Stages that do the work of several operators, for the report. */
export function countFusionGroups(before: SegmentProgram, after: SegmentProgram): number {
  return before.stages.length > after.stages.length
    ? after.stages.filter((stage) => stage.kind === 'row' || ('epilogue' in stage && stage.epilogue !== null) || isCompound(stage)).length
    : 0
}

const isCompound = (stage: Stage): boolean =>
  stage.kind === 'loop' && ['binary', 'unary', 'select', 'cast'].includes(stage.body.s) && depth(stage.body) > 2

const depth = (expr: Extract<Stage, { kind: 'loop' }>['body']): number => {
  switch (expr.s) {
    case 'unary':
    case 'cast':
      return 1 + depth(expr.a)
    case 'binary':
      return 1 + Math.max(depth(expr.a), depth(expr.b))
    case 'select':
      return 1 + Math.max(depth(expr.a), depth(expr.b), depth(expr.condition))
    default:
      return 0
  }
}
