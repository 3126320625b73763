import { describe, expect, test } from 'vitest'
import type { ClassInfo, ConstantId } from '../../src/compiler/ir/graph.ts'
import { inlineCalls } from '../../src/compiler/passes/inlineCalls.ts'
import { resolveAttributes } from '../../src/compiler/passes/resolveAttributes.ts'
import { floats, programOf, textAfter } from './helpers.ts'

describe('inlineCalls', () => {
  test('copies the callee at each call', () => {
    const program = programOf(
      `graph(%x.1 : Tensor):
  %a : Tensor = prim::CallFunction[name="twice"](%x.1)
  %b : Tensor = prim::CallFunction[name="twice"](%a)
  return (%b)
`,
      {
        functions: {
          twice: 'graph(%y : Tensor):\n  %one : int = prim::Constant[value=1]()\n  %r : Tensor = aten::add(%y, %y, %one)\n  return (%r)\n',
        },
      },
    )
    expect(textAfter(program, inlineCalls)).toBe(`graph(%x.1 : Tensor):
  %one.1 : int = prim::Constant[value=1]()
  %r.1 : Tensor = aten::add(%x.1, %x.1, %one.1)
  %one.2 : int = prim::Constant[value=1]()
  %r.2 : Tensor = aten::add(%r.1, %r.1, %one.2)
  return (%r.2)
`)
  })

  test('enters blocks and callees of callees', () => {
    const program = programOf(
      `graph(%x : Tensor, %c : bool):
  %r : Tensor = prim::If(%c)
    block0():
      %a : Tensor = prim::CallFunction[name="f"](%x)
      -> (%a)
    block1():
      -> (%x)
  return (%r)
`,
      {
        functions: {
          f: 'graph(%y : Tensor):\n  %r : Tensor = prim::CallFunction[name="g"](%y)\n  return (%r)\n',
          g: 'graph(%z : Tensor):\n  %r : Tensor = aten::exp(%z)\n  return (%r)\n',
        },
      },
    )
    expect(textAfter(program, inlineCalls)).toContain(`    block0():
      %r.2 : Tensor = aten::exp(%x.1)
      -> (%r.2)`)
  })

  test('refuses recursion with tensors at the call', () => {
    const program = programOf('graph(%x : Tensor):\n  %a : Tensor = prim::CallFunction[name="f"](%x)\n  return (%a)\n', {
      functions: { f: 'graph(%y : Tensor):\n  %r : Tensor = prim::CallFunction[name="f"](%y) # f.ts:3:9\n  return (%r)\n' },
    })
    expect(() => textAfter(program, inlineCalls)).toThrow('f is called recursively, and computes with tensors')
  })
})

describe('modules', () => {
  const layer = (name: string, constant: string): ClassInfo => ({
    name,
    attributes: new Map([
      [
        'weight',
        {
          type: { kind: 'tensor', dtype: null, shape: null },
          constant: { kind: 'tensor', id: constant as ConstantId },
          isParameter: true,
          isBuffer: false,
        },
      ],
      ['scale', { type: { kind: 'float' }, constant: { kind: 'float', value: 0.5 }, isParameter: false, isBuffer: false }],
    ]),
    methods: new Map([['forward', 'Layer.forward']]),
  })
  const net: ClassInfo = {
    name: 'Net',
    attributes: new Map([
      ['first', { type: { kind: 'class', name: 'Layer_1' }, constant: null, isParameter: false, isBuffer: false }],
      ['second', { type: { kind: 'class', name: 'Layer_2' }, constant: null, isParameter: false, isBuffer: false }],
    ]),
    methods: new Map(),
  }
  const program = programOf(
    `graph(%self : __torch__.Net, %x : Float(2)):
  %l1 : __torch__.Layer = prim::GetAttr[name="first"](%self)
  %a : Tensor = prim::CallMethod[name="forward"](%l1, %x)
  %l2 : __torch__.Layer = prim::GetAttr[name="second"](%self)
  %b : Tensor = prim::CallMethod[name="forward"](%l2, %a)
  return (%b)
`,
    {
      classes: [net, layer('Layer_1', 'w1'), layer('Layer_2', 'w2')],
      constants: [floats('w1', 'first.weight', [2], [1, 2]), floats('w2', 'second.weight', [2], [3, 4])],
      functions: {
        'Layer.forward': `graph(%self : __torch__.Layer, %x : Tensor):
  %w : Tensor = prim::GetAttr[name="weight"](%self)
  %s : float = prim::GetAttr[name="scale"](%self)
  %m : Tensor = aten::mul(%x, %w)
  %r : Tensor = aten::mul(%m, %s)
  return (%r)
`,
      },
    },
  )

  test('one method compiled for two instances takes the weights of each', () => {
    expect(textAfter(program, inlineCalls, resolveAttributes)).toBe(`graph(%x.1 : Float(2)):
  %w.1 : Float(2) = prim::Constant[value=<Tensor w1>]()
  %s.1 : float = prim::Constant[value=0.5]()
  %m.1 : Tensor = aten::mul(%x.1, %w.1)
  %r.1 : Tensor = aten::mul(%m.1, %s.1)
  %w.2 : Float(2) = prim::Constant[value=<Tensor w2>]()
  %s.2 : float = prim::Constant[value=0.5]()
  %m.2 : Tensor = aten::mul(%r.1, %w.2)
  %r.2 : Tensor = aten::mul(%m.2, %s.2)
  return (%r.2)
`)
  })
})
