/** Functions: defaults, options, calls across functions, rest parameters; scopes of resources; escape hatches. */
import { torch } from '../../src/index.ts'
import { gives, type Program, refused, tensor, throws } from './program.ts'

export const functions: readonly Program[] = [
  {
    id: 'V01',
    checks: 'defaults of each type, null; defaults that do not fit; a default array is made by each call',
    source: `/** @script */
export function f(x: Tensor<'float32', []>, a: float = 0.5, b: int = 10, c: int | null = null): Tensor {
  return x.add(a).add(b).add(c === null ? 0 : c)
}
/** @script */
export function fresh(x: int[] = []): int[] {
  x.push(1)
  return x
}`,
    runs: [
      gives(({ f }) => [f(tensor(0)), f(tensor(0), 1), f(tensor(0), undefined, 1, 2)].map((x) => x.item()), [10.5, 11, 3.5]),
      gives(({ fresh }) => [fresh(), fresh(), fresh([5])], [[1], [1], [5, 1]]),
    ],
    refused: [
      refused('/** @script */\nexport function e1(x: float = 10, y: int = 0.5): float { return x }', 'S2015', '0.5'),
      refused('/** @script */\nexport function e2(x: Map<string, int> = null): int { return x.size }', 'S2015', 'null'),
    ],
  },
  {
    id: 'V02',
    checks: 'arguments by name, in any order; a name that is not there',
    source: `interface Arguments { readonly a: int; readonly b: int; readonly c?: int }
function g({ a, b, c = 3 }: Arguments): int { return a * 100 + b * 10 + c }
/** @script */
export function f(): [int, int, int] { return [g({ b: 2, a: 1 }), g({ a: 1, c: 5, b: 2 }), g({ a: 7, ...{ b: 1 } })] }`,
    runs: [gives(({ f }) => f(), [123, 125, 713])],
    refused: [
      refused(
        `interface Arguments { readonly a: int; readonly b: int }
function g({ a, b }: Arguments): int { return a * 10 + b }
/** @script */
export function e3(x: int): int { return g({ a: x, bb: 2 }) }`,
        'S2013',
        'bb',
      ),
    ],
  },
  {
    id: 'V04',
    checks: 'calls across functions, functions as local values, recursion',
    source: `function a(x: Tensor): Tensor { return x.add(1) }
/** @script */
export function b(x: Tensor<'float32', [1]>): Tensor {
  const h = a
  return h(a(x))
}`,
    runs: [gives(({ b }) => b(torch.zeros([1])), tensor([2]))],
    refused: [
      refused(
        `/** @script */
export function r(x: Tensor<'float32', [1]>): Tensor { return r(x.add(1)) }`,
        'S1104',
        'r(x.add(1))',
      ),
    ],
  },
  {
    id: 'V05',
    checks: 'spread in calls, rest in destructuring and in parameters',
    source: `function g(a: Tensor, b: Tensor): Tensor { return a.add(b) }
function count(x: Tensor, ...ys: int[]): int { return ys.length + ys.reduce((a, b) => a + b, 0) }
/** @script */
export function f(x: Tensor<'float32', [1]>) {
  const t = [x, x.add(1)] as const
  const [p, ...q] = [1, 2, 3]
  return [g(...t), p, q, count(x, 4, 5), count(x)] as const
}`,
    runs: [gives(({ f }) => f(torch.zeros([1])), [tensor([1]), 1, [2, 3], 11, 0])],
  },
]

const context = `class Ctx {
  constructor(public count: int) {}
}
class Entered {
  readonly value: int
  constructor(readonly owner: Ctx) {
    owner.count += 1
    this.value = owner.count
  }
  [Symbol.dispose](): void { this.owner.count -= 1 }
}`

export const resources: readonly Program[] = [
  {
    id: 'W01',
    checks: 'leaving runs on falling through, return, break and continue, also nested',
    source: `${context}
function early(c: Ctx): int {
  using m = new Entered(c)
  if (m.value > 0) return m.value * 10
  return -1
}
/** @script */
export function f(l: int[]): [int, int, int, int] {
  const c = new Ctx(1)
  let s = 0
  {
    using m = new Entered(c)
    for (const a of l) {
      if (a === 0) break
      s += a * m.value
    }
  }
  {
    using p = new Entered(new Ctx(3)), q = new Entered(c)
    s += p.value * q.value
  }
  const before = c.count
  const e = early(c)
  return [s, before, e, c.count]
}`,
    runs: [gives(({ f }) => f([1, 2, 0, 9]), [14, 1, 20, 1])],
  },
  {
    id: 'W02',
    checks: 'leaving runs when the body throws, and the error goes on',
    source: `${context.replace('class Ctx', 'export class Ctx')}
/** @script */
export function f(x: int, c: Ctx): int {
  using m = new Entered(c)
  throw new Error('boom')
  return x
}`,
    runs: [
      throws(({ f, Ctx }) => f(1, new Ctx(1)), /^boom$/),
      gives(({ f, Ctx }) => {
        const c = new Ctx(1)
        try {
          f(1, c)
        } catch {
          return c.count
        }
        return 'nothing thrown'
      }, 1),
    ],
  },
]

export const escapeHatches: readonly Program[] = [
  {
    id: 'SC01',
    checks: 'isScripting prunes the other arm; an assertion on it ends what is compiled',
    source: `/** @script */
export function f(): int {
  if (isScripting()) return 1
  else return (console.log('hello') as unknown as int) + 2
}
/** @script */
export function g(): void {
  assert(!isScripting(), 'TestErrorMsg')
  ;(console.log('hello') as unknown as int) + 2
}`,
    runs: [
      { only: 'compiled', call: ({ f }) => f(), gives: 1 },
      { only: 'compiled', ...throws(({ g }) => g(), /^TestErrorMsg$/) },
    ],
  },
  {
    id: 'SC02',
    checks: 'literals, constant fields and known types prune arms',
    source: `/** @script */
export function f() {
  if (true) return 1
  else return '2'
}
/** @script */
export function g(x: int): int {
  if (typeof x === 'number') return x + 1
  else return x - 'nope'
}
class M extends nn.Module {
  readonly val: boolean
  constructor(v: boolean) {
    super()
    this.val = v
  }
  forward(): int | string {
    if (this.val) return 1
    else return '2'
  }
}
export const yes = script(new M(true))
export const no = script(new M(false))`,
    runs: [gives(({ f, g, yes, no }) => [f(), g(1), yes(), no()], [1, 2, 1, '2'])],
  },
  {
    id: 'SC04',
    checks: 'a function that stays at the host, with declared inputs and outputs',
    source: `export const host = ignore((a: int, b: int): [int, int] => {
  const l = Array.from({ length: a }, (_, i) => i).filter((i) => i > 2).map(() => 2)
  return [l[0] + a + b, 9]
})
/** @script */
export function f(x: Tensor<'float32', [1]>): int {
  const [c, d] = host(4, 5)
  return c + d
}`,
    runs: [gives(({ f }) => f(torch.ones([1])), 20)],
  },
  {
    id: 'SC05',
    checks: 'without compilation every mark passes through, with equal results',
    source: `export const f = script((x: Tensor<'float32', [1]>): Tensor => {
  for (const i of range(3)) x = x.add(x)
  return x
})`,
    runs: [gives(({ f }) => f(torch.ones([1])), tensor([8]))],
  },
]
