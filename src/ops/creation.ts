/** Tensors from sizes and numbers, and dtype conversion. */

import { isTensorMeta } from './args.ts'
import { family, type OperatorSpec } from './define.ts'
import type { Dim, Scalar } from './dim.ts'
import { dimCeilDiv, dimMax, dimSub, isConst, symbolsOf } from './dimMath.ts'
import type { DType } from './dtype.ts'
import type { Expr } from './expr.ts'
import { add, axisIndex, binary, cast, constant, div, eq, int, load, loadBroadcast, mul, select, sub, unary } from './exprs.ts'
import { type Args, type Home, OperatorError, type TensorMeta } from './operator.ts'
import { dtypeOfScalar } from './promote.ts'
import { spelled } from './requiresGrad.ts'
import { formatShape } from './shape.ts'

const options = '*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None'
const likeOptions = `${options}, MemoryFormat? memory_format=None`

interface Filled {
  readonly schemas: readonly string[]
  readonly homes?: readonly Home[]
  readonly shape: (args: Args<TensorMeta>) => readonly Dim[]
  readonly dtype: (args: Args<TensorMeta>) => DType
  readonly element: (args: Args<TensorMeta>, out: TensorMeta) => Expr
  readonly inplace?: boolean
}

/** A tensor that depends on no other tensor's elements. */
const filled = (spec: Filled): OperatorSpec<'compute'> => ({
  schemas: spec.schemas,
  ...spelled(spec.schemas, spec.homes ?? ['torch']),
  ...(spec.inplace ? { inplace: true } : {}),
  infer(args) {
    const shape = spec.shape(args)
    if (shape.some((size) => isConst(size) && size < 0))
      throw new OperatorError('S3006', `${args.overload}: a size is negative in ${formatShape(shape)}`)
    return [{ dtype: spec.dtype(args), shape }]
  },
  implementation: {
    kind: 'compute',
    compute(args, outputs) {
      const out = outputs[0] as TensorMeta
      return {
        inputs: [],
        results: [{ dtype: out.dtype, axes: out.shape, body: cast(spec.element(args as unknown as Args<TensorMeta>, out), out.dtype) }],
      }
    },
  },
})

const dtypeOr =
  (fallback: (args: Args<TensorMeta>) => DType) =>
  (args: Args<TensorMeta>): DType =>
    args.dtypeOrNull('dtype') ?? fallback(args)
const float32 = (): DType => 'float32'
const selfDtype = (args: Args<TensorMeta>): DType => args.tensor('self').dtype
/** full and its kin: booleans make bool, all numbers float32. */
const fillDtype = (args: Args<TensorMeta>): DType => (dtypeOfScalar(args.scalar('fill_value')) === 'bool' ? 'bool' : 'float32')
const size = (args: Args<TensorMeta>): readonly Dim[] => args.dims('size')
const selfShape = (args: Args<TensorMeta>): readonly Dim[] => args.tensor('self').shape
const value = (number: number) => (_: Args<TensorMeta>, out: TensorMeta) => constant(number, out.dtype)
const fillValue = (args: Args<TensorMeta>, out: TensorMeta) => constant(checkedFill(args.scalar('fill_value'), out.dtype), out.dtype)

function checkedFill(scalar: Scalar, dtype: DType): Scalar {
  if (dtype === 'bool' && typeof scalar === 'number') return scalar !== 0
  return dtype !== 'float32' && typeof scalar === 'number' ? Math.trunc(scalar) : scalar
}

const sized = (name: string, number: number) =>
  filled({ schemas: [`${name}(SymInt[] size, ${options}) -> Tensor`], shape: size, dtype: dtypeOr(float32), element: value(number) })
const like = (name: string, number: number) =>
  filled({
    schemas: [`${name}(Tensor self, ${likeOptions}) -> Tensor`],
    shape: selfShape,
    dtype: dtypeOr(selfDtype),
    element: value(number),
  })
const fresh = (name: string, number: number) =>
  filled({
    schemas: [`${name}(Tensor self, SymInt[] size, ${options}) -> Tensor`],
    homes: ['Tensor'],
    shape: size,
    dtype: dtypeOr(selfDtype),
    element: value(number),
  })

/** Number of steps from start to end: exact for ints, rounded up in double precision for floats. */
function arangeLength(start: Scalar, end: Scalar, step: Scalar): Dim {
  const [a, b, s] = [start, end, step].map((scalar) => (typeof scalar === 'boolean' ? Number(scalar) : scalar)) as [Dim, Dim, Dim]
  if (!isConst(s)) throw new OperatorError('S3002', 'arange: step must be known at build time')
  if (s === 0) throw new OperatorError('S3007', 'arange: step must not be 0')
  if (isConst(a) && isConst(b)) {
    if ((b - a) * s < 0) throw new OperatorError('S3007', `arange: step ${s} leads away from ${a} to ${b}`)
    return Math.ceil((b - a) / s)
  }
  if (symbolsOf(a, b).some((symbol) => symbol.type !== 'int') || !Number.isInteger(s))
    throw new OperatorError('S3002', 'arange: bounds that are computed must be ints')
  return dimMax(0, s > 0 ? dimCeilDiv(dimSub(b, a), s) : dimCeilDiv(dimSub(a, b), -s))
}

