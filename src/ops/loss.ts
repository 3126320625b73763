/** Losses and distances of nn.functional: formulas over other operators, reduced by 'mean', 'sum' or 'none'. */
import { type Composite, composite } from './composite.ts'
import { family } from './define.ts'
import { isConst } from './dimMath.ts'
import { type Args, type ArgValue, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { normalizeDim } from './shape.ts'

/** Calls of one argument list, written short. */
const f =
  <T extends TensorMeta>(ops: Ops<T>) =>
  (name: string, ...args: ArgValue<T>[]): T =>
    ops.call(`aten::${name}`, args)

function reduced<T extends TensorMeta>(ops: Ops<T>, x: T, args: Args<T>): T {
  const reduction = args.string('reduction')
  if (reduction === 'none') return x
  if (reduction !== 'mean' && reduction !== 'sum')
    throw new OperatorError('S2103', `reduction must be 'none', 'mean' or 'sum', not '${reduction}'`)
  return ops.call(`aten::${reduction}`, [x])
}

const tail = "str reduction='mean') -> Tensor"

/** A loss of input, target and options. */
const loss = (schema: string, formula: <T extends TensorMeta>(ops: Ops<T>, args: Args<T>) => T): ReturnType<typeof composite> =>
  composite({ schemas: [`${schema}, *, ${tail}`], homes: ['F'], decompose: (ops, args) => reduced(ops, formula(ops, args), args) })

/** Like loss, for schemas that list keyword-only options of their own. */
const lossWith = (
  schema: string,
  options: string,
  formula: <T extends TensorMeta>(ops: Ops<T>, args: Args<T>) => T,
  positional = '',
): ReturnType<typeof composite> =>
  composite({
    schemas: [`${schema}${positional}, *, ${options}, ${tail}`],
    homes: ['F'],
    decompose: (ops, args) => reduced(ops, formula(ops, args), args),
  })

function distance<T extends TensorMeta>(ops: Ops<T>, a: T, b: T, p: ArgValue<T>, eps: ArgValue<T>, keepdim: boolean): T {
  return ops.call('aten::linalg_vector_norm', [f(ops)('add', f(ops)('sub', a, b), eps), p, [-1], keepdim])
}

/** weight * x where there is a weight. */
const weighted = <T extends TensorMeta>(ops: Ops<T>, x: T, weight: T | null): T => (weight ? ops.call('aten::mul', [x, weight]) : x)

/** -weight[target] * x[target] along dim 1; positions of `ignore_index` count nothing. */
function negativeLogLikelihood<T extends TensorMeta>(ops: Ops<T>, input: T, target: T, weight: T | null, args: Args<T>): T {
  const c = f(ops)
  const dim = input.shape.length === 1 ? 0 : 1
  const ignored = c('eq', target, args.int('ignore_index'))
  const safe = c('where', ignored, 0, target)
  const column = c('unsqueeze', safe, dim)
  const picked = c('squeeze', c('gather', input, dim, column), [dim])
  const weights = weight ? c('where', ignored, 0, c('index', weight, [safe])) : c('to', c('logical_not', ignored), 'float32')
  const losses = c('where', ignored, 0, c('mul', c('neg', picked), weights))
  const reduction = args.string('reduction')
  if (reduction === 'none') return losses
  const total = c('sum', losses)
  return reduction === 'sum' ? total : c('div', total, c('sum', weights))
}

/** Class probabilities as target, or classes with smoothing. */
function softCrossEntropy<T extends TensorMeta>(ops: Ops<T>, input: T, target: T, weight: T | null, args: Args<T>): T {
  const c = f(ops)
  const dim = input.shape.length === 1 ? 0 : 1
  const rank = input.shape.length
  const logs = c('log_softmax', input, dim)
  const perClass = weight && c('reshape', weight, [-1, ...Array<number>(rank - dim - 1).fill(1)])
  const smoothing = args.scalar('label_smoothing') as number
  const classes = input.shape[dim] as number
  if (target.dtype === 'float32') {
    const soft = smoothing === 0 ? target : c('add', c('mul', target, 1 - smoothing), smoothing / classes)
    const losses = c('neg', c('sum', weighted(ops, c('mul', soft, logs), perClass), [dim]))
    const reduction = args.string('reduction')
    if (reduction === 'none') return losses
    const total = c('sum', losses)
    return reduction === 'sum'
      ? total
      : c('div', total, rank === 1 ? 1 : input.shape.reduce<number>((n, size, i) => (i === dim ? n : n * (size as number)), 1))
  }
  const hard = negativeLogLikelihood(ops, logs, target, weight, args)
  if (smoothing === 0) return hard
  const ignored = c('eq', target, args.int('ignore_index'))
  const uniform = c('where', ignored, 0, c('neg', c('sum', weighted(ops, logs, perClass), [dim])))
  const reduction = args.string('reduction')
  const kept = c('to', c('logical_not', ignored), 'float32')
  const weights = weight ? c('mul', kept, c('index', weight, [c('where', ignored, 0, target)])) : kept
  const spread = reduction === 'none' ? uniform : reduction === 'sum' ? c('sum', uniform) : c('div', c('sum', uniform), c('sum', weights))
  return c('add', c('mul', hard, 1 - smoothing), c('mul', spread, smoothing / classes))
}

const classLoss = (schema: string, decompose: Composite['decompose']) => composite({ schemas: [schema], homes: ['F'], decompose })

export const losses = family({
  'nn::l1_loss': loss('l1_loss(Tensor input, Tensor target', (ops, args) =>
    f(ops)('abs', f(ops)('sub', args.tensor('input'), args.tensor('target'))),
  ),
  'nn::mse_loss': loss('mse_loss(Tensor input, Tensor target', (ops, args) =>
    f(ops)('square', f(ops)('sub', args.tensor('input'), args.tensor('target'))),
  ),
  'nn::smooth_l1_loss': lossWith('smooth_l1_loss(Tensor input, Tensor target', 'float beta=1.0', (ops, args) => {
    const c = f(ops)
    const beta = args.scalar('beta') as number
    const size = c('abs', c('sub', args.tensor('input'), args.tensor('target')))
    if (beta === 0) return size
    return c('where', c('lt', size, beta), c('div', c('mul', c('mul', size, size), 0.5), beta), c('sub', size, 0.5 * beta))
  }),
  'nn::huber_loss': lossWith('huber_loss(Tensor input, Tensor target', 'float delta=1.0', (ops, args) => {
    const c = f(ops)
    const delta = args.scalar('delta') as number
    const size = c('abs', c('sub', args.tensor('input'), args.tensor('target')))
    return c('where', c('le', size, delta), c('mul', c('mul', size, size), 0.5), c('mul', c('sub', size, 0.5 * delta), delta))
  }),
  'nn::soft_margin_loss': loss('soft_margin_loss(Tensor input, Tensor target', (ops, args) => {
    const c = f(ops)
    return c('log1p', c('exp', c('mul', c('neg', args.tensor('target')), args.tensor('input'))))
  }),
  'nn::hinge_embedding_loss': lossWith('hinge_embedding_loss(Tensor input, Tensor target', 'float margin=1.0', (ops, args) => {
    const c = f(ops)
    const [input, target] = [args.tensor('input'), args.tensor('target')]
    const margin = c('where', c('eq', target, 1), 0, c('clamp_min', c('rsub', input, args.scalar('margin')), 0))
    return c('add', margin, c('where', c('eq', target, -1), 0, input))
  }),
  'nn::margin_ranking_loss': lossWith(
    'margin_ranking_loss(Tensor input1, Tensor input2, Tensor target',
    'float margin=0.0',
    (ops, args) => {
      const c = f(ops)
      const gap = c('mul', c('neg', args.tensor('target')), c('sub', args.tensor('input1'), args.tensor('input2')))
      return c('clamp_min', c('add', gap, args.scalar('margin')), 0)
    },
  ),
  'nn::cosine_embedding_loss': lossWith(
    'cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target',
    'float margin=0.0',
    (ops, args) => {
      const c = f(ops)
      const [a, b, target] = [args.tensor('input1'), args.tensor('input2'), args.tensor('target')]
      const sum = (x: typeof a, y: typeof a) => c('sum', c('mul', x, y), [-1])
      const epsilon = 1e-12
      const cosine = c('div', sum(a, b), c('sqrt', c('mul', c('add', sum(a, a), epsilon), c('add', sum(b, b), epsilon))))
      const positive = c('where', c('eq', target, 1), c('rsub', cosine, 1), 0)
      return c('add', positive, c('where', c('eq', target, -1), c('clamp_min', c('sub', cosine, args.scalar('margin')), 0), 0))
    },
  ),
  'nn::triplet_margin_loss': lossWith(
    'triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative',
    'float margin=1.0, float p=2, float eps=1e-06, bool swap=False',
    (ops, args) => {
      const c = f(ops)
      const [anchor, positive, negative] = [args.tensor('anchor'), args.tensor('positive'), args.tensor('negative')]
      const apart = (a: typeof anchor, b: typeof anchor) => distance(ops, a, b, args.scalar('p'), args.scalar('eps'), false)
      const far = args.bool('swap') ? c('minimum', apart(anchor, negative), apart(positive, negative)) : apart(anchor, negative)
      return c('clamp_min', c('sub', c('add', apart(anchor, positive), args.scalar('margin')), far), 0)
    },
  ),
  'nn::poisson_nll_loss': lossWith(
    'poisson_nll_loss(Tensor input, Tensor target',
    'bool log_input=True, bool full=False, float eps=1e-08',
    (ops, args) => {
      const c = f(ops)
      const [input, target] = [args.tensor('input'), args.tensor('target')]
      const base = args.bool('log_input')
        ? c('sub', c('exp', input), c('mul', target, input))
        : c('sub', input, c('mul', target, c('log', c('add', input, args.scalar('eps')))))
      if (!args.bool('full')) return base
      const stirling = c(
        'add',
        c('sub', c('mul', target, c('log', target)), target),
        c('mul', c('log', c('mul', target, 2 * Math.PI)), 0.5),
      )
      return c('add', base, c('where', c('gt', target, 1), stirling, 0))
    },
  ),
  'nn::gaussian_nll_loss': lossWith(
    'gaussian_nll_loss(Tensor input, Tensor target, Tensor var',
    'bool full=False, float eps=1e-06',
    (ops, args) => {
      const c = f(ops)
      const [input, target, given] = [args.tensor('input'), args.tensor('target'), args.tensor('var')]
      const spread = given.shape.length === input.shape.length - 1 ? c('unsqueeze', given, -1) : given
      const variance = c('clamp_min', spread, args.scalar('eps'))
      const difference = c('sub', input, target)
      const value = c('mul', c('add', c('log', variance), c('div', c('mul', difference, difference), variance)), 0.5)
      return args.bool('full') ? c('add', value, 0.5 * Math.log(2 * Math.PI)) : value
    },
  ),
  'nn::binary_cross_entropy': composite({
    schemas: [`binary_cross_entropy(Tensor input, Tensor target, Tensor? weight=None, *, ${tail}`],
    homes: ['F'],
    decompose(ops, args) {
      const c = f(ops)
      const [input, target] = [args.tensor('input'), args.tensor('target')]
      // Logarithms are cut off at -100, as in PyTorch.
      const log = (x: typeof input) => c('clamp_min', c('log', x), -100)
      const value = c('sub', c('mul', c('sub', target, 1), log(c('rsub', input, 1))), c('mul', target, log(input)))
      return reduced(ops, weighted(ops, value, args.tensorOrNull('weight')), args)
    },
  }),
  'nn::binary_cross_entropy_with_logits': composite({
    schemas: [`binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, *, Tensor? pos_weight=None, ${tail}`],
    homes: ['F'],
    decompose(ops, args) {
      const c = f(ops)
      const [input, target, positive] = [args.tensor('input'), args.tensor('target'), args.tensorOrNull('pos_weight')]
      const soft = c('neg', c('logsigmoid', input))
      const scaled = positive ? c('mul', soft, c('add', c('mul', c('sub', positive, 1), target), 1)) : soft
      return reduced(ops, weighted(ops, c('add', c('mul', c('rsub', target, 1), input), scaled), args.tensorOrNull('weight')), args)
    },
  }),
  'nn::kl_div': composite({
    schemas: [`kl_div(Tensor input, Tensor target, *, bool log_target=False, ${tail}`],
    homes: ['F'],
    decompose(ops, args) {
      const c = f(ops)
      const [input, target] = [args.tensor('input'), args.tensor('target')]
      const value = args.bool('log_target')
        ? c('mul', c('exp', target), c('sub', target, input))
        : c('sub', c('xlogy', target, target), c('mul', target, input))
      return args.string('reduction') === 'batchmean' ? c('div', c('sum', value), input.shape[0] ?? 1) : reduced(ops, value, args)
    },
  }),
  'nn::nll_loss': classLoss(`nll_loss(Tensor input, Tensor target, Tensor? weight=None, *, int ignore_index=-100, ${tail}`, (ops, args) =>
    negativeLogLikelihood(ops, args.tensor('input'), args.tensor('target'), args.tensorOrNull('weight'), args),
  ),
  'nn::cross_entropy': classLoss(
    `cross_entropy(Tensor input, Tensor target, Tensor? weight=None, *, int ignore_index=-100, float label_smoothing=0.0, ${tail}`,
    (ops, args) => softCrossEntropy(ops, args.tensor('input'), args.tensor('target'), args.tensorOrNull('weight'), args),
  ),
  'nn::multi_margin_loss': classLoss(
    `multi_margin_loss(Tensor input, Tensor target, *, int p=1, float margin=1.0, Tensor? weight=None, ${tail}`,
    (ops, args) => {
      const c = f(ops)
      const [given, target, weight] = [args.tensor('input'), args.tensor('target'), args.tensorOrNull('weight')]
      const flat = given.shape.length < 2
      const input = flat ? c('reshape', given, [1, -1]) : given
      const classes = input.shape[1] as number
      const index = c('reshape', target, [-1, 1])
      const own = c('gather', input, 1, index)
      const gap = c('clamp_min', c('add', c('sub', input, own), args.scalar('margin')), 0)
      const power = args.int('p') === 1 ? gap : c('mul', gap, gap)
      const scaled = weight ? c('mul', power, c('index', weight, [index])) : power
      const others = c('where', c('eq', c('arange', classes), index), 0, scaled)
      const value = c('div', c('sum', others, [1]), classes)
      return reduced(ops, flat ? c('squeeze', value, [0]) : value, args)
    },
  ),
  'nn::multilabel_soft_margin_loss': classLoss(
    `multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight=None, *, ${tail}`,
    (ops, args) => {
      const c = f(ops)
      const [input, target] = [args.tensor('input'), args.tensor('target')]
      const value = c(
        'neg',
        c('add', c('mul', target, c('logsigmoid', input)), c('mul', c('rsub', target, 1), c('logsigmoid', c('neg', input)))),
      )
      return reduced(ops, c('mean', weighted(ops, value, args.tensorOrNull('weight')), [-1]), args)
    },
  ),
  'nn::multilabel_margin_loss': classLoss(`multilabel_margin_loss(Tensor input, Tensor target, *, ${tail}`, (ops, args) => {
    const c = f(ops)
    const [given, labels] = [args.tensor('input'), args.tensor('target')]
    const flat = given.shape.length < 2
    const input = flat ? c('reshape', given, [1, -1]) : given
    const target = flat ? c('reshape', labels, [1, -1]) : labels
    const classes = input.shape[1] as number
    // Labels count up to the first -1.
    const counted = c('eq', c('cumsum', c('lt', target, 0), 1), 0)
    const safe = c('where', counted, target, 0)
    const hot = c('logical_and', c('eq', c('unsqueeze', safe, 2), c('arange', classes)), c('unsqueeze', counted, 2))
    const isTarget = c('any', hot, 1, false)
    const own = c('unsqueeze', c('gather', input, 1, safe), 2)
    const gap = c('clamp_min', c('add', c('sub', c('unsqueeze', input, 1), own), 1), 0)
    const counts = c('logical_and', c('unsqueeze', counted, 2), c('logical_not', c('unsqueeze', isTarget, 1)))
    const value = c('div', c('sum', c('where', counts, gap, 0), [1, 2]), classes)
    return reduced(ops, flat ? c('squeeze', value, [0]) : value, args)
  }),
  'aten::cosine_similarity': composite({
    schemas: ['cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor'],
    homes: ['torch', 'F'],
    decompose(ops, args) {
      const c = f(ops)
      const [a, b] = [args.tensor('x1'), args.tensor('x2')]
      const dim = args.int('dim')
      const length = (x: typeof a) => c('clamp_min', ops.call('aten::linalg_vector_norm', [x, 2, [dim], true]), args.scalar('eps'))
      return c('sum', c('mul', c('div', a, length(a)), c('div', b, length(b))), [dim])
    },
  }),
  'aten::pairwise_distance': composite({
    schemas: ['pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False) -> Tensor'],
    homes: ['torch', 'F'],
    decompose: (ops, args) =>
      distance(ops, args.tensor('x1'), args.tensor('x2'), args.scalar('p'), args.scalar('eps'), args.bool('keepdim')),
  }),
  'aten::cdist': composite({
    schemas: ['cdist(Tensor x1, Tensor x2, float p=2, str? compute_mode=None) -> Tensor'],
    homes: ['torch'],
    decompose(ops, args) {
      const c = f(ops)
      const difference = c('sub', c('unsqueeze', args.tensor('x1'), -2), c('unsqueeze', args.tensor('x2'), -3))
      return ops.call('aten::linalg_vector_norm', [difference, args.scalar('p'), [-1]])
    },
  }),
  'aten::pdist': composite({
    schemas: ['pdist(Tensor self, float p=2) -> Tensor'],
    homes: ['torch', 'F'],
    decompose(ops, args) {
      const self = args.tensor('self')
      const rows = self.shape[0]
      if (rows === undefined || !isConst(rows)) throw new OperatorError('S3002', 'pdist: the number of rows must be known at build time')
      if (rows < 2) return ops.call('aten::new_zeros', [self, [0]])
      const all = ops.call('aten::cdist', [self, self, args.scalar('p')])
      const pairs = Array.from({ length: rows - 1 }, (_, i) => ops.call('aten::slice', [ops.call('aten::select', [all, 0, i]), 0, i + 1]))
      return ops.call('aten::cat', [pairs])
    },
  }),
  'aten::dist': composite({
    schemas: ['dist(Tensor self, Tensor other, Scalar p=2) -> Tensor'],
    homes: ['torch', 'Tensor'],
    decompose: (ops, args) =>
      ops.call('aten::linalg_vector_norm', [ops.call('aten::sub', [args.tensor('self'), args.tensor('other')]), args.scalar('p')]),
  }),
  'aten::bilinear': composite({
    schemas: ['bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor'],
    homes: ['torch', 'F'],
    decompose(ops, args) {
      const product = ops.call('aten::einsum', [
        '...i,kij,...j->...k',
        [args.tensor('input1'), args.tensor('weight'), args.tensor('input2')],
      ])
      const bias = args.tensorOrNull('bias')
      return bias ? ops.call('aten::add', [product, bias]) : product
    },
  }),
  'aten::local_response_norm': composite({
    schemas: ['local_response_norm(Tensor input, int size, float alpha=0.0001, float beta=0.75, float k=1.0) -> Tensor'],
    homes: ['F'],
    decompose(ops, args) {
      const c = f(ops)
      const input = args.tensor('input')
      const size = args.int('size')
      const dim = normalizeDim('local_response_norm', 1, input.shape.length)
      const pad = [...Array<number>(2 * (input.shape.length - 2)).fill(0), Math.floor(size / 2), Math.floor((size - 1) / 2)]
      const windows = c('unfold', c('constant_pad_nd', c('mul', input, input), pad), dim, size, 1)
      const divisor = c(
        'pow',
        c('add', c('mul', c('div', c('sum', windows, [-1]), size), args.scalar('alpha')), args.scalar('k')),
        args.scalar('beta'),
      )
      return c('div', input, divisor)
    },
  }),
})
