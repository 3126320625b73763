/** Tracing: programs from a run on example inputs. What the build says about them is in test/trace/trace.test.ts. */
import { torch } from '../../src/index.ts'
import { compiledOnly, gives, type Program, refused, tensor } from './program.ts'

const count = (text: string, part: string): number => text.split(part).length - 1

export const tracing: readonly Program[] = [
  {
    id: 'TR01',
    checks: 'operators in a row; tuples in and out',
    source: `export const f = trace(
  (x: Tensor, y: Tensor) => [x.mul(x.add(y)).tanh().sigmoid(), [x, y]],
  [torch.tensor([0.4]), torch.tensor([0.7])],
)`,
    runs: [
      gives(({ f }) => f(tensor([1]), tensor([2])), [tensor([0.73008519]), [tensor([1]), tensor([2])]]),
      compiledOnly((_, { code }) => ['mul(x, ', 'add(x, y)', 'tanh(', 'sigmoid('].map((part) => count(code('f'), part)), [1, 1, 1, 1]),
    ],
  },
  {
    id: 'TR02',
    checks: 'arrays, tuples and Maps of tensors as inputs; a Map has values of one type',
    source: `const one = torch.ones([1])
export const f = trace(
  (d: Map<string, Tensor>, l: [Tensor, Tensor][]) => d.get('a')!.add(d.get('b')!).add(l[0][0]).add(l[1][1]),
  [new Map([['a', one], ['b', one]]), [[one, one], [one, one]]],
)
export const any = trace((x: Tensor<'float32', ['N']>) => x.mul(2).sum(), [torch.ones([3])], { checkInputs: [[torch.ones([5])]] })
export const g = trace((m: Map<string, Tensor>) => m.get('a')!.sub(m.get('b')!), [new Map([['a', one], ['b', one]])])`,
    runs: [
      gives(
        ({ f }) =>
          f(
            new Map([
              ['a', tensor([1])],
              ['b', tensor([2])],
            ]),
            [
              [tensor([3]), tensor([4])],
              [tensor([5]), tensor([6])],
            ],
          ),
        tensor([12]),
      ),
      gives(({ any }) => any(torch.ones([7])), tensor(14)),
      gives(
        ({ g }) =>
          g(
            new Map([
              ['b', tensor([5])],
              ['a', tensor([7])],
            ]),
          ),
        tensor([2]),
      ),
    ],
    refused: [
      refused(
        `const one = torch.ones([1])
const m = new Map<string, Tensor | Tensor[]>([['a', one], ['b', [one]]])
export const f = trace((d: Map<string, Tensor>) => d.get('a')!, [m])`,
        'S5005',
        "trace((d: Map<string, Tensor>) => d.get('a')!, [m])",
      ),
    ],
  },
  {
    id: 'TR04',
    checks: 'values that leave the trace: the program keeps those of the example',
    source: `export const f = trace((x: Tensor) => {
  const n = x.item() as number
  const y = x.mul(1)
  let z = y
  if (y.item()) z = [x, x.mul(4)][n]
  z.toArray(); z.dataSync(); z.view([1]).length; torch.tensor(n)
  for (const row of torch.ones([4, 4])) row.numel()
  return z.add(4)
}, [torch.tensor(1)], { checkTrace: false })`,
    runs: [gives(({ f }) => f(tensor(1)), tensor(8)), compiledOnly(({ f }) => f(tensor(2)), tensor(12))],
  },
  {
    id: 'TR05',
    checks: 'runs on further inputs must record the same program',
    source: `export const f = trace((x: Tensor) => x.neg(), [torch.ones([3, 4])], { checkInputs: [[torch.zeros([3, 4])]] })`,
    runs: [gives(({ f }) => f(torch.ones([3, 4])), tensor([...Array(3)].map(() => [-1, -1, -1, -1])))],
    refused: [
      refused(
        `export const f = trace((x: Tensor) => {
  for (let i = 0; i < x.shape[0]; i++) x = x.neg()
  return x
}, [torch.ones([3, 4])], { checkInputs: [[torch.ones([4, 4])]] })`,
        'S5002',
        'x.neg()',
        /checkInputs\[0\]/,
      ),
      refused(
        `const memory: { cache: Tensor | null } = { cache: null }
export const g = trace((x: Tensor) => {
  memory.cache ??= x.neg()
  return x.add(memory.cache)
}, [torch.ones([3, 4])])`,
        'S5002',
        'x.neg()',
        /a second run/,
      ),
    ],
  },
  {
    id: 'TR07',
    checks: 'a write through a view of an input is seen by the caller',
    source: `export const f = trace((x: Tensor) => {
  x.indexPut_([0, 1], 4)
  return x
}, [torch.zeros([2, 3])])`,
    runs: [
      gives(
        ({ f }) => {
          const x = torch.zeros([2, 3])
          return [f(x), x]
        },
        [
          tensor([
            [0, 4, 0],
            [0, 0, 0],
          ]),
          tensor([
            [0, 4, 0],
            [0, 0, 0],
          ]),
        ],
      ),
    ],
    refused: [
      refused(
        `const total = torch.zeros([2])
export const f = trace((x: Tensor) => total.add_(x), [torch.ones([2])], { checkTrace: false })`,
        'S5004',
        'trace((x: Tensor) => total.add_(x), [torch.ones([2])], { checkTrace: false })',
      ),
    ],
  },
  {
    id: 'TR08',
    checks: 'dropout of a module in training stays random; in evaluation it records nothing random',
    source: `export const f = trace((x: Tensor) => F.dropout(x, { p: 0.5, training: true }), [torch.ones([64])])
export const g = trace((x: Tensor) => F.dropout(x, { p: 0.5, training: false }), [torch.ones([4])])`,
    runs: [
      gives(
        ({ f }) =>
          f(torch.ones([64]))
            .toArray()
            .every((x: number) => x === 0 || x === 2),
        true,
      ),
      gives(({ g }) => g(torch.ones([4])), tensor([1, 1, 1, 1])),
      compiledOnly((_, { graph }) => count(graph('f'), 'aten::dropout'), 1),
    ],
  },
  {
    id: 'TR10',
    checks: 'several methods of a module; captured tensors are constants',
    source: `class Net extends nn.Module {
  conv = new nn.Conv2d(1, 1, 3)
  forward(x: Tensor): Tensor { return this.conv(x) }
  weighted(w: Tensor): Tensor { return w.mul(this.conv.weight) }
}
const n = new Net()
export const m = traceModule(n, { forward: torch.rand([1, 1, 3, 3]), weighted: torch.rand([1, 1, 3, 3]) })
const p = torch.tensor([1, 2, 3])
export const f = trace((x: Tensor) => x.add(p), [torch.rand([3])])`,
    runs: [
      gives(
        ({ m }) => [m(torch.ones([1, 1, 3, 3])).shape, m.weighted(torch.ones([1, 1, 3, 3])).shape],
        [
          [1, 1, 1, 1],
          [1, 1, 3, 3],
        ],
      ),
      gives(({ f }) => f(tensor([1, 1, 1])), tensor([2, 3, 4])),
    ],
  },
  {
    id: 'TR11',
    checks: 'script functions keep their control flow inside of a trace; script functions call traced ones',
    source: `/** @script */
function pick(x: Tensor<'float32', [2]>, y: Tensor<'float32', [2]>): Tensor {
  let r = y
  if ((x.max().item() as number) > (y.max().item() as number)) r = x
  return r
}
const larger = scriptIfTracing((x: Tensor<'float32', [2]>) => (x.sum().item() as number) > 0 ? x : x.neg())
export const t = trace((x: Tensor, y: Tensor, z: Tensor) => pick(x, y).add(z), [torch.ones([2]), torch.zeros([2]), torch.zeros([2])])
export const u = trace((x: Tensor) => larger(x), [torch.ones([2])])
export const tf = trace((x: Tensor) => x.mul(2), [torch.ones([1])])
/** @script */
export function s(x: Tensor<'float32', [1]>): Tensor { return tf(x).add(1) }`,
    runs: [
      gives(({ t }) => t(tensor([0, 0]), tensor([5, 5]), tensor([0, 0])), tensor([5, 5])),
      gives(({ t }) => t(tensor([6, 0]), tensor([5, 5]), tensor([1, 0])), tensor([7, 0])),
      gives(({ u }) => [u(tensor([1, 2])), u(tensor([-1, -2]))], [tensor([1, 2]), tensor([1, 2])]),
      gives(({ s }) => s(torch.ones([1])), tensor([3])),
    ],
  },
  {
    id: 'TR13',
    checks: 'one parameter under two names; names of arguments',
    source: `class M extends nn.Module {
  a = new nn.Parameter(torch.ones([1]))
  b = this.a
  forward(firstArg: Tensor): Tensor { return firstArg.mul(this.a).add(this.b) }
}
export const m = trace(new M(), [torch.ones([1])])
export const linear = trace(new nn.Linear(1, 1), [torch.ones([1, 1])])`,
    runs: [
      gives(({ m }) => m(tensor([2])), tensor([3])),
      compiledOnly((_, { graph }) => [count(graph('m'), 'graph(%firstArg.1'), count(graph('linear'), 'graph(%input.1')], [1, 1]),
    ],
  },
]
