/** Attention and recurrent layers as formulas. Recurrences are unrolled, so the number of steps must be known; their input projections are one product. */
import { composite } from './composite.ts'
import { family } from './define.ts'
import type { Dim } from './dim.ts'
import { isConst } from './dimMath.ts'
import { type Args, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { formatShape } from './shape.ts'

const at = <T>(values: readonly T[], index: number): T => values.at(index) as T

interface Cell<T> {
  readonly gates: number
  /** The next states from the projected input of a step (biases included) and the states before; the first one is the output. */
  step(ops: Ops<T & TensorMeta>, projected: T, states: readonly T[], hidden: { readonly weight: T; readonly bias: T | null }): readonly T[]
}

/** (input, h, c) -> (output, h, c) by Hochreiter and Schmidhuber; gates in PyTorch's order i, f, g, o. */
const lstmCell = <T extends TensorMeta>(): Cell<T> => ({
  gates: 4,
  step(ops, projected, [h, c], { weight, bias }) {
    const sum = ops.call('aten::add', [projected, ops.call('aten::linear', [h as T, weight, bias])])
    const [i, f, g, o] = ops.callMany('aten::chunk', [sum, 4, 1]) as [T, T, T, T]
    const kept = ops.call('aten::mul', [ops.call('aten::sigmoid', [f]), c as T])
    const added = ops.call('aten::mul', [ops.call('aten::sigmoid', [i]), ops.call('aten::tanh', [g])])
    const cell = ops.call('aten::add', [kept, added])
    return [ops.call('aten::mul', [ops.call('aten::sigmoid', [o]), ops.call('aten::tanh', [cell])]), cell]
  },
})

/** (input, h) -> (output, h) by Cho et al.; gates in PyTorch's order r, z, n. The hidden bias of n stays inside of the reset. */
const gruCell = <T extends TensorMeta>(): Cell<T> => ({
  gates: 3,
  step(ops, projected, [h], { weight, bias }) {
    const own = ops.callMany('aten::chunk', [ops.call('aten::linear', [h as T, weight, bias]), 3, 1]) as [T, T, T]
    const given = ops.callMany('aten::chunk', [projected, 3, 1]) as [T, T, T]
    const gate = (k: 0 | 1): T => ops.call('aten::sigmoid', [ops.call('aten::add', [given[k], own[k]])])
    const fresh = ops.call('aten::tanh', [ops.call('aten::add', [given[2], ops.call('aten::mul', [gate(0), own[2]])])])
    const z = gate(1)
    return [ops.call('aten::add', [ops.call('aten::mul', [ops.call('aten::rsub', [z, 1]), fresh]), ops.call('aten::mul', [z, h as T])])]
  },
})

/** All layers and directions. States are [layers * directions, batch, hidden], one tensor a state; none means zeros. */
function recurrent<T extends TensorMeta>(ops: Ops<T>, args: Args<T>, cell: Cell<T>, given: readonly T[]): readonly T[] {
  const [params, layers] = [args.tensors('params'), args.int('num_layers')]
  const [hasBiases, batchFirst] = [args.bool('has_biases'), args.bool('batch_first')]
  const directions = args.bool('bidirectional') ? 2 : 1
  const perCell = hasBiases ? 4 : 2
  if (params.length !== layers * directions * perCell)
    throw new OperatorError('S3001', `recurrent layers: ${params.length} parameters do not fit ${layers} layers`)
  const input = args.tensor('input')
  const batched = input.shape.length === 3
  let x = batched ? (batchFirst ? ops.call('aten::transpose', [input, 0, 1]) : input) : ops.call('aten::unsqueeze', [input, 1])
  const steps = at(x.shape, 0)
  const batch: Dim = at(x.shape, 1)
  if (!isConst(steps))
    throw new OperatorError(
      'S3002',
      `recurrent layers: the number of steps must be known at build time, the input has shape ${formatShape(input.shape)}`,
    )
  const hiddenSize = at(at(params, 1).shape, 1)
  const states = cell.gates === 4 ? 2 : 1
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
      const projected = ops.call('aten::linear', [x, weightInput, biasInput])
      let current: readonly T[] = Array.from({ length: states }, (_, k) => initial(k, index))
      const rows: T[] = []
      for (let step = 0; step < steps; step++) {
        const t = direction === 0 ? step : steps - 1 - step
        current = cell.step(ops, ops.call('aten::select', [projected, 0, t]), current, { weight, bias })
        rows[t] = at(current, 0)
      }
      outputs.push(ops.call('aten::stack', [rows, 0]))
      for (const [k, state] of current.entries()) at(last, k).push(state)
    }
    x = outputs.length === 1 ? at(outputs, 0) : ops.call('aten::cat', [outputs, 2])
  }
  const output = batched ? (batchFirst ? ops.call('aten::transpose', [x, 0, 1]) : x) : ops.call('aten::squeeze', [x, [1]])
  const finals = last.map((all) => {
    const stacked = ops.call('aten::stack', [all, 0])
    return batched ? stacked : ops.call('aten::squeeze', [stacked, [1]])
  })
  return [output, ...finals]
}

const tail = 'Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first'

export const recurrents = family({
  'aten::lstm': composite({
    schemas: [`lstm.input(Tensor input, Tensor[] hx, ${tail}) -> (Tensor, Tensor, Tensor)`],
    homes: ['torch'],
    decompose: (ops, args) => recurrent(ops, args, lstmCell(), args.tensors('hx')),
  }),
  'aten::gru': composite({
    schemas: [`gru.input(Tensor input, Tensor? hx, ${tail}) -> (Tensor, Tensor)`],
    homes: ['torch'],
    decompose(ops, args) {
      const hx = args.tensorOrNull('hx')
      return recurrent(ops, args, gruCell(), hx ? [hx] : [])
    },
  }),
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
