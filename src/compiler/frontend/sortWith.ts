/**
 * `xs.toSorted(compare)` and `xs.sort(compare)` with the function inlined: in a copy of the array, every element is put behind those before
 * it that are not greater, found by halves, so that the sort is stable and compares n log n times.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { tryScalar } from './builtins.ts'
import { type FunctionContext, fail } from './context.ts'
import { emitBranch, noRefinements, toCondition } from './control.ts'
import { callWith } from './functions.ts'
import { forEachElement, hidden, take } from './higherOrder.ts'
import { emitLoop, type LoopForm } from './loops.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { constantInt, describe, emit, materialize } from './values.ts'

export function sortWith(f: FunctionContext, list: ScriptValue, compare: Sugared, node: t.CallExpression): ScriptValue {
  if (list.type.kind !== 'list') return fail(messages.notIterable(f.span(node), { type: describe(list) }))
  const scalar = (name: string, ...operands: Sugared[]): ScriptValue => tryScalar(f, name, operands, node) as ScriptValue
  const read = (index: Sugared): ScriptValue => scalar('aten::__getitem__', sorted, index)
  const write = (index: Sugared, element: ScriptValue): void => {
    f.emitter.node('aten::_set_item', [sorted.id, materialize(f, index, node).id, element.id], [], f.range(node))
  }
  const loop = (test: () => Sugared, body: () => void): void => {
    const form: Omit<LoopForm, 'test' | 'body'> = { node, label: null, trip: null, bind: () => {}, update: null, iterationName: null }
    const condition = () => ({ test: toCondition(f, test(), node), whenTrue: noRefinements, whenFalse: noRefinements })
    emitLoop(f, { ...form, test: condition, body })
  }
  const sorted = emit(f, 'aten::list', [list], list.type, node)
  forEachElement(f, sorted, node, (item, position) => {
    const element = materialize(f, item, node)
    const low = hidden(f, 'low', constantInt(0))
    const high = hidden(f, 'high', position)
    const get = (binding: typeof low): Sugared => f.state.values.get(binding)!
    const set = (binding: typeof low, to: Sugared): null => {
      f.state.values.set(binding, to)
      return null
    }
    loop(
      () => scalar('aten::lt', get(low), get(high)),
      () => {
        const middle = scalar('aten::__rshift__', scalar('aten::add', get(low), get(high)), constantInt(1))
        const order = callWith(f, compare, [read(middle), element], node)
        const after = tryScalar(f, 'aten::gt', [order, constantInt(0)], node)
        if (!after)
          return fail(
            messages.notAssignable(f.span(node), { source: describe(order), target: 'float', where: ', what a comparison gives' }),
          )
        const test = toCondition(f, after, node)
        emitBranch(
          f,
          node,
          { test, whenTrue: noRefinements, whenFalse: noRefinements },
          () => set(high, middle),
          () => set(low, scalar('aten::add', middle, constantInt(1))),
        )
      },
    )
    const place = take(f, low)
    take(f, high)
    const last = hidden(f, 'last', position)
    loop(
      () => scalar('aten::gt', get(last), place),
      () => {
        const before = scalar('aten::sub', get(last), constantInt(1))
        write(get(last), read(before))
        set(last, before)
      },
    )
    take(f, last)
    write(place, element)
  })
  return sorted
}
