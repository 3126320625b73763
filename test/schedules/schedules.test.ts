/** Schedules against the interpreter of stages, in all variants: sizes around every tile, layouts, symbolic dims. */
import { describe, expect, test } from 'vitest'
import type { Access, GemmStage, StageExpr } from '../../src/compiler/kernels/stage.ts'
import { accumulator, indexOf } from '../../src/compiler/kernels/stageExpr.ts'
import type { Dim } from '../../src/ops/dim.ts'
import { dimVar, evaluateDim } from '../../src/ops/dimMath.ts'
import type { TypedArray } from '../../src/ops/dtype.ts'
import { type CellName, recurrentCells } from '../../src/ops/recurrentCell.ts'
import { variants } from '../codegen/runKernel.ts'
import { type Constants, type Env, interpretSegment } from '../kernels/interpretStages.ts'
import { sample } from '../kernels/segments.ts'
import { runSegment, SegmentMaker } from './runSegment.ts'

function check(maker: SegmentMaker, env: Env = {}, tolerance = 2e-5): void {
  const segment = maker.finish()
  const inputs = segment.inputs.map((access, i) => sample(access.dtype, evaluateDim(segment.buffers[access.buffer]!.size, env), i + 1))
  const constants = maker.constants as unknown as Constants
  const expected = interpretSegment(
    segment,
    inputs.map((data) => data.slice()),
    constants,
    env,
  )
  for (const variant of [...variants, 'native'] as const) {
    const actual = runSegment(segment, inputs, constants, variant, env)
    actual.forEach((data, at) => {
      compare(data, expected[at]!, tolerance)
    })
  }
}

function compare(actual: TypedArray, expected: TypedArray, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < actual.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!]
    if (!(Object.is(a, b) || Math.abs(a - b) <= tolerance * (1 + Math.abs(b))))
      expect.fail(`element ${i} of ${actual.length}: ${a}, expected ${b}`)
  }
}

const acc: StageExpr = { s: 'accumulator', dtype: 'float32' }
const plus = (a: StageExpr, b: StageExpr): StageExpr => ({ s: 'binary', fn: 'add', a, b, dtype: 'float32' })
const relu = (a: StageExpr): StageExpr => ({
  s: 'binary',
  fn: 'maximum',
  a,
  b: { s: 'scalar', value: 0, dtype: 'float32' },
  dtype: 'float32',
})
/** A load over `axes` that walks `access` along the given ones. */
const along = (access: Access, axes: readonly Dim[], own: readonly number[]): StageExpr => ({
  s: 'load',
  access: { ...access, shape: axes, strides: axes.map((_, axis) => (own.includes(axis) ? access.strides[own.indexOf(axis)]! : 0)) },
  indices: axes.map((_, axis) => indexOf(axis)),
  dtype: access.dtype,
})

