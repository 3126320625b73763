/** Rows 45 to 88: literals, displays, variables, assignment. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text
import { fixture, matrix, program, type Rows, refused, runs, test, vector, x3, x23 } from '../evidence.ts'

export const literals: Rows = {
  45: [
    runs('export function f(n: int): int[] { return [0xff, 1_000, 0b101, 0o17, n] }', ({ f }) => f(1)),
    fixture('error.integer-too-large'),
  ],
  46: [runs('export function f(x: float): float[] { return [1e-3, Infinity, -Infinity, NaN, 1e-320, x] }', ({ f }) => f(0.5))],
  47: [runs('export function f(x: int | null): [boolean, boolean] { return [x === null, true !== false] }', ({ f }) => [f(null), f(0)])],
  48: [runs("export function f(s: string): string { return 'a\\n\\x41\\u00e9' + `two\nlines` + s }", ({ f }) => f('z'))],
  49: [program('ST04')],
  50: [runs('export function f(x: float): string { return `${x.toFixed(2)} ${String(x)}` }', ({ f }) => [f(1.005), f(2)])],
  51: [runs('export function f(a: int, b: string): string { return `${a} ${b}` }', ({ f }) => f(3, 'x'))],
  52: [fixture('d42-format'), program('ST04')],
  53: [fixture('d18-empty-array'), fixture('error.empty-array')],
  54: [
    program('T02'),
    runs("export function f(n: int): readonly [int, string] { const t = [n, 'a'] as const; return t }", ({ f }) => f(3)),
  ],
  55: [program('D04'), test('programs/containers', 'records')],
  56: [runs('export function f(n: int): int { const s = new Set([n, 1, 1]); s.add(5); return s.size }', ({ f }) => [f(1), f(2)])],
  57: [program('LI08')],
  58: [
    fixture('d46-filter'),
    runs('export function f(xs: int[]): int[] { return xs.filter((x) => x > 1).map((x) => x * 2) }', ({ f }) => f([1, 2, 3])),
  ],
  59: [runs('export function f(xs: int[]): int[] { return xs.flatMap((x) => [x, x * 10]) }', ({ f }) => f([1, 2]))],
  60: [program('D04')],
  61: [runs('export function f(xs: int[]): int { return xs.map((x) => x * x).reduce((a, b) => a + b, 0) }', ({ f }) => f([1, 2, 3]))],
  62: [program('L14')],
  63: [runs('export function f(xs: int[]): int[] { return [...xs, 2, ...xs] }', ({ f }) => f([7]))],
  64: [fixture('d24-arrow')],
  65: [fixture('d75-inner-function'), fixture('local-functions')],
  66: [
    runs('export function f(n: int): int { let a = 0; return (a = n) + a }', ({ f }) => f(3)),
    runs('export function f(n: int): int { let a = 0; let b = 0; for (a = 0, b = n; a < b; a++, b--) {} return a }', ({ f }) => f(5)),
  ],
  67: [
    refused('S2015', "export function f(n: int): int { let y = n; y = 'text'; return y }"),
    runs('export function f(n: int): int { let y = n; y = y * 2; y += 1; return y }', ({ f }) => f(5)),
  ],
  68: [
    runs(
      'export function f(n: int): int | null { let x: int | null = null; for (let i = 0; i < n; i++) { if (x === null) x = i; else x = null } return x }',
      ({ f }) => [f(0), f(1), f(2), f(3)],
    ),
  ],
  69: [
    runs('export function f(n: int): int { let x: int; if (n > 0) x = 1; else x = 2; return x }', ({ f }) => [f(0), f(1)]),
    fixture('error.assigned-in-one-branch'),
  ],
  70: [fixture('error.assigned-in-one-branch')],
  71: [
    runs('export function f(n: int): int { let i = 0; for (i = 0; i < n; i++) {} return i }', ({ f }) => [f(0), f(3)]),
    refused('S2010', 'export function f(n: int): int { for (let i = 0; i < n; i++) {} return i }'),
  ],
  72: [program('T02')],
  73: [
    runs(
      'export function f(a: int, b: int): int[] { [a, b] = [b, a]; const [c, [d, e]] = [a, [b, a]] as [int, [int, int]]; return [a, b, c, d, e] }',
      ({ f }) => f(1, 2),
    ),
  ],
  74: [
    program('V05'),
    runs('export function f(n: int): int[] { const t: [int, int, int] = [n, 2, 3]; const [a, ...b] = t; b.push(a); return b }', ({ f }) =>
      f(1),
    ),
  ],
  75: [fixture('error.unpack-arity'), program('T05')],
  76: [
    fixture('error.unpack-tensor'),
    runs(`export function f(x: ${matrix}): Tensor { const [a, b] = x.unbind(0); return a.add(b) }`, ({ f }) => f(x23())),
  ],
  77: [runs(`export function f(x: ${matrix}): int { const [b, c] = x.shape; return b * 10 + c }`, ({ f }) => f(x23()))],
  78: [
    runs(
      "export function f(n: int, x: float, s: string): [int, float, string] { n += 2; n -= 1; n *= 3; x /= 4; s += 'b'; return [n, x, s] }",
      ({ f }) => f(1, 2, 'a'),
    ),
  ],
  79: [runs('export function f(a: int): int { a = floordiv(a, 4); return a }', ({ f }) => [f(7), f(-7)])],
  80: [runs(`export function f(a: ${matrix}): Tensor { a = a.matmul(a.t()); return a }`, ({ f }) => f(x23()))],
  81: [
    runs('export function f(a: int): int { a = mod(a, 4); return a }', ({ f }) => [f(7), f(-7)]),
    runs('export function f(a: int): int { a %= 4; return a }', ({ f }) => [f(7), f(-7)]),
  ],
  82: [
    runs(
      `export function f(x: ${vector}): [Tensor, Tensor] { const a = x.clone(); const b = a; a.add_(1); a.mul_(2); return [a, b] }`,
      ({ f }) => f(x3()),
    ),
  ],
  83: [
    runs(`export function f(x: ${vector}): Tensor { const a = x.clone(); a.at(0).pow_(2); a.select(0, 2).pow_(2); return a }`, ({ f }) =>
      f(x3()),
    ),
  ],
  84: [program('C01')],
  85: [program('LI11'), program('D02')],
  86: [fixture('d26-captured-const'), fixture('error.captured-let')],
  87: [refused('S1102', 'let count = 0\nexport function f(n: int): int { count += n; return count }')],
  88: [runs('export function f(__tsjit: int, $r: int, $: int): int { const t0 = $r + $; return __tsjit * t0 }', ({ f }) => f(2, 3, 4))],
}
