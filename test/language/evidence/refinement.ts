/** Rows 203 to 222: refinement, methods of containers. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text
import { fixture, program, type Rows, runs, test } from '../evidence.ts'

export const refinement: Rows = {
  203: [program('O01'), program('O05'), fixture('narrowing')],
  204: [
    test('programs/wrongPrograms', 'D12 a field that may be null is narrowed'),
    runs(
      'class A { constructor(public x: int | null) {}\n  get(): int { if (this.x !== null) return this.x + 1; return 0 } }\nexport function f(n: int): int { return new A(n).get() + new A(null).get() }',
      ({ f }) => f(2),
    ),
    test('programs/narrowedFields', 'fields of objects and records are narrowed until they, or what leads there, are written'),
  ],
  205: [
    runs('export function f(o: { k: int | null }): int { if (o.k !== null) return o.k + 1; return 0 }', ({ f }) => [
      f({ k: 3 }),
      f({ k: null }),
    ]),
    runs('export function f(o: { k: int | null }): int { const k = o.k; if (k !== null) return k + 1; return 0 }', ({ f }) => [
      f({ k: 3 }),
      f({ k: null }),
    ]),
  ],
  206: [program('O02')],
  207: [program('R07'), program('O04')],
  208: [program('O07'), test('programs/instances', 'instanceof narrows both ways, in a hierarchy and in unions')],
  209: [program('O08')],
  210: [
    runs(
      "export function f(x: int | string | null): string { if (x === null) return 'null'; else if (typeof x === 'string') return x; else return `${x + 1}` }",
      ({ f }) => [f(null), f('s'), f(4)],
    ),
  ],
  211: [program('O07')],
  212: [runs('export function f(x: int | null): int { return x! + 1 }', ({ f }) => f(2))],
  213: [program('CF07'), program('SC02')],
  214: [test('programs/discriminants', 'comparisons, switch and early returns narrow')],
  215: [program('B08')],
  216: [runs('export function f(x: int | string): string { return typeof x }', ({ f }) => [f(2), f('a')])],
  217: [
    program('LI04'),
    program('LI05'),
    program('LI07'),
    program('LI11'),
    test('frontend/arrayMethods', 'sorting: by a function, stable, in place or not'),
  ],
  218: [program('D01'), program('D02')],
  219: [program('ST01'), test('frontend/arrayMethods', 'methods of strings with positions and patterns')],
  220: [
    runs(
      'export function f(n: int): [int[], boolean] { const t: [int, int] = [n, 2]; return [[...t, ...t], [...t].includes(2)] }',
      ({ f }) => f(1),
    ),
    program('S08'),
  ],
  221: [program('A01')],
  222: [program('C10')],
}