const arangeStart = (args: Args<TensorMeta>): Scalar => (args.has('start') ? args.scalar('start') : 0)
const arangeStep = (args: Args<TensorMeta>): Scalar => (args.has('step') ? args.scalar('step') : 1)

function conversion(name: string, dtype: DType): OperatorSpec<'decompose'> {
  return {
    schemas: [`${name}(Tensor(a) self) -> Tensor(a)`],
    homes: ['Tensor'],
    infer: (args) => [{ dtype, shape: args.tensor('self').shape }],
    implementation: {
      kind: 'decompose',
      decompose: (ops, args) =>
        args.tensor('self').dtype === dtype ? args.tensor('self') : ops.call('aten::_to_copy', [args.tensor('self')], { dtype }),
    },
  }
}

const steps = (args: Args<TensorMeta>): number => args.int('steps')

/** Bounds are numbers or 0-dim tensors. */
const bounds = <T extends TensorMeta>(args: Args<T>): readonly (T | Scalar)[] => [args.tensorOrScalar('start'), args.tensorOrScalar('end')]

/** start, start + step, ...; computed from the nearer end, as PyTorch does, so that both ends are exact. Int results take int bounds. */
function linspaceElement(args: Args<TensorMeta>, dtype: DType): Expr {
  let inputs = 0
  const [start, end] = bounds(args).map((bound) => {
    const value = isTensorMeta(bound) ? cast(load(inputs++, bound, []), 'float32') : constant(bound, 'float32')
    if (value.e === 'scalar' && typeof value.value === 'number' && dtype !== 'float32') return constant(Math.trunc(value.value), 'float32')
    return dtype === 'float32' ? value : unary('trunc', value)
  }) as [Expr, Expr]
  const n = steps(args)
  if (n === 1) return start
  const step =
    start.e === 'scalar' && end.e === 'scalar'
      ? constant((Number(end.value) - Number(start.value)) / (n - 1), 'float32')
      : div(sub(end, start), n - 1)
  const i = cast(axisIndex(0), 'float32')
  return select(binary('lt', axisIndex(0), Math.floor(n / 2)), add(mul(i, step), start), sub(end, mul(sub(n - 1, i), step)))
}

const spaced = (name: 'linspace' | 'logspace'): OperatorSpec<'compute'> => {
  const extra = name === 'logspace' ? 'float base=10.0, ' : ''
  return {
    schemas: [
      `${name}(Scalar start, Scalar end, int steps, ${extra}${options}) -> Tensor`,
      `${name}.Tensor_Tensor(Tensor start, Tensor end, int steps, ${extra}${options}) -> Tensor`,
      `${name}.Tensor_Scalar(Tensor start, Scalar end, int steps, ${extra}${options}) -> Tensor`,
      `${name}.Scalar_Tensor(Scalar start, Tensor end, int steps, ${extra}${options}) -> Tensor`,
    ],
    homes: ['torch'],
    infer: (args) => [{ dtype: args.dtypeOrNull('dtype') ?? 'float32', shape: checkSteps(args) }],
    implementation: {
      kind: 'compute',
      compute<T extends TensorMeta>(args: Args<T>, outputs: readonly TensorMeta[]) {
        const out = outputs[0] as TensorMeta
        const plain = args as unknown as Args<TensorMeta>
        const element = linspaceElement(plain, name === 'linspace' ? out.dtype : 'float32')
        const body = name === 'linspace' ? element : binary('pow', constant(args.scalar('base'), 'float32'), element)
        const inputs = bounds(args).filter((bound): bound is T => isTensorMeta(bound))
        return { inputs, results: [{ dtype: out.dtype, axes: out.shape, body: cast(body, out.dtype) }] }
      },
    },
  }
}

function checkSteps(args: Args<TensorMeta>): readonly Dim[] {
  if (steps(args) < 0) throw new OperatorError('S3007', 'the number of steps must not be negative')
  return [steps(args)]
}

