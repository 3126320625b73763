/** The graph passes in the order in which they run, as data. The pipeline runs, dumps and verifies by this list; names are the functions' own. */
import type { CompileOptions } from '../program.ts'
import { decomposeOperators } from './decomposeOperators.ts'
import { eliminateCommonSubexpressions } from './eliminateCommonSubexpressions.ts'
import { eliminateDeadCode } from './eliminateDeadCode.ts'
import { foldBatchNorm } from './foldBatchNorm.ts'
import { foldConstants } from './foldConstants.ts'
import { formSegments } from './formSegments.ts'
import { forwardFields } from './forwardFields.ts'
import { functionaliseMutation } from './functionaliseMutation.ts'
import { hoistLoopInvariants } from './hoistLoopInvariants.ts'
import { inlineCalls } from './inlineCalls.ts'
import type { Pass, PassContext } from './pass.ts'
import { propagateShapes } from './propagateShapes.ts'
import { removeListMutation } from './removeListMutation.ts'
import { resolveAttributes } from './resolveAttributes.ts'
import { simplifyControlFlow } from './simplifyControlFlow.ts'

export { type Pass, type PassContext, PassError } from './pass.ts'

const optimizing = (options: CompileOptions): boolean => options.optimize

/** The only one that takes more than a function. */
const inlining: Pass = { name: inlineCalls.name, run: inlineCalls, whole: true }

const pass = (run: Pass['run'], when?: Pass['when']): Pass => ({ name: run.name, run, ...(when ? { when } : {}) })

export const passes: readonly Pass[] = [
  inlining,
  pass(forwardFields),
  pass(resolveAttributes),
  pass(removeListMutation),
  pass(propagateShapes),
  pass(functionaliseMutation),
  pass(foldConstants, optimizing),
  pass(simplifyControlFlow, optimizing),
  pass(foldConstants, optimizing),
  pass(foldBatchNorm, optimizing),
  pass(decomposeOperators),
  pass(foldConstants, optimizing),
  pass(eliminateCommonSubexpressions, optimizing),
  pass(hoistLoopInvariants, optimizing),
  pass(eliminateCommonSubexpressions, optimizing),
  pass(eliminateDeadCode),
  pass(formSegments),
]

/** Runs the list over every function that is left; `after` sees every intermediate program (dumps, verification). */
export function runPasses<P extends Parameters<Pass['run']>[0]>(
  program: P,
  context: PassContext,
  after?: (pass: Pass, program: P) => void,
): P {
  let current = program
  for (const step of passes) {
    if (step.when && !step.when(context.options)) continue
    for (const entry of step.whole ? [program.entry] : [...current.functions.keys()])
      current = { ...step.run({ ...current, entry }, context), entry: program.entry } as P
    after?.(step, current)
  }
  return current
}
