/** Running results along rows: sums, products, log-sum-exps, and extremes with their positions. */
import type { KernelCall, LoopExpr } from '../loop.ts'
import { add, assign, binary, compare, constantOf, forLoop, i32, letStmt, localStmt, select, sub, unary, variable } from '../loopCode.ts'
import type { TemplateStage } from '../stage.ts'
import { scanKinds } from './names.ts'
import { TemplateBuilder } from './templateBuilder.ts'

export function buildScan(stage: TemplateStage, parallel: boolean): KernelCall {
  const builder = new TemplateBuilder(parallel)
  const [x, out] = [stage.inputs[0]!, stage.outputs[0]!]
  const source = builder.operand(x)
  const target = builder.operand(out)
  const kind = scanKinds[stage.params[0] as number]!
  const size = builder.dim(x.shape[1]!)
  const total = variable('total', source.type)
  const start = kind === 'sum' ? 0 : kind === 'prod' ? 1 : Number.NEGATIVE_INFINITY
  const body = builder.eachRow(x, (first, step) => [
    localStmt('total', constantOf(source.type, start)),
    localStmt('place', first(size)),
    forLoop('k', i32(0), size, 1, [
      letStmt('element', source.read(variable('place', 'i32'))),
      assign(
        'total',
        kind === 'logsumexp'
          ? logAddExp(total, variable('element', source.type))
          : binary(kind === 'sum' ? 'add' : 'mul', total, variable('element', source.type)),
      ),
      target.write(variable('place', 'i32'), total),
      assign('place', add(variable('place', 'i32'), step)),
    ]),
  ])
  return builder.call(`scan_${kind}`, body, x.shape)
}

/** log(exp(a) + exp(b)); infinite maxima are not subtracted. */
function logAddExp(a: LoopExpr, b: LoopExpr): LoopExpr {
  const top = binary('max', a, b)
  const sum = add(top, unary('log1p', unary('exp', sub(binary('min', a, b), top))))
  return select(compare('lt', unary('abs', top), Number.POSITIVE_INFINITY), sum, top)
}

export function buildScanExtreme(stage: TemplateStage, parallel: boolean): KernelCall {
  const builder = new TemplateBuilder(parallel)
  const [x, values, indices] = [stage.inputs[0]!, stage.outputs[0]!, stage.outputs[1]!]
  const source = builder.operand(x)
  const outValues = builder.operand(values)
  const outIndices = builder.operand(indices)
  const size = builder.dim(x.shape[1]!)
  const [best, element] = [variable('best', source.type), variable('element', source.type)]
  const [position, place, k] = [variable('position', 'i32'), variable('place', 'i32'), variable('k', 'i32')]
  const reached = compare(stage.params[0] === 1 ? 'ge' : 'le', element, best)
  const moves =
    source.type === 'f32' ? binary('or', compare('ne', element, element), binary('and', compare('eq', best, best), reached)) : reached
  const body = builder.eachRow(x, (first, step) => [
    localStmt('place', first(size)),
    localStmt('position', i32(0)),
    localStmt('best', constantOf(source.type, 0)),
    forLoop('k', i32(0), size, 1, [
      letStmt('element', source.read(place)),
      { t: 'if', condition: binary('or', compare('eq', k, 0), moves), then: [assign('best', element), assign('position', k)], else: [] },
      outValues.write(place, best),
      outIndices.write(place, position),
      assign('place', add(place, step)),
    ]),
  ])
  return builder.call('scan_extreme', body, [])
}
