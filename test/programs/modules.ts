/** Modules: submodules, methods, attributes and state. */
import { torch } from '../../src/index.ts'
import { gives, type Program, tensor } from './program.ts'

export const modules: readonly Program[] = [
  {
    id: 'M01',
    checks: 'submodules and helper methods; only what is reached is compiled',
    source: `class Other extends nn.Module {
  p = new nn.Parameter(torch.ones([2]))
  some(x: Tensor): Tensor { return x.add(10) }
  unused(x: any) { try { return JSON.parse(x) } catch { return eval(x) } }
  forward(x: Tensor): Tensor { return this.some(x).add(this.p) }
}
class M extends nn.Module {
  other = new Other()
  forward(x: Tensor<'float32', [2]>): Tensor { return this.other(x).mul(2) }
}
export const m = script(new M())`,
    runs: [gives(({ m }) => m(torch.zeros([2])), tensor([22, 22]))],
  },
  {
    id: 'M02',
    checks: 'an exported method is an entry point',
    source: `class M extends nn.Module {
  /** @exported */
  other(x: Tensor<'float32', [1]>): Tensor { return this.helper(x).add(1) }
  helper(x: Tensor): Tensor { return x.add(10) }
  forward(x: Tensor<'float32', [1]>): Tensor { return x }
}
export const m = script(new M())`,
    runs: [gives(({ m }) => [m.other(torch.zeros([1])), m(torch.ones([1]))], [tensor([11]), tensor([1])])],
  },
  {
    id: 'M04',
    checks: 'attributes of every kind change and keep their values between calls',
    source: `class M extends nn.Module {
  table = new Map<string, int>()
  words: string[] = []
  pair: readonly [int, string] = [1, 'a']
  maybe: int | null = null
  n: int = 0
  forward(k: string): int {
    this.n += 1
    this.words.push(k)
    this.table.set(k, this.n)
    this.pair = [this.n, k]
    this.maybe = this.n
    return this.words.length
  }
  /** @exported */
  state() { return [this.table, this.words, this.pair, this.maybe, this.n] as const }
}
export const m = script(new M())`,
    runs: [
      gives(
        ({ m }) => [m('x'), m('y'), m.state()],
        [
          1,
          2,
          [
            new Map([
              ['x', 1],
              ['y', 2],
            ]),
            ['x', 'y'],
            [2, 'y'],
            2,
            2,
          ],
        ],
      ),
    ],
  },
  {
    id: 'M05',
    checks: 'an empty array as a field',
    source: `class B extends nn.Module {
  x: int[] = []
  forward(v: int[]): int {
    this.x = v
    return 1
  }
  /** @exported */
  sum(): int { return this.x.reduce((a, b) => a + b, 0) }
}
export const m = script(new B())`,
    runs: [gives(({ m }) => [m.sum(), m([1, 2]), m.sum()], [0, 1, 3])],
  },
  {
    id: 'M07',
    checks: 'a submodule that is null is known to be',
    source: `class M extends nn.Module {
  readonly down: nn.ReLU | null
  constructor(d: boolean) {
    super()
    this.down = d ? new nn.ReLU() : null
  }
  forward(x: Tensor<'float32', [1]>): Tensor {
    if (this.down !== null) x = this.down(x)
    return x
  }
}
export const withDown = script(new M(true))
export const without = script(new M(false))`,
    runs: [gives(({ withDown, without }) => [withDown(tensor([-1])), without(tensor([-1]))], [tensor([0]), tensor([-1])])],
  },
  {
    id: 'M08',
    checks: 'the training flag decides when it is built; a buffer that is written keeps its value',
    source: `class M extends nn.Module {
  run = this.registerBuffer('run', torch.zeros([1]))
  forward(x: Tensor<'float32', [2]>): Tensor {
    if (this.training) this.run.add_(x.sum())
    return x.sub(this.run)
  }
  /** @exported */
  state(): Tensor { return this.run.clone() }
}
export const training = script(new M().train())
export const evaluating = script(new M().eval())`,
    runs: [
      gives(
        ({ training, evaluating }) => [
          training(torch.ones([2])),
          training.state(),
          training(torch.ones([2])),
          evaluating(torch.ones([2])),
          evaluating.state(),
        ],
        [tensor([-1, -1]), tensor([2]), tensor([-3, -3]), tensor([1, 1]), tensor([0])],
      ),
    ],
  },
]

