/**
 * Where values lie among others: `searchsorted` and `bucketize` count what is below, `isin` looks for equal ones.
 */

import { isTensorMeta } from './args.ts'
import { composite } from './composite.ts'
import { family } from './define.ts'
import type { Scalar } from './dim.ts'
import type { Expr } from './expr.ts'
import { axisIndex, binary, cast, constant, load, loadBroadcast, ne } from './exprs.ts'
import { axes } from './join.ts'
import type { Args, Ops, TensorMeta } from './operator.ts'
import { categoryOf, promoteTypes } from './promote.ts'

/** How many elements of each sorted row lie below (`right`: at or below) a value: the position where it belongs. NaN comes last. */
function countBelow<T extends TensorMeta>(ops: Ops<T>, sequence: T, value: T | Scalar, right: boolean, int32: boolean): T {
  const values = isTensorMeta(value) ? value : ops.call('aten::full', [[], value], { dtype: sequence.dtype })
  const row = sequence.shape.length === 1 ? sequence : ops.call('aten::unsqueeze', [sequence, -2])
  const element = ops.call('aten::unsqueeze', [values, -1])
  const below = right
    ? ops.call('aten::logical_not', [ops.call('aten::gt', [row, element])])
    : ops.call('aten::logical_not', [ops.call('aten::ge', [row, element])])
  const counted = ops.call('aten::sum', [below, [-1]])
  return int32 ? ops.call('aten::to', [counted, 'int32']) : counted
}

export const searches = family({
  'aten::searchsorted': composite({
    schemas: [
      'searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor',
      'searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor',
    ],
    homes: ['torch'],
    decompose(ops, args) {
      const given = args.tensor('sorted_sequence')
      const sorter = args.tensorOrNull('sorter')
      const sequence = sorter ? ops.call('aten::gather', [given, -1, sorter]) : given
      const right = args.stringOrNull('side') === 'right' || args.bool('right')
      return countBelow(ops, sequence, args.tensorOrScalar('self'), right, args.bool('out_int32'))
    },
  }),
  'aten::bucketize': composite({
    schemas: [
      'bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor',
      'bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor',
    ],
    homes: ['torch'],
    decompose: (ops, args) =>
      countBelow(ops, args.tensor('boundaries'), args.tensorOrScalar('self'), args.bool('right'), args.bool('out_int32')),
  }),
  'aten::isin': {
    schemas: [
      'isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor',
      'isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor',
    ],
    homes: ['torch'],
    infer: (args) => [{ dtype: 'bool', shape: args.tensor('elements').shape }],
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const elements = args.tensor('elements')
        const out = outputs[0] as TensorMeta
        const rank = out.shape.length
        const wanted = args.bool('invert') ? 'all' : 'any'
        const compare = args.bool('invert') ? ne : (a: Expr, b: Expr) => binary('eq', a, b)
        if (args.has('test_element')) {
          const value = constant(
            args.scalar('test_element'),
            categoryOf(elements.dtype) < 2 && !Number.isInteger(args.scalar('test_element')) ? 'float32' : elements.dtype,
          )
          return {
            inputs: [elements],
            results: [{ dtype: 'bool', axes: out.shape, body: compare(cast(loadBroadcast(0, elements, rank), value.dtype), value) }],
          }
        }
        const tests = args.tensor('test_elements')
        const dtype = promoteTypes(elements.dtype, tests.dtype)
        const test = cast(
          load(
            1,
            tests,
            tests.shape.map((_, i) => axisIndex(rank + i)),
          ),
          dtype,
        )
        const body = compare(cast(load(0, elements, axes(rank)), dtype), test)
        return {
          inputs: [elements, tests],
          results: [{ dtype: 'bool', axes: out.shape, reduce: { combiner: wanted, axes: tests.shape }, body }],
        }
      },
    },
  },
})
