/** Memory plans: what is needed at the same time does not overlap, in every program and for every value of the symbols; and they are tight. */
import { describe, expect, test } from 'vitest'
import type { MemoryPlan, ScheduledSegment } from '../../src/compiler/kernels/loop.ts'
import { planMemory } from '../../src/compiler/kernels/planMemory.ts'
import { evaluateDim, isConst } from '../../src/ops/dimMath.ts'
import { elementBytes } from '../../src/ops/dtype.ts'
import type { Env } from './interpretStages.ts'
import { scheduleTrivially, segmentOfBody } from './segments.ts'

const programs: readonly (readonly [name: string, parameters: string, body: string])[] = [
  [
    'a chain of layers',
    "x: Tensor<'float32', [4, 64]>, w: Tensor<'float32', [64, 64]>",
    'let y = x\n  for (let i = 0; i < 5; i++) y = F.relu(F.linear(y, w))\n  return y',
  ],
  [
    'two branches',
    "x: Tensor<'float32', [4, 8]>, w: Tensor<'float32', [8, 8]>, v: Tensor<'float32', [8, 8]>",
    'const a = F.linear(x, w)\n  const b = F.linear(x, v)\n  return F.linear(a, v).mul(F.softmax(b, 1)).add(a)',
  ],
  [
    'convolutions',
    "x: Tensor<'float32', [1, 3, 8, 8]>, w: Tensor<'float32', [3, 3, 3, 3]>",
    'let y = x\n  for (let i = 0; i < 3; i++) y = F.relu(F.conv2d(y, w, null, { padding: 1 }).add(y))\n  return y.mean()',
  ],
  [
    'results that are used again',
    "x: Tensor<'float32', [4, 8]>",
    'const y = x.exp()\n  const z = y.sum([0])\n  return [y, z, z.sqrt()] as [Tensor, Tensor, Tensor]',
  ],
  [
    'symbolic',
    "x: Tensor<'float32', ['N', 8]>, w: Tensor<'float32', [8, 8]>, v: Tensor<'float32', [8, 3]>",
    'return F.softmax(torch.mm(F.relu(torch.mm(torch.mm(x, w), w)), v), 1)',
  ],
  [
    'bounded',
    "x: Tensor<'float32', ['N<=16', 8]>, w: Tensor<'float32', [8, 8]>, v: Tensor<'float32', [8, 3]>",
    'return F.softmax(torch.mm(F.relu(torch.mm(torch.mm(x, w), w)), v), 1)',
  ],
]

/** Buffers with first and last call that touch them; [before the first, after the last] for inputs and outputs. */
function lifetimes({ segment, calls }: ScheduledSegment): readonly { readonly id: number; readonly from: number; readonly to: number }[] {
  return segment.buffers
    .filter(({ role }) => role !== 'weight')
    .map(({ id, role }) => {
      const touched = calls.flatMap((call, i) => (call.args.some((arg) => 'buffer' in arg && arg.buffer === id) ? [i] : []))
      return { id, from: role === 'input' ? -1 : (touched[0] ?? -1), to: role === 'output' ? calls.length : (touched.at(-1) ?? -1) }
    })
}

function expectDisjoint(scheduled: ScheduledSegment, plan: MemoryPlan, env: Env, sharing: boolean): void {
  const places = lifetimes(scheduled).map((life) => {
    const { dtype, size } = scheduled.segment.buffers[life.id]!
    const start = evaluateDim(plan.offsets.get(life.id)!, env)
    expect(start % 64).toBe(0)
    const end = start + evaluateDim(size, env) * elementBytes[dtype]
    expect(end).toBeLessThanOrEqual(evaluateDim(plan.arenaBytes, env))
    return { ...life, start, end }
  })
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      // In place, an operand's last call is the result's first.
      const together = sharing ? a.from < b.to && b.from < a.to : a.from <= b.to && b.from <= a.to
      if (together) expect(a.start >= b.end || b.start >= a.end, `buffers ${a.id} and ${b.id}`).toBe(true)
    }
  }
}

describe.each([
  ['fused', true],
  ['unfused', false],
] as const)('%s', (_, optimize) => {
  test.each(programs)('%s', (_, parameters, body) => {
    const { fused, plain } = segmentOfBody(parameters, body)
    const scheduled = scheduleTrivially(optimize ? fused : plain)
    const plan = planMemory(scheduled, optimize)
    for (const env of [{ N: 0 }, { N: 1 }, { N: 5 }, { N: 16 }]) expectDisjoint(scheduled, plan, env, optimize)
  })
})

const planOf = (name: string, optimize = true): MemoryPlan => {
  const [, parameters, body] = programs.find(([other]) => other === name)!
  const { fused } = segmentOfBody(parameters, body)
  return planMemory(scheduleTrivially(fused), optimize)
}

test('a chain of layers needs the weights copied in and two buffers at a time', () => {
  const input = 64 * 64 * 4
  const activation = 4 * 64 * 4
  expect(planOf('a chain of layers').arenaBytes).toBe(input + 2 * activation)
})

test('a declared bound makes the plan static', () => {
  const { arenaBytes, offsets } = planOf('bounded')
  expect(isConst(arenaBytes)).toBe(true)
  expect([...offsets.values()].every(isConst)).toBe(true)
  expect(isConst(planOf('symbolic').arenaBytes)).toBe(false)
})

test('pointwise results take the place of operands that end there', () => {
  const { plain } = segmentOfBody("x: Tensor<'float32', [1000]>", 'return x.exp().sin().cos()')
  const shared = planMemory(scheduleTrivially(plain), true)
  expect(shared.arenaBytes).toBe(Math.ceil(4000 / 64) * 64)
  expect(planMemory(scheduleTrivially(plain), false).arenaBytes).toBe(2 * Math.ceil(4000 / 64) * 64)
})

test('a result that gathers from an operand does not take its place', () => {
  const { fused } = segmentOfBody("x: Tensor<'float32', [5, 5]>, i: Tensor<'int64', [5]>", 'return torch.indexSelect(x, 1, i)')
  const { offsets } = planMemory(scheduleTrivially(fused), true)
  const [x, out] = [fused.inputs.find(({ dtype }) => dtype === 'float32')!, fused.outputs[0]!]
  expect(offsets.get(x.buffer)).not.toBe(offsets.get(out.buffer))
})
