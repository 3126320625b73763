/** Serial combination of a reduction inside one thread, and what the combiners mean in loop IR. */
import type { Dim } from '../../../../ops/dim.ts'
import type { DType } from '../../../../ops/dtype.ts'
import type { Combiner } from '../../../../ops/expr.ts'
import type { LoopExpr, LoopStmt } from '../../loop.ts'
import type { GridKernel } from './gridKernel.ts'
import {
  add,
  and,
  assign,
  compare,
  constant,
  convert,
  f32,
  forLoop,
  i32,
  isNaNBits,
  local,
  loopBinary,
  mul,
  not,
  variable,
} from './scalarCode.ts'

/** The value that combining starts from. `type` is the operand's. */
export function identity(combiner: Combiner, type: 'f32' | 'i32'): LoopExpr {
  const make = type === 'f32' ? f32 : i32
  switch (combiner) {
    case 'sum':
    case 'any':
      return make(0)
    case 'prod':
    case 'all':
      return make(1)
    case 'max':
    case 'argmax':
      return type === 'f32' ? f32(-Infinity) : i32(-2147483648)
    case 'min':
    case 'argmin':
      return type === 'f32' ? f32(Infinity) : i32(2147483647)
  }
}

const fns = { sum: 'add', prod: 'mul', max: 'max', min: 'min', any: 'or', all: 'and' } as const

/** Truth of a value, as 0 or 1 of its type: what `any` and `all` combine bit by bit (ints) or by max and min (floats). */
const zeroOf = (type: LoopExpr['type']): LoopExpr => (type === 'f32' ? f32(0) : i32(0))

/** One step of a reduction: the accumulator with another value. */
export function accumulate(combiner: Exclude<Combiner, 'argmax' | 'argmin'>, accumulator: LoopExpr, value: LoopExpr): LoopExpr {
  const type = accumulator.type as 'f32' | 'i32'
  if (combiner !== 'any' && combiner !== 'all') return loopBinary(fns[combiner], accumulator, convert(type, value))
  const truth = convert(type, value.type === 'mask' ? value : compare('ne', value, zeroOf(value.type)))
  const fn = type === 'i32' ? fns[combiner] : combiner === 'any' ? 'max' : 'min'
  return loopBinary(fn, accumulator, truth)
}

/** The result of a finished accumulator: a mask for `any` and `all`. */
export const combined = (combiner: Combiner, accumulator: LoopExpr): LoopExpr =>
  combiner === 'any' || combiner === 'all' ? compare('ne', accumulator, zeroOf(accumulator.type)) : accumulator

/** Statements that leave the combined value of `body` over `axes` in the returned expression. */
export function reduceSerially(
  kernel: GridKernel,
  combiner: Combiner,
  axes: readonly Dim[],
  bodyDType: DType,
  body: (indices: readonly LoopExpr[], into: LoopStmt[]) => LoopExpr,
  into: LoopStmt[],
): LoopExpr {
  const type = bodyDType === 'float32' ? 'f32' : 'i32'
  const accumulator = kernel.fresh('acc')
  const current = variable(accumulator, type)
  into.push(local(accumulator, identity(combiner, type)))
  const names = axes.map(() => kernel.fresh('r'))
  const indices = names.map((name) => variable(name, 'i32'))
  const inner: LoopStmt[] = []
  const named = kernel.fresh('v')
  const raw = body(indices, inner)
  const value = raw.type === 'mask' ? convert('i32', raw) : raw
  inner.push(constant(named, value))
  const next = variable(named, type)
  let result: LoopExpr = current
  if (combiner === 'argmax' || combiner === 'argmin') {
    const best = kernel.fresh('best')
    into.push(local(best, i32(-1)))
    const better = compare(combiner === 'argmax' ? 'gt' : 'lt', next, current)
    // The first position wins ties, the first NaN wins everything.
    const first = compare('lt', variable(best, 'i32'), i32(0))
    const wins =
      type === 'f32'
        ? loopBinary('or', loopBinary('or', first, better), and(isNaNBits(next), not(isNaNBits(current))))
        : loopBinary('or', first, better)
    const open = type === 'f32' ? and(wins, not(isNaNBits(current))) : wins
    const flat = indices.reduce((sum, index, k) => add(mul(sum, kernel.dim(axes[k]!)), index), i32(0))
    inner.push({ t: 'if', condition: open, then: [assign(accumulator, next), assign(best, flat)], else: [] })
    result = variable(best, 'i32')
  } else {
    inner.push(assign(accumulator, accumulate(combiner, current, next)))
    result = combined(combiner, current)
  }
  const nest = names.reduceRight<readonly LoopStmt[]>((nested, name, k) => [forLoop(name, kernel.dim(axes[k]!), nested)], inner)
  into.push(...nest)
  return result
}
