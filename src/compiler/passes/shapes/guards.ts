/** Requirements that a shape rule makes of symbolic dims: decided now where possible, checked by the program otherwise. */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimRange, dimSub, dimToString } from '../../../ops/dimMath.ts'
import { type InferContext, OperatorError } from '../../../ops/operator.ts'

export interface Guard {
  readonly relation: 'eq' | 'le'
  readonly a: Dim
  readonly b: Dim
  readonly message: string
}

/** Requirements of a shape rule become guards unless they are decided now. */
export function inferContext(guards: Guard[], fresh: (hint: string, index: number) => Dim): InferContext {
  let count = 0
  return {
    fresh: (hint) => fresh(hint, count++),
    requireEqual(a, b, message) {
      const difference = dimSub(a, b)
      if (difference === 0) return
      const { min, max } = dimRange(difference)
      if (min > 0 || max < 0) throw new OperatorError('S3001', message())
      if (!guards.some((guard) => dimEqual(guard.a, a) && dimEqual(guard.b, b))) guards.push({ relation: 'eq', a, b, message: message() })
    },
  }
}

/** A size that symbols could make negative (a kernel larger than its input, `zeros([n])`) must not be. */
export function guardSizes(operator: string, shape: readonly Dim[], guards: Guard[]): void {
  for (const [axis, dim] of shape.entries()) {
    if (dimRange(dim).min >= 0 || guards.some((guard) => guard.relation === 'le' && dimEqual(guard.b, dim))) continue
    const name = operator.replace(/^\w+::/, '')
    if (typeof dim === 'number') throw new OperatorError('S3001', `${name}: dimension ${axis} of the result would be ${dim}`)
    guards.push({
      relation: 'le',
      a: 0,
      b: dim,
      message: `${name}: dimension ${axis} of the result (${dimToString(dim)}) would be negative`,
    })
  }
}
