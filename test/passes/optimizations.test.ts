import { describe, expect, test } from 'vitest'
import { eliminateCommonSubexpressions } from '../../src/compiler/passes/eliminateCommonSubexpressions.ts'
import { eliminateDeadCode } from '../../src/compiler/passes/eliminateDeadCode.ts'
import { foldConstants } from '../../src/compiler/passes/foldConstants.ts'
import { hoistLoopInvariants } from '../../src/compiler/passes/hoistLoopInvariants.ts'
import { removeListMutation } from '../../src/compiler/passes/removeListMutation.ts'
import { simplifyControlFlow } from '../../src/compiler/passes/simplifyControlFlow.ts'
import { apply, count, floats, options, programOf, textAfter, textOf } from './helpers.ts'

test('common subexpressions are computed once where the first dominates', () => {
  const text = textAfter(
    programOf(`graph(%x : Float(3), %c : bool):
  %a : Tensor = aten::exp(%x)
  %r : Tensor = prim::If(%c)
    block0():
      %b : Tensor = aten::exp(%x)
      %d : Tensor = aten::neg(%b)
      -> (%d)
    block1():
      %e : Tensor = aten::neg(%a)
      -> (%e)
  return (%r)
`),
    eliminateCommonSubexpressions,
  )
  expect(count(text, 'aten::exp')).toBe(1)
  expect(count(text, 'aten::neg')).toBe(2)
})

test('lists that may change are not merged', () => {
  const text = textAfter(
    programOf(`graph(%x : int):
  %a : int[] = prim::ListConstruct(%x)
  %b : int[] = prim::ListConstruct(%x)
   = aten::append(%a, %x)
  return (%a, %b)
`),
    eliminateCommonSubexpressions,
  )
  expect(count(text, 'prim::ListConstruct')).toBe(2)
})

describe('dead code', () => {
  test('goes, with loop results that only feed themselves', () => {
    const text = textAfter(
      programOf(`graph(%x : Float(3), %n : int):
  %t : bool = prim::Constant[value=1]()
  %dead : Tensor = aten::exp(%x)
  %r : Tensor, %u : Tensor = prim::Loop(%n, %t, %x, %x)
    block0(%i : int, %a : Tensor, %b : Tensor):
      %c : Tensor = aten::neg(%a)
      %d : Tensor = aten::abs(%b)
      -> (%t, %c, %d)
  return (%r)
`),
      eliminateDeadCode,
    )
    expect(text).not.toContain('aten::exp')
    expect(text).not.toContain('aten::abs')
    expect(text).toContain('%r.1 : Tensor = prim::Loop(%n.1, %t.1, %x.1)')
  })

  test('keeps effects: output, writes and what may throw', () => {
    const text = textAfter(
      programOf(`graph(%x : int, %y : int):
  %l : int[] = prim::ListConstruct(%x)
   = aten::append(%l, %y)
  %q : int = aten::floordiv(%x, %y)
  %p : int = aten::mul(%x, %y)
   = prim::Print(%x)
  return (%l)
`),
      eliminateDeadCode,
    )
    expect(text).toContain('aten::append')
    expect(text).toContain('aten::floordiv')
    expect(text).toContain('prim::Print')
    expect(text).not.toContain('aten::mul')
  })
})

describe('constants', () => {
  test('scalars fold by the scalar operators', () => {
    const text = textAfter(
      programOf(`graph(%x : int):
  %a : int = prim::Constant[value=7]()
  %b : int = prim::Constant[value=2]()
  %c : float = aten::div(%a, %b)
  %d : int = aten::floordiv(%a, %b)
  %e : bool = aten::lt(%a, %b)
  return (%c, %d, %e)
`),
      foldConstants as never,
    )
    expect(text).toContain('%c.1 : float = prim::Constant[value=3.5]()')
    expect(text).toContain('%d.1 : int = prim::Constant[value=3]()')
    expect(text).toContain('%e.1 : bool = prim::Constant[value=0]()')
  })

  test('a division by zero is left to throw at run time', () => {
    const text = textAfter(
      programOf(`graph():
  %a : int = prim::Constant[value=7]()
  %b : int = prim::Constant[value=0]()
  %d : int = aten::floordiv(%a, %b)
  return (%d)
`),
      foldConstants as never,
    )
    expect(text).toContain('aten::floordiv')
  })

  test('tensor operators on constants are evaluated by the reference that the context gives', () => {
    const program = programOf(
      `graph(%x : Float(2)):
  %w : Float(2) = prim::Constant[value=<Tensor w>]()
  %n : Float(2) = aten::neg(%w)
  %y : Float(2) = aten::mul(%x, %n)
  return (%y)
`,
      { constants: [floats('w', 'weight', [2], [1, -2])] },
    )
    const calls: string[] = []
    const folded = foldConstants(program, {
      options: options(),
      evaluate: (operator, args) => {
        calls.push(operator.name)
        const { data } = args.tensor('self')
        return [{ dtype: 'float32', shape: [2], data: data.map((v) => -v) }]
      },
    })
    expect(calls).toEqual(['aten::neg'])
    expect(textOf(folded)).not.toContain('aten::neg')
    const made = [...folded.constants.values()].find((c) => c.id !== 'w')!
    expect([...made.data]).toEqual([-1, 2])
    expect(textOf(folded)).toContain(`%n.1 : Float(2) = prim::Constant[value=<Tensor ${made.id}>]()`)
  })
})

