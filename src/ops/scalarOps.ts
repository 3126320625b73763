/**
 * Operators on what is not a tensor: numbers, booleans, strings, lists, maps and sets. One entry an operator: its type rule, its value on
 * constants (for folding), its JavaScript form (for printing) and its effect.
 * Names are TorchScript's where the meaning is the same. Numbers keep JavaScript's meaning: `aten::div` of ints is a float division,
 * `aten::fmod` is `%` (sign of the dividend), `aten::floordiv` and `aten::remainder` are Python's and throw on zero. `js::` marks
 * what only JavaScript has. An operator of this table shares its name with a tensor operator where TorchScript does so: the
 * types of the inputs decide (`isScalarCall`).
 */
import { dictOps } from './dictOps.ts'
import { listOps } from './listOps.ts'
import { numberOps } from './numberOps.ts'
import type { ScalarOp, ScalarType } from './scalarOp.ts'
import { sharedTensorOps } from './sharedTensorOps.ts'
import { stringOps } from './stringOps.ts'
import { tensorListOps } from './tensorListOps.ts'

export type { JsForm, ScalarConstant, ScalarOp, ScalarType } from './scalarOp.ts'

export const scalarOps: ReadonlyMap<string, readonly ScalarOp[]> = (() => {
  const table = new Map<string, ScalarOp[]>()
  for (const op of [...numberOps, ...stringOps, ...listOps, ...dictOps, ...tensorListOps, ...sharedTensorOps]) {
    const overloads = table.get(op.name)
    if (overloads) overloads.push(op)
    else table.set(op.name, [op])
  }
  return table
})()

/** The overload that takes these types, and its result type; null when there is none (then it may be a tensor operator). */
export function findScalarOp(name: string, types: readonly ScalarType[]): { readonly op: ScalarOp; readonly result: ScalarType } | null {
  for (const op of scalarOps.get(name) ?? []) {
    const result = op.type(types)
    if (result !== null) return { op, result }
  }
  return null
}

/** Whether a node of this kind with inputs of these types is an operator of this table. */
export const isScalarCall = (name: string, types: readonly ScalarType[]): boolean => findScalarOp(name, types) !== null
