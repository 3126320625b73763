/** The k largest or smallest elements of rows: a heap for few of many, selection and introsort otherwise, as PyTorch chooses. */
import { isConst } from '../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, compare, forLoop, i32, letStmt, mul, sub, variable } from '../loopCode.ts'
import type { TemplateStage } from '../stage.ts'
import { Selection } from './select.ts'
import { precedes } from './sort.ts'
import { TemplateBuilder } from './templateBuilder.ts'

export function buildTopk(stage: TemplateStage, parallel: boolean): KernelCall {
  const builder = new TemplateBuilder(parallel)
  const [x, values, indices, scratch] = [stage.inputs[0]!, stage.outputs[0]!, stage.outputs[1]!, stage.outputs[2]!]
  const [largest, sorted] = stage.params as [number, number]
  const source = builder.operand(x)
  const order = builder.scratch(scratch)
  const outValues = builder.operand(values)
  const outIndices = builder.operand(indices)
  const [extent, taken] = [x.shape[1]!, values.shape[1]!]
  const [size, count] = [builder.dim(extent), builder.dim(taken)]
  const k = variable('k', 'i32')
  const body = builder.eachRow(x, (first, step) => {
    const element = (position: LoopExpr): LoopExpr => source.read(add(variable('row', 'i32'), mul(position, step)))
    const selection = new Selection({
      read: order.read,
      write: order.write,
      before: (a, b) => precedes(element(a), element(b), largest === 1),
    })
    const few = (): readonly LoopStmt[] => selection.partialSort(i32(0), count, size)
    const many = (): readonly LoopStmt[] => [
      ...selection.nthElement(sub(count, 1), size),
      ...(sorted === 1 ? selection.sort(sub(count, 1), size) : []),
    ]
    const isFew = compare('le', mul(count, 64), size)
    const select: readonly LoopStmt[] =
      isConst(extent) && isConst(taken)
        ? taken * 64 <= extent
          ? few()
          : many()
        : [{ t: 'if', condition: isFew, then: few(), else: many() }]
    return [
      letStmt('row', first(size)),
      letStmt('result', first(count)),
      forLoop('k', i32(0), size, 1, [order.write(k, k)]),
      ...select,
      forLoop('k', i32(0), count, 1, [
        letStmt('chosen', order.read(k)),
        letStmt('place', add(variable('result', 'i32'), mul(k, step))),
        outValues.write(variable('place', 'i32'), element(variable('chosen', 'i32'))),
        outIndices.write(variable('place', 'i32'), variable('chosen', 'i32')),
      ]),
    ]
  })
  // Selecting nothing is not defined for the algorithms.
  const guarded: readonly LoopStmt[] = isConst(taken)
    ? taken === 0
      ? []
      : body
    : [{ t: 'if', condition: compare('gt', count, 0), then: body, else: [] }]
  return builder.call('topk', guarded, [])
}