export const containers: readonly Program[] = [
  {
    id: 'M10',
    checks: 'a Sequential whose types change; iteration; layers by name',
    source: `class A extends nn.Module {
  forward(x: Tensor): Tensor { return x.add(3) }
}
class B extends nn.Module {
  forward(x: Tensor): Map<string, Tensor> { return new Map([['1', x]]) }
}
class M extends nn.Module {
  f = new nn.Sequential(new A(), new B())
  g = { a: new nn.ReLU(), b: new nn.Tanh() }
  forward(x: Tensor<'float32', [1]>): [Map<string, Tensor>, Tensor, Tensor] {
    let y: Tensor = x
    for (const m of Object.values(this.g)) y = m(y)
    return [this.f(x), y, this.g.a(x)]
  }
}
export const m = script(new M())`,
    runs: [gives(({ m }) => m(torch.zeros([1])), [new Map([['1', tensor([3])]]), tensor([0]), tensor([0])])],
  },
  {
    id: 'M11',
    checks: 'lists of modules: entries, two at a time, map, an empty one; the loop variable is scoped to its block',
    source: `class Inner extends nn.Module {
  forward(x: Tensor): Tensor { return x.add(10) }
}
class M extends nn.Module {
  ms: nn.ModuleList<Inner>
  ns: nn.ModuleList<nn.ReLU>
  constructor(n: int) {
    super()
    this.ms = new nn.ModuleList(Array.from({ length: n }, () => new Inner()))
    this.ns = new nn.ModuleList(Array.from({ length: n }, () => new nn.ReLU()))
  }
  forward(x: Tensor<'float32', []>): [int, Tensor[], int] {
    let i = 0
    for (const [k, a] of [...this.ms].entries()) {
      for (const [l, b] of [...this.ns].entries()) if (k === l) i += k + Math.trunc(a(b(x)).item())
    }
    return [i, [...this.ms].map((q) => q(x)), this.ms.length]
  }
}
class Rebind extends nn.Module {
  ms = new nn.ModuleList([new Inner(), new nn.ReLU()])
  forward(x: Tensor<'float32', []>): Tensor[] {
    for (const m of this.ms) x = m(x)
    return [...this.ms].map((m) => m(x))
  }
}
export const two = script(new M(2))
export const none = script(new M(0))
export const rebind = script(new Rebind())`,
    runs: [
      gives(({ two }) => two(tensor(-1)), [21, [tensor(9), tensor(9)], 2]),
      gives(({ none }) => none(tensor(-1)), [0, [], 0]),
      gives(({ rebind }) => rebind(tensor(-1)), [tensor(19), tensor(9)]),
    ],
  },
  {
    id: 'M13',
    checks: 'a subscript of a list of modules that is known when the program runs',
    source: `interface Layer { (x: Tensor): Tensor }
class A extends nn.Module {
  constructor(readonly k: int) { super() }
  forward(x: Tensor): Tensor { return x.mul(this.k) }
}
class M extends nn.Module {
  l = new nn.ModuleList([new A(1), new A(2)])
  d = new nn.ModuleDict({ a: new A(3), b: new A(4) })
  forward(x: Tensor<'float32', [2]>, i: int, k: string): [Tensor, Tensor] {
    return [this.l.at(i)(x), this.d.get(k)(x)]
  }
}
export const m = script(new M())`,
    runs: [
      gives(({ m }) => m(torch.ones([2]), 1, 'a'), [tensor([2, 2]), tensor([3, 3])]),
      { only: 'compiled', call: ({ m }) => m(torch.ones([2]), 5, 'a'), throws: { type: RangeError, message: /5/ } },
    ],
  },
  {
    id: 'M14',
    checks: 'lists and records of parameters',
    source: `class M extends nn.Module {
  ps = new nn.ParameterList([0, 1, 2].map(() => new nn.Parameter(torch.ones([1]))))
  pd = new nn.ParameterDict({ k: new nn.Parameter(torch.ones([1])) })
  forward(x: Tensor<'float32', [1]>): Tensor {
    for (const p of this.ps) x = x.add(p)
    return x.add(this.ps.at(0)).add(this.pd.get('k'))
  }
}
export const m = script(new M())`,
    runs: [gives(({ m }) => m(torch.zeros([1])), tensor([5]))],
  },
]

