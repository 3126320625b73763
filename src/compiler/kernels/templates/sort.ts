/** Rows in stable order, NaN largest: bottom-up merge sort of positions (Knuth, TAOCP 3, 5.2.4), between the two halves of the scratch buffer. */
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, assign, binary, compare, forLoop, i32, letStmt, localStmt, min, mul, sub, variable } from '../loopCode.ts'
import type { TemplateStage } from '../stage.ts'
import { type Operand, TemplateBuilder } from './templateBuilder.ts'

export function buildSort(stage: TemplateStage, parallel: boolean): KernelCall {
  const builder = new TemplateBuilder(parallel)
  const [x, values, indices, scratch] = [stage.inputs[0]!, ...stage.outputs] as const
  const source = builder.operand(x)
  const order = builder.scratch(scratch!)
  const outValues = builder.operand(values!)
  const outIndices = builder.operand(indices!)
  const size = builder.dim(x.shape[1]!)
  const count = builder.dim(values!.shape[1]!)
  const [width, from, to] = [local('width'), local('from'), local('to')]
  const body = builder.eachRow(x, (first, step) => [
    letStmt('row', first(size)),
    letStmt('result', first(count)),
    forLoop('k', i32(0), size, 1, [order.write(local('k'), local('k'))]),
    localStmt('width', i32(1)),
    localStmt('from', i32(0)),
    localStmt('to', size),
    {
      t: 'while',
      condition: compare('lt', width, size),
      body: [
        ...mergePass(source, order, size, step, stage.params[0] === 1),
        assign('from', to),
        assign('to', sub(size, from)),
        assign('width', mul(width, 2)),
      ],
    },
    forLoop('k', i32(0), count, 1, [
      letStmt('chosen', order.read(add(from, local('k')))),
      letStmt('place', add(local('result'), mul(local('k'), step))),
      outValues.write(local('place'), source.read(add(local('row'), mul(local('chosen'), step)))),
      outIndices.write(local('place'), local('chosen')),
    ]),
  ])
  return builder.call('sort', body, [])
}

const local = (name: string): LoopExpr => variable(name, 'i32')

/** Merges neighbouring runs of `width` positions from one half of the scratch buffer into the other. */
function mergePass(source: Operand, order: Operand, size: LoopExpr, step: LoopExpr, descending: boolean): readonly LoopStmt[] {
  const [low, middle, high, left, right, at] = ['low', 'middle', 'high', 'left', 'right', 'at'].map(local) as [
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
  ]
  const element = (position: LoopExpr): LoopExpr => source.read(add(local('row'), mul(position, step)))
  const take = (name: 'left' | 'right'): readonly LoopStmt[] => [
    order.write(add(local('to'), at), order.read(add(local('from'), local(name)))),
    assign(name, add(local(name), 1)),
  ]
  const type = source.type
  return [
    localStmt('low', i32(0)),
    {
      t: 'while',
      condition: compare('lt', low, size),
      body: [
        letStmt('middle', min(add(low, local('width')), size)),
        letStmt('high', min(add(low, mul(local('width'), 2)), size)),
        localStmt('left', low),
        localStmt('right', middle),
        localStmt('at', low),
        {
          t: 'while',
          condition: compare('lt', at, high),
          body: [
            {
              t: 'if',
              condition: compare('ge', right, high),
              then: take('left'),
              else: [
                {
                  t: 'if',
                  condition: compare('ge', left, middle),
                  then: take('right'),
                  else: [
                    letStmt('a', element(order.read(add(local('from'), left)))),
                    letStmt('b', element(order.read(add(local('from'), right)))),
                    {
                      t: 'if',
                      condition: precedes(variable('b', type), variable('a', type), descending),
                      then: take('right'),
                      else: take('left'),
                    },
                  ],
                },
              ],
            },
            assign('at', add(at, 1)),
          ],
        },
        assign('low', add(low, mul(local('width'), 2))),
      ],
    },
  ]
}

/** Whether a stands strictly before b. */
export function precedes(a: LoopExpr, b: LoopExpr, descending: boolean): LoopExpr {
  if (descending) return precedes(b, a, false)
  const less = compare('lt', a, b)
  return a.type === 'f32' ? binary('or', less, binary('and', compare('ne', b, b), compare('eq', a, a))) : less
}
