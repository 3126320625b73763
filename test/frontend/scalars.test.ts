/** Programs on numbers, strings and lists: the uncompiled run, the compiled one with and without the optimiser, and known values agree. */
import { describe, expect, test } from 'vitest'
import { compiled, uncompiled } from './execute.ts'

interface Program {
  readonly title: string
  readonly code: string
  /** Arguments and the value PyTorch (or arithmetic) gives; `throws` when the call must throw. */
  readonly runs: readonly (readonly [args: readonly unknown[], result: unknown])[]
}

const programs: readonly Program[] = [
  {
    title: 'returns at several depths',
    code: `export function f(y: float): float {
      y = y * 2
      if (y > 4) {
        if (y > 8) return y + 100
        y = y + 1
        if (y > 7) return y
      }
      y = y - 3
      return y
    }`,
    runs: [
      [[0], -3],
      [[1], -1],
      [[2], 1],
      [[3], 4],
      [[4], 9],
      [[5], 110],
      [[6], 112],
    ],
  },
  {
    title: 'return out of nested loops',
    code: `export function f(xs: int[][], wanted: int): [int, int] {
      for (let i = 0; i < xs.length; i++) {
        const row = xs[i]
        for (let j = 0; j < row.length; j++) if (row[j] === wanted) return [i, j]
      }
      return [-1, -1]
    }`,
    runs: [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
          3,
        ],
        [1, 0],
      ],
      [
        [[[1]], 7],
        [-1, -1],
      ],
      [
        [[], 7],
        [-1, -1],
      ],
    ],
  },
  {
    title: 'labelled break and continue',
    code: `export function f(n: int): int {
      let c = 0
      outer: for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          if (j === i) continue outer
          if (i + j > 5) break outer
          c += 10 * i + j
        }
      }
      return c
    }`,
    runs: [
      [[0], 0],
      [[3], 51],
      [[5], 225],
    ],
  },
  {
    title: 'do while runs once at least',
    code: 'export function f(n: int): int { let i = 0; do { i += 2 } while (i < n); return i }',
    runs: [
      [[-5], 2],
      [[5], 6],
    ],
  },
  {
    title: 'int joins with float',
    code: 'export function f(n: int): float { let s = 0; for (let i = 0; i < n; i++) s = s + 0.5; return s }',
    runs: [
      [[0], 0],
      [[3], 1.5],
    ],
  },
  {
    title: 'a loop over an array sees what is pushed meanwhile',
    code: 'export function f(): int[] { const xs = [1, 2, 3]; let n = 0; for (const x of xs) { n += 1; if (x < 3) xs.push(x + 2) } xs.push(n); return xs }',
    runs: [[[], [1, 2, 3, 3, 4, 5]]],
  },
  {
    title: 'swap by destructuring',
    code: 'export function f(a: int, b: int): [int, int] { [a, b] = [b, a]; return [a, b] }',
    runs: [
      [
        [1, 2],
        [2, 1],
      ],
    ],
  },
  {
    title: 'a rotating assignment in a loop',
    code: 'export function f(n: int): [int, int, int] { let a = 1, b = 2, c = 3; for (let i = 0; i < n; i++) [a, b, c] = [b, c, a]; return [a, b, c] }',
    runs: [
      [[1], [2, 3, 1]],
      [[2], [3, 1, 2]],
    ],
  },
  {
    title: 'operands of || and && keep their values (D1)',
    code: "export function f(a: string, b: int): [string, int, int] { return [a || 'default', b && 7, b || 5] }",
    runs: [
      [
        ['', 0],
        ['default', 0, 5],
      ],
      [
        ['x', 3],
        ['x', 7, 3],
      ],
    ],
  },
  {
    title: 'template literals',
    code: 'export function f(a: int, b: float, s: string): string { return `${a}+${b}=${s}!` }',
    runs: [[[1, 2.5, 'x'], '1+2.5=x!']],
  },
  {
    title: '% keeps the sign of the dividend, / gives a float',
    code: 'export function f(a: int, b: int): [int, float] { return [a % b, a / b] }',
    runs: [
      [
        [-7, 4],
        [-3, -1.75],
      ],
    ],
  },
  {
    title: 'Math',
    code: 'export function f(x: float): [int, int, float, float] { return [Math.floor(x), Math.round(x), Math.sqrt(x), Math.max(x, 3, Math.PI)] }',
    runs: [[[2.25], [2, 2, 1.5, Math.PI]]],
  },
  {
    title: 'local functions are inlined, with captures',
    code: 'export function f(x: int): int { let k = 2; const scale = (y: int) => y * k; function twice(y: int): int { return scale(scale(y)) } k = 3; return twice(x) + k }',
    runs: [[[5], 48]],
  },
  {
    title: 'an early return in an inlined function leaves only that function',
    code: 'export function f(x: int): int { const clip = (v: int): int => { if (v < 0) return 0; if (v > 9) return 9; return v }; return clip(x) * 10 + clip(x - 5) }',
    runs: [
      [[-3], 0],
      [[7], 72],
      [[20], 99],
    ],
  },
  {
    title: 'function parameters',
    code: 'function apply(g: (x: int) => int, x: int): int { return g(g(x)) }\nexport function f(x: int): int { return apply((y) => y * 3 + 1, x) }',
    runs: [[[2], 22]],
  },
  {
    title: 'map, filter, reduce',
    code: 'export function f(xs: int[]): [int[], int[], int] { return [xs.map((x) => x * 2), xs.filter((x, i) => x > i), xs.reduce((a, b) => a + b, 0)] }',
    runs: [
      [[[3, 1, 2]], [[6, 2, 4], [3], 6]],
      [[[]], [[], [], 0]],
    ],
  },
  {
    title: 'some, every, find, findIndex',
    code: 'export function f(xs: int[]): [boolean, boolean, int | null, int] { return [xs.some((x) => x > 2), xs.every((x) => x > 0), xs.find((x) => x > 1) ?? null, xs.findIndex((x) => x === 2)] }',
    runs: [
      [[[3, 1, 2]], [true, true, 3, 2]],
      [[[]], [false, true, null, -1]],
    ],
  },
  {
    title: 'Array.from with a function',
    code: 'export function f(n: int): int[] { return Array.from({ length: n }, (_, i) => i * i) }',
    runs: [
      [[4], [0, 1, 4, 9]],
      [[0], []],
    ],
  },
  {
    title: 'slices, concat, at, includes, indexOf, join',
    code: "export function f(xs: int[]): [int[], int[], int, boolean, int, string] { return [xs.slice(1, 3), xs.concat([7]), xs.at(-1)!, xs.includes(2), xs.indexOf(9), xs.join('-')] }",
    runs: [[[[1, 2, 3, 4]], [[2, 3], [1, 2, 3, 4, 7], 4, true, -1, '1-2-3-4']]],
  },
  {
    title: 'elements are written in place',
    code: 'export function f(n: int): int[] { const xs: int[] = []; for (let i = 0; i < n; i++) xs.push(0); for (let i = 0; i < n; i++) { xs[i] = i; xs[i] += 10 } return xs }',
    runs: [[[3], [10, 11, 12]]],
  },
  {
    title: 'strings',
    code: "export function f(s: string): [int, string, string, string[], boolean] { return [s.length, s.toUpperCase(), s[1], s.split(','), s.startsWith('a')] }",
    runs: [[['a,b'], [3, 'A,B', ',', ['a', 'b'], true]]],
  },
  {
    title: 'characters of a string',
    code: "export function f(s: string): string { let r = ''; for (const c of s) r = c + r; return r }",
    runs: [[['abc'], 'cba']],
  },
  {
    title: 'enums and constants of the module',
    code: "enum Color { Red = 1, Green }\nconst K = 3\nconst NAMES = ['a', 'b']\nexport function f(i: int): string { return NAMES[i] + String(Color.Green * K) }",
    runs: [[[1], 'b6']],
  },
  {
    title: 'default parameters',
    code: 'function g(a: int, b: int = 10, c: int = 2): int { return a * b + c }\nexport function f(x: int): [int, int, int] { return [g(x), g(x, 1), g(x, 1, 0)] }',
    runs: [[[4], [42, 6, 4]]],
  },
  {
    title: 'a loop whose counter the body changes',
    code: 'export function f(n: int): int { let c = 0; for (let i = 0; i < n; i++) { if (i % 2 === 0) i += 1; c += i } return c }',
    runs: [[[7], 16]],
  },
  {
    title: 'counting down, and by two',
    code: 'export function f(n: int): int[] { const xs: int[] = []; for (let i = n; i > 0; i -= 2) xs.push(i); for (let i = 1; i <= n; i += 2) xs.push(i); return xs }',
    runs: [[[5], [5, 3, 1, 1, 3, 5]]],
  },
  {
    title: 'switch with several labels, fall through, default in the middle and continue',
    code: `export function f(n: int): string {
      let s = ''
      for (let i = 0; i < n; i++) {
        switch (i) {
          case 0:
          case 1:
            s += 'a'
            break
          case 2:
            s += 'b'
          case 3:
            s += 'c'
            if (n > 5) break
            s += '!'
            break
          default:
            s += 'd'
            break
          case 4:
            continue
        }
        s += ','
      }
      return s
    }`,
    runs: [
      [[0], ''],
      [[5], 'a,a,bc!,c!,'],
      [[7], 'a,a,bc,c,d,d,'],
    ],
  },
  {
    title: 'switch that returns',
    code: "export function f(s: string): int { switch (s) { case 'a': return 1; case 'b': return 2 } return 0 }",
    runs: [
      [['a'], 1],
      [['b'], 2],
      [['c'], 0],
    ],
  },
  {
    title: 'optional chaining',
    code: 'export function f(xs: int[] | null, s: string | null): [int | null, int, string] { return [xs?.length ?? null, xs?.[0] ?? -1, s?.trim().toUpperCase() ?? "none"] }',
    runs: [
      [
        [[7, 8], ' x '],
        [2, 7, 'X'],
      ],
      [
        [null, null],
        [null, -1, 'none'],
      ],
    ],
  },
  {
    title: 'records: literals, interfaces, destructuring, branches and loops',
    code: `interface Point { x: int; y: int }
    interface Named extends Point { name: string }
    function move(p: Point, by: int): Point { return { x: p.x + by, y: p.y } }
    export function f(p: Named, n: int): { p: Point; size: int; label: string } {
      const { x, y: height } = p
      let q: Point = { x, y: height }
      for (let i = 0; i < n; i++) q = move(q, i)
      const r = n > 2 ? { x: 1, y: q.y } : { x: q.x, y: 2 }
      const local = { k: 3, g: (v: int) => v * 2 }
      return { p: r, size: local.g(local.k) + q.x, label: p.name }
    }`,
    runs: [
      [[{ x: 5, y: 7, name: 'a' }, 1], { p: { x: 5, y: 2 }, size: 11, label: 'a' }],
      [[{ x: 5, y: 7, name: 'b' }, 4], { p: { x: 1, y: 7 }, size: 17, label: 'b' }],
    ],
  },
  {
    title: 'a local function that changes the array being walked',
    code: 'export function f(): int { const xs = [1]; let n = 0; const grow = () => { if (n < 3) xs.push(n) }; for (const x of xs) { n += 1 + x * 0; grow() } return n }',
    runs: [[[], 3]],
  },
  {
    title: 'enum types and generic functions',
    code: "enum Mode { Fast = 'fast', Slow = 'slow' }\nenum Level { Low, High = 5 }\nfunction last<T>(xs: T[]): T { return xs[xs.length - 1]! }\nexport function f(mode: Mode, level: Level): [string, int, int] { const word = mode === Mode.Fast ? last(['a', 'b']) : last(['c']); return [word, level === Level.High ? 1 : 0, last([1, 2])] }",
    runs: [
      [
        ['fast', 5],
        ['b', 1, 2],
      ],
      [
        ['slow', 0],
        ['c', 0, 2],
      ],
    ],
  },
  {
    title: 'arguments and fields that are left out',
    code: 'export function f(n: int, k: int = n + 1, s?: string, p: { x?: int } = { x: 3 }): [int, boolean, int] { return [n * k, s === null || s === undefined, p.x ?? -1] }',
    runs: [
      [[2], [6, true, 3]],
      [
        [2, 5, 'a', {}],
        [10, false, -1],
      ],
      [
        [2, 5, 'a', { x: 0 }],
        [10, false, 0],
      ],
    ],
  },
]

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

