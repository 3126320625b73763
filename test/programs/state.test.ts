/** What a module keeps between calls: numbers, containers and tensors, seen by all its entry points and by the host. Compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'
import { load, uncompiled } from './run.ts'

const attempt = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (error) {
    return (error as Error).message
  }
}

test('instances apart, submodules, and a throw midway', () =>
  agree(
    'state-instances',
    `class Counter extends nn.Module {
  count = 0
  readonly seen: string[] = []
  constructor(readonly step: int) { super() }
  forward(s: string): int {
    this.count += this.step
    this.seen.push(s)
    if (s === 'bad') throw new Error('bad: ' + this.count)
    this.count *= 2
    return this.count
  }
}
class Pair extends nn.Module {
  left = new Counter(1)
  right = new Counter(10)
  last: string | null = null
  forward(s: string): int {
    this.last = s
    const sum = this.left(s) + this.right(s)
    this.left.count -= 1
    return sum
  }
  /** @exported */
  state(): [int, int, string[], string | null] { return [this.left.count, this.right.count, [...this.left.seen, ...this.right.seen], this.last] }
  /** @exported */
  reset(): int {
    this.left.count = 0
    this.left.seen.length = 0
    this.right.count = 0
    this.last = null
    return this.right.seen.length
  }
}
export const a = script(new Pair())
export const b = script(new Pair())`,
    [({ a, b }) => [a('x'), a('y'), a.state(), b('z'), b.state(), attempt(() => a('bad')), a.state(), a.reset(), a.state(), a('w')]],
  ))

test('tensors in place and assigned, read by what was kept before', () =>
  agree(
    'state-tensors',
    `class Mean extends nn.Module {
  sum = this.registerBuffer('sum', torch.zeros([2]))
  last = this.registerBuffer('last', torch.ones([2]))
  n = 0
  forward(x: Tensor<'float32', [3, 2]>): Tensor {
    const before = this.sum
    const last = this.last
    for (let i = 0; i < 3; i++) this.sum.add_(x.select(0, i))
    this.n += x.shape[0]!
    this.last = x.select(0, 2).mul(2)
    return torch.stack([this.sum.div(this.n), last, before, this.last])
  }
  /** @exported */
  total(scale: float): Tensor {
    this.sum.mul_(scale)
    return this.sum.clone()
  }
}
export const m = script(new Mean())`,
    [
      ({ m }) => [
        m(
          tensor([
            [1, 2],
            [3, 4],
            [5, 6],
          ]),
        ),
        m.total(2),
        m(
          tensor([
            [0, 1],
            [0, 1],
            [0, 1],
          ]),
        ),
        m.total(0.5),
      ],
    ],
  ))

test('a running mean with momentum, trained and evaluated', () =>
  agree(
    'state-running',
    `class Norm extends nn.Module {
  mean = this.registerBuffer('mean', torch.zeros([2]))
  forward(x: Tensor<'float32', ['N', 2]>): Tensor {
    if (!this.training) return x.sub(this.mean)
    const mean = x.mean([0])
    this.mean.mul_(0.9).add_(mean, { alpha: 0.1 })
    return x.sub(mean)
  }
}
export const training = script(new Norm().train())
export const evaluating = script(new Norm().eval())`,
    [
      ({ training, evaluating }) => [
        training(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
        training(tensor([[10, 20]])),
        evaluating(tensor([[1, 1]])),
      ],
    ],
  ))

test('BatchNorm in training: the batch is normalized, running statistics are kept as PyTorch keeps them', async () => {
  const source = `class Net extends nn.Module {
  bn = new nn.BatchNorm1d(2)
  forward(x: Tensor<'float32', ['N', 2]>): Tensor { return this.bn(x) }
  /** @exported */
  mean(): Tensor { return this.bn.runningMean!.clone() }
  /** @exported */
  variance(): Tensor { return this.bn.runningVar!.clone() }
}
export const net = script(new Net().train())`
  const compile = await load('state-batch-norm', source)
  const first = [
    [1, 2],
    [3, 4],
    [5, 9],
  ]
  const second = [
    [0, 1],
    [2, 2],
  ]
  for (const make of [uncompiled(source), (await compile(false)).exports, (await compile(true)).exports]) {
    const { net } = make
    const near = (actual: { dataSync(): Iterable<number> }, expected: readonly number[]) => {
      for (const [i, x] of [...actual.dataSync()].entries()) expect(x).toBeCloseTo(expected[i]!, 5)
    }
    near(net(tensor(first)), [-1.22474265, -1.01904869, 0, -0.33968294, 1.22474241, 1.35873163])
    near(net.mean(), [0.30000001, 0.5])
    near(net.variance(), [1.29999995, 2.20000005])
    near(net(tensor(second)), [-0.99999499, -0.99997997, 0.99999499, 0.99997997])
    near(net.mean(), [0.37, 0.6])
    near(net.variance(), [1.37, 2.02999997])
  }
})

test('a map that is empty when built is read before the line that fills it; a tensor field is null until it is not', () =>
  agree(
    'state-ids',
    `class Ids extends nn.Module {
  next = 0
  names = new Map<string, int>()
  groups: Map<string, int[]> = new Map()
  last: Tensor | null = torch.ones([2])
  forward(name: string): int {
    const id = this.names.get(name) ?? this.next++
    this.names.set(name, id)
    const group = this.groups.get(name[0]!) ?? []
    group.push(id)
    this.groups.set(name[0]!, group)
    return id
  }
  /** @exported */
  all(): [Map<string, int>, Map<string, int[]>] { return [this.names, this.groups] }
  /** @exported */
  take(x: Tensor<'float32', [2]>): Tensor {
    const before = this.last
    this.last = before === null ? x : null
    return before === null ? x : before.add(x)
  }
}
export const ids = script(new Ids())`,
    [
      ({ ids }) => [ids('a'), ids('ab'), ids('a'), ids('c'), ids.all()],
      ({ ids }) => [ids.take(tensor([1, 2])), ids.take(tensor([3, 4])), ids.take(tensor([5, 6]))],
    ],
  ))

test('a cache of keys and values, written through views, other names and helper functions', () =>
  agree(
    'state-cache',
    `function accumulate(into: Tensor<'float32', [2]>, x: Tensor<'float32', [2]>): void { into.mul_(0.5).add_(x) }