describe('matrix products', () => {
  const product = (
    batch: readonly Dim[],
    [m, n, k]: readonly [Dim, Dim, Dim],
    how: { constant?: boolean; transposed?: boolean; bias?: boolean; env?: Env; sharedB?: boolean },
  ): void => {
    const maker = new SegmentMaker()
    const env = how.env ?? {}
    const a = maker.input([...batch, m, k])
    const matrix: readonly Dim[] = how.transposed ? [n, k] : [k, n]
    const own = how.constant || how.sharedB ? [] : batch
    const b = how.constant
      ? maker.weight(matrix as number[], sample('float32', evaluateDim(n, env) * evaluateDim(k, env), 9))
      : maker.input([...own, ...matrix])
    const out = maker.output([...batch, m, n])
    const [rows, columns] = b.strides.slice(own.length) as [Dim, Dim]
    const strides = [
      ...(own.length > 0 ? b.strides.slice(0, own.length) : batch.map(() => 0)),
      ...(how.transposed ? [columns, rows] : [rows, columns]),
    ]
    const axes = [...batch, m, n]
    const bias = how.bias ? maker.weight([n as number], sample('float32', n as number, 5)) : null
    const stage: GemmStage = {
      kind: 'gemm',
      batch,
      m,
      n,
      k,
      a,
      b: { ...b, shape: [...batch, k, n], strides },
      out,
      epilogue: bias ? relu(plus(acc, along(bias, axes, [axes.length - 1]))) : null,
    }
    maker.stages.push(stage)
    // The interpreter rounds every sum to float32, in another order.
    check(maker, env, evaluateDim(k, env) > 500 ? 2e-4 : 2e-5)
  }
  const sizes = [
    [1, 8, 5],
    [1, 64, 33],
    [2, 4, 3],
    [3, 10, 7],
    [4, 8, 16],
    [5, 9, 17],
    [7, 31, 20],
    [8, 24, 64],
    [13, 5, 9],
    [17, 3, 40],
  ] as const
  test.each(sizes)('%d x %d x %d by a constant with bias and relu', (m, n, k) => product([], [m, n, k], { constant: true, bias: true }))
  test.each(sizes)('%d x %d x %d by a transposed constant', (m, n, k) => product([], [m, n, k], { constant: true, transposed: true }))
  test.each(sizes)('%d x %d x %d by an input', (m, n, k) => product([], [m, n, k], {}))
  test.each(sizes)('%d x %d x %d by a transposed input', (m, n, k) => product([], [m, n, k], { transposed: true }))
  test('batches', () => {
    product([3], [6, 10, 12], {})
    product([2, 3], [5, 16, 12], { transposed: true })
    product([3], [6, 12, 16], { sharedB: true })
    product([3], [6, 12, 16], { constant: true })
  })
  test('one and two rows read several panels at once', () => {
    product([], [1, 75, 40], { constant: true, bias: true })
    product([], [2, 41, 12], { constant: true, transposed: true })
    product([], [1, 520, 1100], { constant: true })
    product([3], [1, 44, 10], { constant: true })
  })
  const N = dimVar('N')
  const M = dimVar('M')
  test('one row by inputs of symbolic size is no reason to pack them', () => {
    product([3], [1, N, 8], { transposed: true, env: { N: 11 } })
    product([3], [1, 8, N], { env: { N: 11 } })
  })
  test.each([1, 3, 4, 9, 16])('symbolic dims of %d', (size) => {
    product([], [N, 12, 20], { constant: true, bias: true, env: { N: size } })
    product([], [N, M, 8], { env: { N: size, M: size + 2 } })
    product([2], [N, N, 8], { transposed: true, env: { N: size } })
    product([N], [4, 9, M], { env: { N: size, M: 2 * size + 1 } })
  })
  test('more work than one call covers', () => product([], [40, 200, 300], { constant: true, bias: true }))
  test('k in several parts, rows in several blocks', () => {
    product([], [70, 20, 1600], { constant: true, bias: true })
    product([2], [17, 12, 1540], {})
    product([], [N, 12, 900], { constant: true, env: { N: 61 } })
  })
})

describe('recurrences', () => {
  interface Recurrence {
    readonly steps?: Dim
    readonly batch?: Dim
    readonly units: number
    readonly cell?: CellName
    readonly reverse?: boolean
    readonly dynamic?: boolean
    readonly batchFirst?: boolean
    readonly env?: Env
  }
  const binary = (fn: 'add' | 'sub' | 'mul') => (a: StageExpr, b: StageExpr) => ({ s: 'binary', fn, a, b, dtype: 'float32' }) as const
  const unary = (fn: 'sigmoid' | 'tanh') => (a: StageExpr) => ({ s: 'unary', fn, a, dtype: 'float32' }) as const
  const math = { add: binary('add'), sub: binary('sub'), mul: binary('mul'), sigmoid: unary('sigmoid'), tanh: unary('tanh'), relu }
  const recur = ({ steps = 4, batch = 1, units, cell = 'lstm', reverse = false, dynamic, batchFirst, env = {} }: Recurrence): void => {
    const maker = new SegmentMaker()
    const { gates, states, next } = recurrentCells[cell]
    const axes = [steps, batch, units]
    const order = batchFirst ? [1, 0, 2] : [0, 1, 2]
    const projected = maker.input([steps, batch, gates * units], 'float32', order)
    const size = gates * units * units
    const weight = dynamic ? maker.input([gates, units, units]) : maker.weight([gates, units, units], sample('float32', size, 3))
    const start = maker.input([batch, units])
    const given = Array.from({ length: gates }, (_, gate) => along({ ...projected, offset: gate * units }, axes, [0, 1, 2]))
    const all = Array.from({ length: states }, (_, k) => k)
    maker.stages.push({
      kind: 'recurrent',
      steps,
      batch,
      units,
      reverse,
      weight,
      initial: all.map((k) => (k === 0 ? along(start, [batch, units], [0, 1]) : { s: 'scalar', value: 0.5, dtype: 'float32' })),
      cell: next<StageExpr>(
        math,
        given,
        given.map((_, gate) => accumulator('float32', gate)),
        all.map((k) => accumulator('float32', gates + k)),
      ),
      out: maker.output(axes, 'float32', order),
      last: all.map(() => maker.output([batch, units])),
    })
    check(maker, env, 1e-4)
  }
  test.each(['lstm', 'gru', 'rnn_tanh', 'rnn_relu'] as const)('%s cells of every size of tail', (cell) => {
    for (const units of [1, 3, 4, 6, 8, 13, 32]) recur({ cell, units })
  })
  test('rows of a batch in tiles and one by one', () => {
    for (const batch of [2, 4, 7]) recur({ units: 12, batch })
    recur({ units: 9, batch: 5, cell: 'gru', batchFirst: true })
  })
  test('backwards, and by a weight that is no constant', () => {
    recur({ units: 8, reverse: true, batch: 3 })
    recur({ units: 6, dynamic: true })
    recur({ units: 2, dynamic: true, cell: 'rnn_tanh', reverse: true })
  })
  test.each([1, 4, 6])('symbolic steps and batch of %d', (size) => {
    const [T, N] = [dimVar('T'), dimVar('N')]
    recur({ units: 10, steps: T, batch: N, env: { T: size + 1, N: size } })
    recur({ units: 8, steps: T, batch: N, reverse: true, batchFirst: true, env: { T: 3, N: size } })
  })
})

