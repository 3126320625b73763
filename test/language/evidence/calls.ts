/** Rows 147 to 172: calls and functions. */
import { fixture, matrix, program, type Rows, refused, runs, test, x23 } from '../evidence.ts'

export const calls: Rows = {
  147: [program('V04')],
  148: [program('V02'), runs(`export function f(x: ${matrix}): Tensor { return x.sum({ keepdim: true, dim: 1 }) }`, ({ f }) => f(x23()))],
  149: [fixture('d60-array-default'), fixture('error.d61-default-type')],
  150: [
    runs(
      'function g(a: int, { b = 2, c }: { b?: int; c: int }): int { return a + b * c }\nexport function f(n: int): int { return g(n, { c: 3 }) + g(n, { c: 1, b: 5 }) }',
      ({ f }) => f(1),
    ),
  ],
  151: [runs('function g(a: int, b: int): int { return a - b }\nexport function f(n: int): int { return g(n, 1) }', ({ f }) => f(5))],
  152: [
    runs('function g(...xs: int[]): int { return xs.length }\nexport function f(n: int): int { return g(n, n) * 10 + g() }', ({ f }) =>
      f(5),
    ),
    test('programs/wrongPrograms', 'D41 any number of tensors'),
  ],
  153: [program('V05'), fixture('error.d63-spread-of-unknown-length')],
  154: [fixture('d40-recursion'), fixture('mutual-recursion'), fixture('error.recursion-of-tensors')],
  155: [program('V04')],
  156: [fixture('d23-function-parameter')],
  157: [
    runs(
      "function g(x: int): int\nfunction g(x: string): string\nfunction g(x: int | string): int | string { if (typeof x === 'string') return x + '!'; return x + 1 }\nexport function f(n: int, s: string): [int | string, int | string] { return [g(n), g(s)] }",
      ({ f }) => f(1, 'a'),
    ),
  ],
  158: [
    runs(
      `export function f(x: ${matrix}): Tensor { const [v, i] = F.maxPool1d(x, 3, { returnIndices: true }); return v.add(i) }`,
      ({ f }) => f(x23()),
    ),
  ],
  159: [fixture('error.missing-argument'), fixture('error.d62-surplus-argument'), fixture('error.unknown-option')],
  160: [fixture('error.result-type'), program('R08')],
  161: [runs('export function f(n: int): [int, { k: int }] { return [n, { k: n * 2 }] }', ({ f }) => f(2))],
  162: [program('R01'), program('R05'), fixture('early-returns')],
  163: [fixture('error.missing-return')],
  164: [
    fixture('error.return-types'),
    runs("export function f(n: int): int | string { if (n > 0) return 'pos'; return n }", ({ f }) => [f(1), f(-1)]),
  ],
  165: [test('compile/operators', 'recorded results of PyTorch, %s')],
  166: [fixture('error.d10-unknown-function'), fixture('error.host-call')],
  167: [refused('S1110', "import { sin } from 'numpy-like'\nexport function f(x: float): float { return sin(x) }")],
  168: [program('C02')],
  169: [fixture('error.module-constructed')],
  170: [
    refused(
      'S1203',
      'function double(g: (n: int) => int): (n: int) => int { return (n) => g(g(n)) }\nfunction inc(n: int): int { return n + 1 }\nexport const f = script(double(inc))',
    ),
  ],
  171: [runs('/* words */\nexport function f(n: int): int { /** a comment */ ; // nothing\n return n }', ({ f }) => f(1))],
  172: [test('programs/wrongPrograms', 'D57 super.forward')],
}
