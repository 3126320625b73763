/** Those of the wrong programs (test/frontend/wrongPrograms.ts) that need instances or tensors at run time: accepted ones against the eager run, the rest against their refusal. */
import { describe, expect, test } from 'vitest'
import { torch } from '../../src/index.ts'
import { agree } from './agree.ts'
import type { Exports } from './program.ts'
import { load, Refused } from './run.ts'

describe('accepted', () => {
  test('D12 a field that may be null is narrowed', () =>
    agree(
      'D12',
      `class M extends nn.Module {
  bias: Tensor | null
  constructor(bias: Tensor | null) {
    super()
    this.bias = bias
  }
  forward(x: Tensor<'float32', [2]>): Tensor {
    if (this.bias !== null) x = x.add(this.bias.sum())
    return x
  }
}
export const absent = script(new M(null))
export const present = script(new M(torch.tensor([1, 2, 4])))`,
      [({ absent }) => absent(torch.tensor([1, -2])), ({ present }) => present(torch.tensor([1, -2]))],
    ))

  test('D17 an operator on a tensor and an int', () =>
    agree(
      'D17',
      `/** @script */
export function f(x: Tensor<'float32', [2]>): Tensor { return x.add(1) }`,
      [({ f }) => f(torch.tensor([1, -2]))],
    ))

  test('D26 a captured constant', () =>
    agree(
      'D26',
      `const SCALE = 2.5
/** @script */
export function f(x: Tensor<'float32', [2]>): Tensor { return x.mul(SCALE) }`,
      [({ f }) => f(torch.tensor([1, -2]))],
    ))

  test('D29 an array of modules', () =>
    agree(
      'D29',
      `class M extends nn.Module {
  ms = [new nn.ReLU(), new nn.Tanh()]
  forward(x: Tensor<'float32', [2]>): Tensor {
    for (const m of this.ms) x = m(x)
    return x
  }
}
export const m = script(new M())`,
      [({ m }) => m(torch.tensor([0.5, -2]))],
    ))

  test('D31 a subscript of modules of one class', () =>
    agree(
      'D31',
      `class M extends nn.Module {
  ms = new nn.ModuleList([new nn.Linear(2, 2), new nn.Linear(2, 2)])
  forward(x: Tensor<'float32', [2]>, i: int): Tensor { return this.ms[i]!(x).add(this.ms.at(-1 - i)(x)) }
}
export const m = script(new M())`,
      [0, 1].map(
        (i) =>
          ({ m }) =>
            m(torch.tensor([0.5, -2]), i),
      ),
    ))

  test('D41 any number of tensors', () =>
    agree(
      'D41',
      `function first(...xs: Tensor[]): Tensor { return xs[0]! }
/** @script */
export function f(x: Tensor<'float32', [2]>, y: Tensor<'float32', [2]>): Tensor { return first(x).add(first(y, x)) }`,
      [({ f }) => f(torch.tensor([1, -2]), torch.tensor([0.5, 4]))],
    ))

  test('D45 a set', () =>
    agree(
      'D45',
      `/** @script */
export function f(x: int): Set<int> { return new Set([1, x]) }`,
      [({ f }) => f(2), ({ f }) => f(1)],
    ))

  test('D56 a module type as a parameter', () =>
    agree(
      'D56',
      `class M extends nn.Module {
  forward(x: Tensor): Tensor { return x.mul(2) }
}
const m = new M()
function run(m: M, x: Tensor): Tensor { return m.forward(x) }
/** @script */
export function f(x: Tensor<'float32', [2]>): Tensor { return run(m, x) }`,
      [({ f }) => f(torch.tensor([1, -2]))],
    ))

  test('D57 super.forward', () =>
    agree(
      'D57',
      `class B extends nn.Module {
  forward(x: Tensor<'float32', [2]>): Tensor { return x.add(1) }
}
class M extends B {
  override forward(x: Tensor<'float32', [2]>): Tensor { return super.forward(x).mul(2) }
}
export const m = script(new M())`,
      [({ m }) => m(torch.tensor([1, -2]))],
    ))

  test('D67 a number among the inputs of a trace', () =>
    agree(
      'D67',
      `export const f = trace((x: Tensor, n: int) => x.mul(n), [torch.ones([2]), 3])
const w = torch.tensor([1], { requiresGrad: true })
export const g = trace((x: Tensor) => x.mul(w), [torch.ones([2])])`,
      [({ f }) => f(torch.tensor([1, -2]), 3), ({ g }) => g(torch.tensor([1, -2]))],
    ))

  test('D68 a captured tensor that was made to require a gradient', () =>
    agree(
      'D68',
      `const w = torch.tensor([1], { requiresGrad: true })
/** @script */
export function f(x: Tensor<'float32', [2]>): Tensor { return x.mul(w) }`,
      [({ f }) => f(torch.tensor([1, -2]))],
    ))
})

