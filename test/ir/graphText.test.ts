import { describe, expect, test } from 'vitest'
import { GraphBuilder } from '../../src/compiler/ir/builder.ts'
import type { ConstantId, Program, SourceRange } from '../../src/compiler/ir/graph.ts'
import { parseGraph } from '../../src/compiler/ir/parseGraph.ts'
import { printGraph } from '../../src/compiler/ir/printGraph.ts'
import { deserialize, serialize } from '../../src/compiler/ir/serialize.ts'
import type { Type } from '../../src/compiler/ir/types.ts'

/** The loop-and-if program of TorchScript's documentation, as TorchScript prints it. */
const loopAndIf = `graph(%len.1 : int):
  %0 : int = prim::Constant[value=3]() # digits.ts:4:20
  %1 : int = prim::Constant[value=4]() # digits.ts:4:23
  %2 : bool = prim::Constant[value=1]() # digits.ts:5:2
  %3 : int = prim::Constant[value=10]() # digits.ts:6:12
  %4 : int = prim::Constant[value=1]() # digits.ts:7:14
  %5 : int[] = prim::ListConstruct(%0, %1) # digits.ts:4:19
  %6 : NoneType = prim::Constant()
  %rv.1 : Tensor = aten::zeros(%5, %6, %6, %6, %6) # digits.ts:4:11
  %rv.2 : Tensor = prim::Loop(%len.1, %2, %rv.1) # digits.ts:5:2
    block0(%i.1 : int, %rv.3 : Tensor):
      %7 : bool = aten::lt(%i.1, %3) # digits.ts:6:8
      %rv.4 : Tensor = prim::If(%7) # digits.ts:6:4
        block0():
          %rv.5 : Tensor = aten::sub(%rv.3, %4, %4) # digits.ts:7:11
          -> (%rv.5)
        block1():
          %rv.6 : Tensor = aten::add(%rv.3, %4, %4) # digits.ts:9:11
          -> (%rv.6)
      -> (%2, %rv.4)
  return (%rv.2)
`

const manyKinds = `graph(%x.1 : Float(N, 2*N + 1, 28),
      %m.1 : __torch__.DigitNet,
      %t.1 : (int, Tensor),
      %d.1 : Dict(str, int[]),
      %o.1 : Tensor?,
      %u.1 : Union(int, str, NoneType),
      %e.1 : Enum("Color", "red", 2),
      %c.1 : __torch__("tensorscript:nn/conv.ts#Conv2d"),
      %q.1 : LongTensor[]):
  %0 : str = prim::Constant[value="a # \\"b\\" (%1)\\n"]()
  %1 : float = prim::Constant[value=1.]()
  %2 : float = prim::Constant[value=1e-7]()
  %3 : float = prim::Constant[value=-inf]()
  %4 : ScalarType = prim::Constant[value=float32]()
  %5 : int[] = prim::Constant[value=[1, -2]]()
  %6 : float[] = prim::Constant[value=[]]()
  %7 : float[] = prim::Constant[value=[1., 0.5]]()
  %8 : Float(16, 1, 3, 3) = prim::Constant[value=<Tensor 3f2a>]()
  %9 : bool = prim::Constant[value=0]()
  %10 : Tensor? = prim::Constant()
  %w.1 : Tensor = prim::GetAttr[name="weight"](%m.1) # a/b.ts:12:4
   = prim::Print(%0, %w.1) # a/b.ts:13:4
  %a.1 : int, %b.1 : Tensor = prim::TupleUnpack(%t.1)
  %y.1 : Float(N, floordiv(N + 1, 2), s0) = prim::Segment_0[symbols=["never"]](%x.1, %a.1)
  return (%y.1)
symbols(N : int in [0, 32], s0 : int)
with prim::Segment_0 = graph(%x.1 : Float(N, 2*N + 1, 28),
      %0 : int):
  %1 : Float(2) = prim::Segment_1(%x.1)
  return (%1)
symbols(N : int in [0, 32])
with prim::Segment_1 = graph(%0 : Float(N, 3)):
  return (%0)
`.replace('symbols=["never"]', 'symbols={"N", "s0"}')

describe('graph text', () => {
  test.each([
    ['the loop-and-if program', loopAndIf],
    ['every kind of type and constant', manyKinds],
  ])('%s: printing what was parsed gives the same text', (_, text) => {
    expect(printGraph(parseGraph(text))).toBe(text)
  })

  test('numbering does not depend on ids', () => {
    const builder = new GraphBuilder('f')
    const range: SourceRange = { file: 'f.ts', start: 3, end: 9, line: 1, column: 3 }
    for (let i = 0; i < 5; i++) builder.value({ kind: 'int' })
    const x = builder.param({ kind: 'int' }, 'x.7')
    const one = builder.int(1, range)
    const y = builder.op('aten::add', [x, one], { kind: 'int' }, range, { name: 'x' })
    expect(printGraph(builder.finish([y]))).toBe(`graph(%x.1 : int):
  %0 : int = prim::Constant[value=1]() # f.ts:1:3
  %x.2 : int = aten::add(%x.1, %0) # f.ts:1:3
  return (%x.2)
`)
  })

  test('errors say where the text is wrong', () => {
    expect(() => parseGraph('graph(%x : int):\n  %y : int = aten::neg(%z)\n  return (%y)\n')).toThrow(
      /graph text 2:25: expected a defined value instead of %z/,
    )
    expect(() => parseGraph('graph(%x : intt):\n  return (%x)\n')).toThrow(/expected a type instead of 'intt'/)
  })

  test('re-emitting with replaced uses keeps nested blocks', () => {
    const graph = parseGraph(loopAndIf)
    const builder = GraphBuilder.from(graph)
    for (const node of graph.block.nodes) builder.emit(node)
    expect(printGraph(builder.finish(graph.block.returns))).toBe(loopAndIf)
  })
})

test('a program serializes deterministically and comes back', () => {
  const graph = parseGraph(manyKinds, 'forward')
  const id = '3f2a' as ConstantId
  const tensorType: Type = { kind: 'tensor', dtype: 'float32', shape: [1, 2] }
  const program: Program = {
    name: 'model',
    entry: 'forward',
    functions: new Map([
      ['forward', graph],
      ['a', parseGraph(loopAndIf, 'a')],
    ]),
    classes: new Map([
      [
        'DigitNet',
        {
          name: 'DigitNet',
          attributes: new Map([
            ['weight', { type: tensorType, constant: { kind: 'tensor', id }, isParameter: true, isBuffer: false }],
            ['limit', { type: { kind: 'float' }, constant: { kind: 'float', value: Infinity }, isParameter: false, isBuffer: false }],
          ]),
          methods: new Map([['forward', 'forward']]),
        },
      ],
    ]),
    constants: new Map([[id, { id, name: 'conv1.weight', dtype: 'float32', shape: [1, 2], data: new Float32Array([1, 2]) }]]),
  }
  const text = serialize(program)
  const again = deserialize(text, () => new Float32Array([1, 2]))
  expect(serialize(again)).toBe(text)
  expect(again.classes).toEqual(program.classes)
  expect(again.constants).toEqual(program.constants)
  expect(again.functions.get('a')!.block.nodes[0]!.range).toEqual({ file: 'digits.ts', line: 4, column: 20, start: 0, end: 0 })
})
