import { describe, expect, test } from 'vitest'
import { verifyProgram } from '../../src/compiler/ir/verifyGraph.ts'
import { runPasses } from '../../src/compiler/passes/index.ts'
import { count, options, programOf, runVerified, textOf } from './helpers.ts'

const segments = (text: string): string => textOf(runVerified(programOf(text)).program)

describe('formSegments', () => {
  test('a program without control flow is one segment', () => {
    expect(
      segments(`graph(%x : Float(3, 4), %y : Float(4)):
  %one : int = prim::Constant[value=1]()
  %a : Tensor = aten::add(%x, %y, %one)
  %b : Tensor = aten::exp(%a)
  return (%b)
`),
    ).toBe(`graph(%x.1 : Float(3, 4),
      %y.1 : Float(4)):
  %b.1 : Float(3, 4) = prim::Segment_0(%x.1, %y.1)
  return (%b.1)
with prim::Segment_0 = graph(%x.1 : Float(3, 4),
      %y.1 : Float(4)):
  %0 : int = prim::Constant[value=1]()
  %a.1 : Float(3, 4) = aten::add(%x.1, %y.1, %0)
  %b.1 : Float(3, 4) = aten::exp(%a.1)
  return (%b.1)
`)
  })

  test('host work in between does not split what does not depend on it', () => {
    const text = segments(`graph(%x : Float(3), %s : str):
  %a : Tensor = aten::exp(%x)
   = prim::Print(%s)
  %b : Tensor = aten::neg(%a)
  return (%b)
`)
    expect(count(text, ' = prim::Segment_')).toBe(1)
    expect(text.indexOf('prim::Print')).toBeGreaterThan(-1)
  })

  test('work that is not needed outside stays inside', () => {
    const text = segments(`graph(%x : Float(3), %n : int):
  %t : bool = prim::Constant[value=1]()
  %a : Tensor = aten::exp(%x)
  %r : Tensor = prim::Loop(%n, %t, %a)
    block0(%i : int, %b : Tensor):
      %c : Tensor = aten::mul(%b, %i)
      %d : Tensor = aten::neg(%c)
      -> (%t, %d)
  %e : Tensor = aten::abs(%r)
  return (%e)
`)
    expect(text.split('with prim::Segment_0')[0]).toMatch(
      /prim::Segment_0\(%x\.1\)[\s\S]*prim::Loop[\s\S]*prim::Segment_1\[symbols=\{"i"\}\]\(%b\.1, %i\.1\)[\s\S]*prim::Segment_2/,
    )
  })

  test('scalar arithmetic that only feeds tensors moves inside', () => {
    const text = segments(`graph(%x : Float(3), %n : int):
  %two : int = prim::Constant[value=2]()
  %m : int = aten::mul(%n, %two)
  %k : int = aten::add(%m, %two)
  %a : Tensor = aten::mul(%x, %k)
  return (%a)
`)
    const [outer, inner] = text.split('with prim::Segment_0') as [string, string]
    expect(outer).not.toContain('aten::mul')
    expect(inner).toContain('%n.1 : int')
    expect(inner).toContain('aten::mul(%x.1')
  })

  test('guards come before the segment that relies on them', () => {
    const text = segments(`graph(%x : Float(N), %y : Float(M)):
  %a : Tensor = aten::mul(%x, %y)
  return (%a)
`)
    expect(text.indexOf('prim::Guard')).toBeGreaterThan(0)
    expect(text.indexOf('prim::Guard')).toBeLessThan(text.indexOf('prim::Segment_0'))
    expect(text).not.toContain('prim::Symbol')
    expect(text).toContain('symbols={"M", "N"}')
  })

  test('unoptimised, every operator is a segment of its own, in source order', () => {
    const program = programOf(`graph(%x : Float(3), %s : str):
  %a : Tensor = aten::exp(%x)
   = prim::Print(%s)
  %b : Tensor = aten::neg(%a)
  return (%b)
`)
    const result = runPasses(program, { options: options({ optimize: false }) }, (pass, current) => verifyProgram(current, pass.name))
    expect(textOf(result).split('with prim::Segment_0')[0]).toMatch(/prim::Segment_0\(%x\.1\)\n.*prim::Print.*\n.*prim::Segment_1\(%a\.1\)/)
  })
})
