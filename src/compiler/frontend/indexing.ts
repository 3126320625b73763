/**
 * `x.index([0, slice(1, 3), null, '...', mask, indices])`, `x.indexPut_([...], v)` and `x.at(i)`: basic indices become select, slice and
 * unsqueeze views in order, tensors go to aten::index at the end, as PyTorch's own frontend does it.
 */
import type * as t from '@babel/types'
import * as messages from '../diagnostics/messages.generated.ts'
import { type FunctionContext, fail } from './context.ts'
import { type CallArguments, callOperator } from './operatorCalls.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { constantInt, constantNull, constantOf, describe, materialize, typeOf } from './values.ts'

export function callIndexing(
  f: FunctionContext,
  tensor: ScriptValue,
  name: 'index' | 'indexPut_' | 'at',
  args: CallArguments,
  node: t.CallExpression,
): Sugared | null {
  const [first, second] = args.positional
  if (!first) return null
  if (name === 'at') return callOperator(f, 'aten::select', [tensor, constantInt(0), first], node)
  const tokens =
    first.kind === 'array' ? first.elements : typeOf(first)?.kind === 'tensor' || typeOf(first)?.kind === 'int' ? [first] : null
  if (tokens === null) return null
  const { view, indices } = basicIndices(f, tensor, tokens, node)
  if (name === 'index')
    return indices.length === 0 ? view : callOperator(f, 'aten::index', [view, { kind: 'array', elements: indices }], node)
  if (!second) return fail(messages.argumentCount(f.span(node), { name, expected: 'indices and a value', actual: 1 }))
  if (indices.length > 0)
    return callOperator(
      f,
      'aten::index_put_',
      [view, { kind: 'array', elements: indices }, asTensor(f, second, node)],
      node,
      args.positional[2] ? { accumulate: args.positional[2] } : {},
    )
  return typeOf(second)?.kind === 'tensor'
    ? callOperator(f, 'aten::copy_', [view, second], node)
    : callOperator(f, 'aten::fill_', [view, second], node)
}

const asTensor = (f: FunctionContext, sugar: Sugared, node: t.Node): Sugared =>
  typeOf(sugar)?.kind === 'tensor' ? sugar : callOperator(f, 'aten::full', [{ kind: 'array', elements: [] }, sugar], node)

/** Applies ints, slices, null and '...' from left to right; what remains is one entry a dim for aten::index, trailing nulls dropped. */
function basicIndices(
  f: FunctionContext,
  tensor: ScriptValue,
  tokens: readonly Sugared[],
  node: t.Node,
): { readonly view: Sugared; readonly indices: readonly Sugared[] } {
  let view: Sugared = tensor
  let dim = 0
  const indices: Sugared[] = []
  const consumed = (token: Sugared): number =>
    constantOf(token) === null || constantOf(token) === '...'
      ? 0
      : token.kind === 'value' && token.type.kind === 'tensor' && token.type.dtype === 'bool'
        ? (token.type.shape?.length ?? 1)
        : 1
  for (const [i, token] of tokens.entries()) {
    const type = typeOf(token)
    if (constantOf(token) === '...') {
      const shape = tensor.type.kind === 'tensor' ? tensor.type.shape : null
      const after = tokens.slice(i + 1).reduce((n, t) => n + consumed(t), 0)
      const before = tokens.slice(0, i).reduce((n, t) => n + consumed(t), 0)
      if (shape === null) {
        if (after === 0) continue
        return fail(messages.constantNeeded(f.span(node), { what: 'the rank of a tensor indexed with `...`' }))
      }
      const skipped = shape.length - before - after
      for (let k = 0; k < skipped; k++) indices.push(constantNull)
      dim += skipped
    } else if (token.kind === 'slice') {
      view = callOperator(
        f,
        'aten::slice',
        [view, constantInt(dim), token.start, token.stop, constantOf(token.step) === null ? constantInt(1) : token.step],
        node,
      )
      indices.push(constantNull)
      dim++
    } else if (constantOf(token) === null) {
      view = callOperator(f, 'aten::unsqueeze', [view, constantInt(dim)], node)
      indices.push(constantNull)
      dim++
    } else if (type?.kind === 'int') {
      view = callOperator(f, 'aten::select', [view, constantInt(dim), token], node)
    } else if (type?.kind === 'tensor') {
      indices.push(materialize(f, token, node))
      dim += consumed(token)
    } else
      return fail(
        messages.notAssignable(f.span(node), { source: describe(token), target: "an index (int, slice, null, '...', Tensor)", where: '' }),
      )
  }
  while (indices.length > 0 && constantOf(indices.at(-1)!) === null) indices.pop()
  return { view, indices }
}