/** The shape of `tensor([[1, 2], [3, 4]])`, and its elements one after the other. */
function literalOf(args: Args<TensorMeta>): { readonly shape: readonly number[]; readonly values: readonly Scalar[] } {
  if (args.overload === 'tensor.scalar') return { shape: [], values: [args.scalar('t')] }
  const shape: number[] = []
  let values = args.nested('data')
  for (;;) {
    shape.push(values.length / shape.reduce((a, b) => a * b, 1))
    const lengths = new Set(values.map((value) => (Array.isArray(value) ? value.length : null)))
    if (lengths.size > 1) throw new OperatorError('S3001', 'tensor: the nested arrays do not all have the same length')
    if (lengths.size === 0 || lengths.has(null)) return { shape, values: values as readonly Scalar[] }
    values = values.flat()
  }
}

/** The value at a position, by halving: a list of n values takes log n comparisons an element. */
function literalElement(position: Expr, values: readonly Scalar[], dtype: DType, first = 0): Expr {
  if (values.length <= 1) return constant(values[0] ?? 0, dtype)
  const half = values.length >> 1
  const low = literalElement(position, values.slice(0, half), dtype, first)
  const high = literalElement(position, values.slice(half), dtype, first + half)
  return select(binary('lt', position, first + half), low, high)
}

const literalOptions = '*, ScalarType? dtype=None, Device? device=None, bool requires_grad=False'

