/** Rows 1 to 44: types. */
import { fixture, matrix, program, type Rows, refused, runs, test, vector, x3, x23 } from '../evidence.ts'

export const types: Rows = {
  1: [program('CF01'), fixture('error.untyped-parameter')],
  2: [program('N04'), fixture('error.integer-too-large')],
  3: [
    runs('export function f(n: int): float { const y: float = n; return y / 2 }', ({ f }) => [f(3), f(-4)]),
    fixture('error.float-to-int'),
  ],
  4: [program('Y01')],
  5: [runs('export function f(b: boolean, n: int): [boolean, boolean] { return [b && n > 0, !b] }', ({ f }) => [f(true, 1), f(false, 0)])],
  6: [runs('export function f(s: string): [int, string] { return [s.length, s[0]!] }', ({ f }) => [f('日本é'), f('ab')])],
  7: [refused('S2021', 'export function f(b: Uint8Array): int { return 1 }')],
  8: [runs('export function f(x?: int): int | null { return x === undefined ? null : x + 1 }', ({ f }) => [f(), f(1), f(undefined)])],
  9: [program('O05'), program('O13')],
  10: [program('O11')],
  11: [program('O07'), fixture('error.any')],
  12: [runs('export function f(a: number, b: int): number { return a * b }', ({ f }) => [f(1.5, 2), f(2, 3)])],
  13: [program('LI01'), fixture('error.empty-array'), fixture('d18-evolving-array')],
  14: [
    runs("export function f(n: int): (int | string)[] { const xs: (int | string)[] = [n, 'a']; xs.push('b'); return xs }", ({ f }) => f(1)),
  ],
  15: [program('T01'), fixture('error.tuple-assignment')],
  16: [
    program('T04'),
    runs('interface P { readonly x: int; readonly y: int }\nexport function f(p: P): int { const { x, y } = p; return x * y }', ({ f }) =>
      f({ x: 2, y: 5 }),
    ),
  ],
  17: [program('D01'), test('programs/containers', 'records')],
  18: [fixture('error.map-key-tuple')],
  19: [test('programs/wrongPrograms', 'D45 a set'), test('programs/containers', 'maps are walked alive, sets too')],
  20: [program('C01'), program('C02')],
  21: [program('C10'), fixture('error.enum-member')],
  22: [
    runs(
      'class P { constructor(readonly x: int, public y: int = 2) {} }\nexport function f(n: int): int { const p = new P(n); p.y += 1; return p.x * p.y }',
      ({ f }) => f(4),
    ),
  ],
  23: [program('I01'), test('programs/objects', 'aliases see writes: interfaces, literals, arrays, maps and closures')],
  24: [test('programs/wrongPrograms', 'D56 a module type as a parameter')],
  25: [program('A04'), program('A01')],
  26: [program('A05')],
  27: [refused('S2010', `export function f(x: ${vector}): Tensor { return rpcSync('worker', x) }`)],
  28: [program('Y02')],
  29: [program('Y02')],
  30: [refused('S2010', `export function f(x: ${vector}): Tensor { return x.to(torchSparse) }`)],
  31: [program('Y04'), refused('S2102', 'export function f(n: int): Tensor { return torch.rand([2], { generator: n }) }')],
  32: [refused('S2021', `export function f(x: ${vector}, s: Stream): Tensor { return x }`)],
  33: [runs(`export function f(x: ${matrix}): int { const s: readonly int[] = x.shape; return s[0]! * s[1]! }`, ({ f }) => f(x23()))],
  34: [fixture('d23-function-parameter'), fixture('d24-arrow')],
  35: [
    test('programs/discriminants', 'comparisons, switch and early returns narrow'),
    runs("export function f(mode: 'sum' | 'mean', n: int): float { return mode === 'sum' ? n : n / 2 }", ({ f }) => [
      f('sum', 3),
      f('mean', 3),
    ]),
  ],
  36: [
    runs(
      'function first<T>(xs: readonly T[]): T { return xs[0]! }\nexport function f(a: int[], b: string[]): [int, string] { return [first(a), first(b)] }',
      ({ f }) => f([1, 2], ['x']),
    ),
  ],
  37: [
    runs('type Id = int\nexport function f(xs: readonly Id[]): Id { const x = xs[0]!; return x }', ({ f }) => f([1, 2])),
    refused('S2021', 'export function f(xs: Iterable<int>): int { let s = 0; for (const x of xs) s += x; return s }'),
  ],
  38: [
    runs('type Pair = [int, int]\ninterface Box { pair: Pair }\nexport function f(b: Box): int { return b.pair[0] + b.pair[1] }', ({ f }) =>
      f({ pair: [1, 2] }),
    ),
  ],
  39: [
    runs(
      `function g(x: Tensor<'int64', [3]>): Tensor { return x.div(2) }\nfunction h(x: Tensor<'int64', [2]>): Tensor { return x.add(1.5) }\nexport function f(x: ${vector}): [Tensor, Tensor] { return [g(x), h(x)] }`,
      ({ f }) => f(x3()),
    ),
  ],
  40: [
    runs(
      `export function f(x: Tensor<'float32', [1, 1, 4, 4]>): [Tensor, Tensor] { return [F.maxPool2d(x, 2), F.maxPool2d(x, [2, 2])] }`,
      ({ f }) => {
        const x = x23().reshape([1, 1, 2, 3])
        return f(x.repeat([1, 1, 2, 2]).narrow(3, 0, 4))
      },
    ),
  ],
  41: [refused('S2021', `export function f(x: Subclass): Tensor { return x }`)],
  42: [refused('S2013', `export function f(x: ${vector}): Tensor { return x.toSparse() }`)],
  43: [refused('S2102', `export function f(n: int): Tensor { return torch.zeros([2, 3], { names: ['N', 'C'] }) }`)],
  44: [program('LI13'), program('D02')],
}
