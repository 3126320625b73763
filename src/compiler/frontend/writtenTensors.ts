/**
 * Tensors that are written to where the program does not hold them by name: `this.keys.narrow(0, n, 1).copy_(k)`, `const { keys } = this`, a helper
 * function that adds into its argument. Followed are views and results of in-place operators, back to the field of a module or to the parameter they
 * came from. A field that is written to becomes state (state.ts); a parameter is remembered for those who call the function.
 */
import type * as t from '@babel/types'
import type { Operator } from '../../ops/operator.ts'
import type { ValueId } from '../ir/graph.ts'
import type { CompiledFunction, FunctionContext } from './context.ts'
import { becomeState } from './state.ts'
import type { ScriptValue } from './sugar.ts'

/** Where a tensor came from. */
export type TensorRoot =
  | { readonly kind: 'field'; readonly object: ScriptValue; readonly field: string }
  | { readonly kind: 'parameter'; readonly index: number }

/** An operator is about to run. Does not return when what it writes to has become a field that changes. */
export function noteWrite(f: FunctionContext, operator: Operator, inputs: readonly ScriptValue[], node: t.Node): void {
  if (operator.mutates) written(f, inputs[0]!.id, node)
}

/** An operator ran: views and what in-place operators give are the tensor they were made of. */
export function noteAlias(f: FunctionContext, operator: Operator, inputs: readonly ScriptValue[], results: readonly ValueId[]): void {
  const root = inputs[0] && f.roots.get(inputs[0].id)
  if (root && (operator.mutates || operator.implementation.kind === 'view')) for (const id of results) f.roots.set(id, root)
}

/** A function is about to be called that writes to some of its arguments. */
export function noteCall(f: FunctionContext, callee: CompiledFunction, inputs: readonly ScriptValue[], node: t.Node): void {
  for (const index of callee.writes) written(f, inputs[index]!.id, node)
}

function written(f: FunctionContext, id: ValueId, node: t.Node): void {
  const root = f.roots.get(id)
  if (root?.kind === 'field') becomeState(f, root.object, root.field, node)
  else if (root) f.writtenParameters.add(root.index)
}
