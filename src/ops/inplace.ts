/**
 * In-place operators, derived from the pure ones: `aten::add_` has add's arguments, and its implementation gives the new value of `self`
 * (computed by `aten::add`, brought to self's shape and dtype). Writing it there is the caller's part (`mutates`).
 */
import type { BoundArgs } from './args.ts'
import { dimEqual } from './dimMath.ts'
import { type Args, type Operator, OperatorError, type TensorMeta } from './operator.ts'
import { canCast } from './promote.ts'
import { formatShape } from './shape.ts'

export function inplaceOperator(base: Operator): Operator {
  const name = `${base.name}_`
  const schemas = base.schemas
    .filter((text) => /\(Tensor(\(a\))? self\b/.test(text) && / -> Tensor(\(a\))?$/.test(text))
    .map((text) =>
      text
        .replace(/^(\w+)/, '$1_')
        .replace(/\(Tensor(\(a\))? self\b/, '(Tensor(a!) self')
        .replace(/ -> Tensor(\(a\))?$/, ' -> Tensor(a!)'),
    )
  return {
    name,
    schemas,
    homes: [...base.homes.filter((home) => home === 'Tensor' || home === 'torch' || home === 'F')],
    mutates: 'self',
    infer(args, context) {
      const self = args.tensor('self')
      const [result] = base.infer(args, context) as [TensorMeta]
      if (!canCast(result.dtype, self.dtype)) {
        throw new OperatorError('S3101', `${name}: the result is ${result.dtype} and cannot be written into a tensor of ${self.dtype}`)
      }
      if (result.shape.length !== self.shape.length || !result.shape.every((dim, i) => dimEqual(dim, self.shape[i] as typeof dim))) {
        throw new OperatorError(
          'S3003',
          `${name}: the result has shape ${formatShape(result.shape)} and cannot be written into a tensor of shape ${formatShape(self.shape)}`,
        )
      }
      return [{ dtype: self.dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const { schema, values } = args as Args<typeof self> & BoundArgs<typeof self>
        const named = Object.fromEntries(
          schema.params.flatMap((param, i) => (param.keywordOnly ? [[param.name, values[i] ?? null] as const] : [])),
        )
        const result = ops.call(
          base.name,
          values.filter((_, i) => !schema.params[i]?.keywordOnly),
          named,
        )
        return result.dtype === self.dtype ? result : ops.call('aten::to', [result, self.dtype])
      },
    },
  }
}