function twice(t: Tensor<'float32', [2]>, x: Tensor<'float32', [2]>): void {
  accumulate(t, x)
  accumulate(t, x)
}
class Attention extends nn.Module {
  keys = this.registerBuffer('keys', torch.zeros([4, 2]))
  values = this.registerBuffer('values', torch.zeros([4, 2]))
  sum = this.registerBuffer('sum', torch.ones([2]))
  scales = [torch.ones([2]), torch.ones([2])]
  length = 0
  forward(q: Tensor<'float32', [2]>, v: Tensor<'float32', [2]>): Tensor {
    this.keys.narrow(0, this.length, 1).copy_(q.unsqueeze(0))
    const { values } = this
    values.indexPut_([this.length], v)
    twice(this.sum, q)
    this.scales[1]!.mul_(2)
    const row = this.keys.select(0, 0)
    row.add_(0.25)
    this.length++
    const weights = F.softmax(this.keys.narrow(0, 0, this.length).matmul(q), 0)
    return weights.matmul(values.narrow(0, 0, this.length)).add(this.sum).mul(this.scales[1]!)
  }
  /** @exported */
  reset(): void {
    this.length = 0
    this.keys.zero_()
  }
}
export const a = script(new Attention())`,
    [
      ({ a }) => [
        a(tensor([1, 2]), tensor([3, 4])),
        a(tensor([0.5, -1]), tensor([-3, 1])),
        a(tensor([2, 0]), tensor([1, 1])),
        a(tensor([0, 1]), tensor([2, 2])),
        attempt(() => a(tensor([0, 1]), tensor([2, 2])) && 'fits') !== 'fits',
        a.reset(),
        a(tensor([1, 1]), tensor([0, 7])),
      ],
    ],
  ))

test('fields are read and set at the host, as those of the module', () =>
  agree(
    'state-host',
    `class M extends nn.Module {
  count = 0
  names: string[] = []
  forward(name: string): int {
    this.count++
    this.names.push(name)
    return this.count
  }
}
export const m = script(new M())`,
    [
      ({ m }) => {
        const fields = m as unknown as { count: number; names: string[] }
        const seen = [m('a'), fields.count, [...fields.names]]
        fields.count = 40
        return [...seen, m('b'), fields.count, fields.names.length]
      },
    ],
  ))

test('what may not change says so', async () => {
  const refusal = async (field: string, write: string) => {
    const source = `class M extends nn.Module {
  ${field}
  forward(x: Tensor<'float32', [2]>): Tensor {
    ${write}
    return x
  }
}
export const m = script(new M())`
    return (await load('state-refused', source)
      .then((compile) => compile(true))
      .catch((error: Error) => error)) as Error
  }
  expect((await refusal('readonly c = 2', 'this.c = 3')).message).toMatch(/^S1203|readonly/)
  expect((await refusal('inner = new nn.ReLU(); other = new nn.ReLU()', 'this.inner = this.other')).message).toMatch(/S1208/)
  expect((await refusal("last = this.registerBuffer('last', torch.zeros([3]))", 'this.last = x')).message).toMatch(/S3001.*between calls/)
})
