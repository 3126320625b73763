/** nn::recurrence: the formula of the cell over what is projected from the input, products of the state, and the states. Outputs keep the input's order of axes. */

import type { Dim } from '../../../ops/dim.ts'
import { dimMul } from '../../../ops/dimMath.ts'
import { type CellMath, type CellName, recurrentCells } from '../../../ops/recurrentCell.ts'
import { denseOrder } from '../access.ts'
import type { Access, StageExpr } from '../stage.ts'
import { accumulator, indexOf, loadOf, normalizeLoads } from '../stageExpr.ts'
import type { KernelCallSite } from './kernelOps.ts'

const binary =
  (fn: 'add' | 'sub' | 'mul') =>
  (a: StageExpr, b: StageExpr): StageExpr => ({ s: 'binary', fn, a, b, dtype: 'float32' })
const unary =
  (fn: 'sigmoid' | 'tanh') =>
  (a: StageExpr): StageExpr => ({ s: 'unary', fn, a, dtype: 'float32' })
const zero: StageExpr = { s: 'scalar', value: 0, dtype: 'float32' }

const expressions: CellMath<StageExpr> = {
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  sigmoid: unary('sigmoid'),
  tanh: unary('tanh'),
  relu: (a) => ({ s: 'binary', fn: 'maximum', a, b: zero, dtype: 'float32' }),
}

export function lowerRecurrence({ context, args, outputs, names }: KernelCallSite): readonly Access[] {
  const { gates, next } = recurrentCells[args.string('cell') as CellName]
  const projected = context.accessOf(args.tensor('projected').value)
  const weight = context.accessOf(args.tensor('weight').value)
  const biasValue = args.tensorOrNull('bias')
  const bias = biasValue && context.accessOf(biasValue.value)
  const initial = args.tensors('states').map(({ value }) => loadOf(context.accessOf(value)))
  const [steps, batch] = projected.shape as [Dim, Dim]
  const units = weight.shape[1] as number
  const [alongRow, alongK] = weight.strides as [Dim, Dim]
  const axes = [steps, batch, units]
  const all = Array.from({ length: gates }, (_, gate) => gate)
  const unitOf = (gate: number): StageExpr => ({
    s: 'binary',
    fn: 'add',
    a: indexOf(2),
    b: { s: 'scalar', value: gate * units, dtype: 'int64' },
    dtype: 'int64',
  })
  const load = (access: Access, indices: readonly StageExpr[]): StageExpr =>
    normalizeLoads({ s: 'load', access, indices, dtype: access.dtype }, axes)
  const cell = next(
    expressions,
    all.map((gate) => load(projected, [indexOf(0), indexOf(1), unitOf(gate)])),
    all.map((gate) => {
      const product = accumulator('float32', gate)
      return bias ? expressions.add(product, load(bias, [unitOf(gate)])) : product
    }),
    initial.map((_, state) => accumulator('float32', gates + state)),
  )
  const order = denseOrder(projected)
  const out = context.temporary(names[0]!, outputs[0]!, order?.at(-1) === 2 ? order : undefined)
  const last = initial.map((_, k) => context.temporary(names[k + 1]!, outputs[k + 1]!))
  context.stages.push({
    kind: 'recurrent',
    steps,
    batch,
    units,
    reverse: args.bool('reverse'),
    weight: { ...weight, shape: [gates, units, units], strides: [dimMul(alongRow, units), alongRow, alongK] },
    initial,
    cell,
    out,
    last,
  })
  return [out, ...last]
}
