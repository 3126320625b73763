/** `switch`: a chain of branches by `===`; a body without `break` runs on into the next, as in JavaScript. */
import type * as t from '@babel/types'
import { constantBool, constantString } from './constants.ts'
import type { FunctionContext } from './context.ts'
import { emitBranch, noRefinements } from './control.ts'
import { discriminate } from './discriminants.ts'
import { coversAll } from './exhaustive.ts'
import { emitExpression } from './expressions.ts'
import { dropTarget } from './forLoops.ts'
import { emitOperation } from './operators.ts'
import { jumpTarget } from './scope.ts'
import { emitScope } from './statements.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { raise } from './throws.ts'
import { constantOf, materialize, typeOf } from './values.ts'

export function emitSwitch(f: FunctionContext, node: t.SwitchStatement, label: string | null): void {
  const value = emitExpression(f, node.discriminant)
  const discriminant = typeOf(value) && value.kind !== 'constant' ? materialize(f, value, node.discriminant) : value
  const breakTarget = jumpTarget('break')
  f.state.values.set(breakTarget.flag, constantBool(false))
  const all = !node.cases.some(({ test }) => !test) && coversAll(f, node)
  const loops = f.loops
  f.loops = [...loops, { label, breakTarget, continueTarget: null }]
  chain(f, node, discriminant, 0, all)
  f.loops = loops
  dropTarget(f, breakTarget)
}

/** The cases from `index` on, as far as they are still to be compared. `all`: there is no value but theirs. */
function chain(f: FunctionContext, node: t.SwitchStatement, discriminant: Sugared, index: number, all: boolean): void {
  const { cases } = node
  const run = (from: number): null => {
    const statements = cases.slice(from).flatMap((inner) => inner.consequent)
    if (statements.length > 0) emitScope(f, statements)
    return null
  }
  let first = index
  while (first < cases.length && !cases[first]!.test) first++
  if (first >= cases.length) {
    const fallback = cases.findIndex((inner) => !inner.test)
    if (fallback >= 0) run(fallback)
    else if (all) raise(f, constantString(`${f.shortText(node.discriminant)} is none of the values of its type`), 'RangeError', node)
    return
  }
  // `case 1: case 2:` is one test.
  let last = first
  while (cases[last]!.consequent.length === 0 && cases[last + 1]?.test) last++
  const test = matches(f, node, discriminant, first, last)
  const told = first === last ? discriminate(f, node.discriminant, cases[first]!.test!) : null
  emitBranch(
    f,
    node,
    { test, whenTrue: told?.equal ?? noRefinements, whenFalse: told?.different ?? noRefinements },
    () => run(last),
    () => {
      chain(f, node, discriminant, last + 1, all)
      return null
    },
  )
}

function matches(f: FunctionContext, node: t.SwitchStatement, discriminant: Sugared, first: number, last: number): boolean | ScriptValue {
  const one = (i: number): Sugared => {
    const { test } = node.cases[i]!
    return emitOperation(f, '===', discriminant, emitExpression(f, test!), test!, node.discriminant, test!)
  }
  const known = (sugar: Sugared): boolean | ScriptValue => {
    const constant = constantOf(sugar)
    return typeof constant === 'boolean' ? constant : materialize(f, sugar, node)
  }
  let result = known(one(first))
  for (let i = first + 1; i <= last; i++) {
    const condition = { test: result, whenTrue: noRefinements, whenFalse: noRefinements }
    result = known(
      emitBranch(
        f,
        node,
        condition,
        () => constantBool(true),
        () => one(i),
      ).result!,
    )
  }
  return result
}
