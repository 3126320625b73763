/**
 * Operators that are only a formula over others. Their shape rule is the formula itself, run on shapes instead of tensors, so it cannot
 * disagree with what the decomposition makes.
 */
import type { OperatorSpec } from './define.ts'
import { findOperator } from './lookup.ts'
import type { ApiForm, Args, Home, InferContext, Ops, TensorMeta } from './operator.ts'
import { bindValues } from './valueDomain.ts'

/** Runs every called operator's shape rule. */
export function metaOps(context: InferContext): Ops<TensorMeta> {
  const callMany: Ops<TensorMeta>['callMany'] = (name, args, named) => {
    const operator = findOperator(name)
    if (!operator) throw new Error(`internal error: no operator ${name}`)
    return operator.infer(bindValues(operator, args, named), context)
  }
  return { callMany, call: (name, args, named) => callMany(name, args, named)[0] as TensorMeta }
}

export interface Composite {
  readonly schemas: readonly string[]
  readonly homes: readonly Home[]
  readonly forms?: readonly ApiForm[]
  readonly variadic?: boolean
  readonly inplace?: boolean
  decompose<T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T | readonly T[]
}

export const composite = ({ decompose, ...spec }: Composite): OperatorSpec<'decompose'> => ({
  ...spec,
  infer(args, context) {
    const result = decompose(metaOps(context), args)
    return (Array.isArray(result) ? (result as readonly TensorMeta[]) : [result as TensorMeta]).map(({ dtype, shape }) => ({
      dtype,
      shape,
    }))
  },
  implementation: { kind: 'decompose', decompose },
})
