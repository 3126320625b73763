/** Host operators of the runtime against the operators of the registry, which the eager library runs. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Args, DenseTensor } from '../../src/ops/operator.ts'
import { randoms } from '../../src/ops/random.ts'
import * as runtime from '../../src/runtime/index.ts'
import { manualSeed, Tensor, tensor } from '../../src/runtime/index.ts'

/** Arguments by name, as an operator's implementation asks for them. */
const argsOf = (values: Readonly<Record<string, unknown>>): Args<DenseTensor> => {
  const get = (name: string) => values[name] as never
  return {
    tensor: get,
    dims: get,
    ints: get,
    int: get,
    dim: get,
    dtypeOrNull: (name: string) => values[name] ?? null,
    has: (name: string) => name in values,
  } as unknown as Args<DenseTensor>
}

const dense = (x: Tensor): DenseTensor => ({ dtype: x.dtype, shape: x.shape, data: x.dataSync() })

const mask = tensor([
  [0, 3, 0],
  [1, 0, -2],
])

const calls: Readonly<Record<keyof typeof randoms, readonly (readonly [Readonly<Record<string, unknown>>, () => Tensor | Tensor[]])[]>> = {
  'aten::rand': [[{ size: [2, 3] }, () => runtime.host_rand([2, 3])]],
  'aten::randn': [[{ size: [5] }, () => runtime.host_randn([5])]],
  'aten::rand_like': [[{ self: dense(mask) }, () => runtime.host_rand_like(mask)]],
  'aten::randn_like': [[{ self: dense(mask) }, () => runtime.host_randn_like(mask)]],
  'aten::randint': [
    [{ high: 9, size: [20] }, () => runtime.host_randint(9, [20], null, null, null, null)],
    [{ low: -2_000_000_000, high: 2_000_000_001, size: [20] }, () => runtime.host_randint(-2_000_000_000, 2_000_000_001, [20])],
    [{ low: 1, high: 3, size: [4], dtype: 'float32' }, () => runtime.host_randint(1, 3, [4], 'float32')],
    [{ low: 1, high: 3, size: [4], dtype: 'uint8' }, () => runtime.host_randint(1, 3, [4], 'uint8')],
  ],
  'aten::randperm': [[{ n: 12 }, () => runtime.host_randperm(12)]],
  'aten::nonzero': [
    [{ self: dense(mask) }, () => runtime.host_nonzero(mask)],
    [{ self: dense(tensor(3)) }, () => runtime.host_nonzero(tensor(3))],
    [{ self: dense(tensor(0)) }, () => runtime.host_nonzero(tensor(0))],
    [
      { self: dense(new Tensor('float32', [0, 2], new Float32Array(0))) },
      () => runtime.host_nonzero(new Tensor('float32', [0, 2], new Float32Array(0))),
    ],
  ],
  'aten::nonzero_numpy': [[{ self: dense(mask) }, () => runtime.host_nonzero_numpy(mask)]],
}

beforeEach(() => manualSeed(7))

describe.each(Object.entries(calls))('%s', (name, examples) => {
  test.each(examples)('%j', (args, call) => {
    const { implementation } = randoms[name as keyof typeof randoms]
    if (implementation.kind !== 'host') throw new Error(`${name} is not a host operator`)
    const expected = implementation.run(argsOf(args))
    manualSeed(7)
    expect([call()].flat().map(dense)).toEqual(expected)
  })
})

test('nonzero gives the positions in row-major order', () => {
  expect(runtime.host_nonzero(mask).toArray()).toEqual([
    [0, 1],
    [1, 0],
    [1, 2],
  ])
})
