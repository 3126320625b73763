/** Programs that mix tensors with control flow: the uncompiled run, the compiled one with and without the optimiser, and recorded values agree. */
import { describe, expect, test } from 'vitest'
import { type Tensor, tensor } from '../../src/index.ts'
import { loaded, uncompiled } from './execute.ts'

interface Program {
  readonly title: string
  readonly code: string
  readonly runs: readonly (readonly [args: readonly unknown[], result: unknown])[]
}

const head = "import { F, range, tensor, torch, type float, type int, type Tensor } from 'tensorscript'\n"
const int64 = (data: unknown): Tensor => tensor(data as number[], { dtype: 'int64' })

const programs: readonly Program[] = [
  {
    title: 'a conditional over tensors (CF05)',
    code: "export function f(x: Tensor<'float32', []>, y: Tensor<'float32', []>): Tensor { return x.gt(y).item() ? x.mul(y) : y.sub(x) }",
    runs: [
      [[tensor(5), tensor(2)], 10],
      [[tensor(1), tensor(9)], 8],
    ],
  },
  {
    title: 'a loop with a tensor condition (L01)',
    code: "export function f(x: Tensor<'int64', [2]>, lim: int): [Tensor, int] { let n = 0; while (x.sum().item() < lim) { x = x.mul(2); n = n + 1 } return [x, n] }",
    runs: [
      [
        [int64([1, 2]), 50],
        [[32, 64], 5],
      ],
    ],
  },
  {
    title: 'iterating a tensor walks dim 0 (L10)',
    code: "export function f(x: Tensor<'float32', ['N', 3]>): float { let s = 0; let k = 1; for (const row of x) { s += k * row.sum().item(); k *= 2 } return s }",
    runs: [
      [
        [
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ],
        36,
      ],
    ],
  },
  {
    title: 'early returns of tensors (R01)',
    code: "export function f(x: Tensor<'float32', []>): Tensor { let y = x.mul(2); if (y.item() > 4) { if (y.item() > 8) return y.add(100); y = y.add(1); if (y.item() > 7) return y } y = y.sub(3); return y }",
    runs: [0, 1, 2, 3, 4, 5, 6].map((v, i) => [[tensor(v)], [-3, -1, 1, 4, 9, 110, 112][i]] as const),
  },
  {
    title: 'the loop-and-if program of the documentation',
    code: 'export function f(len: int): Tensor { let rv = torch.zeros([3, 4]); for (let i = 0; i < len; i++) { if (i < 10) rv = rv.sub(1); else rv = rv.add(1) } return rv }',
    runs: [
      [[0], Array(3).fill([0, 0, 0, 0])],
      [[4], Array(3).fill([-4, -4, -4, -4])],
      [[25], Array(3).fill([5, 5, 5, 5])],
    ],
  },
  {
    title: 'operators of untyped code, in methods here',
    code: "export function f(x: Tensor<'float32', ['N']>): Tensor { return x.mul(2).add(1).div(4).neg() }",
    runs: [[[tensor([1, 3])], [-0.75, -1.75]]],
  },
  {
    title: 'sizes are ints of the program',
    code: "export function f(x: Tensor<'float32', ['N', 'M']>): [Tensor, int, int] { const [n, m] = x.shape; return [x.reshape([m, n]), n * m, x.shape[1]! - 1] }",
    runs: [
      [
        [
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ],
        [
          [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
          6,
          2,
        ],
      ],
    ],
  },
  {
    title: 'item of an index is an int',
    code: "export function f(x: Tensor<'float32', ['N']>, names: string[]): string { return names[x.argmax().item()]! }",
    runs: [[[tensor([1, 9, 3]), ['a', 'b', 'c']], 'b']],
  },
  {
    title: 'several results',
    code: "export function f(x: Tensor<'float32', [4]>): [Tensor, Tensor] { const [values, indices] = x.topk(2); return [values, indices] }",
    runs: [
      [
        [tensor([3, 1, 4, 2])],
        [
          [4, 3],
          [2, 0],
        ],
      ],
    ],
  },
  {
    title: 'helper functions and closures over tensors',
    code: "function scale(x: Tensor, k: float): Tensor { return x.mul(k) }\nexport function f(x: Tensor<'float32', [2]>, n: int): Tensor { const step = (y: Tensor, i: int) => scale(y, i + 1).add(x); let y = x; for (let i = 0; i < n; i++) y = step(y, i); return y }",
    runs: [
      [
        [tensor([1, 2]), 3],
        [16, 32],
      ],
    ],
  },
  {
    title: 'chunks in a loop',
    code: "export function f(x: Tensor<'float32', [6]>): float { let s = 0; for (const part of x.chunk(3)) s = s * 10 + part.sum().item(); return s }",
    runs: [[[tensor([1, 0, 2, 0, 3, 0])], 123]],
  },
  {
    title: 'a list built in a loop of known length',
    code: "export function f(x: Tensor<'float32', [2]>): Tensor { const parts: Tensor[] = []; for (let i = 0; i < 3; i++) parts.push(x.add(i)); return torch.stack(parts) }",
    runs: [
      [
        [tensor([0, 10])],
        [
          [0, 10],
          [1, 11],
          [2, 12],
        ],
      ],
    ],
  },
  {
    title: 'int and float scalars keep and promote dtypes',
    code: "export function f(x: Tensor<'int64', [2]>): [Tensor, Tensor, Tensor] { return [x.mul(2), x.mul(0.5), x.div(2)] }",
    runs: [
      [
        [int64([2, 3])],
        [
          [4, 6],
          [1, 1.5],
          [1, 1.5],
        ],
      ],
    ],
  },
  {
    title: 'conditions that write in place are evaluated once a test (B07)',
    code: `export function f(mode: int): [int[], int] {
      const t = torch.zeros([], { dtype: 'int64' })
      const log: int[] = []
      while (t.add_(1).item() < 7) {
        if (t.item() === 2 && mode === 1) continue
        for (let k = 0; k < 4; k++) {
          if (k === 1) continue
          else if (k > 2) break
          log.push(t.item() * 10 + k)
        }
        if (t.item() === 5) break
      }
      return [log, t.item()]
    }`,
    runs: [
      [[0], [[10, 12, 20, 22, 30, 32, 40, 42, 50, 52], 5]],
      [[1], [[10, 12, 30, 32, 40, 42, 50, 52], 5]],
    ],
  },
  {
    title: 'writes through views',
    code: "export function f(x: Tensor<'float32', [2, 3]>): Tensor { const y = x.clone(); y.select(0, 1).mul_(10); y.indexPut_([0, 2], 7); return y }",
    runs: [
      [
        [
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ],
        [
          [1, 2, 7],
          [40, 50, 60],
        ],
      ],
    ],
  },
  {
    title: 'records of tensors, returned and passed',
    code: "interface Scores { logits: Tensor; best: int }\nfunction score(x: Tensor): Scores { return { logits: x.mul(2), best: x.argmax().item() } }\nexport function f(x: Tensor<'float32', [3]>): { scores: Scores; total: float } { const scores = score(x); return { scores, total: scores.logits.sum().item() } }",
    runs: [[[tensor([1, 3, 2])], { scores: { logits: [2, 6, 4], best: 1 }, total: 12 }]],
  },
  {
    title: 'indexing by ints, slices and null',
    code: "import { slice } from 'tensorscript'\nexport function f(x: Tensor<'float32', [2, 3]>): [Tensor, Tensor, Tensor] { return [x.index([0, slice(1, 3)]), x.index(['...', null, -1]), x.at(-1)] }",
    runs: [
      [
        [
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ],
        [
          [2, 3],
          [[3], [6]],
          [4, 5, 6],
        ],
      ],
    ],
  },
]

function plain(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'toArray' in value) return (value as Tensor).toArray()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]))
}

describe.each(programs)('$title', ({ code, runs }) => {
  test.each([['uncompiled'], ['unoptimised'], ['optimised']] as const)('%s', async (mode) => {
    const f = mode === 'uncompiled' ? uncompiled(head + code, 'f') : await loaded(head + code, 'f', mode === 'optimised')
    for (const [args, result] of runs) expect(plain(f(...args))).toEqual(result)
  })
})
