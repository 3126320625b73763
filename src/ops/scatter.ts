/**
 * Elements written to positions of one dim that an index tensor names: all through the kernel `nn::scatter`, with its reduce modes.
 */

import { family, type OperatorSpec } from './define.ts'
import { requireIndex } from './indexArgs.ts'
import { type Args, type DenseTensor, type Home, OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { referenceScatter } from './reference/scatter.ts'
import { formatShape, normalizeDim, requireRank } from './shape.ts'

const both: readonly Home[] = ['torch', 'Tensor']

const scatterModes = ['replace', 'sum', 'prod', 'mean', 'amax', 'amin'] as const

export type ScatterMode = (typeof scatterModes)[number]

function requireScatter(name: string, self: TensorMeta, index: TensorMeta, src: TensorMeta): void {
  requireIndex(name, index)
  const rank = Math.max(self.shape.length, 1)
  if (Math.max(index.shape.length, 1) !== rank || Math.max(src.shape.length, 1) !== rank) {
    throw new OperatorError(
      'S3001',
      `${name}: self, index and src must have the same number of dims, got ${formatShape(self.shape)}, ${formatShape(index.shape)} and ${formatShape(src.shape)}`,
    )
  }
  if (self.dtype !== src.dtype) throw new OperatorError('S3102', `${name}: self is ${self.dtype} but src is ${src.dtype}`)
}

const scatterLike = (
  name: string,
  schemas: readonly string[],
  mode: (args: Args<TensorMeta>) => readonly [ScatterMode, boolean],
): OperatorSpec<'decompose'> => ({
  schemas,
  homes: both,
  inplace: true,
  infer(args) {
    const self = args.tensor('self')
    normalizeDim(name, args.int('dim'), self.shape.length)
    if (args.overload.includes('value')) requireIndex(name, args.tensor('index'))
    else requireScatter(name, self, args.tensor('index'), args.tensor('src'))
    return [{ dtype: self.dtype, shape: self.shape }]
  },
  implementation: {
    kind: 'decompose',
    decompose(ops, args) {
      const self = args.tensor('self')
      const index = args.tensor('index')
      const src = args.overload.includes('value')
        ? ops.call('aten::full', [index.shape, args.scalar('value')], { dtype: self.dtype })
        : args.tensor('src')
      const [reduce, includeSelf] = mode(args as unknown as Args<TensorMeta>)
      return ops.call('nn::scatter', [self, args.int('dim'), index, src, reduce, includeSelf])
    },
  },
})

function reduceMode(name: string, text: string): ScatterMode {
  const mode = ({ add: 'sum', multiply: 'prod' } as const)[text] ?? text
  if (!scatterModes.includes(mode as ScatterMode) || mode === 'replace')
    throw new OperatorError('S2103', `${name}: reduce must be sum, prod, mean, amax or amin, not '${text}'`)
  return mode as ScatterMode
}

/** An index vector along `dim`, seen as an index tensor of the source's shape. */
function spreadIndex<T extends TensorMeta>(ops: Ops<T>, index: T, source: TensorMeta, dim: number): T {
  const rank = source.shape.length
  if (rank === 0) return ops.call('aten::reshape', [index, []])
  const column = ops.call('aten::reshape', [index, source.shape.map((_, i) => (i === dim ? -1 : 1))])
  return ops.call('aten::expand', [column, source.shape])
}

/** index_add, index_reduce, index_copy: slices of source go to positions of one dim. */
const alongDim = (
  name: string,
  schema: string,
  mode: (args: Args<TensorMeta>) => readonly [ScatterMode, boolean],
): OperatorSpec<'decompose'> => ({
  schemas: [schema],
  homes: both,
  inplace: true,
  infer(args) {
    const self = args.tensor('self')
    normalizeDim(name, args.int('dim'), self.shape.length)
    requireIndex(name, args.tensor('index'))
    requireRank(name, 'index', args.tensor('index').shape, 0, 1)
    const source = args.tensor('source')
    if (source.dtype !== self.dtype) throw new OperatorError('S3102', `${name}: self is ${self.dtype} but source is ${source.dtype}`)
    return [{ dtype: self.dtype, shape: self.shape }]
  },
  implementation: {
    kind: 'decompose',
    decompose(ops, args) {
      const self = args.tensor('self')
      const source = args.tensor('source')
      const dim = normalizeDim(name, args.int('dim'), self.shape.length)
      const alpha = args.has('alpha') ? args.scalar('alpha') : 1
      const scaled = alpha === 1 || alpha === true ? source : ops.call('aten::mul', [source, alpha])
      const [reduce, includeSelf] = mode(args as unknown as Args<TensorMeta>)
      return ops.call('nn::scatter', [self, dim, spreadIndex(ops, args.tensor('index'), source, dim), scaled, reduce, includeSelf])
    },
  },
})

export const scatters = family({
  'nn::scatter': {
    schemas: ['scatter(Tensor self, int dim, Tensor index, Tensor src, str reduce, bool include_self) -> Tensor'],
    homes: [],
    infer(args) {
      const self = args.tensor('self')
      requireScatter('scatter', self, args.tensor('index'), args.tensor('src'))
      return [{ dtype: self.dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'kernel',
      reference(args, [out]) {
        const self = args.tensor('self')
        const dim = normalizeDim('scatter', args.int('dim'), self.shape.length)
        referenceScatter(
          self,
          dim,
          args.tensor('index'),
          args.tensor('src'),
          args.string('reduce') as ScatterMode,
          args.bool('include_self'),
          out as DenseTensor,
        )
      },
    },
  },
  'aten::scatter': scatterLike(
    'scatter',
    [
      'scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor',
      'scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor',
      'scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor',
      'scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor',
    ],
    (args) => (args.has('reduce') ? [reduceMode('scatter', args.string('reduce')), true] : ['replace', true]),
  ),
  'aten::scatter_add': scatterLike('scatter_add', ['scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor'], () => [
    'sum',
    true,
  ]),
  'aten::scatter_reduce': scatterLike(
    'scatter_reduce',
    ['scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor'],
    (args) => [reduceMode('scatter_reduce', args.string('reduce')), args.bool('include_self')],
  ),
  'aten::index_add': alongDim(
    'index_add',
    'index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor',
    () => ['sum', true],
  ),
  'aten::index_copy': alongDim('index_copy', 'index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor', () => [
    'replace',
    true,
  ]),
  'aten::index_reduce': alongDim(
    'index_reduce',
    'index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor',
    (args) => [reduceMode('index_reduce', args.string('reduce')), args.bool('include_self')],
  ),
})
