/** Transposed convolution: the gradient of a convolution with respect to its input. */
import { at, checkFloat, type Geometry, isBatched, kernelSizes, runDirect, spread } from './conv.ts'
import { family, type OperatorSpec } from './define.ts'
import { dimAdd, dimEqual, dimMul, dimSub } from './dimMath.ts'
import { type Args, OperatorError, type TensorMeta } from './operator.ts'
import { formatShape, requireEqualDims } from './shape.ts'

function transposedGeometry(args: Args<TensorMeta>, rank: number): Geometry {
  return {
    stride: spread(args.ints('stride'), rank),
    padding: spread(args.ints('padding'), rank).map((size) => [size, size] as const),
    dilation: spread(args.ints('dilation'), rank),
    groups: args.int('groups'),
  }
}

const transposedConv = (rank: number): OperatorSpec<'decompose'> => {
  const name = `conv_transpose${rank}d`
  return {
    schemas: [
      `${name}(Tensor input, Tensor weight, Tensor? bias=None, SymInt[${rank}] stride=1, SymInt[${rank}] padding=0, SymInt[${rank}] output_padding=0, SymInt groups=1, SymInt[${rank}] dilation=1) -> Tensor`,
    ],
    homes: ['torch', 'F'],
    infer(args, context) {
      const [input, weight, bias] = [args.tensor('input'), args.tensor('weight'), args.tensorOrNull('bias')]
      checkFloat(name, input, weight)
      const batched = isBatched(name, input, rank)
      const kernel = kernelSizes(name, weight, rank)
      const g = transposedGeometry(args, rank)
      const outputPadding = spread(args.ints('output_padding'), rank)
      const channels = at(input.shape, batched ? 1 : 0)
      requireEqualDims(
        channels,
        at(weight.shape, 0),
        () => `${name}: input of shape ${formatShape(input.shape)} does not fit weight of shape ${formatShape(weight.shape)}`,
        context,
      )
      const outChannels = dimMul(at(weight.shape, 1), g.groups)
      if (bias && !dimEqual(at(bias.shape, 0), outChannels))
        throw new OperatorError(
          'S3001',
          `${name}: bias of shape ${formatShape(bias.shape)} does not fit ${formatShape([outChannels])} output channels`,
        )
      const spatial = input.shape.slice(batched ? 2 : 1).map((size, i) => {
        const span = at(g.dilation, i) * (at(kernel, i) - 1) + 1 + at(outputPadding, i) - 2 * at(g.padding, i)[0]
        return dimAdd(dimMul(dimSub(size, 1), at(g.stride, i)), span)
      })
      return [{ dtype: input.dtype, shape: [...(batched ? [at(input.shape, 0)] : []), outChannels, ...spatial] }]
    },
    implementation: {
      kind: 'decompose',
      decompose: (ops, args) =>
        runDirect(
          ops,
          args,
          rank,
          transposedGeometry(args as unknown as Args<TensorMeta>, rank),
          true,
          spread(args.ints('output_padding'), rank),
        ),
    },
  }
}

export const transposedConvolutions = family({
  'aten::conv_transpose1d': transposedConv(1),
  'aten::conv_transpose2d': {
    ...transposedConv(2),
    schemas: transposedConv(2).schemas.map((text) => text.replace('conv_transpose2d(', 'conv_transpose2d.input(')),
  },
  'aten::conv_transpose3d': {
    ...transposedConv(3),
    schemas: transposedConv(3).schemas.map((text) => text.replace('conv_transpose3d(', 'conv_transpose3d.input(')),
  },
})