const nhwc = [0, 2, 3, 1]

describe('convolutions', () => {
  interface Conv {
    readonly input: readonly [Dim, number, Dim, Dim]
    readonly weight: readonly [number, number, number, number]
    readonly stride?: readonly [number, number]
    readonly padding?: readonly [number, number]
    readonly dilation?: readonly [number, number]
    readonly groups?: number
    readonly channelsFirst?: boolean
    readonly dynamic?: boolean
    readonly env?: Env
  }
  const convolve = ({
    input,
    weight,
    stride = [1, 1],
    padding = [0, 0],
    dilation = [1, 1],
    groups = 1,
    channelsFirst,
    dynamic,
    env = {},
  }: Conv): void => {
    const maker = new SegmentMaker()
    const order = channelsFirst ? [0, 1, 2, 3] : nhwc
    const x = maker.input(input, 'float32', order)
    const count = weight.reduce((a, b) => a * b)
    const w = dynamic ? maker.input(weight) : maker.weight(weight, sample('float32', count, 4))
    const bias = maker.weight([weight[0]], sample('float32', weight[0], 5))
    const size = (axis: 0 | 1): Dim => {
      const extent = input[2 + axis]!
      const span = dilation[axis] * (weight[2 + axis]! - 1) + 1 - 2 * padding[axis]
      if (typeof extent === 'number') return Math.floor((extent - span) / stride[axis]) + 1
      if (stride[axis] !== 1) throw new Error('a symbolic extent needs stride 1')
      return span === 1 ? extent : { op: 'add', args: [extent, 1 - span] }
    }
    const shape: readonly Dim[] = [input[0], weight[0], size(0), size(1)]
    const out = maker.output(shape, 'float32', order)
    maker.stages.push({
      kind: 'conv',
      input: x,
      weight: w,
      stride,
      padding,
      dilation,
      groups,
      out,
      epilogue: relu(plus(acc, along(bias, shape, [1]))),
    })
    // Winograd's transforms round at the size of the largest intermediate values, here about 50.
    check(maker, env, weight[1] >= 16 ? 2e-4 : 2e-5)
  }
  const cases: readonly (readonly [string, Conv])[] = [
    ['one input channel, padded', { input: [1, 1, 12, 13], weight: [16, 1, 3, 3], padding: [1, 1] }],
    ['three channels, stride 2', { input: [1, 3, 15, 17], weight: [8, 3, 7, 7], stride: [2, 2], padding: [3, 3] }],
    ['many channels', { input: [2, 16, 7, 6], weight: [24, 16, 3, 3], padding: [1, 1] }],
    ['odd channel counts', { input: [1, 5, 6, 9], weight: [11, 5, 3, 2], padding: [1, 0] }],
    ['few output channels', { input: [1, 6, 5, 5], weight: [2, 6, 3, 3] }],
    ['one by one with stride', { input: [1, 8, 8, 8], weight: [12, 8, 1, 1], stride: [2, 2] }],
    ['dilation', { input: [1, 4, 11, 12], weight: [8, 4, 3, 3], dilation: [2, 3], padding: [2, 3] }],
    ['groups', { input: [1, 12, 6, 7], weight: [18, 4, 3, 3], groups: 3, padding: [1, 1] }],
    ['depthwise', { input: [1, 12, 9, 10], weight: [12, 1, 3, 3], groups: 12, padding: [1, 1] }],
    ['depthwise of odd channels, stride 2', { input: [2, 7, 9, 11], weight: [7, 1, 3, 3], groups: 7, padding: [1, 1], stride: [2, 2] }],
    ['depthwise with multiplier', { input: [1, 4, 6, 6], weight: [8, 1, 3, 3], groups: 4, padding: [1, 1] }],
    ['channels first', { input: [2, 5, 6, 7], weight: [9, 5, 3, 3], padding: [1, 1], channelsFirst: true }],
    ['channels first, no padding', { input: [1, 5, 6, 7], weight: [9, 5, 3, 3], channelsFirst: true }],
    ['one dimension', { input: [1, 6, 1, 20], weight: [8, 6, 1, 5], padding: [0, 2] }],
    ['weights that are computed', { input: [1, 4, 6, 6], weight: [10, 4, 3, 3], padding: [1, 1], dynamic: true }],
    ['a reduction in several parts', { input: [1, 256, 6, 7], weight: [20, 256, 3, 3], padding: [1, 1] }],
    ['Winograd, tiles of 4', { input: [2, 16, 20, 24], weight: [24, 16, 3, 3], padding: [1, 1] }],
    ['Winograd, tiles of 4 over the border', { input: [1, 20, 14, 15], weight: [36, 20, 3, 3], padding: [1, 1] }],
    ['Winograd, tiles of 2', { input: [1, 32, 7, 7], weight: [16, 32, 3, 3], padding: [1, 1] }],
    ['Winograd without padding, an input in place', { input: [1, 16, 18, 18], weight: [20, 16, 3, 3] }],
    ['more work than one call covers', { input: [1, 32, 20, 20], weight: [64, 32, 3, 3], padding: [1, 1] }],
  ]
  test.each(cases)('%s', (_, conv) => convolve(conv))
  test.each([1, 2, 5])('symbolic batch of %d', (n) =>
    convolve({ input: [dimVar('N'), 4, 8, 8], weight: [12, 4, 3, 3], padding: [1, 1], env: { N: n } }),
  )
  test.each([5, 8, 11])('symbolic height and width of %d', (size) =>
    convolve({ input: [1, 4, dimVar('H'), dimVar('W')], weight: [12, 4, 3, 3], padding: [1, 1], env: { H: size, W: size + 1 } }),
  )
})

