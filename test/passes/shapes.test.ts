import { describe, expect, test } from 'vitest'
import { verifyProgram } from '../../src/compiler/ir/verifyGraph.ts'
import { PassError } from '../../src/compiler/passes/index.ts'
import { propagateShapes } from '../../src/compiler/passes/propagateShapes.ts'
import { apply, count, programOf, textAfter } from './helpers.ts'

const shapes = (text: string): string => {
  const program = apply(programOf(text), propagateShapes)
  verifyProgram(program, 'propagateShapes')
  return textAfter(program)
}

describe('straight-line code', () => {
  test('dtypes and shapes follow the operators', () => {
    const text = shapes(`graph(%x : Float(3, 1), %y : Long(4)):
  %one : int = prim::Constant[value=1]()
  %a : Tensor = aten::add(%x, %y, %one)
  %b : Tensor = aten::gt(%a, %one)
  return (%b)
`)
    expect(text).toContain('%a.1 : Float(3, 4) = aten::add')
    expect(text).toContain('%b.1 : Bool(3, 4) = aten::gt')
  })

  test('a shape that does not fit is refused at its source range', () => {
    const program = programOf(`graph(%x : Float(3), %y : Float(4)):
  %one : int = prim::Constant[value=1]()
  %a : Tensor = aten::add(%x, %y, %one) # net.ts:7:10
  return (%a)
`)
    expect(() => apply(program, propagateShapes)).toThrow(PassError)
    try {
      apply(program, propagateShapes)
    } catch (error) {
      expect(error).toMatchObject({ code: 'S3001', range: { file: 'net.ts', line: 7, column: 10 } })
      expect((error as Error).message).toContain('[3] and [4]')
    }
  })

  test('a tensor without rank is refused by name', () => {
    expect(() => shapes('graph(%x : Tensor):\n  %a : Tensor = aten::exp(%x)\n  return (%a)\n')).toThrow(/'x' must be known/)
  })

  test('a tensor whose rank nobody asks for needs none', () => {
    expect(shapes('graph(%x : Tensor):\n  return (%x)\n')).toContain('%x.1 : Tensor')
  })
})

describe('symbols', () => {
  test('two symbols that must be equal are guarded before the operator, once', () => {
    const text = shapes(`graph(%x : Float(N, 4), %y : Float(M, 4)):
  %one : int = prim::Constant[value=1]()
  %a : Tensor = aten::add(%x, %y, %one)
  %b : Tensor = aten::mul(%x, %x)
  return (%a, %b)
`)
    expect(count(text, 'prim::Guard')).toBe(1)
    expect(text.indexOf('prim::Guard')).toBeLessThan(text.indexOf('aten::add'))
    expect(text).toContain('prim::Symbol[name="N", min=0]')
    expect(text).toContain('prim::Symbol[name="M", min=0]')
  })

  test('the same declared symbol in two parameters is checked at the call', () => {
    const text = shapes(`graph(%x : Float(N), %y : Float(4, N)):
  %a : Tensor = aten::mul(%x, %y)
  return (%a)
`)
    expect(text).toContain('prim::Guard[relation="eq", message="y: dimension 1 must be N"]')
    expect(count(text, 'prim::Guard')).toBe(1)
  })

  test('a declared bound is checked at the call', () => {
    const text = shapes(`graph(%x : Float(N)):
  %a : Tensor = aten::exp(%x)
  return (%a)
symbols(N : int in [0, 32])
`)
    expect(text).toContain('relation="le"')
    expect(text).toContain('symbols(N : int in [0, 32])')
  })

  test('a scalar that reaches tensor code is a symbol', () => {
    const text = shapes(`graph(%x : Float(2), %f : float):
  %a : Tensor = aten::mul(%x, %f)
  return (%a)
`)
    expect(text).toContain('%f.2 : float = prim::Symbol[name="f"](%f.1)')
    expect(text).toContain('aten::mul(%x.1, %f.2)')
  })

  test('running again gives the same graph', () => {
    const program = programOf(`graph(%x : Float(N, 4), %y : Float(M, 4), %k : int):
  %one : int = prim::Constant[value=1]()
  %a : Tensor = aten::add(%x, %y, %one)
  %b : Tensor = aten::mul(%a, %k)
  return (%b)
`)
    const once = textAfter(program, propagateShapes)
    // Sizes of the first run are dead now; without them the texts are equal.
    const twice = textAfter(program, propagateShapes, propagateShapes)
    expect(count(twice, 'prim::Symbol')).toBe(count(once, 'prim::Symbol'))
    expect(count(twice, 'prim::Guard')).toBe(count(once, 'prim::Guard'))
  })
})

