/** Questions about a tensor that its dtype and shape answer: constants or symbolic ints in compiled code, no work on data. */
import { family } from './define.ts'
import { isFloating } from './dtype.ts'
import { normalizeDim, numel } from './shape.ts'

export const metas = family({
  'aten::size': {
    schemas: ['size.int(Tensor self, int dim) -> int', 'size(Tensor self) -> int[]'],
    homes: ['Tensor'],
    infer: () => [],
    implementation: {
      kind: 'meta',
      value(args) {
        const { shape } = args.tensor('self')
        const dim = args.intOrNull('dim')
        return dim === null ? shape : shape[normalizeDim('size', dim, shape.length)]!
      },
    },
  },
  'aten::dim': {
    schemas: ['dim(Tensor self) -> int'],
    homes: ['Tensor'],
    infer: () => [],
    implementation: { kind: 'meta', value: (args) => args.tensor('self').shape.length },
  },
  'aten::numel': {
    schemas: ['numel(Tensor self) -> int'],
    homes: ['Tensor', 'torch'],
    infer: () => [],
    implementation: { kind: 'meta', value: (args) => numel(args.tensor('self').shape) },
  },
  'aten::is_floating_point': {
    schemas: ['is_floating_point(Tensor self) -> bool'],
    homes: ['Tensor', 'torch'],
    infer: () => [],
    implementation: { kind: 'meta', value: (args) => isFloating(args.tensor('self').dtype) },
  },
})
