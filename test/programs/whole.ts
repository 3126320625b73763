/** Whole programs: fork and wait, frozen modules, inspection, optimiser passes, and the types that are left. */
import { torch } from '../../src/index.ts'
import { compiledOnly, gives, type Program, refused, tensor, throws } from './program.ts'

const count = (text: string, part: string): number => text.split(part).length - 1

export const forks: readonly Program[] = [
  {
    id: 'A01',
    checks: 'fork of functions, options, several waits on one future, lists of futures',
    source: `function foo(x: Tensor, k: int = 1): Tensor { return x.neg().mul(k) }
/** @script */
export function f(x: Tensor<'float32', [1]>): [Tensor, Tensor, Tensor[]] {
  const a = fork(foo, x)
  const b = fork(foo, x, 3)
  const fs = range(3).map((i) => fork(foo, x, i))
  const r = fs.map((q) => wait(q))
  return [wait(a).add(wait(a)), wait(b), r]
}`,
    runs: [gives(({ f }) => f(torch.ones([1])), [tensor([-2]), tensor([-3]), [tensor([-0]), tensor([-1]), tensor([-2])]])],
  },
  {
    id: 'A02',
    checks: 'nested forks, tuples as results, the state of a module',
    source: `class Sub extends nn.Module {
  c = new nn.Parameter(torch.ones([1]))
  forward(x: Tensor): [Tensor, Tensor] { return [x.add(this.c), x] }
}
class M extends nn.Module {
  s = new Sub()
  inner(x: Tensor): [Tensor, Tensor] {
    const q = fork(this.s, x)
    return wait(q)
  }
  forward(x: Tensor<'float32', [1]>): [Tensor, Tensor] {
    const f = fork((v: Tensor) => this.inner(v), x)
    const [a, b] = wait(f)
    return [a.detach(), b]
  }
}
export const m = script(new M())`,
    runs: [gives(({ m }) => m(torch.zeros([1])), [tensor([1]), tensor([0])])],
  },
  {
    id: 'A04',
    checks: 'the type of a future',
    source: `function r(x: int): int { return x + x + 1 }
function ok(x: int): Future<int> { return fork(r, x) }
/** @script */
export function f(x: int): int { return ok(x).wait() }`,
    runs: [gives(({ f }) => f(3), 7)],
    refused: [
      refused(
        `function r(x: int): int { return x + x + 1 }
function bad(x: int): Future<string> { return fork(r, x) }
/** @script */
export function f(x: int): string { return wait(bad(x)) }`,
        'S2015',
        'fork(r, x)',
      ),
    ],
  },
  {
    id: 'A05',
    checks: 'a fork that is waited for at once; a value that is computed when it is asked for',
    source: `function foo(x: Tensor): Tensor { return x.neg() }
/** @script */
export function t(x: Tensor<'float32', [1]>): Tensor { return wait(fork(foo, x)).add(1) }
function delayed(x: Tensor): Tensor { return x.add(1).mul(2) }
/** @script */
export function g(x: Tensor<'float32', [1]>): Tensor {
  const later = () => delayed(x)
  const y = later()
  return y.add(x)
}`,
    runs: [gives(({ t, g }) => [t(torch.ones([1])), g(torch.ones([1]))], [tensor([0]), tensor([5])])],
  },
]

export const freezing: readonly Program[] = [
  {
    id: 'F01',
    checks: 'attributes that nothing writes are constants of the program',
    source: `class Sub extends nn.Module {
  a: int = 11
  forward(x: Tensor): int { return this.a }
}
class M extends nn.Module {
  s = new Sub()
  b: float = 1.5
  c = 'hello'
  d = [1, 2]
  e: readonly [int[], float] = [[1], 3.2]
  f = new Map([['k', [torch.tensor([7])]]])
  t = torch.ones([2])
  forward(x: Tensor<'float32', [2]>): [string, Tensor, float, Tensor] {
    return [this.c + String(this.s(x)), x.add(this.t.mul(this.b)).add(this.d[1]), this.e[1], this.f.get('k')![0]]
  }
}
export const m = script(new M().eval())`,
    runs: [
      gives(({ m }) => m(torch.zeros([2])), ['hello11', tensor([3.5, 3.5]), 3.2, tensor([7])]),
      compiledOnly((_, { graph }) => graph('m').includes('GetAttr'), false),
    ],
  },
  {
    id: 'F02',
    checks: 'attributes that are written keep their values between calls',
    source: `class M extends nn.Module {
  a = [1]
  d = new Map([['x', 1]])
  n = this.registerBuffer('n', torch.zeros([1]))
  k: int = 5
  forward(x: int): [int[], Map<string, int>, Tensor] {
    this.a.push(x)
    this.d.set('x', this.d.get('x')! + 1)
    this.n.add_(1)
    return [[...this.a], new Map(this.d), this.n.add(this.k)]
  }
}
export const z = script(new M().eval())`,
    runs: [
      gives(
        ({ z }) => [z(1), z(2)],
        [
          [[1, 1], new Map([['x', 2]]), tensor([6])],
          [[1, 1, 2], new Map([['x', 3]]), tensor([7])],
        ],
      ),
    ],
  },
]

export const inspection: readonly Program[] = [
  {
    id: 'SV02',
    checks: '.code is source that compiles to the same code; the graph of a program has no calls',
    source: `function g(x: Tensor): Tensor { return x.mul(2) }
/** @script */
export function f(x: Tensor<'float32', [1]>, n: int): Tensor {
  for (let i = 0; i < n; i++) {
    if (i % 2 === 0) x = g(x)
    else x = x.add(1)
  }
  return x
}`,
    runs: [
      gives(({ f }) => [f(tensor([1]), 3), f(tensor([1]), 0)], [tensor([6]), tensor([1])]),
      compiledOnly((_, { graph }) => ['prim::If', 'prim::Loop', 'CallFunction'].map((op) => count(graph('f'), op)), [1, 1, 0]),
      compiledOnly(async (_, { code, compile }) => (await compile(`/** @script */ export ${code('f')}`)).code('f') === code('f'), true),
    ],
  },
]

