/** The shape of every pointwise entry: operands are broadcast and cast to one dtype, then a formula gives the element. */

import type { OperatorSpec } from './define.ts'
import type { Scalar } from './dim.ts'
import type { DType } from './dtype.ts'
import type { Expr } from './expr.ts'
import { cast, constant, loadBroadcast } from './exprs.ts'
import { type ApiForm, type Args, type Home, OperatorError, type TensorMeta } from './operator.ts'
import { resultType, toFloating } from './promote.ts'
import { broadcastShapes } from './shape.ts'

export const methodAndTorch: readonly Home[] = ['torch', 'Tensor']

type Operand = TensorMeta | Scalar
export const isTensor = <T extends TensorMeta>(operand: T | Scalar): operand is T => typeof operand === 'object' && 'dtype' in operand

export interface Elementwise {
  readonly schemas: readonly string[]
  readonly homes?: readonly Home[]
  readonly forms?: readonly ApiForm[]
  readonly inplace?: boolean
  /** Names of the Tensor or Scalar parameters, in the order that `body` sees them; absent optional ones are left out. */
  readonly operands?: readonly string[]
  /** Those of them that are conditions: cast to bool instead of the common dtype. */
  readonly conditions?: readonly string[]
  /** The dtype that operands are cast to; default: promotion. */
  readonly dtype?: (operands: readonly Operand[], args: Args<TensorMeta>) => DType
  /** The dtype of the result; default: the same. */
  readonly result?: (dtype: DType) => DType
  /** One element. Its dtype is cast to the result's. */
  readonly body: (operands: readonly Expr[], args: Args<TensorMeta>, dtype: DType) => Expr
}

/** float32 for ints, as the transcendental functions have it. */
export const floating = (operands: readonly Operand[]): DType => toFloating(resultType(operands))
export const toBool = (): DType => 'bool'

/** Refuses some dtypes. */
export function without(operator: string, refused: readonly DType[], reason: string): Elementwise['dtype'] {
  return (operands) => {
    const dtype = resultType(operands)
    if (refused.includes(dtype)) throw new OperatorError('S3102', `${operator}: ${reason}`)
    return dtype
  }
}

export function elementwise(spec: Elementwise): OperatorSpec<'compute'> {
  const names = spec.operands ?? ['self']
  const { conditions = [] } = spec
  const operandsOf = <T extends TensorMeta>(args: Args<T>): readonly (T | Scalar)[] =>
    names.filter((name) => args.has(name)).map((name) => args.tensorOrScalar(name))
  const dtypeOf = (operands: readonly Operand[], args: Args<TensorMeta>): DType => (spec.dtype ?? resultType)(operands, args)
  const name = /^\w+/.exec(spec.schemas[0] as string)?.[0] ?? ''
  return {
    schemas: spec.schemas,
    homes: spec.homes ?? methodAndTorch,
    ...(spec.forms ? { forms: spec.forms } : {}),
    inplace: spec.inplace ?? true,
    infer(args, context) {
      const operands = operandsOf(args)
      const shape = broadcastShapes(
        name,
        operands.filter(isTensor).map((operand) => operand.shape),
        context,
      )
      const dtype = dtypeOf(operands, args)
      return [{ dtype: spec.result ? spec.result(dtype) : dtype, shape }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const present = names.filter((name) => args.has(name))
        const operands = operandsOf(args)
        const dtype = dtypeOf(operands, args as unknown as Args<TensorMeta>)
        const inputs: T[] = []
        const out = outputs[0] as TensorMeta
        const exprs = operands.map((operand, i) => {
          const wanted = conditions.includes(present[i] as string) ? 'bool' : dtype
          if (!isTensor(operand)) return constant(operand, wanted)
          inputs.push(operand)
          return cast(loadBroadcast(inputs.length - 1, operand, out.shape.length), wanted)
        })
        const body = cast(spec.body(exprs, args as unknown as Args<TensorMeta>, dtype), out.dtype)
        return { inputs, results: [{ dtype: out.dtype, axes: out.shape, body }] }
      },
    },
  }
}