export const interfaces: readonly Program[] = [
  {
    id: 'I01',
    checks: 'calls through an interface; a class that does not fit it',
    source: `interface OneTwo {
  one(x: Tensor, y: Tensor): Tensor
  two(x: Tensor): Tensor
}
class Foo extends nn.Module implements OneTwo {
  one(x: Tensor, y: Tensor): Tensor { return x.add(y) }
  two(x: Tensor): Tensor { return x.mul(2) }
  forward(x: Tensor): Tensor { return this.one(this.two(x), x) }
}
function through(m: OneTwo, x: Tensor): Tensor { return m.two(m.one(x, x)) }
class W extends nn.Module {
  p: OneTwo
  constructor(q: OneTwo) {
    super()
    this.p = q
  }
  forward(x: Tensor<'float32', [1]>): Tensor { return through(this.p, x) }
}
export const m = script(new W(new Foo()))`,
    runs: [gives(({ m }) => m(torch.ones([1])), tensor([4]))],
    refused: [
      {
        source: `interface OneTwo {
  one(x: Tensor, y: Tensor): Tensor
  two(x: Tensor): Tensor
}
class Bad extends nn.Module {
  one(x: Tensor, y: int): Tensor { return x }
  two(x: Tensor): Tensor { return x }
  forward(x: Tensor): Tensor { return x }
}
function through(m: OneTwo, x: Tensor): Tensor { return m.two(m.one(x, x)) }
class W extends nn.Module {
  p: OneTwo
  constructor(q: OneTwo) {
    super()
    this.p = q
  }
  forward(x: Tensor<'float32', [1]>): Tensor { return through(this.p, x) }
}
export const m = script(new W(new Bad() as unknown as OneTwo))`,
        code: 'S2015',
        at: 'x',
      },
    ],
  },
  {
    id: 'I02',
    checks: 'what stands behind an interface may be replaced before the build by what fits it, and by nothing else',
    source: `interface I { forward(x: Tensor): Tensor }
class A extends nn.Module {
  forward(x: Tensor): Tensor { return x.add(1) }
}
class B extends nn.Module {
  forward(x: Tensor): Tensor { return x.mul(10) }
}
class M extends nn.Module {
  p: I = new A()
  forward(x: Tensor<'float32', [1]>): Tensor { return this.p.forward(x) }
}
export const m = script(new M())
const other = new M()
other.p = new B()
export const swapped = script(other)`,
    runs: [gives(({ m, swapped }) => [m(torch.ones([1])), swapped(torch.ones([1]))], [tensor([2]), tensor([10])])],
    refused: [
      {
        source: `interface I { forward(x: Tensor): Tensor }
class C extends nn.Module {
  forward(x: int): int { return x }
}
class M extends nn.Module {
  p: I = new C() as unknown as I
  forward(x: Tensor<'float32', [1]>): Tensor { return this.p.forward(x) }
}
export const m = script(new M())`,
        code: 'S2015',
        at: 'x',
      },
    ],
  },
]
