/** Writes in place become renamings: on graph text, and against the uncompiled run where the contents matter. */
import { describe, expect, test } from 'vitest'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import { compileProgram } from '../../src/compiler/index.ts'
import { verifyProgram } from '../../src/compiler/ir/verifyGraph.ts'
import { functionaliseMutation } from '../../src/compiler/passes/functionaliseMutation.ts'
import { propagateShapes } from '../../src/compiler/passes/propagateShapes.ts'
import * as tensorscript from '../../src/index.ts'
import * as runtime from '../../src/runtime/index.ts'
import { requestOf } from '../compile/requestText.ts'
import { loadUncompiled } from '../fuzz/run.ts'
import { apply, programOf, textOf } from './helpers.ts'

const functional = (text: string): string => {
  const program = apply(programOf(text), propagateShapes, functionaliseMutation)
  verifyProgram(program, 'functionaliseMutation')
  return textOf(program)
}

test('uses after a write are of the new value', () => {
  const text = functional(`graph(%x : Float(3)):
  %one : int = prim::Constant[value=1]()
  %y : Tensor = aten::exp(%x)
  %z : Tensor = aten::add_(%y, %one, %one)
  %r : Tensor = aten::neg(%y)
  return (%r, %z)
`)
  expect(text).toContain('%y.2 : Float(3) = aten::add_(%y.1, %one.1, %one.1)')
  expect(text).toContain('aten::neg(%y.2)')
  expect(text).toContain('return (%r.1, %y.2)')
})

describe('refusals', () => {
  test.each([
    [
      'an argument',
      'S3301',
      'graph(%x : Float(3)):\n  %one : int = prim::Constant[value=1]()\n  %z : Tensor = aten::add_(%x, %one, %one)\n  return (%z)\n',
    ],
    [
      'a value that may be one of several tensors, one of them a view',
      'S3304',
      `graph(%x : Float(3), %c : bool):
  %one : int = prim::Constant[value=1]()
  %base : Tensor = aten::exp(%x)
  %a : Tensor = aten::detach(%base)
  %b : Tensor = aten::neg(%x)
  %m : Tensor = prim::If(%c)
    block0():
      -> (%a)
    block1():
      -> (%b)
  %z : Tensor = aten::add_(%m, %one, %one)
  return (%base, %b, %m)
`,
    ],
    [
      'an expanded tensor',
      'S3305',
      `graph(%x : Float(3, 1)):
  %one : int = prim::Constant[value=1]()
  %three : int = prim::Constant[value=3]()
  %size : int[] = prim::ListConstruct(%three, %three)
  %no : bool = prim::Constant[value=0]()
  %a : Tensor = aten::exp(%x)
  %e : Tensor = aten::expand(%a, %size, %no)
  %z : Tensor = aten::add_(%e, %one, %one)
  return (%a)
`,
    ],
  ])('%s', (_, code, text) => {
    expect(() => functional(text)).toThrow(expect.objectContaining({ code }))
  })
})

/** Bodies of `f(x: Tensor<'float32', [3, 4]>, n: int)`. */
const bodies: { readonly [name: string]: string } = {
  'a base and its views': `const a = x.mul(1)
const row = a.select(0, 1)
const part = a.narrow(1, 1, 2)
row.add_(10)
part.mul_(2)
a.sub_(1)
return [a, row, part]`,
  'a write through a chain of views': `const a = x.mul(1)
const t = a.transpose(0, 1)
const r = t.select(0, 2).unsqueeze(0)
r.add_(5)
t.narrow(0, 0, 1).mul_(3)
return [a, t, r]`,
  'reshaped views': `const a = x.mul(2)
const flat = a.reshape([12])
flat.narrow(0, 2, 5).add_(100)
const copy = a.transpose(0, 1).reshape([12])
copy.add_(1000)
return [a, flat, copy]`,
  'parts of a split': `const a = x.mul(1)
const [p, q] = a.split(2, 1)
p.add_(q)
q.neg_()
return [a, p, q]`,
  'unbound rows and permuted axes': `const a = torch.stack([x, x.neg()])
const p = a.permute([2, 0, 1])
p.select(0, 1).add_(7)
const rows = a.unbind(0)
rows[1].mul_(10)
return [a, p, rows[0]]`,
  'branches that write': `const a = x.mul(1)
const v = a.select(1, 0)
if (n > 1) v.add_(n)
else a.mul_(3)
return [a, v]`,
  'loops that write': `const a = torch.zeros([3, 4])
const v = a.narrow(0, 1, 2)
for (let i = 0; i < n; i++) {
  v.add_(i)
  if (i === 1) a.select(1, 3).sub_(50)
}
return [a, v]`,
  'a variable that a loop updates in place': `let y = x.mul(1)
const z = y
for (let i = 0; i < n; i++) {
  y = y.add_(1)
}
return [y, z]`,
  'a variable that a branch may have replaced': `let y = x.mul(1)
if (n > 1) y = y.add(1)
y.mul_(2)
return y`,
  'a variable that a loop replaces and writes': `let y = x.mul(1)
for (let i = 0; i < n; i++) {
  y.select(0, 0).add_(1)
  y = y.mul(2)
  y.neg_()
}
return y`,
  'lists and tuples made before the write': `const a = x.mul(1)
const xs = [a, x]
a.add_(1)
return torch.cat(xs, 0)`,
  'filling and copying': `const a = x.mul(1)
a.select(0, 0).fill_(7)
a.select(0, 1).copy_(a.select(0, 0).mul(2))
a.select(0, 2).zero_()
return a`,
}

describe.each([
  ['optimised', true],
  ['unoptimised', false],
] as const)('as uncompiled, %s', (_, optimize) => {
  test.each(Object.keys(bodies))('%s', async (name) => {
    const body = bodies[name]!
    const results = body.includes('return [') ? '[Tensor, Tensor]' : 'Tensor'
    const count = /return \[(.*)\]$/m.exec(body)?.[1]?.split(',').length ?? 1
    const type = count === 3 ? '[Tensor, Tensor, Tensor]' : results
    const source = `import { torch, type int, type Tensor } from 'tensorscript'
export function f(x: Tensor<'float32', [3, 4]>, n: int): ${type} {\n${body}\n}`
    const compiled = compileProgram(requestOf(source, { options: { optimize } }))
    if (!compiled.ok) throw new Error(compiled.diagnostics.map((d) => `${d.code} ${d.message}`).join('\n'))
    const [run] = await instantiatePrograms([compiled.program], runtime)
    const eager = await loadUncompiled(`function f(x, n) {\n${body}\n}`, 'f')
    const input = () =>
      tensorscript.tensor(
        Array.from({ length: 12 }, (_, i) => i - 4),
        { shape: [3, 4] },
      )
    for (const n of [0, 2, 3]) {
      const list = (result: unknown) => (Array.isArray(result) ? result : [result]).map((t: tensorscript.Tensor) => t.toArray())
      expect(list(run!(input(), n))).toEqual(list(eager(input(), n)))
    }
  })
})