describe('pooling', () => {
  test.each(['max', 'sum'] as const)('%s over windows inside, clipped and dilated, channels last and first', (combiner) => {
    for (const order of [nhwc, [0, 1, 2, 3]])
      for (const [kernel, stride, padding, dilation] of [
        [
          [2, 2],
          [2, 2],
          [0, 0],
          [1, 1],
        ],
        [
          [3, 3],
          [2, 2],
          [1, 1],
          [1, 1],
        ],
        [
          [3, 2],
          [1, 2],
          [1, 0],
          [2, 1],
        ],
        [
          [5, 5],
          [3, 3],
          [0, 0],
          [1, 1],
        ],
      ] as const)
        for (const channels of [3, 8]) {
          const maker = new SegmentMaker()
          const [h, w] = [11, 13]
          const x = maker.input([2, channels, h, w], 'float32', order)
          const size = (extent: number, i: 0 | 1): number =>
            Math.floor((extent + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1) / stride[i]) + 1
          const shape = [2, channels, size(h, 0), size(w, 1)]
          const out = maker.output(shape, 'float32', order)
          maker.stages.push({
            kind: 'pool',
            combiner,
            input: x,
            kernel,
            stride,
            padding,
            dilation,
            out,
            epilogue: plus(acc, { s: 'scalar', value: 0.5, dtype: 'float32' }),
          })
          check(maker)
        }
  })
})

