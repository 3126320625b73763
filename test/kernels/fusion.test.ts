/** Fusion keeps every result, and makes the kernels that it should: one source program a case, run by the interpreter before and after. */
import { describe, expect, test } from 'vitest'
import { interpretSegment } from './interpretStages.ts'
import { sampleInputs, segmentOfBody } from './segments.ts'

interface Case {
  readonly name: string
  readonly parameters: string
  readonly body: string
  /** Kinds of the stages after fusion. */
  readonly stages: readonly string[]
}

const x = (shape: string, dtype = 'float32'): string => `x: Tensor<'${dtype}', ${shape}>`

const cases: readonly Case[] = [
  { name: 'a chain of pointwise operators', parameters: x('[3, 5]'), body: 'return torch.exp(x.mul(2).add(1)).sub(x)', stages: ['loop'] },
  {
    name: 'broadcasting',
    parameters: `${x('[3, 5]')}, b: Tensor<'float32', [5]>, c: Tensor<'float32', [3, 1]>`,
    body: 'return x.mul(b).add(c)',
    stages: ['loop'],
  },
  {
    name: 'bias and activation after a product',
    parameters: `${x('[4, 6]')}, w: Tensor<'float32', [5, 6]>, b: Tensor<'float32', [5]>`,
    body: 'return F.relu(F.linear(x, w, b))',
    stages: ['gemm'],
  },
  {
    name: 'gelu after a product',
    parameters: `${x('[4, 6]')}, w: Tensor<'float32', [5, 6]>, b: Tensor<'float32', [5]>`,
    body: 'return F.gelu(F.linear(x, w, b))',
    stages: ['gemm'],
  },
  {
    name: 'a residual sum after a product of three dims',
    parameters: `${x('[2, 3, 6]')}, w: Tensor<'float32', [6, 6]>`,
    body: 'return F.linear(x, w).add(x)',
    stages: ['gemm'],
  },
  {
    name: 'a cache that is extended and read',
    parameters: `past: Tensor<'float32', [2, 3, 4]>, now: Tensor<'float32', [2, 1, 4]>`,
    body: 'const k = torch.cat([past, now.mul(2)], 1)\nreturn [k.matmul(now.transpose(1, 2)), torch.cat([k, past], 1)] as [Tensor, Tensor]',
    stages: ['loop', 'loop', 'gemm', 'loop'],
  },
  {
    name: 'a result that is pooled and concatenated',
    parameters: `${x('[2, 3, 4, 4]')}, w: Tensor<'float32', [5, 3, 3, 3]>`,
    body: "const y = F.relu(F.conv2d(x, w, null, { padding: 'same' }))\nreturn [F.maxPool2d(y, 2), torch.cat([y, x], 1).mul(2).sum()] as [Tensor, Tensor]",
    stages: ['loop', 'conv', 'pool', 'loop', 'loop', 'loop'],
  },
  { name: 'softmax', parameters: x('[3, 7]'), body: 'return F.softmax(x, 1)', stages: ['row'] },
  { name: 'softmax of one row', parameters: x('[1, 7]'), body: 'return F.softmax(x, 1)', stages: ['row'] },
  {
    name: 'softmax over a middle dim',
    parameters: x('[2, 3, 4]'),
    body: 'return F.softmax(x, 1)',
    stages: ['loop', 'loop', 'loop', 'loop'],
  },
  {
    name: 'log-softmax behind a linear layer',
    parameters: `${x('[4, 6]')}, w: Tensor<'float32', [5, 6]>`,
    body: 'return F.logSoftmax(F.linear(x, w), 1)',
    stages: ['gemm', 'row'],
  },
  {
    name: 'layer norm',
    parameters: `${x('[2, 3, 8]')}, w: Tensor<'float32', [8]>, b: Tensor<'float32', [8]>`,
    body: 'return F.layerNorm(x, [8], w, b)',
    stages: ['row'],
  },
  {
    name: 'layer norm of a residual',
    parameters: `${x('[4, 8]')}, y: Tensor<'float32', [4, 8]>, w: Tensor<'float32', [8]>, b: Tensor<'float32', [8]>`,
    body: 'return F.layerNorm(x.add(y), [8], w, b)',
    stages: ['row'],
  },
  {
    name: 'convolution with bias, batch norm and relu',
    parameters: `${x('[2, 3, 6, 6]')}, w: Tensor<'float32', [4, 3, 3, 3]>, b: Tensor<'float32', [4]>, m: Tensor<'float32', [4]>, v: Tensor<'float32', [4]>`,
    body: 'return F.relu(F.batchNorm(F.conv2d(x, w, b, { padding: 1 }), m, v.abs()))',
    stages: ['loop', 'loop', 'conv', 'loop'],
  },
  {
    name: 'two convolutions with a pool between',
    parameters: `${x('[1, 1, 8, 8]')}, w: Tensor<'float32', [4, 1, 3, 3]>, v: Tensor<'float32', [3, 4, 3, 3]>`,
    body: 'return F.conv2d(F.maxPool2d(F.relu(F.conv2d(x, w, null, { padding: 1 })), 2), v).sum()',
    stages: ['conv', 'pool', 'conv', 'loop'],
  },
  {
    name: 'a 1x1 convolution between others is a product',
    parameters: `${x('[1, 2, 5, 5]')}, w: Tensor<'float32', [4, 2, 3, 3]>, v: Tensor<'float32', [3, 4, 1, 1]>, b: Tensor<'float32', [3]>`,
    body: 'return F.relu(F.conv2d(F.relu(F.conv2d(x, w)), v, b)).mean([2, 3])',
    stages: ['loop', 'conv', 'gemm', 'loop'],
  },
  {
    name: 'a residual block',
    parameters: `${x('[1, 4, 5, 5]')}, w: Tensor<'float32', [4, 4, 3, 3]>, v: Tensor<'float32', [4, 4, 3, 3]>`,
    body: 'const y = F.relu(F.conv2d(x, w, null, { padding: 1 }))\n  return F.relu(F.conv2d(y, v, null, { padding: 1 }).add(x)).sum([1])',
    stages: ['loop', 'conv', 'conv', 'loop'],
  },
  {
    name: 'flatten into a linear layer',
    parameters: `${x('[2, 3, 4, 4]')}, w: Tensor<'float32', [5, 3, 3, 3]>, v: Tensor<'float32', [6, 20]>`,
    body: 'return F.linear(torch.flatten(F.conv2d(x, w), 1), v)',
    stages: ['loop', 'conv', 'loop', 'gemm'],
  },
  { name: 'average pool with padding', parameters: x('[2, 3, 7, 7]'), body: 'return F.avgPool2d(x, 3, 2, 1).mul(2)', stages: ['pool'] },
  {
    name: 'average pool that does not count its padding',
    parameters: x('[2, 3, 7, 7]'),
    body: 'return F.avgPool2d(x, 3, 2, 1, false, false)',
    stages: ['pool'],
  },
  { name: 'max pool without batch', parameters: x('[3, 7, 7]'), body: 'return F.relu(F.maxPool2d(x, 3, 2, 1))', stages: ['pool'] },
  {
    name: 'concatenation writes into slices',
    parameters: `${x('[2, 3]')}, y: Tensor<'float32', [2, 4]>`,
    body: 'return torch.cat([x.mul(2), torch.relu(y)], 1)',
    stages: ['loop', 'loop'],
  },
  {
    name: 'attention with heads reads and writes them in place',
    parameters: `${x('[2, 5, 8]')}, k: Tensor<'float32', [2, 5, 8]>, v: Tensor<'float32', [2, 5, 8]>`,
    body: `const q = x.reshape([2, 5, 2, 4]).transpose(1, 2)
  const s = k.reshape([2, 5, 2, 4]).transpose(1, 2)
  const t = v.reshape([2, 5, 2, 4]).transpose(1, 2)
  const y = torch.matmul(F.softmax(torch.matmul(q, s.transpose(2, 3)).div(2), -1), t)
  return y.transpose(1, 2).reshape([2, 5, 8])`,
    stages: ['gemm', 'row', 'gemm'],
  },
  {
    name: 'slices of one buffer written from a row program',
    parameters: `${x('[1, 5]')}`,
    body: 'const y = F.layerNorm(x, [5])\n  return torch.cat([F.softmax(y, 1), y.slice(1, 0, 2)], 1).sum([0])',
    stages: ['row'],
  },
  {
    name: 'stack',
    parameters: `${x('[2, 3]')}, y: Tensor<'float32', [2, 3]>`,
    body: 'return torch.stack([x, y.exp()], 1)',
    stages: ['loop', 'loop'],
  },
  {
    name: 'views cost nothing',
    parameters: x('[2, 3, 4]'),
    body: 'return x.permute([2, 0, 1]).reshape([4, 6]).t().unsqueeze(0).add(1)',
    stages: ['loop'],
  },
  {
    name: 'split and put together again',
    parameters: x('[4, 6]'),
    body: 'const [a, b] = x.chunk(2, 1)\n  return a.mul(b.sigmoid())',
    stages: ['loop'],
  },
  {
    name: 'slices with steps',
    parameters: x('[6, 6]'),
    body: 'return x.exp().slice(0, 1, 6, 2).add(x.slice(0, 0, 5, 2))',
    stages: ['loop'],
  },
  {
    name: 'gather from what was computed',
    parameters: `${x('[5, 4]')}, i: Tensor<'int64', [3]>`,
    body: 'return F.embedding(i, x).mul(2)',
    stages: ['loop'],
  },
  {
    name: 'one producer, two results',
    parameters: x('[3, 4]'),
    body: 'const y = x.exp()\n  return [y.sum(), y.add(1)] as [Tensor, Tensor]',
    stages: ['row'],
  },
  { name: 'argmax over rows', parameters: x('[4, 9]'), body: 'return x.mul(-1).argmax(1)', stages: ['loop'] },
  { name: 'variance', parameters: x('[4, 9]'), body: 'return x.var(1)', stages: ['row'] },
  { name: 'a sum over the first dim', parameters: x('[4, 9]'), body: 'return x.mul(x).sum([0]).sqrt()', stages: ['loop'] },
  {
    name: 'attention',
    parameters: `q: Tensor<'float32', [2, 5, 4]>, k: Tensor<'float32', [2, 5, 4]>, v: Tensor<'float32', [2, 5, 4]>`,
    body: 'return torch.bmm(F.softmax(torch.bmm(q, k.transpose(1, 2)).div(2), -1), v)',
    stages: ['gemm', 'row', 'gemm'],
  },
  {
    name: 'silu many times does not explode',
    parameters: x('[8]'),
    body: 'return F.silu(F.silu(F.silu(F.silu(F.silu(F.silu(F.silu(x)))))))',
    stages: ['loop'],
  },
  {
    name: 'integers',
    parameters: `a: Tensor<'int64', [3, 4]>, b: Tensor<'int64', [4, 2]>`,
    body: 'return torch.mm(a, b).add(1)',
    stages: ['loop'],
  },
  { name: 'the input itself', parameters: x('[3]'), body: 'return [x.add(1), x] as [Tensor, Tensor]', stages: ['loop'] },
  {
    name: 'one value returned twice',
    parameters: x('[3]'),
    body: 'const y = x.add(1)\n  return [y, y.reshape([3, 1])] as [Tensor, Tensor]',
    stages: ['loop', 'loop'],
  },
]