test.each([
  [
    'D51',
    '/** @script */\nexport function f(x: int[]): int { return x[3]! }',
    ({ f }: Exports) => f([1]),
    RangeError,
    'list index 3 out of range for length 1',
  ],
  [
    'D52',
    `/** @script */\nexport function f(x: Map<string, int>): int { return x.get('b')! }`,
    ({ f }: Exports) => f(new Map([['a', 1]])),
    TypeError,
    'a value that was unwrapped with ! is null',
  ],
  [
    'D55',
    '/** @script */\nexport function f(x: int): int { return floordiv(3, x) }',
    ({ f }: Exports) => f(0),
    RangeError,
    'floordiv by zero',
  ],
] as const)('%s throws at run time', async (id, source, call, errorClass, message) => {
  const compile = await load(id, source)
  for (const optimize of [false, true]) {
    const { exports } = await compile(optimize)
    expect(() => call(exports)).toThrow(new errorClass(message))
  }
})

test.each([
  [
    'D30',
    `class M extends nn.Module {
  forward(x: Tensor<'float32', [2]>): Tensor {
    this.cache = x
    return x
  }
}
export const m = script(new M())`,
    'S2013',
    'cache',
  ],
  [
    'D39',
    `class M extends nn.Module {
  readonly c = 2
  forward(x: Tensor<'float32', [2]>): Tensor {
    this.c = 3
    return x
  }
}
export const m = script(new M())`,
    'S2020',
    'this.c',
  ],
  [
    'D31-differ',
    `class M extends nn.Module {
  ms = new nn.ModuleList([new nn.Linear(2, 2), new nn.Conv1d(2, 2, 1)])
  forward(x: Tensor<'float32', [2, 2]>, i: int): Tensor { return this.ms[i]!(x) }
}
export const m = script(new M())`,
    'S2201',
    'i',
  ],
  [
    'S3302-captured',
    `const w = torch.ones([2])
/** @script */
export function f(x: Tensor<'float32', [2]>): Tensor {
  w.add_(x)
  return w
}`,
    'S3302',
    'w.add_(x)',
  ],
] as const)('%s is refused', async (id, source, code, at) => {
  const error = await load(id, source)
    .then((compile) => compile(true))
    .catch((refusal: unknown) => refusal)
  expect(error).toBeInstanceOf(Refused)
  expect((error as Refused).diagnostics.map((d) => [d.code, d.text])).toEqual([[code, at]])
})

test.each([
  ['size', (f: Exports[string]) => f(torch.ones([1, 3]), 1, 'a', [1]), 'need two rows', 'x.size(0) === 2, where x.size(0) = 1'],
  ['skipped', (f: Exports[string]) => f(torch.ones([2, 3]), 1, 'a', [1, 2]), 'counted', 'n > 0 && xs.length === n, where n = 1'],
  ['text', (f: Exports[string]) => f(torch.ones([2, 3]), 1, 'b', [1]), 'mode b', "mode === 'a', where mode = b"],
  [
    'element',
    (f: Exports[string]) => f(torch.ones([2, 3]), 1, 'a', [-4]),
    'low',
    '!(xs[n - 1]! < xs.length - n), where xs[n - 1] = -4, xs.length = 1, n = 1',
  ],
] as const)('D53 a failed assertion has the condition and its operands as cause: %s', async (_, call, message, cause) => {
  const compile = await load(
    'D53',
    `/** @script */
export function f(x: Tensor<'float32', ['N', 3]>, n: int, mode: 'a' | 'b', xs: int[]): Tensor {
  assert(x.size(0) === 2, 'need two rows')
  assert(n > 0 && xs.length === n, 'counted')
  assert(mode === 'a', 'mode ' + mode)
  assert(!(xs[n - 1]! < xs.length - n), 'low')
  return x
}`,
  )
  for (const optimize of [false, true]) {
    const { exports } = await compile(optimize)
    expect(() => call(exports.f!)).toThrow(expect.objectContaining({ message, cause }))
  }
})

test('D17 a number where a tensor belongs: refused at the entry, by name', async () => {
  const compile = await load('D17-entry', `/** @script */\nexport function f(x: Tensor<'float32', [2]>): Tensor { return x.add(1) }`)
  for (const optimize of [false, true]) {
    const { exports } = await compile(optimize)
    expect(() => exports.f(3)).toThrow(/x.*Tensor/)
  }
})