export const optimiser: readonly Program[] = [
  {
    id: 'OP01',
    checks: 'common subexpressions are computed once, and results never share memory',
    source: `/** @script */
export function f(x: Tensor<'float32', [3]>, y: Tensor<'float32', [3]>): Tensor {
  const w = x.add(y).mul(x.add(y)).mul(x.add(y))
  const t = torch.tanh(w).add(torch.tanh(w))
  return x.add(y).mul(x.add(y)).mul(x.add(y)).add(t)
}
/** @script */
export function g(x: Tensor<'float32', [3]>): [Tensor, Tensor] { return [x.add(x), x.add(x)] }`,
    runs: [
      gives(({ f }) => f(tensor([0, 1, 2]), tensor([0, 0, 1])), tensor([0, 1 + 2 * Math.tanh(1), 27 + 2 * Math.tanh(27)])),
      gives(
        ({ g }) => {
          const [a, b] = g(tensor([1, 2, 3]))
          a.add_(1)
          return b
        },
        tensor([2, 4, 6]),
      ),
    ],
  },
  {
    id: 'OP02',
    checks: 'constants fold through branches and loops; random numbers, prints and errors stay',
    source: `/** @script */
export function f(): int {
  const a = 2
  let b: int
  if (a > 1) b = a * 10
  else b = 0
  for (let i = 0; i < 2; i++) b += 1
  return b
}
/** @script */
export function p(): int {
  console.log('x')
  return 1 + 1
}
/** @script */
export function rnd(): Tensor { return torch.rand([1]) }
/** @script */
export function e(c: boolean): int {
  if (c) throw new Error('z')
  return 3
}`,
    runs: [
      gives(({ f }) => f(), 22),
      { call: ({ p }) => p(), gives: 2, prints: [['x']] },
      gives(({ rnd }) => new Set([rnd().item(), rnd().item()]).size, 2),
      gives(({ e }) => e(false), 3),
      throws(({ e }) => e(true), /^z$/),
    ],
  },
  {
    id: 'OP04',
    checks: 'loops of known and unknown length',
    source: `/** @script */
export function f(): int {
  let y = 0
  for (let i = 0; i < 10; i++) y -= i
  return y
}
/** @script */
export function g(x: Tensor<'int64', []>): int {
  let y = 0
  for (const i of range(x.item())) y -= i
  return y
}`,
    runs: [gives(({ f, g }) => [f(), g(tensor(21, 'int64'))], [-45, -210])],
  },
  {
    id: 'OP05',
    checks: 'arrays that grow and tensors that are filled in place',
    source: `/** @script */
export function f(): int[] {
  const x: int[] = []
  x.push(1)
  x.push(2)
  return x
}
/** @script */
export function g(): Tensor {
  const x = torch.ones([2])
  x.zero_()
  return x
}`,
    runs: [gives(({ f, g }) => [f(), g()], [[1, 2], tensor([0, 0])])],
  },
]

export const misc: readonly Program[] = [
  {
    id: 'Y01',
    checks: 'complex numbers as objects, infinities',
    source: `interface Complex { readonly re: float; readonly im: float }
const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im })
const mul = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re })
/** @script */
export function c(a: Complex, b: Complex) {
  return [add(a, b), mul(a, b), a.re === b.re && a.im === b.im, Math.hypot(a.re, a.im)] as const
}
/** @script */
export function i() { return [Infinity > 1e308, Infinity, NaN === NaN] as const }`,
    runs: [
      gives(({ c }) => c({ re: 3, im: 4 }, { re: 0, im: 1 }), [{ re: 3, im: 5 }, { re: -4, im: 3 }, false, 5]),
      gives(({ i }) => i(), [true, Number.POSITIVE_INFINITY, false]),
    ],
  },
  {
    id: 'Y02',
    checks: 'dtypes and devices as values, conversions',
    source: `/** @script */
export function f(x: Tensor<'float32', [1]>) {
  return [x.dtype === 'float32', x.device === 'cpu', x.to('int64'), x.to('int32').dtype === 'int32',
    x.typeAs(torch.ones([1], { dtype: 'int32' })), x.isFloatingPoint()] as const
}`,
    runs: [gives(({ f }) => f(torch.ones([1])), [true, true, tensor([1], 'int64'), true, tensor([1], 'int32'), true])],
  },
  {
    id: 'Y04',
    checks: 'factories, the dtypes they give, a seed',
    source: `/** @script */
export function f() {
  return [torch.tensor([1, 2]).dtype, torch.tensor([1.5]).dtype, torch.tensor(true).dtype, torch.tensor([[1], [2]]).shape,
    torch.zeros([2, 3]).shape, torch.full([2], 7, { dtype: 'int64' }), torch.arange(1, 7, 2), torch.eye(2)] as const
}
/** @script */
export function r(): boolean {
  torch.manualSeed(2)
  const first = torch.rand([1])
  torch.manualSeed(2)
  return first.eq(torch.rand([1])).all().item()
}`,
    runs: [
      gives(
        ({ f }) => f(),
        [
          'float32',
          'float32',
          'bool',
          [2, 1],
          [2, 3],
          tensor([7, 7], 'int64'),
          tensor([1, 3, 5], 'int64'),
          tensor([
            [1, 0],
            [0, 1],
          ]),
        ],
      ),
      gives(({ r }) => r(), true),
    ],
  },
]
