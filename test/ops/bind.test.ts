import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../src/ops/operator.ts'
import { bindArguments, findByApi } from '../../src/ops/registry.ts'
import { camelCase, parseSchema } from '../../src/ops/schema.ts'
import { valueDomain } from '../../src/ops/valueDomain.ts'

const tensor = { dtype: 'float32', shape: [2, 3] }

function bind(home: 'torch' | 'F' | 'Tensor', name: string, positional: readonly unknown[], named: Record<string, unknown> = {}) {
  const entry = findByApi(home, name)
  if (!entry) throw new Error(`no ${home}.${name}`)
  const { schema, values } = bindArguments<unknown>(entry, positional, named, valueDomain)
  return { overload: schema.overload, ...Object.fromEntries(schema.params.map((param, i) => [param.name, values[i]])) }
}

function refusal(...args: Parameters<typeof bind>): string {
  try {
    bind(...args)
  } catch (error) {
    if (error instanceof OperatorError) return `${error.code} ${error.message}`
    throw error
  }
  return 'bound'
}

describe('schemas', () => {
  it('reads types, lists, defaults, aliases and keyword-only parameters', () => {
    const schema = parseSchema(
      "f.over(Tensor(a!) self, SymInt[2]? size=[1, -2], *, str mode='none', Scalar? x=None, bool b=False) -> (Tensor values, Tensor[])",
    )
    expect(schema).toMatchObject({
      name: 'f',
      overload: 'over',
      returns: [
        { name: 'values', type: { t: 'tensor' } },
        { name: null, type: { t: 'list' } },
      ],
    })
    expect(schema.params.map((param) => [param.name, param.default, param.keywordOnly])).toEqual([
      ['self', undefined, false],
      ['size', [1, -2], false],
      ['mode', 'none', true],
      ['x', null, true],
      ['b', false, true],
    ])
    expect(schema.params[0]?.alias).toBe('a!')
    expect(schema.params[1]?.type).toEqual({ t: 'optional', element: { t: 'list', element: { t: 'int' }, length: 2 } })
  })

  it('says where a schema is wrong', () => {
    expect(() => parseSchema('f(Tensr x) -> Tensor')).toThrow('unknown type Tensr')
    expect(() => parseSchema('f(Tensor x)')).toThrow("expected '->'")
  })

  it('turns names into camelCase mechanically', () => {
    expect(['max_pool2d', 'log_softmax', 'conv_transpose2d', 'add_', 'index_put_', 'x1'].map(camelCase)).toEqual([
      'maxPool2d',
      'logSoftmax',
      'convTranspose2d',
      'add_',
      'indexPut_',
      'x1',
    ])
  })
})

describe('binding', () => {
  it('picks the overload by the kinds of the arguments and fills in defaults', () => {
    expect(bind('torch', 'add', [tensor, tensor])).toEqual({ overload: 'Tensor', self: tensor, other: tensor, alpha: 1 })
    expect(bind('torch', 'add', [tensor, 2], { alpha: 3 })).toEqual({ overload: 'Scalar', self: tensor, other: 2, alpha: 3 })
  })

  it('takes any argument by name, and one int for several', () => {
    expect(bind('F', 'conv2d', [tensor, tensor], { stride: 2, padding: 'same' })).toMatchObject({
      overload: 'padding',
      bias: null,
      stride: [2, 2],
      padding: 'same',
    })
    expect(bind('F', 'maxPool2d', [tensor], { kernelSize: 3 })).toMatchObject({ kernel_size: [3, 3], stride: [] })
  })

  it('chooses between operators that share a name by the value of an option', () => {
    const [plain, indices] = [false, true].map((returnIndices) =>
      bindArguments<unknown>(findByApi('F', 'maxPool2d')!, [tensor, 2], { returnIndices }, valueDomain),
    )
    expect([plain?.operator.name, indices?.operator.name]).toEqual(['aten::max_pool2d', 'aten::max_pool2d_with_indices'])
  })

  it('collects tensors and sizes that are given one by one', () => {
    expect(bind('torch', 'meshgrid', [tensor, tensor], { indexing: 'xy' })).toMatchObject({ tensors: [tensor, tensor], indexing: 'xy' })
    expect(bind('Tensor', 'sumToSize', [tensor, 1, 3])).toMatchObject({ size: [1, 3] })
  })

  it.each([
    [['torch', 'add', [tensor]], 'S2101 torch.add: argument other (Tensor) is missing'],
    [['torch', 'add', [tensor, tensor], { alhpa: 1 }], "S2102 torch.add: unknown option 'alhpa' (did you mean 'alpha'?)"],
    [['torch', 'add', [tensor, 'x']], "S2103 torch.add: other must be Tensor, not 'x'"],
    [['torch', 'relu', [tensor, 1, 2]], 'S2104 torch.relu: takes at most 1 arguments in a row, 3 given'],
    [['Tensor', 'reshape', [tensor, 3, 2]], 'S2104 reshape: shape is one array: [3, 2]'],
    [['torch', 'softmax', [tensor, 1], { dim: 1 }], 'S2105 torch.softmax: argument dim is given twice'],
  ] as const)('refuses %j', (args, message) => {
    expect(refusal(...(args as unknown as Parameters<typeof bind>))).toBe(message)
  })
})
