/** Random tensors and results whose shape depends on data: host operators, run between segments. */
import { family, type OperatorSpec } from './define.ts'
import { type Args, type DenseTensor, type Home, OperatorError, type TensorMeta } from './operator.ts'
import { generator } from './reference/generator.ts'
import { nonzero } from './reference/nonzero.ts'

const options = '*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None'
const both: readonly Home[] = ['torch', 'Tensor']

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

function drawn(
  schemas: readonly string[],
  shape: (args: Args<TensorMeta>) => readonly import('./dim.ts').Dim[],
  draw: (args: Args<DenseTensor>, out: Float32Array) => void,
): OperatorSpec<'host'> {
  return {
    schemas,
    homes: ['torch'],
    infer(args) {
      const dtype = args.dtypeOrNull('dtype') ?? 'float32'
      if (dtype !== 'float32') throw new OperatorError('S3102', `random numbers are float32, not ${dtype}`)
      return [{ dtype, shape: shape(args) }]
    },
    implementation: {
      kind: 'host',
      run(args) {
        const sizes = shape(args) as readonly number[]
        const data = new Float32Array(count(sizes))
        draw(args, data)
        return [{ dtype: 'float32', shape: sizes, data }]
      },
    },
  }
}

const uniform = (_: Args<DenseTensor>, out: Float32Array): void => {
  for (let i = 0; i < out.length; i++) out[i] = generator.uniform()
}
const normal = (_: Args<DenseTensor>, out: Float32Array): void => {
  for (let i = 0; i < out.length; i++) out[i] = generator.normal()
}

export const randoms = family({
  'aten::rand': drawn([`rand(SymInt[] size, ${options}) -> Tensor`], (args) => args.dims('size'), uniform),
  'aten::randn': drawn([`randn(SymInt[] size, ${options}) -> Tensor`], (args) => args.dims('size'), normal),
  'aten::rand_like': drawn([`rand_like(Tensor self, ${options}) -> Tensor`], (args) => args.tensor('self').shape, uniform),
  'aten::randn_like': drawn([`randn_like(Tensor self, ${options}) -> Tensor`], (args) => args.tensor('self').shape, normal),
  'aten::randint': {
    schemas: [
      `randint(SymInt high, SymInt[] size, ${options}) -> Tensor`,
      `randint.low(SymInt low, SymInt high, SymInt[] size, ${options}) -> Tensor`,
    ],
    homes: ['torch'],
    infer: (args) => [{ dtype: args.dtypeOrNull('dtype') ?? 'int64', shape: args.dims('size') }],
    implementation: {
      kind: 'host',
      run(args) {
        const low = args.has('low') ? args.int('low') : 0
        const high = args.int('high')
        if (high <= low) throw new OperatorError('S3007', `randint: high ${high} must be larger than low ${low}`)
        const shape = args.ints('size')
        const dtype = args.dtypeOrNull('dtype') ?? 'int64'
        const values = Int32Array.from({ length: count(shape) }, () => low + Math.floor(generator.uniform() * (high - low)))
        return [
          {
            dtype,
            shape,
            data:
              dtype === 'float32' ? Float32Array.from(values) : dtype === 'uint8' || dtype === 'bool' ? Uint8Array.from(values) : values,
          },
        ]
      },
    },
  },
  'aten::randperm': {
    schemas: [`randperm(SymInt n, ${options}) -> Tensor`],
    homes: ['torch'],
    infer: (args) => [{ dtype: 'int64', shape: [args.dim('n')] }],
    implementation: {
      kind: 'host',
      run(args) {
        const n = args.int('n')
        const data = Int32Array.from({ length: n }, (_, i) => i)
        // Fisher and Yates.
        for (let i = n - 1; i > 0; i--) {
          const j = Math.floor(generator.uniform() * (i + 1))
          ;[data[i], data[j]] = [data[j] as number, data[i] as number]
        }
        return [{ dtype: 'int64', shape: [n], data }]
      },
    },
  },
  'aten::nonzero': {
    schemas: ['nonzero(Tensor self) -> Tensor'],
    homes: [],
    forms: both.map((home) => ({ home, schema: 'nonzero(Tensor self, *, bool as_tuple=False) -> Tensor', when: { as_tuple: false } })),
    infer: (args, context) => [{ dtype: 'int64', shape: [context.fresh('nonzero'), args.tensor('self').shape.length] }],
    implementation: { kind: 'host', run: (args) => [nonzero(args.tensor('self'))] },
  },
  'aten::nonzero_numpy': {
    schemas: ['nonzero_numpy(Tensor self) -> Tensor[]'],
    homes: [],
    forms: both.map((home) => ({ home, schema: 'nonzero(Tensor self, *, bool as_tuple=False) -> Tensor[]', when: { as_tuple: true } })),
    infer(args, context) {
      const size = context.fresh('nonzero')
      return args.tensor('self').shape.map(() => ({ dtype: 'int64', shape: [size] }))
    },
    implementation: {
      kind: 'host',
      run(args) {
        const { shape, data } = nonzero(args.tensor('self'))
        const [rows, columns] = shape as readonly [number, number]
        return Array.from({ length: columns }, (_, column) => ({
          dtype: 'int64',
          shape: [rows],
          data: Int32Array.from({ length: rows }, (__, row) => data[row * columns + column] as number),
        }))
      },
    },
  },
})
