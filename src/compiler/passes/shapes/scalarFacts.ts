/** What is known of the result of a node on scalars, lists and tuples, given what is known of its inputs. */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimFloorDiv, dimMax, dimMin, dimMod, dimMul, dimNeg, dimRange, dimSub } from '../../../ops/dimMath.ts'
import { findScalarOp, type ScalarConstant } from '../../../ops/scalarOps.ts'
import { constantOf } from '../../ir/builder.ts'
import type { ConstantValue, Node } from '../../ir/graph.ts'
import { type Fact, isDimFact } from '../../ir/operatorCall.ts'
import { eraseShapes } from '../../ir/typeEqual.ts'
import type { Type } from '../../ir/types.ts'

export function constantFact(value: ConstantValue): Fact | undefined {
  switch (value.kind) {
    case 'none':
      return null
    case 'tensor':
      return undefined
    default:
      return value.value
  }
}

/**
 * The fact of a single-result node, or undefined. `inputs` are the facts of its inputs, `types` their types. Ints stay symbolic; floats,
 * booleans and strings are known only when they are constants.
 */
export function scalarFact(node: Node, inputs: readonly (Fact | undefined)[], types: readonly Type[]): Fact | undefined {
  if (node.kind === 'prim::Constant') return constantFact(constantOf(node))
  if (inputs.some((fact) => fact === undefined)) return undefined
  const facts = inputs as readonly Fact[]
  if (node.kind === 'prim::ListConstruct' || node.kind === 'prim::TupleConstruct') return facts
  if (node.kind === 'aten::__getitem__' || node.kind === 'prim::TupleIndex') {
    const [list, index] = facts
    if (!Array.isArray(list) || typeof index !== 'number') return undefined
    return (list as readonly Fact[])[index]
  }
  if (node.kind === 'aten::len') return Array.isArray(facts[0]) ? facts[0].length : undefined
  if (types[0]?.kind === 'list') {
    const list = listFact(node.kind, facts)
    if (list !== undefined) return list
  }
  if (types.length > 0 && types.every((type) => type.kind === 'int') && facts.every(isDimFact)) {
    const dim = intFact(node.kind, facts)
    if (dim !== undefined) return dim
  }
  const call = findScalarOp(node.kind, types.map(eraseShapes))
  if (!call || call.op.effect === 'write' || !call.op.evaluate || !facts.every(isPlain)) return undefined
  return call.op.evaluate(facts as readonly ScalarConstant[])
}

/** A new array from arrays of known elements. */
function listFact(kind: string, [list, second, third]: readonly Fact[]): Fact | undefined {
  if (!Array.isArray(list)) return undefined
  switch (kind) {
    case 'aten::list':
      return list
    case 'aten::add':
      return Array.isArray(second) ? [...list, ...second] : undefined
    case 'js::slice':
      return typeof second === 'number' && (third === undefined || typeof third === 'number') ? list.slice(second, third) : undefined
    case 'js::toReversed':
      return [...list].reverse()
    default:
      return undefined
  }
}

const isPlain = (fact: Fact): boolean => (Array.isArray(fact) ? fact.every(isPlain) : fact === null || typeof fact !== 'object')

/** Integer arithmetic on symbols. `aten::fmod` is JavaScript's `%`: the floored remainder where nothing is negative. */
function intFact(kind: string, facts: readonly Dim[]): Dim | undefined {
  const [a, b] = facts as [Dim, Dim]
  switch (kind) {
    case 'aten::add':
      return dimAdd(a, b)
    case 'aten::sub':
      return dimSub(a, b)
    case 'aten::mul':
      return dimMul(a, b)
    case 'aten::neg':
      return dimNeg(a)
    case 'aten::floordiv':
      return dimRange(b).min > 0 || dimRange(b).max < 0 ? dimFloorDiv(a, b) : undefined
    case 'aten::remainder':
      return dimRange(b).min > 0 ? dimMod(a, b) : undefined
    case 'aten::fmod':
      return dimRange(a).min >= 0 && dimRange(b).min > 0 ? dimMod(a, b) : undefined
    case 'prim::max':
      return dimMax(...facts)
    case 'prim::min':
      return dimMin(...facts)
    case 'aten::floor':
    case 'aten::ceil':
    case 'aten::trunc':
    case 'js::round':
    case 'js::plus':
      return a
    case 'aten::__derive_index':
      return dimAdd(b, dimMul(a, facts[2]!))
    default:
      return undefined
  }
}