export const creation = family({
  // Numbers written in script code; the eager function of that name also takes typed arrays.
  'aten::tensor': filled({
    schemas: [
      `tensor.scalar(Scalar t, ${literalOptions}) -> Tensor`,
      `tensor(Scalar[] data, ${literalOptions}) -> Tensor`,
      `tensor.rows(Scalar[][] data, ${literalOptions}) -> Tensor`,
      `tensor.matrices(Scalar[][][] data, ${literalOptions}) -> Tensor`,
      `tensor.batches(Scalar[][][][] data, ${literalOptions}) -> Tensor`,
    ],
    shape: (args) => literalOf(args).shape,
    dtype: dtypeOr((args) => {
      const { values } = literalOf(args)
      return values.length > 0 && values.every((value) => dtypeOfScalar(value) === 'bool') ? 'bool' : 'float32'
    }),
    element(args, out) {
      const { shape, values } = literalOf(args)
      const position = shape.reduce<Expr>(
        (outer, size, axis) => (axis === 0 ? axisIndex(0) : add(mul(outer, size), axisIndex(axis))),
        int(0),
      )
      return literalElement(position, values, out.dtype)
    },
  }),
  'aten::zeros': sized('zeros', 0),
  'aten::ones': sized('ones', 1),
  'aten::empty': filled({
    schemas: [`empty.memory_format(SymInt[] size, ${likeOptions}) -> Tensor`],
    shape: size,
    dtype: dtypeOr(float32),
    element: value(0),
  }),
  'aten::full': filled({
    schemas: [`full(SymInt[] size, Scalar fill_value, ${options}) -> Tensor`],
    shape: size,
    dtype: dtypeOr(fillDtype),
    element: fillValue,
  }),
  'aten::zeros_like': like('zeros_like', 0),
  'aten::ones_like': like('ones_like', 1),
  'aten::empty_like': like('empty_like', 0),
  'aten::full_like': filled({
    schemas: [`full_like(Tensor self, Scalar fill_value, ${likeOptions}) -> Tensor`],
    shape: selfShape,
    dtype: dtypeOr(selfDtype),
    element: fillValue,
  }),
  'aten::new_zeros': fresh('new_zeros', 0),
  'aten::new_ones': fresh('new_ones', 1),
  'aten::new_empty': fresh('new_empty', 0),
  'aten::new_full': filled({
    schemas: [`new_full(Tensor self, SymInt[] size, Scalar fill_value, ${options}) -> Tensor`],
    homes: ['Tensor'],
    shape: size,
    dtype: dtypeOr(selfDtype),
    element: fillValue,
  }),
  'aten::zero': filled({
    schemas: ['zero(Tensor self) -> Tensor'],
    homes: ['Tensor'],
    shape: selfShape,
    dtype: selfDtype,
    element: value(0),
    inplace: true,
  }),
  'aten::fill': {
    schemas: ['fill.Scalar(Tensor self, Scalar value) -> Tensor', 'fill.Tensor(Tensor self, Tensor value) -> Tensor'],
    homes: ['torch', 'Tensor'],
    inplace: true,
    infer(args) {
      const self = args.tensor('self')
      const given = args.tensorOrScalar('value')
      if (typeof given === 'object' && 'dtype' in given && given.shape.length > 0)
        throw new OperatorError('S3001', `fill: value must be a 0-dim tensor, its shape is ${formatShape(given.shape)}`)
      return [{ dtype: self.dtype, shape: self.shape }]
    },
    implementation: {
      kind: 'compute',
      compute(args, outputs) {
        const out = outputs[0] as TensorMeta
        const given = args.tensorOrScalar('value')
        const isTensor = typeof given === 'object' && 'dtype' in given
        const body = isTensor
          ? cast(loadBroadcast(0, given, out.shape.length), out.dtype)
          : constant(checkedFill(given, out.dtype), out.dtype)
        return { inputs: isTensor ? [given] : [], results: [{ dtype: out.dtype, axes: out.shape, body }] }
      },
    },
  },
  'aten::copy': {
    schemas: ['copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor'],
    homes: ['Tensor'],
    inplace: true,
    infer: (args) => [{ dtype: args.tensor('self').dtype, shape: args.tensor('self').shape }],
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const wide = ops.call('aten::expand', [args.tensor('src'), self.shape])
        return ops.call('aten::_to_copy', [wide], { dtype: self.dtype })
      },
    },
  },
  'aten::arange': filled({
    schemas: [
      `arange(Scalar end, ${options}) -> Tensor`,
      `arange.start(Scalar start, Scalar end, ${options}) -> Tensor`,
      `arange.start_step(Scalar start, Scalar end, Scalar step=1, ${options}) -> Tensor`,
    ],
    shape: (args) => [arangeLength(arangeStart(args), args.scalar('end'), arangeStep(args))],
    dtype: dtypeOr((args) => {
      const scalars = [arangeStart(args), args.scalar('end'), arangeStep(args)]
      if (scalars.every((scalar) => dtypeOfScalar(scalar) !== 'float32')) return 'int64'
      throw new OperatorError('S3102', "arange: gives int64; say { dtype: 'float32' } for numbers that are not integers")
    }),
    element(args, out) {
      const start = arangeStart(args)
      const step = arangeStep(args)
      const i = cast(axisIndex(0), out.dtype === 'float32' ? 'float32' : 'int64')
      const scaled = step === 1 || step === true ? i : mul(i, constant(typeof step === 'boolean' ? Number(step) : step, i.dtype))
      return start === 0 || start === false ? scaled : add(scaled, constant(typeof start === 'boolean' ? Number(start) : start, i.dtype))
    },
  }),
  'aten::linspace': spaced('linspace'),
  'aten::logspace': spaced('logspace'),
  'aten::eye': filled({
    schemas: [`eye(SymInt n, ${options}) -> Tensor`, `eye.m(SymInt n, SymInt m, ${options}) -> Tensor`],
    shape: (args) => [args.dim('n'), args.dimOrNull('m') ?? args.dim('n')],
    dtype: dtypeOr(float32),
    element: () => eq(axisIndex(0), axisIndex(1)),
  }),
  'aten::_to_copy': {
    schemas: [`_to_copy(Tensor self, *, ScalarType? dtype=None) -> Tensor`],
    homes: [],
    infer: (args) => [{ dtype: args.dtypeOrNull('dtype') ?? args.tensor('self').dtype, shape: args.tensor('self').shape }],
    implementation: {
      kind: 'compute',
      compute(args, outputs) {
        const self = args.tensor('self')
        const out = outputs[0] as TensorMeta
        return {
          inputs: [self],
          results: [{ dtype: out.dtype, axes: out.shape, body: cast(loadBroadcast(0, self, out.shape.length), out.dtype) }],
        }
      },
    },
  },
  'aten::clone': {
    schemas: ['clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor'],
    homes: ['torch', 'Tensor'],
    infer: (args) => [{ dtype: args.tensor('self').dtype, shape: args.tensor('self').shape }],
    implementation: { kind: 'decompose', decompose: (ops, args) => ops.call('aten::_to_copy', [args.tensor('self')]) },
  },
  'aten::to': {
    schemas: [
      'to.dtype(Tensor(a) self, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)',
      'to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)',
    ],
    homes: ['Tensor'],
    infer: (args) => [{ dtype: args.dtypeOrNull('dtype') ?? args.tensor('other').dtype, shape: args.tensor('self').shape }],
    implementation: {
      kind: 'decompose',
      decompose(ops, args) {
        const self = args.tensor('self')
        const dtype = args.dtypeOrNull('dtype') ?? args.tensor('other').dtype
        return self.dtype === dtype && !args.bool('copy') ? self : ops.call('aten::_to_copy', [self], { dtype })
      },
    },
  },
  'aten::type_as': {
    schemas: ['type_as(Tensor self, Tensor other) -> Tensor'],
    homes: ['Tensor'],
    infer: (args) => [{ dtype: args.tensor('other').dtype, shape: args.tensor('self').shape }],
    implementation: {
      kind: 'decompose',
      decompose: (ops, args) => ops.call('aten::to', [args.tensor('self'), args.tensor('other').dtype]),
    },
  },
  'aten::float': conversion('float', 'float32'),
  'aten::int': conversion('int', 'int32'),
  'aten::long': conversion('long', 'int64'),
  'aten::bool': conversion('bool', 'bool'),
  'aten::byte': conversion('byte', 'uint8'),
})