describe('loops', () => {
  const N = dimVar('N')
  test.each([1, 4, 7, 33])('a broadcast sum of %d elements, row-major and transposed', (n) => {
    for (const shape of [
      [n, 9],
      [3, n],
      [N, 9],
      [3, N],
      [n, 1],
    ] as const)
      for (const order of [
        [0, 1],
        [1, 0],
      ]) {
        const maker = new SegmentMaker()
        const x = maker.input(shape, 'float32', order)
        const y = maker.input([shape[1]], 'float32')
        const out = maker.output(shape)
        maker.stages.push({
          kind: 'loop',
          axes: shape,
          reduce: null,
          body: plus(along(x, shape, [0, 1]), along(y, shape, [1])),
          epilogue: null,
          out,
        })
        check(maker, { N: n })
      }
  })
  test.each([3, 512, 1024, 1300])('a chain of transcendental functions over %d elements, in strips and what they leave', (n) => {
    const fn = (name: 'tanh' | 'exp' | 'erf' | 'sigmoid', a: StageExpr): StageExpr => ({ s: 'unary', fn: name, a, dtype: 'float32' })
    for (const shape of [[n], [3, n], [N], [2, N]] as const) {
      const maker = new SegmentMaker()
      const x = maker.input(shape)
      const y = maker.input([shape[shape.length - 1]!])
      const own = shape.map((_, axis) => axis)
      const sum = plus(along(x, shape, own), along(y, shape, [shape.length - 1]))
      // `mixed` is read by two of the loops, `sum` by all.
      const mixed = plus(plus(fn('tanh', sum), fn('erf', plus(sum, sum))), plus(sum, fn('sigmoid', sum)))
      const body = plus(fn('exp', mixed), plus(fn('tanh', mixed), mixed))
      maker.stages.push({ kind: 'loop', axes: shape, reduce: null, body, epilogue: null, out: maker.output(shape) })
      check(maker, { N: n })
    }
  })
  test.each(['sum', 'max', 'min', 'prod'] as const)('%s over the first, middle and last axis', (combiner) => {
    for (const extents of [
      [3, 5, 18],
      [2, 37, 4],
      [1, 1, 70],
      [6, 3, 3],
    ] as const)
      for (const reduced of [0, 1, 2]) {
        const maker = new SegmentMaker()
        const kept = [0, 1, 2].filter((axis) => axis !== reduced)
        const x = maker.input(extents)
        const axes = kept.map((axis) => extents[axis]!)
        const out = maker.output(axes)
        const body = along({ ...x, strides: [...kept, reduced].map((axis) => x.strides[axis]!) }, [...axes, extents[reduced]!], [0, 1, 2])
        maker.stages.push({ kind: 'loop', axes, reduce: { combiner, axes: [extents[reduced]!] }, body, epilogue: plus(acc, acc), out })
        check(maker, {}, 1e-4)
      }
  })
  test('argmax takes the first of equals', () => {
    const maker = new SegmentMaker()
    const x = maker.input([5, 12], 'int64')
    const out = maker.output([5], 'int64')
    maker.stages.push({
      kind: 'loop',
      axes: [5],
      reduce: { combiner: 'argmax', axes: [12] },
      body: along(x, [5, 12], [0, 1]),
      epilogue: null,
      out,
    })
    check(maker)
  })
  test('bytes are read and written in vectors', () => {
    const maker = new SegmentMaker()
    const x = maker.input([3, 11], 'uint8')
    const out = maker.output([3, 11], 'uint8')
    const load = along(x, [3, 11], [0, 1])
    maker.stages.push({
      kind: 'loop',
      axes: [3, 11],
      reduce: null,
      body: { s: 'binary', fn: 'mul', a: load, b: { s: 'scalar', value: 200, dtype: 'uint8' }, dtype: 'uint8' },
      epilogue: null,
      out,
    })
    check(maker)
  })
  test('a guarded load is not made outside of its guard', () => {
    const maker = new SegmentMaker()
    const x = maker.input([4])
    const out = maker.output([10])
    const i = indexOf(0)
    const at: StageExpr = { s: 'binary', fn: 'sub', a: i, b: { s: 'scalar', value: 3, dtype: 'int64' }, dtype: 'int64' }
    const test = (fn: 'ge' | 'lt', value: number): StageExpr => ({
      s: 'binary',
      fn,
      a: at,
      b: { s: 'scalar', value, dtype: 'int64' },
      dtype: 'bool',
    })
    const inside: StageExpr = { s: 'binary', fn: 'and', a: test('ge', 0), b: test('lt', 4), dtype: 'bool' }
    const load: StageExpr = { s: 'load', access: x, indices: [at], dtype: 'float32' }
    maker.stages.push({
      kind: 'loop',
      axes: [10],
      reduce: null,
      body: { s: 'select', condition: inside, a: load, b: { s: 'scalar', value: 7, dtype: 'float32' }, dtype: 'float32' },
      epilogue: null,
      out,
    })
    check(maker)
  })
})
