/** Elements of `src` combined into a copy of `self` at positions of one dim, in the order of `index`: deterministic, also with sums. */
import type { Dim } from '../../../ops/dim.ts'
import { dimProduct } from '../../../ops/dimMath.ts'
import { contiguousStrides } from '../../../ops/shape.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, binary, compare, convert, div, forLoop, i32, letStmt, mul, select, variable } from '../loopCode.ts'
import type { TemplateStage } from '../stage.ts'
import { scatterModes } from './names.ts'
import { type Operand, TemplateBuilder } from './templateBuilder.ts'

export function buildScatter(stage: TemplateStage): KernelCall {
  const builder = new TemplateBuilder()
  const [self, index, src] = stage.inputs as [TemplateStage['inputs'][0], TemplateStage['inputs'][0], TemplateStage['inputs'][0]]
  const [out, counts] = stage.outputs as [TemplateStage['outputs'][0], TemplateStage['outputs'][0]]
  const [dim, modeNumber, includeSelf] = stage.params as [number, number, number]
  const mode = scatterModes[modeNumber]!
  const from = builder.operand('self', self, 'read')
  const positions = builder.operand('index', index, 'read')
  const source = builder.operand('src', src, 'read')
  const target = builder.operand('out', out, 'readwrite')
  const isCounted = mode === 'mean' || includeSelf === 0
  const counted = isCounted ? builder.operand('counts', counts, 'readwrite') : null
  const total = builder.dim(dimProduct(out.shape))
  const size = builder.dim(out.shape[dim] ?? 1)
  const axis = (i: number): LoopExpr => variable(`i${i}`, 'i32')
  const flat = (shape: readonly Dim[], at: (i: number) => LoopExpr): LoopExpr =>
    contiguousStrides(shape).reduce<LoopExpr>((sum, stride, i) => add(sum, mul(at(i), builder.dim(stride))), i32(0))

  const element = variable('element', source.type)
  const place = variable('place', 'i32')
  const inner: LoopStmt[] = [
    letStmt('given', positions.read(flat(index.shape, axis))),
    letStmt('wrapped', select(compare('lt', variable('given', 'i32'), 0), add(variable('given', 'i32'), size), variable('given', 'i32'))),
    // Division by zero traps: an index out of range must not write anywhere.
    letStmt(
      'inside',
      convert('i32', binary('and', compare('ge', variable('wrapped', 'i32'), 0), compare('lt', variable('wrapped', 'i32'), size))),
    ),
    letStmt('checked', div(variable('wrapped', 'i32'), variable('inside', 'i32'))),
    letStmt(
      'place',
      flat(out.shape, (i) => (i === dim ? variable('checked', 'i32') : axis(i))),
    ),
    letStmt('element', source.read(flat(src.shape, axis))),
    ...combine(mode, includeSelf === 1, target, counted, place, element),
  ]
  const loops = index.shape.reduceRight<readonly LoopStmt[]>(
    (body, extent, i) => [forLoop(`i${i}`, i32(0), builder.dim(extent), 1, body)],
    inner,
  )
  const at = variable('at', 'i32')
  const start: LoopStmt[] = [target.write(at, from.read(at)), ...(counted ? [counted.write(at, i32(0))] : [])]
  const body: LoopStmt[] = [forLoop('at', i32(0), total, 1, start), ...loops]
  if (mode === 'mean') body.push(forLoop('at', i32(0), total, 1, average(target, counted!, at, includeSelf === 1)))
  return builder.call(`scatter_${mode}`, body, index.shape)
}

function combine(
  mode: (typeof scatterModes)[number],
  includeSelf: boolean,
  target: Operand,
  counted: Operand | null,
  place: LoopExpr,
  element: LoopExpr,
): readonly LoopStmt[] {
  if (mode === 'replace') return [target.write(place, element)]
  const fn = { sum: 'add', mean: 'add', prod: 'mul', amax: 'max', amin: 'min' } as const
  const combined = target.write(place, binary(fn[mode], target.read(place), element))
  if (!counted) return [combined]
  const count: LoopStmt = counted.write(place, add(counted.read(place), 1))
  if (includeSelf) return [combined, count]
  return [{ t: 'if', condition: compare('eq', counted.read(place), 0), then: [target.write(place, element)], else: [combined] }, count]
}

/** Sums become means where anything was added. */
function average(target: Operand, counted: Operand, at: LoopExpr, includeSelf: boolean): readonly LoopStmt[] {
  const count = counted.read(at)
  const divisor = convert(target.type, includeSelf ? add(count, 1) : count)
  const value = binary(target.type === 'f32' ? 'div' : 'floordiv', target.read(at), divisor)
  return [{ t: 'if', condition: compare('gt', count, 0), then: [target.write(at, value)], else: [] }]
}
