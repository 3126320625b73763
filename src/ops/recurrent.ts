/** Attention and recurrent layers. Layers are a product for the input projections of all steps, and one kernel that runs over time. */
import { composite } from './composite.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { isConst } from './dimMath.ts'
import { type Args, type DenseTensor, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { type CellName, recurrentCells } from './recurrentCell.ts'
import { referenceRecurrence } from './reference/recurrent.ts'
import { formatShape, requireEqualDims, requireRank } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values.at(index) as T

/** All layers and directions. States are [layers * directions, batch, hidden], one tensor a state; none means zeros. */
function recurrent<T extends TensorMeta>(ops: Ops<T>, args: Args<T>, cell: CellName, given: readonly T[]): readonly T[] {
  const [params, layers] = [args.tensors('params'), args.int('num_layers')]
  const [hasBiases, batchFirst] = [args.bool('has_biases'), args.bool('batch_first')]
  const directions = args.bool('bidirectional') ? 2 : 1
  const perCell = hasBiases ? 4 : 2
  if (params.length !== layers * directions * perCell)
    throw new OperatorError('S3001', `recurrent layers: ${params.length} parameters do not fit ${layers} layers`)
  const input = args.tensor('input')
  const batched = input.shape.length === 3
  // Projections keep the order in which the input has its axes: only strides change for the kernel.
  const timeMajor = (value: T): T => (batched && batchFirst ? ops.call('aten::transpose', [value, 0, 1]) : value)
  let x = batched ? input : ops.call('aten::unsqueeze', [input, 1])
  const batch: Dim = at(timeMajor(x).shape, 1)
  const hiddenSize = at(at(params, 1).shape, 1)
  const { states } = recurrentCells[cell]
  const initial = (k: number, index: number): T => {
    const own = given[k]
    if (!own) return ops.call('aten::zeros', [[batch, hiddenSize]])
    const wide = batched ? own : ops.call('aten::unsqueeze', [own, 1])
    return ops.call('aten::select', [wide, 0, index])
  }
  const last: T[][] = Array.from({ length: states }, () => [])
  for (let layer = 0; layer < layers; layer++) {
    const outputs: T[] = []
    for (let direction = 0; direction < directions; direction++) {
      const index = layer * directions + direction
      const [weightInput, weight, biasInput = null, bias = null] = params.slice(index * perCell, (index + 1) * perCell) as [T, T, T?, T?]
      // The two biases of a gate are one, but where the cell tells its summands apart.
      const together = biasInput && bias && cell !== 'gru' ? ops.call('aten::add', [biasInput, bias]) : biasInput
      const projected = timeMajor(ops.call('aten::linear', [x, weightInput, together]))
      const before = Array.from({ length: states }, (_, k) => initial(k, index))
      const [output, ...after] = ops.callMany('nn::recurrence', [
        projected,
        weight,
        cell === 'gru' ? bias : null,
        before,
        cell,
        direction === 1,
      ])
      outputs.push(timeMajor(output as T))
      for (const [k, state] of after.entries()) at(last, k).push(state)
    }
    x = outputs.length === 1 ? at(outputs, 0) : ops.call('aten::cat', [outputs, 2])
  }
  const output = batched ? x : ops.call('aten::squeeze', [x, [1]])
  const finals = last.map((all) => {
    const stacked = ops.call('aten::stack', [all, 0])
    return batched ? stacked : ops.call('aten::squeeze', [stacked, [1]])
  })
  return [output, ...finals]
}

const tail = 'Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first'

/** A layer with one state: GRU and the plain cells. */
const layerOf = (name: 'gru' | 'rnn_tanh' | 'rnn_relu'): OperatorSpec<'decompose'> =>
  composite({
    schemas: [`${name}.input(Tensor input, Tensor? hx, ${tail}) -> (Tensor, Tensor)`],
    homes: ['torch'],
    decompose(ops, args) {
      const hx = args.tensorOrNull('hx')
      return recurrent(ops, args, name, hx ? [hx] : [])
    },
  })

export const recurrents = family({
  'aten::lstm': composite({
    schemas: [`lstm.input(Tensor input, Tensor[] hx, ${tail}) -> (Tensor, Tensor, Tensor)`],
    homes: ['torch'],
    decompose: (ops, args) => recurrent(ops, args, 'lstm', args.tensors('hx')),
  }),
  'aten::gru': layerOf('gru'),
  'aten::rnn_tanh': layerOf('rnn_tanh'),
  'aten::rnn_relu': layerOf('rnn_relu'),
  // One direction of one layer: projected [steps, batch, gates * units], states [batch, units]. Gives all outputs, then the last states.
  'nn::recurrence': {
    schemas: ['recurrence(Tensor projected, Tensor weight, Tensor? bias, Tensor[] states, str cell, bool reverse) -> Tensor[]'],
    homes: [],
    infer(args, context) {
      const [projected, weight, states] = [args.tensor('projected'), args.tensor('weight'), args.tensors('states')]
      const { gates } = recurrentCells[args.string('cell') as CellName]
      requireRank('recurrent layers', 'the projected input', projected.shape, 3)
      requireRank('recurrent layers', 'the recurrent weight', weight.shape, 2)
      const [steps, batch, width] = projected.shape as [Dim, Dim, Dim]
      const units = at(weight.shape, 1)
      if (!isConst(units))
        throw new OperatorError(
          'S3002',
          `recurrent layers: the hidden size must be known at build time, the weight has shape ${formatShape(weight.shape)}`,
        )
      for (const rows of [at(weight.shape, 0), width])
        requireEqualDims(
          rows,
          gates * units,
          () => `recurrent layers: a weight of shape ${formatShape(weight.shape)} does not fit ${gates} gates of ${units} units`,
          context,
        )
      const state = { dtype: projected.dtype, shape: [batch, units] }
      for (const { shape } of states) {
        requireRank('recurrent layers', 'a state', shape, 2)
        state.shape.forEach((size, axis) => {
          requireEqualDims(
            at(shape, axis),
            size,
            () =>
              `recurrent layers: a state of shape ${formatShape(shape)} does not fit a batch of ${formatShape([batch])} and ${units} units`,
            context,
          )
        })
      }
      return [{ dtype: projected.dtype, shape: [steps, batch, units] }, ...states.map(() => state)]
    },
    implementation: {
      kind: 'kernel',
      reference(args: Args<DenseTensor>, outputs: readonly DenseTensor[]) {
        const [projected, weight, states] = [args.tensor('projected'), args.tensor('weight'), args.tensors('states')]
        const cell = args.string('cell') as CellName
        referenceRecurrence({ cell, projected, weight, states, bias: args.tensorOrNull('bias'), reverse: args.bool('reverse') }, outputs)
      },
    },
  },
  'aten::scaled_dot_product_attention': composite({
    schemas: [
      'scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor',
    ],
    homes: ['F'],
    decompose(ops, args) {
      const [query, key, mask] = [args.tensor('query'), args.tensor('key'), args.tensorOrNull('attn_mask')]
      const width = at(query.shape, -1)
      if (args.bool('enable_gqa'))
        throw new OperatorError('S3009', 'scaled_dot_product_attention: enableGqa is not supported yet; repeat the heads of key and value')
      if (args.scalar('dropout_p') !== 0)
        throw new OperatorError('S3009', 'scaled_dot_product_attention: dropoutP other than 0 is not supported yet')
      if (!args.has('scale') && !isConst(width))
        throw new OperatorError('S3002', 'scaled_dot_product_attention: the last dim of query must be known at build time, or scale given')
      const scale = args.scalarOrNull('scale') ?? 1 / Math.sqrt(width as number)
      let scores = ops.call('aten::mul', [ops.call('aten::matmul', [query, ops.call('aten::transpose', [key, -2, -1])]), scale])
      const banned = Number.NEGATIVE_INFINITY
      if (args.bool('is_causal')) {
        const allowed = ops.call('aten::tril', [ops.call('aten::ones', [[at(query.shape, -2), at(key.shape, -2)]], { dtype: 'bool' })])
        scores = ops.call('aten::where', [allowed, scores, banned])
      }
      if (mask) scores = mask.dtype === 'bool' ? ops.call('aten::where', [mask, scores, banned]) : ops.call('aten::add', [scores, mask])
      return ops.call('aten::matmul', [ops.call('aten::softmax', [scores, -1]), args.tensor('value')])
    },
  }),
})
