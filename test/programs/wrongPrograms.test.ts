/** Those of the wrong programs (test/frontend/wrongPrograms.ts) that need instances or tensors at run time: accepted ones against the eager run, the rest against their refusal. */
import { describe, expect, test } from 'vitest'
import { torch } from '../../src/index.ts'
import { agree } from './agree.ts'
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
  forward(x: Tensor<'float32', [2]>, i: int): Tensor { return this.ms.at(i)(x) }
}
export const m = script(new M())`,
      [0, 1].map(
        (i) =>
          ({ m }) =>
            m(torch.tensor([0.5, -2]), i),
      ),
    ))
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
    'D31-differ',
    `class M extends nn.Module {
  ms = new nn.ModuleList([new nn.Linear(2, 2), new nn.Conv1d(2, 2, 1)])
  forward(x: Tensor<'float32', [2, 2]>, i: int): Tensor { return this.ms[i]!(x) }
}
export const m = script(new M())`,
    'S2201',
    'i',
  ],
] as const)('%s is refused', async (id, source, code, at) => {
  const error = await load(id, source)
    .then((compile) => compile(true))
    .catch((refusal: unknown) => refusal)
  expect(error).toBeInstanceOf(Refused)
  expect((error as Refused).diagnostics.map((d) => [d.code, d.text])).toEqual([[code, at]])
})

test('D17 a number where a tensor belongs: refused at the entry, by name', async () => {
  const compile = await load('D17-entry', `/** @script */\nexport function f(x: Tensor<'float32', [2]>): Tensor { return x.add(1) }`)
  for (const optimize of [false, true]) {
    const { exports } = await compile(optimize)
    expect(() => exports.f(3)).toThrow(/x.*Tensor/)
  }
})
