/**
 * Elements of `src` combined into a copy of `self` at positions of one dim, in the order of `index`: deterministic, also with sums. On the GPU a thread has a
 * line along that dim, which no other writes to; what is out of range traps in wasm, and is left out there.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimProduct } from '../../../ops/dimMath.ts'
import { contiguousStrides } from '../../../ops/shape.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, binary, compare, convert, div, forLoop, i32, letStmt, mul, select, variable } from '../loopCode.ts'
import type { TemplateStage } from '../stage.ts'
import { scatterModes } from './names.ts'
import { type Operand, TemplateBuilder } from './templateBuilder.ts'

export function buildScatter(stage: TemplateStage, parallel: boolean): KernelCall {
  const builder = new TemplateBuilder(parallel)
  const [self, index, src] = stage.inputs as [TemplateStage['inputs'][0], TemplateStage['inputs'][0], TemplateStage['inputs'][0]]
  const [out, counts] = stage.outputs as [TemplateStage['outputs'][0], TemplateStage['outputs'][0]]
  const [dim, modeNumber, includeSelf] = stage.params as [number, number, number]
  const mode = scatterModes[modeNumber]!
  const from = builder.operand(self)
  const positions = builder.operand(index)
  const source = builder.operand(src)
  const target = builder.operand(out)
  const isCounted = mode === 'mean' || includeSelf === 0
  const counted = isCounted ? builder.operand(counts) : null
  const size = builder.dim(out.shape[dim] ?? 1)
  const axis = (i: number): LoopExpr => variable(`i${i}`, 'i32')
  const flat = (shape: readonly Dim[], at: (i: number) => LoopExpr): LoopExpr =>
    contiguousStrides(shape).reduce<LoopExpr>((sum, stride, i) => add(sum, mul(at(i), builder.dim(stride))), i32(0))

  const element = variable('element', source.type)
  const place = variable('place', 'i32')
  const along =
    (position: LoopExpr) =>
    (i: number): LoopExpr =>
      i === dim ? position : axis(i)
  const wrapped = variable('wrapped', 'i32')
  const inside = binary('and', compare('ge', wrapped, 0), compare('lt', wrapped, size))
  const combined = (position: LoopExpr): readonly LoopStmt[] => [
    letStmt('place', flat(out.shape, along(position))),
    letStmt('element', source.read(flat(src.shape, axis))),
    ...combine(mode, includeSelf === 1, target, counted, place, element),
  ]
  const inner: LoopStmt[] = [
    letStmt('given', positions.read(flat(index.shape, axis))),
    letStmt('wrapped', select(compare('lt', variable('given', 'i32'), 0), add(variable('given', 'i32'), size), variable('given', 'i32'))),
    ...(parallel
      ? [{ t: 'if', condition: inside, then: combined(wrapped), else: [] } as const]
      : // Division by zero traps: an index out of range must not write anywhere.
        [letStmt('inside', convert('i32', inside)), ...combined(div(wrapped, variable('inside', 'i32')))]),
  ]
  const at = variable('at', 'i32')
  const start: LoopStmt[] = [target.write(at, from.read(at)), ...(counted ? [counted.write(at, i32(0))] : [])]
  const end = mode === 'mean' ? average(target, counted!, at, includeSelf === 1) : []
  const axes = index.shape.map((extent, i) => ({ name: `i${i}`, extent, limit: out.shape[i]!, isLine: i === dim }))
  const nest = (loops: readonly (typeof axes)[number][], body: readonly LoopStmt[]): readonly LoopStmt[] =>
    loops.reduceRight<readonly LoopStmt[]>((nested, { name, extent }) => [forLoop(name, i32(0), builder.dim(extent), 1, nested)], body)
  if (!parallel) {
    const everywhere = (body: readonly LoopStmt[]): readonly LoopStmt[] =>
      body.length === 0 ? [] : [forLoop('at', i32(0), builder.dim(dimProduct(out.shape)), 1, body)]
    return builder.call(`scatter_${mode}`, [...everywhere(start), ...nest(axes, inner), ...everywhere(end)], index.shape)
  }
  const others = axes.filter(({ isLine }) => !isLine)
  const line = (body: readonly LoopStmt[]): readonly LoopStmt[] =>
    body.length === 0 ? [] : [forLoop('k', i32(0), size, 1, [letStmt('at', flat(out.shape, along(variable('k', 'i32')))), ...body])]
  const indexed = others.reduce<readonly LoopStmt[]>(
    (body, { name, extent }) => [{ t: 'if', condition: compare('lt', variable(name, 'i32'), builder.dim(extent)), then: body, else: [] }],
    nest(
      axes.filter(({ isLine }) => isLine),
      inner,
    ),
  )
  const body = builder.each(
    others.map(({ name }) => name),
    others.map(({ limit }) => limit),
    [...line(start), ...indexed, ...line(end)],
  )
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
