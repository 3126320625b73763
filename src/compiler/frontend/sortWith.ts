/**
 * `xs.toSorted(compare)` and `xs.sort(compare)` with the function inlined: runs of twice the length are merged in a copy of the array, the left
 * one out of a buffer, so that the sort is stable and compares n log n times.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { tryScalar } from './builtins.ts'
import { constantInt } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { type Condition, emitBranch, noRefinements, toCondition } from './control.ts'
import { callWith } from './functions.ts'
import { hidden, take } from './higherOrder.ts'
import { emitLoop, type LoopForm } from './loops.ts'
import type { Binding } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { describe, emit, materialize } from './values.ts'

export function sortWith(f: FunctionContext, list: ScriptValue, compare: Sugared, node: t.CallExpression): ScriptValue {
  if (list.type.kind !== 'list') return fail(messages.notIterable(f.span(node), { type: describe(list) }))
  const scalar = (name: string, ...operands: Sugared[]): ScriptValue => tryScalar(f, name, operands, node) as ScriptValue
  const add = (a: Sugared, b: Sugared): ScriptValue => scalar('aten::add', a, b)
  const less = (a: Sugared, b: Sugared): ScriptValue => scalar('aten::lt', a, b)
  const get = (binding: Binding): Sugared => f.state.values.get(binding)!
  const set = (binding: Binding, to: Sugared): void => void f.state.values.set(binding, to)
  const step = (binding: Binding): void => set(binding, add(get(binding), constantInt(1)))
  const read = (from: ScriptValue, index: Sugared): ScriptValue => scalar('aten::__getitem__', from, index)
  const write = (to: ScriptValue, index: Sugared, element: ScriptValue): void => {
    f.emitter.node('aten::_set_item', [to.id, materialize(f, index, node).id, element.id], [], f.range(node))
  }
  const loop = (test: () => Sugared, body: () => void): void => {
    const form: Omit<LoopForm, 'test' | 'body'> = { node, label: null, trip: null, bind: () => {}, update: null, iterationName: null }
    const condition = () => ({ test: toCondition(f, test(), node), whenTrue: noRefinements, whenFalse: noRefinements })
    emitLoop(f, { ...form, test: condition, body })
  }
  const isAfter = (a: ScriptValue, b: ScriptValue): Condition => {
    const order = callWith(f, compare, [a, b], node)
    const after = tryScalar(f, 'aten::gt', [order, constantInt(0)], node)
    if (!after)
      return fail(messages.notAssignable(f.span(node), { source: describe(order), target: 'float', where: ', what a comparison gives' }))
    return { test: toCondition(f, after, node), whenTrue: noRefinements, whenFalse: noRefinements }
  }

  const sorted = emit(f, 'aten::list', [list], list.type, node)
  const buffer = emit(f, 'aten::list', [list], list.type, node)
  const count = scalar('aten::len', sorted)
  const merge = (start: Sugared, middle: ScriptValue, end: ScriptValue): void => {
    const from = hidden(f, 'from', start)
    loop(
      () => less(get(from), middle),
      () => {
        write(buffer, get(from), read(sorted, get(from)))
        step(from)
      },
    )
    take(f, from)
    const [left, right, to] = [hidden(f, 'left', start), hidden(f, 'right', middle), hidden(f, 'to', start)]
    const put = (element: ScriptValue, next: Binding): null => {
      write(sorted, get(to), element)
      step(next)
      return null
    }
    loop(
      () => scalar('aten::__and__', less(get(left), middle), less(get(right), end)),
      () => {
        const [a, b] = [read(buffer, get(left)), read(sorted, get(right))]
        emitBranch(
          f,
          node,
          isAfter(a, b),
          () => put(b, right),
          () => put(a, left),
        )
        step(to)
      },
    )
    loop(
      () => less(get(left), middle),
      () => {
        put(read(buffer, get(left)), left)
        step(to)
      },
    )
    for (const binding of [left, right, to]) take(f, binding)
  }
  const width = hidden(f, 'width', constantInt(1))
  loop(
    () => less(get(width), count),
    () => {
      const start = hidden(f, 'start', constantInt(0))
      loop(
        () => less(add(get(start), get(width)), count),
        () => {
          const middle = add(get(start), get(width))
          const end = scalar('prim::min', add(middle, get(width)), count)
          merge(get(start), middle, end)
          set(start, end)
        },
      )
      take(f, start)
      set(width, add(get(width), get(width)))
    },
  )
  take(f, width)
  return sorted
}
