/** Padding: a constant, a reflection, the edge, or around. */
import { family, type OperatorSpec } from './define.ts'
import type { Dim } from './dim.ts'
import { dimAdd, dimSub, isConst } from './dimMath.ts'
import type { Expr } from './expr.ts'
import { and, binary, constant, ge, int, load, lt, select, sub } from './exprs.ts'
import { at, axes, rearrangement } from './join.ts'
import { type Args, OperatorError, type TensorMeta } from './operator.ts'
import { formatShape } from './shape.ts'

/** [before, after] of each dim; the schema lists pairs from the last dim on. */
export function padPairs(name: string, pad: readonly number[], rank: number): readonly (readonly [number, number])[] {
  if (pad.length % 2 !== 0 || pad.length > 2 * rank)
    throw new OperatorError('S3007', `${name}: ${pad.length} numbers of padding do not fit a tensor of ${rank} dims`)
  return Array.from({ length: rank }, (_, i) => {
    const pair = rank - 1 - i
    return pair * 2 < pad.length ? ([at(pad, pair * 2), at(pad, pair * 2 + 1)] as const) : ([0, 0] as const)
  })
}

function paddedShape(name: string, self: TensorMeta, pad: readonly number[]): readonly Dim[] {
  return padPairs(name, pad, self.shape.length).map(([before, after], i) => {
    const size = dimAdd(at(self.shape, i), before + after)
    if (isConst(size) && size < 0)
      throw new OperatorError('S3007', `${name}: padding [${pad.join(', ')}] leaves nothing of shape ${formatShape(self.shape)}`)
    return size
  })
}

/** Padding that repeats the tensor's own elements: `map` brings a position into 0..size-1. */
const indexPad = (name: string, map: (position: Expr, size: Dim) => Expr): OperatorSpec<'compute'> =>
  rearrangement({
    schemas: [`${name}(Tensor self, int[] padding) -> Tensor`],
    homes: [],
    shape: (self, args) => paddedShape(name, self, args.ints('padding')),
    source(self, args, indices) {
      const pairs = padPairs(name, args.ints('padding'), self.shape.length)
      return indices.map((index, i) => {
        const [before, after] = at(pairs, i)
        return before === 0 && after === 0 ? index : map(before === 0 ? index : sub(index, before), at(self.shape, i))
      })
    },
  })

const reflect = (position: Expr, size: Dim): Expr => {
  const last = int(dimSub(size, 1))
  const inner: Expr = { e: 'unary', fn: 'abs', a: position, dtype: 'int64' }
  const over = sub(inner, last)
  return sub(last, { e: 'unary', fn: 'abs', a: over, dtype: 'int64' })
}

const clampIndex = (position: Expr, size: Dim): Expr => binary('minimum', binary('maximum', position, 0), int(dimSub(size, 1)))

function checkPad(self: TensorMeta, pad: readonly number[], mode: string): void {
  if (mode === 'constant') return
  for (const [i, [before, after]] of padPairs('pad', pad, self.shape.length).entries()) {
    const size = at(self.shape, i)
    if (!isConst(size) || (before === 0 && after === 0)) continue
    const limit = mode === 'reflect' ? size - 1 : mode === 'circular' ? size : Number.POSITIVE_INFINITY
    if (before > limit || after > limit)
      throw new OperatorError('S3007', `pad: mode ${mode} cannot add [${before}, ${after}] to dim ${i} of size ${size}`)
  }
}

export const paddings = family({
  'aten::constant_pad_nd': {
    schemas: ['constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor'],
    homes: ['torch'],
    infer(args) {
      const self = args.tensor('self')
      return [{ dtype: self.dtype, shape: paddedShape('constant_pad_nd', self, args.ints('pad')) }]
    },
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const self = args.tensor('self')
        const out = outputs[0] as TensorMeta
        const pairs = padPairs('constant_pad_nd', args.ints('pad'), self.shape.length)
        let inside: Expr | null = null
        const indices = axes(out.shape.length).map((index, i) => {
          const [before, after] = at(pairs, i)
          if (before === 0 && after === 0) return index
          const position = before === 0 ? index : sub(index, before)
          const tests = [...(before > 0 ? [ge(position, 0)] : []), ...(after > 0 ? [lt(position, int(at(self.shape, i)))] : [])]
          for (const test of tests) inside = inside ? and(inside, test) : test
          return position
        })
        const value = args.scalar('value')
        const element = load(0, self, indices)
        const body = inside ? select(inside, element, constant(self.dtype === 'bool' ? Boolean(value) : value, self.dtype)) : element
        return { inputs: [self], results: [{ dtype: out.dtype, axes: out.shape, body }] }
      },
    },
  },
  'aten::reflection_pad': indexPad('reflection_pad', reflect),
  'aten::replication_pad': indexPad('replication_pad', clampIndex),
  'aten::circular_pad': indexPad('circular_pad', (position, size) => binary('remainder', position, int(size))),
  'aten::pad': {
    schemas: ['pad(Tensor self, SymInt[] pad, str mode="constant", float? value=None) -> Tensor'],
    homes: ['F'],
    infer(args) {
      const self = args.tensor('self')
      const mode = args.string('mode')
      if (!['constant', 'reflect', 'replicate', 'circular'].includes(mode))
        throw new OperatorError('S2103', `pad: mode must be constant, reflect, replicate or circular, not '${mode}'`)
      checkPad(self, args.ints('pad'), mode)
      return [{ dtype: self.dtype, shape: paddedShape('pad', self, args.ints('pad')) }]
    },
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const pad = args.ints('pad')
        switch (args.string('mode')) {
          case 'constant':
            return ops.call('aten::constant_pad_nd', [self, pad, args.scalarOrNull('value') ?? 0])
          case 'reflect':
            return ops.call('aten::reflection_pad', [self, pad])
          case 'replicate':
            return ops.call('aten::replication_pad', [self, pad])
          default:
            return ops.call('aten::circular_pad', [self, pad])
        }
      },
    },
  },
})
