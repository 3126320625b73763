/** Rows 89 to 122: arithmetic, bits, comparison, conditions. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text
import { fixture, matrix, program, type Rows, refused, runs, throws, vector, x3, x23 } from '../evidence.ts'

export const operators: Rows = {
  89: [program('N02'), runs('export function f(a: int, x: float): float[] { return [a + x, a - 1, a * x] }', ({ f }) => f(3, 0.5))],
  90: [program('N02'), runs('export function f(a: int, b: int): float { return a / b }', ({ f }) => [f(1, 2), f(1, 0), f(0, 0)])],
  91: [program('N01'), throws('export function f(a: int): int { return floordiv(a, 0) }', ({ f }) => f(1))],
  92: [
    program('N01'),
    runs('export function f(a: int, b: int): [int, int] { return [mod(a, b), a % b] }', ({ f }) => [f(7, 4), f(-7, 4), f(7, -4)]),
  ],
  93: [runs('export function f(a: int, b: int): float { return a ** b }', ({ f }) => [f(2, 3), f(2, -1), f(3, 39)])],
  94: [
    runs('export function f(x: float): [int, float] { return [Math.round(x), roundHalfEven(x)] }', ({ f }) => [f(2.5), f(-2.5), f(3.5)]),
  ],
  95: [runs('export function f(x: float, n: int): float { return -x - -n }', ({ f }) => f(2.5, 3))],
  96: [fixture('d44-unary-plus')],
  97: [program('N04')],
  98: [program('N04')],
  99: [runs('export function f(a: int, b: int): int[] { return [a << b, a >> b, a >>> b] }', ({ f }) => [f(5, 2), f(-5, 1), f(1, 33)])],
  100: [runs(`export function f(a: ${matrix}): Tensor { return a.matmul(a.t()) }`, ({ f }) => f(x23()))],
  101: [program('N10'), fixture('operators-on-tensors')],
  102: [program('LI01'), fixture('error.array-comparison'), fixture('error.compare-types')],
  103: [runs(`export function f(x: ${vector}): Tensor[] { return [x.gt(0), x.eq(3), x.ne(3), x.le(1)] }`, ({ f }) => f(x3()))],
  104: [
    refused('S2023', 'export function f(a: int, b: int, c: int): boolean { return a < b < c }'),
    runs('export function f(a: int, b: int, c: int): boolean { return a < b && b < c }', ({ f }) => [f(1, 2, 3), f(1, 3, 2)]),
  ],
  105: [runs('export function f(x: int | null): boolean { return x == null || x === null }', ({ f }) => [f(null), f(0)])],
  106: [program('N11')],
  107: [
    runs(
      "export function f(xs: int[], s: string, m: Map<string, int>): boolean[] { return [xs.includes(2), s.includes('b'), m.has('k')] }",
      ({ f }) => f([1, 2], 'abc', new Map([['k', 1]])),
    ),
  ],
  108: [
    program('O01'),
    runs('export function f(a: boolean, b: boolean): boolean[] { return [a && b, a || b] }', ({ f }) => [f(true, false), f(false, false)]),
  ],
  109: [
    runs("export function f(a: int, s: string): [int, string] { return [a && 0, s || 'default'] }", ({ f }) => [f(3, ''), f(0, 'x')]),
    runs('export function f(a: int | null): int { return a ?? 7 }', ({ f }) => [f(null), f(0)]),
  ],
  110: [runs('export function f(b: boolean, n: int): boolean[] { return [!b, !n] }', ({ f }) => [f(true, 0), f(false, 3)])],
  111: [
    fixture('error.array-condition'),
    runs(
      'export function f(n: int, x: float, s: string): int { let k = 0; if (n) k += 1; if (x) k += 2; if (s) k += 4; return k }',
      ({ f }) => [f(0, NaN, ''), f(1, 0.5, 'a')],
    ),
  ],
  112: [fixture('error.tensor-condition'), program('CF08')],
  113: [fixture('error.nullable-condition')],
  114: [
    fixture('error.branch-types'),
    runs('export function f(b: boolean, n: int): float { return b ? n : 0.5 }', ({ f }) => [f(true, 2), f(false, 2)]),
    runs("export function f(b: boolean): int | string { let x: int | string = 'ab'; if (b) x = 1; return x }", ({ f }) => [
      f(true),
      f(false),
    ]),
  ],
  115: [runs(`export function f(x: ${vector}): float { return x.sum().item() + 1 }`, ({ f }) => f(x3()))],
  116: [program('N05')],
  117: [
    runs('export function f(x: float, n: int): string[] { return [String(x), `${n}`, x.toString()] }', ({ f }) => [f(0.1, 1), f(1, 2)]),
  ],
  118: [
    runs(
      'export function f(xs: int[]): [int, int[], int] { return [Math.max(...xs), xs.toSorted((a, b) => b - a), xs.reduce((a, b) => a + b, 0)] }',
      ({ f }) => f([3, 1, 20]),
    ),
  ],
  119: [program('N07')],
  120: [program('N08')],
  121: [refused('S2010', `export function f(n: int): int { return hash(n) }`)],
  122: [runs('export function f(x: int): float[] { return [-(x ** 2), 1 + 2 * x, (1 + 2) * x] }', ({ f }) => f(3))],
}
