/** A tensor with `src` in place of a slice: what in-place writes through views become. One expression an element, so that it fuses. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimCeilDiv, dimMax, dimMul, dimSub, isConst } from './dimMath.ts'
import type { Expr } from './expr.ts'
import { add, and, axisIndex, binary, cast, eq, ge, int, load, lt, select, sub } from './exprs.ts'
import { axes } from './join.ts'
import { type Args, type Home, type InferContext, OperatorError, type TensorMeta } from './operator.ts'
import { formatShape, normalizeDim } from './shape.ts'
import { sliceBound } from './viewLayout.ts'

const both: readonly Home[] = ['torch', 'Tensor']
const at = <T>(values: readonly T[], index: number): T => values[index] as T
const quiet: InferContext = { fresh: () => 0, requireEqual: () => {} }

/** self with `src` in place of a slice that `inside` describes. */
const withSlice = (
  name: string,
  params: string,
  place: (
    self: TensorMeta,
    args: Args<TensorMeta>,
    context: InferContext,
  ) => { readonly inside: Expr; readonly source: readonly Expr[]; readonly shape: readonly Dim[] },
): OperatorSpec<'compute'> => ({
  schemas: [`${name}(Tensor self, Tensor src, ${params}) -> Tensor`],
  homes: both,
  infer(args, context) {
    const self = args.tensor('self')
    const { shape } = place(self, args, context)
    const src = args.tensor('src')
    if (src.shape.length !== shape.length || shape.some((size, i) => isConst(size) && isConst(at(src.shape, i)) && size !== src.shape[i])) {
      throw new OperatorError(
        'S3001',
        `${name}: src of shape ${formatShape(src.shape)} does not fit the slice of shape ${formatShape(shape)}`,
      )
    }
    return [{ dtype: self.dtype, shape: self.shape }]
  },
  implementation: {
    kind: 'compute',
    compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
      const [self, src] = [args.tensor('self'), args.tensor('src')]
      const { inside, source } = place(self, args as unknown as Args<TensorMeta>, quiet)
      const body = select(inside, cast(load(1, src, source), self.dtype), load(0, self, axes(self.shape.length)))
      return { inputs: [self, src], results: [{ dtype: self.dtype, axes: (outputs[0] as TensorMeta).shape, body }] }
    },
  },
})

export const sliceScatters = family({
  'aten::select_scatter': withSlice('select_scatter', 'int dim, SymInt index', (self, args) => {
    const dim = normalizeDim('select_scatter', args.int('dim'), self.shape.length)
    const index = args.dim('index')
    const position = isConst(index) && index < 0 ? add(int(at(self.shape, dim)), index) : int(index)
    return {
      inside: eq(axisIndex(dim), position),
      source: axes(self.shape.length).filter((_, i) => i !== dim),
      shape: self.shape.filter((_, i) => i !== dim),
    }
  }),
  'aten::diagonal_scatter': withSlice('diagonal_scatter', 'int offset=0, int dim1=0, int dim2=1', (self, args) => {
    const rank = self.shape.length
    const [a, b] = [normalizeDim('diagonal_scatter', args.int('dim1'), rank), normalizeDim('diagonal_scatter', args.int('dim2'), rank)]
    const offset = args.int('offset')
    const rest = <T>(values: readonly T[]): T[] => values.filter((_, i) => i !== a && i !== b)
    const [rows, columns] = [at(self.shape, a), at(self.shape, b)]
    const length =
      isConst(rows) && isConst(columns)
        ? Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns))
        : dimMul(rows, 1)
    return {
      inside: eq(sub(axisIndex(b), axisIndex(a)), offset),
      source: [...rest(axes(rank)), offset >= 0 ? axisIndex(a) : axisIndex(b)],
      shape: [...rest(self.shape), length],
    }
  }),
  'aten::slice_scatter': withSlice(
    'slice_scatter',
    'int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1',
    (self, args, context) => {
      const rank = self.shape.length
      const dim = normalizeDim('slice_scatter', args.int('dim'), rank)
      const size = at(self.shape, dim)
      const step = args.int('step')
      if (step <= 0) throw new OperatorError('S3007', `slice_scatter: step must be positive, not ${step}`)
      const from = sliceBound('slice_scatter', args.dimOrNull('start') ?? 0, size, context)
      const end = args.dimOrNull('end')
      const to = end === null || (isConst(end) && end >= Number.MAX_SAFE_INTEGER) ? size : sliceBound('slice_scatter', end, size, context)
      const position = sub(axisIndex(dim), int(from))
      const range = and(ge(position, 0), lt(axisIndex(dim), int(to)))
      return {
        inside: step === 1 ? range : and(range, eq(binary('remainder', position, step), 0)),
        source: axes(rank).map((index, i) => (i !== dim ? index : step === 1 ? position : binary('floordiv', position, step))),
        shape: self.shape.map((old, i) => (i === dim ? dimMax(0, dimCeilDiv(dimSub(to, from), step)) : old)),
      }
    },
  ),
})