test('loop invariants move out of nested loops', () => {
  const text = textAfter(
    programOf(`graph(%x : Float(3), %n : int):
  %t : bool = prim::Constant[value=1]()
  %r : Tensor = prim::Loop(%n, %t, %x)
    block0(%i : int, %a : Tensor):
      %s : Tensor = prim::Loop(%n, %t, %a)
        block0(%j : int, %b : Tensor):
          %e : Tensor = aten::exp(%x)
          %m : Tensor = aten::mul(%b, %e)
          -> (%t, %m)
      -> (%t, %s)
  return (%r)
`),
    hoistLoopInvariants,
  )
  expect(text.indexOf('aten::exp')).toBeLessThan(text.indexOf('prim::Loop'))
})

test('views that only the body of a loop reads stay in it', () => {
  const text = textAfter(
    programOf(`graph(%x : Float(3, 3), %w : Float(3, 3)):
  %t : bool = prim::Constant[value=1]()
  %n : int = prim::Constant[value=100]()
  %r : Tensor = prim::Loop(%n, %t, %x)
    block0(%i : int, %a : Tensor):
      %wt : Tensor = aten::t(%w)
      %wtt : Tensor = aten::t(%wt)
      %e : Tensor = aten::exp(%wtt)
      %v : Tensor = aten::t(%x)
      %m : Tensor = aten::mm(%a, %v)
      %s : Tensor = aten::mul(%m, %e)
      -> (%t, %s)
  return (%r)
`),
    hoistLoopInvariants,
  )
  const before = text.slice(0, text.indexOf('prim::Loop'))
  expect(count(before, 'aten::t(')).toBe(2)
  expect(count(before, 'aten::exp')).toBe(1)
  expect(count(text, 'aten::t(')).toBe(3)
})

describe('control flow', () => {
  test('short constant loops are unrolled, iteration numbers are constants', () => {
    const text = textAfter(
      programOf(`graph(%x : Float(3)):
  %t : bool = prim::Constant[value=1]()
  %n : int = prim::Constant[value=3]()
  %r : Tensor = prim::Loop(%n, %t, %x)
    block0(%i : int, %a : Tensor):
      %m : Tensor = aten::mul(%a, %i)
      -> (%t, %m)
  return (%r)
`),
      simplifyControlFlow,
    )
    expect(text).not.toContain('prim::Loop')
    expect(count(text, 'aten::mul')).toBe(3)
    expect(text).toContain('prim::Constant[value=2]')
  })

  test('long loops and loops without tensors stay', () => {
    const loop = (trips: number, body: string): string => `graph(%x : Float(3), %k : int):
  %t : bool = prim::Constant[value=1]()
  %n : int = prim::Constant[value=${trips}]()
${body}`
    const tensors = loop(
      1000,
      '  %r : Tensor = prim::Loop(%n, %t, %x)\n    block0(%i : int, %a : Tensor):\n      %m : Tensor = aten::mul(%a, %i)\n      -> (%t, %m)\n  return (%r)\n',
    )
    const scalars = loop(
      3,
      '  %r : int = prim::Loop(%n, %t, %k)\n    block0(%i : int, %a : int):\n      %m : int = aten::mul(%a, %i)\n      -> (%t, %m)\n  return (%r)\n',
    )
    expect(textAfter(programOf(tensors), simplifyControlFlow)).toContain('prim::Loop')
    expect(textAfter(programOf(scalars), simplifyControlFlow)).toContain('prim::Loop')
  })
})

describe('removeListMutation', () => {
  test('appends in a row make the list again', () => {
    const text = textAfter(
      programOf(`graph(%x : Float(3), %y : Float(3)):
  %l : Tensor[] = prim::ListConstruct()
   = aten::append(%l, %x)
   = aten::append(%l, %y)
  %n : int = aten::len(%l)
  return (%l, %n)
`),
      removeListMutation,
    )
    expect(text).not.toContain('aten::append')
    expect(text).toContain('%l.3 : Tensor[] = prim::ListConstruct(%x.1, %y.1)')
    expect(text).toContain('aten::len(%l.3)')
  })

  test('an alias or a nested append keeps the list as it is', () => {
    const nested = `graph(%x : Float(3), %c : bool):
  %l : Tensor[] = prim::ListConstruct()
   = prim::If(%c)
    block0():
       = aten::append(%l, %x)
      -> ()
    block1():
      -> ()
  return (%l)
`
    const aliased = `graph(%x : int):
  %l : int[] = prim::ListConstruct()
  %t : (int[],) = prim::TupleConstruct(%l)
   = aten::append(%l, %x)
  return (%t)
`
    for (const text of [nested, aliased]) expect(textOf(apply(programOf(text), removeListMutation))).toContain('aten::append')
  })
})