describe('fused segments compute what unfused ones do', () => {
  test.each(cases)('$name', ({ parameters, body, stages }) => {
    const { plain, fused, program } = segmentOfBody(parameters, body)
    const inputs = sampleInputs(plain)
    const expected = interpretSegment(plain, inputs, program.constants)
    const actual = interpretSegment(fused, inputs, program.constants)
    expect(expected.flatMap((data) => [...data]).some(Number.isNaN)).toBe(false)
    for (const [i, data] of actual.entries()) {
      expect(data.length).toBe(expected[i]!.length)
      data.forEach((value, at) => {
        expect(value).toBeCloseTo(expected[i]![at]!, 4)
      })
    }
    expect(fused.stages.map(({ kind }) => kind)).toEqual(stages)
  })
})

describe('symbolic dims', () => {
  const symbolic: readonly Case[] = [
    {
      name: 'a batch through a linear layer',
      parameters: `x: Tensor<'float32', ['N', 6]>, w: Tensor<'float32', [5, 6]>, b: Tensor<'float32', [5]>`,
      body: 'return F.relu(F.linear(x, w, b))',
      stages: ['gemm'],
    },
    { name: 'a batch through softmax', parameters: `x: Tensor<'float32', ['N', 6]>`, body: 'return F.softmax(x, 1)', stages: ['row'] },
    {
      name: 'softmax over the symbolic dim',
      parameters: `x: Tensor<'float32', [3, 'N']>`,
      body: 'return F.softmax(x, 1)',
      stages: ['row'],
    },
    {
      name: 'images',
      parameters: `x: Tensor<'float32', ['N', 1, 8, 8]>, w: Tensor<'float32', [4, 1, 3, 3]>, v: Tensor<'float32', [6, 64]>`,
      body: 'return F.linear(torch.flatten(F.maxPool2d(F.relu(F.conv2d(x, w, null, { padding: 1 })), 2), 1), v)',
      stages: ['conv', 'pool', 'loop', 'gemm'],
    },
    {
      name: 'two dims',
      parameters: `x: Tensor<'float32', ['N', 'M']>, y: Tensor<'float32', ['M']>`,
      body: 'return x.add(y).exp().sum([0])',
      stages: ['loop'],
    },
    {
      name: 'heads of attention',
      parameters: `x: Tensor<'float32', ['N', 5, 8]>, k: Tensor<'float32', ['N', 5, 8]>`,
      body: `const q = x.reshape([-1, 5, 2, 4]).transpose(1, 2)
  const s = k.reshape([-1, 5, 2, 4]).transpose(1, 2)
  return torch.matmul(torch.matmul(q, s.transpose(2, 3)), s).transpose(1, 2).reshape([-1, 5, 8])`,
      stages: ['gemm', 'gemm'],
    },
    {
      name: 'concatenation',
      parameters: `x: Tensor<'float32', ['N', 3]>, y: Tensor<'float32', ['M', 3]>`,
      body: 'return torch.cat([x.mul(2), y.mul(3)], 0)',
      stages: ['loop', 'loop'],
    },
  ]
  test.each(symbolic)('$name', ({ parameters, body, stages }) => {
    const { plain, fused, program } = segmentOfBody(parameters, body)
    expect(fused.stages.map(({ kind }) => kind)).toEqual(stages)
    for (const env of [
      { N: 1, M: 1 },
      { N: 4, M: 5 },
    ]) {
      const inputs = sampleInputs(plain, env)
      const expected = interpretSegment(plain, inputs, program.constants, env)
      const actual = interpretSegment(fused, inputs, program.constants, env)
      actual.forEach((data, i) => {
        data.forEach((value, at) => {
          expect(value).toBeCloseTo(expected[i]![at]!, 4)
        })
      })
    }
  })
})
