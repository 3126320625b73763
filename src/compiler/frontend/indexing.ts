/**
 * `x.index([0, slice(1, 3), null, '...', mask, indices])`, `x.indexPut_([...], v)` and `x.at(i)` as operators, by the plan that the
 * eager library follows too (ops/indexing.ts).
 */
import type * as t from '@babel/types'
import { type IndexItem, planIndexing } from '../../ops/indexing.ts'
import { OperatorError } from '../../ops/operator.ts'
import { diagnosticFromOperatorError } from '../diagnostics/diagnostic.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import { constantInt, constantNull } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { type CallArguments, callOperator } from './operatorCalls.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { types } from './typeRelations.ts'
import { constantOf, describe, notAssignable, typeOf } from './values.ts'

export function callIndexing(
  f: FunctionContext,
  tensor: ScriptValue,
  name: 'index' | 'indexPut_' | 'at',
  args: CallArguments,
  node: t.CallExpression,
): Sugared | null {
  const [first, second, accumulate] = args.positional
  if (!first) return null
  if (name === 'at') {
    if (typeOf(first)?.kind === 'float') fail(notAssignable(f, types.float, types.int, node.arguments[0]!))
    return callOperator(f, 'aten::select', [tensor, constantInt(0), first], node)
  }
  const items = first.kind === 'array' ? first.elements : typeOf(first)?.kind === 'tensor' || typeOf(first)?.kind === 'int' ? [first] : null
  if (items === null) return null
  const { view, indices } = applyIndices(f, tensor, items, node)
  if (name === 'index')
    return indices.length === 0 ? view : callOperator(f, 'aten::index', [view, { kind: 'array', elements: indices }], node)
  if (!second) return fail(messages.argumentCount(f.span(node), { name, expected: 'indices and a value', actual: 1 }))
  if (indices.length > 0) {
    const named: { readonly [name: string]: Sugared } = accumulate ? { accumulate } : {}
    return callOperator(f, 'aten::index_put_', [view, { kind: 'array', elements: indices }, asTensor(f, second, node)], node, named)
  }
  return callOperator(f, typeOf(second)?.kind === 'tensor' ? 'aten::copy_' : 'aten::fill_', [view, second], node)
}

const asTensor = (f: FunctionContext, sugar: Sugared, node: t.Node): Sugared =>
  typeOf(sugar)?.kind === 'tensor' ? sugar : callOperator(f, 'aten::full', [{ kind: 'array', elements: [] }, sugar], node)

/** The views of the plan in order; `indices` is one entry a dim for `aten::index`, empty when no tensor takes part. */
function applyIndices(
  f: FunctionContext,
  tensor: ScriptValue,
  tokens: readonly Sugared[],
  node: t.Node,
): { readonly view: Sugared; readonly indices: readonly Sugared[] } {
  // The plan passes ints through untouched, so each value travels as a number that stands for it.
  const carried: Sugared[] = []
  const carry = (sugar: Sugared): number => carried.push(sugar) + 1
  const restore = (code: unknown): Sugared => (code === null ? constantNull : code === 1 ? constantInt(1) : carried[(code as number) - 2]!)
  const bound = (sugar: Sugared): number | null => (constantOf(sugar) === null ? null : carry(sugar))
  const rank = tensor.type.kind === 'tensor' && tensor.type.shape ? tensor.type.shape.length : null
  const items = tokens.map((token): IndexItem<Sugared> => {
    const type = typeOf(token)
    if (constantOf(token) === '...') return { kind: 'ellipsis' }
    if (constantOf(token) === null) return { kind: 'none' }
    if (token.kind === 'slice') {
      const unit = constantOf(token.step) === null || constantOf(token.step) === 1
      return { kind: 'slice', start: bound(token.start), end: bound(token.stop), step: unit ? 1 : carry(token.step) }
    }
    if (type?.kind === 'int') return { kind: 'int', value: carry(token) }
    if (type?.kind !== 'tensor')
      return fail(
        messages.notAssignable(f.span(node), { source: describe(token), target: "an index (int, slice, null, '...', Tensor)", where: '' }),
      )
    return { kind: 'tensor', value: token, consumes: type.dtype === 'bool' || type.dtype === 'uint8' ? (type.shape?.length ?? 1) : 1 }
  })
  try {
    const plan = planIndexing(items, rank)
    let view: Sugared = tensor
    for (const step of plan.steps) {
      const dim = constantInt(step.dim)
      if (step.op === 'aten::select') view = callOperator(f, step.op, [view, dim, restore(step.index)], node)
      else if (step.op === 'aten::unsqueeze') view = callOperator(f, step.op, [view, dim], node)
      else view = callOperator(f, step.op, [view, dim, restore(step.start), restore(step.end), restore(step.step)], node)
    }
    return { view, indices: (plan.tensors ?? []).map((index) => index ?? constantNull) }
  } catch (error) {
    if (error instanceof OperatorError) return fail(diagnosticFromOperatorError(error, f.span(node)))
    throw error
  }
}