describe.each(programs)('$title', ({ code, runs }) => {
  test.each(runs.map(([args, result]) => ({ args, result })))('f($args)', ({ args, result }) => {
    const copy = (): unknown[] => structuredClone(args) as unknown[]
    expect(plain(uncompiled(code, 'f')(...copy())), 'uncompiled').toEqual(plain(result))
    expect(plain(compiled(code, 'f', false)(...copy())), 'compiled').toEqual(plain(result))
    expect(plain(compiled(code, 'f', true)(...copy())), 'optimised').toEqual(plain(result))
  })
})

describe('what may throw', () => {
  test.each([
    ['an index outside', 'export function f(xs: int[], i: int): int { return xs[i] }', [[1], 99], RangeError],
    ['a negative index', 'export function f(xs: int[], i: int): int { return xs[i] }', [[1], -2], RangeError],
    ['popping an empty array', 'export function f(xs: int[]): int { return xs.pop()! }', [[]], TypeError],
    [
      'integer division by zero',
      "import { floordiv } from 'tensorscript'\nexport function f(n: int): int { return floordiv(3, n) }",
      [0],
      RangeError,
    ],
    ['unwrapped null', 'export function f(x: int | null): int { return x! + 1 }', [null], TypeError],
    [
      'an error thrown by the program',
      'export function f(n: int): int { if (n > 0) throw new RangeError(`bad ${n}`); return n }',
      [3],
      RangeError,
    ],
    ['an argument of another type', 'export function f(n: int): int { return n }', [1.5], TypeError],
    [
      'range with step 0',
      "import { range } from 'tensorscript'\nexport function f(n: int): int { let x = 0; for (const i of range(2, -11, n)) x += i; return x }",
      [0],
      RangeError,
    ],
  ] as const)('%s', (_, code, args, error) => {
    for (const optimize of [false, true]) expect(() => compiled(code, 'f', optimize)(...args)).toThrow(error)
  })
})