describe('control flow', () => {
  test('arms that differ in a dim give a symbol of their own', () => {
    const text = shapes(`graph(%x : Float(1, 4), %y : Float(3, 4), %c : bool):
  %r : Tensor = prim::If(%c)
    block0():
      %a : Tensor = aten::mul(%x, %y)
      -> (%a)
    block1():
      -> (%x)
  %s : Tensor = aten::exp(%r)
  return (%s)
`)
    expect(text).toContain('%r.1 : Float(s0, 4) = prim::If')
    expect(text).toContain('%s.1 : Float(s0, 4) = aten::exp')
    expect(text).toContain('prim::Symbol[name="s0", min=0]')
  })

  test('a dim that a loop changes is a symbol at its head', () => {
    const text = shapes(`graph(%x : Float(1, 4), %y : Float(3, 4), %n : int):
  %t : bool = prim::Constant[value=1]()
  %r : Tensor = prim::Loop(%n, %t, %x)
    block0(%i : int, %a : Tensor):
      %one : int = prim::Constant[value=1]()
      %e : Tensor = aten::exp(%a)
      %b : Tensor = aten::mul(%y, %one)
      -> (%t, %b)
  return (%r)
`)
    expect(text).toMatch(/block0\(%i\.1 : int, %a\.1 : Float\(s0, 4\)\)/)
    expect(text).toContain('%e.1 : Float(s0, 4) = aten::exp')
    expect(text).toMatch(/%r\.1 : Float\(\w+, 4\) = prim::Loop/)
  })

  test('a loop that keeps its shapes has them as they came in', () => {
    const text = shapes(`graph(%x : Float(N, 4), %n : int):
  %t : bool = prim::Constant[value=1]()
  %r : Tensor = prim::Loop(%n, %t, %x)
    block0(%i : int, %a : Tensor):
      %b : Tensor = aten::mul(%a, %i)
      -> (%t, %b)
  return (%r)
`)
    expect(text).toContain('%a.1 : Float(N, 4)')
    expect(text).toContain('%r.1 : Float(N, 4) = prim::Loop')
    expect(text).toContain('%i.2 : int = prim::Symbol[name="i", min=0](%i.1)')
  })

  test('a branch on a known condition is gone before its other arm is looked at', () => {
    const text = shapes(`graph(%x : Float(3), %y : Float(4)):
  %c : bool = prim::Constant[value=1]()
  %r : Tensor = prim::If(%c)
    block0():
      -> (%x)
    block1():
      %a : Tensor = aten::mul(%x, %y)
      -> (%a)
  return (%r)
`)
    expect(text).not.toContain('prim::If')
    expect(text).toContain('return (%x.1)')
  })

  test('ranks that differ stay unknown until somebody asks', () => {
    const joined = `graph(%x : Float(3), %y : Float(4, 3), %c : bool):
  %r : Tensor = prim::If(%c)
    block0():
      -> (%x)
    block1():
      -> (%y)
`
    expect(shapes(`${joined}  return (%r)\n`)).toContain('%r.1 : FloatTensor = prim::If')
    expect(() => shapes(`${joined}  %s : Tensor = aten::exp(%r)\n  return (%s)\n`)).toThrow(/'r' must be known/)
  })

  test('an arm that never gets there does not widen', () => {
    const text = shapes(`graph(%x : Float(3), %c : bool):
  %r : Tensor = prim::If(%c)
    block0():
      -> (%x)
    block1():
      %u : Tensor = prim::Uninitialized()
      -> (%u)
  %s : Tensor = aten::exp(%r)
  return (%s)
`)
    expect(text).toContain('%s.1 : Float(3)')
  })

  test('a loop that changes ranks is unrolled when that makes the shapes known', () => {
    const text = shapes(`graph(%x : Float(3), %y : Float(4, 3)):
  %t : bool = prim::Constant[value=1]()
  %two : int = prim::Constant[value=2]()
  %r : Tensor = prim::Loop(%two, %t, %x)
    block0(%i : int, %a : Tensor):
      %b : Tensor = aten::mul(%a, %y)
      -> (%t, %b)
  return (%r)
`)
    expect(text).not.toContain('prim::Loop')
    expect(count(text, 'aten::mul')).toBe(2)
  })
})

describe('lists', () => {
  test('elements of a list that nothing changes are used directly', () => {
    const text = shapes(`graph(%x : Float(3), %y : Float(4)):
  %l : Tensor[] = prim::ListConstruct(%x, %y)
  %one : int = prim::Constant[value=1]()
  %e : Tensor = aten::__getitem__(%l, %one)
  %s : Tensor = aten::exp(%e)
  return (%s)
`)
    expect(text).toContain('%s.1 : Float(4) = aten::exp(%y.1)')
  })

  test('elements of a list that grows have the type all elements share', () => {
    const text = shapes(`graph(%x : Float(3, 2), %y : Float(4, 2), %n : int):
  %t : bool = prim::Constant[value=1]()
  %l : Tensor[] = prim::ListConstruct(%x)
   = prim::Loop(%n, %t)
    block0(%i : int):
       = aten::append(%l, %y)
      -> (%t)
  %zero : int = prim::Constant[value=0]()
  %e : Tensor = aten::__getitem__(%l, %zero)
  %s : Tensor = aten::exp(%e)
  return (%s)
`)
    expect(text).toMatch(/%s\.1 : Float\(s0, 2\) = aten::exp/)
  })
})
