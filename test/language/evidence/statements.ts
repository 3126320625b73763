/** Rows 173 to 202: statements and control flow. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text
import { fixture, program, type Rows, refused, runs, test, vector, x3 } from '../evidence.ts'

export const statements: Rows = {
  173: [
    runs(
      "export function f(n: int): string { switch (n) { case 1: return 'one'; case 2: case 3: return 'few'; default: return 'many' } }",
      ({ f }) => [f(1), f(2), f(3), f(4)],
    ),
    program('CF04'),
  ],
  174: [program('SC02'), program('CF07')],
  175: [
    program('L02'),
    runs('export function f(n: int): int { let k = 0; do { k += n } while (k < 10); return k }', ({ f }) => [f(3), f(20)]),
  ],
  176: [
    runs(
      'export function f(xs: int[]): int { let found = false; let i = 0; while (i < xs.length) { if (xs[i]! > 2) { found = true; break } i++ } return found ? i : -1 }',
      ({ f }) => [f([1, 3]), f([1])],
    ),
  ],
  177: [
    runs('export function f(xs: int[]): boolean { for (const x of xs) if (x > 2) return true; return false }', ({ f }) => [
      f([1, 3]),
      f([1]),
    ]),
  ],
  178: [
    program('L07'),
    program('L16'),
    runs(
      'export function f(n: int): int { let s = 0; for (const i of range(n, 0, -2)) s = s * 10 + i; for (let i = 0; i < n; i += 2) s += i; return s }',
      ({ f }) => f(7),
    ),
  ],
  179: [
    runs('export function f(xs: int[]): int { let k = 0; for (const x of xs) { k++; if (xs.length < 5) xs.push(x) } return k }', ({ f }) =>
      f([1, 2, 3]),
    ),
  ],
  180: [
    runs(
      "export function f(s: string, m: Map<string, int>): string { let o = ''; for (const c of s) o = c + o; for (const [k, v] of m) o += `${k}${v}`; for (const k of m.keys()) o += k; return o }",
      ({ f }) => f('aé', new Map([['x', 1]])),
    ),
  ],
  181: [program('L13'), fixture('d32-break-in-unrolled-loop')],
  182: [program('M11'), test('programs/wrongPrograms', 'D29 an array of modules')],
  183: [
    program('L08'),
    runs(
      'export function f(xs: int[], ys: int[]): int { let s = 0; for (const [i, a] of xs.entries()) if (i < ys.length) s += a * ys[i]!; return s }',
      ({ f }) => f([1, 2, 3], [4, 5]),
    ),
  ],
  184: [
    runs(
      'export function f(xs: int[]): int[] { const out: int[] = []; for (const x of xs.toReversed()) out.push(x); return out }',
      ({ f }) => f([1, 2, 3]),
    ),
  ],
  185: [program('L10')],
  186: [program('B04'), program('B07'), fixture('break-and-continue')],
  187: [program('R05')],
  188: [fixture('d53-assertion'), program('R04')],
  189: [fixture('d54-throw'), program('X04')],
  190: [fixture('error.try')],
  191: [program('W01'), program('W02'), fixture('error.d70-using-without-dispose')],
  192: [
    runs(`export function f(x: ${vector}): Tensor { return x.detach().mul(2) }`, ({ f }) => f(x3())),
    refused('S2010', `export function f(x: ${vector}): Tensor { return noGrad(() => x.mul(2)) }`),
  ],
  193: [refused('S2010', `export function f(x: ${vector}): Tensor { return recordFunction('name', () => x.mul(2)) }`)],
  194: [program('ST05')],
  195: [refused('S1103', 'export function f(n: int): int { console.dir(n); return n }')],
  196: [fixture('error.generator')],
  197: [fixture('error.async')],
  198: [
    runs(
      "type Shape = { kind: 'circle'; r: float } | { kind: 'square'; a: float }\nexport function f(s: Shape): float { switch (s.kind) { case 'circle': return s.r * 3; default: return s.a * s.a } }",
      ({ f }) => [f({ kind: 'circle', r: 2 }), f({ kind: 'square', a: 3 })],
    ),
  ],
  199: [refused('S1002', "export function f(n: int): int { const m = import('./other'); return n }")],
  200: [refused('S1001', 'export function f(n: int): int { class A {} return n }')],
  201: [runs('export function f(xs: int[]): int { xs.push(1); xs.length; ; return xs.length }', ({ f }) => f([1]))],
  202: [program('B02')],
}
